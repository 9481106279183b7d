import type { Address } from 'viem'
import { type Course, courseOf, isExactly, isLocated, type Move, type RateChange } from '../math/course.ts'
import { datesOf, type Period, periodsOf } from '../math/earnings.ts'
import type { BlockNumber } from '../math/fixedPoint.ts'
import { covers, type Interval, subtract, totalBlocks } from '../math/intervals.ts'
import type { Moment } from '../math/moment.ts'
import type { WalletPast } from '../math/walletPast.ts'
import { firstHeld, nextBlocks } from '../math/walletPlan.ts'
import type { WalletAsset } from '../pools/walletAssets.ts'
import { transfersOf } from '../pools/walletTransfers.ts'
import type { ChainClient } from './client.ts'
import { estimateRequests, type Transfers } from './readTransfers.ts'

/** How to find out what moved: by logs where that takes few requests, by logs in any case, or by balances alone. */
export type WalletWay = 'auto' | 'logs' | 'grid'

/** All that was read of a past, to go on from. */
export type WalletKnowledge = {
  readonly head: BlockNumber
  readonly from: BlockNumber
  readonly moments: readonly Moment[]
  readonly transfers: Transfers
  /** Blocks of which the places of reports were read, and the places. */
  readonly placed: readonly BlockNumber[]
  readonly changes: readonly RateChange[]
  /** Why transfers were not searched for to the end, and whether another try would be no use. */
  readonly noLogs: { readonly why: string; readonly isFinal: boolean } | undefined
  readonly operator: string
  readonly calls: bigint
}

/** What a reading asks with. */
export type PastJob = {
  readonly client: ChainClient
  readonly assets: readonly WalletAsset[]
  readonly accounts: readonly Address[]
  readonly signal: AbortSignal | undefined
}

/** More requests than this are made for logs only where the reader wants it so. */
const MOST_SEARCH = 200n
/** Blocks asked for at a time. */
const AT_ONCE = 4

/** What the knowledge comes to. */
export type PastView = {
  readonly courses: readonly Course[]
  readonly periods: readonly Period[]
  /** Blocks in which something may have moved. */
  readonly range: Interval | undefined
}

const isUnsure = (move: Move): boolean =>
  !isLocated(move) || !isExactly(move.rate) || move.since !== move.time

/** Work out what was read. */
export function viewOf(
  { assets, accounts }: PastJob,
  { moments, transfers, changes, head }: WalletKnowledge,
): PastView {
  const moved = transfersOf(transfers.logs, assets, accounts)
  // A log that does not tell units may be of either of two assets of its token: balances say which.
  const touched = new Set(moved.flatMap(({ asset, units }) => (units === 0n ? [] : [asset])))
  const courses = assets
    .filter(
      ({ id, kind }) =>
        kind !== 'ether' && (touched.has(id) || moments.some(({ units }) => (units[id] ?? 0n) !== 0n)),
    )
    .map(asset => courseOf(asset, { moments, transfers: moved, changes }))
    .filter(isOfSomething)
  const start = beginningOf(moments, courses)
  const last = moments.at(-1)
  if (start === undefined || last === undefined) return { courses, periods: [], range: undefined }
  return {
    courses,
    periods: periodsOf(start.time, last.time),
    range: { from: start.block + 1n, to: head },
  }
}

/** Whether something was held of it at some time, or may have been. */
const isOfSomething = ({ marks, moves, unread }: Course): boolean =>
  moves.length > 0 || unread.length > 0 || marks.some(({ units }) => units !== 0n)

/** The last moment before anything was held, by balances or by logs, as far as that is known. */
function beginningOf(moments: readonly Moment[], courses: readonly Course[]): Moment | undefined {
  const first = firstHeld(withoutEther(moments))
  const seen = first === undefined ? undefined : (first.before ?? first.at)
  const told = courses.flatMap(({ moves, unread }) => [...moves.map(({ block }) => block), ...unread])
  return told.reduce<Moment | undefined>((earliest, block) => {
    if (earliest !== undefined && block > earliest.block) return earliest
    return moments.findLast(moment => moment.block < block) ?? earliest
  }, seen)
}

const withoutEther = (moments: readonly Moment[]): Moment[] =>
  moments.map(moment => ({ ...moment, units: { ...moment.units, ETH: 0n } }))

const tokensIn = (assets: readonly WalletAsset[]): bigint =>
  BigInt(new Set(assets.flatMap(({ token }) => token ?? [])).size)

/** Requests that searching the rest of the range for transfers would take; undefined where it cannot be. */
function searchCost(
  { client, assets }: PastJob,
  { range }: PastView,
  { transfers, noLogs }: WalletKnowledge,
): bigint | undefined {
  if (range === undefined || noLogs?.isFinal === true) return undefined
  const left = totalBlocks(subtract([range], transfers.covered))
  return left === 0n ? undefined : estimateRequests(client, left, tokensIn(assets))
}

/** Moves that balances show and logs should have told, of the assets whose every move has a log. */
function lostMoves({ assets }: PastJob, courses: readonly Course[]): number {
  const told = new Set(
    assets.filter(({ moves }) => moves === 'tokens' || moves === 'shares').map(({ id }) => id),
  )
  return courses
    .filter(({ asset }) => told.has(asset))
    .reduce((sum, { moves }) => sum + moves.filter(({ log }) => log === undefined).length, 0)
}

/** Say why logs do not tell what moved; undefined where they do, and where they could still be searched. */
function silenceOf({
  knowledge: { noLogs, operator },
  isSearched,
  lost,
  cost,
}: Searched): string | undefined {
  if (isSearched)
    return lost === 0
      ? undefined
      : `The logs of ${operator} leave out ${lost} of the moves that its balances show.`
  return noLogs?.why ?? (cost === undefined ? `${operator} serves no logs of events.` : undefined)
}

type Searched = {
  readonly knowledge: WalletKnowledge
  readonly isSearched: boolean
  readonly lost: number
  readonly cost: bigint | undefined
}

/** The block from which on all were searched for transfers, up to the head. */
const searchedFrom = ({ transfers, head }: WalletKnowledge): BlockNumber | undefined =>
  transfers.covered.find(({ from, to }) => from <= head && head <= to)?.from

type End = Pick<WalletPast, 'isOver' | 'isPaused'>

/** Tell what is known by now. */
export function pastOf(
  job: PastJob,
  view: PastView,
  knowledge: WalletKnowledge,
  end: End = { isOver: false, isPaused: false },
): WalletPast {
  const { moments, transfers, calls, operator } = knowledge
  const { courses, periods, range } = view
  const isSearched = range !== undefined && covers(transfers.covered, range)
  const cost = searchCost(job, view, knowledge)
  const lost = isSearched ? lostMoves(job, courses) : 0
  return {
    moments,
    courses,
    periods,
    way: isSearched && lost === 0 ? 'logs' : 'grid',
    calls,
    unsure: courses.reduce(
      (sum, { moves, unread }) => sum + moves.filter(isUnsure).length + unread.length,
      0,
    ),
    noLogs: silenceOf({ knowledge, isSearched, lost, cost }),
    searchCost: cost,
    searchedFrom: searchedFrom(knowledge),
    operator,
    ...end,
  }
}

/** A block in which a report and a move met, whose order is not known yet. */
function meetingOf(
  courses: readonly Course[],
  { placed, moments }: WalletKnowledge,
): BlockNumber | undefined {
  const asked = new Set(placed)
  const read = new Set(moments.map(({ block }) => block))
  for (const { moves } of courses)
    for (const { block, after, rate, log } of moves) {
      const isMet = log !== undefined && !isExactly(rate) && read.has(block) && read.has(after)
      if (isMet && after + 1n === block && !asked.has(block)) return block
    }
  return undefined
}

const isAllowed = (way: WalletWay, cost: bigint | undefined): boolean =>
  cost !== undefined && (way === 'logs' || (way === 'auto' && cost <= MOST_SEARCH))

/** Whether a search that is under way has turned out to take more than nobody asked for. */
export const isTooLong = (job: PastJob, way: WalletWay, knowledge: WalletKnowledge): boolean =>
  way === 'auto' && (searchCost(job, viewOf(job, knowledge), knowledge) ?? 0n) > MOST_SEARCH

/** What to search: all blocks that can be read where that is little, else those since the first holding. */
function searchRange(
  { client, assets }: PastJob,
  range: Interval,
  { from, head }: WalletKnowledge,
): Interval {
  const all = { from: from + 1n, to: head }
  const cost = estimateRequests(client, head - from, tokensIn(assets))
  return cost !== undefined && cost <= MOST_SEARCH ? all : range
}

/** What to ask for next. */
export type NextStep =
  | { readonly kind: 'search'; readonly range: Interval }
  | { readonly kind: 'places'; readonly block: BlockNumber }
  | { readonly kind: 'blocks'; readonly blocks: readonly BlockNumber[] }
  | { readonly kind: 'nothing' }

/** Say what would tell the most about a past. */
export function nextStep(
  job: PastJob,
  {
    view,
    knowledge,
    way,
  }: { readonly view: PastView; readonly knowledge: WalletKnowledge; readonly way: WalletWay },
): NextStep {
  const { courses, periods, range } = view
  const moments = withoutEther(knowledge.moments)
  const first = firstHeld(moments)
  const dates = first === undefined ? [] : datesOf(periods, (first.before ?? first.at).time)
  const { from, head } = knowledge
  const { grid } = job.client.network
  const wishes = nextBlocks({ moments, courses, from, head, grid, dates })
  const purpose = wishes[0]?.purpose
  if (purpose !== 'shape' && purpose !== 'first') {
    if (range !== undefined && isAllowed(way, searchCost(job, view, knowledge)))
      return { kind: 'search', range: searchRange(job, range, knowledge) }
    const block = meetingOf(courses, knowledge)
    if (block !== undefined) return { kind: 'places', block }
  }
  if (wishes.length === 0) return { kind: 'nothing' }
  return { kind: 'blocks', blocks: wishes.slice(0, AT_ONCE).map(({ block }) => block) }
}
