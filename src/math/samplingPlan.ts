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

/** Distance between samples: the finest of a day's halves and doubles that needs at most 400 samples. */
export function samplingStep(from: Seconds, until: Seconds): Seconds {
  let step = FINEST
  while ((until - from) / step >= MOST_SAMPLES) step *= 2n
  return step
}

/** Order indices 0…count−1 coarse to fine: both ends, the middle, the quarters, and so on. */
function coarseToFine(count: number): number[] {
  const order = new Set<number>([count - 1, 0])
  let stride = 1
  while (stride < count) stride *= 2
  for (; stride >= 1; stride /= 2) for (let index = 0; index < count; index += stride) order.add(index)
  return [...order].filter(index => index >= 0)
}

/**
 * List the times at which samples are wanted, most useful first: around the anchors, then coarse to fine.
 * Times are multiples of the step, so that a range asked tomorrow wants the same ones.
 */
export function wantedTimes({ from, until, anchors }: SamplingWish): Seconds[] {
  const step = samplingStep(from, until)
  const times: Seconds[] = []
  for (let time = (from / step) * step; time <= until; time += step) if (time >= from) times.push(time)
  const isNear = (time: Seconds): boolean =>
    anchors.some(anchor => time - anchor <= DAY && anchor - time <= 2n * DAY)
  const ordered = coarseToFine(times.length).flatMap(index => times[index] ?? [])
  // A step far below a day would make "around an anchor" the whole of the work: then plain coarse to fine is better.
  if (step < DAY / 4n) return ordered
  return [...ordered.filter(isNear), ...ordered.filter(time => !isNear(time))]
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
  const half = samplingStep(state.wish.from, state.wish.until) / 2n
  if (before !== undefined && time - before.time <= half) return undefined
  if (after !== undefined && after.time - time < half) return undefined
  const estimate = ((estimateBlock(state.clock, time) + grid / 2n) / grid) * grid
  return estimate < lowest ? lowest : estimate > highest ? highest : estimate
}

const ceilToGrid = (block: BlockNumber, grid: bigint): BlockNumber => ((block + grid - 1n) / grid) * grid

/** Choose the next block to read, or undefined where all is served or under way. Mark it with `underWay`. */
export function nextBlock(state: SamplingState): { time: Seconds; block: BlockNumber } | undefined {
  const taken = new Set(state.underWay.values())
  for (const time of state.wanted) {
    if (state.underWay.has(time)) continue
    const block = blockFor(state, time)
    if (block !== undefined && !taken.has(block)) return { time, block }
  }
  return undefined
}

/** How many of the wanted times are served: "212 of 366 samples". */
export function samplingProgress(state: SamplingState): { readonly done: number; readonly wanted: number } {
  const open = state.wanted.filter(time => blockFor(state, time) !== undefined).length
  return { done: state.wanted.length - open, wanted: state.wanted.length }
}
