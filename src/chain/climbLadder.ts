import type { Address } from 'viem'
import type { BlockNumber } from '../math/fixedPoint.ts'
import { requireQuantity, toQuantity } from './answers.ts'
import { refuseOtherChain } from './chainCheck.ts'
import { type ChainClient, createClient, headAge, MAINNET_ID, type Network } from './client.ts'
import type { Endpoint } from './endpoints.ts'
import { ArchiveUnavailable, ChainError, StaleHead, UnexpectedReply } from './errors.ts'
import { copyEntries, type Ledger } from './ledger.ts'
import { readCalls } from './readCalls.ts'
import { type Header, readHeader } from './readHeader.ts'
import type { Rung } from './standing.ts'

/** One step of the check, and what was found. */
export type Step = {
  readonly rung: Rung
  readonly isPassed: boolean
  /** What was found, in a sentence; the failure where there is one. */
  readonly finding: string
}

/** Blocks in which mainnet has at least one such log, which an endpoint that serves logs must show. */
export type KnownLogs = {
  readonly addresses: readonly Address[]
  readonly topics: readonly string[]
  readonly from: bigint
  readonly to: bigint
}

export type LadderOptions = {
  readonly network: Network
  /** Logs that a chain with such a head has. */
  readonly knownLogs: (head: BlockNumber) => KnownLogs
  /** Where the requests are entered. */
  readonly ledger: Ledger
  readonly signal: AbortSignal
}

/** Blocks behind the head whose state every node keeps. */
const RECENT = 128n

type Climb = LadderOptions & { readonly client: ChainClient; readonly url: string }

async function checkChain({ client, url, signal }: Climb): Promise<string> {
  const { value } = await client.ask({
    method: 'eth_chainId',
    params: [],
    role: 'head',
    signal,
    only: url,
    shows: ['chain'],
    read: (result, operator) => {
      const chainId = requireQuantity(result, operator)
      refuseOtherChain(client, chainId, operator)
      return chainId
    },
  })
  return value === MAINNET_ID ? 'Serves Ethereum mainnet.' : `Serves chain ${value}.`
}

async function checkHead({
  client,
  url,
  signal,
  network,
}: Climb): Promise<{ head: Header; finding: string }> {
  const head = await readHeader(client, 'latest', { only: url, signal })
  const age = headAge(head.time)
  if (network.mostHeadAge !== undefined && age > network.mostHeadAge)
    throw new StaleHead(`has a newest block that is ${age} s old: it does not follow the chain`, {
      operator: head.operator,
    })
  return { head, finding: `Newest block ${head.block}, ${age} s old.` }
}

/** The oldest state that the page asks for in the ordinary run of things: five years, or the chain's first block. */
async function checkArchive({ client, url, signal }: Climb, head: Header): Promise<string> {
  const years = 5n * 365n * 7_200n
  const block = head.block > years ? head.block - years : 1n
  if (head.block - block < RECENT) return 'The chain is too short to tell.'
  const { time } = await readCalls(client, [], { block, role: 'archive', only: url, signal })
  if (time >= head.time)
    throw new ArchiveUnavailable('gave a time for an old block that is not before its newest', {
      operator: head.operator,
    })
  return `Keeps state back to block ${block}.`
}

async function checkLogs({ client, url, signal, knownLogs }: Climb, head: Header): Promise<string> {
  const { addresses, topics, from, to } = knownLogs(head.block)
  const filter = {
    address: addresses,
    topics: [topics],
    fromBlock: toQuantity(from),
    toBlock: toQuantity(to),
  }
  const { value } = await client.ask({
    method: 'eth_getLogs',
    params: [filter],
    role: 'logs',
    signal,
    only: url,
    shows: ['logs'],
    read: (result, operator) => {
      if (Array.isArray(result) && result.length > 0) return result.length
      throw new UnexpectedReply('answered no logs for blocks in which there are some', { operator })
    },
  })
  return `Gave ${value} known ${value === 1 ? 'log' : 'logs'}.`
}

async function take(rung: Rung, check: () => Promise<string>): Promise<Step> {
  try {
    return { rung, isPassed: true, finding: await check() }
  } catch (error) {
    if (error instanceof ChainError) return { rung, isPassed: false, finding: error.message }
    throw error
  }
}

/**
 * Find out what an endpoint can do, one request a step: that it answers and is of the right chain, that its newest block
 * is fresh, that it keeps old state, that it gives logs which are known to be there. The first two stop the climb.
 * @throws the reason of an abort
 */
export async function* climbLadder(endpoint: Endpoint, options: LadderOptions): AsyncGenerator<Step, void> {
  const { network, ledger } = options
  const client = createClient([endpoint], network)
  copyEntries(client.ledger, ledger)
  const climb = { ...options, client, url: endpoint.url }
  const chain = await take('chain', () => checkChain(climb))
  yield { ...chain, rung: client.standings[0]?.rungs.get('reachable') === true ? 'chain' : 'reachable' }
  if (!chain.isPassed) return
  let head: Header | undefined
  const fresh = await take('head', async () => {
    const found = await checkHead(climb)
    head = found.head
    return found.finding
  })
  yield fresh
  if (head === undefined) return
  const from = head
  yield await take('archive', () => checkArchive(climb, from))
  yield await take('logs', () => checkLogs(climb, from))
}
