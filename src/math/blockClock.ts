import type { BlockNumber, Seconds } from './fixedPoint.ts'

/** A block whose time is known. */
export type ClockPoint = { readonly block: BlockNumber; readonly time: Seconds }

/** Index of the first entry whose `key` is at or above `value`. */
function lowerBound(clock: readonly ClockPoint[], key: keyof ClockPoint, value: bigint): number {
  let low = 0
  let high = clock.length
  while (low < high) {
    const middle = (low + high) >> 1
    const point = clock[middle]
    if (point !== undefined && point[key] < value) low = middle + 1
    else high = middle
  }
  return low
}

/** Add a known block to a clock, in place, ascending; a block that is there already stays as it is. */
export function addToClock(clock: ClockPoint[], { block, time }: ClockPoint): void {
  const index = lowerBound(clock, 'block', block)
  if (clock[index]?.block !== block) clock.splice(index, 0, { block, time })
}

export type Bracket = { readonly before: ClockPoint | undefined; readonly after: ClockPoint | undefined }

/** Find the known blocks around a time: the last one at or before it and the first one after it. */
export function bracketOf(clock: readonly ClockPoint[], time: Seconds): Bracket {
  const index = lowerBound(clock, 'time', time + 1n)
  return { before: clock[index - 1], after: clock[index] }
}

const SLOT: Seconds = 12n

function extrapolate(
  from: ClockPoint,
  slope: readonly [ClockPoint, ClockPoint] | undefined,
  time: Seconds,
): BlockNumber {
  const [a, b] = slope ?? [undefined, undefined]
  if (a === undefined || b === undefined || a.time === b.time) return from.block + (time - from.time) / SLOT
  return from.block + ((time - from.time) * (b.block - a.block)) / (b.time - a.time)
}

/**
 * Estimate which block was current at a time. The pace of the blocks just before the bracket is preferred where it
 * stays inside it, since block times change abruptly only where a chain changes its rules; else the bracket is
 * interpolated; outside all that is known, 12 s a block is assumed.
 * @param clock ascending; must not be empty
 */
export function estimateBlock(clock: readonly ClockPoint[], time: Seconds): BlockNumber {
  const index = lowerBound(clock, 'time', time + 1n)
  const [earlier, before, after] = [clock[index - 2], clock[index - 1], clock[index]]
  if (before === undefined) {
    const next = clock[index + 1]
    return after === undefined ? 0n : extrapolate(after, next === undefined ? undefined : [after, next], time)
  }
  const byPace = earlier === undefined ? undefined : extrapolate(before, [earlier, before], time)
  if (after === undefined) return byPace ?? extrapolate(before, undefined, time)
  if (byPace !== undefined && byPace < after.block) return byPace
  return extrapolate(before, [before, after], time)
}
