import type { Seconds, Wad } from './fixedPoint.ts'
import type { RatePoint } from './series.ts'
import { isYield, rollingYield } from './window.ts'

/** A value in force from a time on; undefined where nothing can be said. */
export type SeriesPoint = { readonly time: Seconds; readonly value: Wad | undefined }

export type YieldMeasure = 'apy' | 'apr'

/** The implied yield over a rolling window, at every change of rate. */
export const yieldSeries = (
  points: readonly RatePoint[],
  window: Seconds,
  tolerance: Seconds,
  measure: YieldMeasure,
): SeriesPoint[] =>
  rollingYield(points, window, tolerance).map((result, index) => ({
    time: points[index]?.measuredAt ?? 0n,
    value: isYield(result) ? result[measure] : undefined,
  }))

export const rateSeries = (points: readonly RatePoint[]): SeriesPoint[] =>
  points.map(({ measuredAt, rate }) => ({ time: measuredAt, value: rate }))

/** Longest time between two samples: what a start of a window may be off by while history is still coarse. */
export const largestGap = (times: readonly Seconds[]): Seconds =>
  times.reduce((gap, time, index) => {
    const before = times[index - 1] ?? time
    return time - before > gap ? time - before : gap
  }, 0n)
