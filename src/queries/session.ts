import { createContext, useContext } from 'react'
import type { ChainClient } from '../chain/client.ts'
import type { Endpoint } from '../chain/endpoints.ts'
import type { LogArchive } from '../math/eventLog.ts'
import type { LastFiguresArchive } from '../math/lastFigures.ts'
import type { BlockTimeArchive } from '../math/report.ts'
import type { Pool, TokenPool } from '../pools/definePool.ts'
import type { EndpointSettings } from '../store/endpointSettings.ts'
import type { SampleStore } from '../store/sampleStore.ts'

/** What the page is connected to. */
export type Session = {
  /** Identity of the endpoint set and grid: part of every query key. */
  readonly id: string
  readonly client: ChainClient
  readonly store: SampleStore
  readonly logs: LogArchive
  readonly times: BlockTimeArchive
  /** The newest live reading, for a visit without a network. */
  readonly last: LastFiguresArchive
  readonly pools: readonly Pool[]
  readonly tokenPools: readonly TokenPool[]
  /** What the page was started on; `embedded` holds simulated values. */
  readonly chain: 'mainnet' | 'local' | 'embedded'
  /** An address with holdings, where the chain is the embedded one. */
  readonly exampleWallet: string | undefined
  readonly choice: EndpointsInUse
}

/** What the reader chose about endpoints, and how to choose otherwise. */
type EndpointsInUse = {
  readonly settings: EndpointSettings
  /** All that are known, also those switched off, in the order of preference. */
  readonly known: readonly Endpoint[]
  /** The one that sees the wallet. */
  readonly walletUrl: string | undefined
  /** Keep a choice and read everything anew from the endpoints chosen. @returns whether the browser keeps it */
  readonly choose: (settings: EndpointSettings) => boolean
}

/** A component that reads the chain was mounted outside the session. */
export class NoSession extends Error {
  override readonly name = 'NoSession'
  constructor() {
    super('Wrap the page in SessionContext: there is nothing to read from without it.')
  }
}

export const SessionContext = createContext<Session | undefined>(undefined)

/** Get the session. @throws NoSession */
export function useSession(): Session {
  const session = useContext(SessionContext)
  if (session === undefined) throw new NoSession()
  return session
}
