import type { Seconds, Wad } from './fixedPoint.ts'
import type { RatePoint } from './series.ts'
import { isYield, yieldBetween } from './window.ts'

/** What single reports would give over a year, beside the yield of a whole window. */
export type ReportSpread = {
  readonly count: number
  /** Of an even number the lower of the two in the middle: one that a report really gave. */
  readonly median: Wad
  readonly low: Wad
  readonly high: Wad
}

const ascending = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0)

/** The value in the middle; the lower of two. */
export const medianOf = (values: readonly bigint[]): bigint | undefined =>
  [...values].sort(ascending)[(values.length - 1) >> 1]

/**
 * Compute the yields of the single reports of a window, each over the time since the one before.
 * @param ends positions of the window's two ends in the series
 * @param least reports closer together than this say nothing about a year, and are left out
 * @returns undefined where one of them is known from samples only, which do not time a single report
 */
export function reportSpread(
  points: readonly RatePoint[],
  ends: { readonly first: number; readonly last: number },
  { measure, least }: { readonly measure: 'apr' | 'apy'; readonly least: Seconds },
): ReportSpread | undefined {
  const yields: Wad[] = []
  for (let index = ends.first; index <= ends.last; index += 1) {
    if (points[index]?.evidence !== 'report') return undefined
    const result = index === ends.first ? undefined : yieldBetween(points, index - 1, index)
    if (result !== undefined && isYield(result) && result.span >= least) yields.push(result[measure])
  }
  const sorted = yields.sort(ascending)
  const [low, high, median] = [sorted.at(0), sorted.at(-1), medianOf(sorted)]
  if (low === undefined || high === undefined || median === undefined) return undefined
  return { count: sorted.length, median, low, high }
}
