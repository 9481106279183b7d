import { describe, expect, test } from 'vitest'
import { largestGap, rateSeries, type YieldMeasure, yieldSeries } from '../../src/math/chartSeries.ts'
import { DAY, WAD } from '../../src/math/fixedPoint.ts'
import type { RatePoint } from '../../src/math/series.ts'
import { rollingYield } from '../../src/math/window.ts'

const point = (day: bigint, rate: bigint): RatePoint => ({
  measuredAt: day * DAY,
  notBefore: day * DAY,
  landedAt: day * DAY + 60n,
  block: day,
  rate,
  evidence: 'report',
})

/** The yields of ten days. */
const rolling = (points: readonly RatePoint[], tolerance: bigint, measure: YieldMeasure) =>
  yieldSeries(points, rollingYield(points, 10n * DAY, tolerance), measure)

describe('yieldSeries', () => {
  test('default: by hand, a value at each change of rate and none before the window is full', () => {
    const points = [point(0n, WAD), point(5n, WAD + WAD / 1_000n), point(10n, (102n * WAD) / 100n)]
    // 1 → 1.02 in 10 days is 0.02 × 36.5 = 0.73 a year; compounded 1.02^36.5 − 1 = 1.06013…
    expect(rolling(points, DAY, 'apr')).toEqual([
      { time: 0n, value: undefined },
      { time: 5n * DAY, value: undefined },
      { time: 10n * DAY, value: (73n * WAD) / 100n },
    ])
    const compounded = rolling(points, DAY, 'apy').at(-1)?.value
    expect(compounded === undefined ? undefined : compounded / 10n ** 12n).toBe(
      BigInt(Math.floor((1.02 ** 36.5 - 1) * 1e6)),
    )
  })

  test('behavior: a fall stays a fall', () => {
    const points = [point(0n, WAD), point(10n, (99n * WAD) / 100n)]
    expect(rolling(points, DAY, 'apr').at(-1)?.value).toBe((-365n * WAD) / 1_000n)
  })

  test('behavior: a start that is further off than the tolerance gives no value', () => {
    const points = [point(0n, WAD), point(4n, WAD + WAD / 1_000n)]
    expect(rolling(points, 5n * DAY, 'apr').at(-1)?.value).toBeUndefined()
    expect(rolling(points, 6n * DAY, 'apr').at(-1)?.value).toBe((91_250n * WAD) / 1_000_000n)
  })

  test('behavior: a point without a yield has its time and no value', () => {
    const points = [point(0n, WAD), point(10n, 2n * WAD)]
    const yields = rollingYield(points, 10n * DAY, DAY)
    expect(yieldSeries(points, yields.slice(0, 1), 'apr')).toEqual([
      { time: 0n, value: undefined },
      { time: 10n * DAY, value: undefined },
    ])
    expect(yieldSeries(points, yields, 'apr').at(-1)?.value).toBe((365n * WAD) / 10n)
  })

  test('behavior: nothing from nothing', () => {
    expect(yieldSeries([], [], 'apy')).toEqual([])
  })
})

describe('rateSeries', () => {
  test('default: a rate holds from the time at which it was measured, not landed', () => {
    expect(rateSeries([point(1n, WAD), point(3n, 2n * WAD)])).toEqual([
      { time: DAY, value: WAD },
      { time: 3n * DAY, value: 2n * WAD },
    ])
  })
})

describe('largestGap', () => {
  test('default', () => {
    expect(largestGap([10n, 12n, 40n, 50n])).toBe(28n)
  })

  test('behavior: one sample or none has no gap', () => {
    expect(largestGap([])).toBe(0n)
    expect(largestGap([10n])).toBe(0n)
  })
})
