import { type Hex, toHex } from 'viem'
import type { BlockNumber, Seconds } from '../math/fixedPoint.ts'
import {
  MULTICALL3,
  MULTICALL3_FIRST_BLOCK,
  readBlockNumber,
  readBlockTime,
  readChainId,
} from '../pools/infrastructure.ts'
import { decodeWord, type Read } from '../pools/read.ts'
import { requireHex, requireQuantity } from './answers.ts'
import { type ChainClient, MAINNET_ID } from './client.ts'
import type { Role } from './endpoints.ts'
import { CallReverted, UnexpectedReply, WrongChain } from './errors.ts'
import { decodeAggregate, encodeAggregate, type InnerResult } from './multicall.ts'
import { readHeader } from './readHeader.ts'

/** What one read gave: bytes, or a revert. `0x` means that nothing answered at that address. */
export type Outcome = { readonly read: Read; readonly success: boolean; readonly returnData: Hex }

/** Several reads of one block, with the block's own number and time. */
export type BlockReading = {
  readonly block: BlockNumber
  readonly time: Seconds
  readonly chainId: bigint
  readonly operator: string
  readonly outcomes: readonly Outcome[]
}

export type CallOptions = {
  readonly block: BlockNumber | 'latest'
  readonly role: Role
  readonly signal?: AbortSignal | undefined
}

const frame = [readBlockNumber, readBlockTime, readChainId]

function frameWord(results: readonly InnerResult[], index: number, operator: string): bigint {
  const result = results[index]
  if (result?.success === true && result.returnData.length === 66) return decodeWord(result.returnData)
  throw new UnexpectedReply('gave no block number, time or chain id; ask another endpoint', { operator })
}

function refuseOtherChain(client: ChainClient, chainId: bigint, operator: string): void {
  const { chainIds } = client.network
  if (chainIds.includes(chainId)) return
  throw new WrongChain(
    `serves chain ${chainId}, not ${chainIds.join(' or ')}; give the URL of an Ethereum mainnet endpoint`,
    { operator },
  )
}

function checkBlock(asked: CallOptions['block'], answered: BlockNumber, operator: string): void {
  if (asked === 'latest' || asked === answered) return
  throw new UnexpectedReply(`answered for block ${answered} when asked for ${asked}; ask another endpoint`, {
    operator,
  })
}

const isMainnetOnly = ({ network }: ChainClient): boolean => network.chainIds.every(id => id === MAINNET_ID)

/** One eth_call for everything. Undefined where Multicall3 does not exist, which a local chain may lack. */
async function readTogether(
  client: ChainClient,
  reads: readonly Read[],
  { block, role, signal }: CallOptions,
): Promise<BlockReading | undefined> {
  const data = encodeAggregate([...frame, ...reads])
  const mayLack = !isMainnetOnly(client)
  const { value } = await client.ask({
    method: 'eth_call',
    params: [{ to: MULTICALL3, data }, block === 'latest' ? block : toHex(block)],
    role,
    signal,
    read: (result, operator): BlockReading | undefined => {
      const results = decodeAggregate(requireHex(result, operator), frame.length + reads.length, operator)
      if (results === undefined) {
        if (mayLack) return undefined
        throw new UnexpectedReply('does not know Multicall3 where it exists; ask another endpoint', {
          operator,
        })
      }
      const [answered, time, chainId] = [0, 1, 2].map(index => frameWord(results, index, operator)) as [
        bigint,
        bigint,
        bigint,
      ]
      refuseOtherChain(client, chainId, operator)
      checkBlock(block, answered, operator)
      const outcomes = reads.map((read, index) => ({
        read,
        success: results[frame.length + index]?.success ?? false,
        returnData: results[frame.length + index]?.returnData ?? '0x',
      }))
      return { block: answered, time, chainId, operator, outcomes }
    },
  })
  return value
}

async function readOne(
  client: ChainClient,
  read: Read,
  block: BlockNumber,
  options: CallOptions,
): Promise<Outcome> {
  try {
    const { value } = await client.ask({
      method: 'eth_call',
      params: [{ to: read.address, data: read.callData }, toHex(block)],
      role: options.role,
      signal: options.signal,
      read: requireHex,
    })
    return { read, success: true, returnData: value }
  } catch (error) {
    if (error instanceof CallReverted) return { read, success: false, returnData: '0x' }
    throw error
  }
}

const chainIds = new WeakMap<ChainClient, Promise<bigint>>()

/** Read the chain id (eth_chainId), once for a client: single calls cannot carry it as Multicall3 does. */
function readChain(client: ChainClient): Promise<bigint> {
  const asked = chainIds.get(client)
  if (asked !== undefined) return asked
  const answer = client
    .ask({
      method: 'eth_chainId',
      params: [],
      role: 'head',
      signal: undefined,
      read: (result, operator) => {
        const chainId = requireQuantity(result, operator)
        refuseOtherChain(client, chainId, operator)
        return chainId
      },
    })
    .then(({ value }) => value)
  chainIds.set(client, answer)
  answer.catch(() => chainIds.delete(client))
  return answer
}

/** A request for each read: the way before Multicall3 existed. The header gives the time and is no eth_call. */
async function readApart(
  client: ChainClient,
  reads: readonly Read[],
  options: CallOptions,
): Promise<BlockReading> {
  const { role, signal } = options
  const { block, time, operator } = await readHeader(client, options.block, { role, signal })
  const chainId = await readChain(client)
  const outcomes = await Promise.all(reads.map(read => readOne(client, read, block, options)))
  return { block, time, chainId, operator, outcomes }
}

/**
 * Read any number of view functions at one block: in one eth_call of Multicall3's aggregate3 together with the
 * block's number, time and chain id, or one by one where Multicall3 does not exist yet.
 * @throws WrongChain, UnexpectedReply (another block answered, half an answer), or the endpoints' own refusals
 */
export async function readCalls(
  client: ChainClient,
  reads: readonly Read[],
  options: CallOptions,
): Promise<BlockReading> {
  const { block } = options
  if (isMainnetOnly(client) && block !== 'latest' && block < MULTICALL3_FIRST_BLOCK)
    return readApart(client, reads, options)
  return (await readTogether(client, reads, options)) ?? readApart(client, reads, options)
}
