import { describe, expect, test } from 'vitest'
import { largestGap, rateSeries, yieldSeries } from '../../src/math/chartSeries.ts'
import { DAY, WAD } from '../../src/math/fixedPoint.ts'
import type { RatePoint } from '../../src/math/series.ts'

const point = (day: bigint, rate: bigint): RatePoint => ({
  measuredAt: day * DAY,
  notBefore: day * DAY,
  landedAt: day * DAY + 60n,
  block: day,
  rate,
  evidence: 'report',
})

describe('yieldSeries', () => {
  test('default: by hand, a value at each change of rate and none before the window is full', () => {
    const points = [point(0n, WAD), point(5n, WAD + WAD / 1_000n), point(10n, (102n * WAD) / 100n)]
    // 1 → 1.02 in 10 days is 0.02 × 36.5 = 0.73 a year; compounded 1.02^36.5 − 1 = 1.06013…
    expect(yieldSeries(points, 10n * DAY, DAY, 'apr')).toEqual([
      { time: 0n, value: undefined },
      { time: 5n * DAY, value: undefined },
      { time: 10n * DAY, value: (73n * WAD) / 100n },
    ])
    const compounded = yieldSeries(points, 10n * DAY, DAY, 'apy').at(-1)?.value
    expect(compounded === undefined ? undefined : compounded / 10n ** 12n).toBe(
      BigInt(Math.floor((1.02 ** 36.5 - 1) * 1e6)),
    )
  })

  test('behavior: a fall stays a fall', () => {
    const points = [point(0n, WAD), point(10n, (99n * WAD) / 100n)]
    expect(yieldSeries(points, 10n * DAY, DAY, 'apr').at(-1)?.value).toBe((-365n * WAD) / 1_000n)
  })

  test('behavior: a start that is further off than the tolerance gives no value', () => {
    const points = [point(0n, WAD), point(4n, WAD + WAD / 1_000n)]
    expect(yieldSeries(points, 10n * DAY, 5n * DAY, 'apr').at(-1)?.value).toBeUndefined()
    expect(yieldSeries(points, 10n * DAY, 6n * DAY, 'apr').at(-1)?.value).toBe((91_250n * WAD) / 1_000_000n)
  })

  test('behavior: nothing from nothing', () => {
    expect(yieldSeries([], DAY, DAY, 'apy')).toEqual([])
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
