import type { BlockNumber, Seconds, Wad, Wei } from './fixedPoint.ts'

/** What a pool's contracts said of it, and what its market feed said beside them. */
export type KnownReading = {
  readonly state: 'known'
  readonly rate: Wad
  readonly supply: Wei
  readonly pooled: Wei
  /** ETH for what the feed prices: the token, or the unit of its rate. Absent where the feed told no usable price. */
  readonly market?: Wad
}

/** What one pool's contracts said at one block. Only `known` and `notYet` are facts; `unknown` is never stored. */
export type Reading =
  | KnownReading
  | { readonly state: 'notYet' }
  | { readonly state: 'unknown'; readonly why: string }

/**
 * All pools' readings at one block, with the block's number and time as read in the same call.
 * `readings` is keyed by pool key (`id@version`), so that a changed definition never meets old values.
 */
export type Sample = {
  readonly block: BlockNumber
  readonly time: Seconds
  readonly readings: Readonly<Record<string, Reading>>
  readonly operator: string
}

/** Where samples are kept between visits. Implemented in `store/`; `chain/` only knows this shape. */
export type SampleArchive = {
  /** All stored samples of a chain from one block to another, ascending. */
  readonly load: (identity: string, from: BlockNumber, to: BlockNumber) => Promise<readonly Sample[]>
  /** Keep samples for ever: call it with blocks at or below `finalized` only. */
  readonly keep: (identity: string, samples: readonly Sample[]) => Promise<void>
}
