import type { EventLog } from '../math/eventLog.ts'
import { type Interval, lengthOf } from '../math/intervals.ts'
import { askLogs } from './askLogs.ts'
import type { ChainClient } from './client.ts'
import type { Endpoint } from './endpoints.ts'
import { ChainError, RangeTooWide } from './errors.ts'
import { LostLogs } from './logAnswer.ts'
import type { LogFilter } from './logFilter.ts'
import type { LogProof } from './logProof.ts'
import { partsOf } from './logRecovery.ts'
import { logSeatOf } from './logVisit.ts'

/** Requests that opinions may still take. */
export type LogBudget = { left: bigint }

export type OpinionQuestion = {
  readonly endpoint: Endpoint
  readonly filter: LogFilter
  readonly proof: LogProof
  readonly budget: LogBudget
  readonly signal: AbortSignal | undefined
}

/** Split a piece into as few parts of the same size as there must be, oldest first. */
export function evenParts({ from, to }: Interval, most: bigint): Interval[] {
  const blocks = lengthOf({ from, to })
  const count = (blocks + most - 1n) / most
  const parts: Interval[] = []
  for (let part = 0n; part < count; part += 1n)
    parts.push({ from: from + (blocks * part) / count, to: from + (blocks * (part + 1n)) / count - 1n })
  return parts
}

/** Find what to ask for in place of a piece that was too much; undefined where less is no use. */
function lessThan(piece: Interval, failure: ChainError, { span }: ReturnType<typeof logSeatOf>) {
  const parts = partsOf(piece, failure)
  if (parts !== undefined) return parts
  const blocks = lengthOf(piece)
  if (!(failure instanceof RangeTooWide) || blocks === 1n) return undefined
  span.refuse(blocks, failure.hint.span)
  return evenParts(piece, (blocks + 1n) / 2n)
}

/** Ask for a part at once. @returns its logs, or why there are none */
async function askPart(
  client: ChainClient,
  { endpoint, filter, proof, signal }: OpinionQuestion,
  part: Interval,
): Promise<readonly EventLog[] | ChainError> {
  const seat = logSeatOf(client, endpoint)
  try {
    const logs = await askLogs(client, { endpoint, filter, proof, addresses: seat.addresses, signal }, part)
    const blocks = logs.map(({ block }) => block)
    seat.span.serve(lengthOf(part))
    proof.enter(part, blocks)
    if (proof.isProven()) seat.proven.add(filter.key)
    return logs
  } catch (failure) {
    if (!(failure instanceof ChainError)) throw failure
    if (failure instanceof LostLogs) seat.lost.set(filter.key, failure)
    return failure
  }
}

/**
 * Ask one endpoint for the logs of a piece, as somebody else's were given: in several requests where it takes fewer
 * blocks at once, and never twice for the same.
 * @returns its logs, ascending; its failure where it gives none; undefined where the requests do not suffice
 * @throws the reason of an abort
 */
export async function askOpinion(
  client: ChainClient,
  question: OpinionQuestion,
  piece: Interval,
): Promise<readonly EventLog[] | ChainError | undefined> {
  const { endpoint, budget } = question
  const seat = logSeatOf(client, endpoint)
  const todo = [piece]
  const all: EventLog[] = []
  for (let part = todo.pop(); part !== undefined; part = todo.pop()) {
    if (lengthOf(part) > seat.span.size()) {
      todo.push(...evenParts(part, seat.span.size()))
      continue
    }
    if (budget.left < BigInt(todo.length) + 1n) return undefined
    budget.left -= 1n
    const answer = await askPart(client, question, part)
    if (answer instanceof ChainError) {
      const parts = lessThan(part, answer, seat)
      if (parts === undefined) return answer
      todo.push(...parts)
    } else all.unshift(...answer)
  }
  return all
}
