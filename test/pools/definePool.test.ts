import { describe, expect, test } from 'vitest'
import { DAY, WAD } from '../../src/math/fixedPoint.ts'
import {
  definePool,
  isTokenPool,
  marketReads,
  PLAUSIBLE,
  poolKey,
  requiredReads,
  storedReads,
  type TokenPool,
} from '../../src/pools/definePool.ts'
import { readDecimals, readRound } from '../../src/pools/infrastructure.ts'
import { lido } from '../../src/pools/lido.ts'
import { defineRead, type Read } from '../../src/pools/read.ts'
import { staked } from '../../src/pools/staked.ts'

const pool: TokenPool = lido
const other = '0x1d8f8f00cfa6758d7bE78336684788Fb0ee0Fa46'
const sharesToBonds = (amount: bigint): Read =>
  defineRead(pool.rate.address, '0x6c58d43d sharesToBonds(uint256 amount) view returns (uint256)', [amount])

const changes: [string, Partial<TokenPool>][] = [
  [
    'the function of the rate',
    { rate: defineRead(pool.rate.address, '0x679aefce getRate() view returns (uint256)') },
  ],
  ['the contract of the rate', { rate: { ...pool.rate, address: other } }],
  ['the contract of the supply', { supply: { ...pool.supply, address: other } }],
  [
    'the function of the pooled ETH',
    { pooled: defineRead(pool.supply.address, '0xd5002f2e getTotalShares() view returns (uint256)') },
  ],
  ['an argument', { rate: sharesToBonds(WAD) }],
  ['another argument', { rate: sharesToBonds(2n * WAD) }],
  ['the highest possible rate', { bounds: { ...pool.bounds, highest: 3n * WAD } }],
  ['the lowest possible rate', { bounds: { ...pool.bounds, lowest: WAD } }],
  ['the first block', { firstBlock: pool.firstBlock + 1n }],
  ['the block by which it is readable', { readableBy: 12_000_000n }],
  ['another block by which it is readable', { readableBy: 12_000_001n }],
  ['the time until which 0 is none', { zeroUntil: 12_000_000n }],
  ['another time until which 0 is none', { zeroUntil: 12_000_001n }],
  ['the feed of the market', { market: { ...lido.market, feed: other } }],
  ['that there is no feed', { market: { kind: 'none', why: 'w' } }],
]

describe('poolKey', () => {
  test('default: the id and a fingerprint, the same each time', () => {
    expect(poolKey(pool)).toMatch(/^lido@[0-9a-f]{8}$/)
    expect(poolKey({ ...pool })).toBe(poolKey(pool))
  })

  test.each(changes)('behavior: %s changes the key', (_, change) => {
    expect(poolKey({ ...pool, ...change })).not.toBe(poolKey(pool))
  })

  test('behavior: no two changes make the same key', () => {
    expect(new Set(changes.map(([, change]) => poolKey({ ...pool, ...change }))).size).toBe(changes.length)
  })

  test('behavior: a pool that stops reading its pooled ETH has another key', () => {
    const { pooled: _, ...without } = pool
    expect(poolKey(without)).not.toBe(poolKey(pool))
  })

  test('behavior: names, colours and what is read only live change nothing', () => {
    const reworded: TokenPool = {
      ...pool,
      name: 'L',
      colour: 9,
      cadence: 1n,
      dust: 1n,
      fee: { kind: 'unknown', why: 'w' },
      exit: { figures: [] },
      lastReport: { read: pool.rate, gives: 'time', less: DAY },
      market: { kind: 'feed', name: 'F', feed: lido.market.feed, prices: 'token' },
    }
    expect(poolKey(reworded)).toBe(poolKey(pool))
  })
})

test('default: a pool is what was defined, and has a token or not', () => {
  expect(definePool(lido)).toBe(lido)
  expect([isTokenPool(lido), isTokenPool(staked)]).toEqual([true, false])
})

test('behavior: the rate, the supply, and the total if there is one are required, in this order', () => {
  const { pooled: _, ...without } = pool
  expect(requiredReads(pool)).toEqual([lido.rate, lido.supply, lido.pooled])
  expect(requiredReads(without)).toEqual([lido.rate, lido.supply])
})

test('behavior: the round and the decimals of a feed follow, and are the same objects each time', () => {
  const { feed } = lido.market
  expect(marketReads(pool)).toEqual([readRound(feed), readDecimals(feed)])
  expect(storedReads(pool)).toEqual([lido.rate, lido.supply, lido.pooled, ...marketReads(pool)])
  const again = marketReads({ ...pool, id: 'another' })
  expect(again.map((read, index) => read === marketReads(pool)[index])).toEqual([true, true])
  const feedless: TokenPool = { ...pool, market: { kind: 'none', why: 'w' } }
  expect(marketReads(feedless)).toEqual([])
  expect(storedReads(feedless)).toEqual(requiredReads(pool))
})

test('behavior: what is plausible of a rate', () => {
  const { lowest, highest } = PLAUSIBLE
  expect([lowest, highest]).toEqual([900_000_000_000_000_000n, 2_500_000_000_000_000_000n])
})
