import { queryOptions } from '@tanstack/react-query'
import { readSnapshot, type Snapshot } from '../chain/readSnapshot.ts'
import { HEAD } from './freshness.ts'
import type { Session } from './session.ts'

export type Live = Snapshot
export type LivePool = Snapshot['pools'][number]
export type LivePrice = Snapshot['price']

export const liveKey = (session: Session) => ['live', session.id] as const

/** Every pool's rate and supply and the ETH price at the head, in one call. */
export const liveQuery = (session: Session) =>
  queryOptions({
    queryKey: liveKey(session),
    queryFn: ({ signal }): Promise<Live> =>
      readSnapshot(session.client, session.tokenPools, { block: 'latest', role: 'head', signal }),
    ...HEAD,
  })
