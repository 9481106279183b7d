import { queryOptions } from '@tanstack/react-query'
import type { ReportProgress } from '../chain/readReports.ts'
import type { Seconds } from '../math/fixedPoint.ts'
import { SLOW } from './freshness.ts'
import type { Session } from './session.ts'

/** Reports so far. `isComplete` is false while they come in, and after a cancel or a failure. */
export type Reports = ReportProgress & {
  readonly isComplete: boolean
  /** Time of the first block that was asked for: the start of the span, or of the history where that is shorter. */
  readonly from: Seconds
  /** What earlier visits have kept, up to the last figures: nobody could be asked. */
  readonly isRecalled?: true
}

export type ReportsInputs = {
  /** Time before the head; undefined for as far back as there are samples. */
  readonly span: Seconds | undefined
}

export const reportsKey = (session: Session, { span }: ReportsInputs) =>
  ['reports', session.id, span?.toString() ?? 'all'] as const

const isFresh = (reports: Reports | undefined): boolean =>
  reports?.isComplete === true && reports.isRecalled !== true

/**
 * The oracle reports of a span, growing on the screen as they are read.
 * @param enabled whether a history is complete: without one this fails with NoHistoryYet
 */
export const reportsQuery = (session: Session, inputs: ReportsInputs, enabled: boolean) => {
  const queryKey = reportsKey(session, inputs)
  return queryOptions({
    queryKey,
    queryFn: async ({ signal, client }): Promise<Reports> => {
      // The reader of reports is loaded behind the figures: they do not need it.
      const { gatherReports } = await import('./gatherReports.ts')
      return gatherReports(session, client, queryKey, signal)
    },
    ...SLOW,
    enabled,
    // The log reader has gone through everybody as often as it makes sense.
    retry: false,
    // Half of the reports are fresh for nobody: opened again, the reading goes on where it stopped.
    staleTime: query => (isFresh(query.state.data) ? SLOW.staleTime : 0),
    refetchInterval: query => (query.state.data?.isComplete === true ? SLOW.refetchInterval : false),
    structuralSharing: false,
  })
}
