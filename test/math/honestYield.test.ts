import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mergeEvidence } from '../../src/math/evidence.ts'
import { DAY, type Seconds, WAD, YEAR } from '../../src/math/fixedPoint.ts'
import { marksOf } from '../../src/math/marks.ts'
import { reportSpread } from '../../src/math/perReport.ts'
import { powerOfRatio } from '../../src/math/power.ts'
import type { Report } from '../../src/math/report.ts'
import { ageOfLastChange, type Observation, type RatePoint, ratePoints } from '../../src/math/series.ts'
import {
  isYield,
  latestYield,
  rollingStarts,
  type WindowYield,
  type YieldBand,
  yieldBand,
  yieldEndingAt,
} from '../../src/math/window.ts'
import { impliedApr } from '../../src/math/yield.ts'

// The chain of the issue: reports land daily, up to two hours early or late, and the truth is 3.00 % a year.

const TRUTH = (3n * WAD) / 100n
const BASIS_POINT = WAD / 10_000n
const GENESIS = 1_700_000_004n
const HOUR = 3_600n
const SLOT = 12n

/** The rate that has grown by 3.00 % a year since the start, at a moment. */
const rateAt = (time: Seconds): bigint =>
  (((WAD * 11n) / 10n) * powerOfRatio(103n, 100n, time - GENESIS, YEAR)) / WAD

type Landed = { readonly measured: Seconds; readonly landed: Seconds; readonly rate: bigint }

/** What an oracle measures: at noon each day and landing up to four hours later, or when it lands. */
function oracle(jitters: readonly bigint[], measures: 'regularly' | 'at landing'): Landed[] {
  return jitters.map((jitter, day) => {
    const noon = GENESIS + BigInt(day + 1) * DAY
    const landed = measures === 'regularly' ? noon + 2n * HOUR + jitter : noon + jitter
    const measured = measures === 'regularly' ? noon : landed
    return { measured, landed, rate: rateAt(measured) }
  })
}

/** Daily samples at some time of day, and the head. */
function samplesOf(landed: readonly Landed[], phase: Seconds, head: Seconds): Observation[] {
  const times: Seconds[] = []
  for (let time = GENESIS + phase; time < head; time += DAY) times.push(time)
  let next = 0
  let rate = rateAt(GENESIS)
  return [...times, head].map(time => {
    for (let one = landed[next]; one !== undefined && one.landed <= time; one = landed[next]) {
      rate = one.rate
      next += 1
    }
    return { block: time / SLOT, time, rate }
  })
}

const reportsOf = (
  landed: readonly Landed[],
  head: Seconds,
  measures: 'regularly' | 'at landing',
): Report[] =>
  landed
    .filter(one => one.landed <= head)
    .map(({ measured, landed: time, rate }) => ({
      rate,
      measured: measures === 'regularly' ? { kind: 'time', time: measured } : { kind: 'landing' },
      log: {
        block: time / SLOT,
        index: 0n,
        address: '0xaa',
        topics: [],
        data: '0x',
        transaction: '0xbb',
        operator: 'test',
        time,
      },
    }))

const EVERYTHING = { covered: [{ from: 0n, to: 10n ** 12n }], timeOf: () => undefined }

const DAYS = 100
/** Everything happens in blocks, which are whole slots apart. */
const slots = (from: Seconds, to: Seconds) =>
  fc.bigInt({ min: from / SLOT, max: to / SLOT }).map(count => count * SLOT)
const jitters = fc.array(slots(-2n * HOUR, 2n * HOUR), { minLength: DAYS, maxLength: DAYS })
const phases = slots(0n, DAY - SLOT)
/** Any minute of the last two days. */
const minutes = fc.bigInt({ min: 0n, max: 2n * 1_440n - 1n })
const ways = fc.constantFrom('regularly', 'at landing')
const windows = fc.constantFrom(7n, 30n, 90n)

const away = (value: bigint): bigint => (value > TRUTH ? value - TRUTH : TRUTH - value)

const known = (result: ReturnType<typeof latestYield>): WindowYield => {
  expect(result).toHaveProperty('apy')
  return result as WindowYield
}

/** What is stated at every point of a series that has a stated figure. */
function bandsOf(points: readonly RatePoint[], window: Seconds): YieldBand[] {
  const starts = rollingStarts(points, window, window / 2n)
  return [...points.keys()].flatMap(last => {
    const result = yieldEndingAt(points, starts, last)
    return (isYield(result) ? yieldBand(result, 'apy') : undefined) ?? []
  })
}

describe('daily reports, two hours early or late, 3.00 % a year', () => {
  test('behavior: with reports each window is within a basis point at any minute of the day', () => {
    fc.assert(
      fc.property(jitters, phases, minutes, ways, windows, (drawn, phase, minute, way, days) => {
        const landed = oracle(drawn, way)
        const head = GENESIS + BigInt(DAYS - 2) * DAY + minute * 60n + SLOT
        const reports = reportsOf(landed, head, way)
        const observations = samplesOf(landed, phase, head)
        const { points, contradictions } = mergeEvidence(
          observations,
          { reports, ...EVERYTHING },
          { accrual: 'report' },
        )
        const result = known(latestYield(points, days * DAY, (days * DAY) / 2n))
        expect(contradictions).toEqual([])
        expect(away(result.apy) < BASIS_POINT).toBe(true)
        expect(yieldBand(result, 'apy')).toEqual({ low: result.apy, high: result.apy })
        // The true span is that of reports: within their jitter of whole days.
        expect(result.steps).toBe(Number(days))
        expect(result.span > days * DAY - 5n * HOUR && result.span < days * DAY + 5n * HOUR).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  test('behavior: with samples only the truth lies inside the stated band, at every point of the series', () => {
    fc.assert(
      fc.property(jitters, phases, minutes, ways, windows, (drawn, phase, minute, way, days) => {
        const landed = oracle(drawn, way)
        const head = GENESIS + BigInt(DAYS - 2) * DAY + minute * 60n + SLOT
        const lag = way === 'regularly' ? 6n * HOUR : 0n
        const points = ratePoints(samplesOf(landed, phase, head), { accrual: 'report', lag })
        const bands = bandsOf(points, days * DAY)
        expect(bands.length).toBeGreaterThan(0)
        for (const { low, high } of bands) expect(low <= TRUTH && TRUTH <= high).toBe(true)
        const result = known(latestYield(points, days * DAY, (days * DAY) / 2n))
        const band = yieldBand(result, 'apy')
        // A band that says nothing would hold everything: this one is no wider than two days and the lag allow.
        const widest = (TRUTH * 25n) / (5n * days)
        expect(band !== undefined && band.high - band.low < widest).toBe(true)
      }),
      { numRuns: 40 },
    )
  })

  test('behavior: without the lag of its oracle a band can miss the truth', () => {
    // Measured at noon, landed 4 h later at first and at once at the end, each just where a sample makes the most of it.
    const drawn = Array.from({ length: DAYS }, (_, day) => (day < 90 ? 2n * HOUR : -2n * HOUR))
    const landed = oracle(drawn, 'regularly')
    const head = GENESIS + BigInt(DAYS - 1) * DAY + 13n * HOUR
    const bandWith = (lag: bigint) => {
      const samples = samplesOf(landed, DAY - HOUR, head)
      const points = ratePoints(samples, { accrual: 'report', lag })
      const result = known(latestYield(points, 7n * DAY, 4n * DAY))
      return yieldBand(result, 'apy')
    }
    const wide = bandWith(6n * HOUR)
    const narrow = bandWith(0n)
    expect(wide !== undefined && wide.low <= TRUTH && TRUTH <= wide.high).toBe(true)
    expect(
      narrow !== undefined && wide !== undefined && wide.low < narrow.low && wide.high > narrow.high,
    ).toBe(true)
  })
})

/** Daily reports of given yields a year, measured exactly a day apart. */
function dailyReports(apys: readonly bigint[]): RatePoint[] {
  let rate = (WAD * 11n) / 10n
  return [undefined, ...apys].map((apy, day) => {
    if (apy !== undefined) rate = (rate * powerOfRatio(WAD + apy, WAD, DAY, YEAR)) / WAD
    const time = GENESIS + BigInt(day) * DAY
    return { measuredAt: time, notBefore: time, landedAt: time, block: time / SLOT, rate, evidence: 'report' }
  })
}

const percent = (value: bigint): bigint => (value * WAD) / 100n
const CADENCE = { cadence: DAY }

/** 3 % with the small unevenness that real reports have: 2.9, 3.0 and 3.1 % in turn. */
const usual = (count: number): bigint[] =>
  Array.from({ length: count }, (_, day) => (WAD * BigInt(29 + (day % 3))) / 1_000n)

describe('what stands out', () => {
  const week = [...usual(40), percent(7n), ...usual(6)]

  test('behavior: one report of 7 % amid 3 %: the end points say what was earned, the median what is usual', () => {
    const points = dailyReports(week)
    const [first, last] = [points.length - 8, points.length - 1]
    const result = known(latestYield(points, 7n * DAY, DAY))
    // (1.07 × 1.03^6)^(1/7) − 1 and a little unevenness: about 3.56 %.
    expect(result.apy > (WAD * 355n) / 10_000n && result.apy < (WAD * 357n) / 10_000n).toBe(true)
    const spread = reportSpread(points, { first, last }, { measure: 'apy', least: 0n })
    expect(spread?.count).toBe(7)
    const near = (value: bigint | undefined, wanted: bigint) => {
      const off = (value ?? 0n) - wanted
      expect(off < 10n ** 9n && off > -(10n ** 9n)).toBe(true)
    }
    near(spread?.median, percent(3n))
    near(spread?.low, (WAD * 29n) / 1_000n)
    near(spread?.high, percent(7n))
    expect(marksOf(points, CADENCE)).toEqual([{ index: 41, kind: 'exceptional' }])
  })

  test('behavior: a fall of 0.5 % is negative, marked as a fall, and never clamped', () => {
    const points = dailyReports(usual(20))
    const before = points.at(-1)
    if (before === undefined) throw new Error('no points')
    const time = before.measuredAt + DAY
    const fallen: RatePoint = {
      ...before,
      measuredAt: time,
      notBefore: time,
      landedAt: time,
      block: time / SLOT,
      rate: (before.rate * 995n) / 1_000n,
    }
    const result = known(latestYield([...points, fallen], 7n * DAY, DAY))
    expect(result.apr < 0n && result.apy < 0n).toBe(true)
    // Six days of 3 % and −0.5 %: −0.45 % in a week.
    expect(result.apr).toBe(
      impliedApr({ time: 0n, rate: points.at(-7)?.rate ?? 0n }, { time: 7n * DAY, rate: fallen.rate }),
    )
    expect(marksOf([...points, fallen], CADENCE)).toEqual([{ index: 21, kind: 'fall' }])
  })

  test('behavior: a silence of three days keeps the last yield, which grows no older than its report', () => {
    const points = dailyReports(usual(20))
    const last = points.at(-1)?.measuredAt ?? 0n
    expect(ageOfLastChange(points, last + 3n * DAY)).toEqual({ least: 3n * DAY, most: 3n * DAY })
    const result = known(latestYield(points, 7n * DAY, DAY))
    expect(result.end.measuredAt).toBe(last)
    expect(away(result.apy) < 10n * BASIS_POINT).toBe(true)
  })

  test('behavior: the report after a silence covers all of it and is marked as late', () => {
    const steady = dailyReports(usual(20))
    const points = steady.filter((_, index) => index < 15 || index > 16)
    expect(marksOf(points, CADENCE)).toEqual([{ index: 15, kind: 'late' }])
    expect(away(known(latestYield(points, 7n * DAY, DAY)).apy) < 10n * BASIS_POINT).toBe(true)
  })
})
