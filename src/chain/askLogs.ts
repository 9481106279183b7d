import type { EventLog } from '../math/eventLog.ts'
import type { Interval } from '../math/intervals.ts'
import { addressGroups } from './addressGroups.ts'
import type { ChainClient } from './client.ts'
import type { Endpoint } from './endpoints.ts'
import { LostLogs, logParams, readLogAnswer, refuseFull } from './logAnswer.ts'
import type { LogFilter } from './logFilter.ts'
import type { LogProof } from './logProof.ts'
import type { Rung } from './standing.ts'

export type LogQuestion = {
  readonly endpoint: Endpoint
  readonly filter: LogFilter
  readonly proof: LogProof
  /** Addresses in one request; undefined for all. */
  readonly addresses: bigint | undefined
  readonly signal: AbortSignal | undefined
}

/**
 * Ask one endpoint for all logs of a piece, in several requests where it takes fewer addresses at once.
 * @throws LostLogs where there must be one and none came, in the pool's sight; the classes of `errors.ts`; the reason
 * of an abort
 */
export async function askLogs(
  client: ChainClient,
  { endpoint, filter, proof, addresses, signal }: LogQuestion,
  piece: Interval,
): Promise<EventLog[]> {
  const { url, limits } = endpoint
  const groups = addressGroups(filter.addresses, addresses)
  const all: EventLog[] = []
  for (const [place, group] of groups.entries()) {
    const selection = { addresses: group, topics: filter.topics }
    // Filled while the answer is read: an empty one shows nothing.
    const shows: Rung[] = []
    const read = (result: unknown, operator: string): EventLog[] => {
      const logs = readLogAnswer(result, operator, selection, piece)
      refuseFull(logs, limits?.results, operator)
      const blocks = [...all, ...logs].map(({ block }) => block)
      if (place === groups.length - 1 && proof.isLost(piece, blocks))
        throw new LostLogs('gave no logs for blocks in which there is one; use another endpoint', {
          operator,
        })
      if (logs.length > 0) shows.push('logs')
      return logs
    }
    const { value } = await client.ask({
      method: 'eth_getLogs',
      params: logParams(selection, piece),
      role: 'logs',
      only: url,
      block: piece.from,
      signal,
      shows,
      read,
    })
    all.push(...value)
  }
  return all
}
