import { formatExact, formatPercent } from '../../format/number.ts'
import { formatTime } from '../../format/time.ts'
import { aboutToken } from '../../pools/about.ts'
import type { Live, LivePool } from '../../queries/live.ts'
import type { SupplyChange } from '../overview/poolFigures.ts'
import { callOf, type Receipt, wordOf } from './receipt.ts'

/** The rate of a pool's token at the head. */
export function rateReceipt(live: Live, { pool, reading, outcomes }: LivePool): Receipt {
  const value = reading.state === 'known' ? `${formatExact(reading.rate)} ${pool.unit}` : 'not known'
  const [rate] = outcomes
  return {
    title: `${pool.token.symbol}: exchange rate`,
    value: `${value} per ${pool.token.symbol}`,
    operator: live.operator,
    formula: ['The contract’s answer, divided by 10¹⁸.'],
    notes: ['The rate is net of the pool’s fee.'],
    calls: rate === undefined ? [] : [callOf('Rate', pool.rate, rate.returnData, live)],
  }
}

/** What stands behind a pool's token at the head, in the unit of its rate. */
export function supplyReceipt(live: Live, { pool, reading, outcomes }: LivePool): Receipt {
  const labels = ['Rate', 'Supply of the token', 'Total of the pool']
  const formula =
    pool.pooled === undefined ? 'supply × rate ÷ 10¹⁸, rounded down' : 'The contract’s own total.'
  const numbers =
    reading.state === 'known' && pool.pooled === undefined
      ? [
          `${formatExact(reading.supply)} × ${formatExact(reading.rate)} = ${formatExact(reading.pooled)} ${pool.unit}`,
        ]
      : []
  return {
    title: `${pool.name}: supply`,
    value: reading.state === 'known' ? `${formatExact(reading.pooled)} ${pool.unit}` : 'not known',
    operator: live.operator,
    formula: [formula, ...numbers],
    notes: [aboutToken(pool).supply],
    calls: outcomes
      .map(({ read, returnData }, index) => callOf(labels[index] ?? read.signature, read, returnData, live))
      .filter(({ read }) => pool.pooled === undefined || read === pool.pooled),
  }
}

/** The change of a pool's supply over 30 days. */
export function changeReceipt(
  live: Live,
  { pool, reading }: LivePool,
  { fraction, before }: SupplyChange,
): Receipt {
  const now = reading.state === 'known' ? reading.pooled : 0n
  const past = before.reading.pooled
  const calls =
    pool.pooled === undefined
      ? [
          callOf('Rate at the start', pool.rate, wordOf(before.reading.rate), before.sample),
          callOf(
            'Supply of the token at the start',
            pool.supply,
            wordOf(before.reading.supply),
            before.sample,
          ),
        ]
      : [callOf('Total of the pool at the start', pool.pooled, wordOf(past), before.sample)]
  return {
    title: `${pool.name}: change of supply`,
    value: `${formatPercent(fraction, 6)} %`,
    operator: [...new Set([before.sample.operator, live.operator])].join(' and '),
    formula: ['supply now ÷ supply then − 1', `${formatExact(now)} ÷ ${formatExact(past)} − 1`],
    notes: [
      `From ${formatTime(before.sample.time)} to ${formatTime(live.time)}.`,
      'The supply now has a receipt of its own beside this figure.',
      aboutToken(pool).supply,
    ],
    calls,
  }
}
