import { formatExact } from '../../format/number.ts'
import { formatTime } from '../../format/time.ts'
import { etherInDollars } from '../../math/holdings.ts'
import type { Report } from '../../math/report.ts'
import type { RatePoint } from '../../math/series.ts'
import type { TokenPool } from '../../pools/definePool.ts'
import { describeReport } from '../../pools/describeReport.ts'
import { castLine, type Read } from '../../pools/read.ts'
import { encodeWord } from '../../pools/words.ts'
import type { LivePrice } from '../../queries/live.ts'

/** One call behind a figure, with what anybody needs to repeat it. */
export type ReceiptCall = {
  readonly label: string
  readonly block: bigint
  readonly time: bigint
  readonly read: Read
  readonly returnData: string
  readonly castLine: string
  /** Who gave it; several where it is one of them and which is not told. */
  readonly operators: readonly string[]
}

/** One event behind a figure, with what anybody needs to see it again. */
export type ReceiptLog = {
  readonly label: string
  /** Seconds since 1970 at which it landed. */
  readonly time: bigint
  readonly report: Report
  readonly signature: string
  readonly words: readonly { readonly name: string; readonly value: bigint }[]
  readonly logsLine: string
  readonly callLine: string
}

/** How a figure came about. */
export type Receipt = {
  readonly title: string
  readonly value: string
  /** Undefined where nothing was read for it. */
  readonly operator: string | undefined
  readonly formula: readonly string[]
  readonly notes: readonly string[]
  readonly calls: readonly ReceiptCall[]
  readonly logs?: readonly ReceiptLog[]
  /** The wallet that the calls name: whoever is asked for them sees it. */
  readonly account?: string
  /** Why a figure is not known. */
  readonly why?: string
}

type Moment = { readonly block: bigint; readonly time: bigint }

/** A moment of the chain as one operator told it. */
export type At = Moment & { readonly operator: string }

/** Who gave the samples, by block. */
export type Source = ReadonlyMap<bigint, string>

const UNRECORDED = 'an operator that is not recorded'

/** Name who gave the sample of a block. */
const giversOf = (source: Source, block: bigint): readonly string[] => [source.get(block) ?? UNRECORDED]

/** Name all who gave the samples or the reports of some points. */
export const operatorsOf = (source: Source, ...points: readonly RatePoint[]): string =>
  [
    ...new Set(
      points.flatMap(({ block, report }) =>
        report === undefined ? giversOf(source, block) : report.log.operator,
      ),
    ),
  ].join(' and ')

function describeCall(
  label: string,
  read: Read,
  returnData: string,
  { block, time, operators }: Moment & Pick<ReceiptCall, 'operators'>,
): ReceiptCall {
  return { label, read, returnData, block, time, operators, castLine: castLine(read, block) }
}

export const callOf = (label: string, read: Read, returnData: string, at: At): ReceiptCall =>
  describeCall(label, read, returnData, { ...at, operators: [at.operator] })

/** A stored value as the contract answered it. */
export const wordOf = (value: bigint): string => `0x${encodeWord(value)}`

type Labelled = readonly [label: string, point: RatePoint]

/** The event that gave the rate of a point, where it is one. */
function rateLog(pool: TokenPool, [label, { report, landedAt: time }]: Labelled): ReceiptLog[] {
  const described = report === undefined ? undefined : describeReport(pool, report)
  if (report === undefined || described === undefined) return []
  const { event, ...rest } = described
  return [{ label, time, report, signature: event.signature, ...rest }]
}

/** What the rates of some points rest on: events where they were reported, calls where they were sampled. */
export const evidenceOf = (
  pool: TokenPool,
  source: Source,
  ...points: readonly Labelled[]
): Required<Pick<Receipt, 'calls' | 'logs'>> => ({
  calls: points.flatMap(([label, point]) =>
    point.report === undefined ? rateCall(label, pool, point, source) : [],
  ),
  logs: points.flatMap(labelled => rateLog(pool, labelled)),
})

/** The call that gave the rate of a point. */
const rateCall = (
  label: string,
  pool: TokenPool,
  { block, landedAt: time, rate }: RatePoint,
  source: Source,
): ReceiptCall =>
  describeCall(label, pool.rate, wordOf(rate), { block, time, operators: giversOf(source, block) })

/** What an amount of ether is worth at the price that was read with it. */
export function inDollars(
  name: string,
  ether: bigint,
  { price, outcome }: LivePrice,
  at: At,
): Pick<Receipt, 'value' | 'formula' | 'notes' | 'calls'> {
  return {
    value: price === undefined ? 'not known' : `${formatExact(etherInDollars(ether, price.answer))} USD`,
    formula: [
      `${name} × price ÷ 10⁸`,
      `${formatExact(ether)} × ${price === undefined ? '–' : formatExact(price.answer, 8)}`,
    ],
    notes: price === undefined ? [] : [`The price was updated at ${formatTime(price.updatedAt)}.`],
    calls: [callOf('Chainlink ETH/USD', outcome.read, outcome.returnData, at)],
  }
}

/** What stands in the place of a figure that is not known: the reason. */
export const unknownReceipt = (why: string): Receipt => ({
  title: 'Not known',
  value: '–',
  operator: undefined,
  formula: [why],
  why,
  notes: ['A figure that cannot be read is left out. It is never taken for 0.'],
  calls: [],
})
