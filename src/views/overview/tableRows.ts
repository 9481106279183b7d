import { chartPercent } from '../../format/number.ts'
import { type YieldMeasure, yieldSeries } from '../../math/chartSeries.ts'
import type { Seconds } from '../../math/fixedPoint.ts'
import { isYield, type NoYield, type WindowYield, type YieldBand, yieldBand } from '../../math/window.ts'
import type { TokenPool } from '../../pools/definePool.ts'
import type { History } from '../../queries/history.ts'
import type { Live, LivePool } from '../../queries/live.ts'
import { type ReportAge, reportAgeOf, shareOf, type Whole, wholeOf } from './poolFacts.ts'
import { type PoolSeries, sourceOf, supplyChange, yieldOf } from './poolFigures.ts'

export type SortKey = 'name' | 'rate' | 'yield' | 'supply' | 'change' | 'share' | 'fee' | 'premium' | 'age'

/** One pool as the table shows it. */
export type TableRow = {
  readonly pool: TokenPool
  readonly live: LivePool
  readonly series: PoolSeries
  readonly result: WindowYield | NoYield
  readonly band: YieldBand | undefined
  readonly spark: readonly (number | undefined)[]
  /** Operators behind both ends of the yield. */
  readonly source: string
  readonly change: ReturnType<typeof supplyChange>
  readonly share: ReturnType<typeof shareOf>
  /** What the share is a part of. */
  readonly whole: Whole
  readonly report: ReportAge
}

type Inputs = {
  readonly live: Live
  readonly history: History | undefined
  readonly series: readonly PoolSeries[]
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
export function tableRows({ live, history, series, measure, from }: Inputs): TableRow[] {
  const samples = history?.samples ?? []
  const whole = wholeOf(live, samples)
  return live.pools.flatMap(livePool => {
    const own = series.find(({ pool }) => pool === livePool.pool)
    if (own === undefined) return []
    const result = yieldOf(own)
    const line = yieldSeries(own.points, own.yields, measure)
    const shown = line.filter(({ time }) => from === undefined || time >= from)
    return {
      pool: livePool.pool,
      live: livePool,
      series: own,
      result,
      source: isYield(result) ? sourceOf(own, result) : '',
      band: isYield(result) ? yieldBand(result, measure) : undefined,
      spark: thin(shown, SPARK_POINTS).map(({ value }) =>
        value === undefined ? undefined : chartPercent(value),
      ),
      change: supplyChange(livePool, samples, live.time),
      share: shareOf(livePool, whole),
      whole,
      report: reportAgeOf(livePool, own.points, samples, live.time),
    }
  })
}

type SortValue = bigint | string | undefined

function ageValue(report: ReportAge): bigint | undefined {
  if (report.kind === 'age') return report.age.most
  return report.kind === 'flat' ? report.since : report.kind === 'always' ? 0n : undefined
}

const SORT_VALUES: Readonly<Record<SortKey, (row: TableRow, measure: YieldMeasure) => SortValue>> = {
  name: ({ pool }) => pool.name.toLowerCase(),
  rate: ({ live: { reading } }) => (reading.state === 'known' ? reading.rate : undefined),
  yield: ({ result }, measure) => (isYield(result) ? result[measure] : undefined),
  supply: ({ live: { reading } }) => (reading.state === 'known' ? reading.pooled : undefined),
  change: ({ change }) => ('value' in change ? change.value.fraction : undefined),
  share: ({ share }) => ('value' in share ? share.value : undefined),
  fee: ({ live: { facts } }) => ('value' in facts.fee ? facts.fee.value : undefined),
  premium: ({ live: { facts } }) => ('value' in facts.premium ? facts.premium.value.fraction : undefined),
  age: ({ report }) => ageValue(report),
}

type Sort = { readonly key: SortKey; readonly descending: boolean }

/** Sort rows; what is not known stays at the end in both directions. */
export function sortRows(
  rows: readonly TableRow[],
  { key, descending }: Sort,
  measure: YieldMeasure,
): TableRow[] {
  const valued = rows.map(row => ({ row, value: SORT_VALUES[key](row, measure) }))
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
