import type { EventLog } from './eventLog.ts'
import type { BlockNumber, Seconds, Wad } from './fixedPoint.ts'

/** What an event says of when its oracle measured: a time, a reference block, or nothing; then it is when it landed. */
export type MeasuredAt =
  | { readonly kind: 'time'; readonly time: Seconds }
  | { readonly kind: 'block'; readonly block: BlockNumber }
  | { readonly kind: 'landing' }

/** A new rate as an event tells it. */
export type Report = {
  /** The rate that the contract answers from this log's block on. */
  readonly rate: Wad
  readonly measured: MeasuredAt
  readonly log: EventLog
  /** The operator that told the same log when it was asked too; absent where one operator tells it alone. */
  readonly confirmedBy?: string
}

/** Where times of blocks are kept between visits. Implemented in `store/`. */
export type BlockTimeArchive = {
  /** The times that are known of these blocks. */
  readonly load: (
    identity: string,
    blocks: Iterable<BlockNumber>,
  ) => Promise<ReadonlyMap<BlockNumber, Seconds>>
  /** Keep times for ever: call it with blocks at or below `finalized` only. */
  readonly keep: (identity: string, entries: Iterable<readonly [BlockNumber, Seconds]>) => Promise<void>
}
