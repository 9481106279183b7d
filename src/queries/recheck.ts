import type { QueryClient } from '@tanstack/react-query'
import type { Endpoint } from '../chain/endpoints.ts'
import { ChainError } from '../chain/errors.ts'
import type { HashedHeader } from '../chain/readHeaderHash.ts'
import { recheck, witnessesOf } from '../chain/recheck.ts'
import type { BlockNumber, Seconds } from '../math/fixedPoint.ts'
import type { Read } from '../pools/read.ts'
import { ageInBlocks, headerKey, roleAt } from './header.ts'
import type { Session } from './session.ts'

/** A call that was answered, and who has answered it so far. */
export type AnsweredCall = {
  readonly read: Read
  readonly block: BlockNumber
  readonly time: Seconds
  readonly operators: readonly string[]
  /** Operators that are known to say the same or something else; they are asked last. */
  readonly heard: readonly string[]
}

/** What another operator answered to some calls of one block, in their order. */
export type Opinion<Call> = {
  readonly calls: readonly Call[]
  readonly operator: string
  readonly returnData: readonly string[]
  /** Asked by the block's hash; else by its number. */
  readonly isByHash: boolean
}

/** Calls of one block that nobody else could answer, and why. */
export type NoOpinion<Call> = { readonly calls: readonly Call[]; readonly why: Error }

/** Calls of one block that the same operators have answered, and who is left to be asked. */
export type Group<Call> = { readonly calls: readonly Call[]; readonly witnesses: readonly Endpoint[] }

export type RecheckContext = {
  readonly session: Session
  readonly queries: QueryClient
  /** Whether the calls name a wallet: then one endpoint is asked, whom the reader has agreed to. */
  readonly isWallet: boolean
}

/** Sort calls by block and by who has answered, with the endpoints of other operators in the order to ask them. */
export function groupCalls<Call extends AnsweredCall>(
  calls: readonly Call[],
  { session, queries, isWallet }: RecheckContext,
): Group<Call>[] {
  const groups = new Map<string, Call[]>()
  for (const call of calls) {
    const key = [call.block, ...call.operators].join()
    groups.set(key, [...(groups.get(key) ?? []), call])
  }
  return [...groups.values()].map(own => {
    const [{ block, operators, heard }] = own as [Call]
    const age = ageInBlocks(session, queries, block)
    const role = isWallet ? 'wallet' : roleAt(age)
    const all = witnessesOf(session.client, { role, age, except: operators })
    const wasHeard = ({ operator }: Endpoint): boolean => heard.includes(operator)
    const witnesses = [...all.filter(endpoint => !wasHeard(endpoint)), ...all.filter(wasHeard)]
    return { calls: own, witnesses: isWallet ? witnesses.slice(0, 1) : witnesses }
  })
}

async function askGroup<Call extends AnsweredCall>(
  { calls, witnesses }: Group<Call>,
  { session, queries, isWallet }: RecheckContext,
  signal: AbortSignal,
): Promise<Opinion<Call> | NoOpinion<Call>> {
  const [{ block, time }] = calls as [Call]
  const header = queries.getQueryData<HashedHeader>(headerKey(session, block))
  try {
    const { operator, outcomes, isByHash } = await recheck(session.client, witnesses, {
      reads: calls.map(({ read }) => read),
      block,
      time,
      // Of another block of this number, the hash would only lead astray.
      header: header?.time === time ? header : undefined,
      role: isWallet ? 'wallet' : roleAt(ageInBlocks(session, queries, block)),
      signal,
    })
    return { calls, operator, isByHash, returnData: outcomes.map(({ returnData }) => returnData) }
  } catch (why) {
    if (why instanceof ChainError) return { calls, why }
    throw why
  }
}

/** Read calls again, each block's from an operator that has not answered yet; groups with nobody left are left out. */
export const readAgain = <Call extends AnsweredCall>(
  groups: readonly Group<Call>[],
  context: RecheckContext,
  signal: AbortSignal,
): Promise<(Opinion<Call> | NoOpinion<Call>)[]> =>
  Promise.all(
    groups.filter(({ witnesses }) => witnesses.length > 0).map(group => askGroup(group, context, signal)),
  )
