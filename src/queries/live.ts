import { queryOptions } from '@tanstack/react-query'
import { type Live as LiveReading, readLive } from '../chain/readLive.ts'
import { HEAD } from './freshness.ts'
import type { Session } from './session.ts'

export type Live = LiveReading
export type LivePool = Live['pools'][number]
export type LivePrice = Live['price']

export const liveKey = (session: Session) => ['live', session.id] as const

/** All that is shown live of every pool, and the ETH price, at the head, in one call. */
export const liveQuery = (session: Session) =>
  queryOptions({
    queryKey: liveKey(session),
    queryFn: ({ signal }): Promise<Live> =>
      readLive(session.client, session.tokenPools, { role: 'head', signal }),
    ...HEAD,
    // Whoever comes to tell of a failure must not be the one who asks again: the next block does.
    retryOnMount: false,
  })
