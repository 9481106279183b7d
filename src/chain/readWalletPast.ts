import type { Address } from 'viem'
import type { BlockNumber } from '../math/fixedPoint.ts'
import type { Interval } from '../math/intervals.ts'
import { byBlock } from '../math/moment.ts'
import type { WalletPast } from '../math/walletPast.ts'
import type { TokenPool } from '../pools/definePool.ts'
import { walletAssets } from '../pools/walletAssets.ts'
import type { ChainClient } from './client.ts'
import {
  ArchiveUnavailable,
  ChainError,
  DeviceOffline,
  MethodUnavailable,
  NoEndpointServed,
  RangeTooWide,
  RateLimited,
  Unreachable,
} from './errors.ts'
import { firstReadable } from './firstReadable.ts'
import { readMoment } from './readMoment.ts'
import { readRatePlaces } from './readRatePlaces.ts'
import { readTransfers } from './readTransfers.ts'
import {
  isTooLong,
  type NextStep,
  nextStep,
  type PastJob,
  pastOf,
  viewOf,
  type WalletKnowledge,
  type WalletWay,
} from './walletKnowledge.ts'

export type PastRequest = {
  readonly pools: readonly TokenPool[]
  readonly accounts: readonly Address[]
  /** The block up to which the past is told; where something is known already, that one's. */
  readonly head: BlockNumber
  readonly way: WalletWay
  readonly known?: WalletKnowledge | undefined
  readonly signal?: AbortSignal | undefined
}

export type PastReading = { readonly past: WalletPast; readonly knowledge: WalletKnowledge }

/** Requests of one run: a year of earnings of a wallet with ten transfers stays below. */
const MOST_CALLS = 380n

async function begin({ client, signal }: PastJob, head: BlockNumber): Promise<WalletKnowledge> {
  const { walletEndpoint } = client
  if (walletEndpoint === undefined) throw new NoEndpointServed([])
  return {
    head,
    from: await firstReadable(client, head, signal),
    moments: [],
    transfers: { logs: [], covered: [] },
    placed: [],
    changes: [],
    noLogs: undefined,
    operator: walletEndpoint.operator,
    calls: 0n,
  }
}

/** What an answer added, and what kept another from coming. */
type Step = { readonly knowledge: WalletKnowledge; readonly failure?: unknown }

/** Read blocks, some at a time. What comes is kept, also where another fails. */
async function readBlocks(
  { client, assets, accounts, signal }: PastJob,
  blocks: readonly BlockNumber[],
  knowledge: WalletKnowledge,
): Promise<Step> {
  const answers = await Promise.allSettled(
    blocks.map(block => readMoment(client, assets, accounts, { block, signal })),
  )
  const read = answers.flatMap(answer => (answer.status === 'fulfilled' ? [answer.value] : []))
  const failed = answers.find(answer => answer.status === 'rejected')
  return {
    knowledge: {
      ...knowledge,
      moments: [...knowledge.moments, ...read].sort(byBlock),
      calls: knowledge.calls + BigInt(read.length),
    },
    ...(failed === undefined ? {} : { failure: failed.reason }),
  }
}

/** What a search that failed is no use trying again for. */
const isFinal = (error: ChainError): boolean =>
  error instanceof NoEndpointServed
    ? error.failures.length > 0 && error.failures.every(isFinal)
    : error instanceof MethodUnavailable ||
      error instanceof ArchiveUnavailable ||
      error instanceof RangeTooWide

type Search = { readonly range: Interval; readonly way: WalletWay; readonly most: bigint }

/**
 * Search a range for transfers, in as many requests as a run may make. Where the endpoint refuses, or takes smaller
 * pieces than was thought, balances have to do, and it is said why.
 */
async function* search(
  job: PastJob,
  { range: { from, to }, way, most }: Search,
  knowledge: WalletKnowledge,
): AsyncGenerator<WalletKnowledge, WalletKnowledge> {
  const { client, assets, accounts, signal } = job
  let last: WalletKnowledge = { ...knowledge, noLogs: undefined }
  try {
    const { transfers: known, calls } = knowledge
    for await (const reading of readTransfers(client, assets, accounts, { from, to, signal, known })) {
      const { logs, covered, requests } = reading
      last = { ...last, transfers: { logs, covered }, calls: calls + requests }
      yield last
      if (last.calls >= most || isTooLong(job, way, last)) return last
    }
    return last
  } catch (error) {
    if (!(error instanceof ChainError)) throw error
    return { ...last, noLogs: { why: error.message, isFinal: isFinal(error) } }
  }
}

async function readPlaces(
  { client, assets, signal }: PastJob,
  block: BlockNumber,
  knowledge: WalletKnowledge,
): Promise<WalletKnowledge> {
  const asked = { ...knowledge, placed: [...knowledge.placed, block], calls: knowledge.calls + 1n }
  try {
    const changes = await readRatePlaces(client, assets, block, signal)
    return { ...asked, changes: [...knowledge.changes, ...changes].sort(byBlock) }
  } catch (error) {
    // What passes can be asked again: the reading ends here and can be gone on with.
    const isPassing =
      error instanceof RateLimited || error instanceof Unreachable || error instanceof DeviceOffline
    if (isPassing || !(error instanceof ChainError)) throw error
    // The order stays unknown, and what it leaves in doubt is told with the figures.
    return asked
  }
}

/** Take the next step. Yields what is known by then; @returns what is known after it */
async function* take(
  job: PastJob,
  step: Exclude<NextStep, { kind: 'nothing' }>,
  { knowledge, way, most }: { knowledge: WalletKnowledge } & Omit<Search, 'range'>,
): AsyncGenerator<WalletKnowledge, WalletKnowledge> {
  if (step.kind === 'search') return yield* search(job, { range: step.range, way, most }, knowledge)
  if (step.kind === 'places') return await readPlaces(job, step.block, knowledge)
  const read = await readBlocks(job, step.blocks, knowledge)
  yield read.knowledge
  if (read.failure !== undefined) throw read.failure
  return read.knowledge
}

/**
 * Read what accounts held, got and gave, from the one endpoint that may see the wallet: moments from the coarse to the
 * fine, where it allows the logs of transfers, and then the blocks that leave the most ether in doubt. Yields after every
 * few answers what is known by then, with its uncertainty; the last value is over. A run stops after some hundred
 * requests: hand its knowledge in to go on, as after a failure.
 * @throws ArchiveUnavailable where the endpoint keeps no state so old; the other classes of `errors.ts`; the reason of
 * an abort
 */
export async function* readWalletPast(
  client: ChainClient,
  { pools, accounts, head, way, known, signal }: PastRequest,
): AsyncGenerator<PastReading, void> {
  const job: PastJob = { client, assets: walletAssets(pools), accounts, signal }
  let knowledge = known ?? (await begin(job, head))
  const most = knowledge.calls + MOST_CALLS
  let hasFailed = false
  for (;;) {
    signal?.throwIfAborted()
    const view = viewOf(job, knowledge)
    // A search that failed is not begun again by itself in the same run.
    const step = nextStep(job, { view, knowledge, way: hasFailed ? 'grid' : way })
    const isLeft = step.kind !== 'nothing'
    if (!isLeft || knowledge.calls >= most)
      return yield { past: pastOf(job, view, knowledge, { isOver: true, isPaused: isLeft }), knowledge }
    const taking = take(job, step, { knowledge, way, most })
    for (let next = await taking.next(); ; next = await taking.next()) {
      knowledge = next.value
      if (next.done === true) break
      yield { past: pastOf(job, viewOf(job, knowledge), knowledge), knowledge }
    }
    if (step.kind === 'search') hasFailed = knowledge.noLogs !== undefined
  }
}
