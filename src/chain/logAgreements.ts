import type { EventLog } from '../math/eventLog.ts'
import { type Interval, intersect } from '../math/intervals.ts'
import type { ChainClient } from './client.ts'
import type { LogFilter } from './logFilter.ts'

/** Blocks of which several operators told the same logs. */
export type LogAgreement = Interval & {
  /** At least two, each once; whoever was asked last comes last. */
  readonly operators: readonly string[]
  readonly logs: readonly EventLog[]
}

/** What operators have agreed on in one visit. */
export type LogAgreements = {
  readonly add: (agreement: LogAgreement) => void
  /** The agreements that concern logs as they are now, of blocks that were read. */
  readonly valid: (logs: readonly EventLog[], covered: readonly Interval[]) => readonly LogAgreement[]
}

/** Give the logs of some blocks. */
export const logsWithin = (logs: readonly EventLog[], { from, to }: Interval): EventLog[] =>
  logs.filter(({ block }) => block >= from && block <= to)

const contentOf = ({ block, index, address, topics, data }: EventLog): string =>
  [block, index, address, topics.join(' '), data].join()

/** List the logs of one that the other has not. Times are compared where both tell one. */
function missingFrom(other: readonly EventLog[], one: readonly EventLog[]): EventLog[] {
  const times = new Map(other.map(log => [contentOf(log), log.time]))
  return one.filter(log => {
    const content = contentOf(log)
    const time = times.get(content)
    return !times.has(content) || (time !== undefined && log.time !== undefined && time !== log.time)
  })
}

/** List the logs that only one of two has, ascending by block; whoever told them does not matter. */
export const differingLogs = (one: readonly EventLog[], other: readonly EventLog[]): EventLog[] =>
  [...missingFrom(other, one), ...missingFrom(one, other)].sort((a, b) =>
    a.block < b.block ? -1 : a.block > b.block ? 1 : 0,
  )

const visits = new WeakMap<ChainClient, Map<string, LogAgreement[]>>()

/** Give what this visit's operators have agreed on of a filter's logs. */
export function agreementsOf(client: ChainClient, { key }: Pick<LogFilter, 'key'>): LogAgreements {
  const visit = visits.get(client) ?? new Map<string, LogAgreement[]>()
  visits.set(client, visit)
  const agreements = visit.get(key) ?? []
  visit.set(key, agreements)
  return {
    add: agreement => agreements.push(agreement),
    valid: (logs, covered) =>
      agreements
        .flatMap(whole =>
          intersect([whole], covered).map(part => ({
            ...whole,
            ...part,
            logs: logsWithin(whole.logs, part),
          })),
        )
        .filter(part => differingLogs(logsWithin(logs, part), part.logs).length === 0),
  }
}

/** Name an operator of an agreement that told a log besides the one that gave it. */
export const otherTeller = (
  agreements: readonly LogAgreement[],
  { block, operator }: EventLog,
): string | undefined =>
  agreements
    .filter(({ from, to }) => from <= block && block <= to)
    .flatMap(({ operators }) => operators.filter(name => name !== operator))
    .at(-1)
