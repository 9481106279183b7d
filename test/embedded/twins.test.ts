import { type Address, type Hex, size } from 'viem'
import { describe, expect, test } from 'vitest'
import { DEMO_WALLETS, PLACES } from '../../src/embedded/addresses.ts'
import { WAD } from '../../src/embedded/line.ts'
import { startEmbeddedChain } from '../../src/embedded/start.ts'
import { TWINS } from '../../src/embedded/twins/list.ts'
import { createReading } from './reading.ts'
import { distance, SharedChain } from './sharedChain.ts'

const shared = new SharedChain(6)

const SUPPLY = '0x18160ddd'
const BALANCE = '0x70a08231'

/**
 * The pool, its token, its rate call, whether that takes an amount, and how far the rate may be from the line at a
 * day's block, in parts of 10^18.
 */
const RATES: readonly (readonly [string, Address, Address, Hex, boolean, bigint])[] = [
  [
    'coinbase',
    '0xBe9895146f7AF43049ca1c1AE358B0541Ea49704',
    '0xBe9895146f7AF43049ca1c1AE358B0541Ea49704',
    '0x3ba0b9a9',
    false,
    0n,
  ],
  [
    'binance',
    '0xa2E3356610840701BDf5611a53974510Ae27E2e1',
    '0xa2E3356610840701BDf5611a53974510Ae27E2e1',
    '0x3ba0b9a9',
    false,
    0n,
  ],
  // Between two syncs a line's days are not all alike, and a late sync holds the rate back by two days.
  [
    'frax',
    '0xac3E018457B222d93114458476f3E3416Abbe38F',
    '0xac3E018457B222d93114458476f3E3416Abbe38F',
    '0x07a2d13a',
    true,
    3n * 10n ** 14n,
  ],
  [
    'stakewise',
    '0xf1C9acDc66974dFB6dEcB12aA385b9cD01190E38',
    '0x2A261e60FB14586B474C208b1B7AC6D0f5000306',
    '0x07a2d13a',
    true,
    10n ** 6n,
  ],
  [
    'stader',
    '0xA35b1B31Ce002FBF2058D22F30f95D405200A15b',
    '0xcf5EA1b38380f6aF39068375516Daf40Ed70D299',
    '0xe6aa216c',
    false,
    0n,
  ],
  [
    'mantle',
    '0xd5F7838F5C461fefF7FE49ea5ebaF7728bB0ADfa',
    '0xe3cBd06D7dadB3F4e6557bAb7EdD924CD1489E8f',
    '0x5890c11c',
    true,
    0n,
  ],
  [
    'swell',
    '0xf951E335afb289353dc249e82926178EaC7DEd78',
    '0xf951E335afb289353dc249e82926178EaC7DEd78',
    '0xd68b2cb6',
    false,
    0n,
  ],
  [
    'liquid-collective',
    '0x8c1BEd5b9a0928467c9B1341Da1D7BD5e10b6549',
    '0x8c1BEd5b9a0928467c9B1341Da1D7BD5e10b6549',
    '0xf79c3f02',
    true,
    1n,
  ],
  [
    'ether-fi',
    '0xCd5fE23C85820F7B72D0926FC9b05b43E359b7ee',
    '0xCd5fE23C85820F7B72D0926FC9b05b43E359b7ee',
    '0x679aefce',
    false,
    10n ** 10n,
  ],
  [
    'origin',
    '0xDcEe70654261AF21C44c093C300eD3Bb97b78192',
    '0xDcEe70654261AF21C44c093C300eD3Bb97b78192',
    '0x07a2d13a',
    true,
    1n,
  ],
  [
    'dinero',
    '0x9Ba021B0a9b958B5E75cE9f6dff97C7eE52cb3E6',
    '0x9Ba021B0a9b958B5E75cE9f6dff97C7eE52cb3E6',
    '0x07a2d13a',
    true,
    4n * 10n ** 14n,
  ],
]

/** Further functions, each with the bytes of its answer: one word, a struct, or a text. */
const ANSWERS: readonly (readonly [Address, Hex, number])[] = [
  ['0xac3E018457B222d93114458476f3E3416Abbe38F', '0x99530b06', 32],
  ['0xac3E018457B222d93114458476f3E3416Abbe38F', '0x01e1d114', 32],
  ['0xac3E018457B222d93114458476f3E3416Abbe38F', '0xbafedcaa', 32],
  ['0xac3E018457B222d93114458476f3E3416Abbe38F', '0x6917516b', 32],
  ['0xac3E018457B222d93114458476f3E3416Abbe38F', '0xe7ff69f1', 32],
  ['0xac3E018457B222d93114458476f3E3416Abbe38F', '0x6fcf5e5f', 32],
  ['0x5E8422345238F34275888049021821E8E08CAa1f', SUPPLY, 32],
  ['0x2A261e60FB14586B474C208b1B7AC6D0f5000306', '0x8d7d4520', 32],
  ['0x2A261e60FB14586B474C208b1B7AC6D0f5000306', '0x3a98ef39', 32],
  ['0x2A261e60FB14586B474C208b1B7AC6D0f5000306', '0x01e1d114', 32],
  ['0x2A261e60FB14586B474C208b1B7AC6D0f5000306', '0x7fd6f15c', 32],
  ['0x8023518b2192FB5384DAdc596765B3dD1cdFe471', '0x50d25bcd', 32],
  ['0xcf5EA1b38380f6aF39068375516Daf40Ed70D299', '0xd5c9cfb0', 32],
  ['0xF64bAe65f6f2a5277571143A24FaaFDFC0C2a737', '0xe6aa216c', 96],
  ['0xF64bAe65f6f2a5277571143A24FaaFDFC0C2a737', '0x3ba0b9a9', 96],
  ['0xe3cBd06D7dadB3F4e6557bAb7EdD924CD1489E8f', '0x5940d90b', 32],
  ['0xe3cBd06D7dadB3F4e6557bAb7EdD924CD1489E8f', '0x0633af76', 32],
  ['0x38fDF7b489316e03eD8754ad339cb5c4483FDcf9', '0xc02d4c8e', 32],
  ['0x38fDF7b489316e03eD8754ad339cb5c4483FDcf9', '0x106b263c', 32],
  ['0x1766be66fBb0a1883d41B4cfB0a533c5249D3b82', '0xcb043d04', 32],
  ['0xf951E335afb289353dc249e82926178EaC7DEd78', '0x679aefce', 32],
  ['0xf951E335afb289353dc249e82926178EaC7DEd78', '0xfbda759b', 32],
  ['0xf951E335afb289353dc249e82926178EaC7DEd78', '0x0de3ff57', 32],
  ['0xf951E335afb289353dc249e82926178EaC7DEd78', '0xd19dea65', 32],
  ['0xf951E335afb289353dc249e82926178EaC7DEd78', '0x7b2c9070', 32],
  ['0xf951E335afb289353dc249e82926178EaC7DEd78', '0x0f010466', 32],
  ['0xf951E335afb289353dc249e82926178EaC7DEd78', '0x16b716d9', 32],
  ['0xFAe103DC9cf190eD75350761e95403b7b8aFa6c0', '0x679aefce', 32],
  ['0x8c1BEd5b9a0928467c9B1341Da1D7BD5e10b6549', '0x143a08d4', 32],
  ['0x8c1BEd5b9a0928467c9B1341Da1D7BD5e10b6549', '0x1bcbfaba', 32],
  ['0x8c1BEd5b9a0928467c9B1341Da1D7BD5e10b6549', '0x2d6b59bf', 32],
  ['0x8c1BEd5b9a0928467c9B1341Da1D7BD5e10b6549', '0x04843a17', 32],
  ['0x080b3a41390b357Ad7e8097644d1DEDf57AD3375', '0x0d8d2a54', 32],
  ['0x080b3a41390b357Ad7e8097644d1DEDf57AD3375', '0x319798d1', 32],
  ['0x308861A430be4cce5502d0A12724771Fc6DaF216', '0x37cfdaca', 32],
  ['0x308861A430be4cce5502d0A12724771Fc6DaF216', '0x7c90fbf0', 32],
  ['0x308861A430be4cce5502d0A12724771Fc6DaF216', '0x456a23a6', 32],
  ['0xDcEe70654261AF21C44c093C300eD3Bb97b78192', '0xbe989523', 32],
  ['0x856c4Efb76C1D1AE02e20CEB03A2A6a08b0b8dC3', '0x7a46a9c5', 32],
  ['0x39254033945AA2E4809Cc2977E7087BEE48bd7Ab', '0x207134b0', 32],
  ['0x9Ba021B0a9b958B5E75cE9f6dff97C7eE52cb3E6', '0x35d16e17', 32],
  ['0x9Ba021B0a9b958B5E75cE9f6dff97C7eE52cb3E6', '0xa2468c19', 32],
  ['0x9Ba021B0a9b958B5E75cE9f6dff97C7eE52cb3E6', '0x7b0a47ee', 32],
  ['0x9Ba021B0a9b958B5E75cE9f6dff97C7eE52cb3E6', '0xebe2b12b', 32],
  ['0x9Ba021B0a9b958B5E75cE9f6dff97C7eE52cb3E6', '0x26232a2e', 32],
]

test('default: the twins that are told of here are there, and each has its own stream of numbers', () => {
  expect(TWINS.map(({ id }) => id)).toEqual(expect.arrayContaining(RATES.map(([id]) => id)))
  expect(new Set(TWINS.map(({ line }) => line.stream)).size).toBe(TWINS.length)
  expect(Object.keys(shared.chain.twins).sort()).toEqual(
    ['ankr', 'lido', 'rocket-pool', ...TWINS.map(({ id }) => id)].sort(),
  )
})

describe.each(RATES)('%s', (id, token, asked, selector, takesAmount, within) => {
  const rateAt = (block: bigint) => shared.reading.word(asked, selector, takesAmount ? [WAD] : [], block)
  const supplyAt = (block: bigint) => shared.reading.word(token, SUPPLY, [], block)
  const day = () => shared.dayOf(shared.firstBlock(id))

  test('default: the rate is that of the line on every day', async () => {
    const course = shared.course(id)
    for (const at of [Math.max(day(), 0), 7, 13, 19, 24, 28, 33, 39]) {
      expect(distance(await rateAt(shared.blockOf(at)), course.rateOn(at))).toBeLessThanOrEqual(within)
    }
  })

  test('behavior: the supply is that of the line, within what goes to fees and wrappers', async () => {
    const part = id === 'ether-fi' ? 85n : 100n
    const wanted = (shared.course(id).supplyOn(30) * part) / 100n
    expect(distance(await supplyAt(shared.blockOf(30)), wanted)).toBeLessThan(2n * 10n ** 13n)
    expect(await shared.reading.word(token, '0x313ce567')).toBe(18n)
  })

  test('behavior: the first block has a rate and a supply, the one before lacks one of them', async () => {
    const first = shared.firstBlock(id)
    expect(await rateAt(first)).toBeGreaterThan(WAD)
    expect(await supplyAt(first)).toBeGreaterThan(1_000n * WAD)
    const before = first - 1n
    if ((await shared.reading.code(asked, before)) === '0x') return
    expect((await rateAt(before)) * (await supplyAt(before))).toBe(0n)
  })

  test('behavior: the first demo wallet gets one', async () => {
    const balanceAt = (at: number) =>
      shared.reading.word(token, BALANCE, [DEMO_WALLETS.everything], shared.blockOf(at))
    expect(await balanceAt(21)).toBe(0n)
    expect(await balanceAt(22)).toBe(WAD)
    expect(await shared.reading.word(token, BALANCE, [DEMO_WALLETS.nothing])).toBe(0n)
  })
})

test.each([
  ['frxETH', '0x5E8422345238F34275888049021821E8E08CAa1f'],
  ['pxETH', '0x04C154b66CB340F3Ae24111CC767e0184Ed00Cc6'],
] as const)('behavior: the first demo wallet gets one %s, which never grows', async (_, token) => {
  const balanceAt = (at: number) =>
    shared.reading.word(token, BALANCE, [DEMO_WALLETS.everything], shared.blockOf(at))
  expect([await balanceAt(21), await balanceAt(22), await balanceAt(39)]).toEqual([0n, WAD, WAD])
  expect(await shared.reading.word(token, '0x313ce567')).toBe(18n)
})

test.each(ANSWERS)('behavior: %s answers %s with %i bytes', async (address, selector, bytes) => {
  expect(size(await shared.reading.rawCall(address, selector))).toBe(bytes)
})

test('behavior: pools appear on different days', () => {
  const blocks = ['coinbase', 'stakewise', 'liquid-collective', 'ether-fi', 'dinero'].map(id =>
    shared.firstBlock(id),
  )
  expect(blocks.every(block => block >= shared.blockOf(0) && block <= shared.blockOf(6))).toBe(true)
  expect(new Set(blocks).size).toBeGreaterThanOrEqual(4)
  expect(shared.firstBlock('rocket-pool')).toBe(shared.chain.deployedAt.opening)
  expect(shared.firstBlock('ankr')).toBe(shared.chain.deployedAt.ankr)
  expect(shared.firstBlock('lido')).toBe(shared.chain.deployedAt.opening)
})

test('behavior: the shortest history has the same ends', async () => {
  const short = await startEmbeddedChain({ days: 20, live: false, now: 1_795_000_000n, seed: 6 })
  try {
    const reading = createReading(short)
    for (const [id, , asked, selector, takesAmount] of RATES) {
      const rate = (of: ReturnType<typeof createReading>) =>
        of.word(asked, selector, takesAmount ? [WAD] : [])
      const apart = distance(await rate(reading), await rate(shared.reading))
      expect({ id, near: apart < 10n ** 14n }).toEqual({ id, near: true })
    }
  } finally {
    await short.stop()
  }
})

describe('Rocket Pool', () => {
  const UPDATED = '0x2bf046908521b100f0b60454d61b12d6184158cf04e6b59bcc5132a22c2b5e20'
  const REFERENCE = '0x8e228cc95820b1264270ce3b51a2a54e17242e0b792a7f57c45f45e402f44c74'
  const stored = (key: Hex, block: bigint) =>
    shared.reading.word(PLACES.rocketStorage, '0xbd02d0f5', [key], block)

  test('default: the store holds the time of an update since v4, and 0 before', async () => {
    const [, , toFourth] = shared.chain.switchBlocks
    expect(await stored(UPDATED, toFourth - 1n)).toBe(0n)
    expect(await stored(UPDATED, toFourth)).toBe(await shared.reading.time(toFourth))
    expect(await stored(UPDATED, shared.chain.headBlock)).toBe(
      await shared.reading.time(shared.chain.lastDayBlock),
    )
  })

  test('behavior: the store holds the block that was measured', async () => {
    for (const day of [3, 39]) {
      expect(await stored(REFERENCE, shared.blockOf(day))).toBe(shared.chain.landmarks.referenceBlocks[day])
    }
  })
})
