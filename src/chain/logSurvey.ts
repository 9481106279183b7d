import { byPlace, type EventLog } from '../math/eventLog.ts'
import type { BlockNumber } from '../math/fixedPoint.ts'
import {
  type BlockSet,
  blockSet,
  covers,
  type Interval,
  intersect,
  lengthOf,
  subtract,
  union,
} from '../math/intervals.ts'
import { stretchesBetween } from '../math/stretches.ts'

export type LogRange = Interval & {
  /** Blocks after which silence is strange. */
  readonly quiet: bigint
  /** What can no longer change: a younger log that one endpoint has and another has not is no loss. */
  readonly finalized: BlockNumber
}

/** What one endpoint has given that counts as read, or has confirmed to be silent. */
export type Given = {
  readonly operator: string
  readonly blocks: BlockSet
  readonly logs: readonly EventLog[]
}

/** What has been read, and who gave it. */
export type LogHoldings = {
  /** From the archive. */
  readonly loaded: BlockSet
  readonly loadedLogs: readonly EventLog[]
  /** By URL. */
  readonly given: ReadonlyMap<string, Given>
  readonly confirmed: ReadonlyMap<string, Given>
  /** Empty answers of endpoints that have proved nothing. */
  readonly bare: BlockSet
}

/** What the answers so far come to. */
export type LogSurvey = {
  /** Ascending, each once. */
  readonly logs: readonly EventLog[]
  /** Read, and with no silence in it that is in doubt. */
  readonly settled: BlockSet
  /** Read and strangely silent: another operator is to be asked. */
  readonly doubtful: BlockSet
  /** The part of it that further reading makes neither longer nor shorter. */
  readonly urgent: BlockSet
  /** Kept blocks at the edge of a silence that has turned out too long: they are to be read again. */
  readonly reopened: BlockSet
}

/** Whether a block is in a set. */
export const isIn = (set: BlockSet, block: BlockNumber): boolean => covers(set, { from: block, to: block })

function logsOf({ loaded, loadedLogs, given }: LogHoldings): EventLog[] {
  const logs = new Map<string, EventLog>()
  const kept = loadedLogs.filter(({ block }) => isIn(loaded, block))
  for (const log of [...kept, ...[...given.values()].flatMap(one => one.logs)])
    logs.set(`${log.block} ${log.index}`, log)
  return [...logs.values()].sort(byPlace)
}

/** Blocks that an operator has confirmed, without those that it gave itself: its own word is no second one. */
const confirmedBlocks = ({ given, confirmed }: LogHoldings): BlockSet =>
  union(
    ...[...confirmed.values()].map(({ operator, blocks }) => {
      const own = [...given.values()].filter(one => one.operator === operator)
      return subtract(blocks, union(...own.map(one => one.blocks)))
    }),
  )

/**
 * Judge what has been read: a silence longer than `quiet` is in doubt until a second operator has confirmed it, one
 * that is shorter but not yet read to its end is waited for, and all else is settled.
 */
export function surveyLogs(holdings: LogHoldings, range: LogRange): LogSurvey {
  const { loaded, given, bare } = holdings
  const logs = logsOf(holdings)
  const read = union(loaded, ...[...given.values()].map(({ blocks }) => blocks))
  const marks = [...new Set(logs.map(({ block }) => block))]
  const stretches = stretchesBetween(range, read, marks)
  const isLong = (stretch: Interval): boolean => lengthOf(stretch) > range.quiet
  const long = stretches.filter(isLong)
  const waiting = stretches.filter(stretch => !stretch.isClosed && !isLong(stretch))
  // A long silence was kept because two operators agreed on it; the short end of one says nothing of the whole.
  const reopened = long
    .filter(stretch => !covers(loaded, stretch))
    .flatMap(stretch => intersect([stretch], loaded).filter(part => !isLong(part)))
  const sure = union(loaded, confirmedBlocks(holdings))
  const doubtful = subtract(union(long, bare), sure)
  const urgent = subtract(
    union(
      long.filter(({ isClosed }) => isClosed),
      bare,
    ),
    sure,
  )
  const settled = union(subtract(subtract(read, doubtful), blockSet(waiting)), loaded)
  return { logs, settled, doubtful, urgent, reopened }
}
