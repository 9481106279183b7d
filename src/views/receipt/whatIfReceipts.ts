import { formatExact, formatPercent } from '../../format/number.ts'
import { formatSpan, formatTime } from '../../format/time.ts'
import type { Wei } from '../../math/fixedPoint.ts'
import type { TokenPool } from '../../pools/definePool.ts'
import { type AheadCase, heldOf, type PastCase, projected } from '../whatIf/whatIfRows.ts'
import { callOf, inDollars, type Receipt, type ReceiptCall, wordOf } from './receipt.ts'
import { yieldReceipt } from './yieldReceipt.ts'

const NOT_COUNTED =
  'By the protocol’s own rates: fees of entry and exit, market prices, gas and taxes are not counted.'

const atPar = ({ unit }: TokenPool): string[] =>
  unit === 'ETH' ? [] : [`Counted as if 1 ${unit} were 1 ETH, which no contract promises.`]

const thenCall = ({ own: { pool }, sample, then }: PastCase): ReceiptCall =>
  callOf('R₁, the rate of that day', pool.rate, wordOf(then.rate), sample)

const nowCall = ({ own: { pool, outcomes }, live, now }: PastCase): ReceiptCall =>
  callOf('R₂, the rate today', pool.rate, outcomes[0]?.returnData ?? wordOf(now.rate), live)

const bothOf = (one: PastCase): Pick<Receipt, 'operator' | 'calls'> => ({
  operator: [...new Set([one.sample.operator, one.live.operator])].join(' and '),
  calls: [thenCall(one), nowCall(one)],
})

const spanOf = ({ sample, live, growth }: PastCase): string =>
  `From ${formatTime(sample.time)} to ${formatTime(live.time)}: ${formatSpan(growth.span)}.`

const ratesOf = ({ then, now }: PastCase): readonly [string, string] => [
  formatExact(then.rate),
  formatExact(now.rate),
]

/** How many tokens an amount bought. */
export function boughtReceipt(one: PastCase, amount: Wei): Receipt {
  const { pool } = one.own
  const tokens = formatExact(heldOf(one, amount)?.tokens ?? 0n)
  return {
    title: `${pool.token.symbol}: bought for ${formatExact(amount)} ETH`,
    value: `${tokens} ${pool.token.symbol}`,
    operator: one.sample.operator,
    formula: [
      'amount ÷ R₁, rounded down to 18 decimals',
      `${formatExact(amount)} ÷ ${ratesOf(one)[0]} = ${tokens}`,
    ],
    notes: [...atPar(pool), NOT_COUNTED],
    calls: [thenCall(one)],
  }
}

/** What the tokens are worth today. */
export function worthReceipt(one: PastCase, amount: Wei): Receipt {
  const { pool } = one.own
  const { symbol } = pool.token
  const held = heldOf(one, amount)
  const [tokens, worth] = [formatExact(held?.tokens ?? 0n), formatExact(held?.worth ?? 0n)]
  const [r1, r2] = ratesOf(one)
  return {
    ...bothOf(one),
    title: `${symbol}: ${formatExact(amount)} ETH, today`,
    value: `${worth} ${pool.unit}`,
    formula: [
      'amount ÷ R₁ × R₂, each step rounded down to 18 decimals',
      `${formatExact(amount)} ÷ ${r1} = ${tokens} ${symbol}`,
      `${tokens} × ${r2} = ${worth} ${pool.unit}`,
    ],
    notes: [spanOf(one), ...atPar(pool), NOT_COUNTED],
  }
}

/** What came to the amount. */
export function gainReceipt(one: PastCase, amount: Wei): Receipt {
  const { pool } = one.own
  const held = heldOf(one, amount)
  const gain = `${formatExact(held?.gain ?? 0n)} ${pool.unit}`
  return {
    ...worthReceipt(one, amount),
    title: `${pool.token.symbol}: gain on ${formatExact(amount)} ETH`,
    value: gain,
    formula: [
      'amount ÷ R₁ × R₂ − amount, each step rounded down to 18 decimals',
      `${formatExact(held?.worth ?? 0n)} − ${formatExact(amount)} = ${gain}`,
    ],
  }
}

/** How the rate grew. */
export function growthReceipt(one: PastCase): Receipt {
  const { pool } = one.own
  const value = `${formatPercent(one.growth.fraction, 6)} %`
  const [r1, r2] = ratesOf(one)
  return {
    ...bothOf(one),
    title: `${pool.token.symbol}: growth of the rate`,
    value,
    formula: ['R₂ ÷ R₁ − 1', `${r2} ÷ ${r1} − 1 = ${value}`],
    notes: [spanOf(one), ...atPar(pool), 'Rates are net of the pool’s fee: nothing is to be subtracted.'],
  }
}

/** The growth of the rate, as so much a year. */
export function growthPerYearReceipt(one: PastCase): Receipt {
  const { apy, span } = one.growth
  const value = apy === undefined ? 'not known' : `${formatPercent(apy, 6)} %`
  const [r1, r2] = ratesOf(one)
  return {
    ...growthReceipt(one),
    title: `${one.own.pool.token.symbol}: growth of the rate, per year`,
    value,
    formula: [
      '(R₂ ÷ R₁)^(year ÷ Δt) − 1, year = 31,536,000 s',
      `(${r2} ÷ ${r1})^(31536000 ÷ ${span}) − 1 = ${value}`,
    ],
    notes: [
      spanOf(one),
      'Δt is the time between the two readings. A rate that steps with each report may have stepped just before either: the yield above is told by reports where they are known.',
      'Rates are net of the pool’s fee: nothing is to be subtracted.',
    ],
  }
}

/** What the tokens are worth today, in US dollars. */
export function worthInDollarsReceipt(one: PastCase, amount: Wei): Receipt {
  const { live, own } = one
  const worth = inDollars('worth today', heldOf(one, amount)?.worth ?? 0n, live.price, live)
  return {
    ...worth,
    title: `${own.pool.token.symbol}: ${formatExact(amount)} ETH, today in US dollars`,
    operator: live.operator,
    notes: [...atPar(own.pool), ...worth.notes, 'The worth has a receipt of its own beside this figure.'],
  }
}

/** Not staking, in US dollars. */
export function etherInDollarsReceipt(live: PastCase['live'], amount: Wei): Receipt {
  return {
    ...inDollars('amount', amount, live.price, live),
    title: `${formatExact(amount)} ETH, not staked, today in US dollars`,
    operator: live.operator,
  }
}

/** An amount in a year, if the yield held. */
export function projectionReceipt({ pool, result, operators }: AheadCase, amount: Wei): Receipt {
  const { start, end, apy, span } = result
  const worth = `${formatExact(projected(amount, apy).worth)} ${pool.unit}`
  const known = yieldReceipt({ pool, result, measure: 'apy', source: operators })
  return {
    ...known,
    title: `${pool.token.symbol}: ${formatExact(amount)} ETH in a year, a projection`,
    value: worth,
    formula: [
      'amount × (1 + APY), rounded down to 18 decimals',
      `${formatExact(amount)} × (1 + ${formatExact(apy)}) = ${worth}`,
      ...known.formula,
    ],
    notes: [
      `A projection, not a promise: it carries on what was from ${formatTime(start.measuredAt)} to ${formatTime(end.measuredAt)}, ${formatSpan(span)}.`,
      ...known.notes,
      ...atPar(pool),
      NOT_COUNTED,
    ],
  }
}
