import type { EventLog, LogArchive } from '../math/eventLog.ts'
import type { BlockNumber } from '../math/fixedPoint.ts'
import { type Interval, lengthOf, totalBlocks } from '../math/intervals.ts'
import type { ChainClient } from './client.ts'
import { NoEndpointServed } from './errors.ts'
import type { LogFilter } from './logFilter.ts'
import type { LogJob, LogWorker } from './logTask.ts'
import { createLogWork, type LogWork } from './logWork.ts'
import { createLogWorker, workOn } from './logWorker.ts'
import { leash } from './signals.ts'
import { createTeam, type Team } from './teamwork.ts'

export type LogRequest = {
  readonly filter: LogFilter
  readonly from: BlockNumber
  readonly to: BlockNumber
  /** What can no longer change; only that is kept. */
  readonly finalized: BlockNumber
  /** Names the chain in the archive; undefined to keep nothing. */
  readonly identity: string | undefined
  readonly signal?: AbortSignal | undefined
}

/** Blocks that were read and are not sure, as nobody else could be asked. */
export type LogDoubt = Interval & { readonly why: string }

export type LogProgress = {
  /** Ascending, each once. */
  readonly logs: readonly EventLog[]
  /** Blocks of which all logs are there. */
  readonly covered: readonly Interval[]
  /** Of so many blocks. */
  readonly done: bigint
  readonly wanted: bigint
  /** At the end: blocks in which nothing was found, by one operator only. Together with `done` they are all. */
  readonly doubts: readonly LogDoubt[]
}

/** Answers between two values. */
const FEW = 4

const SILENCE = 'One operator found no logs here, and no other could be asked.'

function progressOf(work: LogWork, range: Interval, isOver: boolean): LogProgress {
  const { logs, settled, doubtful } = work.survey()
  return {
    logs,
    covered: settled,
    done: totalBlocks(settled),
    wanted: lengthOf(range),
    doubts: isOver ? doubtful.map(({ from, to }) => ({ from, to, why: SILENCE })) : [],
  }
}

/** Keep what is settled as it comes, one after the other. */
function createKeeper(archive: LogArchive, work: LogWork, { identity, filter }: LogRequest): LogJob['keep'] {
  let last: Promise<void> = Promise.resolve()
  return spoilt => {
    if (identity === undefined) return last
    const settled = work.takeSettled()
    last = last.then(async () => {
      if (spoilt.length > 0) await archive.drop(identity, filter.key, spoilt)
      for (const { piece, logs } of settled) await archive.keep(identity, filter.key, piece, logs)
    })
    return last
  }
}

/** Somebody still waits for an answer that is no longer needed: all is read, or nobody wants it any more. */
const leaving = (): DOMException => new DOMException('The logs are not wanted any more.', 'AbortError')

type Crew = {
  readonly team: Team<LogWorker>
  readonly workers: readonly LogWorker[]
  /** Answers so far. */
  readonly answers: () => number
  /** What stopped somebody and was no endpoint's failure. */
  readonly broken: readonly unknown[]
  /** Send everybody home and wait until nobody works. */
  readonly disband: () => Promise<void>
}

/** Put all endpoints that serve logs to work. */
function startCrew(client: ChainClient, archive: LogArchive, request: LogRequest, work: LogWork): Crew {
  const { filter, from, to, signal } = request
  const able = client.standings.filter(({ endpoint }) => endpoint.roles.includes('logs'))
  const workers = able.map(standing => createLogWorker(client, standing, filter))
  const team = createTeam<LogWorker>(workers)
  const held = leash(signal)
  const farewell = leaving()
  const keeper = createKeeper(archive, work, request)
  let answers = 0
  const keep: LogJob['keep'] = spoilt => {
    answers += 1
    return keeper(spoilt)
  }
  const job: LogJob = { client, filter, range: { from, to }, work, team, signal: held.signal, keep }
  const broken: unknown[] = []
  const working = workers.map(worker =>
    workOn(worker, job).catch((error: unknown) => {
      if (error !== farewell) broken.push(error)
      team.notify()
    }),
  )
  const disband = async (): Promise<void> => {
    held.abort(farewell)
    held.release()
    await Promise.all(working)
  }
  return { team, workers, answers: () => answers, broken, disband }
}

/**
 * Read all logs of a filter in a range, newest first, from the archive where they are known and from all endpoints
 * that serve logs where they are not. An endpoint's silence counts only once it has shown logs where there are some,
 * and a long one only once a second operator has found the same. Yields after every few answers; with the last value
 * `done` and the doubts are all that was wanted. What is settled and final is kept as it comes.
 * @throws NoEndpointServed where blocks are left that nobody gives; the reason of an abort
 */
export async function* readLogs(
  client: ChainClient,
  archive: LogArchive,
  request: LogRequest,
): AsyncGenerator<LogProgress, void> {
  const { filter, from, to, finalized, identity, signal } = request
  signal?.throwIfAborted()
  const range = { from, to }
  const kept = identity === undefined ? { logs: [], covered: [] } : await archive.load(identity, filter.key)
  signal?.throwIfAborted()
  const work = createLogWork({ ...range, quiet: filter.quiet, finalized }, kept)
  const isDone = (): boolean => totalBlocks(work.survey().settled) === lengthOf(range)
  if (isDone()) return yield progressOf(work, range, true)

  const { team, workers, answers, broken, disband } = startCrew(client, archive, request, work)
  try {
    for (let shown = -FEW; !team.isOver() && !isDone() && broken.length === 0; ) {
      if (answers() - shown >= FEW) {
        shown = answers()
        yield progressOf(work, range, false)
      } else await team.change()
    }
  } finally {
    await disband()
  }
  if (broken.length > 0) throw broken[0]
  const isLeft = work.gaps().length > 0
  yield progressOf(work, range, !isLeft)
  if (isLeft) throw new NoEndpointServed(workers.flatMap(({ failure }) => failure ?? []))
}
