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

/** Whether a value is beyond three median absolute deviations from the median of those around it. */
function standsOut(own: Wad, around: readonly Wad[], least: Wad): boolean {
  const median = medianOf(around) ?? own
  const deviation = medianOf(around.map(value => size(value - median))) ?? 0n
  const away = size(own - median)
  return away > least && away > DEVIATIONS * deviation
}

/**
 * Whether a report gave far more or less than those around it. Its yield alone would not tell: where an event names no
 * measured time, a report that lands an hour late seems to yield less, and the next one more.
 */
function isExceptional(steps: readonly (StepSize | undefined)[], index: number): boolean {
  const own = steps[index]
  const around = steps
    .slice(Math.max(0, index - NEIGHBOURS), index + NEIGHBOURS + 1)
    .filter(step => step !== undefined)
  if (own === undefined || around.length < FEWEST) return false
  const aprs = around.map(({ apr }) => apr)
  const growths = around.map(({ growth }) => growth)
  return standsOut(own.apr, aprs, BASIS_POINT) && standsOut(own.growth, growths, 0n)
}

/** The usual time between two points around one, where that is longer than the cadence that the pool states. */
function usualGap(points: readonly RatePoint[], index: number, cadence: Seconds): Seconds {
  const around = points.slice(Math.max(0, index - NEIGHBOURS), index + NEIGHBOURS + 1)
  const gaps = around
    .slice(1)
    .map(({ measuredAt }, place) => measuredAt - (around[place]?.measuredAt ?? measuredAt))
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
  const steps = points.map((_, index) => stepSize(points, index))
  return points.flatMap(({ rate }, index): Mark[] => {
    const before = points[index - 1]
    if (before === undefined) return []
    const isFall = rate < before.rate && isStep(before.rate, rate, dust)
    return [
      ...(isFall ? [{ index, kind: 'fall' } as const] : []),
      ...(!isFall && isExceptional(steps, index) ? [{ index, kind: 'exceptional' } as const] : []),
      ...(isLate(points, index, cadence) ? [{ index, kind: 'late' } as const] : []),
    ]
  })
}
