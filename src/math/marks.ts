import { mulDivDown, type Seconds, WAD, type Wad, YEAR } from './fixedPoint.ts'
import { medianOf } from './perReport.ts'
import { isStep, type RatePoint } from './series.ts'

/** What deserves a mark on a series: a fall, a report that gave far more or less than those around it, a late one. */
export type MarkKind = 'fall' | 'exceptional' | 'late'
export type Mark = { readonly index: number; readonly kind: MarkKind }

export type MarkRules = {
  /** Usual time between two reports. */
  readonly cadence: Seconds
  readonly dust?: Wad
}

/** Reports before and after one that it is compared with: a month of daily ones. */
const NEIGHBOURS = 15
/** So few say nothing about what is usual. */
const FEWEST = 7
const DEVIATIONS = 3n
/** Yields that differ by less than a basis point are the same to any reader. */
const BASIS_POINT: Wad = WAD / 10_000n

const size = (value: bigint): bigint => (value < 0n ? -value : value)

/** A step by a report: relative to the rate before, and what it would give over a year, simply. */
type StepSize = { readonly growth: Wad; readonly apr: Wad }

function stepSize(points: readonly RatePoint[], index: number): StepSize | undefined {
  const [start, end] = [points[index - 1], points[index]]
  if (start?.evidence !== 'report' || end?.evidence !== 'report') return undefined
  const span = end.measuredAt - start.measuredAt
  if (span <= 0n) return undefined
  const rise = end.rate - start.rate
  return {
    growth: mulDivDown(rise, WAD, start.rate),
    apr: mulDivDown(rise * YEAR, WAD, start.rate * span),
  }
}

/** Put a value into ascending ones, in place, or take one out. */
function move(sorted: bigint[], value: bigint, isIn: boolean): void {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? 0n) < value) low = middle + 1
    else high = middle
  }
  if (isIn) sorted.splice(low, 0, value)
  else sorted.splice(low, 1)
}

/** The median absolute deviation from the median of ascending values: its neighbours on both sides, nearest first. */
function deviationOf(sorted: readonly bigint[]): bigint {
  const middle = (sorted.length - 1) >> 1
  const median = sorted[middle] ?? 0n
  let [left, right] = [middle, middle + 1]
  let deviation = 0n
  for (let count = 0; count <= middle; count += 1) {
    const [below, above] = [sorted[left], sorted[right]]
    if (above === undefined || (below !== undefined && median - below <= above - median)) {
      deviation = median - (below ?? median)
      left -= 1
    } else {
      deviation = above - median
      right += 1
    }
  }
  return deviation
}

/** Whether a value is beyond three median absolute deviations from the median of ascending ones. */
function standsOut(own: Wad, sorted: readonly Wad[], least: Wad): boolean {
  const away = size(own - (sorted[(sorted.length - 1) >> 1] ?? own))
  return away > least && away > DEVIATIONS * deviationOf(sorted)
}

/** What lies around a place: the neighbours on both sides, and what is there. */
const around = <Value>(values: readonly Value[], index: number): readonly Value[] =>
  values.slice(Math.max(0, index - NEIGHBOURS), index + NEIGHBOURS + 1)

function growthStandsOut(steps: readonly (StepSize | undefined)[], index: number): boolean {
  const growths = around(steps, index).flatMap(step => step?.growth ?? [])
  const sorted: bigint[] = []
  for (const growth of growths) move(sorted, growth, true)
  return standsOut(steps[index]?.growth ?? 0n, sorted, 0n)
}

/**
 * Tell which reports gave far more or less than those around them. A yield alone would not tell: where an event names no
 * measured time, a report that lands an hour late seems to yield less, and the next one more.
 */
function exceptionalOnes(steps: readonly (StepSize | undefined)[]): readonly boolean[] {
  // Slides along, so that each place costs one value in and one out.
  const sorted: bigint[] = []
  const slide = (index: number, isIn: boolean): void => {
    const step = steps[index]
    if (step !== undefined) move(sorted, step.apr, isIn)
  }
  for (let index = 0; index < NEIGHBOURS; index += 1) slide(index, true)
  return steps.map((step, index) => {
    slide(index + NEIGHBOURS, true)
    slide(index - NEIGHBOURS - 1, false)
    return (
      step !== undefined &&
      sorted.length >= FEWEST &&
      standsOut(step.apr, sorted, BASIS_POINT) &&
      growthStandsOut(steps, index)
    )
  })
}

/** The usual time between two points around one, where that is longer than the cadence that the pool states. */
function usualGap(points: readonly RatePoint[], index: number, cadence: Seconds): Seconds {
  const near = around(points, index)
  const gaps = near
    .slice(1)
    .map(({ measuredAt }, place) => measuredAt - (near[place]?.measuredAt ?? measuredAt))
  const usual = gaps.length < FEWEST ? undefined : medianOf(gaps)
  return usual !== undefined && usual > cadence ? usual : cadence
}

/** Whether surely more than one and a half times the usual time lies between a point and the one before. */
function isLate(points: readonly RatePoint[], index: number, cadence: Seconds): boolean {
  const [before, point] = [points[index - 1], points[index]]
  if (before === undefined || point?.notBefore === undefined) return false
  const gap = point.notBefore - before.measuredAt
  return gap * 2n > cadence * 3n && gap * 2n > usualGap(points, index, cadence) * 3n
}

/**
 * Mark what stands out in the series of a pool whose oracle reports, ascending; at most one mark of a kind each point.
 * Single yields are judged where reports time them; samples do not.
 */
export function marksOf(points: readonly RatePoint[], { cadence, dust }: MarkRules): Mark[] {
  const exceptional = exceptionalOnes(points.map((_, index) => stepSize(points, index)))
  return points.flatMap(({ rate }, index): Mark[] => {
    const before = points[index - 1]
    if (before === undefined) return []
    const isFall = rate < before.rate && isStep(before.rate, rate, dust)
    return [
      ...(isFall ? [{ index, kind: 'fall' } as const] : []),
      ...(!isFall && exceptional[index] === true ? [{ index, kind: 'exceptional' } as const] : []),
      ...(isLate(points, index, cadence) ? [{ index, kind: 'late' } as const] : []),
    ]
  })
}
