import { queryOptions } from '@tanstack/react-query'
import { type AssetReading, readWallet, type WalletReading } from '../chain/readWallet.ts'
import { parseAddress } from '../pools/account.ts'
import { HEAD } from './freshness.ts'
import type { Session } from './session.ts'

export type Wallet = WalletReading
export type Asset = AssetReading

/** The same accounts in another order are the same wallet; another endpoint that sees it is another reading. */
export const walletKey = (session: Session, accounts: readonly string[]) =>
  ['wallet', session.id, session.choice.walletUrl ?? '', [...accounts].sort()] as const

/** What accounts hold together, at the head, from one endpoint. */
export const walletQuery = (session: Session, accounts: readonly string[]) => {
  const queryKey = walletKey(session, accounts)
  return queryOptions({
    queryKey,
    queryFn: ({ signal }): Promise<Wallet> =>
      readWallet(session.client, session.tokenPools, queryKey[3].map(parseAddress), signal),
    ...HEAD,
  })
}
