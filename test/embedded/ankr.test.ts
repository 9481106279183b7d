import { decodeEventLog, type Hex, keccak256, parseAbi, toHex } from 'viem'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DEMO_WALLETS, PLACES } from '../../src/embedded/addresses.ts'
import { WAD } from '../../src/embedded/line.ts'
import { type EmbeddedChain, startEmbeddedChain } from '../../src/embedded/start.ts'
import { createReading } from './reading.ts'

const RATIO_TOPIC = '0xb779c97cee7508e970bdead8c3ef0bd16f8c63dbba28fe88f7c7a56722fc564d'
const RATIO_EVENT = parseAbi(['event RatioUpdate(uint256 newRatio)'])

let chain: EmbeddedChain
let reading: ReturnType<typeof createReading>

beforeAll(async () => {
  chain = await startEmbeddedChain({ days: 40, live: false, seed: 4 })
  reading = createReading(chain)
}, 60_000)
afterAll(() => chain.stop())

describe('AnkrETH', () => {
  test('default', async () => {
    for (const day of [2, 20, 39]) {
      const block = chain.landmarks.dayBlocks[day] ?? 0n
      const wanted = chain.history.days[day]
      const ratio = await reading.read(PLACES.ankrEth, 'ratio()', [], block)
      expect(ratio).toBe(wanted?.ankrRatio)
      const rate = await reading.read(PLACES.ankrEth, 'sharesToBonds(uint256)', [WAD], block)
      expect(rate).toBe((WAD * WAD) / ratio)
      expect(await reading.read(PLACES.ankrEth, 'totalSupply()', [], block)).toBe(wanted?.ankrSupply)
    }
  })

  test('behavior: there is no code before the token appears', async () => {
    const { ankr } = chain.deployedAt
    expect(await reading.code(PLACES.ankrEth, ankr - 1n)).toBe('0x')
    expect(await reading.code(PLACES.ankrEth, ankr)).not.toBe('0x')
    expect(await reading.rawCall(PLACES.ankrEth, '0x71ca337d', ankr - 1n)).toBe('0x')
  })

  test('behavior: the ratio is an inverse that falls with every update', async () => {
    const logs = await reading.logs(PLACES.ankrEth, RATIO_TOPIC)
    const ratios = logs.map(
      ({ data, topics }) =>
        decodeEventLog({ abi: RATIO_EVENT, data, topics: topics as [Hex, ...Hex[]] }).args.newRatio,
    )
    expect(ratios).toEqual(chain.history.days.slice(3).map(({ ankrRatio }) => ankrRatio))
    expect(ratios.every((ratio, index) => ratio < (ratios[index - 1] ?? WAD))).toBe(true)
  })

  test('behavior: ETH is rounded down and shares are rounded up', async () => {
    const ratio = await reading.read(PLACES.ankrEth, 'ratio()')
    const amount = 1_234_567_890_123_456_789n
    const down = (amount * WAD) / ratio
    const up = (amount * ratio + WAD - 1n) / WAD
    expect((amount * ratio) % WAD).not.toBe(0n)
    expect(await reading.read(PLACES.ankrEth, 'sharesToBonds(uint256)', [amount])).toBe(down)
    expect(await reading.read(PLACES.ankrEth, 'bondsToShares(uint256)', [amount])).toBe(up)
  })

  test('behavior: the global pool tells what waits to be unstaked', async () => {
    const pending = await reading.read(PLACES.ankrGlobalPool, 'getTotalPendingUnstakes()')
    expect(pending).toBe(chain.history.days[39]?.ankrPending)
  })
})

describe('AETHb', () => {
  test('default', async () => {
    const before = chain.landmarks.dayBlocks[23] ?? 0n
    const locked = chain.landmarks.dayBlocks[24] ?? 0n
    const holding = (token: Hex, block: bigint) =>
      reading.read(token, 'balanceOf(address)', [DEMO_WALLETS.everything], block)
    expect(await holding(PLACES.ankrEth, before)).toBe(5n * WAD)
    expect(await holding(PLACES.aethB, before)).toBe(0n)
    expect(await holding(PLACES.ankrEth, locked)).toBe(3n * WAD)
    const ratio = chain.history.days[24]?.ankrRatio ?? 1n
    expect(await holding(PLACES.aethB, locked)).toBe((2n * WAD * WAD) / ratio)
  })

  test('behavior: its supply lies inside that of ankrETH', async () => {
    const lockedShares = await reading.read(PLACES.ankrEth, 'balanceOf(address)', [PLACES.ankrEth])
    expect(lockedShares).toBe(1_202n * WAD)
    const supply = await reading.read(PLACES.aethB, 'totalSupply()')
    expect(supply).toBe(await reading.read(PLACES.ankrEth, 'sharesToBonds(uint256)', [lockedShares]))
    expect(await reading.read(PLACES.ankrEth, 'totalSupply()')).toBe(chain.history.days[39]?.ankrSupply)
  })

  test('behavior: a balance grows without an event', async () => {
    const at = (day: number) =>
      reading.read(
        PLACES.aethB,
        'balanceOf(address)',
        [DEMO_WALLETS.everything],
        chain.landmarks.dayBlocks[day],
      )
    expect(await at(30)).toBeGreaterThan(await at(29))
    const logs = await reading.logs(PLACES.aethB, keccak256(toHex('Transfer(address,address,uint256)')))
    expect(logs.map(({ blockNumber }) => blockNumber)).toEqual([chain.landmarks.dayBlocks[24]])
  })
})
