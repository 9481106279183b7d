import { keepPreviousData, useQuery } from '@tanstack/react-query'
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
  // A dispute stands until others have spoken of the new rates; an agreement is about its own rates only.
  const options = { ...agreementQuery(session, figures), placeholderData: keepPreviousData }
  const { data: agreement, isPlaceholderData } = useQuery(options)
  const select = useCallback((live: Live) => settle(live, agreement), [agreement])
  const live = useQuery({ ...liveQuery(session), select })
  const isOutdated = isPlaceholderData && agreement?.doubts.size === 0
  return { live, agreement: isOutdated ? undefined : (agreement ?? undefined) }
}
