import { formatExact } from '../../format/number.ts'
import { formatTime } from '../../format/time.ts'
import type { YieldMeasure } from '../../math/chartSeries.ts'
import type { Seconds } from '../../math/fixedPoint.ts'
import type { RatePoint } from '../../math/series.ts'
import { isYield } from '../../math/window.ts'
import { type PoolSeries, WHY_NO_YIELD } from '../overview/poolFigures.ts'
import { operatorsOf, type Receipt, rateCall, unknownReceipt } from './receipt.ts'
import { yieldReceipt } from './yieldReceipt.ts'

/** What a chart shows: the rate, or a yield. */
export type Drawn = { readonly shown: 'rate' | 'yield'; readonly measure: YieldMeasure }

function pointReceipt({ pool, operators }: PoolSeries, point: RatePoint, time: Seconds): Receipt {
  return {
    title: `${pool.token.symbol}: exchange rate on ${formatTime(time)}`,
    value: `${formatExact(point.rate)} ${pool.unit} per ${pool.token.symbol}`,
    operator: operatorsOf(operators, point),
    formula: ['The contract’s answer, divided by 10¹⁸.'],
    notes: [
      ...(point.landedAt === time
        ? []
        : [`In force since the sample of ${formatTime(point.landedAt)}: no later one shows another.`]),
      'The rate is net of the pool’s fee.',
    ],
    calls: [rateCall('Rate', pool, point, operators)],
  }
}

/** The value that was in force at a time, as chart and table of points show it. */
export function chartReceipt(own: PoolSeries, { shown, measure }: Drawn, time: Seconds): Receipt {
  const { pool, points, yields, operators } = own
  const index = points.findLastIndex(({ measuredAt }) => measuredAt <= time)
  const [point, result] = [points[index], yields[index]]
  if (point === undefined) return unknownReceipt('No rate has been read that was in force then.')
  if (shown === 'rate') return pointReceipt(own, point, time)
  if (result === undefined || !isYield(result)) return unknownReceipt(WHY_NO_YIELD[result?.why ?? 'noRate'])
  return yieldReceipt(pool, result, measure, operators)
}
