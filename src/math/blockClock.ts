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

/** Find the known blocks around a block: the last one at or before it and the first one after it. */
export function bracketOfBlock(clock: readonly ClockPoint[], block: BlockNumber): Bracket {
  const index = lowerBound(clock, 'block', block + 1n)
  return { before: clock[index - 1], after: clock[index] }
}

const SLOT: Seconds = 12n

/** Two known blocks, from which the pace of the blocks is taken. */
type Pace = readonly [ClockPoint, ClockPoint]

/** Carry a pace on from a known block, rounded to the nearest block. */
function extrapolate(from: ClockPoint, [a, b]: Pace, time: Seconds): BlockNumber {
  const seconds = b.time - a.time
  if (seconds <= 0n) return from.block + (time - from.time) / SLOT
  const blocks = (time - from.time) * (b.block - a.block)
  return from.block + (2n * blocks + (blocks < 0n ? -seconds : seconds)) / (2n * seconds)
}

/** The pace before a bracket, measured over about as long as it is carried on: the last two blocks may be a chance. */
function paceBefore(clock: readonly ClockPoint[], before: ClockPoint, time: Seconds): Pace | undefined {
  const ahead = time - before.time
  const earlier = bracketOf(clock, before.time - ahead).before ?? clock[0]
  return earlier !== undefined && before.time - earlier.time >= ahead / 4n ? [earlier, before] : undefined
}

/** How far a pace is from another, in parts of a hundred of the smaller. */
function difference([a, b]: Pace, [c, d]: Pace): bigint {
  const [one, other] = [(b.time - a.time) * (d.block - c.block), (d.time - c.time) * (b.block - a.block)]
  const [larger, smaller] = one > other ? [one, other] : [other, one]
  return ((larger - smaller) * 100n) / (smaller + 1n)
}

/**
 * Estimate which block was current at a time. Between two known blocks it is interpolated, unless the pace so found
 * is nearer to that of the blocks before than to that of the blocks after: then block times changed abruptly inside
 * the bracket, and the pace before it goes on. Outside all that is known the nearest pace goes on, or 12 s a block.
 * @param clock ascending; must not be empty
 */
export function estimateBlock(clock: readonly ClockPoint[], time: Seconds): BlockNumber {
  const index = lowerBound(clock, 'time', time + 1n)
  const [earlier, before, after, later] = [clock[index - 2], clock[index - 1], clock[index], clock[index + 1]]
  if (before === undefined)
    return after === undefined ? 0n : extrapolate(after, [after, later ?? after], time)
  if (after === undefined) return extrapolate(before, [earlier ?? before, before], time)
  const whole: Pace = [before, after]
  const pace = paceBefore(clock, before, time)
  const fromAfter = later === undefined ? 0n : difference(whole, [after, later])
  if (pace === undefined)
    // Days of a block each, then blocks of 12 s: interpolation would meet the latter again and again.
    return fromAfter > 100n ? (before.block + after.block) / 2n : extrapolate(before, whole, time)
  const byPace = extrapolate(before, fromAfter < difference(whole, pace) ? whole : pace, time)
  return byPace < after.block ? byPace : extrapolate(before, whole, time)
}
