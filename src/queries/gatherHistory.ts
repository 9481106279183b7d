import type { QueryClient } from '@tanstack/react-query'
import { type HistoryProgress, readHistory } from '../chain/readHistory.ts'
import { recallHistory } from '../chain/recallHistory.ts'
import { DAY, type Seconds } from '../math/fixedPoint.ts'
import { agreementQuery } from './agreement.ts'
import type { History, historyKey } from './history.ts'
import { type Live, liveQuery } from './live.ts'
import { recallInstead } from './recallInstead.ts'
import { createRedraw } from './redraw.ts'
import type { Session } from './session.ts'
import { settle } from './settledLive.ts'

/** The change of supply looks back this far, whatever the window. */
const MONTH: Seconds = 30n * DAY

type Key = ReturnType<typeof historyKey>

/** The newest figures as far as operators agree on them: the head is a sample like the others. */
async function settledHead(session: Session, queries: QueryClient): Promise<Live> {
  const live = await queries.fetchQuery(liveQuery(session))
  const agreement = await queries.fetchQuery(agreementQuery(session, live))
  // Refuted figures are read again from others, who have agreed with each other.
  return agreement?.verdict.kind === 'refuted'
    ? queries.fetchQuery({ ...liveQuery(session), staleTime: 0 })
    : settle(live, agreement)
}

/** The sample before the start of the window must be there, or the start has no lower bound: two days more. */
const spanOf = ([, , range, window]: Key): Seconds | undefined =>
  range === 'all' ? undefined : BigInt(range) + BigInt(window) + 2n * DAY

async function readAnew(
  session: Session,
  queries: QueryClient,
  key: Key,
  signal: AbortSignal,
): Promise<History> {
  const head = await settledHead(session, queries)
  const windows = [BigInt(key[3]), MONTH]
  const request = { pools: session.tokenPools, head, span: spanOf(key), windows, signal }
  // A history that was complete stays on the screen whole until its renewal is.
  const shown = queries.getQueryData<History>(key)
  const isRenewal = shown?.isComplete === true && shown.isRecalled !== true
  const redraw = createRedraw<HistoryProgress>(progress => {
    if (!isRenewal) queries.setQueryData<History>(key, { ...progress, isComplete: false })
  })
  let latest: HistoryProgress = { samples: [], done: 0, wanted: 0 }
  try {
    for await (const progress of readHistory(session.client, session.store, request)) {
      latest = progress
      redraw.offer(progress)
    }
  } catch (error) {
    // What came since the last update stays on the screen, unless nobody looks at it any more.
    if (!signal.aborted && latest.wanted > 0) redraw.flush()
    throw error
  } finally {
    redraw.stop()
  }
  return { ...latest, isComplete: true }
}

/**
 * Read the samples that a key names, and put them into the cache as they come; where nobody can be asked, take those
 * that earlier visits have kept.
 */
export async function gatherHistory(
  session: Session,
  queries: QueryClient,
  key: Key,
  signal: AbortSignal,
): Promise<History> {
  try {
    return await readAnew(session, queries, key, signal)
  } catch (error) {
    return recallInstead(session, queries, {
      ...{ key, error, signal, standsBeside: true },
      recall: async ({ live: head, identity }) => ({
        ...(await recallHistory(session.client, session.store, {
          ...{ pools: session.tokenPools, head, span: spanOf(key), identity },
        })),
        ...{ isComplete: true, isRecalled: true },
      }),
    })
  }
}
