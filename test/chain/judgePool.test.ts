import type { Hex } from 'viem'
import { describe, expect, test } from 'vitest'
import type { BlockAt, Outcome } from '../../src/chain/blockReading.ts'
import { judgePool, judgeRate } from '../../src/chain/judgePool.ts'
import { WAD } from '../../src/math/fixedPoint.ts'
import { coinbase } from '../../src/pools/coinbase.ts'
import { MOST_ETHER, requiredReads, type TokenPool } from '../../src/pools/definePool.ts'
import { tokenPools } from '../../src/pools/index.ts'
import type { Read } from '../../src/pools/read.ts'
import { rocketPool } from '../../src/pools/rocketPool.ts'
import { stader } from '../../src/pools/stader.ts'
import { LATE, LOCAL_BLOCK, outcome, POOLED, RATE, SUPPLY, words } from './fakeChain.ts'

type Given = { readonly data: Hex; readonly success?: boolean }

const each = tokenPools.map(pool => [pool.id, pool] as const)
const unclear = each.filter(([, { readableBy }]) => readableBy !== undefined)
const clear = each.filter(([, { readableBy }]) => readableBy === undefined)

const NOT_YET = { state: 'notYet' }
const UNKNOWN = { state: 'unknown', why: expect.stringMatching(/^[A-Z].{20,}\.$/) }

const on = (block: bigint, time = LATE.time): BlockAt => ({ ...LATE, block, time })

/** All outcomes of a pool, plausible but for those of some reads. */
function outcomesOf(pool: TokenPool, given: ReadonlyMap<Read, Given> = new Map()): Outcome[] {
  const plausible = [RATE, SUPPLY, POOLED]
  return requiredReads(pool).map((read, index) => {
    const { data, success } = given.get(read) ?? { data: words(plausible[index] ?? 0n) }
    return outcome(read, data, success)
  })
}

const judge = (pool: TokenPool, read: Read, given: Given, at: BlockAt = LATE) =>
  judgePool(pool, outcomesOf(pool, new Map([[read, given]])), at)

/** Judge a rate and a supply that were answered in one word each. */
const judgeValues = (pool: TokenPool, rate: bigint, supply: bigint, at: BlockAt = LATE) =>
  judgePool(
    pool,
    outcomesOf(
      pool,
      new Map([
        [pool.rate, { data: words(rate) }],
        [pool.supply, { data: words(supply) }],
      ]),
    ),
    at,
  )

const revert: Given = { data: '0x', success: false }
const nothing: Given = { data: '0x' }
/** Each begins with a word that would pass for a rate. */
const wrongLengths: readonly (readonly [number, Given])[] = [
  [31, { data: words(RATE).slice(0, -2) as Hex }],
  [33, { data: `${words(RATE)}00` }],
  [64, { data: words(RATE, SUPPLY) }],
  [96, { data: words(RATE, SUPPLY, RATE) }],
]

test('default: the loops below are over all pools', () => {
  expect(each.length).toBeGreaterThanOrEqual(14)
  expect(unclear.map(([id]) => id)).toEqual(expect.arrayContaining(['ankr', 'stader', 'swell', 'dinero']))
  expect(clear.length).toBeGreaterThan(0)
  for (const [, { firstBlock, readableBy = firstBlock }] of each)
    expect(LATE.block > readableBy && readableBy >= firstBlock).toBe(true)
})

describe.each(each)('%s', (_, pool) => {
  test('default: rate, supply and the total that a contract tells, or supply × rate', () => {
    const pooled = pool.pooled === undefined ? (SUPPLY * RATE) / WAD : POOLED
    const known = { state: 'known', rate: RATE, supply: SUPPLY, pooled }
    expect(judgePool(pool, outcomesOf(pool), LATE)).toEqual(known)
    expect(judgePool(pool, outcomesOf(pool), LOCAL_BLOCK)).toEqual(known)
    expect(judgePool(pool, outcomesOf(pool), on(pool.firstBlock))).toEqual(known)
    expect(judgeRate(pool, outcome(pool.rate, words(RATE)), LATE)).toEqual({ rate: RATE })
  })

  test('behavior: a revert, nothing and an answer of another length of any part are unknown and say why', () => {
    for (const read of requiredReads(pool))
      for (const given of [revert, nothing, ...wrongLengths.map(([, wrong]) => wrong)])
        expect(judge(pool, read, given), `${read.signature} ${given.data}`).toEqual(UNKNOWN)
    for (const given of [revert, nothing, ...wrongLengths.map(([, wrong]) => wrong)])
      expect(judgeRate(pool, outcome(pool.rate, given.data, given.success), LATE)).toEqual({
        why: UNKNOWN.why,
      })
  })

  test('behavior: a revert with a reason in words is none the less a revert', () => {
    const told = { data: words(RATE), success: false }
    expect(judge(pool, pool.rate, told)).toEqual(UNKNOWN)
    expect(judge(pool, pool.supply, told)).toEqual(UNKNOWN)
  })

  test('behavior: a rate of 0, of another scale, upside down or beyond the bounds is unknown', () => {
    const { lowest, highest } = pool.bounds
    const impossible = [
      0n,
      1n,
      lowest - 1n,
      highest + 1n,
      RATE * 10n ** 9n,
      RATE / 10n ** 10n,
      2n ** 256n - 1n,
    ]
    for (const rate of [...impossible, (WAD * WAD) / RATE / 2n, LATE.block]) {
      expect(judgeValues(pool, rate, SUPPLY), `${rate}`).toEqual(UNKNOWN)
      expect(judgeRate(pool, outcome(pool.rate, words(rate)), LATE)).toEqual({ why: UNKNOWN.why })
    }
    for (const rate of [lowest, highest]) {
      expect(judgeValues(pool, rate, SUPPLY)).toMatchObject({ state: 'known', rate })
      expect(judgeRate(pool, outcome(pool.rate, words(rate)), LATE)).toEqual({ rate })
    }
  })

  test('behavior: before its first block it is “not yet”, whatever answers', () => {
    const before = on(pool.firstBlock - 1n)
    expect(judgePool(pool, outcomesOf(pool), before)).toEqual(NOT_YET)
    for (const given of [revert, nothing, ...wrongLengths.map(([, wrong]) => wrong)])
      expect(judge(pool, pool.rate, given, before)).toEqual(NOT_YET)
    expect(judgeRate(pool, outcome(pool.rate, words(RATE)), before)).toEqual({
      why: 'The token has no rate at this block.',
    })
  })

  test('behavior: on a local chain what is missing is “not yet” and what refuses is unknown, at any block', () => {
    for (const at of [LOCAL_BLOCK, { ...LATE, chainId: LOCAL_BLOCK.chainId }])
      for (const read of requiredReads(pool)) {
        expect(judge(pool, read, nothing, at)).toEqual(NOT_YET)
        expect(judge(pool, read, revert, at)).toEqual(UNKNOWN)
        for (const [, given] of wrongLengths) expect(judge(pool, read, given, at)).toEqual(UNKNOWN)
      }
  })

  test('behavior: an empty pool answers 0 or 1 by convention, which is “not yet”', () => {
    for (const at of [on(pool.firstBlock), on((pool.readableBy ?? pool.firstBlock) + 399_999n), LOCAL_BLOCK])
      for (const rate of [0n, WAD]) expect(judgeValues(pool, rate, 0n, at)).toEqual(NOT_YET)
    expect(judgeValues(pool, 0n, 1n)).toEqual(UNKNOWN)
    expect(judgeValues(pool, WAD, 1n)).toMatchObject({ state: 'known', rate: WAD, supply: 1n })
  })

  test('behavior: a pool that tells of nobody’s stake long after its start is in doubt, and doubt is not stored', () => {
    for (const at of [on((pool.readableBy ?? pool.firstBlock) + 400_000n), LATE])
      for (const rate of [0n, WAD]) expect(judgeValues(pool, rate, 0n, at)).toEqual(UNKNOWN)
  })

  test('behavior: a real rate of which nothing is wrapped yet is known where a whole product stands behind it', () => {
    for (const rate of [WAD + 1n, WAD - 1n, RATE])
      expect(judgeValues(pool, rate, 0n)).toEqual(
        pool.pooled === undefined ? UNKNOWN : { state: 'known', rate, supply: 0n, pooled: POOLED },
      )
    expect(judgeValues(pool, pool.bounds.highest + 1n, 0n)).toEqual(UNKNOWN)
  })

  test('behavior: more than there is ether is no supply, and a total of nothing beside a rate is none', () => {
    const most = pool.pooled === undefined ? (MOST_ETHER * WAD) / RATE : MOST_ETHER
    expect(judgeValues(pool, RATE, most).state).toBe('known')
    for (const supply of [MOST_ETHER + 1n, 2n ** 256n - 1n])
      expect(judgeValues(pool, RATE, supply)).toEqual(UNKNOWN)
    if (pool.pooled === undefined) return
    for (const total of [0n, MOST_ETHER + 1n, 2n ** 256n - 1n])
      expect(judge(pool, pool.pooled, { data: words(total) })).toEqual(UNKNOWN)
  })

  test('behavior: a part that is missing makes no reading', () => {
    expect(judgePool(pool, outcomesOf(pool).slice(0, 1), LATE)).toEqual(UNKNOWN)
    expect(judgePool(pool, [], LATE)).toEqual(UNKNOWN)
  })
})

describe.each(unclear)('%s, whose first block is not known exactly', (_, pool) => {
  const { firstBlock, readableBy = 0n } = pool
  const between = [firstBlock, (firstBlock + readableBy) / 2n, readableBy - 1n].map(block => on(block))

  test('behavior: until it surely is readable a revert or nothing is “not yet”', () => {
    for (const at of between)
      for (const read of requiredReads(pool))
        for (const given of [revert, nothing]) expect(judge(pool, read, given, at)).toEqual(NOT_YET)
  })

  test('behavior: from the block on at which it surely is they are unknown', () => {
    for (const at of [on(readableBy), on(readableBy + 1n)])
      for (const given of [revert, nothing]) expect(judge(pool, pool.rate, given, at)).toEqual(UNKNOWN)
  })

  test('behavior: meanwhile a good answer is known, and a bad one is never a fact', () => {
    for (const at of between) {
      expect(judgePool(pool, outcomesOf(pool), at)).toMatchObject({ state: 'known', rate: RATE })
      for (const [, given] of wrongLengths) expect(judge(pool, pool.rate, given, at)).toEqual(UNKNOWN)
      for (const rate of [0n, pool.bounds.highest + 1n])
        expect(judgeValues(pool, rate, SUPPLY, at)).toEqual(UNKNOWN)
    }
  })
})

test.each(clear)('behavior: %s is sure to be readable from its first block on', (_, pool) => {
  for (const given of [revert, nothing])
    expect(judge(pool, pool.rate, given, on(pool.firstBlock))).toEqual(UNKNOWN)
})

describe('a rate that was 0 until a day', () => {
  const { firstBlock, zeroUntil } = coinbase

  test('default: cbETH’s 0 is “not yet” until then and unknown from then on', () => {
    expect(judgeValues(coinbase, 0n, SUPPLY, on(firstBlock, zeroUntil - 1n))).toEqual(NOT_YET)
    expect(judgeValues(coinbase, 0n, SUPPLY, on(firstBlock, zeroUntil))).toEqual(UNKNOWN)
    const zero = outcome(coinbase.rate, words(0n))
    expect(judgeRate(coinbase, zero, on(firstBlock, zeroUntil - 1n))).toEqual({
      why: 'The token has no rate at this block.',
    })
    expect(judgeRate(coinbase, zero, on(firstBlock, zeroUntil))).toEqual({
      why: expect.stringContaining('rate of 0'),
    })
  })

  test('behavior: on a local chain, whose days are others, 0 is “not yet” whenever it is', () => {
    expect(judgeValues(coinbase, 0n, SUPPLY, LOCAL_BLOCK)).toEqual(NOT_YET)
    expect(judgeValues(rocketPool, 0n, SUPPLY, LOCAL_BLOCK)).toEqual(UNKNOWN)
  })

  test('behavior: until then any other rate is judged as ever', () => {
    const before = on(firstBlock, zeroUntil - 1n)
    expect(judgeValues(coinbase, RATE, SUPPLY, before).state).toBe('known')
    expect(judgeValues(coinbase, 1n, SUPPLY, before)).toEqual(UNKNOWN)
  })

  test('behavior: a 0 of any other pool was never a fact', () => {
    const others = tokenPools.filter(pool => pool.id !== coinbase.id)
    for (const pool of others)
      expect(judgeValues(pool, 0n, SUPPLY, on(pool.firstBlock, zeroUntil - 1n))).toEqual(UNKNOWN)
  })
})

test('behavior: the struct of Stader’s oracle behind the selector of its manager is no rate', () => {
  for (const first of [25_999_000n, RATE]) {
    const struct = words(first, 150_000n * WAD, 140_000n * WAD)
    expect(judge(stader, stader.rate, { data: struct })).toEqual({
      state: 'unknown',
      why: 'The answer of 96 bytes is not what this function returns.',
    })
    expect(judgeRate(stader, outcome(stader.rate, struct), LATE)).toHaveProperty('why')
  }
  // Were it cut to its first word, a block number is no rate either.
  expect(judge(stader, stader.rate, { data: words(25_999_000n) })).toEqual(UNKNOWN)
})

test('behavior: the reason names what refused', () => {
  expect(judge(rocketPool, rocketPool.supply, revert)).toEqual({
    state: 'unknown',
    why: 'The contract refused totalSupply() view returns (uint256).',
  })
})

describe('what a word makes', () => {
  const rules = { bounds: rocketPool.bounds, firstBlock: 1n, of: (word: bigint) => WAD ** 2n / word }

  test('behavior: the rate is judged, and not the word', () => {
    const inverse = WAD ** 2n / RATE
    expect(judgeRate(rules, outcome(rocketPool.rate, words(inverse)), LATE)).toEqual({
      rate: WAD ** 2n / inverse,
    })
    // As a rate it would do; what it makes would not.
    const low = (24n * WAD) / 10n
    expect(judgeRate(rules, outcome(rocketPool.rate, words(low)), LATE)).toEqual({ why: expect.any(String) })
  })
})
