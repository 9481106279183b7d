import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import { DeviceOffline } from '../chain/errors.ts'
import { poolKey } from '../pools/definePool.ts'
import { type Agreement, agreementQuery } from './agreement.ts'
import { lastFiguresQuery } from './lastFigures.ts'
import { type Live, liveQuery } from './live.ts'
import { useSession } from './session.ts'

/**
 * Take what operators differ about out of the live figures: whatever is made of it is then not known either, and says
 * why. What others refute is taken out too, until it has been read again.
 */
export function settle(live: Live, agreement: Agreement | null | undefined): Live {
  const doubts = agreement?.doubts
  if (doubts === undefined || doubts.size === 0) return live
  return {
    ...live,
    pools: live.pools.map(own => {
      const doubt = doubts.get(poolKey(own.pool))
      if (doubt === undefined) return own
      return { ...own, reading: { state: 'unknown', why: doubt.why }, claims: doubt.claims }
    }),
  }
}

/** A reading of the head: its figures, or why there are none, or both where they are older than the failure. */
export type LiveState = Pick<UseQueryResult<Live>, 'data' | 'error' | 'isError' | 'isFetching' | 'refetch'>

/** Whether a reading failed for want of a network, which is nobody's fault. */
export const isOfDevice = (error: Error | null): boolean => error instanceof DeviceOffline

type Failure = { readonly session: string; readonly error: Error | null }

/**
 * Keep telling of a failure while the same session tries again: a message that comes and goes would be spoken each
 * time.
 */
function useLasting({ session, error }: Failure, isTriedAgain: boolean): Error | null {
  const [last, setLast] = useState<Failure>({ session, error })
  const kept = last.session === session && isTriedAgain ? last.error : null
  const told = error ?? kept
  if (told !== last.error || session !== last.session) setLast({ session, error: told })
  return told
}

/**
 * The live figures as far as operators agree on them, and what they say. Where nobody gives any, they are those of the
 * last visit, and marked so.
 */
export function useSettledLive(): { readonly live: LiveState; readonly agreement: Agreement | undefined } {
  const session = useSession()
  const { data: figures } = useQuery(liveQuery(session))
  const { data: last } = useQuery(lastFiguresQuery(session, figures === undefined))
  // A dispute stands until others have spoken of the new rates; an agreement is about its own rates only.
  const options = { ...agreementQuery(session, figures), placeholderData: keepPreviousData }
  const { data: agreement, isPlaceholderData } = useQuery(options)
  const select = useCallback((live: Live) => settle(live, agreement), [agreement])
  const { data, error: fresh, isFetching, refetch } = useQuery({ ...liveQuery(session), select })
  const error = useLasting({ session: session.id, error: fresh }, data === undefined && isFetching)
  const isOutdated = isPlaceholderData && agreement?.doubts.size === 0
  return {
    live: { data: data ?? last?.live, error, isError: error !== null, isFetching, refetch },
    agreement: isOutdated ? undefined : (agreement ?? undefined),
  }
}
