import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { type HashedHeader, readHeaderHash } from '../chain/readHeaderHash.ts'
import type { BlockNumber } from '../math/fixedPoint.ts'
import { SLOW } from './freshness.ts'
import { type Live, liveKey } from './live.ts'
import type { Session } from './session.ts'

/** Blocks behind the newest whose state every endpoint still has at hand. */
const YOUNG: BlockNumber = 128n

/** Blocks between one and the newest that this page has seen; 0 where it has seen none. */
export function ageInBlocks(session: Session, queries: QueryClient, block: BlockNumber): BlockNumber {
  const head = queries.getQueryData<Live>(liveKey(session))?.block ?? block
  return head > block ? head - block : 0n
}

/** Whether a block is old enough to be asked of archives. */
export const roleAt = (age: BlockNumber): 'head' | 'archive' => (age > YOUNG ? 'archive' : 'head')

export const headerKey = (session: Session, block: BlockNumber) =>
  ['header', session.id, block.toString()] as const

/** A block's header, its hash recomputed. It is asked for while a receipt is open, and once. */
export const headerQuery = (session: Session, block: BlockNumber) => {
  const queryKey = headerKey(session, block)
  return queryOptions({
    queryKey,
    queryFn: ({ client, signal }): Promise<HashedHeader> => {
      const number = BigInt(queryKey[2])
      const role = roleAt(ageInBlocks(session, client, number))
      return readHeaderHash(session.client, number, { role, signal })
    },
    staleTime: SLOW.staleTime,
    gcTime: SLOW.gcTime,
    // The endpoints have been gone through already.
    retry: false,
  })
}
