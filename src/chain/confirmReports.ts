import type { EventLog } from '../math/eventLog.ts'
import type { BlockNumber } from '../math/fixedPoint.ts'
import { type Interval, intersect, lengthOf, subtract, totalBlocks, union } from '../math/intervals.ts'
import type { ChainClient } from './client.ts'
import type { Endpoint } from './endpoints.ts'
import { ChainError, Disagreement } from './errors.ts'
import { agreementsOf, differingLogs, logsWithin } from './logAgreements.ts'
import type { LogFilter } from './logFilter.ts'
import { askOpinion, evenParts, type LogBudget } from './logOpinion.ts'
import { createLogProof, type LogProof } from './logProof.ts'
import { logSeatOf } from './logVisit.ts'

export type ConfirmRequest = {
  readonly filter: LogFilter
  /** As they were read, ascending. */
  readonly logs: readonly EventLog[]
  /** Blocks of which all logs were read. */
  readonly covered: readonly Interval[]
  /** The days that matter most, newest first. */
  readonly days: readonly Interval[]
  /** What can no longer change: of younger blocks two honest operators may tell different things. */
  readonly finalized: BlockNumber
  /** Ranges inside an interval that hold at least one log each, as samples prove. */
  readonly known: (within: Interval) => readonly Interval[]
  /** What all askings of one reading may take; `MOST_REQUESTS` at its beginning. */
  readonly budget: LogBudget
  readonly signal: AbortSignal | undefined
}

/** Blocks whose logs another operator told just the same. */
export type Confirmed = Interval & { readonly operator: string }

/** Blocks of which operators tell different logs. */
type LogDispute = Interval & {
  readonly why: string
  /** The logs that not all of them tell. */
  readonly logs: readonly EventLog[]
}

export type LogReview = {
  readonly confirmed: readonly Confirmed[]
  readonly disputes: readonly LogDispute[]
  /** Operators that two others contradict: they are not asked any more, and nothing of what they gave counts. */
  readonly refuted: readonly string[]
}

/** Requests that the confirmation of one reading takes at most. */
export const MOST_REQUESTS = 8n

/** Less of older days than a part in so many is not worth a request. */
const SLIVER = 8n

type Told = { readonly operator: string; readonly logs: readonly EventLog[] }

type Review = {
  readonly client: ChainClient
  readonly request: ConfirmRequest
  /** What each witness has shown in a piece of days. */
  readonly proofs: Map<string, LogProof>
  /** URLs of those that failed. */
  readonly failed: Set<string>
  readonly disputes: LogDispute[]
  readonly refuted: Set<string>
}

const operatorsOf = (logs: readonly EventLog[]): string[] => [
  ...new Set(logs.map(({ operator }) => operator)),
]

const compare = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0)

/** List who may be asked, besides some operators: whoever gives most blocks at once first, who failed lately last. */
function witnessesOf({ client, request, failed }: Review, except: readonly string[]): Endpoint[] {
  const rank = (endpoint: Endpoint): bigint => logSeatOf(client, endpoint).span.size()
  return client.standings
    .filter(({ endpoint, setAside }) => {
      if (!endpoint.roles.includes('logs') || except.includes(endpoint.operator)) return false
      const isLossy = logSeatOf(client, endpoint).lost.has(request.filter.key)
      return setAside() === undefined && !isLossy && !failed.has(endpoint.url)
    })
    .map(({ endpoint, isResting }) => ({ endpoint, isLast: isResting(), rank: rank(endpoint) }))
    .sort((a, b) => (a.isLast === b.isLast ? compare(b.rank, a.rank) : a.isLast ? 1 : -1))
    .map(({ endpoint }) => endpoint)
}

/** Cut blocks so that of each part somebody can be asked who gave none of its logs. */
function piecesOf(review: Review, whole: Interval): Interval[] {
  const pieces: Interval[] = []
  let from = whole.from
  let givers: string[] = []
  for (const { block, operator } of logsWithin(review.request.logs, whole)) {
    if (givers.includes(operator)) continue
    const isAskable = witnessesOf(review, [...givers, operator]).length > 0
    if (givers.length === 0 || isAskable || block === from) givers.push(operator)
    else {
      pieces.push({ from, to: block - 1n })
      from = block
      givers = [operator]
    }
  }
  return [...pieces, { from, to: whole.to }]
}

/** Whether an endpoint's silence counts: it has shown logs of the same day, or nothing proves that there are some. */
function isHeard({ client, request }: Review, endpoint: Endpoint, proof: LogProof, day: Interval): boolean {
  const { filter, known } = request
  if (proof.isProven()) return true
  if (known(day).length > 0) return false
  return filter.known.length === 0 || logSeatOf(client, endpoint).proven.has(filter.key)
}

/** Ask for a piece whoever of the others answers first, one after the other. */
async function tell(review: Review, piece: Interval, except: readonly string[]): Promise<Told | undefined> {
  const { client, request, proofs, failed } = review
  const { filter, known, budget, signal } = request
  for (const endpoint of witnessesOf(review, except)) {
    const day = request.days.find(({ from, to }) => from <= piece.from && piece.to <= to) ?? piece
    const name = `${endpoint.url} ${day.from}`
    const proof = proofs.get(name) ?? createLogProof(known(day), false)
    proofs.set(name, proof)
    const logs = await askOpinion(client, { endpoint, filter, proof, budget, signal }, piece)
    if (logs === undefined) return undefined
    if (logs instanceof ChainError) failed.add(endpoint.url)
    else if (logs.length > 0 || isHeard(review, endpoint, proof, day))
      return { operator: endpoint.operator, logs }
  }
  return undefined
}

const nameAll = (names: readonly string[]): string =>
  names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`

const blocksInWords = ({ from, to }: Interval): string => `blocks ${from} to ${to}`

/** Ask an operator nothing any more that two others contradict. */
function putAside(review: Review, operator: string, piece: Interval, answers: readonly Told[]): void {
  const said = answers.map(({ operator: name, logs }) => ({ operator: name, value: `${logs.length} events` }))
  const what = `gave other events than two other operators (${blocksInWords(piece)}); it is not asked again in this visit`
  review.client.setAside(operator, new Disagreement(what, { operator, answers: said }))
}

/** Find out who is right where two differ, and draw the consequences. */
async function settle(
  review: Review,
  piece: Interval,
  first: readonly EventLog[],
  second: Told,
): Promise<void> {
  const { request, client } = review
  const givers = operatorsOf(first)
  const final = { from: piece.from, to: piece.to < request.finalized ? piece.to : request.finalized }
  const agreements = agreementsOf(client, request.filter)
  const isSame = (one: readonly EventLog[], other: readonly EventLog[]): boolean =>
    differingLogs(logsWithin(one, final), logsWithin(other, final)).length === 0
  const differing = differingLogs(logsWithin(first, final), logsWithin(second.logs, final))
  const third = await tell(review, piece, [...givers, second.operator])
  if (third !== undefined && isSame(first, third.logs)) {
    const operators = [...givers, third.operator]
    agreements.add({ ...final, operators, logs: logsWithin(first, final) })
    return putAside(review, second.operator, piece, [second, third])
  }
  const names = [...givers, second.operator, ...(third === undefined ? [] : [third.operator])]
  const why = `${nameAll(names)} tell different events in ${blocksInWords(final)}.`
  review.disputes.push({ ...final, why, logs: differing })
  if (third === undefined || !isSame(second.logs, third.logs)) return
  const operators = [second.operator, third.operator]
  agreements.add({ ...final, operators, logs: logsWithin(second.logs, final) })
  const own = operatorsOf(differing.filter(({ operator }) => operator !== second.operator))
  for (const operator of own.length === 0 && givers.length === 1 ? givers : own) {
    review.refuted.add(operator)
    putAside(review, operator, piece, [second, third])
  }
}

/** Have the logs of a piece told by somebody who gave none of them. */
async function examine(review: Review, piece: Interval): Promise<void> {
  const { client, request } = review
  const first = logsWithin(request.logs, piece)
  // Where nothing was told, there is nothing to confirm; that much silence was is the reader's own question.
  if (first.length === 0) return
  const givers = operatorsOf(first)
  // It is read again from others.
  if (givers.some(operator => review.refuted.has(operator))) return
  const second = await tell(review, piece, givers)
  if (second === undefined) return
  const differing = differingLogs(first, second.logs)
  if (differing.some(({ block }) => block <= request.finalized)) return settle(review, piece, first, second)
  // The head may have changed between the two answers: what is younger waits for the next reading.
  const to = differing[0] === undefined ? piece.to : differing[0].block - 1n
  const sure = { from: piece.from, to }
  if (lengthOf(sure) === 0n) return
  const operators = [...givers, second.operator]
  agreementsOf(client, request.filter).add({ ...sure, operators, logs: logsWithin(first, sure) })
}

/** Find what of a day nobody has confirmed; nothing where that is hardly anything of an older day. */
function openParts({ client, request }: Review, day: Interval): Interval[] {
  const known = agreementsOf(client, request.filter).valid(request.logs, request.covered)
  const rest = subtract(intersect([day], request.covered), union(known))
  const isNewest = day === request.days[0]
  return !isNewest && totalBlocks(rest) * SLIVER < lengthOf(day) ? [] : rest
}

/**
 * Have what the windows' ends rest on told by a second operator: the logs of some days are asked of one that gave
 * none of them. Where the two differ, a third decides; without one nothing of these blocks is to be believed. What was
 * confirmed in this visit is not asked for again. That nobody else answers is no failure: then nothing is confirmed.
 * @throws the reason of an abort
 */
export async function confirmReports(client: ChainClient, request: ConfirmRequest): Promise<LogReview> {
  const review: Review = {
    client,
    request,
    proofs: new Map(),
    failed: new Set(),
    disputes: [],
    refuted: new Set(),
  }
  for (const day of request.days)
    for (const part of openParts(review, day).toReversed())
      for (const piece of piecesOf(review, part).toReversed()) {
        const [witness] = witnessesOf(review, operatorsOf(logsWithin(request.logs, piece)))
        if (witness === undefined) continue
        const size = logSeatOf(client, witness).span.size()
        for (const one of evenParts(piece, size).toReversed()) await examine(review, one)
      }
  const agreed = agreementsOf(client, request.filter).valid(request.logs, request.covered)
  return {
    confirmed: agreed.map(({ from, to, operators }) => ({ from, to, operator: operators.at(-1) ?? '' })),
    disputes: review.disputes,
    refuted: [...review.refuted],
  }
}
