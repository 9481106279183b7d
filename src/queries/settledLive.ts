import { useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import { poolKey } from '../pools/definePool.ts'
import { type Agreement, agreementQuery } from './agreement.ts'
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

/** The live figures as far as operators agree on them, and what they say. */
export function useSettledLive() {
  const session = useSession()
  const { data: figures } = useQuery(liveQuery(session))
  const { data: agreement } = useQuery(agreementQuery(session, figures))
  const select = useCallback((live: Live) => settle(live, agreement), [agreement])
  const live = useQuery({ ...liveQuery(session), select })
  return { live, agreement: agreement ?? undefined }
}
