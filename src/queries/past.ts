import { queryOptions } from '@tanstack/react-query'
import type { PastReading } from '../chain/readPast.ts'
import type { Sample } from '../math/sample.ts'
import { SLOW } from './freshness.ts'
import type { Session } from './session.ts'

/** All pools at one block of the past. */
export type PastDay = {
  readonly kind: 'read'
  readonly sample: Sample
  /** Whether another operator gave the same; undefined where it is one of a history's, which is reviewed as a whole. */
  readonly isConfirmed: boolean | undefined
}

export type Past = PastDay | Exclude<PastReading, { readonly kind: 'read' }>

export const pastKey = (session: Session, day: string) => ['past', session.id, day] as const

/**
 * All pools' rates on a day: at the first block of the grid at or after its beginning in UTC.
 * @param day YYYY-MM-DD, before today
 */
export const pastQuery = (session: Session, day: string) => {
  const queryKey = pastKey(session, day)
  return queryOptions({
    queryKey,
    queryFn: async ({ signal, client }): Promise<Past> => {
      // Only who asks for a day needs its reader.
      const { gatherPast } = await import('./gatherPast.ts')
      return gatherPast(session, client, queryKey, signal)
    },
    staleTime: SLOW.staleTime,
    gcTime: SLOW.gcTime,
    // The endpoints have been gone through already.
    retry: false,
    structuralSharing: false,
  })
}
