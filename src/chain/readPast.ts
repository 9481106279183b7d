import { addToClock, bracketOf, type ClockPoint, estimateBlock } from '../math/blockClock.ts'
import { type BlockNumber, DAY, type Seconds } from '../math/fixedPoint.ts'
import type { Sample, SampleArchive } from '../math/sample.ts'
import type { TokenPool } from '../pools/definePool.ts'
import type { ChainClient } from './client.ts'
import { type Extent, readExtent } from './readExtent.ts'
import { isWhole, withoutDisputed } from './readHistory.ts'
import { readSnapshot, sampleOf } from './readSnapshot.ts'
import { createSampleKeeper } from './sampleKeeper.ts'
import { createWitness } from './witness.ts'

export type PastRequest = {
  readonly pools: readonly TokenPool[]
  readonly head: ClockPoint & { readonly chainId: bigint }
  /** The moment at or after which the first block of the grid is wanted. */
  readonly time: Seconds
  /** Blocks whose times are known already: they save questions. */
  readonly known: readonly ClockPoint[]
  readonly signal?: AbortSignal | undefined
}

/** All pools at a moment of the past, or why there is nothing to read. */
export type PastReading =
  | {
      readonly kind: 'read'
      readonly sample: Sample
      /** Whether another operator gave the same, or it is the reader's own node. */
      readonly isConfirmed: boolean
    }
  /** The moment lies before all that there is, or before all that endpoints serve where `isCut`. */
  | { readonly kind: 'before'; readonly begins: Seconds; readonly isCut: boolean }

/** A block was wanted of a moment that the chain has not reached. */
export class MomentAhead extends Error {
  override readonly name = 'MomentAhead'
  constructor() {
    super('The chain has not come that far yet. Choose an earlier day.')
  }
}

/** Blocks behind the head that are never final: an epoch. */
const SETTLING: BlockNumber = 32n
/** Guesses by the pace of the blocks; where so many missed, the rest of the way is halved. */
const GUESSES = 5

type Search = {
  readonly clock: ClockPoint[]
  readonly sampled: Map<BlockNumber, Sample>
  readonly time: Seconds
  readonly firstBlock: BlockNumber
  readonly head: BlockNumber
}

const ceilToGrid = (block: BlockNumber, grid: bigint): BlockNumber => ((block + grid - 1n) / grid) * grid

/** The earliest sample at or after the moment. */
const foundIn = ({ sampled, time }: Search): Sample | undefined =>
  [...sampled.values()]
    .filter(sample => sample.time >= time)
    .reduce<Sample | undefined>(
      (least, sample) => (least === undefined || sample.block < least.block ? sample : least),
      undefined,
    )

/** The block to read next, or undefined where no block of the grid is left between those before and those after. */
function nextBlock(search: Search, grid: bigint, tries: number): BlockNumber | undefined {
  const { clock, sampled, time, firstBlock, head } = search
  const { before, after } = bracketOf(clock, time - 1n)
  const lowest = before === undefined ? ceilToGrid(firstBlock, grid) : (before.block / grid + 1n) * grid
  const end = after === undefined ? head : after.block
  const highest = ceilToGrid(end, grid) - (sampled.has(end) ? grid : 0n)
  const newest = (head / grid) * grid
  const last = highest < newest ? highest : newest
  if (lowest > last) return undefined
  const guess = tries < GUESSES ? estimateBlock(clock, time) : lowest + (last - lowest) / 2n
  const block = ceilToGrid(guess, grid)
  return block < lowest ? lowest : block > last ? last : block
}

/** Ask block after block until the first one of the grid at or after the moment is found, or one within a day of it. */
async function find(
  search: Search,
  grid: bigint,
  read: (block: BlockNumber) => Promise<Sample>,
): Promise<Sample> {
  for (let tries = 0; ; tries += 1) {
    const found = foundIn(search)
    if (found !== undefined && found.time - search.time <= DAY) return found
    const block = nextBlock(search, grid, tries)
    if (block !== undefined) {
      const sample = await read(block)
      search.sampled.set(block, sample)
      addToClock(search.clock, sample)
    } else if (found !== undefined) return found
    // The newest block of the grid is older than the moment: any block serves.
    else if (grid > 1n) return find(search, 1n, read)
    else throw new MomentAhead()
  }
}

const beginsLater = ({ from, cutAt }: Extent, time: Seconds): PastReading | undefined =>
  from - time >= DAY || (cutAt !== undefined && time < from)
    ? { kind: 'before', begins: from + 1n, isCut: cutAt !== undefined }
    : undefined

/**
 * Read all pools at the first block of the grid at or after a moment, from the archive where it is known and from the
 * chain where it is not; what comes from one operator is held against another's answer. What is final, whole and
 * confirmed is kept in the archive, where histories find it.
 * @throws the classes of `errors.ts`, the reason of an abort; MomentAhead
 */
export async function readPast(
  client: ChainClient,
  archive: SampleArchive,
  request: PastRequest,
): Promise<PastReading> {
  const { pools, head, time, known, signal } = request
  if (time >= head.time) throw new MomentAhead()
  const extent = await readExtent(client, { pools, head, span: head.time - time, signal })
  const before = beginsLater(extent, time)
  if (before !== undefined) return before
  const { identity, finalized, firstBlock } = extent
  const { grid } = client.network
  const loaded = identity.isPermanent ? await archive.load(identity.key, firstBlock, head.block) : []
  const stored = loaded.filter(sample => sample.block % grid === 0n && isWhole(sample, pools))
  const read = async (block: BlockNumber): Promise<Sample> =>
    sampleOf(await readSnapshot(client, pools, { block, role: 'archive', signal }))
  for (;;) {
    const clock: ClockPoint[] = []
    for (const point of [...extent.known, ...known, ...stored]) addToClock(clock, point)
    const sampled = new Map(stored.map(sample => [sample.block, sample]))
    const sample = await find({ clock, sampled, time, firstBlock, head: head.block }, grid, read)
    if (stored.includes(sample)) return { kind: 'read', sample, isConfirmed: true }
    // A witness of its own: it is this very sample that another operator is asked for.
    const worth = await createWitness(client, pools).worthOf(sample, signal)
    // Whoever is refuted is not asked again, so this ends with another's answer or with nobody's.
    if (worth.isRefuted) continue
    const settled = head.block - SETTLING
    const keeper = createSampleKeeper({
      archive,
      identity: identity.key,
      finalized: finalized.block < settled ? finalized.block : settled,
      pools,
      samples: new Map(),
      // Its only neighbour would be itself; it has been confirmed.
      hasOthers: false,
    })
    const isKept = worth.isConfirmed && identity.isPermanent && sample.block % grid === 0n
    if (isKept) await keeper.take(sample)
    return { kind: 'read', sample: withoutDisputed(sample, worth), isConfirmed: worth.isConfirmed }
  }
}
