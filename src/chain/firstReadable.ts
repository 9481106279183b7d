import type { BlockNumber } from '../math/fixedPoint.ts'
import { MULTICALL3, MULTICALL3_FIRST_BLOCK } from '../pools/infrastructure.ts'
import { requireHex, toQuantity } from './answers.ts'
import { type ChainClient, isMainnetOnly } from './client.ts'

/** How often an endpoint is asked where its failures may pass. */
const ROUNDS = 4

const known = new WeakMap<ChainClient, Promise<BlockNumber>>()

async function hasMulticall(
  client: ChainClient,
  block: BlockNumber,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const { value } = await client.ask({
    method: 'eth_getCode',
    params: [MULTICALL3, toQuantity(block)],
    role: 'wallet',
    isAnonymous: true,
    rounds: ROUNDS,
    block,
    signal,
    read: requireHex,
  })
  return value !== '0x'
}

async function search(
  client: ChainClient,
  head: BlockNumber,
  signal: AbortSignal | undefined,
): Promise<BlockNumber> {
  // A chain without it at all is read one question at a time, at its head only.
  if (!(await hasMulticall(client, head, signal))) return head
  let [low, high] = [0n, head]
  while (high - low > 1n) {
    const middle = (low + high) / 2n
    if (await hasMulticall(client, middle, signal)) high = middle
    else low = middle
  }
  return high
}

/**
 * Find the first block at whose end everything about a wallet can be read in one call: that of Multicall3, which is
 * known of mainnet and searched for on a local chain, once for each client.
 * @throws the classes of `errors.ts`
 */
export async function firstReadable(
  client: ChainClient,
  head: BlockNumber,
  signal?: AbortSignal,
): Promise<BlockNumber> {
  if (isMainnetOnly(client)) return MULTICALL3_FIRST_BLOCK
  const before = known.get(client)
  if (before !== undefined) return before
  const found = search(client, head, signal)
  known.set(client, found)
  // A search that failed is begun anew by whoever asks next.
  found.catch(() => known.delete(client))
  return found
}
