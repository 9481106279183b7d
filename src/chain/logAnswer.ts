import type { Hex } from 'viem'
import { byPlace, type EventLog } from '../math/eventLog.ts'
import type { Interval } from '../math/intervals.ts'
import { isBytes } from '../pools/words.ts'
import { toQuantity } from './answers.ts'
import { TooManyResults, UnexpectedReply } from './errors.ts'
import type { LogSelection } from './logFilter.ts'

/** The endpoint gave no log where there is one: it keeps none so old, or loses some. */
export class LostLogs extends UnexpectedReply {
  override name = 'LostLogs'
}

/** Parameters of `eth_getLogs` for a piece. */
export const logParams = (
  { addresses, topics, further = [] }: LogSelection,
  { from, to }: Interval,
): readonly unknown[] => [
  { address: addresses, topics: [topics, ...further], fromBlock: toQuantity(from), toBlock: toQuantity(to) },
]

const small = (hex: Hex): Hex => hex.toLowerCase() as Hex
const isOf = (value: unknown, bytes: number): value is Hex => isBytes(value) && value.length === 2 + 2 * bytes

const quantity = (value: unknown): bigint | undefined =>
  typeof value === 'string' && /^0x[0-9a-f]{1,16}$/i.test(value) ? BigInt(value) : undefined

/** Read one log; undefined where it is none. */
function decodeLog(value: unknown, operator: string): EventLog | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { blockNumber, logIndex, address, topics, data, transactionHash, blockTimestamp, removed } =
    value as Record<string, unknown>
  const [block, index, time] = [quantity(blockNumber), quantity(logIndex), quantity(blockTimestamp)]
  // A log of a pending or dropped block is no fact.
  if (block === undefined || index === undefined || (removed !== undefined && removed !== false))
    return undefined
  if (!isOf(address, 20) || !isOf(transactionHash, 32) || !isBytes(data)) return undefined
  if (!Array.isArray(topics) || !topics.every((topic: unknown) => isOf(topic, 32))) return undefined
  return {
    block,
    index,
    address: small(address),
    topics: topics.map(small),
    data: small(data),
    transaction: small(transactionHash),
    ...(time === undefined ? {} : { time }),
    operator,
  }
}

const contentOf = ({ address, topics, data, transaction }: EventLog): string =>
  [address, ...topics, data, transaction].join()

const samePlace = (a: EventLog, b: EventLog): boolean => a.block === b.block && a.index === b.index

/**
 * Read the answer to a log request: well formed, nothing but what was asked for, ascending, each log once.
 * @throws UnexpectedReply
 */
export function readLogAnswer(
  result: unknown,
  operator: string,
  { addresses, topics, further = [] }: LogSelection,
  { from, to }: Interval,
): EventLog[] {
  const refuse = (what: string, about: unknown): never => {
    const body = JSON.stringify(about) ?? ''
    throw new UnexpectedReply(`answered a log request with ${what}; ask another endpoint`, { operator, body })
  }
  if (!Array.isArray(result)) return refuse('something that is no list', result)
  const contracts = new Set(addresses.map(small))
  const wanted = [topics, ...further].map(any => any && new Set(any.map(small)))
  const logs = result.map((value: unknown): EventLog => {
    const log = decodeLog(value, operator)
    if (log === undefined) return refuse('something that is no log', value)
    if (log.block < from || log.block > to) return refuse('a log of another block', value)
    const isWanted = wanted.every((any, place) => any === null || any.has(log.topics[place] ?? '0x'))
    if (!contracts.has(log.address) || !isWanted) return refuse('a log that was not asked for', value)
    return log
  })
  const ascending = logs.sort(byPlace)
  return ascending.filter((log, place) => {
    const before = ascending[place - 1]
    if (before === undefined || !samePlace(before, log)) return true
    if (contentOf(before) !== contentOf(log))
      refuse('two logs in one place', [before.block, log.index].join())
    return false
  })
}

/**
 * Refuse an answer that is full to the brim: there may be more logs that were left out.
 * @param most how many the endpoint gives at once; undefined where that is not known
 * @throws TooManyResults
 */
export function refuseFull(logs: readonly EventLog[], most: bigint | undefined, operator: string): void {
  if (most !== undefined && BigInt(logs.length) >= most)
    throw new TooManyResults('gave as many logs as it gives at once; ask for fewer blocks', { operator })
}
