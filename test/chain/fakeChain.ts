import { decodeFunctionData, encodeFunctionResult, type Hex, multicall3Abi, toHex } from 'viem'
import type { BlockAt, Outcome } from '../../src/chain/blockReading.ts'
import type { ChainClient } from '../../src/chain/client.ts'
import type { Answer, Question } from '../../src/chain/question.ts'
import { createEndpointPool } from '../../src/chain/transport.ts'
import { DAY, WAD } from '../../src/math/fixedPoint.ts'
import type { TokenPool } from '../../src/pools/definePool.ts'
import { tokenPools } from '../../src/pools/index.ts'
import {
  readBlockNumber,
  readBlockTime,
  readChainId,
  readDecimals,
  readEtherPrice,
  readParentHash,
  readRound,
} from '../../src/pools/infrastructure.ts'
import type { Read } from '../../src/pools/read.ts'

/** A test asked something that nobody gave an answer for. */
class Unrecorded extends Error {
  override readonly name = 'Unrecorded'
}

/** A block of mainnet at which every pool is known to exist. */
export const LATE: BlockAt = { block: 26_000_000n, time: 1_790_000_000n, chainId: 1n }
/** The same on a local chain, where any contract may be missing. */
export const LOCAL_BLOCK: BlockAt = { block: 50n, time: 1_790_000_000n, chainId: 31_337n }

export const words = (...values: readonly bigint[]): Hex =>
  `0x${values.map(value => value.toString(16).padStart(64, '0')).join('')}`

/** Five words as latestRoundData gives them. */
export const roundWords = (answer: bigint, updatedAt: bigint): Hex =>
  words(1n, BigInt.asUintN(256, answer), updatedAt, updatedAt, 1n)

export const outcome = (read: Read, returnData: Hex, success = true): Outcome => ({
  read,
  success,
  returnData,
})

export const RATE = (11n * WAD) / 10n
export const SUPPLY = 1_000n * WAD
export const POOLED = 5_000n * WAD

/** What a contract answers: a word, raw bytes, or a revert, which may give its reason in bytes. */
export type Reply = bigint | Hex | 'reverts' | { readonly reverts: Hex }

/** As aggregate3 tells it. */
export function resultOf(reply: Reply): { success: boolean; returnData: Hex } {
  if (reply === 'reverts') return { success: false, returnData: '0x' }
  if (typeof reply === 'object') return { success: false, returnData: reply.reverts }
  return { success: true, returnData: typeof reply === 'bigint' ? toHex(reply, { size: 32 }) : reply }
}

const keyOf = (address: string, callData: string): string => `${address} ${callData}`.toLowerCase()

/** The reads of a pool's market feed. */
export function feedReads({ market }: TokenPool): readonly Read[] {
  return market.kind === 'feed' ? [readRound(market.feed), readDecimals(market.feed)] : []
}

/** A plausible answer to all that is ever asked of a pool. */
function healthyReplies(pool: TokenPool, { block, time }: BlockAt): [Read, Reply][] {
  const { lastReport, streamEnd, fee, exit } = pool
  const [round, decimals] = feedReads(pool)
  const replies: [Read, Reply][] = [
    [pool.rate, RATE],
    [pool.supply, SUPPLY],
  ]
  if (pool.pooled !== undefined) replies.push([pool.pooled, POOLED])
  if (lastReport !== undefined) {
    const mark = (lastReport.gives === 'time' ? time - 3_600n : block - 300n) + (lastReport.less ?? 0n)
    const answer = Array.from({ length: lastReport.read.words }, (_, index) =>
      index === (lastReport.word ?? 0) ? mark : 7n,
    )
    replies.push([lastReport.read, words(...answer)])
  }
  if (streamEnd !== undefined && streamEnd !== lastReport?.read) replies.push([streamEnd, time + DAY])
  if (fee.kind === 'read') for (const read of fee.reads) replies.push([read, fee.whole / 20n])
  if (round !== undefined) replies.push([round, roundWords((999n * WAD) / 1_000n, time - 600n)])
  if (decimals !== undefined) replies.push([decimals, 18n])
  for (const figure of exit.figures)
    replies.push([figure.read, figure.kind === 'share' ? figure.whole / 100n : 42n])
  return replies
}

/** A question as it reached the transport. */
type Asked = Omit<Question<unknown>, 'ageOf'>

export type FakeChain = {
  readonly client: ChainClient
  /** What reached the transport. */
  readonly asked: readonly Asked[]
  /** The inner calls of each aggregate3, as `address callData` in lower case. */
  readonly inner: readonly (readonly string[])[]
  readonly reply: (read: Read, reply: Reply) => void
}

/**
 * Make a chain behind a fake transport at whose every block all pools answer plausibly. It speaks Multicall3 through
 * viem's coder, and throws for what nobody gave an answer for.
 */
export function createFakeChain(at: BlockAt = LATE): FakeChain {
  const replies = new Map<string, Reply>()
  const asked: Asked[] = []
  const inner: string[][] = []
  const reply: FakeChain['reply'] = ({ address, callData }, given) =>
    void replies.set(keyOf(address, callData), given)

  function aggregate(data: Hex): Hex {
    const { args } = decodeFunctionData({ abi: multicall3Abi, data })
    const calls = (args?.[0] ?? []) as readonly { target: Hex; allowFailure: boolean; callData: Hex }[]
    inner.push(calls.map(({ target, callData }) => keyOf(target, callData)))
    const result = calls.map(({ target, callData, allowFailure }) => {
      const given = replies.get(keyOf(target, callData))
      if (given === undefined || !allowFailure) throw new Unrecorded(`${target} ${callData}`)
      return resultOf(given)
    })
    return encodeFunctionResult({ abi: multicall3Abi, functionName: 'aggregate3', result })
  }

  const endpoint = {
    url: 'http://test',
    operator: 'Test node',
    roles: ['head', 'archive', 'logs', 'wallet'],
    privacy: 'own',
  } as const
  const ask = async <Value>(question: Question<Value>): Promise<Answer<Value>> => {
    asked.push(question)
    const [call] = question.params as [{ readonly data: Hex }]
    if (question.method !== 'eth_call') throw new Unrecorded(question.method)
    const value = question.read(aggregate(call.data), 'Test node')
    return { value, operator: 'Test node', url: endpoint.url }
  }

  reply(readBlockNumber, at.block)
  reply(readBlockTime, at.time)
  reply(readChainId, at.chainId)
  reply(readParentHash, 0xabcn)
  reply(readEtherPrice, roundWords(2_000n * 10n ** 8n, at.time - 600n))
  for (const pool of tokenPools) for (const [read, given] of healthyReplies(pool, at)) reply(read, given)
  const client = {
    ...createEndpointPool([endpoint]),
    network: { chainIds: [at.chainId], grid: 7_200n },
    ask,
  }
  return { client, asked, inner, reply }
}
