import { formatExact, formatPercent } from '../../format/number.ts'
import { formatSpan, formatTime } from '../../format/time.ts'
import type { YieldMeasure } from '../../math/chartSeries.ts'
import { valueInEther } from '../../math/holdings.ts'
import type { RatePoint } from '../../math/series.ts'
import { type WindowYield, yieldBand } from '../../math/window.ts'
import type { TokenPool } from '../../pools/definePool.ts'
import { castLine, type Read } from '../../pools/read.ts'
import type { Live, LivePool, LivePrice } from '../../queries/live.ts'
import type { Asset, Wallet } from '../../queries/wallet.ts'
import type { SupplyChange } from '../overview/poolFigures.ts'

/** One call behind a figure, with what anybody needs to repeat it. */
export type ReceiptCall = {
  readonly label: string
  readonly block: bigint
  readonly time: bigint
  readonly read: Read
  readonly returnData: string
  readonly castLine: string
}

/** How a figure came about. */
export type Receipt = {
  readonly title: string
  readonly value: string
  readonly operator: string
  readonly formula: readonly string[]
  readonly notes: readonly string[]
  readonly calls: readonly ReceiptCall[]
}

type Moment = { readonly block: bigint; readonly time: bigint }

function callOf(label: string, read: Read, returnData: string, { block, time }: Moment): ReceiptCall {
  return { label, read, returnData, block, time, castLine: castLine(read, block) }
}

const word = (value: bigint): string => `0x${value.toString(16).padStart(64, '0')}`

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

/** The ether in a pool at the head. */
export function supplyReceipt(live: Live, { pool, reading, outcomes }: LivePool): Receipt {
  const labels = ['Rate', 'Supply of the token', 'Ether in the pool']
  const formula =
    pool.pooled === undefined ? 'supply × rate ÷ 10¹⁸, rounded down' : 'The contract’s own total.'
  const numbers =
    reading.state === 'known' && pool.pooled === undefined
      ? [`${formatExact(reading.supply)} × ${formatExact(reading.rate)} = ${formatExact(reading.pooled)} ETH`]
      : []
  return {
    title: `${pool.name}: supply`,
    value: reading.state === 'known' ? `${formatExact(reading.pooled)} ETH` : 'not known',
    operator: live.operator,
    formula: [formula, ...numbers],
    notes: [pool.supplyNote],
    calls: outcomes
      .map(({ read, returnData }, index) => callOf(labels[index] ?? read.signature, read, returnData, live))
      .filter(({ read }) => pool.pooled === undefined || read === pool.pooled),
  }
}

/** The change of a pool's ether over 30 days. */
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
          callOf('Rate at the start', pool.rate, word(before.reading.rate), before.sample),
          callOf('Supply of the token at the start', pool.supply, word(before.reading.supply), before.sample),
        ]
      : [callOf('Ether in the pool at the start', pool.pooled, word(past), before.sample)]
  return {
    title: `${pool.name}: change of supply`,
    value: `${formatPercent(fraction, 6)} %`,
    operator: [...new Set([before.sample.operator, live.operator])].join(' and '),
    formula: ['ether now ÷ ether then − 1', `${formatExact(now)} ÷ ${formatExact(past)} − 1`],
    notes: [
      `From ${formatTime(before.sample.time)} to ${formatTime(live.time)}.`,
      'The ether now has a receipt of its own beside this figure.',
      pool.supplyNote,
    ],
    calls,
  }
}

const rateCall = (label: string, pool: TokenPool, { block, landedAt, rate }: RatePoint): ReceiptCall =>
  callOf(label, pool.rate, word(rate), { block, time: landedAt })

const FORMULAS = {
  apy: '(R₂ ÷ R₁)^(year ÷ Δt) − 1, year = 31,536,000 s',
  apr: '(R₂ ÷ R₁ − 1) × year ÷ Δt, year = 31,536,000 s',
} as const

/** The implied yield between two changes of rate. */
export function yieldReceipt(
  pool: TokenPool,
  result: WindowYield,
  measure: YieldMeasure,
  operator: string,
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
      : `A sample shows a change of rate somewhat after it happened, so the true figure lies between ${formatPercent(band.low)} % and ${formatPercent(band.high)} %.`
  return {
    title: `${pool.token.symbol}: implied ${measure.toUpperCase()}`,
    value: `${formatPercent(result[measure], 6)} %`,
    operator,
    formula: [FORMULAS[measure], `${numbers} = ${formatPercent(result[measure], 6)} %`],
    notes: [
      `From ${formatTime(start.measuredAt)} to ${formatTime(end.measuredAt)}: ${formatSpan(span)}, ${steps} ${steps === 1 ? 'change' : 'changes'} of rate seen.`,
      sure,
      'Rates are net of the pool’s fee: nothing is to be subtracted.',
    ],
    calls: [
      rateCall('R₁, the rate at the start', pool, start),
      rateCall('R₂, the rate at the end', pool, end),
    ],
  }
}

/** The price of ether in US dollars. */
export function priceReceipt(
  at: Moment & { readonly operator: string },
  { price, outcome }: LivePrice,
): Receipt {
  return {
    title: 'Ether in US dollars',
    value: price === undefined ? 'not known' : `${formatExact(price.answer, 8)} USD`,
    operator: at.operator,
    formula: [
      'The second word of the answer, divided by 10⁸; the fourth says when the feed was last updated.',
    ],
    notes: price === undefined ? [] : [`The feed was updated at ${formatTime(price.updatedAt)}.`],
    calls: [callOf('Chainlink ETH/USD', outcome.read, outcome.returnData, at)],
  }
}

/** What an asset of a wallet is worth in ether. */
export function assetReceipt(wallet: Wallet, asset: Asset): Receipt {
  const { balance, rate, rateOutcome, balanceOutcome } = asset
  const value = balance === undefined || rate === undefined ? undefined : valueInEther(balance, rate)
  const formula =
    rateOutcome === undefined
      ? ['The balance is ether already: rate 1.']
      : ['balance × rate ÷ 10¹⁸, rounded down', `${formatExact(balance ?? 0n)} × ${formatExact(rate ?? 0n)}`]
  const calls = [callOf('Balance', balanceOutcome.read, balanceOutcome.returnData, wallet)]
  if (rateOutcome !== undefined) calls.push(callOf('Rate', rateOutcome.read, rateOutcome.returnData, wallet))
  return {
    title: `${asset.symbol} of ${wallet.account}`,
    value: value === undefined ? (asset.why ?? 'not known') : `${formatExact(value)} ETH`,
    operator: wallet.operator,
    formula,
    notes: asset.note === undefined ? [] : [asset.note],
    calls,
  }
}

/** The sum of a wallet. */
export function totalReceipt(wallet: Wallet): Receipt {
  const parts = wallet.holdings.items.filter(({ value }) => value !== undefined && value !== 0n)
  const symbol = (id: string): string => wallet.assets.find(asset => asset.id === id)?.symbol ?? id
  return {
    title: `Total of ${wallet.account}`,
    value: `${formatExact(wallet.holdings.total)} ETH`,
    operator: wallet.operator,
    formula: [
      'The sum of the values below, each at the protocol’s own rate.',
      ...parts.map(({ id, value }) => `${symbol(id)}: ${formatExact(value ?? 0n)}`),
    ],
    notes: ['Each value has a receipt of its own in the table.'],
    calls: [],
  }
}
