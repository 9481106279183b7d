import { queryOptions } from '@tanstack/react-query'
import { ArchiveUnavailable, MethodUnavailable, NoEndpointServed } from '../chain/errors.ts'
import { proveRate, type RateProof as RateProofResult } from '../chain/proveRate.ts'
import type { BlockNumber, Seconds } from '../math/fixedPoint.ts'
import type { Read } from '../pools/read.ts'
import { rocketPool } from '../pools/rocketPool.ts'
import { SLOW } from './freshness.ts'
import { ageInBlocks, roleAt } from './header.ts'
import type { Session } from './session.ts'

export type RateProof = RateProofResult

/** Whether a read's answer can be proven from the state: rETH's rate alone is two stored words, divided. */
export const isProvable = ({ address, callData }: Read): boolean =>
  address === rocketPool.rate.address && callData === rocketPool.rate.callData

const isRefusal = (error: unknown): boolean =>
  error instanceof MethodUnavailable || error instanceof ArchiveUnavailable

/** Whether a failure says no more than that the endpoints offer no proofs. */
export const isNotOffered = (error: Error): boolean =>
  error instanceof NoEndpointServed
    ? error.failures.length > 0 && error.failures.every(isRefusal)
    : isRefusal(error)

type Moment = { readonly block: BlockNumber; readonly time: Seconds }

const proofKey = (session: Session, { block, time }: Moment) =>
  ['proof', session.id, block.toString(), time.toString()] as const

/** rETH's rate at a block, proven from its state root. Asked for by the reader alone. */
export const proofQuery = (session: Session, moment: Moment) => {
  const queryKey = proofKey(session, moment)
  return queryOptions({
    queryKey,
    queryFn: ({ client, signal }): Promise<RateProof> => {
      const [block, time] = [BigInt(queryKey[2]), BigInt(queryKey[3])]
      const role = roleAt(ageInBlocks(session, client, block))
      return proveRate(session.client, { block, time, role, signal })
    },
    staleTime: SLOW.staleTime,
    gcTime: SLOW.gcTime,
    retry: false,
  })
}
