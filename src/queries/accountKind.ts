import { queryOptions } from '@tanstack/react-query'
import { type AccountCode, readCode } from '../chain/readCode.ts'
import { parseAddress } from '../pools/account.ts'
import { SLOW } from './freshness.ts'
import type { Session } from './session.ts'

export type AccountKind = AccountCode

const accountKindKey = (session: Session, account: string) =>
  ['account kind', session.id, session.choice.walletUrl ?? '', account] as const

/** What stands at an address: a key's owner, or a contract. A remark beside the figures, so it is asked but once. */
export const accountKindQuery = (session: Session, account: string) => {
  const queryKey = accountKindKey(session, account)
  return queryOptions({
    queryKey,
    queryFn: ({ signal }): Promise<AccountKind> =>
      readCode(session.client, parseAddress(queryKey[3]), signal),
    staleTime: SLOW.staleTime,
    gcTime: SLOW.gcTime,
    refetchOnWindowFocus: false,
    retry: false,
  })
}
