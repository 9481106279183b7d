import type { RatePoint } from '../../math/series.ts'
import type { TokenPool } from '../../pools/definePool.ts'
import { castLine, type Read } from '../../pools/read.ts'
import { encodeWord } from '../../pools/words.ts'

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
  /** Undefined where nothing was read for it. */
  readonly operator: string | undefined
  readonly formula: readonly string[]
  readonly notes: readonly string[]
  readonly calls: readonly ReceiptCall[]
}

export type Moment = { readonly block: bigint; readonly time: bigint }

export function callOf(label: string, read: Read, returnData: string, { block, time }: Moment): ReceiptCall {
  return { label, read, returnData, block, time, castLine: castLine(read, block) }
}

/** A stored value as the contract answered it. */
export const wordOf = (value: bigint): string => `0x${encodeWord(value)}`

/** The call that gave the rate of a point. */
export const rateCall = (label: string, pool: TokenPool, { block, landedAt, rate }: RatePoint): ReceiptCall =>
  callOf(label, pool.rate, wordOf(rate), { block, time: landedAt })

/** What stands in the place of a figure that is not known: the reason. */
export const unknownReceipt = (why: string): Receipt => ({
  title: 'Not known',
  value: '–',
  operator: undefined,
  formula: [why],
  notes: ['A figure that cannot be read is left out. It is never taken for 0.'],
  calls: [],
})
