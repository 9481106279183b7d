import type { Course } from './course.ts'
import type { Period } from './earnings.ts'
import type { BlockNumber } from './fixedPoint.ts'
import type { Moment } from './moment.ts'

/**
 * How it is known what moved: `logs` where every block between the first holding and the head was searched for transfers,
 * `grid` where balances were compared from moment to moment.
 */
export type PastWay = 'logs' | 'grid'

/** What is known of a wallet's past, as far as it has been read. */
export type WalletPast = {
  /** Ascending by block. The first is the oldest block that was asked for, the last is the head. */
  readonly moments: readonly Moment[]
  /** Of the assets of which something was ever seen held, in the order of the assets. */
  readonly courses: readonly Course[]
  readonly way: PastWay
  /** Spans for which earnings are told; empty where nothing was ever held. */
  readonly periods: readonly Period[]
  /** Requests that were answered. */
  readonly calls: bigint
  /** Moves whose block or rate is not known exactly yet. */
  readonly unsure: number
  /** Whether nothing more would be read: what is unsure then stays so. */
  readonly isOver: boolean
  /** Set where it is over although more could be read: as many requests as a run makes were made. */
  readonly isPaused: boolean
  /** Why logs do not tell what moved; undefined where they do, and where they were not searched yet. */
  readonly noLogs: string | undefined
  /** Requests that a search for transfers would take; undefined where it is done or cannot be. */
  readonly searchCost: bigint | undefined
  /** The block from which on every block was searched for transfers; undefined where the newest were not. */
  readonly searchedFrom: BlockNumber | undefined
  readonly operator: string
}
