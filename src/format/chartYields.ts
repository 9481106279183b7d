import type { YieldMeasure } from '../math/chartSeries.ts'
import { YEAR } from '../math/fixedPoint.ts'
import type { RatePoint } from '../math/series.ts'
import type { WindowStart } from '../math/window.ts'

const year = Number(YEAR)

/** Percent. The exact formula gives nothing beyond e^64 either. */
const MOST = 100 * Math.exp(64)

/** A span so short that its growth over a year is no number. */
const known = (percent: number): number | null => (Math.abs(percent) < MOST ? percent : null)

/**
 * Compute a yield to draw, in percent: the formulas of `math/yield.ts` in the numbers that a chart takes. The figures
 * that are written out, and their receipts, are computed exactly.
 */
export function chartYield(start: RatePoint, end: RatePoint, measure: YieldMeasure): number | null {
  const growth = Number(end.rate - start.rate) / Number(start.rate)
  const years = Number(end.measuredAt - start.measuredAt) / year
  if (!(years > 0)) return null
  return known(100 * (measure === 'apy' ? Math.expm1(Math.log1p(growth) / years) : growth / years))
}

type Rolling = { readonly points: readonly RatePoint[]; readonly starts: readonly WindowStart[] }

/** Compute the yield of the window that ends at one point of a series, in percent; null where there is none. */
export function chartYieldAt(
  { points, starts }: Rolling,
  index: number,
  measure: YieldMeasure,
): number | null {
  const [at, end] = [starts[index], points[index]]
  const start = typeof at === 'number' ? points[at] : undefined
  return start === undefined || end === undefined ? null : chartYield(start, end, measure)
}

/**
 * Compute the yield that ends at every point of a series, in percent; null where there is none.
 * @param starts where the window that ends at each point starts
 */
export const chartYields = (
  points: readonly RatePoint[],
  starts: readonly WindowStart[],
  measure: YieldMeasure,
): (number | null)[] => points.map((_, index) => chartYieldAt({ points, starts }, index, measure))
