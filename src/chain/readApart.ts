import type { BlockNumber } from '../math/fixedPoint.ts'
import { readBlockNumber } from '../pools/infrastructure.ts'
import type { Read } from '../pools/read.ts'
import { decodeWord } from '../pools/words.ts'
import { requireHex, requireQuantity, toQuantity } from './answers.ts'
import type { BlockReading, CallOptions, Outcome } from './blockReading.ts'
import { refuseOtherChain } from './chainCheck.ts'
import type { ChainClient } from './client.ts'
import { CallReverted, ChainError, NoEndpointServed, UnexpectedReply } from './errors.ts'
import { type Header, readHeader } from './readHeader.ts'

/** Ask one endpoint one thing at a block that has its number and, where one is given, its hash. */
async function readOne(
  client: ChainClient,
  read: Read,
  block: BlockNumber,
  { role, signal, only, limit, hash }: CallOptions,
): Promise<Outcome> {
  const at = hash === undefined ? toQuantity(block) : { blockHash: hash, requireCanonical: true }
  try {
    const { value } = await client.ask({
      method: 'eth_call',
      params: [{ to: read.address, data: read.callData }, at],
      role,
      signal,
      only,
      limit,
      block,
      isByHash: hash !== undefined,
      read: requireHex,
    })
    return { read, success: true, returnData: value }
  } catch (error) {
    if (error instanceof CallReverted) return { read, success: false, returnData: '0x' }
    throw error
  }
}

const chainIds = new WeakMap<ChainClient, Map<string, Promise<bigint>>>()

/** Read an endpoint's chain id (eth_chainId), once for a client: single calls cannot carry it as Multicall3 does. */
function readChain(client: ChainClient, url: string): Promise<bigint> {
  const known = chainIds.get(client) ?? new Map<string, Promise<bigint>>()
  chainIds.set(client, known)
  const asked = known.get(url)
  if (asked !== undefined) return asked
  const answer = client
    .ask({
      method: 'eth_chainId',
      params: [],
      role: 'head',
      signal: undefined,
      only: url,
      shows: ['chain'],
      read: (result, operator) => {
        const chainId = requireQuantity(result, operator)
        refuseOtherChain(client, chainId, operator)
        return chainId
      },
    })
    .then(({ value }) => value)
  known.set(url, answer)
  answer.catch(() => known.delete(url))
  return answer
}

/**
 * Refuse single calls that are not of the block asked for. Multicall3 is asked for its block number beside them: it
 * answers nothing before it existed and that block afterwards, but an endpoint that ignores the block gives its head.
 */
function checkBlock({ success, returnData }: Outcome, { block, operator }: Header): void {
  const isSilent = success && returnData === '0x'
  const answered = !isSilent && returnData.length === 66 ? decodeWord(returnData) : undefined
  if (!isSilent && answered !== block)
    throw new UnexpectedReply(`did not answer for block ${block}; ask another endpoint`, { operator })
}

function checkHash(wanted: CallOptions['hash'], { block, hash, operator }: Header): void {
  if (wanted === undefined || wanted.toLowerCase() === hash.toLowerCase()) return
  throw new UnexpectedReply(`knows another block ${block} than the one asked for; ask another endpoint`, {
    operator,
  })
}

/** Ask the endpoint that gave the header for all that is to be read at its block. */
async function readFrom(
  client: ChainClient,
  reads: readonly Read[],
  header: Header,
  options: CallOptions,
): Promise<BlockReading> {
  const { operator, url, block, time } = header
  checkHash(options.hash, header)
  const chainId = await readChain(client, url)
  const one = (read: Read): Promise<Outcome> => readOne(client, read, block, { ...options, only: url })
  const [ownBlock, outcomes] = await Promise.all([one(readBlockNumber), Promise.all(reads.map(one))])
  checkBlock(ownBlock, header)
  return { block, time, chainId, operator, url, outcomes }
}

/** Fail with all that went wrong so far, where it was more than one thing. */
const failAfter =
  (failures: readonly ChainError[]) =>
  (error: unknown): never => {
    if (failures.length === 0 || !(error instanceof ChainError)) throw error
    throw new NoEndpointServed([
      ...failures,
      ...(error instanceof NoEndpointServed ? error.failures : [error]),
    ])
  }

/**
 * Read with a request for each call: the way before Multicall3 existed. The header gives the time and is no eth_call.
 * All of it comes from one endpoint; where that fails on the way, the next operator is asked from the start.
 * @throws WrongChain; UnexpectedReply where the answers are not surely of one block; NoEndpointServed
 */
export async function readApart(
  client: ChainClient,
  reads: readonly Read[],
  options: CallOptions,
): Promise<BlockReading> {
  const { block, role, signal, only, rounds, limit } = options
  const whom = { role, signal, only, rounds, limit }
  const failures: ChainError[] = []
  const except = [...(options.except ?? [])]
  const hasOthers = (): boolean =>
    only === undefined &&
    client.endpoints.some(({ operator, roles }) => roles.includes(role) && !except.includes(operator))
  for (;;) {
    const header = await readHeader(client, block, { ...whom, except }).catch(failAfter(failures))
    try {
      return await readFrom(client, reads, header, options)
    } catch (error) {
      if (!(error instanceof ChainError)) throw error
      except.push(header.operator)
      // A wallet is shown to one operator only.
      if (role === 'wallet' || !hasOthers()) failAfter(failures)(error)
      failures.push(error)
    }
  }
}
