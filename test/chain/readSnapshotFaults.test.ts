import type { Address, Hex } from 'viem'
import { describe, expect, test } from 'vitest'
import type { CallOptions } from '../../src/chain/blockReading.ts'
import { readSnapshot, type Snapshot } from '../../src/chain/readSnapshot.ts'
import { WAD } from '../../src/math/fixedPoint.ts'
import type { Reading } from '../../src/math/sample.ts'
import { ankr } from '../../src/pools/ankr.ts'
import { requiredReads } from '../../src/pools/definePool.ts'
import { tokenPools } from '../../src/pools/index.ts'
import { lido } from '../../src/pools/lido.ts'
import { rocketPool } from '../../src/pools/rocketPool.ts'
import { clientOf, testChain } from '../support/chain.ts'
import { createFakeChain, LATE, type Reply, words } from './fakeChain.ts'

/** A chain whose contracts the tests break. */
const broken = testChain({ days: 20 })

const head: CallOptions = { block: 'latest', role: 'head' }

const readingOf = ({ pools }: Snapshot, id: string): Reading =>
  pools.find(({ pool }) => pool.id === id)?.reading ?? expect.unreachable(`no reading of ${id}`)

/** A reading as single calls give it. */
function withoutMarket(reading: Reading): Reading {
  if (reading.state !== 'known') return reading
  const { market: _, ...rest } = reading
  return rest
}

const digits = (value: bigint): string => words(value).slice(2)
/** Contract code that answers one word, whatever is asked. */
const answering = (value: bigint): Hex => `0x7f${digits(value)}60005260206000f3`
/** Contract code that answers a rate to getExchangeRate and a supply of 10 tokens to all else. */
const withRate = (rate: bigint): Hex =>
  `0x60003560e01c63e6aa216c147f${digits(BigInt.asUintN(256, rate - 10n * WAD))}027f${digits(10n * WAD)}0160005260206000f3`

/** Put other code there while something runs. */
async function withCode<Value>(
  codes: Readonly<Record<Address, Hex>>,
  run: () => Promise<Value>,
): Promise<Value> {
  const places = Object.keys(codes) as Address[]
  const whole = await Promise.all(places.map(place => broken.rpc<Hex>('eth_getCode', [place, 'latest'])))
  for (const place of places) await broken.rpc('anvil_setCode', [place, codes[place]])
  try {
    return await run()
  } finally {
    for (const [index, place] of places.entries()) await broken.rpc('anvil_setCode', [place, whole[index]])
  }
}

describe('one pool among all', () => {
  const faults: readonly (readonly [string, Reply])[] = [
    ['refuses', 'reverts'],
    ['answers nothing', '0x'],
    ['answers half a word', `0x${'11'.repeat(16)}`],
    ['answers three words', words((11n * WAD) / 10n, WAD, WAD)],
  ]

  test.each(tokenPools.map(pool => [pool.id, pool] as const))(
    'behavior: %s that is out of order is unknown, the other thirteen stand as they are',
    async (_, pool) => {
      const honest = await readSnapshot(createFakeChain().client, tokenPools, head)
      expect(honest.pools.map(({ reading }) => reading.state)).toEqual(tokenPools.map(() => 'known'))
      for (const read of requiredReads(pool))
        for (const [what, reply] of faults) {
          const chain = createFakeChain()
          chain.reply(read, reply)
          const { pools, price } = await readSnapshot(chain.client, tokenPools, head)
          expect(
            pools.map(({ reading }) => reading),
            `${read.signature} ${what}`,
          ).toEqual(
            honest.pools.map(one =>
              one.pool.id === pool.id ? { state: 'unknown', why: expect.any(String) } : one.reading,
            ),
          )
          expect(price).toEqual(honest.price)
          expect(chain.asked).toHaveLength(1)
        }
    },
  )

  test('behavior: at a block between the first ones some exist, the others are not yet', async () => {
    const block = 16_000_000n
    const chain = createFakeChain({ ...LATE, block })
    const { pools } = await readSnapshot(chain.client, tokenPools, { block, role: 'archive' })
    expect(pools.map(({ reading }) => reading.state)).toEqual(
      tokenPools.map(({ firstBlock }) => (block < firstBlock ? 'notYet' : 'known')),
    )
    const known = pools.filter(({ reading }) => reading.state === 'known').map(({ pool }) => pool.id)
    expect(known).toEqual(
      expect.arrayContaining(['rocket-pool', 'ankr', 'lido', 'coinbase', 'frax', 'liquid-collective']),
    )
    expect(known).not.toContain('ether-fi')
    // What was not there is not asked: before Multicall3 each question would be a request of its own.
    const asked = chain.inner.flat().join()
    for (const { rate, firstBlock } of tokenPools)
      expect(asked.includes(`${rate.address} ${rate.callData}`.toLowerCase())).toBe(block >= firstBlock)
  })
})

describe('a contract that is out of order', () => {
  const faults: readonly (readonly [string, Hex])[] = [
    ['reverts', '0x60006000fd'],
    ['answers 0', withRate(0n)],
    ['answers just below the lowest possible rate', withRate((9n * WAD) / 10n - 1n)],
    ['answers just above the highest possible rate', withRate((25n * WAD) / 10n + 1n)],
    ['answers in another unit', withRate(1_150_000_000n)],
    ['answers the largest number', withRate(2n ** 256n - 1n)],
    ['answers the largest number to everything', answering(2n ** 256n - 1n)],
    ['answers half a word', '0x60106000f3'],
    ['answers two words', '0x60406000f3'],
  ]

  test.each(faults)(
    'behavior: rETH that %s is unknown and says why, the others are untouched',
    async (_, code) => {
      const client = clientOf(broken.chain.url)
      const before = await readSnapshot(client, tokenPools, head)
      const snapshot = await withCode({ [rocketPool.token.address]: code }, () =>
        readSnapshot(client, tokenPools, head),
      )
      expect(readingOf(snapshot, 'rocket-pool')).toEqual({
        state: 'unknown',
        why: expect.stringMatching(/\.$/),
      })
      for (const { id } of tokenPools.filter(one => one.id !== rocketPool.id))
        expect(readingOf(snapshot, id)).toEqual(readingOf(before, id))
      expect(snapshot.price.price).toEqual(before.price.price)
    },
  )

  test('behavior: the code above is what it says: with a real rate rETH is known', async () => {
    const snapshot = await withCode({ [rocketPool.token.address]: withRate((11n * WAD) / 10n) }, () =>
      readSnapshot(clientOf(broken.chain.url), tokenPools, head),
    )
    expect(readingOf(snapshot, 'rocket-pool')).toEqual({
      state: 'known',
      rate: (11n * WAD) / 10n,
      supply: 10n * WAD,
      pooled: 11n * WAD,
      market: expect.any(BigInt),
    })
  })

  test('behavior: a contract that disappears from a local chain is “not yet”', async () => {
    const client = clientOf(broken.chain.url)
    const snapshot = await withCode({ [ankr.token.address]: '0x' }, () =>
      readSnapshot(client, tokenPools, head),
    )
    expect(readingOf(snapshot, 'ankr')).toEqual({ state: 'notYet' })
  })

  test('behavior: a rate without a total of the product is no reading of that pool', async () => {
    const code = { [lido.pooled.address]: '0x60006000fd' } as const
    const client = clientOf(broken.chain.url)
    const snapshot = await withCode(code, () => readSnapshot(client, tokenPools, head))
    expect(readingOf(snapshot, 'lido').state).toBe('unknown')
    expect(readingOf(snapshot, 'rocket-pool').state).toBe('known')
  })

  test.each([...faults, ['runs into an invalid opcode', '0xfe'] as const])(
    'behavior: without Multicall3 too, rETH that %s is unknown, the others are known',
    async (_, code) => {
      const codes = { [rocketPool.token.address]: code, [broken.chain.places.multicall3]: '0x' } as const
      const client = clientOf(broken.chain.url)
      const before = await readSnapshot(client, tokenPools, head)
      const { pools } = await withCode(codes, () => readSnapshot(client, tokenPools, head))
      expect(pools.map(({ reading }) => reading)).toEqual(
        before.pools.map(({ pool, reading }) =>
          pool.id === rocketPool.id ? { state: 'unknown', why: expect.any(String) } : withoutMarket(reading),
        ),
      )
    },
  )

  test('behavior: a contract that burns the gas of the whole call spoils its own figures only', async () => {
    const client = clientOf(broken.chain.url)
    const { pools, price } = await withCode({ [rocketPool.token.address]: '0xfe' }, () =>
      readSnapshot(client, tokenPools, head),
    )
    const states = new Map(pools.map(({ pool, reading }) => [pool.id, reading.state]))
    expect(states).toEqual(
      new Map(tokenPools.map(({ id }) => [id, id === rocketPool.id ? 'unknown' : 'known'])),
    )
    expect(price.price).toBeDefined()
  })

  test.each<[string, Hex]>([
    ['refuses', '0x60006000fd'],
    ['is not there', '0x'],
    ['answers 0', '0x60a06000f3'],
    ['answers one word', '0x60206000f3'],
  ])('behavior: an ETH/USD feed that %s gives no price and says why', async (_, code) => {
    const client = clientOf(broken.chain.url)
    const feed = broken.chain.places.ethUsdFeed
    const { price, pools } = await withCode({ [feed]: code }, () => readSnapshot(client, tokenPools, head))
    expect([price.price, typeof price.why]).toEqual([undefined, 'string'])
    expect(pools.every(({ reading }) => reading.state === 'known')).toBe(true)
  })
})
