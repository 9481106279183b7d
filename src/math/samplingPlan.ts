import { addToClock, bracketOf, type ClockPoint, estimateBlock } from './blockClock.ts'
import { type BlockNumber, DAY, type Seconds } from './fixedPoint.ts'

/** What history is wanted, before anything is known about where its blocks are. */
export type SamplingWish = {
  readonly from: Seconds
  readonly until: Seconds
  /** Samples are taken at multiples of this many blocks only, so that every range shares them. */
  readonly grid: bigint
  /** The lowest block worth asking. */
  readonly firstBlock: BlockNumber
  /** Times to be served before the rest: the ends of the windows that the page shows first. */
  readonly anchors: readonly Seconds[]
}

/** A year of daily samples fits with a 30-day window before it. */
const MOST_SAMPLES = 400n
const FINEST: Seconds = DAY / 32n

/** A chain of hours deserves samples closer than a day apart, as far as its grid has them. */
const FEWEST_SAMPLES = 30n

/** Distance between samples: a day, doubled until at most 400 are needed, or halved where that would be too few. */
export function samplingStep(from: Seconds, until: Seconds): Seconds {
  const span = until - from
  let step = DAY
  while (span / step >= MOST_SAMPLES) step *= 2n
  while (span / step < FEWEST_SAMPLES && step > FINEST) step /= 2n
  return step
}

/** Order coarse to fine: both ends, the middle, the quarters, and so on. */
function coarseToFine<Value>(values: readonly Value[]): Value[] {
  const order = new Set<number>([values.length - 1, 0])
  let stride = 1
  while (stride < values.length) stride *= 2
  for (; stride >= 1; stride /= 2)
    for (let index = 0; index < values.length; index += stride) order.add(index)
  return [...order].flatMap(index => values[index] ?? [])
}

/** Around an anchor the days are wanted singly, however coarse the rest: both ends of a window deserve a close look. */
const isNearAnchor = ({ anchors }: SamplingWish, time: Seconds): boolean =>
  anchors.some(anchor => time - anchor <= DAY && anchor - time <= 2n * DAY)

/** Multiples of a step after the start and up to the end; whole days are cut at the end's time of day. */
function timesAt({ from, until }: SamplingWish, step: Seconds): Seconds[] {
  const phase = until % (step < DAY ? step : DAY)
  const times: Seconds[] = []
  for (let time = ((from - phase) / step) * step + phase; time <= until; time += step)
    if (time > from || time === until) times.push(time)
  return times
}

/**
 * List the times at which samples are wanted, most useful first: around the anchors, then coarse to fine.
 * Days are counted from 1970 and cut at the end's time of day, so that a range asked on another day wants the same
 * ones, and a chain with a block a day is met at its blocks and not between them.
 */
export function wantedTimes(wish: SamplingWish): Seconds[] {
  const step = samplingStep(wish.from, wish.until)
  const ordered = coarseToFine(timesAt(wish, step))
  // A step far below a day would make "around an anchor" the whole of the work: then plain coarse to fine is better.
  if (step < DAY / 4n) return ordered
  const near = timesAt(wish, step > DAY ? DAY : step).filter(time => isNearAnchor(wish, time))
  return [...coarseToFine(near), ...ordered.filter(time => !isNearAnchor(wish, time))]
}

/** How far a sample may lie from a wanted time to serve it. */
function reachOf(wish: SamplingWish, time: Seconds): Seconds {
  const step = samplingStep(wish.from, wish.until)
  return (step > DAY && isNearAnchor(wish, time) ? DAY : step) / 2n
}

/** Progress of a reading plan: what is known and what is under way. Mutable, owned by one reader. */
export type SamplingState = {
  readonly wish: SamplingWish
  readonly wanted: readonly Seconds[]
  /** All blocks with a known time. */
  readonly clock: ClockPoint[]
  /** The blocks that have been sampled. */
  readonly sampled: ClockPoint[]
  readonly underWay: Map<Seconds, BlockNumber>
}

export function startSampling(wish: SamplingWish, known: readonly ClockPoint[]): SamplingState {
  const clock: ClockPoint[] = []
  for (const point of known) addToClock(clock, point)
  return { wish, wanted: wantedTimes(wish), clock, sampled: [], underWay: new Map() }
}

/** Record that a block was sampled, whether it was read now or stored before. */
export function recordSample(state: SamplingState, point: ClockPoint): void {
  addToClock(state.clock, point)
  addToClock(state.sampled, point)
}

/** The grid block to read for a wanted time, or undefined where the samples around it already serve it. */
function blockFor(state: SamplingState, time: Seconds): BlockNumber | undefined {
  const { grid, firstBlock } = state.wish
  const { before, after } = bracketOf(state.sampled, time)
  const lowest = before === undefined ? ceilToGrid(firstBlock, grid) : (before.block / grid + 1n) * grid
  const head = state.clock.at(-1)?.block ?? firstBlock
  const highest = after === undefined ? (head / grid) * grid : ((after.block - 1n) / grid) * grid
  if (lowest > highest) return undefined
  const half = reachOf(state.wish, time)
  if (before !== undefined && time - before.time <= half) return undefined
  if (after !== undefined && after.time - time < half) return undefined
  // No hole worth another read: a chain with a block or two a day may have none that is nearer.
  if (before !== undefined && after !== undefined && after.time - before.time <= 3n * half) return undefined
  const estimate = ((estimateBlock(state.clock, time) + grid / 2n) / grid) * grid
  return estimate < lowest ? lowest : estimate > highest ? highest : estimate
}

const ceilToGrid = (block: BlockNumber, grid: bigint): BlockNumber => ((block + grid - 1n) / grid) * grid

/**
 * Take the next block to read and mark it as under way, or give undefined where all is served or under way. Between
 * two samples only one block is under way at a time, since each answer makes the next guess better. Whoever takes a
 * block records its sample and then deletes its time from `underWay`.
 */
export function takeNextBlock(state: SamplingState): { time: Seconds; block: BlockNumber } | undefined {
  const sampledBefore = (time: Seconds): Seconds => bracketOf(state.sampled, time).before?.time ?? -1n
  const busy = new Set([...state.underWay.keys()].map(sampledBefore))
  for (const time of state.wanted) {
    if (busy.has(sampledBefore(time))) continue
    const block = blockFor(state, time)
    if (block === undefined) continue
    state.underWay.set(time, block)
    return { time, block }
  }
  return undefined
}

/** How many of the wanted times are served: "212 of 366 samples". */
export function samplingProgress(state: SamplingState): { readonly done: number; readonly wanted: number } {
  const open = state.wanted.filter(time => blockFor(state, time) !== undefined).length
  return { done: state.wanted.length - open, wanted: state.wanted.length }
}
