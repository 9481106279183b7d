import type { ChainClient } from './client.ts'
import { MAINNET_ID } from './client.ts'
import { isLoopback } from './endpoints.ts'
import { ChainError } from './errors.ts'
import { type Header, readHeader } from './readHeader.ts'

/** Who a chain is, for the sample store: chain id and the hash of one fixed early block. */
export type ChainIdentity = {
  readonly key: string
  /** The fixed block: a first point for the block clock. */
  readonly header: Header
  /** False for a development node that claims to be mainnet: a fork shares its early blocks and not its later ones. */
  readonly isPermanent: boolean
}

/** The first block after the Merge: nodes that expired older history still have it. */
const MAINNET_FIXED_BLOCK = 15_537_394n
const LOCAL_FIXED_BLOCK = 1n

/** Ask a node on this machine what it is; one that does not say is taken for a development node. */
async function isDevelopmentNode(
  client: ChainClient,
  url: string,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  try {
    const { value } = await client.ask({
      method: 'web3_clientVersion',
      params: [],
      role: 'head',
      signal,
      only: url,
      read: result => typeof result !== 'string' || /anvil|hardhat|ganache/i.test(result),
    })
    return value
  } catch (error) {
    if (error instanceof ChainError) return true
    throw error
  }
}

async function hasDevelopmentNode(client: ChainClient, signal: AbortSignal | undefined): Promise<boolean> {
  const local = client.endpoints.filter(({ url }) => isLoopback(url))
  const answers = await Promise.all(local.map(({ url }) => isDevelopmentNode(client, url, signal)))
  return answers.includes(true)
}

/**
 * Find out which chain this is, so that a restarted local chain never meets another's samples.
 * @throws the classes of `errors.ts`
 */
export async function readIdentity(
  client: ChainClient,
  chainId: bigint,
  signal?: AbortSignal,
): Promise<ChainIdentity> {
  const isMainnet = chainId === MAINNET_ID
  const header = await readHeader(client, isMainnet ? MAINNET_FIXED_BLOCK : LOCAL_FIXED_BLOCK, {
    role: 'archive',
    signal,
  })
  const isPermanent = !(isMainnet && (await hasDevelopmentNode(client, signal)))
  return { key: `${chainId}-${header.hash.slice(2, 18)}`, header, isPermanent }
}
