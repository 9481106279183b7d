import type { BlockNumber, Seconds, Wad, Wei } from './fixedPoint.ts'

/**
 * What a wallet held at the end of one block, by asset id: units are summed over its accounts, a rate is the unit of
 * account per 1e18 units. An id that is missing is not known.
 */
export type Moment = {
  readonly block: BlockNumber
  readonly time: Seconds
  /** US dollars per ETH with 8 decimals, where the feed could be judged. */
  readonly price: bigint | undefined
  readonly units: Readonly<Record<string, Wei>>
  readonly rates: Readonly<Record<string, Wad>>
}

/** Order what belongs to blocks as the chain does. */
export const byBlock = (
  { block }: { readonly block: BlockNumber },
  other: { readonly block: BlockNumber },
): number => (block < other.block ? -1 : block > other.block ? 1 : 0)
