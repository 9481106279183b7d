import { describe, expect, test } from 'vitest'
import type { PoolFacts } from '../../src/chain/judgeFacts.ts'
import { type Live, readLive } from '../../src/chain/readLive.ts'
import { DAY, WAD, YEAR } from '../../src/math/fixedPoint.ts'
import type { TokenPool } from '../../src/pools/definePool.ts'
import { dinero } from '../../src/pools/dinero.ts'
import { frax } from '../../src/pools/frax.ts'
import { tokenPools } from '../../src/pools/index.ts'
import { lido } from '../../src/pools/lido.ts'
import type { Read } from '../../src/pools/read.ts'
import { rocketPool } from '../../src/pools/rocketPool.ts'
import { stader } from '../../src/pools/stader.ts'
import { swell } from '../../src/pools/swell.ts'
import { createFakeChain, feedReads, LATE, RATE, type Reply, roundWords, words } from './fakeChain.ts'

const head = { role: 'head' } as const

function factsOf({ pools }: Live, { id }: TokenPool): PoolFacts {
  return pools.find(({ pool }) => pool.id === id)?.facts ?? expect.unreachable(`no facts of ${id}`)
}

/** Read everything where some reads answer otherwise. */
async function readWith(...replies: readonly (readonly [Read, Reply])[]): Promise<Live> {
  const chain = createFakeChain()
  for (const [asked, reply] of replies) chain.reply(asked, reply)
  return readLive(chain.client, tokenPools, head)
}

describe('the last report', () => {
  const reportOf = async (pool: TokenPool, reply: Reply) =>
    factsOf(await readWith([pool.lastReport?.read ?? expect.unreachable(), reply]), pool).lastReport

  test('default: a time as it is told', async () => {
    for (const told of [1n, LATE.time - 1n, LATE.time])
      expect(await reportOf(rocketPool, told)).toMatchObject({ value: { time: told } })
  })

  test('behavior: a block is a block, from its own word of the answer', async () => {
    for (const told of [25_999_000n, LATE.block])
      expect(await reportOf(stader, words(told, 7n, 9n))).toMatchObject({ value: { block: told } })
    const second: TokenPool = { ...stader, lastReport: { ...stader.lastReport, word: 1 } }
    const chain = createFakeChain()
    chain.reply(stader.lastReport.read, words(LATE.block, 25_000_000n, 9n))
    const live = await readLive(chain.client, [second], head)
    expect(live.pools[0]?.facts.lastReport).toMatchObject({ value: { block: 25_000_000n } })
  })

  test('behavior: the end of a stream less its length is when it began', async () => {
    const end = LATE.time + 2n * DAY
    const { lastReport, streamEnd } = factsOf(await readWith([dinero.streamEnd, end]), dinero)
    expect(lastReport).toMatchObject({ value: { time: end - 7n * DAY } })
    expect(streamEnd).toMatchObject({ value: end })
    expect(await reportOf(dinero, LATE.time + 7n * DAY)).toMatchObject({ value: { time: LATE.time } })
  })

  test('behavior: 0, and an end before any stream could have run, mean that there was none', async () => {
    const none = { why: 'The contract has recorded no report yet.' }
    expect(await reportOf(rocketPool, 0n)).toMatchObject(none)
    expect(await reportOf(stader, words(0n, 7n, 9n))).toMatchObject(none)
    for (const end of [0n, 1n, 7n * DAY]) expect(await reportOf(dinero, end)).toMatchObject(none)
    expect(await reportOf(dinero, 7n * DAY + 1n)).toMatchObject({ value: { time: 1n } })
  })

  test('behavior: the future is refused, by time and by block', async () => {
    const future = { why: 'The contract tells a report of the future.' }
    for (const told of [LATE.time + 1n, 2n ** 256n - 1n])
      expect(await reportOf(frax, told)).toMatchObject(future)
    expect(await reportOf(dinero, LATE.time + 7n * DAY + 1n)).toMatchObject(future)
    // A time would do as a block's number, were the two taken for each other.
    for (const told of [LATE.block + 1n, LATE.time])
      expect(await reportOf(stader, words(told, 7n, 9n))).toMatchObject(future)
  })
})

describe('the end of a stream', () => {
  const endOf = async (end: bigint) => factsOf(await readWith([frax.streamEnd, end]), frax).streamEnd

  test('default: past or to come, as it is told', async () => {
    for (const end of [1n, LATE.time - DAY, LATE.time, LATE.time + 7n * DAY, LATE.time + YEAR])
      expect(await endOf(end)).toMatchObject({ value: end })
  })

  test('behavior: 0 means that there was none, and what is years away is no time', async () => {
    expect(await endOf(0n)).toMatchObject({ why: 'The contract has recorded no stream yet.' })
    for (const end of [LATE.time + YEAR + 1n, 2n ** 256n - 1n])
      expect(await endOf(end)).toMatchObject({ why: expect.stringContaining('impossible') })
  })
})

describe('the fee', () => {
  const [treasury, operators] = swell.fee.reads
  const feeOf = async (one: bigint, other: bigint) =>
    factsOf(await readWith([treasury, one], [operators, other]), swell).fee

  test('default: the sum of its parts, as a part of the whole', async () => {
    expect(await feeOf(WAD / 20n, WAD / 20n)).toMatchObject({ value: WAD / 10n, outcomes: [{}, {}] })
    expect(factsOf(await readWith([lido.fee.reads[0], 1_000n]), lido).fee).toMatchObject({ value: WAD / 10n })
    expect(factsOf(await readWith([dinero.fee.reads[0], 100_000n]), dinero).fee).toMatchObject({
      value: WAD / 10n,
    })
  })

  test('behavior: 0 and all are fees, more than all is none', async () => {
    expect(await feeOf(0n, 0n)).toMatchObject({ value: 0n })
    expect(await feeOf(WAD, 0n)).toMatchObject({ value: WAD })
    for (const [one, other] of [
      [WAD, 1n],
      [(6n * WAD) / 10n, (6n * WAD) / 10n],
      [2n ** 256n - 1n, 2n ** 256n - 1n],
    ] as const)
      expect(await feeOf(one, other)).toEqual({
        why: 'The contract tells a fee of more than all.',
        outcomes: [expect.anything(), expect.anything()],
      })
  })
})

describe('the market', () => {
  const marketOf = async (pool: TokenPool, answer: bigint, places: bigint, updatedAt = LATE.time) => {
    const [round, decimals] = feedReads(pool)
    if (round === undefined || decimals === undefined) return expect.unreachable('no feed')
    const live = await readWith([round, roundWords(answer, updatedAt)], [decimals, places])
    const { market, premium } = factsOf(live, pool)
    return { market, premium }
  }

  test('default: the price at the scale that the feed tells, and the premium over the rate', async () => {
    const dearer = (101n * RATE) / 100n
    const premium = { value: { fraction: WAD / 100n, isNoise: false } }
    const value = { price: dearer, updatedAt: LATE.time }
    expect(await marketOf(dinero, dearer, 18n)).toMatchObject({ market: { value }, premium })
    expect(await marketOf(dinero, 111_100_000n, 8n)).toMatchObject({ market: { value }, premium })
  })

  test('behavior: a feed of the unit is compared with one unit, not with the rate', async () => {
    const units = tokenPools.filter(({ market }) => market.kind === 'feed' && market.prices === 'unit')
    expect(units.map(({ id }) => id)).toEqual(['lido', 'frax', 'origin'])
    for (const pool of tokenPools.filter(({ market }) => market.kind === 'feed')) {
      const { premium } = await marketOf(pool, (98n * WAD) / 100n, 18n)
      const basis = units.includes(pool) ? WAD : RATE
      const value = premium as { readonly value?: { readonly fraction: bigint } }
      const exact = ((98n * WAD) / 100n) * WAD - basis * WAD
      // Rounded down: at most one last digit below.
      const fraction = value.value?.fraction ?? expect.unreachable(`no premium of ${pool.id}`)
      expect(fraction * basis <= exact && (fraction + 1n) * basis > exact).toBe(true)
    }
  })

  test('behavior: a price more than half away from the rate is taken for one of another scale', async () => {
    const half = (3n * RATE) / 2n
    expect((await marketOf(dinero, half, 18n)).premium).toMatchObject({ value: { fraction: WAD / 2n } })
    for (const answer of [half + 2n, (RATE * 49n) / 100n, 10n ** 10n * WAD])
      expect((await marketOf(dinero, answer, 18n)).premium).toMatchObject({
        why: expect.stringContaining('more than half away'),
      })
  })

  test('behavior: what is wrong with the price is wrong with the premium, with the same outcomes', async () => {
    for (const [answer, places, updatedAt] of [
      [WAD, 37n, LATE.time],
      [0n, 18n, LATE.time],
      [-WAD, 18n, LATE.time],
      [WAD, 18n, LATE.time - DAY - 1n],
      [WAD, 18n, LATE.time + 61n],
    ] as const) {
      const { market, premium } = await marketOf(swell, answer, places, updatedAt)
      expect(market).toMatchObject({
        why: expect.any(String),
        outcomes: [{ success: true }, { success: true }],
      })
      expect(premium).toEqual(market)
    }
  })

  test('behavior: a token without a rate has a price and no premium', async () => {
    for (const pool of [rocketPool, lido]) {
      const { market, premium } = factsOf(await readWith([pool.rate, 0n]), pool)
      expect(market).toHaveProperty('value')
      expect(premium).toEqual({
        why: 'The rate that it would be compared with is not known.',
        outcomes: market.outcomes,
      })
    }
  })
})

/** A thousand million ether, which there will never be. */
const MOST = 10n ** 9n * WAD

describe('the way out', () => {
  test('default: each figure as it is told, 0 and the largest too', async () => {
    for (const pool of tokenPools)
      for (const [index, figure] of pool.exit.figures.entries())
        for (const told of figure.kind === 'share' ? [0n, figure.whole] : [0n, MOST])
          expect(factsOf(await readWith([figure.read, told]), pool).exit[index]).toMatchObject({
            value: told,
          })
  })

  test('behavior: more than there can be is not told', async () => {
    for (const pool of tokenPools)
      for (const [index, figure] of pool.exit.figures.entries())
        for (const told of [(figure.kind === 'share' ? figure.whole : MOST) + 1n, 2n ** 256n - 1n])
          expect(factsOf(await readWith([figure.read, told]), pool).exit[index]).toMatchObject({
            why: 'The contract tells more than there can be.',
          })
  })
})
