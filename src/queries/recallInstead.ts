import type { QueryClient } from '@tanstack/react-query'
import { ChainError, DeviceOffline } from '../chain/errors.ts'
import { type Recalled, recallLast } from './lastFigures.ts'
import { liveKey } from './live.ts'
import type { Session } from './session.ts'

type Known = Recalled & { readonly identity: string }

type Failed<Reading> = {
  readonly key: readonly string[]
  /** Why it could not be read anew. */
  readonly error: unknown
  readonly signal: AbortSignal
  readonly recall: (last: Known) => Promise<Reading>
  /** Whether what was kept is shown beside the failure where somebody else answers. */
  readonly standsBeside?: true
}

/** Whether nobody can be asked at all: who answers for the newest block may only have refused this one question. */
const isAway = (session: Session, queries: QueryClient, error: unknown): boolean =>
  error instanceof DeviceOffline || queries.getQueryState(liveKey(session))?.status === 'error'

/**
 * Take what earlier visits have kept in place of a reading that failed before it brought anything, where nobody can be
 * asked.
 * @throws the failure itself where somebody else answers, nothing is kept, or what was read is on the screen already
 */
export async function recallInstead<Reading extends { readonly isRecalled?: true }>(
  session: Session,
  queries: QueryClient,
  { key, error, signal, recall, standsBeside }: Failed<Reading>,
): Promise<Reading> {
  if (signal.aborted || !(error instanceof ChainError)) throw error
  const isInstead = isAway(session, queries, error)
  const shown = queries.getQueryData<Reading>(key)
  if (shown?.isRecalled === true && isInstead) return shown
  if (shown !== undefined || (!isInstead && standsBeside !== true)) throw error
  const last = await recallLast(session)
  if (last?.identity === undefined) throw error
  const recalled = await recall({ ...last, identity: last.identity })
  if (isInstead) return recalled
  queries.setQueryData<Reading>(key, recalled)
  throw error
}
