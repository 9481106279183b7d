import type { Hex } from 'viem'
import type { BlockNumber, Seconds } from '../math/fixedPoint.ts'
import { readParentHash } from '../pools/infrastructure.ts'
import type { Read } from '../pools/read.ts'
import { type BlockReading, outcomesBy } from './blockReading.ts'
import type { ChainClient } from './client.ts'
import type { Endpoint, Role } from './endpoints.ts'
import {
  ChainError,
  NoEndpointServed,
  RateLimited,
  StaleHead,
  UnexpectedReply,
  Unreachable,
  WrongChain,
} from './errors.ts'
import { readCalls } from './readCalls.ts'

/** What is to be read again, and of which block. */
export type RecheckRequest = {
  readonly reads: readonly Read[]
  readonly block: BlockNumber
  readonly time: Seconds
  /** The block's header as far as it is known: it tells one block from another of the same number. */
  readonly header?: { readonly hash: Hex; readonly parentHash: Hex } | undefined
  readonly role: Role
  readonly signal?: AbortSignal | undefined
}

/** The same calls of the same block from another operator. */
export type Recheck = BlockReading & {
  /** Asked by the block's hash; else by its number, where the endpoint takes no hash or none is known. */
  readonly isByHash: boolean
}

export type WitnessOptions = {
  readonly role: Role
  /** Blocks between the one asked about and the newest. */
  readonly age: BlockNumber
  /** Operators that have answered. */
  readonly except: readonly string[]
}

/** Part of its stated depth that an endpoint is trusted with. */
const nearly = (depth: bigint): bigint => (depth * 9n) / 10n

function canServe({ roles, limits }: Endpoint, { role, age }: WitnessOptions): boolean {
  if (role === 'wallet') return roles.includes('wallet') || roles.includes('head')
  if (roles.includes('archive')) return true
  return (
    roles.includes('head') && (limits?.depth === undefined ? role === 'head' : age < nearly(limits.depth))
  )
}

/** Those that track, and those that failed a moment ago, come last. */
function rankOf({ endpoints, standings }: ChainClient, endpoint: Endpoint): number {
  const isReserve = endpoint.privacy !== 'none' && endpoint.privacy !== 'own'
  return (standings[endpoints.indexOf(endpoint)]?.isResting() === true ? 2 : 0) + (isReserve ? 1 : 0)
}

/** List the endpoints of other operators that may be able to answer, in the order in which they are to be asked. */
export const witnessesOf = (client: ChainClient, options: WitnessOptions): Endpoint[] =>
  client.endpoints
    .filter(endpoint => !options.except.includes(endpoint.operator) && canServe(endpoint, options))
    .map(endpoint => ({ endpoint, rank: rankOf(client, endpoint) }))
    .sort((one, other) => one.rank - other.rank)
    .map(({ endpoint }) => endpoint)

/** Failures that have nothing to do with how the block was named. */
const isAboutEndpoint = (error: unknown): boolean =>
  !(error instanceof ChainError) ||
  [RateLimited, Unreachable, WrongChain, StaleHead].some(Failure => error instanceof Failure)

/** Ask by number, and hold what the call tells of its block against what is known of it. */
async function askByNumber(
  client: ChainClient,
  { url }: Endpoint,
  { reads, header, time, block, role, signal }: RecheckRequest,
): Promise<BlockReading> {
  const options = { block, role, signal, only: url }
  if (header === undefined) return checkTime(await readCalls(client, reads, options), time)
  const { outcomes, ...reading } = await readCalls(client, [...reads, readParentHash], options)
  const parent = outcomesBy({ outcomes, ...reading })(readParentHash)
  // Where Multicall3 does not exist yet, nothing tells the parent.
  if (parent.returnData !== '0x' && parent.returnData.toLowerCase() !== header.parentHash.toLowerCase())
    throw otherBlock(reading)
  return checkTime({ ...reading, outcomes: outcomes.slice(0, reads.length) }, time)
}

const otherBlock = ({ block, operator }: Pick<BlockReading, 'block' | 'operator'>): UnexpectedReply =>
  new UnexpectedReply(`has another block ${block} than the one that the figure was read at`, { operator })

function checkTime(reading: BlockReading, time: Seconds): BlockReading {
  if (reading.time !== time) throw otherBlock(reading)
  return reading
}

async function askWitness(
  client: ChainClient,
  endpoint: Endpoint,
  request: RecheckRequest,
): Promise<Recheck> {
  const { reads, header, block, role, signal, time } = request
  if (header === undefined) return { ...(await askByNumber(client, endpoint, request)), isByHash: false }
  try {
    const options = { block, hash: header.hash, role, signal, only: endpoint.url }
    return { ...checkTime(await readCalls(client, reads, options), time), isByHash: true }
  } catch (error) {
    if (isAboutEndpoint(error)) throw error
    return { ...(await askByNumber(client, endpoint, request)), isByHash: false }
  }
}

/**
 * Read the same calls again at the same block from the first of some endpoints that answers.
 * @throws NoEndpointServed with what each said
 */
export async function recheck(
  client: ChainClient,
  witnesses: readonly Endpoint[],
  request: RecheckRequest,
): Promise<Recheck> {
  const failures: ChainError[] = []
  for (const endpoint of witnesses) {
    try {
      return await askWitness(client, endpoint, request)
    } catch (error) {
      if (!(error instanceof ChainError)) throw error
      failures.push(error)
    }
  }
  throw new NoEndpointServed(failures)
}
