import {
  type BlockNumber,
  mulDivDown,
  mulDivUp,
  type Seconds,
  WAD,
  type Wad,
  type Wei,
  YEAR,
} from './fixedPoint.ts'
import { byBlock, type Moment } from './moment.ts'
import type { Accrual } from './series.ts'

/** An amount of ether times WAD: the products of units and rates, added up before anything is rounded. */
export type WeiWad = bigint

/** What is known only to lie between two values; exact where they are equal. */
export type Between = { readonly low: bigint; readonly high: bigint }

/** One asset that came in or went out, as a log tells it. */
export type Transfer = {
  readonly asset: string
  readonly block: BlockNumber
  /** Its place in the block. */
  readonly index: bigint
  readonly transaction: `0x${string}`
  /** Units that came in, negative where they went out; undefined where the log tells only that some moved. */
  readonly units: bigint | undefined
  /** Whom they came from or went to. */
  readonly counterpart: string
}

/** A change of an asset's rate by a report, at its place in a block. */
export type RateChange = { readonly asset: string; readonly block: BlockNumber; readonly index: bigint }

/** An asset at a moment: units held and the rate at the end of the block. */
export type Mark = {
  readonly block: BlockNumber
  readonly time: Seconds
  /** US dollars per ETH with 8 decimals. */
  readonly price: bigint | undefined
  readonly units: Wei
  readonly rate: Wad
}

/** Units that came in or went out, at a rate that is known as well as what was read allows. */
export type Move = {
  readonly asset: string
  /** It happened after this block and not after the other; in the other where they follow each other. */
  readonly after: BlockNumber
  readonly block: BlockNumber
  /** It happened after this time and not after the other; at the other where the block is known and was read. */
  readonly since: Seconds
  readonly time: Seconds
  readonly units: bigint
  readonly rate: Between
  /** Of the block where that was read, else of the next moment that was. */
  readonly price: bigint | undefined
  /** The log that tells it; undefined where only balances do. */
  readonly log?: Pick<Transfer, 'index' | 'transaction' | 'counterpart'>
}

/** How the holding of one asset went: what was read of it, and what moved in between. Both ascending. */
export type Course = {
  readonly asset: string
  readonly marks: readonly Mark[]
  readonly moves: readonly Move[]
  /** Blocks in which some moved, as logs tell, but not how much: as long as they are not read, what they hide is not known. */
  readonly unread: readonly BlockNumber[]
  /** Whether the oldest moment told nothing of it, so that it begins later. */
  readonly isLate: boolean
  /** Whether the newest moment told nothing of it, so that it ends sooner. */
  readonly isStale: boolean
}

export type CourseAsset = { readonly id: string; readonly accrual: Accrual }

export type Evidence = {
  /** Ascending by block, each once. */
  readonly moments: readonly Moment[]
  /** Of all assets, ascending; none where no logs were read. */
  readonly transfers: readonly Transfer[]
  /** Reports in blocks in which something moved as well. */
  readonly changes: readonly RateChange[]
}

export const worthOf = ({ units, rate }: Pick<Mark, 'units' | 'rate'>): WeiWad => units * rate

/** Whether it is known in which block it happened. */
export const isLocated = ({ after, block }: Pick<Move, 'after' | 'block'>): boolean => block === after + 1n

export const isExactly = ({ low, high }: Between): boolean => low === high

/**
 * A rate to put in the place of one that is not known, where nothing is held: that of the beginning, as all tokens start
 * at 1, or the last one, as long as nothing was held at it either. Undefined where a rate is needed.
 */
function idleRate(before: Mark | undefined, wasThere: boolean): Wad | undefined {
  if (!wasThere) return WAD
  return before?.units === 0n ? before.rate : undefined
}

/** Reduce moments to those at which an asset's units and rate are known. Where nothing is held no rate is needed. */
function marksOf(asset: string, moments: readonly Moment[]): Mark[] {
  const marks: Mark[] = []
  let wasThere = false
  for (const { block, time, price, units: allUnits, rates } of moments) {
    const [units, told] = [allUnits[asset], rates[asset]]
    wasThere ||= told !== undefined
    const rate = told ?? (units === 0n ? idleRate(marks.at(-1), wasThere) : undefined)
    if (units !== undefined && rate !== undefined) marks.push({ block, time, price, units, rate })
  }
  return marks
}

type Step = { readonly a: Mark; readonly b: Mark }

const spanOf = (one: Wad, other: Wad): Between =>
  one < other ? { low: one, high: other } : { low: other, high: one }

/** More than any stream of rewards pays: a fifth in a year. */
const FASTEST = 5n

/** Whether a rate moved no more in a step than time itself moves it: what others do in the block may move it as well. */
function isDrift({ a, b }: Step): boolean {
  const move = b.rate > a.rate ? b.rate - a.rate : a.rate - b.rate
  return b.rate > a.rate && move * YEAR * FASTEST <= a.rate * (b.time - a.time)
}

/** The rate at which units moved in a block of a step, by their places in it where they are known. */
function rateIn(
  { a, b }: Step,
  block: BlockNumber,
  { accrual, places, changes }: { accrual: Accrual; places: readonly bigint[]; changes: readonly bigint[] },
): Between {
  if (a.rate === b.rate) return { low: b.rate, high: b.rate }
  const isRead = b.block === block && a.block === block - 1n
  if (!isRead) return spanOf(a.rate, b.rate)
  if (accrual === 'continuous' && isDrift({ a, b })) return { low: b.rate, high: b.rate }
  const [first, last] = [changes[0], changes.at(-1)]
  if (first !== undefined && last !== undefined && places.length > 0) {
    if (places.every(place => place < first)) return { low: a.rate, high: a.rate }
    if (places.every(place => place > last)) return { low: b.rate, high: b.rate }
  }
  return spanOf(a.rate, b.rate)
}

/** What moved in a step: what logs tell, and what is left of the difference of the balances. */
function movesOf(
  { id, accrual }: CourseAsset,
  step: Step,
  { transfers, changes }: Pick<Evidence, 'transfers' | 'changes'>,
): Move[] {
  const { a, b } = step
  const frameOf = (block: BlockNumber, places: readonly bigint[]) => {
    const located = changes.filter(change => change.block === block).map(({ index }) => index)
    const isRead = block === b.block
    return {
      asset: id,
      after: block - 1n,
      block,
      since: isRead ? b.time : a.time,
      time: b.time,
      rate: rateIn(step, block, { accrual, places, changes: located }),
      price: b.price,
    }
  }
  const told = transfers.flatMap(({ block, units, index, transaction, counterpart }): Move[] =>
    units === undefined || units === 0n
      ? []
      : [{ ...frameOf(block, [index]), units, log: { index, transaction, counterpart } }],
  )
  const rest = b.units - a.units - told.reduce((sum, { units }) => sum + units, 0n)
  if (rest === 0n) return told
  const silent = transfers.filter(({ units }) => units === undefined)
  const [first] = silent
  if (first !== undefined && silent.every(({ block }) => block === first.block)) {
    const places = silent.map(({ index }) => index)
    const { index, transaction, counterpart } = first
    return [
      ...told,
      { ...frameOf(first.block, places), units: rest, log: { index, transaction, counterpart } },
    ].sort(byBlock)
  }
  if (b.block === a.block + 1n) return [...told, { ...frameOf(b.block, []), units: rest }]
  const unlocated = { after: a.block, block: b.block, since: a.time, time: b.time, price: b.price }
  return [...told, { asset: id, ...unlocated, units: rest, rate: spanOf(a.rate, b.rate) }]
}

/** Put in order what falls into each step between two marks. */
function within<Entry extends { readonly block: BlockNumber }>(
  entries: readonly Entry[],
  marks: readonly Mark[],
): Entry[][] {
  const steps: Entry[][] = marks.slice(1).map(() => [])
  let step = 0
  for (const entry of entries) {
    const [first] = marks
    if (first === undefined || entry.block <= first.block) continue
    while (step < steps.length && entry.block > (marks[step + 1]?.block ?? entry.block)) step += 1
    steps[step]?.push(entry)
  }
  return steps
}

/** Blocks of a step in which some moved by logs that do not tell how much, where there are several. */
function unreadIn({ b }: Step, transfers: readonly Transfer[]): BlockNumber[] {
  const silent = new Set(transfers.filter(({ units }) => units === undefined).map(({ block }) => block))
  return silent.size < 2 ? [] : [...silent].filter(block => block !== b.block)
}

/**
 * Follow an asset through the moments that were read. Between two of them logs tell what moved, where there are any;
 * what they leave unexplained of the balances' difference is a move of its own, in the whole time between and at any
 * rate between the two: so balances alone make a course too, and check the logs where they are there.
 */
export function courseOf(asset: CourseAsset, { moments, transfers, changes }: Evidence): Course {
  const marks = marksOf(asset.id, moments)
  const own = within(
    transfers.filter(transfer => transfer.asset === asset.id),
    marks,
  )
  const reports = within(
    changes.filter(change => change.asset === asset.id),
    marks,
  )
  const steps = marks.slice(1).map((b, place): Step => ({ a: marks[place] as Mark, b }))
  return {
    asset: asset.id,
    marks,
    moves: steps.flatMap((step, place) =>
      movesOf(asset, step, { transfers: own[place] ?? [], changes: reports[place] ?? [] }),
    ),
    unread: steps.flatMap((step, place) => unreadIn(step, own[place] ?? [])),
    isLate: marks[0]?.block !== moments[0]?.block,
    isStale: marks.at(-1)?.block !== moments.at(-1)?.block,
  }
}

/** Value what moved: the least and the most that it may have been worth, with its sign. */
export function valueMoved({ units, rate }: Pick<Move, 'units' | 'rate'>): { low: WeiWad; high: WeiWad } {
  const [one, other] = [units * rate.low, units * rate.high]
  return one < other ? { low: one, high: other } : { low: other, high: one }
}

const markAt = ({ marks }: Course, block: BlockNumber): Mark | undefined =>
  marks.find(mark => mark.block === block)

/**
 * What was earned after one mark and up to another: what the holding is worth at the end, less what it was worth at the
 * start, less what came in and plus what went out, each at the rate of its moment. The same as the sum, over every
 * change of the rate, of the units held before it times the change.
 * @returns in WeiWad; undefined where one of the two blocks was not read
 */
export function earnedBetween(course: Course, from: BlockNumber, to: BlockNumber): Between | undefined {
  const [start, end] = [markAt(course, from), markAt(course, to)]
  if (start === undefined || end === undefined) return undefined
  let low = worthOf(end) - worthOf(start)
  let high = low
  for (const move of course.moves) {
    if (move.block <= from || move.block > to) continue
    const moved = valueMoved(move)
    low -= moved.high
    high -= moved.low
  }
  return { low, high }
}

/** What was earned since the first mark, at every mark. */
export function earnedCourse({ marks, moves }: Course): (Between & Pick<Mark, 'block' | 'time'>)[] {
  const [first] = marks
  if (first === undefined) return []
  let moved: Between = { low: 0n, high: 0n }
  let next = 0
  return marks.map(mark => {
    for (let move = moves[next]; move !== undefined && move.block <= mark.block; move = moves[next]) {
      const value = valueMoved(move)
      moved = { low: moved.low + value.low, high: moved.high + value.high }
      next += 1
    }
    const change = worthOf(mark) - worthOf(first)
    return { block: mark.block, time: mark.time, low: change - moved.high, high: change - moved.low }
  })
}

/** Round to wei so that what was known to lie between still does. */
export const inWei = ({ low, high }: Between): Between =>
  low === high
    ? { low: mulDivDown(low, 1n, WAD), high: mulDivDown(high, 1n, WAD) }
    : { low: mulDivDown(low, 1n, WAD), high: mulDivUp(high, 1n, WAD) }

/** Add up what is known only to lie between. */
export const addUp = (parts: readonly Between[]): Between =>
  parts.reduce((sum, { low, high }) => ({ low: sum.low + low, high: sum.high + high }), { low: 0n, high: 0n })

/** The middle of what is known only to lie between, and how far the truth may be from it. */
export function middleOf({ low, high }: Between): { readonly value: bigint; readonly doubt: bigint } {
  const value = mulDivDown(low + high, 1n, 2n)
  return { value, doubt: high - value }
}
