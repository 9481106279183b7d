import { type Client, createClient as createViemClient, custom } from 'viem'
import type { Endpoint } from './endpoints.ts'
import { createEndpointPool, type EndpointPool, type RpcRequest } from './transport.ts'

/** What the chain on the other side may be, and how its history is sampled. */
export type Network = {
  /** Chain ids that are accepted; anything else is the wrong chain. */
  readonly chainIds: readonly bigint[]
  /** Spacing of samples in blocks. */
  readonly grid: bigint
}

export const MAINNET_ID = 1n
export const LOCAL_ID = 31_337n
/** About a day of mainnet blocks. */
export const MAINNET_GRID = 7_200n

export const MAINNET: Network = { chainIds: [MAINNET_ID], grid: MAINNET_GRID }

export type ChainClient = Client & EndpointPool & { readonly network: Network }

/**
 * Create a client over a pool of endpoints. viem's own actions run on it without retries, since the pool decides what
 * is asked again and of whom; `ask` also says which operator answered, which receipts need.
 */
export function createClient(endpoints: readonly Endpoint[], network: Network): ChainClient {
  const pool = createEndpointPool(endpoints)
  const transport = custom(
    {
      request: async (request: RpcRequest, options?: { readonly signal?: AbortSignal }) => {
        const { value } = await pool.ask({
          ...request,
          role: 'head',
          signal: options?.signal,
          read: result => result,
        })
        return value
      },
    },
    { retryCount: 0 },
  )
  return createViemClient({ transport }).extend(() => ({ ...pool, network }))
}
