import type { SeriesPoint } from '../math/chartSeries.ts'
import type { Seconds } from '../math/fixedPoint.ts'
import { chartNumber, chartPercent } from './number.ts'
import { chartTime } from './time.ts'

/** One moment of a chart: `x` in seconds since 1970, and a value in force for each series, null where there is none. */
export type ChartRow = { readonly x: number; readonly values: readonly (number | null)[] }

export type ChartSeries = { readonly id: string; readonly points: readonly SeriesPoint[] }

type Options = {
  /** Start of the chart; undefined for the first point. */
  readonly from: Seconds | undefined
  readonly until: Seconds
  /** A yield is drawn in percent, a rate as it is. */
  readonly isFraction: boolean
}

/** Bring several stairs onto shared rows: at every time at which one of them changes, each with its value in force. */
export function chartRows(series: readonly ChartSeries[], { from, until, isFraction }: Options): ChartRow[] {
  const draw = isFraction ? chartPercent : chartNumber
  const changes = series.flatMap(({ points }) => points.map(({ time }) => time))
  const inside = changes.filter(time => (from === undefined || time >= from) && time <= until)
  const times = [...new Set([...(from === undefined ? [] : [from]), ...inside, until])].sort((a, b) =>
    a < b ? -1 : 1,
  )
  const cursors = series.map(() => -1)
  return times.map(time => ({
    x: chartTime(time),
    values: series.map(({ points }, index) => {
      let cursor = cursors[index] ?? -1
      for (let next = points[cursor + 1]; next !== undefined && next.time <= time; next = points[cursor + 1])
        cursor += 1
      cursors[index] = cursor
      const value = points[cursor]?.value
      return value === undefined ? null : draw(value)
    }),
  }))
}

const area = (a: ChartRow, row: ChartRow, next: ChartRow, spans: readonly number[]): number =>
  spans.reduce((sum, span, index) => {
    const [va, vr, vn] = [a.values[index], row.values[index], next.values[index]]
    if (typeof va !== 'number' || typeof vr !== 'number' || typeof vn !== 'number') return sum
    return sum + Math.abs((a.x - next.x) * (vr - va) - (a.x - row.x) * (vn - va)) / span
  }, 0)

/**
 * Thin rows to what can be seen, keeping them shared by all series: largest triangle in three buckets, summed over the
 * series, each by its own height. The first and the last row stay.
 */
export function thinRows(rows: readonly ChartRow[], most: number): readonly ChartRow[] {
  const [first, last] = [rows[0], rows.at(-1)]
  if (rows.length <= most || most < 3 || first === undefined || last === undefined) return rows
  const spans = first.values.map((_, index) => {
    const known = rows.flatMap(({ values }) => values[index] ?? [])
    return Math.max(...known) - Math.min(...known) || 1
  })
  const size = (rows.length - 2) / (most - 2)
  const edge = (bucket: number): number => Math.min(rows.length - 1, Math.floor(bucket * size) + 1)
  const kept: ChartRow[] = [first]
  for (let bucket = 0; bucket < most - 2; bucket += 1) {
    const before = kept.at(-1) ?? first
    const next = rows[edge(bucket + 1)] ?? last
    const candidates = rows.slice(edge(bucket), edge(bucket + 1))
    const best = candidates.reduce((a, b) =>
      area(before, b, next, spans) > area(before, a, next, spans) ? b : a,
    )
    kept.push(best)
  }
  return [...kept, last]
}
