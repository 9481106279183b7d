import type { ClockPoint } from '../math/blockClock.ts'
import type { BlockNumber, Seconds } from '../math/fixedPoint.ts'
import type { TokenPool } from '../pools/definePool.ts'
import { type ChainClient, MAINNET_ID } from './client.ts'
import { ArchiveUnavailable, MethodUnavailable, NoEndpointServed, UnexpectedReply } from './errors.ts'
import { type Header, readHeader } from './readHeader.ts'
import { type ChainIdentity, readIdentity } from './readIdentity.ts'

export type ExtentRequest = {
  readonly pools: readonly TokenPool[]
  readonly head: ClockPoint & { readonly chainId: bigint }
  /** Time before the head; undefined for all that there is. */
  readonly span: Seconds | undefined
  readonly signal?: AbortSignal | undefined
}

/** How far back a history goes, and the blocks whose times are known before it is read. */
export type Extent = {
  readonly identity: ChainIdentity
  readonly finalized: Header
  /** History lies after this moment: the first block, where it is reached, is part of it. */
  readonly from: Seconds
  readonly firstBlock: BlockNumber
  /** Set where more was asked for than the endpoints serve: what is older is left out, and the page says so. */
  readonly cutAt: Seconds | undefined
  readonly known: readonly ClockPoint[]
}

function firstBlockOf(pools: readonly TokenPool[], chainId: bigint): BlockNumber {
  const firsts = pools.map(({ firstBlock }) => firstBlock)
  return chainId === MAINNET_ID ? firsts.reduce((a, b) => (a < b ? a : b), firsts[0] ?? 1n) : 1n
}

const isForGood = (error: unknown): boolean =>
  error instanceof NoEndpointServed
    ? error.failures.every(isForGood)
    : error instanceof ArchiveUnavailable ||
      error instanceof MethodUnavailable ||
      error instanceof UnexpectedReply

/** The first block's header, or undefined where the endpoints have let go of blocks that old. */
async function readFirst(client: ChainClient, block: BlockNumber, signal: AbortSignal | undefined) {
  try {
    return await readHeader(client, block, { role: 'archive', signal })
  } catch (error) {
    // Nodes may drop what is older than the Merge (EIP-4444): a shorter history is better than none. A passing
    // refusal is another matter, and shortens nothing.
    if (isForGood(error)) return undefined
    throw error
  }
}

/**
 * Find out where a history starts: identity, finalized block, and the first block where the range reaches it.
 * @throws the classes of `errors.ts` where not even the chain's identity can be read
 */
export async function readExtent(client: ChainClient, request: ExtentRequest): Promise<Extent> {
  const { pools, head, span, signal } = request
  const [identity, finalized] = await Promise.all([
    readIdentity(client, head.chainId, signal),
    readHeader(client, 'finalized', { signal, rounds: 3 }),
  ])
  const fixed = identity.header
  const known = [fixed, finalized, head]
  const firstBlock = firstBlockOf(pools, head.chainId)
  const wanted = span === undefined ? undefined : head.time - span
  if (wanted !== undefined && wanted >= fixed.time)
    return { identity, finalized, from: wanted, firstBlock, cutAt: undefined, known }
  const first = firstBlock === fixed.block ? fixed : await readFirst(client, firstBlock, signal)
  if (first === undefined)
    return { identity, finalized, from: fixed.time - 1n, firstBlock: fixed.block, cutAt: fixed.time, known }
  const from = wanted === undefined || wanted < first.time ? first.time - 1n : wanted
  return { identity, finalized, from, firstBlock, cutAt: undefined, known: [first, ...known] }
}
