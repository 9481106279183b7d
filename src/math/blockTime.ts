import { bracketOfBlock, type ClockPoint } from './blockClock.ts'
import type { BlockNumber, Seconds } from './fixedPoint.ts'

/** A moment as far as it is known: exact where the two are equal. */
export type TimeBounds = { readonly earliest: Seconds; readonly latest: Seconds }

/** From some block on, each comes at least so long after the one before. */
export type Slots = { readonly since: BlockNumber; readonly seconds: Seconds }

/** Since the Merge (block 15,537,394) mainnet's blocks are whole slots of 12 s apart; a slot may stay empty. */
const MAINNET_SLOTS: Slots = { since: 15_537_394n, seconds: 12n }

/** On a chain of which nothing else is known, each block is later than the one before. */
const ANY_SLOTS: Slots = { since: 0n, seconds: 1n }

export const slotsOf = (chainId: bigint): Slots => (chainId === 1n ? MAINNET_SLOTS : ANY_SLOTS)

/** The least time that passes from one block to a later one. */
function leastBetween(from: BlockNumber, to: BlockNumber, { since, seconds }: Slots): Seconds {
  const regular = from >= since ? to - from : to > since ? to - since : 0n
  return regular * seconds + (to - from - regular)
}

/**
 * Bound a block's time by the known blocks around it: each slot takes its time, so both sides leave only the empty
 * slots between them open.
 * @param clock ascending
 * @returns undefined where the block does not lie between two known ones
 */
export function timeBounds(
  clock: readonly ClockPoint[],
  block: BlockNumber,
  slots: Slots,
): TimeBounds | undefined {
  const { before, after } = bracketOfBlock(clock, block)
  if (before?.block === block) return { earliest: before.time, latest: before.time }
  if (before === undefined || after === undefined) return undefined
  const earliest = before.time + leastBetween(before.block, block, slots)
  const latest = after.time - leastBetween(block, after.block, slots)
  // Blocks closer together than slots allow: a chain of another kind, of which only the order is known.
  return earliest <= latest ? { earliest, latest } : { earliest: before.time, latest: after.time }
}
