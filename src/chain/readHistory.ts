import { type BlockNumber, DAY, type Seconds } from '../math/fixedPoint.ts'
import type { Sample, SampleArchive } from '../math/sample.ts'
import {
  recordSample,
  type SamplingState,
  samplingProgress,
  startSampling,
  takeNextBlock,
} from '../math/samplingPlan.ts'
import { byBlock } from '../math/series.ts'
import { poolKey, type TokenPool } from '../pools/definePool.ts'
import type { ChainClient } from './client.ts'
import { readExtent } from './readExtent.ts'
import { readSnapshot, type Snapshot, sampleOf } from './readSnapshot.ts'

export type HistoryRequest = {
  readonly pools: readonly TokenPool[]
  /** The head, read a moment ago: the newest sample and the end of the range. */
  readonly head: Snapshot
  /** Time before the head; undefined for all that there is. */
  readonly span: Seconds | undefined
  /** Ages before the head that matter first: the start of the window on the screen. */
  readonly windows: readonly Seconds[]
  readonly signal?: AbortSignal | undefined
}

export type HistoryProgress = {
  /** Ascending by block; a new array each time. */
  readonly samples: readonly Sample[]
  readonly done: number
  readonly wanted: number
  /** Start of the history where the endpoints serve less than was asked for. */
  readonly cutAt?: Seconds | undefined
}

/** Samples under way at a time; the endpoints' own queues hold them back further. */
const WORKERS = 8

const isWhole = (sample: Sample, pools: readonly TokenPool[]): boolean =>
  pools.every(pool => {
    const state = sample.readings[poolKey(pool)]?.state
    return state === 'known' || state === 'notYet'
  })

/** Only facts are stored, and only what can no longer change. */
function storable(sample: Sample, finalized: BlockNumber): Sample | undefined {
  if (sample.block > finalized) return undefined
  const facts = Object.entries(sample.readings).filter(([, { state }]) => state !== 'unknown')
  return facts.length === 0 ? undefined : { ...sample, readings: Object.fromEntries(facts) }
}

const mergeReadings = (stored: Sample | undefined, read: Sample): Sample =>
  stored === undefined ? read : { ...read, readings: { ...stored.readings, ...read.readings } }

type Plan = {
  readonly state: SamplingState
  readonly samples: Map<BlockNumber, Sample>
  readonly stored: Map<BlockNumber, Sample>
  readonly identity: string
  readonly finalized: BlockNumber
  readonly cutAt: Seconds | undefined
}

async function preparePlan(
  client: ChainClient,
  archive: SampleArchive,
  request: HistoryRequest,
): Promise<Plan> {
  const { pools, head, windows } = request
  const { identity, finalized, from, firstBlock, cutAt, known } = await readExtent(client, request)
  // A fork has the identity of the chain that it left, but not its later blocks.
  const loaded = identity.isPermanent ? await archive.load(identity.key, firstBlock, head.block) : []
  const stored = new Map(loaded.map(sample => [sample.block, sample]))
  const { grid } = client.network
  const anchors = [head.time, ...windows.map(window => head.time - window)]
  const state = startSampling({ from, until: head.time, grid, firstBlock, anchors }, known)
  const samples = new Map<BlockNumber, Sample>()
  const usable = [...stored.values()].filter(
    sample => sample.block % grid === 0n && sample.time >= from - DAY && isWhole(sample, pools),
  )
  for (const sample of [...usable, sampleOf(head)]) {
    samples.set(sample.block, sample)
    recordSample(state, sample)
  }
  const lastToStore = identity.isPermanent ? finalized.block : -1n
  return { state, samples, stored, identity: identity.key, finalized: lastToStore, cutAt }
}

async function readPlanned(
  client: ChainClient,
  request: HistoryRequest,
  plan: Plan,
  block: BlockNumber,
): Promise<Sample> {
  const { pools, signal } = request
  const stored = plan.stored.get(block)
  const missing =
    stored === undefined ? pools : pools.filter(pool => stored.readings[poolKey(pool)] === undefined)
  return mergeReadings(
    stored,
    sampleOf(await readSnapshot(client, missing, { block, role: 'archive', signal })),
  )
}

/**
 * Read the history of all pools on the block grid, coarse to fine, from the archive where it is known and from the
 * chain where it is not. Yields after every few answers; the last value has `done` equal to `wanted`.
 * Final and whole readings are kept in the archive as they come, so that an interrupted reading loses nothing.
 * @throws the classes of `errors.ts`, or the reason of an abort
 */
export async function* readHistory(
  client: ChainClient,
  archive: SampleArchive,
  request: HistoryRequest,
): AsyncGenerator<HistoryProgress, void> {
  const plan = await preparePlan(client, archive, request)
  const { state, samples } = plan
  const progress = (): HistoryProgress => ({
    samples: [...samples.values()].sort(byBlock),
    ...samplingProgress(state),
    cutAt: plan.cutAt,
  })
  const running = new Map<BlockNumber, Promise<BlockNumber>>()
  const start = (): void => {
    while (running.size < WORKERS) {
      const next = takeNextBlock(state)
      if (next === undefined) return
      const { time, block } = next
      const task = readPlanned(client, request, plan, block).then(async sample => {
        samples.set(block, sample)
        recordSample(state, sample)
        state.underWay.delete(time)
        const fact = storable(sample, plan.finalized)
        if (fact !== undefined) await archive.keep(plan.identity, [fact])
        return block
      })
      // A reader who is slow to ask for more hears of a failure then; until then it is nobody's.
      task.catch(() => undefined)
      running.set(block, task)
    }
  }
  try {
    for (start(); running.size > 0; start()) {
      yield progress()
      running.delete(await Promise.race(running.values()))
      request.signal?.throwIfAborted()
    }
  } finally {
    // After a failure the others may fail too; the first one is the one to tell.
    await Promise.allSettled(running.values())
  }
  yield progress()
}
