import type { BlockNumber } from '../math/fixedPoint.ts'
import { type Interval, lengthOf } from '../math/intervals.ts'
import type { ChainClient } from './client.ts'
import type { ChainError } from './errors.ts'
import type { LogFilter } from './logFilter.ts'
import type { LogProof } from './logProof.ts'
import type { LogSeat } from './logVisit.ts'
import type { LogPiece, LogWork } from './logWork.ts'
import type { Standing } from './standing.ts'
import type { Team } from './teamwork.ts'

/** One endpoint at work on one reading. */
export type LogWorker = {
  readonly standing: Standing
  readonly seat: LogSeat
  readonly proof: LogProof
  /** Answers from before it had proved that it serves logs; they count once it has. */
  waiting: readonly LogPiece[]
  /** The oldest block that it has answered for. */
  lowest: BlockNumber | undefined
  /** It has no logs of older blocks. */
  floor: BlockNumber
  /** Failures in a row, by weight. */
  strikes: number
  /** Why it does not go on, or not everywhere. */
  failure: ChainError | undefined
}

export type LogJob = {
  readonly client: ChainClient
  readonly filter: LogFilter
  readonly range: Interval
  readonly work: LogWork
  readonly team: Team<LogWorker>
  readonly signal: AbortSignal | undefined
  /** Called after each answer, with pieces that are no longer to be kept. */
  readonly keep: (spoilt: readonly Interval[]) => Promise<void>
}

export type LogTask = { readonly kind: 'gap' | 'check' | 'proof'; readonly piece: Interval }

/** Spans of fewer blocks are for the newest ones only, as long as somebody allows more. */
const TINY = 500n
const TAIL = 7_200n
/** Requests that a proof may take of an endpoint that is hardly needed. */
const MOST_PROOF = 8n

const isTiny = ({ seat }: LogWorker): boolean => seat.span.size() < TINY

/** Whether somebody who gives more at once, and all of it, is at work. */
const hasWider = ({ active }: Team<LogWorker>): boolean =>
  [...active].some(other => !isTiny(other) && other.floor === 0n)

/** A second opinion that is wanted of it, or else the newest gap. */
function nextTask({ standing, seat }: LogWorker, within: Interval, work: LogWork): LogTask | undefined {
  const size = seat.span.size()
  const check = work.nextCheck(within, size, standing.endpoint)
  if (check !== undefined) return { kind: 'check', piece: check }
  const gap = work.nextGap(within, size)
  return gap === undefined ? undefined : { kind: 'gap', piece: gap }
}

/** What an endpoint that has proved nothing is asked first; undefined where nothing is known of blocks that it has. */
function nextProof({ seat, proof, floor }: LogWorker, isSpare: boolean): LogTask | 'spared' | undefined {
  const size = seat.span.size()
  const known = proof.nextKnown(floor, size)
  if (known === undefined) return undefined
  if (isSpare && lengthOf(known) > MOST_PROOF * size) return 'spared'
  const piece = proof.nextProof(floor, size)
  return piece === undefined ? undefined : { kind: 'proof', piece }
}

/** Find what an endpoint is to be asked next, and take it. */
export function takeTask(worker: LogWorker, { work, team, range }: LogJob): LogTask | undefined {
  const { proof, floor } = worker
  const isSpare = isTiny(worker) && hasWider(team)
  const tail = range.to - TAIL + 1n
  const task = nextTask(worker, { from: isSpare && tail > floor ? tail : floor, to: range.to }, work)
  if (task === undefined) return undefined
  if (!proof.isProven() && !proof.isTold(task.piece)) {
    const first = nextProof(worker, isSpare)
    if (first !== undefined) return first === 'spared' ? undefined : first
  }
  if (task.kind === 'gap') work.takeGap(task.piece)
  else work.takeCheck(task.piece)
  return task
}

/** Let somebody else do what is left of a task. */
export function giveBack({ kind }: LogTask, pieces: readonly Interval[], { work, team }: LogJob): void {
  for (const piece of pieces) {
    if (kind === 'gap') work.giveBackGap(piece)
    if (kind === 'check') work.giveBackCheck(piece)
  }
  team.notify()
}
