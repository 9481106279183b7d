import { chartYields } from '../../format/chartYields.ts'
import { DAY, WAD } from '../../math/fixedPoint.ts'
import type { RatePoint } from '../../math/series.ts'
import { isYield, rollingStarts, yieldEndingAt } from '../../math/window.ts'

const POOLS = 15
const DAYS = 5 * 365
const WINDOW = 30n * DAY
const ROUNDS = 21

/** Milliseconds that the rolling 30-day yields of fifteen pools over five years of daily reports may take. */
export const MOST_SERIES_MS = 50

/** Milliseconds, medians of several rounds taken in turn. */
export type SeriesTime = {
  readonly points: number
  /** The yields that a chart draws: what the page does at each change of window. */
  readonly drawn: number
  /** The same exactly, to 18 decimals: what a receipt shows of one of them. */
  readonly exact: number
  /** The start of each window sought from the beginning. */
  readonly plain: number
}

/** Five years of daily reports, an hour early or late, that add about a basis point each. */
function pointsOf(pool: number): RatePoint[] {
  let rate = WAD
  return Array.from({ length: DAYS }, (_, day) => {
    const wobble = BigInt((day * 7_919 + pool * 104_729) % 7_200) - 3_600n
    const time = 1_600_000_000n + BigInt(day) * DAY + wobble
    rate += (rate * (80n + BigInt((day * 31 + pool) % 9))) / 1_000_000n
    return { measuredAt: time, notBefore: time, landedAt: time, block: BigInt(day), rate, evidence: 'report' }
  })
}

const drawAll = (all: readonly (readonly RatePoint[])[]): number =>
  all.flatMap(points => chartYields(points, rollingStarts(points, WINDOW, WINDOW / 2n), 'apy')).length

function computeAll(all: readonly (readonly RatePoint[])[]): number {
  let known = 0
  for (const points of all) {
    const starts = rollingStarts(points, WINDOW, WINDOW / 2n)
    for (const last of points.keys()) if (isYield(yieldEndingAt(points, starts, last))) known += 1
  }
  return known
}

function seekAll(all: readonly (readonly RatePoint[])[]): number {
  const size = (value: bigint): bigint => (value < 0n ? -value : value)
  let found = 0
  for (const points of all)
    for (const [last, end] of points.entries()) {
      const away = ({ measuredAt }: RatePoint): bigint => size(measuredAt - end.measuredAt + WINDOW)
      const start = points
        .slice(0, last)
        .reduce<RatePoint | undefined>(
          (best, one) => (best === undefined || away(one) < away(best) ? one : best),
          undefined,
        )
      if (start !== undefined) found += 1
    }
  return found
}

function timed(work: () => number): number {
  const startedAt = performance.now()
  if (work() === 0) throw new TypeError('The bench measured nothing.')
  return performance.now() - startedAt
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0

/** Time the rolling series, the ways side by side in one run. */
export function timeSeries(): SeriesTime {
  const all = Array.from({ length: POOLS }, (_, pool) => pointsOf(pool))
  const rounds = Array.from({ length: ROUNDS }, () => ({
    drawn: timed(() => drawAll(all)),
    exact: timed(() => computeAll(all)),
  }))
  return {
    points: POOLS * DAYS,
    drawn: median(rounds.map(({ drawn }) => drawn)),
    exact: median(rounds.map(({ exact }) => exact)),
    plain: timed(() => seekAll(all)),
  }
}

/** Say how long the rolling series takes, beside the other ways. */
export const seriesText = ({ points, drawn, exact, plain }: SeriesTime): string =>
  `Rolling 30-day yields of ${POOLS} pools over five years, ${points} points: ${drawn.toFixed(1)} ms ` +
  `(budget ${MOST_SERIES_MS}); exactly ${(exact / drawn).toFixed(1)} times that, ` +
  `seeking each start anew ${(plain / drawn).toFixed(0)} times.`
