import type { QueryClient } from '@tanstack/react-query'
import { ChainError } from '../chain/errors.ts'
import { type Recalled, recallLast } from './lastFigures.ts'
import type { Session } from './session.ts'

type Known = Recalled & { readonly identity: string }

type Failed<Reading> = {
  readonly key: readonly string[]
  /** Why it could not be read anew. */
  readonly error: unknown
  readonly signal: AbortSignal
  readonly recall: (last: Known) => Promise<Reading>
}

/**
 * Take what earlier visits have kept in place of a reading that failed before it brought anything.
 * @throws the failure itself where nothing is kept, or what was read of it is on the screen already
 */
export async function recallInstead<Reading extends { readonly isRecalled?: true }>(
  session: Session,
  queries: QueryClient,
  { key, error, signal, recall }: Failed<Reading>,
): Promise<Reading> {
  if (signal.aborted || !(error instanceof ChainError)) throw error
  const shown = queries.getQueryData<Reading>(key)
  if (shown?.isRecalled === true) return shown
  if (shown !== undefined) throw error
  const last = await recallLast(session)
  if (last?.identity === undefined) throw error
  return recall({ ...last, identity: last.identity })
}
