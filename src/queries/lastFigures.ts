import { queryOptions } from '@tanstack/react-query'
import { isOffline } from '../chain/deviceNetwork.ts'
import { isLoopback } from '../chain/endpoints.ts'
import { type Live, liveKey } from './live.ts'
import type { Session } from './session.ts'

/** A live reading of an earlier visit, and the name of its chain in the archives. */
export type Recalled = { readonly live: Live; readonly identity: string | undefined }

/** Milliseconds that the first live figures have before those of an earlier visit stand in for them. */
const PATIENCE = 2_000

export const THE_MAINNET = 'mainnet'

/**
 * Name a session's chain for its last figures: there is one mainnet whoever is asked, but a node on this machine may
 * be a fork or a chain of its own.
 */
export const lastFiguresPlace = ({ chain, id, client }: Session): string =>
  chain === THE_MAINNET && !client.endpoints.some(({ url }) => isLoopback(url)) ? chain : id

/** Wait for the live figures; not at all where the browser knows that there is no network. */
async function waitForLive(signal: AbortSignal): Promise<void> {
  if (isOffline()) return
  await new Promise<void>(resolve => {
    const timer = setTimeout(resolve, PATIENCE)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}

/** Recall what an earlier visit read last, judged anew; null where nothing is kept. */
export async function recallLast(session: Session): Promise<Recalled | null> {
  const [{ recallLive }, figures] = await Promise.all([
    import('../chain/recallLive.ts'),
    session.last.load(lastFiguresPlace(session)),
  ])
  if (figures === undefined) return null
  return { live: recallLive(figures, session.tokenPools), identity: figures.identity }
}

/** The figures of an earlier visit; null where live ones were there in time, or nothing is kept. */
export const lastFiguresQuery = (session: Session, isWanted: boolean) =>
  queryOptions({
    queryKey: ['lastFigures', session.id] as const,
    queryFn: async ({ client, signal }): Promise<Recalled | null> => {
      await waitForLive(signal)
      if (client.getQueryData(liveKey(session)) !== undefined) return null
      return recallLast(session)
    },
    enabled: isWanted,
    staleTime: Infinity,
    // Whatever fails here, the failure of the live reading is the one to tell.
    retry: false,
    structuralSharing: false,
  })
