import type { Seconds, Wad } from './fixedPoint.ts'
import { PowerOutOfRange } from './power.ts'
import type { RatePoint } from './series.ts'
import { impliedApr, impliedApy } from './yield.ts'

export type YieldBand = { readonly low: Wad; readonly high: Wad }

/** A yield between two rate points, with what a reader needs to judge it. */
export type WindowYield = {
  readonly start: RatePoint
  readonly end: RatePoint
  /** True time between the two ends: not the window that was asked for. */
  readonly span: Seconds
  /** Changes of rate after the start, up to the end. */
  readonly steps: number
  readonly apr: Wad
  readonly apy: Wad
}

export type NoYieldReason = 'noRate' | 'oneRate' | 'historyTooShort' | 'spanTooShort'
export type NoYield = { readonly why: NoYieldReason }

export const isYield = (result: WindowYield | NoYield): result is WindowYield => 'apy' in result

/** Compute the yield between two points of a series, by their positions. */
export function yieldBetween(
  points: readonly RatePoint[],
  first: number,
  last: number,
): WindowYield | NoYield {
  const start = points[first]
  const end = points[last]
  if (start === undefined || end === undefined || first >= last) return { why: 'oneRate' }
  if (end.measuredAt <= start.measuredAt) return { why: 'spanTooShort' }
  const from = { time: start.measuredAt, rate: start.rate }
  const to = { time: end.measuredAt, rate: end.rate }
  try {
    return {
      start,
      end,
      span: to.time - from.time,
      steps: last - first,
      apr: impliedApr(from, to),
      apy: impliedApy(from, to),
    }
  } catch (error) {
    // Only a span of seconds makes the power overflow; any other error is ours and must be seen.
    if (error instanceof PowerOutOfRange) return { why: 'spanTooShort' }
    throw error
  }
}

const distance = (a: Seconds, b: Seconds): Seconds => (a > b ? a - b : b - a)

/** Index of the point before `last` that is nearest to `wanted`, searched forward from `from`; the earlier of two. */
function nearestStart(points: readonly RatePoint[], last: number, wanted: Seconds, from: number): number {
  let nearest = from
  for (let index = from + 1; index < last; index += 1) {
    const [here, next] = [points[nearest], points[index]]
    if (here === undefined || next === undefined) break
    const [further, nearer] = [distance(next.measuredAt, wanted), distance(here.measuredAt, wanted)]
    // Of two changes at one time the later one is in force.
    if (further > nearer || (further === nearer && next.measuredAt !== here.measuredAt)) break
    nearest = index
  }
  return nearest
}

/** Where a window starts: the index of a point, or why there is none. */
export type WindowStart = number | NoYieldReason

/** Say whether a window starts at a point. */
function startAt(
  points: readonly RatePoint[],
  ends: { first: number; last: number },
  wanted: Seconds,
  tolerance: Seconds,
): WindowStart {
  const start = points[ends.first]
  if (start === undefined || ends.last === 0) return 'oneRate'
  return distance(start.measuredAt, wanted) > tolerance ? 'historyTooShort' : ends.first
}

/**
 * Find for every rate point where the window that ends there starts: at the point nearest to one window earlier.
 * Time is linear in the points: both ends only move forward.
 * @param points ascending by `measuredAt`
 * @param tolerance how far the start may lie from `end − window`; beyond it the answer is `historyTooShort`
 */
export function rollingStarts(
  points: readonly RatePoint[],
  window: Seconds,
  tolerance: Seconds,
): WindowStart[] {
  let first = 0
  return points.map((end, last) => {
    const wanted = end.measuredAt - window
    first = nearestStart(points, last, wanted, first)
    return startAt(points, { first, last }, wanted, tolerance)
  })
}

/** Compute the yield of the window that ends at a point, from where `rollingStarts` lets it start. */
export function yieldEndingAt(
  points: readonly RatePoint[],
  starts: readonly WindowStart[],
  last: number,
): WindowYield | NoYield {
  const start = starts[last]
  if (start === undefined) return { why: 'noRate' }
  return typeof start === 'number' ? yieldBetween(points, start, last) : { why: start }
}

/** Compute the yield of the window that ends at the last rate point. */
export function latestYield(
  points: readonly RatePoint[],
  window: Seconds,
  tolerance: Seconds,
): WindowYield | NoYield {
  const end = points.at(-1)
  if (end === undefined) return { why: 'noRate' }
  const last = points.length - 1
  const wanted = end.measuredAt - window
  const first = nearestStart(points, last, wanted, 0)
  const start = startAt(points, { first, last }, wanted, tolerance)
  return typeof start === 'number' ? yieldBetween(points, start, last) : { why: start }
}

/** The earliest time at which a point's rate may have been measured. */
const earliestOf = ({ notBefore, lag = 0n }: RatePoint): Seconds | undefined =>
  notBefore === undefined ? undefined : notBefore - lag

/**
 * Compute the lowest and the highest yield that the evidence allows: with samples, a change of rate lies anywhere
 * between the sample that shows it and the one before, so the span may be shorter or longer than it looks.
 * @returns undefined where the start is the first sample of all, or where the ends may coincide
 */
export function yieldBand({ start, end }: WindowYield, measure: 'apr' | 'apy'): YieldBand | undefined {
  const [startFrom, endFrom] = [earliestOf(start), earliestOf(end)]
  if (startFrom === undefined || endFrom === undefined) return undefined
  const shortest = endFrom - start.measuredAt
  const longest = end.measuredAt - startFrom
  if (shortest <= 0n) return undefined
  const compute = measure === 'apr' ? impliedApr : impliedApy
  const over = (time: Seconds): Wad => compute({ time: 0n, rate: start.rate }, { time, rate: end.rate })
  try {
    const [a, b] = [over(shortest), over(longest)]
    return a < b ? { low: a, high: b } : { low: b, high: a }
  } catch (error) {
    // A span that may be seconds short has no upper bound worth printing.
    if (error instanceof PowerOutOfRange) return undefined
    throw error
  }
}

/** How far a yield may be off: the distance to the farther end of its band. */
export const farthest = (value: Wad, { low, high }: YieldBand): Wad =>
  high - value > value - low ? high - value : value - low
