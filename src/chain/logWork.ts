import type { EventLog } from '../math/eventLog.ts'
import {
  type BlockSet,
  blockSet,
  covers,
  type Interval,
  intersect,
  lengthOf,
  newestOf,
  subtract,
  union,
} from '../math/intervals.ts'
import { type Given, isIn, type LogRange, type LogSurvey, surveyLogs } from './logSurvey.ts'

/** Who gave or is to give an answer. */
type Giver = { readonly url: string; readonly operator: string }

/** A piece with all its logs. */
export type LogPiece = { readonly piece: Interval; readonly logs: readonly EventLog[] }

/** The books of one reading. */
export type LogWork = {
  readonly survey: () => LogSurvey
  /** Blocks that nobody has read or is reading. */
  readonly gaps: () => BlockSet
  /** The newest of them. */
  readonly nextGap: (within: Interval, size: bigint) => Interval | undefined
  /** The newest doubtful blocks that others gave, and none that may still grow into a larger request. */
  readonly nextCheck: (within: Interval, size: bigint, who: Giver) => Interval | undefined
  readonly takeGap: (piece: Interval) => void
  readonly takeCheck: (piece: Interval) => void
  readonly giveBackGap: (piece: Interval) => void
  readonly giveBackCheck: (piece: Interval) => void
  /** Enter an answer. An empty one of an endpoint that has proved nothing is doubtful. */
  readonly hold: (who: Giver, answer: LogPiece, isProven: boolean) => void
  /** Enter a second operator's answer to a check, and name the endpoints that have lost what it found. */
  readonly check: (who: Giver, answer: LogPiece) => readonly string[]
  /**
   * Forget what an endpoint gave or confirmed: what it gave is to be read again.
   * @returns pieces that were taken to be kept and hold some of it
   */
  readonly drop: (url: string) => readonly Interval[]
  /** Take what is settled and final and was not taken before, to be kept. */
  readonly takeSettled: () => readonly LogPiece[]
}

type Kept = { readonly covered: readonly Interval[]; readonly logs: readonly EventLog[] }

type Books = {
  readonly range: LogRange
  loaded: BlockSet
  readonly loadedLogs: readonly EventLog[]
  readonly given: Map<string, Given>
  readonly confirmed: Map<string, Given>
  bare: BlockSet
  gaps: BlockSet
  /** Being asked of a second operator. */
  checking: BlockSet
  /** As they were taken, one by one. */
  taken: readonly Interval[]
  survey: LogSurvey
}

function enter(into: Map<string, Given>, { url, operator }: Giver, { piece, logs }: LogPiece): void {
  const before = into.get(url)
  const blocks = union(before?.blocks ?? [], [piece])
  into.set(url, { operator, blocks, logs: [...(before?.logs ?? []), ...logs] })
}

/** Take blocks out of what everybody gave. */
function cut(given: Map<string, Given>, piece: Interval): void {
  for (const [url, { operator, blocks, logs }] of given) {
    const rest = subtract(blocks, [piece])
    given.set(url, { operator, blocks: rest, logs: logs.filter(({ block }) => isIn(rest, block)) })
  }
}

/** Judge anew what has been read, after a change. */
function judge(books: Books): void {
  books.survey = surveyLogs(books, books.range)
  const { reopened } = books.survey
  if (reopened.length === 0) return
  books.loaded = subtract(books.loaded, reopened)
  books.gaps = union(books.gaps, reopened)
  books.survey = surveyLogs(books, books.range)
}

function enterCheck(books: Books, who: Giver, answer: LogPiece): readonly string[] {
  const { piece, logs } = answer
  books.checking = subtract(books.checking, [piece])
  const final = logs.filter(({ block }) => block <= books.range.finalized)
  const lossy = [...books.given].filter(([, { blocks }]) => final.some(({ block }) => isIn(blocks, block)))
  if (logs.length === 0) enter(books.confirmed, who, answer)
  else {
    // The fuller answer takes the place of the silent one.
    cut(books.given, piece)
    books.gaps = subtract(books.gaps, [piece])
    books.bare = subtract(books.bare, [piece])
    enter(books.given, who, answer)
  }
  judge(books)
  return lossy.map(([url]) => url)
}

function forget(books: Books, url: string): readonly Interval[] {
  const given = books.given.get(url)?.blocks ?? []
  const touched = union(given, books.confirmed.get(url)?.blocks ?? [])
  books.given.delete(url)
  books.confirmed.delete(url)
  books.gaps = union(books.gaps, given)
  books.bare = subtract(books.bare, given)
  const spoilt = books.taken.filter(piece => intersect([piece], touched).length > 0)
  books.taken = books.taken.filter(piece => !spoilt.includes(piece))
  judge(books)
  return spoilt
}

function takeSettled(books: Books): readonly LogPiece[] {
  const { survey, range, loaded, taken } = books
  const final = intersect(survey.settled, blockSet([{ from: range.from, to: range.finalized }]))
  const fresh = subtract(final, union(loaded, taken))
  books.taken = [...taken, ...fresh]
  return fresh.map(piece => ({
    piece,
    logs: survey.logs.filter(({ block }) => block >= piece.from && block <= piece.to),
  }))
}

function doubtsOfOthers(books: Books, within: Interval, operator: string): BlockSet {
  const own = [...books.given.values()].filter(given => given.operator === operator)
  const left = union(books.checking, ...own.map(({ blocks }) => blocks))
  return subtract(intersect(books.survey.doubtful, blockSet([within])), left)
}

/**
 * Keep the books of a reading: which blocks are still to be read, who gave the others, which of them are so silent
 * that a second operator has to be asked, and which can be kept.
 * @param kept what the archive has
 */
export function createLogWork(range: LogRange, kept: Kept): LogWork {
  const whole = blockSet([range])
  const loaded = intersect(blockSet(kept.covered), whole)
  const holdings = { loaded, loadedLogs: kept.logs, given: new Map(), confirmed: new Map(), bare: [] }
  const books: Books = {
    ...holdings,
    range,
    gaps: subtract(whole, loaded),
    checking: [],
    taken: [],
    survey: surveyLogs(holdings, range),
  }
  return {
    survey: () => books.survey,
    gaps: () => books.gaps,
    nextGap: (within, size) => newestOf(intersect(books.gaps, blockSet([within])), size),
    nextCheck: (within, size, { operator }) => {
      const { urgent } = books.survey
      const open = doubtsOfOthers(books, within, operator)
      const due = open.filter(part => lengthOf(part) >= size || covers(urgent, part))
      return newestOf(due, size)
    },
    takeGap: piece => {
      books.gaps = subtract(books.gaps, [piece])
    },
    takeCheck: piece => {
      books.checking = union(books.checking, [piece])
    },
    giveBackGap: piece => {
      books.gaps = union(books.gaps, [piece])
    },
    giveBackCheck: piece => {
      books.checking = subtract(books.checking, [piece])
    },
    hold: (who, answer, isProven) => {
      enter(books.given, who, answer)
      if (answer.logs.length === 0 && !isProven) books.bare = union(books.bare, [answer.piece])
      judge(books)
    },
    check: (who, answer) => enterCheck(books, who, answer),
    drop: url => forget(books, url),
    takeSettled: () => takeSettled(books),
  }
}
