import { type Interval, lengthOf } from '../math/intervals.ts'
import {
  ArchiveUnavailable,
  type ChainError,
  MethodUnavailable,
  RangeTooWide,
  RateLimited,
  RequestTooLarge,
  TooManyResults,
  Unreachable,
} from './errors.ts'
import { LostLogs } from './logAnswer.ts'
import type { LogJob, LogWorker } from './logTask.ts'
import { logSeatOf } from './logVisit.ts'
import { wait } from './pace.ts'

/** Weight of failures in a row after which an endpoint is given up. */
const MOST_STRIKES = 8
/** Milliseconds to wait for each of them. */
const WAIT = 250

const strikesOf = (failure: ChainError): number => {
  // Waiting helps, and the pool slows down with each.
  if (failure instanceof RateLimited) return 1
  const isLate = failure.cause instanceof DOMException && failure.cause.name === 'TimeoutError'
  return isLate ? 4 : 2
}

/** Nothing counts any more that an endpoint gave which has lost logs. */
export function dismiss(url: string, lost: LostLogs, { work, client, filter }: LogJob): readonly Interval[] {
  const standing = client.standings.find(({ endpoint }) => endpoint.url === url)
  if (standing !== undefined) logSeatOf(client, standing.endpoint).lost.set(filter.key, lost)
  return work.drop(url)
}

/** Give the parts, oldest first, into which a piece with too many logs is split; undefined where that is not it. */
export function partsOf(piece: Interval, failure: ChainError): Interval[] | undefined {
  if (!(failure instanceof TooManyResults || failure instanceof RangeTooWide) || !failure.hint.onlyHere)
    return undefined
  const { from, to } = piece
  if (from === to) return undefined
  const { from: first, to: last } = failure.hint
  const isInside = first !== undefined && last !== undefined && first >= from && last <= to && first <= last
  if (isInside && (first > from || last < to)) {
    const parts = [
      { from, to: first - 1n },
      { from: first, to: last },
      { from: last + 1n, to },
    ]
    return parts.filter(part => lengthOf(part) > 0n)
  }
  const middle = (from + to) / 2n
  return [
    { from, to: middle },
    { from: middle + 1n, to },
  ]
}

/** Learn from a refusal what to ask for instead. @returns whether there is something; undefined for other failures */
function adapt(worker: LogWorker, failure: ChainError, piece: Interval, job: LogJob): boolean | undefined {
  const { seat } = worker
  if (failure instanceof RequestTooLarge) {
    const count = seat.addresses ?? BigInt(job.filter.addresses.length)
    if (count > 1n) seat.addresses = (count + 1n) / 2n
    return count > 1n
  }
  if (failure instanceof RangeTooWide) {
    const size = lengthOf(piece)
    seat.span.refuse(size, failure.hint.span)
    return size > 1n
  }
  if (failure instanceof ArchiveUnavailable) {
    const { oldest } = failure
    // What it has served before it still has; between that and this, each further question would be a guess.
    const next = worker.lowest !== undefined && worker.lowest > piece.to ? worker.lowest : piece.to + 1n
    worker.floor = oldest !== undefined && oldest > piece.from ? oldest : next
    return true
  }
  return undefined
}

/** Draw the consequences of a failure. @returns whether the endpoint goes on */
export async function recover(
  worker: LogWorker,
  failure: ChainError,
  piece: Interval,
  job: LogJob,
): Promise<boolean> {
  const { standing, seat } = worker
  worker.failure = failure
  if (failure instanceof LostLogs) {
    await job.keep(dismiss(standing.endpoint.url, failure, job))
    return false
  }
  const goesOn = adapt(worker, failure, piece, job)
  if (goesOn !== undefined) return goesOn
  if (failure instanceof MethodUnavailable || failure instanceof TooManyResults) return false
  if (standing.setAside() !== undefined) return false
  // More than it ever served, and no answer: that may be why.
  if (failure instanceof Unreachable && seat.span.isTrying(lengthOf(piece))) seat.span.refuse(lengthOf(piece))
  worker.strikes += strikesOf(failure)
  if (worker.strikes >= MOST_STRIKES) return false
  await wait(WAIT * worker.strikes, job.signal)
  return true
}
