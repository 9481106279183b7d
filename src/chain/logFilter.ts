import type { Address, Hex } from 'viem'
import type { Interval } from '../math/intervals.ts'

/** Which logs are wanted: of any of these contracts, with any of these first topics. */
export type LogSelection = {
  readonly addresses: readonly Address[]
  readonly topics: readonly Hex[]
  /** The topics behind the first, each any of these or, where it is null, anything. */
  readonly further?: readonly (readonly Hex[] | null)[]
}

export type LogFilter = LogSelection & {
  /** Names the filter in the store: it changes when addresses or topics change. */
  readonly key: string
  /** Ranges that hold at least one such log each: what an endpoint must have shown before its silence counts. */
  readonly known: readonly Interval[]
  /** Blocks after which silence is strange. */
  readonly quiet: bigint
}
