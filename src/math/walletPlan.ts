import { bracketOf } from './blockClock.ts'
import { type Course, isExactly, isLocated, type Move } from './course.ts'
import { type BlockNumber, mulDivDown, type Seconds } from './fixedPoint.ts'
import type { Moment } from './moment.ts'

/** Moments that give a wallet's past its shape before anything is known of it. */
const COARSE = 48n
/** Moments between the first at which something was held and the head: about each fifth day of a year. */
const FINE = 72n
/** A date is met where the last block read before it is so little older. */
const NEAR: Seconds = 300n

export type WalletPlan = {
  /** Ascending by block, each once. */
  readonly moments: readonly Moment[]
  readonly courses: readonly Course[]
  /** First block that can be read, and the last. */
  readonly from: BlockNumber
  readonly head: BlockNumber
  /** Spacing of samples in blocks. */
  readonly grid: bigint
  /** Moments in time at whose last block the figures are wanted. */
  readonly dates: readonly Seconds[]
}

/** What reading a block is good for. */
type Purpose = 'shape' | 'first' | 'date' | 'doubt' | 'place'
export type Wish = { readonly block: BlockNumber; readonly purpose: Purpose }

/** Spread blocks evenly over a range, on multiples of the grid, the coarsest first. */
export function evenly(
  { from, head, grid }: Pick<WalletPlan, 'from' | 'head' | 'grid'>,
  count: bigint,
): BlockNumber[] {
  if (head <= from) return []
  const steps = (head - from) / (count * grid)
  const step = grid * (steps > 0n ? steps : 1n)
  const multiples: bigint[] = []
  for (let index = from / step + 1n; index * step < head; index += 1n) multiples.push(index)
  const depth = (index: bigint): bigint => index & -index
  return multiples
    .sort((a, b) => (depth(a) > depth(b) ? -1 : depth(a) < depth(b) ? 1 : a < b ? -1 : 1))
    .map(index => index * step)
}

const holdsAnything = ({ units }: Moment): boolean => Object.values(units).some(held => held !== 0n)

/** The last moment before anything was held, and the first at which something was; undefined where nothing ever was. */
export function firstHeld(
  moments: readonly Moment[],
): { readonly before: Moment | undefined; readonly at: Moment } | undefined {
  const place = moments.findIndex(holdsAnything)
  const at = moments[place]
  return at === undefined ? undefined : { before: moments[place - 1], at }
}

/** Whether between two moments nothing can have been earned or moved: the same held at the same rates. */
function isStill(before: Moment, after: Moment): boolean {
  return Object.entries(after.units).every(
    ([asset, held]) =>
      before.units[asset] === held && (held === 0n || before.rates[asset] === after.rates[asset]),
  )
}

/** The moment that stands for a date: the last one read at or before it. */
export function momentBy(moments: readonly Moment[], date: Seconds): Moment | undefined {
  return moments.findLast(({ time }) => time <= date)
}

/** Where to look for the last block before a date; undefined where the one that is known will do. */
function blockBy(moments: readonly Moment[], date: Seconds): BlockNumber | undefined {
  const { before, after } = bracketOf(moments, date) as {
    before: Moment | undefined
    after: Moment | undefined
  }
  if (before === undefined || after === undefined || after.block === before.block + 1n) return undefined
  if (date - before.time <= NEAR || isStill(before, after)) return undefined
  const [blocks, seconds] = [after.block - before.block, after.time - before.time]
  const guess = before.block + mulDivDown(blocks, date - before.time, seconds)
  if (guess <= before.block) return before.block + 1n
  return guess >= after.block ? after.block - 1n : guess
}

const size = (value: bigint): bigint => (value < 0n ? -value : value)

type Weighed = Wish & { readonly weight: bigint }

/** More than any doubt about what is known: nobody can say how much is hidden. */
const UNKNOWN = 10n ** 60n

/** What would make a move surer: its block where that is not known, else the blocks around it. */
function wishesFor(move: Move, isRead: (block: BlockNumber) => boolean): Weighed[] {
  const doubt = size(move.units) * (move.rate.high - move.rate.low)
  const weight = doubt > 0n ? doubt : size(move.units)
  const purpose: Purpose = doubt > 0n ? 'doubt' : 'place'
  if (!isLocated(move)) return [{ block: (move.after + move.block) / 2n, purpose, weight }]
  const around = isExactly(move.rate) ? [move.block] : [move.block, move.after]
  return around.filter(block => !isRead(block)).map(block => ({ block, purpose, weight }))
}

const RANK: Readonly<Record<Purpose, number>> = { shape: 0, first: 1, date: 2, doubt: 3, place: 4 }

function byUse(one: Weighed, other: Weighed): number {
  if (one.purpose !== other.purpose) return RANK[one.purpose] - RANK[other.purpose]
  return one.weight > other.weight ? -1 : one.weight < other.weight ? 1 : 0
}

/** The blocks that would sharpen what is known the most, the best first, each once. */
export function sharpeners({ moments, courses }: Pick<WalletPlan, 'moments' | 'courses'>): Wish[] {
  const read = new Set(moments.map(({ block }) => block))
  const wishes = courses.flatMap(({ moves, unread }) => [
    ...unread.map((block): Weighed => ({ block, purpose: 'doubt', weight: UNKNOWN })),
    ...moves.flatMap(move => wishesFor(move, block => read.has(block))),
  ])
  const seen = new Set<bigint>()
  return wishes.sort(byUse).filter(({ block }) => {
    // A block that was read and did not help will not help again.
    const isNew = !seen.has(block) && !read.has(block)
    seen.add(block)
    return isNew
  })
}

/**
 * Say which blocks to read next: first the shape of the whole, then where it begins, then the dates that are asked for,
 * and at last what makes the moves surer, those with the most ether in doubt before the others.
 * @returns of one purpose only, the most useful first; none where nothing is left to find out
 */
export function nextBlocks(plan: WalletPlan): Wish[] {
  const { moments, from, head, grid, dates } = plan
  const read = new Set(moments.map(({ block }) => block))
  const unread = (blocks: readonly BlockNumber[], purpose: Purpose): Wish[] =>
    blocks.filter(block => !read.has(block)).map(block => ({ block, purpose }))
  const shape = unread([head, from, ...evenly({ from, head, grid }, COARSE)], 'shape')
  if (shape.length > 0) return shape
  const first = firstHeld(moments)
  if (first === undefined) return []
  const { before, at } = first
  if (before !== undefined && at.block > before.block + 1n)
    return [{ block: (before.block + at.block) / 2n, purpose: 'first' }]
  const finer = unread(evenly({ from: before?.block ?? at.block, head, grid }, FINE), 'shape')
  if (finer.length > 0) return finer
  const days = dates.flatMap(date => blockBy(moments, date) ?? [])
  if (days.length > 0) return unread([...new Set(days)], 'date')
  return sharpeners(plan)
}
