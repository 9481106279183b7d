import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DAY, WAD, YEAR } from '../../src/math/fixedPoint.ts'
import { type Observation, type RatePoint, ratePoints } from '../../src/math/series.ts'
import {
  isYield,
  latestYield,
  type NoYield,
  rollingStarts,
  type WindowYield,
  yieldBand,
  yieldBetween,
  yieldEndingAt,
} from '../../src/math/window.ts'
import { impliedApr, impliedApy } from '../../src/math/yield.ts'

const point = (measuredAt: bigint, rate: bigint, notBefore: bigint | undefined = measuredAt): RatePoint => ({
  measuredAt,
  notBefore,
  landedAt: measuredAt,
  block: measuredAt / 12n,
  rate,
  evidence: 'report',
})

const expectYield = (result: WindowYield | NoYield | undefined): WindowYield => {
  expect(result).toHaveProperty('apy')
  return result as WindowYield
}

/** The yields that end at each point. */
function rollingYield(points: readonly RatePoint[], window: bigint, tolerance: bigint) {
  const starts = rollingStarts(points, window, tolerance)
  return points.map((_, last) => yieldEndingAt(points, starts, last))
}

const size = (value: bigint): bigint => (value < 0n ? -value : value)

/** Daily reports that each add one basis point. */
const daily = (days: number): RatePoint[] =>
  Array.from({ length: days }, (_, day) => point(BigInt(day) * DAY, WAD + (BigInt(day) * WAD) / 10_000n))

const series = fc
  .array(
    fc.tuple(fc.bigInt({ min: 60n, max: 3n * DAY }), fc.bigInt({ min: -(WAD / 1000n), max: WAD / 500n })),
    {
      maxLength: 40,
    },
  )
  .map(steps => {
    let [time, rate] = [1_600_000_000n, WAD]
    return steps.map(([gap, change]) => {
      time += gap
      rate += change
      return point(time, rate)
    })
  })

/** The definition, word for word: of all points before the end, the one nearest to one window earlier. */
function slowYield(points: readonly RatePoint[], last: number, window: bigint, tolerance: bigint) {
  const end = points[last]
  const [first, ...others] = points.slice(0, last)
  if (end === undefined) return 'noRate'
  if (first === undefined) return 'oneRate'
  const away = ({ measuredAt }: RatePoint): bigint => size(measuredAt - (end.measuredAt - window))
  const start = others.reduce((best, one) => (away(one) < away(best) ? one : best), first)
  return away(start) > tolerance ? 'historyTooShort' : start
}

type Change = { readonly time: bigint; readonly rate: bigint }

/** A rate that rises at times that only the test knows. */
function hiddenChanges(gaps: readonly bigint[]): Change[] {
  let time = 1_600_000_000n
  return gaps.map((gap, index) => {
    time += gap
    return { time, rate: WAD + BigInt(index) * 10n ** 14n }
  })
}

function sampleDaily(truth: readonly Change[], phase: bigint): Observation[] {
  const last = truth.at(-1)?.time ?? 0n
  const observations: Observation[] = []
  for (let time = 1_600_000_000n + phase; time <= last + DAY; time += DAY) {
    const rate = truth.filter(change => change.time <= time).at(-1)?.rate
    if (rate !== undefined) observations.push({ block: time / 12n, time, rate })
  }
  return observations
}

function changeTo(truth: readonly Change[], rate: bigint): Change {
  const change = truth.find(one => one.rate === rate)
  expect(change, `the change to ${rate}`).toBeDefined()
  return change as Change
}

describe('rollingStarts, yieldEndingAt', () => {
  test('default: one yield for each point, over the window that ends there', () => {
    const points = daily(40)
    const results = rollingYield(points, 7n * DAY, DAY)
    expect(results).toHaveLength(40)
    const { start, end, span, steps, apr, apy } = expectYield(results[20])
    expect([start, end, span, steps]).toEqual([points[13], points[20], 7n * DAY, 7])
    const ends = [start, end].map(({ measuredAt, rate }) => ({ time: measuredAt, rate }))
    const [from, to] = ends as [{ time: bigint; rate: bigint }, { time: bigint; rate: bigint }]
    expect(apr).toBe(impliedApr(from, to))
    expect(apy).toBe(impliedApy(from, to))
  })

  test('behavior: it equals the definition on any series', () => {
    const windows = fc.bigInt({ min: 60n, max: 30n * DAY })
    fc.assert(
      fc.property(series, windows, fc.bigInt({ min: 0n, max: 5n * DAY }), (points, window, tolerance) => {
        rollingYield(points, window, tolerance).forEach((found, last) => {
          const wanted = slowYield(points, last, window, tolerance)
          if (typeof wanted === 'string') expect(found).toEqual({ why: wanted })
          else if (isYield(found)) expect(found.start).toBe(wanted)
          else expect(found).toEqual({ why: 'spanTooShort' })
        })
      }),
    )
  })

  test('behavior: two reports at one time are both passed, and the later rate counts', () => {
    const points = [point(0n, WAD), point(0n, WAD + 5n), point(DAY, WAD + 9n), point(2n * DAY, WAD + 99n)]
    expect(expectYield(rollingYield(points, 2n * DAY, DAY)[3]).start).toBe(points[1])
    expect(expectYield(rollingYield(points, DAY, DAY)[3]).start).toBe(points[2])
  })

  test('behavior: no points, no yields', () => {
    expect(rollingYield([], DAY, DAY)).toEqual([])
  })

  test('behavior: the first points have no window yet', () => {
    const results = rollingYield(daily(10), 7n * DAY, DAY)
    expect(results.slice(0, 6)).toEqual([
      { why: 'oneRate' },
      ...Array.from({ length: 5 }, () => ({ why: 'historyTooShort' })),
    ])
    // The sixth day's start is one day off, which the tolerance allows.
    expect(expectYield(results[6]).span).toBe(6n * DAY)
  })

  test('behavior: a start further from the window than the tolerance gives no figure', () => {
    const points = [point(0n, WAD), point(10n * DAY, WAD + 10n ** 15n)]
    expect(rollingYield(points, 7n * DAY, 3n * DAY)[1]).toHaveProperty('apy')
    expect(rollingYield(points, 7n * DAY, 3n * DAY - 1n)[1]).toEqual({ why: 'historyTooShort' })
  })
})

describe('latestYield', () => {
  test('default', () => {
    const { span, steps, start } = expectYield(latestYield(daily(40), 30n * DAY, DAY))
    expect([span, steps, start.measuredAt]).toEqual([30n * DAY, 30, 9n * DAY])
  })

  test('behavior: it equals the last of rollingYield', () => {
    fc.assert(
      fc.property(series, fc.bigInt({ min: 60n, max: 30n * DAY }), (points, window) => {
        expect(latestYield(points, window, DAY)).toEqual(
          rollingYield(points, window, DAY).at(-1) ?? { why: 'noRate' },
        )
      }),
    )
  })

  test('behavior: nothing and one point say which it is', () => {
    expect(latestYield([], DAY, DAY)).toEqual({ why: 'noRate' })
    expect(latestYield(daily(1), DAY, DAY)).toEqual({ why: 'oneRate' })
  })

  test('behavior: a fall keeps its sign', () => {
    const result = expectYield(
      latestYield([point(0n, WAD), point(7n * DAY, WAD - 10n ** 14n)], 7n * DAY, DAY),
    )
    expect(result.apr < 0n && result.apy < 0n).toBe(true)
  })

  test('behavior: a flat stretch of a continuous pool is a yield of 0', () => {
    const flat = [point(0n, WAD), point(DAY, WAD), point(2n * DAY, WAD)]
    const { apr, apy } = expectYield(latestYield(flat, 2n * DAY, DAY))
    expect([apr, apy]).toEqual([0n, 0n])
  })

  test('behavior: a span of seconds that would mean an astronomical yield gives none', () => {
    expect(latestYield([point(0n, WAD), point(12n, 2n * WAD)], 12n, DAY)).toEqual({ why: 'spanTooShort' })
    expect(latestYield([point(5n, WAD), point(5n, 2n * WAD)], 12n, DAY)).toEqual({ why: 'spanTooShort' })
  })

  test('behavior: any series with any window is answered', () => {
    const points = fc.array(
      fc.tuple(fc.bigInt({ min: 0n, max: YEAR }), fc.bigInt({ min: 1n, max: 10n ** 24n })),
    )
    fc.assert(
      fc.property(
        points,
        fc.bigInt({ min: 0n, max: 2n * YEAR }),
        fc.bigInt({ min: 0n, max: YEAR }),
        (given, window, tolerance) => {
          const sorted = given
            .map(([time, rate]) => point(time, rate))
            .sort((a, b) => (a.measuredAt < b.measuredAt ? -1 : 1))
          const result = latestYield(sorted, window, tolerance)
          if (isYield(result)) expect([typeof result.apr, typeof result.apy]).toEqual(['bigint', 'bigint'])
          else expect(['noRate', 'oneRate', 'historyTooShort', 'spanTooShort']).toContain(result.why)
        },
      ),
    )
  })
})

describe('yieldBand', () => {
  test('default: reports, whose times are exact, have no width', () => {
    const result = expectYield(latestYield(daily(10), 7n * DAY, DAY))
    for (const measure of ['apr', 'apy'] as const)
      expect(yieldBand(result, measure)).toEqual({ low: result[measure], high: result[measure] })
  })

  test('behavior: samples a day apart leave a day of doubt at each end', () => {
    const [start, end] = [point(DAY, WAD, 0n), point(8n * DAY, WAD + 10n ** 15n, 7n * DAY)]
    const result = expectYield(latestYield([start, end], 7n * DAY, DAY))
    const over = (days: bigint) =>
      impliedApr({ time: 0n, rate: start.rate }, { time: days * DAY, rate: end.rate })
    expect(yieldBand(result, 'apr')).toEqual({ low: over(8n), high: over(6n) })
  })

  test('behavior: the band of a fall is the right way round', () => {
    const [start, end] = [point(DAY, WAD, 0n), point(8n * DAY, WAD - 10n ** 15n, 7n * DAY)]
    const band = yieldBand(expectYield(latestYield([start, end], 7n * DAY, DAY)), 'apy')
    expect(band && band.low < band.high && band.high < 0n).toBe(true)
  })

  test('behavior: the truth lies within, wherever between two samples the rate changed', () => {
    const changes = fc.array(fc.bigInt({ min: 20n * 3600n, max: 60n * 3600n }), {
      minLength: 4,
      maxLength: 40,
    })
    const phases = fc.bigInt({ min: 0n, max: DAY - 1n })
    fc.assert(
      fc.property(changes, phases, fc.bigInt({ min: 2n, max: 20n }), (gaps, phase, days) => {
        const truth = hiddenChanges(gaps)
        const points = ratePoints(sampleDaily(truth, phase), { accrual: 'report' })
        for (const result of rollingYield(points, days * DAY, 2n * DAY).filter(isYield)) {
          const band = yieldBand(result, 'apy')
          if (band === undefined) continue
          const real = impliedApy(changeTo(truth, result.start.rate), changeTo(truth, result.end.rate))
          expect(band.low <= real && real <= band.high).toBe(true)
          expect(band.low <= result.apy && result.apy <= band.high).toBe(true)
        }
      }),
    )
  })

  test('behavior: without a sample before the start nothing bounds it', () => {
    const first = { ...point(0n, WAD), notBefore: undefined }
    const result = expectYield(latestYield([first, point(7n * DAY, WAD + 1n)], 7n * DAY, DAY))
    expect(yieldBand(result, 'apr')).toBeUndefined()
  })

  test('behavior: changes that may have come at the same time have no band', () => {
    const result = expectYield(
      latestYield([point(DAY, WAD, 0n), point(2n * DAY, WAD + 10n ** 14n, DAY)], DAY, DAY),
    )
    expect(yieldBand(result, 'apr')).toBeUndefined()
  })

  test('behavior: changes that may be seconds apart have no band', () => {
    const result = expectYield(
      latestYield([point(DAY, WAD, 0n), point(2n * DAY, WAD + 10n ** 16n, DAY + 1n)], DAY, DAY),
    )
    expect(yieldBand(result, 'apy')).toBeUndefined()
    expect(yieldBand(result, 'apr')).toBeDefined()
  })
})

describe('yieldBetween', () => {
  const points = [point(0n, WAD), point(5n * DAY, WAD + 1n), point(10n * DAY, (102n * WAD) / 100n)]

  test('default: the two points alone decide, and the changes between are counted', () => {
    expect(yieldBetween(points, 0, 2)).toMatchObject({
      start: points[0],
      end: points[2],
      span: 10n * DAY,
      steps: 2,
      apr: (73n * WAD) / 100n,
    })
    expect(yieldBetween(points, 1, 2)).toMatchObject({ start: points[1], steps: 1, span: 5n * DAY })
  })

  test.each([
    [2, 2],
    [2, 0],
    [0, 3],
    [-1, 1],
  ])('behavior: from %s to %s is no pair of points', (first, last) => {
    expect(yieldBetween(points, first, last)).toEqual({ why: 'oneRate' })
  })

  test('behavior: no time between them, or seconds for much growth, is too short', () => {
    const close = [point(100n, WAD), point(100n, 2n * WAD), point(101n, 4n * WAD)]
    expect(yieldBetween(close, 0, 1)).toEqual({ why: 'spanTooShort' })
    expect(yieldBetween(close, 1, 2)).toEqual({ why: 'spanTooShort' })
  })
})
