import { formatBlock, formatExact, formatPercent } from '../../format/number.ts'
import { formatTime } from '../../format/time.ts'
import { aboutToken } from '../../pools/about.ts'
import type { ExitFigure, TokenPool } from '../../pools/definePool.ts'
import type { Live, LivePool } from '../../queries/live.ts'
import type { Whole } from '../overview/poolFacts.ts'
import type { PoolSeries } from '../overview/poolFigures.ts'
import { callOf, evidenceOf, inDollars, operatorsOf, type Receipt, type ReceiptCall } from './receipt.ts'
import { momentOf } from './yieldReceipt.ts'

type Told = LivePool['facts']['exit'][number] | LivePool['facts']['fee']

const callsOf = (
  live: Live,
  labels: readonly string[],
  { outcomes }: Pick<Told, 'outcomes'>,
): ReceiptCall[] =>
  outcomes.map(({ read, returnData }, index) =>
    callOf(labels[index] ?? read.signature, read, returnData, live),
  )

const atPar = ({ unit }: TokenPool): string[] =>
  unit === 'ETH' ? [] : [`Counted as if 1 ${unit} were 1 ETH, which no contract promises.`]

/** The pool's part of the rewards. */
export function feeReceipt(live: Live, { pool, facts: { fee } }: LivePool): Receipt {
  const { fee: rule } = pool
  const published =
    rule.kind === 'published'
      ? [
          `Published by ${rule.source}; looked up on ${rule.date}. It is not read from a contract, so nothing proves it here.`,
        ]
      : []
  const { fee: note } = aboutToken(pool)
  return {
    title: `${pool.name}: fee`,
    value: 'value' in fee ? `${formatPercent(fee.value, 4)} % of the rewards` : fee.why,
    operator: rule.kind === 'read' ? live.operator : undefined,
    formula:
      rule.kind === 'read'
        ? [
            `${rule.reads.length > 1 ? 'The sum of the answers' : 'The contract’s answer'} ÷ ${formatExact(rule.whole, 0)}`,
          ]
        : published,
    notes: [
      ...(note === undefined ? [] : [note]),
      'Rates and yields are net of it: it is not to be subtracted again.',
    ],
    calls: callsOf(live, [], fee),
  }
}

/** What a market pays over or under the protocol's own rate. */
export function premiumReceipt(live: Live, own: LivePool, premium: bigint): Receipt {
  const { pool, reading, outcomes, facts } = own
  const { market } = pool
  const { market: note } = aboutToken(pool)
  const isToken = market.kind === 'feed' && market.prices === 'token'
  const rate = reading.state === 'known' ? formatExact(reading.rate) : 'not known'
  const price = 'value' in facts.market ? formatExact(facts.market.value.price) : 'not known'
  const [rateOutcome] = outcomes
  return {
    title: `${pool.token.symbol}: premium or discount`,
    value: `${formatPercent(premium, 4)} %`,
    operator: live.operator,
    formula: isToken
      ? ['market price ÷ rate − 1', `${price} ÷ ${rate} − 1`]
      : [
          `market price of ${pool.unit === 'ETH' ? 'the unwrapped token' : pool.unit} in ETH − 1`,
          `${price} − 1`,
        ],
    notes: [
      ...('value' in facts.market
        ? [`The feed was updated at ${formatTime(facts.market.value.updatedAt)}.`]
        : []),
      ...(note === undefined ? [] : [note]),
      'A feed moves when the price has moved by about half a percent or a day has passed: below that, a premium is noise.',
    ],
    calls: [
      ...callsOf(live, [market.kind === 'feed' ? market.name : 'Feed', 'Decimals of the feed'], facts.market),
      ...(isToken && rateOutcome !== undefined
        ? [callOf('Rate', pool.rate, rateOutcome.returnData, live)]
        : []),
    ],
  }
}

type Mark = Extract<NonNullable<LivePool['facts']['lastReport']>, { readonly value: unknown }>['value']

const markInWords = (mark: Mark | undefined): string =>
  mark === undefined
    ? 'not known'
    : 'time' in mark
      ? formatTime(mark.time)
      : `block ${formatBlock(mark.block)}`

function streamNotes(live: Live, { facts: { streamEnd } }: LivePool): string[] {
  if (streamEnd === undefined || 'why' in streamEnd) return []
  const verb = streamEnd.value > live.time ? 'ends' : 'ended'
  return [
    `The stream that it started ${verb} at ${formatTime(streamEnd.value)}; after its end the rate stands still.`,
  ]
}

/** When a pool last reported, as its contract tells it. `age` is how the figure says it. */
export function reportReceipt(live: Live, own: LivePool, age: string): Receipt {
  const { pool, facts } = own
  const { lastReport, streamEnd } = facts
  const mark = lastReport !== undefined && 'value' in lastReport ? lastReport.value : undefined
  const { less = 0n } = pool.lastReport ?? {}
  const isBlock = mark !== undefined && 'block' in mark
  return {
    title: `${pool.name}: last report`,
    value: markInWords(mark),
    operator: live.operator,
    formula: [
      less === 0n ? 'The contract’s answer.' : `The contract’s answer − ${formatExact(less, 0)} s`,
      `Shown as “${age}”, at block ${formatBlock(live.block)}, ${formatTime(live.time)}.`,
    ],
    notes: [
      aboutToken(pool).lastReport ?? '',
      ...(isBlock ? ['The time of that block lies between those of the samples around it.'] : []),
      ...streamNotes(live, own),
    ],
    calls: [
      ...callsOf(live, ['Last report'], lastReport ?? { outcomes: [] }),
      ...callsOf(
        live,
        ['End of the stream'],
        streamEnd === undefined || pool.streamEnd === pool.lastReport?.read ? { outcomes: [] } : streamEnd,
      ),
    ],
  }
}

/** Why the samples are asked and not a contract. */
function whyNotTold({ facts: { lastReport } }: LivePool): string {
  if (lastReport === undefined) return 'No contract of this pool tells when it last reported'
  if ('why' in lastReport) return lastReport.why.replace(/\.$/, '')
  return 'The samples do not reach back to the block of the report that its contract tells'
}

/** The last change of rate that samples show, where no contract tells of a report. */
export function changeOfRateReceipt(own: LivePool, series: PoolSeries): Receipt {
  const { pool } = own
  const { points, operators } = series
  const [before, after] = [points.at(-2), points.at(-1)]
  return {
    title: `${pool.name}: last change of rate`,
    value: after === undefined ? 'not known' : formatTime(after.landedAt),
    operator: after === undefined ? undefined : operatorsOf(operators, before ?? after, after),
    formula: after === undefined ? [] : momentOf(after),
    notes: [
      after?.report === undefined
        ? `${whyNotTold(own)}: samples of its rate show the change.`
        : 'Its event tells the new rate.',
    ],
    ...evidenceOf(
      pool,
      operators,
      ...(before === undefined ? [] : [['The rate before', before] as const]),
      ...(after === undefined ? [] : [['The new rate', after] as const]),
    ),
  }
}

/** A pool's part of all that is listed. */
export function shareReceipt(live: Live, { pool, reading }: LivePool, share: bigint, whole: Whole): Receipt {
  const own = reading.state === 'known' ? reading.pooled : 0n
  return {
    title: `${pool.name}: share of all pools listed`,
    value: `${formatPercent(share, 4)} %`,
    operator: live.operator,
    formula: [
      'supply ÷ the supplies of all pools listed',
      `${formatExact(own)} ÷ ${formatExact(whole.total)}`,
    ],
    notes: [
      'frxETH, pxETH and OETH are counted as if each were 1 ETH.',
      ...whole.aged.map(
        ({ name, block }) =>
          `${name} cannot be read now and counts with its supply at block ${formatBlock(block)}.`,
      ),
      aboutToken(pool).supply,
    ],
    calls: [],
  }
}

/** A pool's supply in US dollars. */
export function supplyInDollarsReceipt(live: Live, { pool, reading }: LivePool): Receipt {
  const worth = inDollars('supply', reading.state === 'known' ? reading.pooled : 0n, live.price, live)
  return {
    ...worth,
    title: `${pool.name}: supply in US dollars`,
    operator: live.operator,
    notes: [...atPar(pool), ...worth.notes, 'The supply has a receipt of its own beside this figure.'],
  }
}

/** One figure about the way out. */
export function exitReceipt(
  live: Live,
  { pool }: LivePool,
  figure: ExitFigure,
  told: Told,
  text: string,
): Receipt {
  return {
    title: `${pool.name}: ${figure.label}`,
    value: text,
    operator: live.operator,
    formula: [
      figure.kind === 'share'
        ? `The contract’s answer ÷ ${formatExact(figure.whole, 0)}`
        : figure.kind === 'count'
          ? 'The contract’s answer.'
          : 'The contract’s answer, divided by 10¹⁸.',
    ],
    notes: figure.note === undefined ? [] : [figure.note],
    calls: callsOf(live, [figure.label], told),
  }
}
