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
  /** Why transfers cannot be searched for. */
  readonly noLogs: string | undefined
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
  const touched = new Set(moved.flatMap(({ asset, units = 0n }) => (units === 0n ? [] : [asset])))
  const everHeld = assets.filter(
    ({ id, kind }) =>
      kind !== 'ether' && (touched.has(id) || moments.some(({ units }) => (units[id] ?? 0n) !== 0n)),
  )
  const courses = everHeld.map(asset => courseOf(asset, { moments, transfers: moved, changes }))
  const first = firstHeld(withoutEther(moments))
  const last = moments.at(-1)
  if (first === undefined || last === undefined) return { courses, periods: [], range: undefined }
  const { before, at } = first
  return {
    courses,
    periods: periodsOf((before ?? at).time, last.time),
    range: { from: (before ?? at).block + 1n, to: head },
  }
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
  if (range === undefined || noLogs !== undefined) return undefined
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
  return noLogs ?? (cost === undefined ? `${operator} serves no logs of events.` : undefined)
}

type Searched = {
  readonly knowledge: WalletKnowledge
  readonly isSearched: boolean
  readonly lost: number
  readonly cost: bigint | undefined
}

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
    unsure: courses.reduce((sum, { moves }) => sum + moves.filter(isUnsure).length, 0),
    noLogs: silenceOf({ knowledge, isSearched, lost, cost }),
    searchCost: cost,
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
      return { kind: 'search', range }
    const block = meetingOf(courses, knowledge)
    if (block !== undefined) return { kind: 'places', block }
  }
  if (wishes.length === 0) return { kind: 'nothing' }
  return { kind: 'blocks', blocks: wishes.slice(0, AT_ONCE).map(({ block }) => block) }
}
