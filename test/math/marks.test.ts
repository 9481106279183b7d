import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DAY, mulDivDown, WAD, YEAR } from '../../src/math/fixedPoint.ts'
import { marksOf } from '../../src/math/marks.ts'
import type { RatePoint } from '../../src/math/series.ts'

/** Points a day apart whose steps are given in parts of a million. */
function series(steps: readonly number[], evidence: RatePoint['evidence'] = 'report'): RatePoint[] {
  let rate = WAD
  return [0, ...steps].map((millionths, day) => {
    rate += (rate * BigInt(millionths)) / 1_000_000n
    const time = BigInt(day) * DAY
    const notBefore = evidence === 'report' ? time : time - DAY
    return { measuredAt: time, notBefore, landedAt: time, block: time, rate, evidence }
  })
}

const DAILY = { cadence: DAY }
const usual = (days: number): number[] => Array.from({ length: days }, (_, day) => 80 + (day % 3))

const middle = (values: readonly bigint[]): bigint =>
  [...values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))[(values.length - 1) >> 1] ?? 0n

const size = (value: bigint): bigint => (value < 0n ? -value : value)

/** The definition, word for word: beyond three median absolute deviations of the 15 before, the 15 after and itself. */
function standsOut(values: readonly bigint[], index: number, least: bigint): boolean {
  const around = values.slice(Math.max(0, index - 15), index + 16)
  const median = middle(around)
  const away = size((values[index] ?? 0n) - median)
  return around.length >= 7 && away > least && away > 3n * middle(around.map(one => size(one - median)))
}

describe('marksOf', () => {
  test('default: what is usual has no mark', () => {
    expect(marksOf(series(usual(60)), DAILY)).toEqual([])
    expect(marksOf([], DAILY)).toEqual([])
    expect(marksOf(series([]), DAILY)).toEqual([])
  })

  test('behavior: a report far above or below those around it is exceptional', () => {
    for (const step of [190, 20])
      expect(marksOf(series([...usual(20), step, ...usual(20)]), DAILY)).toEqual([
        { index: 21, kind: 'exceptional' },
      ])
  })

  test('behavior: it equals the definition on any series', () => {
    const step = fc.oneof(fc.integer({ min: 78, max: 84 }), fc.integer({ min: 60, max: 110 }))
    fc.assert(
      fc.property(fc.array(step, { minLength: 33, maxLength: 90 }), given => {
        const points = series(given)
        const growths = points.slice(1).map(({ rate }, index) => {
          const before = points[index]?.rate ?? 1n
          return mulDivDown(rate - before, WAD, before)
        })
        const aprs = points.slice(1).map(({ rate }, index) => {
          const before = points[index]?.rate ?? 1n
          return mulDivDown((rate - before) * YEAR, WAD, before * DAY)
        })
        const wanted = aprs.flatMap((_, index) =>
          standsOut(aprs, index, WAD / 10_000n) && standsOut(growths, index, 0n) ? [index + 1] : [],
        )
        const found = marksOf(points, DAILY).filter(({ kind }) => kind === 'exceptional')
        expect(found.map(({ index }) => index)).toEqual(wanted)
      }),
      { numRuns: 300 },
    )
  })

  test('behavior: a report that lands late is not exceptional, nor is one that makes up for a missing one', () => {
    const points = series(usual(40))
    const moved = (index: number, by: bigint) =>
      points.map((point, own) =>
        own === index
          ? { ...point, measuredAt: point.measuredAt + by, notBefore: point.measuredAt + by }
          : point,
      )
    expect(marksOf(moved(20, DAY / 6n), DAILY)).toEqual([])
    const missing = points.filter((_, index) => index !== 20)
    expect(marksOf(missing, { cadence: 3n * DAY })).toEqual([])
  })

  test('behavior: within three deviations from the median is not beyond them', () => {
    // The median is 81 and the deviation 1: 83 is two deviations off, 85 four.
    const around = (step: number) => marksOf(series([...usual(21), step, ...usual(21)]), DAILY)
    expect(around(83)).toEqual([])
    expect(around(85)).toEqual([{ index: 22, kind: 'exceptional' }])
  })

  test('behavior: a yield is judged by its neighbours and not by years ago', () => {
    const falling = Array.from({ length: 400 }, (_, day) => 160 - Math.floor(day / 10) + 2 * (day % 3))
    expect(marksOf(series(falling), DAILY)).toEqual([])
  })

  test('behavior: a basis point more or less is nothing exceptional, however even the rest', () => {
    // 27 in 10^8 a day are a basis point a year.
    const even = (step: number) =>
      marksOf(
        series(Array.from({ length: 30 }, () => 80)).map((point, index) =>
          index < 15 ? point : { ...point, rate: point.rate + (WAD * BigInt(step)) / 10n ** 9n },
        ),
        DAILY,
      )
    expect(even(250)).toEqual([])
    expect(even(300)).toEqual([{ index: 15, kind: 'exceptional' }])
  })

  test('behavior: a handful of reports says nothing about what is usual', () => {
    expect(marksOf(series([80, 81, 190, 80, 81]), DAILY)).toEqual([])
    expect(marksOf(series([80, 81, 190, 80, 81, 80, 82]), DAILY)).toEqual([{ index: 3, kind: 'exceptional' }])
  })

  test('behavior: samples time no single report, so none of them is exceptional', () => {
    expect(marksOf(series([...usual(20), 190, ...usual(20)], 'sample'), DAILY)).toEqual([])
  })

  test('behavior: a fall is marked as that alone, with reports and with samples', () => {
    for (const evidence of ['report', 'sample'] as const)
      expect(marksOf(series([...usual(20), -5_000, ...usual(3)], evidence), DAILY)).toEqual([
        { index: 21, kind: 'fall' },
      ])
  })

  test('behavior: dust that falls is no fall', () => {
    const points = series([80, -1, 80])
    expect(marksOf(points, { ...DAILY, dust: WAD / 1_000_000n })).toEqual([])
    expect(marksOf(points, DAILY)).toEqual([{ index: 2, kind: 'fall' }])
  })

  test('behavior: a pool that reports less often than it states is not late every time', () => {
    const points = series(usual(20))
    expect(marksOf(points, { cadence: DAY / 4n })).toEqual([])
    const silent = points.filter((_, index) => index !== 10)
    expect(marksOf(silent, { cadence: DAY / 4n })).toEqual([{ index: 10, kind: 'late' }])
    // Too few to say what is usual: the stated cadence counts.
    expect(marksOf(points.slice(0, 5), { cadence: DAY / 4n })).toHaveLength(4)
  })

  test('behavior: late is what surely came after one and a half times the cadence', () => {
    const comingAfter = (seconds: bigint, evidence: RatePoint['evidence'] = 'report') => {
      const [first, second] = series([80], evidence)
      if (first === undefined || second === undefined) return []
      const time = first.measuredAt + seconds
      const late = { ...second, measuredAt: time, notBefore: evidence === 'report' ? time : time - DAY }
      return marksOf([first, late], DAILY)
    }
    expect(comingAfter((DAY * 3n) / 2n)).toEqual([])
    expect(comingAfter((DAY * 3n) / 2n + 1n)).toEqual([{ index: 1, kind: 'late' }])
    // With samples it may have come up to a day before it was seen.
    expect(comingAfter((DAY * 5n) / 2n, 'sample')).toEqual([])
    expect(comingAfter((DAY * 5n) / 2n + 1n, 'sample')).toEqual([{ index: 1, kind: 'late' }])
  })
})
