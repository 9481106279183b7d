import type { Seconds } from '../math/fixedPoint.ts'
import type { Endpoint } from './endpoints.ts'
import { createEndpointPool, type EndpointPool, type PoolOptions } from './transport.ts'

/** What the chain on the other side may be, and how its history is sampled. */
export type Network = {
  /** Chain ids that are accepted; anything else is the wrong chain. */
  readonly chainIds: readonly bigint[]
  /** Spacing of samples in blocks. */
  readonly grid: bigint
  /** A newest block older than this is stale. Absent for local chains, whose time may be any. */
  readonly mostHeadAge?: Seconds
}

export const MAINNET_ID = 1n
export const LOCAL_ID = 31_337n
/** About a day of mainnet blocks. */
export const MAINNET_GRID = 7_200n

/** Five slots without a block do not happen on a healthy chain. */
export const MOST_HEAD_AGE: Seconds = 60n

export const MAINNET: Network = { chainIds: [MAINNET_ID], grid: MAINNET_GRID, mostHeadAge: MOST_HEAD_AGE }

export type ChainClient = EndpointPool & { readonly network: Network }

/**
 * Create a client: a pool of endpoints and what the chain behind them may be. It is no viem client: receipts must say
 * which operator answered, which viem's request cannot, and the page would load 3 kB more before its first figure.
 */
export const createClient = (
  endpoints: readonly Endpoint[],
  network: Network,
  options: Pick<PoolOptions, 'memory' | 'walletUrl'> = {},
): ChainClient => ({
  ...createEndpointPool(endpoints, { ...options, mostHeadAge: network.mostHeadAge }),
  network,
})

/** The time of this machine, against which a newest block is old. */
const wallClock = (): Seconds => BigInt(Math.floor(Date.now() / 1_000))

/** How old a newest block of this time is; 0 where it is ahead of this machine's clock. */
export function headAge(time: Seconds): Seconds {
  const age = wallClock() - time
  return age < 0n ? 0n : age
}

/** Whether nothing but mainnet may be behind the endpoints, so that what is known of its blocks can be relied on. */
export const isMainnetOnly = ({ network }: ChainClient): boolean =>
  network.chainIds.every(id => id === MAINNET_ID)
