import {
  exactDecimal,
  formatBlock,
  formatChange,
  formatCount,
  formatDoubt,
  formatExact,
  formatPercent,
} from '../../format/number.ts'
import { formatAge, formatSpan, formatTime } from '../../format/time.ts'
import type { YieldMeasure } from '../../math/chartSeries.ts'
import { WAD } from '../../math/fixedPoint.ts'
import type { RatePoint } from '../../math/series.ts'
import { farthest, type WindowYield, yieldBand } from '../../math/window.ts'
import type { TokenPool } from '../../pools/definePool.ts'
import { countInWords } from '../overview/poolFigures.ts'
import type { ChartTip } from './drawing.ts'
import type { TrackValue } from './tracks.ts'

/** What a rate rests on, as short as a crosshair needs it. */
function pointInWords({ block, evidence, measuredAt, notBefore }: RatePoint): string {
  const at = `block ${formatBlock(block)}`
  if (evidence === 'report') return `${at}, report measured ${formatTime(measuredAt)}`
  const sample = `${at}, sample of ${formatTime(measuredAt)}`
  if (notBefore === undefined) return `${sample}, the first`
  return notBefore === measuredAt
    ? sample
    : `${sample}, changed up to ${formatAge(measuredAt - notBefore, 'up')} before`
}

const stepsInWords = (result: WindowYield, { accrual }: TokenPool): string =>
  accrual === 'continuous' ? `${formatCount(result.steps)} samples` : countInWords(result)

/** How long a yield's window truly is, what lies in it, and how far it may be off. */
function windowInWords(pool: TokenPool, result: WindowYield, measure: YieldMeasure): string {
  const band = yieldBand(result, measure)
  const off = band === undefined ? undefined : farthest(result[measure], band)
  const words = `${formatSpan(result.span)}, ${stepsInWords(result, pool)}`
  return off === undefined ? words : off === 0n ? `${words}, exact` : `${words}, ±${formatDoubt(off)} %`
}

/** Say what a pool had at a moment, and on which evidence. */
export function tipOfValue(value: TrackValue, pool: TokenPool, measure: YieldMeasure): ChartTip {
  switch (value.kind) {
    case 'yield':
      return {
        value: `${formatPercent(value.result[measure], 4)} %`,
        detail: windowInWords(pool, value.result, measure),
      }
    case 'rate':
      return { value: `${formatExact(value.point.rate)} ${pool.unit}`, detail: pointInWords(value.point) }
    case 'growth':
      return {
        value: `${formatExact(value.growth)} ${pool.unit}`,
        detail: `since ${formatTime(value.base.measuredAt)}; ${pointInWords(value.point)}`,
      }
    case 'supply':
      return {
        value: `${formatExact(value.supply / WAD, 0)} ${pool.unit}`,
        detail: `block ${formatBlock(value.sample.block)}, sample of ${formatTime(value.sample.time)}`,
      }
    case 'premium':
      return {
        value: `${formatChange(value.premium, 4)} %`,
        detail: `block ${formatBlock(value.sample.block)}, sample of ${formatTime(value.sample.time)}`,
      }
    case 'unknown':
      return { value: 'not known', detail: value.why }
  }
}

/** The exact value as a plain number for files: percent for yields and premiums; undefined where it is not known. */
export function plainValue(value: TrackValue, measure: YieldMeasure): string | undefined {
  switch (value.kind) {
    case 'yield':
      return exactDecimal(value.result[measure] * 100n)
    case 'rate':
      return exactDecimal(value.point.rate)
    case 'growth':
      return exactDecimal(value.growth)
    case 'supply':
      return exactDecimal(value.supply)
    case 'premium':
      return exactDecimal(value.premium * 100n)
    case 'unknown':
      return undefined
  }
}
