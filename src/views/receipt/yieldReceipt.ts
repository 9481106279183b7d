import { formatExact, formatPercent } from '../../format/number.ts'
import { formatSpan, formatTime } from '../../format/time.ts'
import type { YieldMeasure } from '../../math/chartSeries.ts'
import { mulDivDown, WAD } from '../../math/fixedPoint.ts'
import type { Step } from '../../math/steps.ts'
import { type WindowYield, yieldBand } from '../../math/window.ts'
import type { TokenPool } from '../../pools/definePool.ts'
import { operatorsOf, type Receipt, rateCall, type Source } from './receipt.ts'

const FORMULAS = {
  apy: '(R₂ ÷ R₁)^(year ÷ Δt) − 1, year = 31,536,000 s',
  apr: '(R₂ ÷ R₁ − 1) × year ÷ Δt, year = 31,536,000 s',
} as const

/** The implied yield between two changes of rate. */
export function yieldReceipt(
  pool: TokenPool,
  result: WindowYield,
  measure: YieldMeasure,
  source: Source,
): Receipt {
  const { start, end, span, steps } = result
  const band = yieldBand(result, measure)
  const [r1, r2] = [formatExact(start.rate), formatExact(end.rate)]
  const numbers =
    measure === 'apy'
      ? `(${r2} ÷ ${r1})^(31536000 ÷ ${span}) − 1`
      : `(${r2} ÷ ${r1} − 1) × 31536000 ÷ ${span}`
  const sure =
    band === undefined
      ? 'How exact this is cannot be said yet: the samples do not bracket both ends.'
      : band.low === band.high
        ? 'The rate moves with every block, and each sample is exact at its own.'
        : `A sample shows a change of rate somewhat after it happened, so the true figure lies between ${formatPercent(band.low)} % and ${formatPercent(band.high)} %.`
  return {
    title: `${pool.token.symbol}: implied ${measure.toUpperCase()}`,
    value: `${formatPercent(result[measure], 6)} %`,
    operator: operatorsOf(source, start, end),
    formula: [FORMULAS[measure], `${numbers} = ${formatPercent(result[measure], 6)} %`],
    notes: [
      `From ${formatTime(start.measuredAt)} to ${formatTime(end.measuredAt)}: ${formatSpan(span)}, ${steps} ${pool.accrual === 'continuous' ? 'samples' : steps === 1 ? 'change of rate seen' : 'changes of rate seen'}.`,
      sure,
      'Rates are net of the pool’s fee: nothing is to be subtracted.',
    ],
    calls: [
      rateCall('R₁, the rate at the start', pool, start, source),
      rateCall('R₂, the rate at the end', pool, end, source),
    ],
  }
}

/** One change of rate and the yield of the time before it. */
export function stepReceipt(pool: TokenPool, { start, end, result }: Step, source: Source): Receipt {
  const apy = result?.apy
  const step = mulDivDown(end.rate - start.rate, WAD, start.rate)
  const [r1, r2] = [formatExact(start.rate), formatExact(end.rate)]
  const span = end.measuredAt - start.measuredAt
  return {
    title: `${pool.token.symbol}: change of rate`,
    value: `${r2} ${pool.unit}`,
    operator: operatorsOf(source, start, end),
    formula: [
      `(R₂ ÷ R₁ − 1) × 10,000 = ${formatPercent(step * 100n, 4)} basis points`,
      `(${r2} ÷ ${r1} − 1) × 10,000`,
      ...(apy === undefined
        ? []
        : [`APY of the step: (${r2} ÷ ${r1})^(31536000 ÷ ${span}) − 1 = ${formatPercent(apy, 4)} %`]),
      ...(end.notBefore === undefined || end.notBefore === end.measuredAt
        ? []
        : [`It happened between ${formatTime(end.notBefore)} and ${formatTime(end.measuredAt)}.`]),
    ],
    notes: ['Rates are net of the pool’s fee: nothing is to be subtracted.'],
    calls: [
      rateCall('R₁, the rate before', pool, start, source),
      rateCall('R₂, the new rate', pool, end, source),
    ],
  }
}
