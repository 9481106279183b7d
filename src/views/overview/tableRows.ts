import { chartPercent } from '../../format/number.ts'
import { type YieldMeasure, yieldSeries } from '../../math/chartSeries.ts'
import type { Seconds, Wad } from '../../math/fixedPoint.ts'
import { type Age, ageOfLastChange } from '../../math/series.ts'
import { isYield, type NoYield, type WindowYield, type YieldBand, yieldBand } from '../../math/window.ts'
import type { TokenPool } from '../../pools/definePool.ts'
import type { History } from '../../queries/history.ts'
import type { Live, LivePool } from '../../queries/live.ts'
import {
  type PoolSeries,
  type SupplyChange,
  sourceOf,
  supplyChange,
  toleranceOf,
  yieldOf,
} from './poolFigures.ts'

export type SortKey = 'name' | 'rate' | 'yield' | 'supply' | 'change' | 'age'

/** One pool as the table shows it. */
export type TableRow = {
  readonly pool: TokenPool
  readonly live: LivePool
  readonly result: WindowYield | NoYield
  readonly band: YieldBand | undefined
  readonly spark: readonly (number | undefined)[]
  /** Operators behind both ends of the yield. */
  readonly source: string
  readonly change: SupplyChange | undefined
  readonly age: Age | undefined
}

type Inputs = {
  readonly live: Live
  readonly history: History | undefined
  readonly series: readonly PoolSeries[]
  readonly window: Seconds
  readonly measure: YieldMeasure
  readonly from: Seconds | undefined
}

const SPARK_POINTS = 60

function thin<Value>(values: readonly Value[], most: number): readonly Value[] {
  if (values.length <= most) return values
  const stride = (values.length - 1) / (most - 1)
  return Array.from({ length: most }, (_, index) => values[Math.round(index * stride)] as Value)
}

/** Put together what is known of every pool. */
export function tableRows({ live, history, series, window, measure, from }: Inputs): TableRow[] {
  return live.pools.flatMap(livePool => {
    const own = series.find(({ pool }) => pool === livePool.pool)
    if (own === undefined) return []
    const result = yieldOf(own, window)
    const line = yieldSeries(own.points, window, toleranceOf(window, own.gap), measure)
    const shown = line.filter(({ time }) => from === undefined || time >= from)
    return {
      pool: livePool.pool,
      live: livePool,
      result,
      source: isYield(result) ? sourceOf(own, result) : '',
      band: isYield(result) ? yieldBand(result, measure) : undefined,
      spark: thin(shown, SPARK_POINTS).map(({ value }) =>
        value === undefined ? undefined : chartPercent(value),
      ),
      change: history === undefined ? undefined : supplyChange(livePool, history.samples, live.time),
      age: ageOfLastChange(own.points, live.time),
    }
  })
}

const known = <Value>(
  state: TableRow['live']['reading'],
  pick: (reading: { rate: Wad; pooled: Wad }) => Value,
) => (state.state === 'known' ? pick(state) : undefined)

function sortValue(row: TableRow, key: SortKey, measure: YieldMeasure): bigint | string | undefined {
  const values: Readonly<Record<SortKey, bigint | string | undefined>> = {
    name: row.pool.name,
    rate: known(row.live.reading, ({ rate }) => rate),
    yield: isYield(row.result) ? row.result[measure] : undefined,
    supply: known(row.live.reading, ({ pooled }) => pooled),
    change: row.change?.fraction,
    age: row.age?.most,
  }
  return values[key]
}

type Sort = { readonly key: SortKey; readonly descending: boolean }

/** Sort rows; what is not known stays at the end in both directions. */
export function sortRows(
  rows: readonly TableRow[],
  { key, descending }: Sort,
  measure: YieldMeasure,
): TableRow[] {
  const valued = rows.map(row => ({ row, value: sortValue(row, key, measure) }))
  const known = valued.flatMap(({ row, value }) => (value === undefined ? [] : [{ row, value }]))
  known.sort((a, b) => (a.value < b.value ? -1 : a.value > b.value ? 1 : 0))
  if (descending) known.reverse()
  return [...known, ...valued.filter(({ value }) => value === undefined)].map(({ row }) => row)
}

/** The scale that all dots share: whole half percents around what there is. */
export function commonScale(rows: readonly TableRow[], measure: YieldMeasure): readonly [number, number] {
  const ends = rows.flatMap(({ result, band }) =>
    isYield(result) ? [result[measure], band?.low ?? result[measure], band?.high ?? result[measure]] : [],
  )
  const values = ends.map(chartPercent)
  if (values.length === 0) return [0, 1]
  const [low, high] = [Math.floor(Math.min(...values) * 2) / 2, Math.ceil(Math.max(...values) * 2) / 2]
  // A single round value has no extent of its own.
  return [low, high > low ? high : low + 1]
}
