import type { QueryClient } from '@tanstack/react-query'
import { readHeader } from '../chain/readHeader.ts'
import { readIdentity } from '../chain/readIdentity.ts'
import { type ReportProgress, type ReportRequest, readReports } from '../chain/readReports.ts'
import { recallReports } from '../chain/recallHistory.ts'
import type { BlockNumber, Seconds } from '../math/fixedPoint.ts'
import type { Sample } from '../math/sample.ts'
import { byBlock } from '../math/series.ts'
import type { History } from './history.ts'
import { type Live, liveQuery } from './live.ts'
import { recallInstead } from './recallInstead.ts'
import { createRedraw } from './redraw.ts'
import type { Reports, reportsKey } from './reports.ts'
import type { Session } from './session.ts'

/** Blocks behind the head that are never final: an epoch. */
const SETTLING: BlockNumber = 32n

/** Reports were asked for before there were samples, which say where they begin and prove who serves them. */
export class NoHistoryYet extends Error {
  override readonly name = 'NoHistoryYet'
  constructor() {
    super('The history has to be read before its reports. Wait until it is complete, or read it again.')
  }
}

/** Blocks behind the head that are not asked for yet: an endpoint that is behind has no logs of them, in silence. */
const SETTLED_IN: BlockNumber = 5n

type Key = ReturnType<typeof reportsKey>

/** All samples of the histories that were read to their end: a short one is dense where a long one is coarse. */
function samplesAtHand({ id }: Session, queries: QueryClient): Sample[] {
  const samples = new Map<BlockNumber, Sample>()
  const read = queries.getQueriesData<History>({ queryKey: ['history', id] })
  for (const [, history] of read)
    if (history?.isComplete === true) for (const sample of history.samples) samples.set(sample.block, sample)
  return [...samples.values()].sort(byBlock)
}

/** The last sample at or before a moment, or else the first of all. */
const startOf = (samples: readonly Sample[], moment: Seconds | undefined): Sample | undefined =>
  (moment === undefined ? undefined : samples.findLast(({ time }) => time <= moment)) ?? samples[0]

/** Where the head comes from one endpoint and the logs from another, the other may be a minute behind. */
const unsettled = ({ client: { endpoints, network } }: Session): BlockNumber =>
  endpoints.length > 1 && network.mostHeadAge !== undefined ? SETTLED_IN : 0n

type Plan = { readonly request: ReportRequest; readonly from: Seconds }

async function preparePlan(
  session: Session,
  queries: QueryClient,
  { span, signal }: { readonly span: Seconds | undefined; readonly signal: AbortSignal },
): Promise<Plan> {
  const { client, tokenPools } = session
  const all = samplesAtHand(session, queries)
  if (all.length === 0) throw new NoHistoryYet()
  const head: Live = await queries.fetchQuery(liveQuery(session))
  const start = startOf(all, span === undefined ? undefined : head.time - span)
  if (start === undefined) throw new NoHistoryYet()
  const [identity, finalized] = await Promise.all([
    readIdentity(client, head.chainId, signal),
    readHeader(client, 'finalized', { signal, rounds: 3 }),
  ])
  // An endpoint that calls the head final would have what may still change kept for ever.
  const settled = head.block - SETTLING
  const request = {
    pools: tokenPools,
    samples: all.filter(({ block }) => block >= start.block && block <= head.block),
    from: start.block,
    to: head.block - unsettled(session),
    finalized: finalized.block < settled ? finalized.block : settled,
    // A fork has the identity of the chain that it left, but not its later blocks.
    identity: identity.isPermanent ? identity.key : undefined,
    signal,
  }
  return { request, from: start.time }
}

async function readAnew(
  session: Session,
  queries: QueryClient,
  key: Key,
  signal: AbortSignal,
): Promise<Reports> {
  const [, , span] = key
  const inputs = { span: span === 'all' ? undefined : BigInt(span), signal }
  const { request, from } = await preparePlan(session, queries, inputs)
  // What was complete stays on the screen whole until its renewal is.
  const shown = queries.getQueryData<Reports>(key)
  const isRenewal = shown?.isComplete === true && shown.isRecalled !== true
  const redraw = createRedraw<ReportProgress>(progress => {
    if (!isRenewal) queries.setQueryData<Reports>(key, { ...progress, from, isComplete: false })
  })
  let latest: ReportProgress | undefined
  try {
    for await (const progress of readReports(session.client, session, request)) {
      latest = progress
      redraw.offer(progress)
    }
  } catch (error) {
    // What came since the last update stays on the screen, unless nobody looks at it any more.
    if (!signal.aborted) redraw.flush()
    throw error
  } finally {
    redraw.stop()
  }
  if (latest === undefined) throw new NoHistoryYet()
  return { ...latest, from, isComplete: true }
}

async function recallKept(
  session: Session,
  samples: readonly Sample[],
  { span, identity }: { readonly span: Seconds | undefined; readonly identity: string },
): Promise<Reports> {
  const { client, tokenPools: pools } = session
  const newest = samples.at(-1)
  const start = startOf(samples, span === undefined || newest === undefined ? undefined : newest.time - span)
  if (start === undefined) throw new NoHistoryYet()
  const within = samples.filter(({ block }) => block >= start.block)
  const reports = await recallReports(client, session, { pools, samples: within, identity })
  return { ...reports, from: start.time, isComplete: true, isRecalled: true }
}

/**
 * Read the reports that a key names, and put them into the cache as they come; where nobody can be asked, take those
 * that earlier visits have kept.
 */
export async function gatherReports(
  session: Session,
  queries: QueryClient,
  key: Key,
  signal: AbortSignal,
): Promise<Reports> {
  try {
    return await readAnew(session, queries, key, signal)
  } catch (error) {
    const [, , span] = key
    return recallInstead(session, queries, {
      ...{ key, error, signal },
      recall: ({ identity }) =>
        recallKept(session, samplesAtHand(session, queries), {
          span: span === 'all' ? undefined : BigInt(span),
          identity,
        }),
    })
  }
}
