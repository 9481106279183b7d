import type { BlockNumber } from './fixedPoint.ts'
import type { BlockSet, Interval } from './intervals.ts'

/** Blocks that were read and in which nothing happened. */
export type Stretch = Interval & {
  /** Whether it is known where it begins and ends: at an event or at the end of the range, not where reading stopped. */
  readonly isClosed: boolean
}

/**
 * Find the stretches without an event in what has been read.
 * @param range the blocks that are wanted
 * @param read the part of them that has been read
 * @param marks blocks with events, ascending, each once, all of them read
 */
export function stretchesBetween(range: Interval, read: BlockSet, marks: readonly BlockNumber[]): Stretch[] {
  const stretches: Stretch[] = []
  let next = 0
  for (const { from, to } of read) {
    let start = from
    let isBegun = from === range.from
    for (let mark = marks[next]; mark !== undefined && mark <= to; next += 1, mark = marks[next]) {
      if (mark > start) stretches.push({ from: start, to: mark - 1n, isClosed: isBegun })
      start = mark + 1n
      isBegun = true
    }
    if (start <= to) stretches.push({ from: start, to, isClosed: isBegun && to === range.to })
  }
  return stretches
}
