import type { Endpoint } from './endpoints.ts'
import { createEndpointPool, type EndpointPool } from './transport.ts'

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

export type ChainClient = EndpointPool & { readonly network: Network }

/**
 * Create a client: a pool of endpoints and what the chain behind them may be. It is no viem client: receipts must say
 * which operator answered, which viem's request cannot, and the page would load 3 kB more before its first figure.
 */
export const createClient = (endpoints: readonly Endpoint[], network: Network): ChainClient => ({
  ...createEndpointPool(endpoints),
  network,
})

/** Whether nothing but mainnet may be behind the endpoints, so that what is known of its blocks can be relied on. */
export const isMainnetOnly = ({ network }: ChainClient): boolean =>
  network.chainIds.every(id => id === MAINNET_ID)
