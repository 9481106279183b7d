import { formatExact, formatPercent } from '../../format/number.ts'
import { formatSpan, formatTime } from '../../format/time.ts'
import type { YieldMeasure } from '../../math/chartSeries.ts'
import { mulDivDown, WAD } from '../../math/fixedPoint.ts'
import type { ReportSpread } from '../../math/perReport.ts'
import type { Report } from '../../math/report.ts'
import type { RatePoint } from '../../math/series.ts'
import type { Step } from '../../math/steps.ts'
import { type WindowYield, yieldBand } from '../../math/window.ts'
import type { TokenPool } from '../../pools/definePool.ts'
import { countInWords } from '../overview/poolFigures.ts'
import { evidenceOf, operatorsOf, type Receipt, type Source } from './receipt.ts'

const FORMULAS = {
  apy: '(R₂ ÷ R₁)^(year ÷ Δt) − 1, year = 31,536,000 s',
  apr: '(R₂ ÷ R₁ − 1) × year ÷ Δt, year = 31,536,000 s',
} as const

/** When a point's rate was measured and landed, as far as the evidence tells. */
export function momentOf({ notBefore, measuredAt, landedAt, report }: RatePoint): readonly string[] {
  if (report === undefined)
    return notBefore === undefined || notBefore === measuredAt
      ? []
      : [`It changed between ${formatTime(notBefore)} and ${formatTime(measuredAt)}.`]
  const isTold = report.log.time === landedAt
  const landed = `landed ${isTold ? 'at' : 'at the latest at'} ${formatTime(landedAt)}`
  if (report.measured.kind === 'landing') return [`The report ${landed}; its event tells no other time.`]
  return notBefore === measuredAt
    ? [`Measured at ${formatTime(measuredAt)}; the report ${landed}.`]
    : [
        `Measured between ${formatTime(notBefore ?? measuredAt)} and ${formatTime(measuredAt)}; the report ${landed}.`,
      ]
}

/** What the bounds take for granted. */
const lagInWords = ({ start, end }: WindowYield): string => {
  const lag = end.lag ?? start.lag
  return lag === undefined ? '' : `, if its oracle measured no longer than ${formatSpan(lag)} before`
}

/** How many tell both reports of a window. */
const tellersOf = (start: Report, end: Report): string =>
  start.confirmedBy === undefined || end.confirmedBy === undefined
    ? 'one operator tells'
    : 'two operators tell'

/** How sure a yield is and why, in a sentence. */
function sureness({ accrual }: TokenPool, result: WindowYield, measure: YieldMeasure): string {
  if (accrual === 'continuous') return 'The rate moves with every block, and each sample is exact at its own.'
  const band = yieldBand(result, measure)
  if (band === undefined)
    return result.start.notBefore === undefined
      ? 'How exact this is cannot be said: what was before its start is not known.'
      : 'How exact this is cannot be said: as far as the samples tell, both changes may have come at one time.'
  const [start, end] = [result.start.report, result.end.report]
  const isReported = start !== undefined && end !== undefined
  if (band.low === band.high)
    return isReported
      ? `Exact: both ends are reports, at the times that their oracle measured, as ${tellersOf(start, end)}.`
      : 'The rate is the same at both ends, whenever exactly they were.'
  const range = `so the true figure lies between ${formatPercent(band.low)} % and ${formatPercent(band.high)} %`
  return isReported
    ? `When a report was measured is not known exactly, ${range}.`
    : `A sample shows a change of rate somewhat after it landed, ${range}${lagInWords(result)}.`
}

/** What the single reports of the window gave, where all are known. */
const spreadInWords = ({ count, median, low, high }: ReportSpread, measure: YieldMeasure): string =>
  `The ${count} reports in it gave, each over the time since the one before, a median of ${formatPercent(median)} % (${measure.toUpperCase()}), the lowest ${formatPercent(low)} %, the highest ${formatPercent(high)} %.`

type YieldInputs = {
  readonly pool: TokenPool
  readonly result: WindowYield
  readonly measure: YieldMeasure
  readonly source: Source
  readonly spread?: ReportSpread | undefined
}

/** The implied yield between two changes of rate. */
export function yieldReceipt({ pool, result, measure, source, spread }: YieldInputs): Receipt {
  const { start, end, span } = result
  const [r1, r2] = [formatExact(start.rate), formatExact(end.rate)]
  const numbers =
    measure === 'apy'
      ? `(${r2} ÷ ${r1})^(31536000 ÷ ${span}) − 1`
      : `(${r2} ÷ ${r1} − 1) × 31536000 ÷ ${span}`
  return {
    title: `${pool.token.symbol}: implied ${measure.toUpperCase()}`,
    value: `${formatPercent(result[measure], 6)} %`,
    operator: operatorsOf(source, start, end),
    formula: [FORMULAS[measure], `${numbers} = ${formatPercent(result[measure], 6)} %`],
    notes: [
      `From ${formatTime(start.measuredAt)} to ${formatTime(end.measuredAt)}: ${formatSpan(span)}, ${countInWords(result)}.`,
      sureness(pool, result, measure),
      ...(spread === undefined ? [] : [spreadInWords(spread, measure)]),
      ...(result.end.rate < result.start.rate ? ['The rate fell: holders lost over this time.'] : []),
      'Rates are net of the pool’s fee: nothing is to be subtracted.',
    ],
    ...evidenceOf(pool, source, ['R₁, the rate at the start', start], ['R₂, the rate at the end', end]),
  }
}

/** One change of rate and the yield of the time before it. */
export function stepReceipt(pool: TokenPool, { start, end, result }: Step, source: Source): Receipt {
  const apy = result?.apy
  const step = mulDivDown(end.rate - start.rate, WAD, start.rate)
  const [r1, r2] = [formatExact(start.rate), formatExact(end.rate)]
  const span = end.measuredAt - start.measuredAt
  return {
    title: `${pool.token.symbol}: ${end.report === undefined ? 'change of rate' : 'report'}`,
    value: `${r2} ${pool.unit}`,
    operator: operatorsOf(source, start, end),
    formula: [
      `(R₂ ÷ R₁ − 1) × 10,000 = ${formatPercent(step * 100n, 4)} basis points`,
      `(${r2} ÷ ${r1} − 1) × 10,000`,
      ...(apy === undefined
        ? []
        : [`APY of the step: (${r2} ÷ ${r1})^(31536000 ÷ ${span}) − 1 = ${formatPercent(apy, 4)} %`]),
      ...momentOf(end),
    ],
    notes: ['Rates are net of the pool’s fee: nothing is to be subtracted.'],
    ...evidenceOf(pool, source, ['R₁, the rate before', start], ['R₂, the new rate', end]),
  }
}
