import { chooseEndpoints } from '../chain/chooseEndpoints.ts'
import {
  type ChainClient,
  createClient,
  LOCAL_ID,
  MAINNET,
  MAINNET_GRID,
  MAINNET_ID,
  MOST_HEAD_AGE,
  type Network,
} from '../chain/client.ts'
import { ownEndpoint, PUBLIC_ENDPOINTS } from '../chain/endpoints.ts'
import { copyEntries, createLedger, type Ledger } from '../chain/ledger.ts'
import type { Standing } from '../chain/standing.ts'
import type { EndpointMemory } from '../math/endpointMemory.ts'
import { pools, tokenPools } from '../pools/index.ts'
import type { Session } from '../queries/session.ts'
import { createEndpointMemory } from '../store/endpointMemory.ts'
import { type EndpointSettings, NO_SETTINGS, saveEndpointSettings } from '../store/endpointSettings.ts'
import { createLateLastFigures, createLateLogs, createLateTimes } from './lateArchives.ts'
import { createLateStore } from './lateStore.ts'
import type { PageConfig } from './pageConfig.ts'

/** What lasts as long as the page is open, however often it connects anew. */
export type Visit = {
  readonly ledger: Ledger
  readonly memory: EndpointMemory
  readonly store: Session['store']
  readonly logs: Session['logs']
  readonly times: Session['times']
  readonly last: Session['last']
  /** What was found out about each endpoint, by URL. */
  readonly standings: Map<string, Standing>
}

export const createVisit = (): Visit => ({
  ledger: createLedger(),
  memory: createEndpointMemory(),
  store: createLateStore(),
  logs: createLateLogs(),
  times: createLateTimes(),
  last: createLateLastFigures(),
  standings: new Map(),
})

/** What may be behind the endpoints. Only the embedded chain and mainnet keep the time of day. */
function networkOf({ chain, grid = MAINNET_GRID }: PageConfig): Network {
  if (chain === 'mainnet') return { ...MAINNET, grid }
  if (chain === 'embedded') return { chainIds: [LOCAL_ID], grid, mostHeadAge: MOST_HEAD_AGE }
  return { chainIds: [MAINNET_ID, LOCAL_ID], grid }
}

/** One ledger for the visit; and who was set aside stays so, whatever is switched meanwhile. */
function continueVisit(client: ChainClient, { ledger, standings }: Visit): ChainClient {
  copyEntries(client.ledger, ledger)
  for (const standing of client.standings) {
    const { url } = standing.endpoint
    const before = standings.get(url)
    if (before !== undefined) standing.inherit(before)
    standings.set(url, standing)
  }
  return { ...client, ledger }
}

type Choice = {
  readonly settings: EndpointSettings
  readonly onChoice: (settings: EndpointSettings) => void
  readonly visit: Visit
}

const unchosen = (): Choice => ({
  settings: NO_SETTINGS,
  onChoice: () => undefined,
  visit: createVisit(),
})

/**
 * Connect the page to what it was started on, and to what the reader chose: never to what a link says.
 * @throws InvalidEndpoint
 */
export function createSession(
  config: PageConfig,
  { settings, onChoice, visit }: Choice = unchosen(),
): Session {
  const { chain, rpc, exampleWallet } = config
  const defaults = rpc === undefined ? PUBLIC_ENDPOINTS : rpc.map(ownEndpoint)
  const { known, used, walletUrl } = chooseEndpoints(defaults, settings)
  const network = networkOf(config)
  const { memory, store, logs, times, last } = visit
  return {
    id: `${used.map(({ url }) => url).join(' ')} ${network.grid}`,
    client: continueVisit(createClient(used, network, { memory, walletUrl }), visit),
    store,
    logs,
    times,
    last,
    pools,
    tokenPools,
    chain,
    exampleWallet,
    choice: {
      settings,
      known,
      walletUrl,
      choose: next => {
        const isKept = saveEndpointSettings(chain, next)
        onChoice(next)
        return isKept
      },
    },
  }
}
