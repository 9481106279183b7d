import { type ChainClient, createClient, LOCAL_ID, MAINNET, MAINNET_ID } from '../../chain/client.ts'
import { type Endpoint, InvalidEndpoint, ownEndpoint } from '../../chain/endpoints.ts'
import { UnexpectedReply, WrongChain } from '../../chain/errors.ts'
import { readHeader } from '../../chain/readHeader.ts'

/** Read a chain id (eth_chainId) and refuse one that is not among those accepted. */
async function readChainId(client: ChainClient, signal: AbortSignal): Promise<bigint> {
  const { chainIds } = client.network
  const { value } = await client.ask({
    method: 'eth_chainId',
    params: [],
    role: 'head',
    signal,
    read: (result, operator) => {
      if (typeof result !== 'string' || !/^0x[0-9a-f]+$/i.test(result))
        throw new UnexpectedReply('gave no chain id; check that the URL is that of an Ethereum node', {
          operator,
          body: JSON.stringify(result) ?? '',
        })
      const chainId = BigInt(result)
      if (chainIds.includes(chainId)) return chainId
      throw new WrongChain(
        `serves chain ${chainId}, not ${chainIds.join(' or ')}; give the URL of an Ethereum mainnet endpoint or of a local chain`,
        { operator },
      )
    },
  })
  return value
}

/**
 * Check that a page on this machine can be served by an own node: its URL, its chain and its newest block.
 * @returns the chain id: mainnet's or a local chain's
 * @throws InvalidEndpoint, or the classes of `chain/errors.ts`
 */
export async function checkOwnEndpoint(url: string, signal: AbortSignal): Promise<bigint> {
  const endpoint = ownEndpoint(url)
  // The page's Content-Security-Policy cannot name it: Chromium ignores an IPv6 address with any port as invalid.
  if (new URL(url).hostname === '[::1]')
    throw new InvalidEndpoint(`The page may not ask “${url}”. Write localhost or 127.0.0.1 instead of [::1].`)
  const client = createClient([endpoint], { ...MAINNET, chainIds: [MAINNET_ID, LOCAL_ID] })
  const chainId = await readChainId(client, signal)
  await readHeader(client, 'latest', { signal })
  return chainId
}

async function checkPublicEndpoint(endpoint: Endpoint, signal: AbortSignal): Promise<string> {
  const client = createClient([endpoint], MAINNET)
  await Promise.all([readChainId(client, signal), readHeader(client, 'latest', { signal })])
  return endpoint.operator
}

/**
 * Ask public endpoints at once for the chain id and the newest block.
 * @param limit milliseconds for all of it
 * @returns the operator that answered first; undefined where none did
 */
export async function findPublicEndpoint(
  endpoints: readonly Endpoint[],
  limit: number,
  signal: AbortSignal,
): Promise<string | undefined> {
  const enough = new AbortController()
  const all = AbortSignal.any([signal, enough.signal, AbortSignal.timeout(limit)])
  const heads = endpoints.filter(({ roles }) => roles.includes('head'))
  try {
    return await Promise.any(heads.map(endpoint => checkPublicEndpoint(endpoint, all)))
  } catch (error) {
    signal.throwIfAborted()
    if (!(error instanceof AggregateError)) throw error
    return undefined
  } finally {
    enough.abort()
  }
}
