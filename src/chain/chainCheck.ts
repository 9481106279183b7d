import type { ChainClient } from './client.ts'
import { WrongChain } from './errors.ts'

/**
 * Refuse an endpoint of another chain than the client is for.
 * @throws WrongChain
 */
export function refuseOtherChain(client: ChainClient, chainId: bigint, operator: string): void {
  const { chainIds } = client.network
  if (chainIds.includes(chainId)) return
  throw new WrongChain(
    `serves chain ${chainId}, not ${chainIds.join(' or ')}; give the URL of an Ethereum mainnet endpoint`,
    { operator },
  )
}
