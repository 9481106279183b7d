import type { Seconds, Wad } from './fixedPoint.ts'
import type { RatePoint } from './series.ts'
import { isYield, type NoYield, type WindowYield } from './window.ts'

/** A value in force from a time on; undefined where nothing can be said. */
export type SeriesPoint = { readonly time: Seconds; readonly value: Wad | undefined }

export type YieldMeasure = 'apy' | 'apr'

/** The implied yield at every change of rate, from the yields that end at each point. */
export const yieldSeries = (
  points: readonly RatePoint[],
  yields: readonly (WindowYield | NoYield)[],
  measure: YieldMeasure,
): SeriesPoint[] =>
  points.map(({ measuredAt }, index) => {
    const result = yields[index]
    return {
      time: measuredAt,
      value: result !== undefined && isYield(result) ? result[measure] : undefined,
    }
  })

export const rateSeries = (points: readonly RatePoint[]): SeriesPoint[] =>
  points.map(({ measuredAt, rate }) => ({ time: measuredAt, value: rate }))

/** Longest time between two samples: what a start of a window may be off by while history is still coarse. */
export const largestGap = (times: readonly Seconds[]): Seconds =>
  times.reduce((gap, time, index) => {
    const before = times[index - 1] ?? time
    return time - before > gap ? time - before : gap
  }, 0n)
