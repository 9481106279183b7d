import { queryOptions } from '@tanstack/react-query'
import { readWallet, type WalletAsset, type WalletReading } from '../chain/readWallet.ts'
import { parseAddress } from '../pools/account.ts'
import { HEAD } from './freshness.ts'
import type { Session } from './session.ts'

export type Wallet = WalletReading
export type Asset = WalletAsset

/** Another endpoint that sees the wallet is another reading. */
export const walletKey = (session: Session, address: string) =>
  ['wallet', session.id, session.choice.walletUrl ?? '', address] as const

/** What an address holds, at the head, from one endpoint. */
export const walletQuery = (session: Session, address: string) => {
  const queryKey = walletKey(session, address)
  return queryOptions({
    queryKey,
    queryFn: ({ signal }): Promise<Wallet> =>
      readWallet(session.client, session.tokenPools, parseAddress(queryKey[3]), signal),
    ...HEAD,
  })
}
