/** One moment of a chart: `x` in seconds since 1970, and a value in force for each series, null where there is none. */
export type ChartRow = { readonly x: number; readonly values: readonly (number | null)[] }

/** A value in force from a moment on; null where nothing can be said. */
export type ChartPoint = { readonly x: number; readonly y: number | null }

export type ChartSeries = { readonly id: string; readonly points: readonly ChartPoint[] }

type Options = {
  /** Start of the chart, seconds since 1970; undefined for the first point. */
  readonly from: number | undefined
  readonly until: number
}

/** Bring several stairs onto shared rows: at every time at which one of them changes, each with its value in force. */
export function chartRows(series: readonly ChartSeries[], { from, until }: Options): ChartRow[] {
  const changes = series.flatMap(({ points }) => points.map(({ x }) => x))
  const inside = changes.filter(x => (from === undefined || x >= from) && x <= until)
  const times = [...new Set([...(from === undefined ? [] : [from]), ...inside, until])].sort((a, b) => a - b)
  const cursors = series.map(() => -1)
  return times.map(x => ({
    x,
    values: series.map(({ points }, index) => {
      let cursor = cursors[index] ?? -1
      for (let next = points[cursor + 1]; next !== undefined && next.x <= x; next = points[cursor + 1])
        cursor += 1
      cursors[index] = cursor
      return points[cursor]?.y ?? null
    }),
  }))
}

/** Lowest and highest value of all rows, undefined where nothing is known. */
export function rowLimits(rows: readonly ChartRow[]): [number, number] | undefined {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const { values } of rows) {
    for (const value of values) {
      if (value === null) continue
      if (value < low) low = value
      if (value > high) high = value
    }
  }
  return low > high ? undefined : [low, high]
}
