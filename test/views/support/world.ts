import { type Address, decodeAbiParameters, encodeAbiParameters, type Hex, toHex } from 'viem'
import type { ChainClient } from '../../../src/chain/client.ts'
import type { Endpoint, Role } from '../../../src/chain/endpoints.ts'
import { NoEndpointServed } from '../../../src/chain/errors.ts'
import type { Answer, Question } from '../../../src/chain/question.ts'
import { createEndpointPool } from '../../../src/chain/transport.ts'
import { DAY, type Seconds, WAD } from '../../../src/math/fixedPoint.ts'
import type { Sibling, TokenPool } from '../../../src/pools/definePool.ts'
import { pools, tokenPools } from '../../../src/pools/index.ts'
import {
  MULTICALL3,
  readBalance,
  readBlockNumber,
  readBlockTime,
  readChainId,
  readEtherBalance,
  readEtherPrice,
  readParentHash,
} from '../../../src/pools/infrastructure.ts'
import type { Read } from '../../../src/pools/read.ts'
import { rocketPool } from '../../../src/pools/rocketPool.ts'
import type { Session } from '../../../src/queries/session.ts'
import { createMemoryBlockTimeStore } from '../../../src/store/blockTimeStore.ts'
import { NO_SETTINGS } from '../../../src/store/endpointSettings.ts'
import { createMemoryLastFigures } from '../../../src/store/lastFigures.ts'
import { createMemoryLogStore } from '../../../src/store/logStore.ts'
import { createMemoryStore } from '../../../src/store/sampleStore.ts'
import { factReplies, priceWords, words } from './facts.ts'
import { headerAnswer, proofAnswer } from './state.ts'

/** What a contract answers: a word, raw bytes, or a revert, which may give its reason in bytes. */
export type Reply = bigint | Hex | 'reverts' | { readonly reverts: Hex }

/** A question as it reached the transport. `block` is undefined for what is asked at the head. */
export type Asked = {
  readonly method: string
  readonly role: Role
  readonly block: bigint | undefined
  readonly signal: AbortSignal | undefined
  readonly operator: string
  /** Whether the block was named by its hash. */
  readonly isByHash: boolean
}

/** A log as a node writes it. */
export type RawLog = {
  readonly address: string
  readonly topics: readonly Hex[]
  readonly data: Hex
  readonly blockNumber: Hex
  readonly logIndex: Hex
  readonly transactionHash: Hex
  readonly blockTimestamp?: Hex
}

/** A test asked something that nobody recorded an answer for. */
class Unrecorded extends Error {
  override readonly name = 'Unrecorded'
}

export const OPERATOR = 'Test node'
/** A block a day; block 800 is the head. */
export const HEAD = 800n
/** Noon of 27 August 2026, UTC. */
export const NOW: Seconds = 1_787_832_000n
export const ACCOUNT: Address = '0x52908400098527886E0F7030069857D2E4169EE7'

export const timeOf = (block: bigint): Seconds => NOW - (HEAD - block) * DAY

/** A rate that stood at `start` 30 blocks before the head and rises by `step` a block. */
export const rising =
  (start: bigint, step: bigint) =>
  (block: bigint): bigint =>
    start + (block - (HEAD - 30n)) * step

/** Thousandths as WAD: `milli(1_100n)` is 1.1. */
export const milli = (thousandths: bigint): bigint => (thousandths * WAD) / 1_000n

const CALLS = [
  {
    type: 'tuple[]',
    components: [{ type: 'address' }, { type: 'bool' }, { type: 'bytes' }],
  },
] as const
const RESULTS = [{ type: 'tuple[]', components: [{ type: 'bool' }, { type: 'bytes' }] }] as const

type Options = {
  readonly chainId?: bigint
  readonly chain?: Session['chain']
  readonly exampleWallet?: string
  readonly id?: string
  /** Operators behind the first, who say the same unless `claim` says otherwise. */
  readonly others?: readonly string[]
}

export type World = {
  readonly session: Session
  readonly asked: readonly Asked[]
  /** Record what a read answers, at every block or by block. */
  readonly record: (read: Read, reply: Reply | ((block: bigint) => Reply)) => void
  /** Have a contract emit a log. */
  readonly emit: (log: RawLog) => void
  /** Let one operator answer something else. */
  readonly claim: (operator: string, read: Read, reply: Reply) => void
  /** Change what an endpoint answers to anything but calls. */
  tamper: (question: Asked, result: unknown) => unknown
  /** Decide which questions fail at the endpoint, and how. */
  refuse: (question: Asked) => Error | undefined
  /** Decide which questions wait until `release`. */
  hold: (question: Asked) => boolean
  readonly release: () => void
  head: bigint
}

/** The rate of every pool is its own: rETH rises fastest, ankrETH slowest. */
export function rateOf(pool: TokenPool): (block: bigint) => bigint {
  const index = tokenPools.indexOf(pool)
  if (index === 0) return rising(milli(1_100n), WAD / 10_000n)
  return index === 1
    ? rising(milli(1_200n), WAD / 20_000n)
    : rising(milli(1_148n + BigInt(index)), WAD / 10_000n)
}

/** What the contracts say that tell a total of their own: wstETH most. */
export const pooledOf = (pool: TokenPool): bigint =>
  (10_000_000n - 500_000n * BigInt(tokenPools.indexOf(pool))) * WAD

type Script = ReadonlyMap<string, (block: bigint) => Reply>

const keyOf = (address: string, callData: string): string => `${address} ${callData}`.toLowerCase()

function aggregate(script: Script, data: Hex, block: bigint): Hex {
  const [calls] = decodeAbiParameters(CALLS, `0x${data.slice(10)}`)
  const results = calls.map(([target, , callData]): readonly [boolean, Hex] => {
    const reply = script.get(keyOf(target, callData))?.(block)
    if (reply === undefined) throw new Unrecorded(`${target} ${callData} at block ${block}`)
    if (reply === 'reverts') return [false, '0x']
    if (typeof reply === 'object') return [false, reply.reverts]
    return [true, typeof reply === 'bigint' ? toHex(reply, { size: 32 }) : reply]
  })
  return encodeAbiParameters(RESULTS, [results])
}

type LogQuery = {
  readonly fromBlock: Hex
  readonly toBlock: Hex
  readonly address: readonly string[]
  readonly topics: readonly (readonly string[] | null)[]
}

/** The logs that a node has of those that were emitted. */
function logsFor({ params }: Anything, emitted: readonly RawLog[]): RawLog[] {
  const [{ fromBlock, toBlock, address, topics }] = params as [LogQuery]
  const contracts = address.map(one => one.toLowerCase())
  return emitted.filter(
    log =>
      BigInt(log.blockNumber) >= BigInt(fromBlock) &&
      BigInt(log.blockNumber) <= BigInt(toBlock) &&
      contracts.includes(log.address.toLowerCase()) &&
      topics.every((any, place) => any === null || any.includes(log.topics[place] ?? '')),
  )
}

/** A question, whatever its answer is made into. */
type Anything = Omit<Question<unknown>, 'ageOf'>

/** The hash of a block, which is the place where the tag of calls and proofs names it. */
const hashIn = ({ method, params }: Anything): Hex | undefined =>
  (params[method === 'eth_getProof' ? 2 : 1] as { readonly blockHash?: Hex } | undefined)?.blockHash

const headerOf = (block: bigint) =>
  headerAnswer({
    block,
    time: timeOf(block),
    parentHash: toHex(block - 1n, { size: 32 }),
    rate: rateOf(rocketPool)(block),
  })

/** Find a block by its hash among those around the head. */
function blockOfHash(hash: Hex, head: bigint): bigint {
  for (let block = head; block > 0n; block -= 1n) if (headerOf(block).hash === hash) return block
  throw new Unrecorded(`block ${hash}`)
}

function blockOf(question: Anything, head: bigint): bigint | undefined {
  const hash = hashIn(question)
  if (hash !== undefined) return blockOfHash(hash, head)
  const { method, params } = question
  if (method === 'eth_getLogs') return BigInt((params[0] as LogQuery).toBlock)
  const tag = method === 'eth_call' || method === 'eth_getCode' ? params[1] : params[0]
  if (tag === 'latest') return undefined
  return tag === 'finalized' ? head - 2n : BigInt(String(tag))
}

function answer({ method, params }: Anything, script: Script, claims: Script, block: bigint): unknown {
  if (method === 'eth_getBlockByNumber') return headerOf(block)
  if (method === 'eth_getProof') return proofAnswer(rateOf(rocketPool)(block))
  // Nobody is a contract; a test that wants one tampers with it.
  if (method === 'eth_getCode') return '0x'
  const [call] = params as [{ to: string; data: Hex }]
  if (method === 'eth_call' && call.to === MULTICALL3)
    return aggregate(new Map([...script, ...claims]), call.data, block)
  throw new Unrecorded(`${method} ${JSON.stringify(params)}`)
}

/** What stands behind a balance that grows: nothing of it, at the rate of the pool. */
function recordSibling(record: World['record'], pool: TokenPool, sibling: Sibling): void {
  if (sibling.kind === 'rebasing') {
    record(sibling.shares(ACCOUNT), 0n)
    record(sibling.rate, rateOf(pool))
  }
  if (sibling.kind === 'credits') {
    const perToken = (block: bigint): bigint => 10n ** 45n / rateOf(pool)(block)
    record(sibling.perToken, perToken)
    record(sibling.credits(ACCOUNT), block => words(0n, perToken(block), 1n))
  }
}

function recordEverything(record: World['record'], chainId: bigint): void {
  record(readBlockNumber, block => block)
  record(readBlockTime, timeOf)
  record(readChainId, chainId)
  record(readParentHash, block => block - 1n)
  record(readEtherPrice, block => priceWords(2_000n * 10n ** 8n, timeOf(block) - 600n))
  record(readEtherBalance(ACCOUNT), 0n)
  for (const pool of tokenPools) {
    record(pool.rate, rateOf(pool))
    record(pool.supply, 400_000n * WAD)
    if (pool.pooled !== undefined) record(pool.pooled, pooledOf(pool))
    for (const { address } of [pool.token, ...pool.siblings]) record(readBalance(address, ACCOUNT), 0n)
    for (const sibling of pool.siblings) recordSibling(record, pool, sibling)
    for (const [read, reply] of factReplies(pool))
      record(read, block => reply({ block, time: timeOf(block), rate: rateOf(pool)(block) }))
  }
}

const ENDPOINT: Endpoint = {
  url: 'http://test',
  operator: OPERATOR,
  roles: ['head', 'archive', 'logs', 'wallet'],
  privacy: 'own',
}

/**
 * Make a chain of a block a day behind a fake transport, with all pools answering all that is ever asked: rETH 1.103,
 * ankrETH 1.2015 and wstETH 1.153 at the head. A question without a recorded answer throws.
 */
export function createWorld({
  chainId = 31_337n,
  chain = 'local',
  exampleWallet,
  id = 'http://test 1',
  others = [],
}: Options = {}): World {
  const script = new Map<string, (block: bigint) => Reply>()
  const claims = new Map<string, Map<string, () => Reply>>()
  const endpoints = [
    ENDPOINT,
    ...others.map(name => ({ ...ENDPOINT, url: `http://${name}`, operator: name })),
  ]
  const asked: Asked[] = []
  const emitted: RawLog[] = []
  const waiting = new Set<() => void>()
  const ask = async <Value>(question: Question<Value>): Promise<Answer<Value>> => {
    const { method, role, signal, only, except = [] } = question
    const endpoint = endpoints.find(({ url, operator }) =>
      only === undefined ? !except.includes(operator) : url === only,
    )
    if (endpoint === undefined) throw new NoEndpointServed([])
    const { operator, url } = endpoint
    const block = blockOf(question, world.head)
    const seen = { method, role, block, signal, operator, isByHash: hashIn(question) !== undefined }
    asked.push(seen)
    signal?.throwIfAborted()
    if (world.hold(seen))
      await new Promise<void>((resolve, reject) => {
        waiting.add(resolve)
        signal?.addEventListener('abort', () => reject(signal.reason))
      })
    const failure = world.refuse(seen)
    if (failure !== undefined) throw failure
    const result =
      method === 'eth_getLogs'
        ? logsFor(question, emitted)
        : answer(question, script, claims.get(operator) ?? new Map(), block ?? world.head)
    const value = question.read(method === 'eth_call' ? result : world.tamper(seen, result), operator)
    return { value, operator, url }
  }
  const client: ChainClient = {
    ...createEndpointPool(endpoints),
    network: { chainIds: [1n, 31_337n], grid: 1n },
    ask,
  }
  const world: World = {
    session: {
      id,
      client,
      store: createMemoryStore(),
      logs: createMemoryLogStore(),
      times: createMemoryBlockTimeStore(),
      last: createMemoryLastFigures(),
      pools,
      tokenPools,
      chain,
      exampleWallet,
      choice: { settings: NO_SETTINGS, known: endpoints, walletUrl: ENDPOINT.url, choose: () => true },
    },
    asked,
    record: ({ address, callData }, reply) =>
      void script.set(keyOf(address, callData), typeof reply === 'function' ? reply : () => reply),
    emit: log => void emitted.push(log),
    claim: (operator, { address, callData }, reply) => {
      const own = claims.get(operator) ?? new Map<string, () => Reply>()
      claims.set(
        operator,
        own.set(keyOf(address, callData), () => reply),
      )
    },
    tamper: (_, result) => result,
    refuse: () => undefined,
    hold: () => false,
    release: () => {
      world.hold = () => false
      for (const resolve of waiting) resolve()
      waiting.clear()
    },
    head: HEAD,
  }
  recordEverything(world.record, chainId)
  return world
}
