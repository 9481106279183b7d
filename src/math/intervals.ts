import type { BlockNumber } from './fixedPoint.ts'

/** Blocks from one to another, both included. */
export type Interval = { readonly from: BlockNumber; readonly to: BlockNumber }

/** A set of blocks: ascending, and no two intervals meet or touch. */
export type BlockSet = readonly Interval[]

/** Count the blocks of an interval; 0 where it ends before it begins. */
export const lengthOf = ({ from, to }: Interval): bigint => (to < from ? 0n : to - from + 1n)

/** Count the blocks of a set. */
export const totalBlocks = (set: BlockSet): bigint => set.reduce((sum, one) => sum + lengthOf(one), 0n)

/** Make a set of any intervals: in any order, overlapping, or empty. */
export function blockSet(intervals: readonly Interval[]): Interval[] {
  const ascending = intervals
    .filter(({ from, to }) => from <= to)
    .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
  const set: Interval[] = []
  for (const { from, to } of ascending) {
    const last = set.at(-1)
    if (last === undefined || last.to + 1n < from) set.push({ from, to })
    else if (last.to < to) set[set.length - 1] = { from: last.from, to }
  }
  return set
}

/** Give the blocks of any of these sets. */
export const union = (...sets: readonly BlockSet[]): Interval[] => blockSet(sets.flat())

/** Give the blocks of a set that are not in the other. */
export function subtract(set: BlockSet, other: BlockSet): Interval[] {
  const rest: Interval[] = []
  let first = 0
  for (const { from, to } of set) {
    while ((other[first]?.to ?? from) < from) first += 1
    let start = from
    for (let index = first; ; index += 1) {
      const cut = other[index]
      if (cut === undefined || cut.from > to) break
      if (cut.from > start) rest.push({ from: start, to: cut.from - 1n })
      start = cut.to + 1n
    }
    if (start <= to) rest.push({ from: start, to })
  }
  return rest
}

/** Give the blocks that are in both sets. */
export function intersect(set: BlockSet, other: BlockSet): Interval[] {
  const both: Interval[] = []
  for (let one = 0, two = 0; ; ) {
    const [a, b] = [set[one], other[two]]
    if (a === undefined || b === undefined) return both
    const part = { from: a.from > b.from ? a.from : b.from, to: a.to < b.to ? a.to : b.to }
    if (part.from <= part.to) both.push(part)
    if (a.to < b.to) one += 1
    else two += 1
  }
}

/** Whether all blocks of an interval are in a set. */
export const covers = (set: BlockSet, { from, to }: Interval): boolean =>
  to < from || set.some(one => one.from <= from && to <= one.to)

/** Give the newest blocks of a set that hang together, so many at most. */
export function newestOf(set: BlockSet, most: bigint): Interval | undefined {
  const last = set.at(-1)
  if (last === undefined) return undefined
  return lengthOf(last) <= most ? last : { from: last.to - most + 1n, to: last.to }
}
