import type { BlockNumber, Seconds } from './fixedPoint.ts'
import type { Interval } from './intervals.ts'

type Bytes = `0x${string}`

/** An event as a contract emitted it. Addresses, topics and data are in small letters. */
export type EventLog = {
  readonly block: BlockNumber
  /** Its place in the block. */
  readonly index: bigint
  readonly address: Bytes
  readonly topics: readonly Bytes[]
  readonly data: Bytes
  readonly transaction: Bytes
  /** The block's time, where the endpoint gives it. */
  readonly time?: Seconds
  readonly operator: string
}

/** Order logs as the chain does. */
export const byPlace = (a: EventLog, b: EventLog): number =>
  a.block === b.block ? (a.index < b.index ? -1 : a.index > b.index ? 1 : 0) : a.block < b.block ? -1 : 1

/** Where logs are kept between visits, with the blocks that they are all of. Implemented in `store/`. */
export type LogArchive = {
  /** All that is kept of a filter: logs ascending, and the blocks that were read. */
  readonly load: (
    identity: string,
    filterKey: string,
  ) => Promise<{ readonly logs: readonly EventLog[]; readonly covered: readonly Interval[] }>
  /** Keep all logs of a piece for ever: call it with pieces at or below `finalized` only. */
  readonly keep: (
    identity: string,
    filterKey: string,
    piece: Interval,
    logs: readonly EventLog[],
  ) => Promise<void>
  /** Forget all pieces that share a block with these: who gave them has turned out to lose logs, or to make them up. */
  readonly drop: (identity: string, filterKey: string, pieces: readonly Interval[]) => Promise<void>
}
