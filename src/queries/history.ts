import { type QueryClient, queryOptions } from '@tanstack/react-query'
import type { HistoryProgress } from '../chain/readHistory.ts'
import { type Snapshot, sampleOf } from '../chain/readSnapshot.ts'
import { DAY, type Seconds } from '../math/fixedPoint.ts'
import type { Sample } from '../math/sample.ts'
import { SLOW } from './freshness.ts'
import { liveQuery } from './live.ts'
import type { Session } from './session.ts'

/** Samples so far. `isComplete` is false while they come in, and after a cancel or a failure. */
export type History = HistoryProgress & { readonly isComplete: boolean }

export type HistoryInputs = {
  /** Time shown; undefined for all that there is. */
  readonly range: Seconds | undefined
  /** Length of the rolling window, read before the range so that its first point has one. */
  readonly window: Seconds
}

export const historyKey = (session: Session, { range, window }: HistoryInputs) =>
  ['history', session.id, range?.toString() ?? 'all', window.toString()] as const

/** The change of supply looks back this far, whatever the window. */
const MONTH: Seconds = 30n * DAY

/** Milliseconds between two updates of the screen while samples come in. */
const REDRAW = 250

type Key = ReturnType<typeof historyKey>

async function gather(
  session: Session,
  queries: QueryClient,
  key: Key,
  signal: AbortSignal,
): Promise<History> {
  const [, , range, window] = key
  // The reader of history is loaded behind the figures: they do not need it.
  const [head, { readHistory }] = await Promise.all([
    queries.fetchQuery(liveQuery(session)),
    import('../chain/readHistory.ts'),
  ])
  const lead = BigInt(window)
  // Two days more than the window: the sample before its start must be there, or the start has no lower bound.
  const span = range === 'all' ? undefined : BigInt(range) + lead + 2n * DAY
  const request = { pools: session.tokenPools, head, span, windows: [lead, MONTH], signal }
  // A history that was complete stays on the screen whole until its renewal is.
  const isRenewal = queries.getQueryData<History>(key)?.isComplete === true
  const show = (progress: HistoryProgress): void => {
    if (!isRenewal) queries.setQueryData<History>(key, { ...progress, isComplete: false })
  }
  let latest: HistoryProgress = { samples: [], done: 0, wanted: 0 }
  let drawnAt = 0
  let redraw: ReturnType<typeof setTimeout> | undefined
  const draw = (): void => {
    clearTimeout(redraw)
    redraw = undefined
    drawnAt = performance.now()
    show(latest)
  }
  try {
    for await (const progress of readHistory(session.client, session.store, request)) {
      latest = progress
      // At most so often, but never later than that: a stalled endpoint must not hide what came before.
      if (performance.now() - drawnAt >= REDRAW) draw()
      else redraw ??= setTimeout(draw, REDRAW)
    }
  } catch (error) {
    // What came since the last update stays on the screen, unless nobody looks at it any more.
    if (!signal.aborted && latest.wanted > 0) show(latest)
    throw error
  } finally {
    clearTimeout(redraw)
  }
  return { ...latest, isComplete: true }
}

/** The samples of a range, growing on the screen as they are read. */
export const historyQuery = (session: Session, inputs: HistoryInputs) => {
  const queryKey = historyKey(session, inputs)
  return queryOptions({
    queryKey,
    queryFn: ({ signal, client }): Promise<History> => gather(session, client, queryKey, signal),
    ...SLOW,
    // Half a history is fresh for nobody: opened again, it goes on where it stopped.
    staleTime: query => (query.state.data?.isComplete === true ? SLOW.staleTime : 0),
    refetchInterval: query => (query.state.data?.isComplete === true ? SLOW.refetchInterval : false),
    structuralSharing: false,
  })
}

/** Put the head, which is read every block, behind the samples, which are not. */
export const withHead = (samples: readonly Sample[], head: Snapshot | undefined): readonly Sample[] => {
  const last = samples.at(-1)
  if (head === undefined || (last !== undefined && last.block >= head.block)) return samples
  return [...samples, sampleOf(head)]
}
