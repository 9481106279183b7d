import type { BlockNumber } from '../math/fixedPoint.ts'
import {
  type BlockSet,
  blockSet,
  covers,
  type Interval,
  intersect,
  lengthOf,
  newestOf,
  subtract,
  union,
} from '../math/intervals.ts'

/** What one endpoint has shown of a filter's known logs. */
export type LogProof = {
  /** Whether it has shown a log where there is one. */
  readonly isProven: () => boolean
  /** Whether this answer, with those before, leaves a known range without a log. */
  readonly isLost: (piece: Interval, blocks: readonly BlockNumber[]) => boolean
  readonly enter: (piece: Interval, blocks: readonly BlockNumber[]) => void
  /** Whether an answer for the piece will tell. */
  readonly isTold: (piece: Interval) => boolean
  /** A known range to ask for; undefined where there is none from this block on. */
  readonly nextKnown: (floor: BlockNumber, size: bigint) => Interval | undefined
  /** The newest part of such a range that the endpoint has not answered. */
  readonly nextProof: (floor: BlockNumber, size: bigint) => Interval | undefined
}

const points = (blocks: readonly BlockNumber[]): BlockSet =>
  blockSet(blocks.map(block => ({ from: block, to: block })))

/** The newest range that fits into one request, or else the shortest. */
const better = (a: Interval, b: Interval, size: bigint): boolean => {
  const [fitsA, fitsB] = [lengthOf(a) <= size, lengthOf(b) <= size]
  if (fitsA !== fitsB) return fitsA
  return fitsA ? a.to > b.to : lengthOf(a) < lengthOf(b)
}

/**
 * Find out whether an endpoint serves logs: it does once it has shown one in a range in which there is one, and does
 * not once it has answered for all of such a range without.
 * @param known ranges with at least one log each
 */
export function createLogProof(known: readonly Interval[], wasProven: boolean): LogProof {
  let isProven = wasProven
  let answered: BlockSet = []
  let marks: BlockSet = []
  const nextKnown = (floor: BlockNumber, size: bigint): Interval | undefined =>
    known
      .filter(({ from }) => from >= floor)
      .reduce<Interval | undefined>(
        (best, range) => (best === undefined || better(range, best, size) ? range : best),
        undefined,
      )
  return {
    isProven: () => isProven,
    isLost: (piece, blocks) => {
      const [all, shown] = [union(answered, [piece]), union(marks, points(blocks))]
      const met = known.filter(({ from, to }) => from <= piece.to && to >= piece.from)
      return met.some(range => covers(all, range) && intersect(shown, [range]).length === 0)
    },
    enter: (piece, blocks) => {
      answered = union(answered, [piece])
      marks = union(marks, points(blocks))
      isProven ||= known.some(range => intersect(points(blocks), [range]).length > 0)
    },
    isTold: piece => known.some(range => covers([piece], range)),
    nextKnown,
    nextProof: (floor, size) => {
      const range = nextKnown(floor, size)
      return range === undefined ? undefined : newestOf(subtract([range], answered), size)
    },
  }
}
