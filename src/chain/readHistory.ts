import { type BlockNumber, DAY, type Seconds } from '../math/fixedPoint.ts'
import type { Reading, Sample, SampleArchive } from '../math/sample.ts'
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
import { reviewSamples } from './reviewSamples.ts'
import { createSampleKeeper } from './sampleKeeper.ts'
import { leash } from './signals.ts'
import { createWitness, type Witness, type Worth } from './witness.ts'

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
  /** Names the chain in the archives; undefined where nothing of it is kept. */
  readonly identity?: string | undefined
}

/** Blocks behind the head that are never final: an epoch. */
const SETTLING: BlockNumber = 32n

/** Samples under way at a time; the endpoints' own queues hold them back further. */
const WORKERS = 8

/** Whether every pool of a sample is known, or known not to be there yet. */
export const isWhole = (sample: Sample, pools: readonly TokenPool[]): boolean =>
  pools.every(pool => {
    const state = sample.readings[poolKey(pool)]?.state
    return state === 'known' || state === 'notYet'
  })

/** Let the page do what has come up meanwhile: so many requests at once would hold it up. */
const breathe = (): Promise<void> => new Promise(resolve => setTimeout(resolve))

const mergeReadings = (stored: Sample | undefined, read: Sample): Sample =>
  stored === undefined ? read : { ...read, readings: { ...stored.readings, ...read.readings } }

type Plan = {
  readonly state: SamplingState
  readonly samples: Map<BlockNumber, Sample>
  readonly stored: Map<BlockNumber, Sample>
  readonly identity: string
  readonly finalized: BlockNumber
  readonly cutAt: Seconds | undefined
  readonly witness: Witness
  readonly isKept: boolean
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
  // An endpoint that calls the head final would have what may still change kept for ever.
  const settled = head.block - SETTLING
  const last = finalized.block < settled ? finalized.block : settled
  const lastToStore = identity.isPermanent ? last : -1n
  const witness = createWitness(client, pools)
  const isKept = identity.isPermanent
  return { state, samples, stored, identity: identity.key, finalized: lastToStore, cutAt, witness, isKept }
}

/** Leave out what operators differ about. */
export function withoutDisputed(sample: Sample, { disputed }: Worth): Sample {
  const readings = Object.entries(sample.readings).map(([key, reading]): [string, Reading] => {
    const why = disputed.get(key)
    return [key, why === undefined ? reading : { state: 'unknown', why }]
  })
  return { ...sample, readings: Object.fromEntries(readings) }
}

type Planned = { readonly sample: Sample; readonly isConfirmed: boolean }

async function readPlanned(
  client: ChainClient,
  request: HistoryRequest,
  plan: Plan,
  block: BlockNumber,
): Promise<Planned> {
  const { pools, signal } = request
  const stored = plan.stored.get(block)
  const missing =
    stored === undefined ? pools : pools.filter(pool => stored.readings[poolKey(pool)] === undefined)
  for (;;) {
    const fresh = sampleOf(await readSnapshot(client, missing, { block, role: 'archive', signal }))
    const worth = await plan.witness.worthOf(fresh, signal)
    // Whoever is refuted is not asked again, so this ends with another's answer or with nobody's.
    if (!worth.isRefuted)
      return {
        sample: mergeReadings(stored, withoutDisputed(fresh, worth)),
        isConfirmed: worth.isConfirmed,
      }
  }
}

/**
 * Read the history of all pools on the block grid, coarse to fine, from the archive where it is known and from the
 * chain where it is not. Yields after every few answers; the last value has `done` equal to `wanted`.
 * Final and whole readings are kept in the archive as they come, or as their neighbours confirm them where they come
 * from several operators, so that an interrupted reading loses little.
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
    identity: plan.isKept ? plan.identity : undefined,
  })
  const keeper = createSampleKeeper({
    archive,
    identity: plan.identity,
    finalized: plan.finalized,
    pools: request.pools,
    samples,
    hasOthers: plan.witness.hasOthers,
  })
  const running = new Map<BlockNumber, Promise<BlockNumber>>()
  const held = leash(request.signal)
  const { signal } = held
  const start = (): void => {
    while (running.size < WORKERS) {
      const next = takeNextBlock(state)
      if (next === undefined) return
      const { time, block } = next
      const task = breathe()
        .then(() => readPlanned(client, { ...request, signal }, plan, block))
        .then(async planned => {
          samples.set(block, planned.sample)
          recordSample(state, planned.sample)
          state.underWay.delete(time)
          if (planned.isConfirmed) await keeper.take(planned.sample)
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
    const confirmed = new Set<BlockNumber>()
    if (plan.witness.hasOthers)
      for await (const { sample, isConfirmed } of reviewSamples(client, request.pools, samples, signal)) {
        if (isConfirmed) confirmed.add(sample.block)
        yield progress()
      }
    await keeper.finish(confirmed)
  } finally {
    // After a failure the others are left: they would only wait for the same refusal, and the first is the one to tell.
    held.abort(new DOMException('The reading has ended.', 'AbortError'))
    held.release()
    await Promise.allSettled(running.values())
    await keeper.leave()
  }
  yield progress()
}
