import { beforeAll, describe, expect, test } from 'vitest'
import { type ReportProgress, readReports } from '../../src/chain/readReports.ts'
import { timeBounds } from '../../src/math/blockTime.ts'
import { mergeEvidence } from '../../src/math/evidence.ts'
import { DAY, type Seconds, WAD } from '../../src/math/fixedPoint.ts'
import { marksOf } from '../../src/math/marks.ts'
import { reportSpread } from '../../src/math/perReport.ts'
import type { Sample } from '../../src/math/sample.ts'
import { ageOfLastChange, observationsOf, type RatePoint, ratePoints } from '../../src/math/series.ts'
import { isYield, rollingStarts, type WindowYield, yieldBand, yieldEndingAt } from '../../src/math/window.ts'
import { ankr } from '../../src/pools/ankr.ts'
import { poolKey, type TokenPool } from '../../src/pools/definePool.ts'
import { lido } from '../../src/pools/lido.ts'
import { rocketPool } from '../../src/pools/rocketPool.ts'
import { createBlockTimeStore } from '../../src/store/blockTimeStore.ts'
import { createMemoryLogStore } from '../../src/store/logStore.ts'
import { createMemoryStore } from '../../src/store/sampleStore.ts'
import { clientOf, type TestChain, testChain } from '../support/chain.ts'
import { readAll } from './histories.ts'

const TRUTH = (3n * WAD) / 100n
const BASIS_POINT = WAD / 10_000n
const HOUR = 3_600n
/** Two blocks a day: the one that the oracles measure, and, even, the one in which their reports land. */
const REPORTING = [rocketPool, ankr, lido] as const

type Read = { readonly samples: readonly Sample[]; readonly reports: ReportProgress }

/** All samples and all reports of a chain, by the readers that the page uses. */
async function readChain({ chain }: TestChain): Promise<Read> {
  const client = clientOf(chain.url)
  const pools = [...REPORTING]
  const { samples, head } = await readAll(client, createMemoryStore(), { pools, span: undefined })
  const archives = { logs: createMemoryLogStore(), times: createBlockTimeStore() }
  const [from = 0n, to] = [samples[0]?.block, head.block]
  let reports: ReportProgress | undefined
  for await (const progress of readReports(client, archives, {
    pools,
    samples,
    from,
    to,
    finalized: to - 32n,
    identity: undefined,
  }))
    reports = progress
  if (reports === undefined) throw new Error('no reports at all')
  expect(reports).toMatchObject({ done: reports.wanted, doubts: [], malformed: [], timesMissing: 0 })
  return { samples, reports }
}

/** The points of a pool as they were known at a block. */
function pointsAt({ samples, reports }: Read, pool: TokenPool, head: bigint): readonly RatePoint[] {
  const known = samples.filter(({ block }) => block <= head)
  const observations = observationsOf(known, poolKey(pool))
  const evidence = {
    reports: (reports.reports.get(pool.id) ?? []).filter(({ log }) => log.block <= head),
    covered: reports.covered,
    timeOf: (block: bigint) => {
      const exact = reports.blockTimes.get(block)
      if (exact !== undefined) return { earliest: exact, latest: exact }
      return timeBounds(samples, block, { since: 0n, seconds: 1n })
    },
  }
  const { points, contradictions } = mergeEvidence(observations, evidence, pool)
  expect(contradictions).toEqual([])
  return points
}

/** The points that samples every other day or so would show. */
const sampledAt = ({ samples }: Read, pool: TokenPool, head: bigint): readonly RatePoint[] =>
  ratePoints(
    observationsOf(
      samples.filter(({ block }) => block <= head),
      poolKey(pool),
    ),
    pool,
  )

function latest(points: readonly RatePoint[], window: Seconds): WindowYield {
  const starts = rollingStarts(points, window, window / 2n)
  const result = yieldEndingAt(points, starts, points.length - 1)
  expect(result).toHaveProperty('apy')
  return result as WindowYield
}

const away = (value: bigint): bigint => (value > TRUTH ? value - TRUTH : TRUTH - value)

describe('reports two hours early or late, 3.00 % a year', () => {
  const running = testChain({ days: 130, scenario: { steadyApy: TRUTH, jitter: 2n * HOUR } })
  let read: Read
  beforeAll(async () => {
    read = await readChain(running)
  }, 60_000)

  /** Each block of the last weeks as the head: between two blocks nothing changes. */
  const heads = (): bigint[] => read.samples.slice(-30).map(({ block }) => block)

  test.each(REPORTING.flatMap(pool => [7n, 30n, 90n].map(days => [pool.id, days, pool] as const)))(
    'behavior: %s over %s days is within a basis point, whatever the head',
    (_, days, pool) => {
      const seen = heads().map(head => {
        const result = latest(pointsAt(read, pool, head), days * DAY)
        expect(away(result.apy) < BASIS_POINT).toBe(true)
        expect(yieldBand(result, 'apy')).toEqual({ low: result.apy, high: result.apy })
        expect([result.start.evidence, result.end.evidence]).toEqual(['report', 'report'])
        return result
      })
      expect(seen.length).toBe(30)
      // The jitter was there: the spans are not all the same, but for those that were measured at one time of day.
      if (pool === ankr) expect(new Set(seen.map(({ span }) => span)).size).toBeGreaterThan(5)
    },
  )

  test.each(REPORTING.flatMap(pool => [7n, 30n, 90n].map(days => [pool.id, days, pool] as const)))(
    'behavior: %s over %s days with samples only has the truth in its band',
    (_, days, pool) => {
      let off = 0n
      for (const head of heads()) {
        const result = latest(sampledAt(read, pool, head), days * DAY)
        const band = yieldBand(result, 'apy')
        expect(band !== undefined && band.low <= TRUTH && TRUTH <= band.high).toBe(true)
        if (away(result.apy) > off) off = away(result.apy)
      }
      // Samples alone are off by more than reports: else this would prove nothing.
      if (days === 7n) expect(off > BASIS_POINT).toBe(true)
    },
  )

  test('behavior: the four contracts of Rocket Pool make one series without a seam', () => {
    const points = pointsAt(read, rocketPool, 10n ** 9n)
    const emitters = new Set(points.flatMap(({ report }) => report?.log.address ?? []))
    expect(emitters.size).toBe(4)
    // Each step, across the switches too, is the truth for the time that it covers, and none is missing.
    const reported = points.filter(({ evidence }) => evidence === 'report')
    expect(reported.length).toBeGreaterThan(120)
    const starts = rollingStarts(points, 7n * DAY, DAY)
    let compared = 0
    for (const last of points.keys()) {
      const result = yieldEndingAt(points, starts, last)
      if (!isYield(result) || result.start.evidence === 'sample') continue
      compared += 1
      expect(away(result.apy) < BASIS_POINT / 100n).toBe(true)
      expect(result.steps).toBe(7)
    }
    expect(compared).toBeGreaterThan(110)
    expect(marksOf(points, rocketPool)).toEqual([])
  })
})

describe('one report of 7 % and a fall of 0.5 %', () => {
  const running = testChain({
    days: 60,
    scenario: {
      steadyApy: TRUTH,
      exceptional: { daysAgo: 3, apy: (7n * WAD) / 100n },
      fall: { daysAgo: 2, fraction: WAD / 200n, pool: 'lido' },
    },
  })
  let read: Read
  beforeAll(async () => {
    read = await readChain(running)
  }, 60_000)

  test('behavior: the end points say what was earned, the median what is usual, and one report is marked', () => {
    const points = pointsAt(read, rocketPool, 10n ** 9n)
    const last = points.length - 1
    // (1.07 × 1.03^6)^(1/7) − 1 = 3.5627… %
    const result = latest(points, 7n * DAY)
    expect(result.apy > (WAD * 3_562n) / 100_000n && result.apy < (WAD * 3_563n) / 100_000n).toBe(true)
    const spread = reportSpread(points, { first: last - 7, last }, { measure: 'apy', least: 0n })
    expect(away(spread?.median ?? 0n) < BASIS_POINT / 100n).toBe(true)
    const high = (spread?.high ?? 0n) - (7n * WAD) / 100n
    expect(high < BASIS_POINT / 100n && high > -BASIS_POINT / 100n).toBe(true)
    expect(marksOf(points, rocketPool)).toEqual([{ index: last - 3, kind: 'exceptional' }])
  })

  test('behavior: a fall is negative and marked as one', () => {
    const points = pointsAt(read, lido, 10n ** 9n)
    expect(latest(points, 7n * DAY).apy < 0n).toBe(true)
    expect(marksOf(points, lido)).toEqual([{ index: points.length - 3, kind: 'fall' }])
  })
})

describe('a silence of three days', () => {
  const running = testChain({ days: 40, scenario: { steadyApy: TRUTH, silentDays: 3 } })

  test('behavior: the last report is old, and the yield is that of the reports before', async () => {
    const read = await readChain(running)
    const points = pointsAt(read, rocketPool, 10n ** 9n)
    const now = read.samples.at(-1)?.time ?? 0n
    const age = ageOfLastChange(points, now)
    expect(age?.least).toBe(age?.most)
    expect((age?.least ?? 0n) > 3n * DAY && (age?.least ?? 0n) < 4n * DAY).toBe(true)
    expect(away(latest(points, 7n * DAY).apy) < BASIS_POINT / 100n).toBe(true)
  })
})
