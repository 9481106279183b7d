import { createClient, LOCAL_ID, MAINNET, MAINNET_GRID, MAINNET_ID } from '../chain/client.ts'
import { ownEndpoint, PUBLIC_ENDPOINTS } from '../chain/endpoints.ts'
import { pools, tokenPools } from '../pools/index.ts'
import type { Session } from '../queries/session.ts'
import { createSampleStore } from '../store/sampleStore.ts'
import type { PageConfig } from './pageConfig.ts'

/** Connect the page to what it was started on. @throws InvalidEndpoint */
export function createSession({ chain, rpc, grid, exampleWallet }: PageConfig): Session {
  const endpoints = rpc === undefined ? PUBLIC_ENDPOINTS : rpc.map(ownEndpoint)
  const network =
    rpc === undefined ? MAINNET : { chainIds: [MAINNET_ID, LOCAL_ID], grid: grid ?? MAINNET_GRID }
  return {
    id: `${endpoints.map(({ url }) => url).join(' ')} ${network.grid}`,
    client: createClient(endpoints, network),
    store: createSampleStore(),
    pools,
    tokenPools,
    chain,
    exampleWallet,
  }
}
