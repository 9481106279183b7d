import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useSyncExternalStore } from 'react'
import type { ChainClient } from '../chain/client.ts'
import type { Endpoint } from '../chain/endpoints.ts'
import type { WalletKnowledge } from '../chain/walletKnowledge.ts'
import type { Seconds } from '../math/fixedPoint.ts'
import { parseAddress } from '../pools/account.ts'
import { type AskedWay, createPastReader, type PastReader, type PastStatus } from './pastReader.ts'
import { type Session, useSession } from './session.ts'
import { type Wallet, walletQuery } from './wallet.ts'

export type WalletPastReading = PastStatus & {
  readonly start: (way: AskedWay) => void
  readonly stop: () => void
  readonly goOn: () => void
  /** Read anew, up to the newest block. */
  readonly renew: () => void
  /** Whether the endpoint that sees the wallet says that it keeps old state. */
  readonly isOffered: boolean
  /** Who else may see a wallet and keeps old state. */
  readonly others: readonly Endpoint[]
  /** Time of the wallet's newest reading. */
  readonly now: Seconds | undefined
  readonly chainId: bigint | undefined
}

/** By what the page is connected to and by accounts: another endpoint begins anew, and nothing outlasts the visit. */
const readers = new WeakMap<ChainClient, Map<string, PastReader>>()

const keyOf = (accounts: readonly string[]): string => [...new Set(accounts)].sort().join(',')

function readerOf({ client, tokenPools }: Session, key: string): PastReader {
  const own = readers.get(client) ?? new Map<string, PastReader>()
  readers.set(client, own)
  const known = own.get(key)
  if (known !== undefined) return known
  const accounts = key.split(',').map(parseAddress)
  const reader = createPastReader<WalletKnowledge>(async function* read({ head, way, known, signal }) {
    // The holdings do not need the reader of the past.
    const { readWalletPast } = await import('../chain/readWalletPast.ts')
    yield* readWalletPast(client, { pools: tokenPools, accounts, head, way, known, signal })
  })
  own.set(key, reader)
  return reader
}

const keepsOldState = ({ roles }: Endpoint): boolean => roles.includes('archive')

const headOf = ({ block, time, chainId }: Wallet): Pick<Wallet, 'block' | 'time' | 'chainId'> => ({
  block,
  time,
  chainId,
})

/**
 * What accounts held, got, gave and earned up to the head of their reading, as far as it has been read. It starts by
 * itself where their endpoint keeps old state, stops when nobody looks, and goes on when somebody does again.
 */
export function useWalletPast(accounts: readonly string[]): WalletPastReading {
  const session = useSession()
  const key = keyOf(accounts)
  const reader = useMemo(() => readerOf(session, key), [session, key])
  const status = useSyncExternalStore(reader.subscribe, reader.status)
  const { data } = useQuery({ ...walletQuery(session, accounts), select: headOf })
  const head = data?.block
  const { walletEndpoint, endpoints } = session.client
  const isOffered = walletEndpoint !== undefined && keepsOldState(walletEndpoint)
  useEffect(() => reader.attach(), [reader])
  useEffect(() => {
    if (isOffered && head !== undefined) reader.begin(head)
  }, [reader, isOffered, head])
  return {
    ...status,
    start: way => {
      if (head !== undefined) reader.start(way, head)
    },
    renew: () => {
      if (head !== undefined) reader.renew(head)
    },
    stop: reader.stop,
    goOn: reader.goOn,
    isOffered,
    others: endpoints.filter(
      endpoint =>
        keepsOldState(endpoint) && endpoint.roles.includes('wallet') && endpoint.url !== walletEndpoint?.url,
    ),
    now: data?.time,
    chainId: data?.chainId,
  }
}
