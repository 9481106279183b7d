import { queryOptions } from '@tanstack/react-query'
import type { HistoryProgress } from '../chain/readHistory.ts'
import type { Seconds } from '../math/fixedPoint.ts'
import { SLOW } from './freshness.ts'
import type { Session } from './session.ts'

/** Samples so far. `isComplete` is false while they come in, and after a cancel or a failure. */
export type History = HistoryProgress & {
  readonly isComplete: boolean
  /** What earlier visits have kept, up to the last figures: nobody could be asked. */
  readonly isRecalled?: true
}

export type HistoryInputs = {
  /** Time shown; undefined for all that there is. */
  readonly range: Seconds | undefined
  /** Length of the rolling window, read before the range so that its first point has one. */
  readonly window: Seconds
}

export const historyKey = (session: Session, { range, window }: HistoryInputs) =>
  ['history', session.id, range?.toString() ?? 'all', window.toString()] as const

const isFresh = (history: History | undefined): boolean =>
  history?.isComplete === true && history.isRecalled !== true

/** The samples of a range, growing on the screen as they are read. */
export const historyQuery = (session: Session, inputs: HistoryInputs) => {
  const queryKey = historyKey(session, inputs)
  return queryOptions({
    queryKey,
    queryFn: async ({ signal, client }): Promise<History> => {
      // The reader of history is loaded behind the figures: they do not need it.
      const { gatherHistory } = await import('./gatherHistory.ts')
      return gatherHistory(session, client, queryKey, signal)
    },
    ...SLOW,
    // The endpoint pool goes through everybody several times; once more would only keep the reader waiting for the word.
    retry: false,
    // Half a history is fresh for nobody: opened again, it goes on where it stopped.
    staleTime: query => (isFresh(query.state.data) ? SLOW.staleTime : 0),
    refetchInterval: query => (query.state.data?.isComplete === true ? SLOW.refetchInterval : false),
    structuralSharing: false,
  })
}
