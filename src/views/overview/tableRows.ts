import { chartYieldAt } from '../../format/chartYields.ts'
import { chartPercent } from '../../format/number.ts'
import type { YieldMeasure } from '../../math/chartSeries.ts'
import type { Seconds } from '../../math/fixedPoint.ts'
import type { ReportSpread } from '../../math/perReport.ts'
import { isYield, type NoYield, type WindowYield, type YieldBand, yieldBand } from '../../math/window.ts'
import type { History } from '../../queries/history.ts'
import type { Live } from '../../queries/live.ts'
import { type ReportAge, reportAgeOf, shareOf, type Whole, wholeOf } from './poolFacts.ts'
import { type PoolSeries, spreadOf, supplyChange, yieldOf } from './poolFigures.ts'
import type { LiveRow } from './sortRows.ts'

/** What samples tell of a pool, alone or beside the live figures. */
type PastFigures = {
  readonly series: PoolSeries
  readonly result: WindowYield | NoYield
  readonly band: YieldBand | undefined
  /** What single reports gave; undefined where they are not all known. */
  readonly spread: ReportSpread | undefined
  readonly spark: readonly (number | null)[]
  readonly change: ReturnType<typeof supplyChange>
  readonly share: ReturnType<typeof shareOf>
  /** What the share is a part of. */
  readonly whole: Whole
  readonly report: ReportAge
}

/** One pool as the table shows it. */
export type TableRow = LiveRow & PastFigures

type Inputs = {
  readonly live: Live
  readonly history: History | undefined
  readonly series: readonly PoolSeries[]
  readonly measure: YieldMeasure
  readonly from: Seconds | undefined
}

const SPARK_POINTS = 60

/** Whoever cannot ask knows of no report since, and so not how old the last one is. */
const unheard = (then: ReportAge): ReportAge => ({
  kind: 'unknown',
  why: 'Nobody can be asked now, so whether there has been a report since the figures were read is not known.',
  wasLate: then.kind === 'age' && then.isLate,
})

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
    const report = reportAgeOf(livePool, own.points, samples, live.time)
    const shown = [...own.points.keys()].filter(
      index => from === undefined || (own.points[index]?.measuredAt ?? 0n) >= from,
    )
    return {
      pool: livePool.pool,
      live: livePool,
      series: own,
      result,
      band: isYield(result) ? yieldBand(result, measure) : undefined,
      spread: spreadOf(own, measure),
      spark: thin(shown, SPARK_POINTS).map(index => chartYieldAt(own, index, measure)),
      change: supplyChange(livePool, samples, live.time),
      share: shareOf(livePool, whole),
      whole,
      report: live.isRecalled === true ? unheard(report) : report,
    }
  })
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
