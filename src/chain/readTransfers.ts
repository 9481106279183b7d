import type { Address, Hex } from 'viem'
import { byPlace, type EventLog } from '../math/eventLog.ts'
import type { BlockNumber } from '../math/fixedPoint.ts'
import { blockSet, type Interval, lengthOf, newestOf, subtract, union } from '../math/intervals.ts'
import type { WalletAsset } from '../pools/walletAssets.ts'
import { decodeMove, transferTopics } from '../pools/walletTransfers.ts'
import { encodeWord } from '../pools/words.ts'
import { addressGroups } from './addressGroups.ts'
import type { ChainClient } from './client.ts'
import type { Endpoint } from './endpoints.ts'
import { ChainError, NoEndpointServed, RangeTooWide, RequestTooLarge, Unreachable } from './errors.ts'
import { logParams, readLogAnswer, refuseFull } from './logAnswer.ts'
import type { LogSelection } from './logFilter.ts'
import { evenParts } from './logOpinion.ts'
import { partsOf } from './logRecovery.ts'
import { type LogSeat, logSeatOf, rememberSpan } from './logVisit.ts'
import { TIME_OUT } from './post.ts'
import { eachOnce } from './readSet.ts'
import type { Rung } from './standing.ts'

/** Logs of transfers, and the blocks of which they are all. */
export type Transfers = { readonly logs: readonly EventLog[]; readonly covered: readonly Interval[] }

type TransfersOptions = {
  /** First and last block, both included. */
  readonly from: BlockNumber
  readonly to: BlockNumber
  readonly signal?: AbortSignal | undefined
  /** What was read before: its blocks are not asked for again. */
  readonly known?: Transfers | undefined
}

/** How far a reading of transfers has come. Logs ascend, and are of the covered blocks alone. */
export type TransfersReading = Transfers & { readonly requests: bigint }

/** A reading takes many requests, so it waits where one is refused for a while. */
const ROUNDS = 3

/** What one reading asks of its endpoint. */
type Job = {
  readonly client: ChainClient
  readonly endpoint: Endpoint
  readonly tokens: readonly Address[]
  readonly topics: readonly Hex[]
  /** The accounts as topics. */
  readonly accounts: readonly Hex[]
  readonly signal: AbortSignal | undefined
}

type Wallet = Pick<Job, 'signal'> & {
  readonly assets: readonly WalletAsset[]
  readonly accounts: readonly Address[]
}

function jobOf(client: ChainClient, endpoint: Endpoint, { assets, accounts, signal }: Wallet): Job {
  return {
    client,
    endpoint,
    tokens: tokensOf(assets),
    topics: transferTopics(assets),
    accounts: eachOnce(accounts).map((account): Hex => `0x${encodeWord(account)}`),
    signal,
  }
}

const tokensOf = (assets: readonly WalletAsset[]): Address[] => [
  ...new Set(assets.filter(({ moves }) => moves !== 'none').flatMap(({ token }) => token ?? [])),
]

/** What a piece takes: what went out and what came in, of each group of tokens. */
const selectionsOf = ({ tokens, topics, accounts }: Job, { addresses }: LogSeat): LogSelection[] =>
  addressGroups(tokens, addresses).flatMap(group => [
    { addresses: group, topics, further: [accounts] },
    { addresses: group, topics, further: [null, accounts] },
  ])

/** Ask for one selection of a piece. @returns its logs, or why there are none */
async function askSelection(
  { client, endpoint: { limits }, signal }: Job,
  selection: LogSelection,
  piece: Interval,
): Promise<readonly EventLog[] | ChainError> {
  // Filled while the answer is read: an empty one shows nothing.
  const shows: Rung[] = []
  const read = (result: unknown, operator: string): EventLog[] => {
    const logs = readLogAnswer(result, operator, selection, piece)
    refuseFull(logs, limits?.results, operator)
    // What cannot be decoded must fail here, where another answer may still come.
    for (const log of logs) decodeMove(log)
    if (logs.length > 0) shows.push('logs')
    return logs
  }
  try {
    const { value } = await client.ask({
      method: 'eth_getLogs',
      params: logParams(selection, piece),
      role: 'wallet',
      block: piece.from,
      rounds: ROUNDS,
      limit: TIME_OUT.logs,
      signal,
      shows,
      read,
    })
    return value
  } catch (failure) {
    if (failure instanceof ChainError) return failure
    throw failure
  }
}

/** Find what to ask for in place of a piece that was too much; undefined where less is no use. */
function lessThan(
  piece: Interval,
  failure: ChainError,
  { seat, tokens }: { readonly seat: LogSeat; readonly tokens: readonly Address[] },
): readonly Interval[] | undefined {
  const blocks = lengthOf(piece)
  if (failure instanceof RequestTooLarge) {
    const count = seat.addresses ?? BigInt(tokens.length)
    if (count <= 1n) return undefined
    seat.addresses = (count + 1n) / 2n
    return [piece]
  }
  const parts = partsOf(piece, failure)
  if (parts !== undefined) return parts
  // More than it ever served, and no answer: that may be why.
  const isTooWide =
    failure instanceof RangeTooWide || (failure instanceof Unreachable && seat.span.isTrying(blocks))
  if (!isTooWide || blocks === 1n) return undefined
  seat.span.refuse(blocks, failure instanceof RangeTooWide ? failure.hint.span : undefined)
  const size = seat.span.size()
  return evenParts(piece, size < blocks ? size : (blocks + 1n) / 2n)
}

const placeOf = ({ block, index }: EventLog): string => `${block} ${index}`

/** Put logs together in the chain's order; one that both selections gave is one. */
const merged = (...lists: readonly (readonly EventLog[])[]): EventLog[] =>
  [...new Map(lists.flat().map(log => [placeOf(log), log])).values()].sort(byPlace)

/** Ask for all of a piece. Yields after each request but the last. @returns its logs, or the failure of one */
async function* askPiece(
  job: Job,
  selections: readonly LogSelection[],
  piece: Interval,
): AsyncGenerator<bigint, readonly EventLog[] | ChainError, undefined> {
  let given: readonly EventLog[] = []
  for (const [place, selection] of selections.entries()) {
    const answer = await askSelection(job, selection, piece)
    if (answer instanceof ChainError) return answer
    given = merged(given, answer)
    if (place < selections.length - 1) yield 1n
  }
  return given
}

/**
 * Read the logs of all transfers of these assets from or to any of the accounts, newest blocks first, from the one
 * endpoint that may see the wallet, in as few requests as it allows. Yields after every request; what was yielded last
 * can be handed in as `known` to go on.
 * @throws NoEndpointServed where none may see the wallet; the endpoint's refusals, but for those of too much at once;
 * the reason of an abort
 */
export async function* readTransfers(
  client: ChainClient,
  assets: readonly WalletAsset[],
  accounts: readonly Address[],
  { from, to, signal, known = { logs: [], covered: [] } }: TransfersOptions,
): AsyncGenerator<TransfersReading, void, undefined> {
  const { walletEndpoint: endpoint } = client
  if (endpoint === undefined) throw new NoEndpointServed([])
  const seat = logSeatOf(client, endpoint)
  const job = jobOf(client, endpoint, { assets, accounts, signal })
  let reading: TransfersReading = { logs: merged(known.logs), covered: blockSet(known.covered), requests: 0n }
  const smaller: Interval[] = []
  const next = (): Interval | undefined =>
    smaller.pop() ?? newestOf(subtract(blockSet([{ from, to }]), reading.covered), seat.span.size())
  for (let piece = next(); piece !== undefined; piece = next()) {
    const asking = askPiece(job, selectionsOf(job, seat), piece)
    let step = await asking.next()
    for (; step.done !== true; step = await asking.next()) {
      reading = { ...reading, requests: reading.requests + 1n }
      yield reading
    }
    const answer = step.value
    reading = { ...reading, requests: reading.requests + 1n }
    if (answer instanceof ChainError) {
      const parts = lessThan(piece, answer, { seat, tokens: job.tokens })
      if (parts === undefined) throw answer
      smaller.push(...parts)
    } else {
      seat.span.serve(lengthOf(piece))
      rememberSpan(client, endpoint, seat)
      reading = { ...reading, logs: merged(reading.logs, answer), covered: union(reading.covered, [piece]) }
    }
    yield reading
  }
}

/**
 * Tell how many requests so many blocks would take, as far as is known of the endpoint that may see the wallet.
 * @param tokens how many tokens are asked about
 * @returns undefined where no such endpoint serves logs
 */
export function estimateRequests(client: ChainClient, blocks: bigint, tokens = 1n): bigint | undefined {
  const { walletEndpoint: endpoint, standings } = client
  if (endpoint === undefined || !endpoint.roles.includes('logs')) return undefined
  const standing = standings.find(one => one.endpoint === endpoint)
  if (standing?.rungs.get('logs') === false) return undefined
  const { span, addresses = tokens } = logSeatOf(client, endpoint)
  const up = (count: bigint, by: bigint): bigint => (count + by - 1n) / by
  return 2n * up(blocks, span.size()) * up(tokens, addresses)
}
