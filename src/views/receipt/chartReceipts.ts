import { formatExact, formatPercent } from '../../format/number.ts'
import { formatTime } from '../../format/time.ts'
import type { Seconds } from '../../math/fixedPoint.ts'
import type { ReportSpread } from '../../math/perReport.ts'
import { aboutToken } from '../../pools/about.ts'
import { marketReads } from '../../pools/definePool.ts'
import { castLine } from '../../pools/read.ts'
import { type Drawn, indexAt, type TrackValue, timesOf, trackOf, valueAt } from '../chart/tracks.ts'
import { type PoolSeries, spreadEndingAt } from '../overview/poolFigures.ts'
import { callOf, evidenceOf, operatorsOf, type Receipt, unknownReceipt, wordOf } from './receipt.ts'
import { momentOf, yieldReceipt } from './yieldReceipt.ts'

type Of<Kind extends TrackValue['kind']> = Extract<TrackValue, { readonly kind: Kind }>

function rateReceipt({ pool, operators }: PoolSeries, { point }: Of<'rate'>, time: Seconds): Receipt {
  const { report, landedAt } = point
  return {
    title: `${pool.token.symbol}: exchange rate on ${formatTime(time)}`,
    value: `${formatExact(point.rate)} ${pool.unit} per ${pool.token.symbol}`,
    operator: operatorsOf(operators, point),
    formula: [
      report === undefined
        ? 'The contract’s answer, divided by 10¹⁸.'
        : 'What the report tells, computed as the contract does.',
    ],
    notes: [
      ...(report === undefined
        ? landedAt === time
          ? []
          : [`In force since the sample of ${formatTime(landedAt)}: no later one shows another.`]
        : momentOf(point)),
      'The rate is net of the pool’s fee.',
    ],
    ...evidenceOf(pool, operators, ['Rate', point]),
  }
}

function growthReceipt(
  { pool, operators }: PoolSeries,
  { base, point, growth }: Of<'growth'>,
  time: Seconds,
): Receipt {
  return {
    title: `${pool.token.symbol}: growth of 1 ${pool.unit} until ${formatTime(time)}`,
    value: `${formatExact(growth)} ${pool.unit}`,
    operator: operatorsOf(operators, base, point),
    formula: ['R₂ ÷ R₁', `${formatExact(point.rate)} ÷ ${formatExact(base.rate)} = ${formatExact(growth)}`],
    notes: [
      `From ${formatTime(base.measuredAt)} to ${formatTime(point.measuredAt)}.`,
      'Rates are net of the pool’s fee. What entering and leaving costs is not counted.',
    ],
    ...evidenceOf(pool, operators, ['R₁, the rate at the start', base], ['R₂, the rate then', point]),
  }
}

function supplyReceipt({ pool }: PoolSeries, { sample, reading, supply }: Of<'supply'>): Receipt {
  const isTold = pool.pooled !== undefined
  const calls =
    pool.pooled === undefined
      ? [
          callOf('Rate', pool.rate, wordOf(reading.rate), sample),
          callOf('Supply of the token', pool.supply, wordOf(reading.supply), sample),
        ]
      : [callOf('Total of the pool', pool.pooled, wordOf(supply), sample)]
  return {
    title: `${pool.name}: supply on ${formatTime(sample.time)}`,
    value: `${formatExact(supply)} ${pool.unit}`,
    operator: sample.operator,
    formula: isTold
      ? ['The contract’s own total.']
      : [
          'supply × rate ÷ 10¹⁸, rounded down',
          `${formatExact(reading.supply)} × ${formatExact(reading.rate)} = ${formatExact(supply)} ${pool.unit}`,
        ],
    notes: [aboutToken(pool).supply],
    calls,
  }
}

/** The feed's own answer is not kept with a sample, only the price that it told: the lines say how to ask it. */
function feedNotes({ pool }: PoolSeries, { sample }: Of<'premium'>): string[] {
  const { market } = pool
  const { market: note } = aboutToken(pool)
  return [
    ...(market.kind === 'feed'
      ? [`The price is that of ${market.name}, ${market.feed}, as ${sample.operator} gave it.`]
      : []),
    ...marketReads(pool).map(read => castLine(read, sample.block)),
    ...(note === undefined ? [] : [note]),
    'A feed moves when the price has moved by about half a percent or a day has passed: below that, a premium is noise.',
  ]
}

function premiumReceipt(own: PoolSeries, value: Of<'premium'>): Receipt {
  const { pool } = own
  const { sample, reading, premium } = value
  const isToken = pool.market.kind === 'feed' && pool.market.prices === 'token'
  const price = reading.market === undefined ? 'not known' : formatExact(reading.market)
  return {
    title: `${pool.token.symbol}: premium or discount on ${formatTime(sample.time)}`,
    value: `${formatPercent(premium, 4)} %`,
    operator: sample.operator,
    formula: isToken
      ? ['market price ÷ rate − 1', `${price} ÷ ${formatExact(reading.rate)} − 1`]
      : [
          `market price of ${pool.unit === 'ETH' ? 'the unwrapped token' : pool.unit} in ETH − 1`,
          `${price} − 1`,
        ],
    notes: feedNotes(own, value),
    calls: isToken ? [callOf('Rate', pool.rate, wordOf(reading.rate), sample)] : [],
  }
}

/** What the single reports of a yield's window gave. */
const spreadAt = (own: PoolSeries, drawn: Drawn, time: Seconds): ReportSpread | undefined =>
  spreadEndingAt(own, indexAt(timesOf(own.points), time), drawn.measure)

/** The value that was in force at a time, as chart and table of points show it. */
export function chartReceipt(own: PoolSeries, drawn: Drawn, time: Seconds): Receipt {
  const value = valueAt(trackOf(own, drawn), time)
  switch (value.kind) {
    case 'rate':
      return rateReceipt(own, value, time)
    case 'growth':
      return growthReceipt(own, value, time)
    case 'supply':
      return supplyReceipt(own, value)
    case 'premium':
      return premiumReceipt(own, value)
    case 'yield':
      return yieldReceipt({
        pool: own.pool,
        result: value.result,
        measure: drawn.measure,
        source: own.operators,
        spread: spreadAt(own, drawn, time),
      })
    case 'unknown':
      return unknownReceipt(value.why)
  }
}
