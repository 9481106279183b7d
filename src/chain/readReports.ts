import type { EventLog, LogArchive } from '../math/eventLog.ts'
import type { BlockNumber, Seconds } from '../math/fixedPoint.ts'
import { blockSet, type Interval, lengthOf, subtract, totalBlocks } from '../math/intervals.ts'
import type { BlockTimeArchive, Report } from '../math/report.ts'
import type { Sample } from '../math/sample.ts'
import { windowDays } from '../math/windowDays.ts'
import { createReportDecoder, type DecodedReports, type MalformedReport } from '../pools/decodeReports.ts'
import type { TokenPool } from '../pools/definePool.ts'
import type { ChainClient } from './client.ts'
import { type Confirmed, confirmReports, type LogReview, MOST_REQUESTS } from './confirmReports.ts'
import { agreementsOf, otherTeller } from './logAgreements.ts'
import type { LogFilter } from './logFilter.ts'
import { type LogDoubt, type LogProgress, readLogs } from './readLogs.ts'
import { createReferenceTimes, type ReferenceTimes } from './referenceTimes.ts'
import { knownReports, reportFilter } from './reportFilter.ts'

export type ReportArchives = { readonly logs: LogArchive; readonly times: BlockTimeArchive }

export type ReportRequest = {
  readonly pools: readonly TokenPool[]
  /** Verified samples of the same range, ascending: they prove where there are reports. */
  readonly samples: readonly Sample[]
  readonly from: BlockNumber
  readonly to: BlockNumber
  /** What can no longer change; only that is kept. */
  readonly finalized: BlockNumber
  /** Names the chain in the archives; undefined to keep nothing. */
  readonly identity: string | undefined
  readonly signal?: AbortSignal | undefined
}

/** Blocks whose reports are not sure, and whether that is because operators contradict each other. */
type ReportDoubt = LogDoubt & { readonly isDisputed?: true }

export type ReportProgress = {
  /** By pool id, ascending by block, of every pool whose events carry its rate. */
  readonly reports: ReadonlyMap<string, readonly Report[]>
  /** Times of the blocks that reports name as measured, as far as they are known. */
  readonly blockTimes: ReadonlyMap<BlockNumber, Seconds>
  /** Blocks of which all reports are there. */
  readonly covered: readonly Interval[]
  /** Of so many blocks. */
  readonly done: bigint
  readonly wanted: bigint
  /**
   * At the end: blocks in which nothing was found, by one operator only, and those of which operators tell different
   * events. Together with `done` they are all.
   */
  readonly doubts: readonly ReportDoubt[]
  /** At the end: blocks whose events a second operator told just the same. */
  readonly confirmed: readonly Confirmed[]
  /** Logs of the pools' contracts that cannot be what their events say; no report is made of them. */
  readonly malformed: readonly MalformedReport[]
  /** Blocks that reports name as measured and whose time is not known; at the end, those that nobody gave. */
  readonly timesMissing: number
}

const progressOf = (
  { reports, malformed }: DecodedReports,
  { covered, done, wanted, doubts }: Omit<LogProgress, 'logs'>,
  times: ReferenceTimes,
): ReportProgress => ({
  reports,
  malformed,
  covered,
  done,
  wanted,
  doubts,
  confirmed: [],
  blockTimes: times.known(),
  timesMissing: times.missing(),
})

const pointsOf = (logs: readonly EventLog[]): Interval[] =>
  logs.map(({ block }) => ({ from: block, to: block }))

/** Leave out what operators do not agree on: the logs that not all of them tell, and all of the same pools around. */
function withoutDisputed(
  logs: readonly EventLog[],
  pools: readonly TokenPool[],
  { disputes }: LogReview,
): EventLog[] {
  const named = disputes.map(({ from, to, logs: differing }) => {
    const at = new Set(differing.map(({ address }) => address.toLowerCase()))
    const own = pools.map(({ reports }) =>
      reports.flatMap(({ addresses }) => addresses.map(one => one.toLowerCase())),
    )
    return {
      from,
      to,
      addresses: new Set([...at, ...own.filter(some => some.some(one => at.has(one))).flat()]),
    }
  })
  return logs.filter(
    ({ block, address }) =>
      !named.some(({ from, to, addresses }) => from <= block && block <= to && addresses.has(address)),
  )
}

type Read = {
  readonly client: ChainClient
  readonly filter: LogFilter
  readonly pools: readonly TokenPool[]
  readonly decode: ReturnType<typeof createReportDecoder>
  readonly times: ReferenceTimes
}

/** Say at the end what a second operator confirmed and what operators do not agree on. */
function conclude(
  { client, filter, pools, decode, times }: Read,
  last: LogProgress,
  review: LogReview,
): ReportProgress {
  const disputed = blockSet(review.disputes)
  const covered = subtract(last.covered, disputed)
  const { reports, malformed } = decode(withoutDisputed(last.logs, pools, review))
  const agreements = agreementsOf(client, filter).valid(last.logs, last.covered)
  const confirmed = [...reports].map(([id, own]): [string, readonly Report[]] => [
    id,
    own.map(report => {
      const confirmedBy = otherTeller(agreements, report.log)
      return confirmedBy === undefined ? report : { ...report, confirmedBy }
    }),
  ])
  const doubts = [
    ...last.doubts,
    ...review.disputes.map(({ from, to, why }) => ({ from, to, why, isDisputed: true as const })),
  ]
  const whole = { covered, done: totalBlocks(covered), wanted: last.wanted, doubts }
  return {
    ...progressOf({ reports: new Map(confirmed), malformed }, whole, times),
    confirmed: review.confirmed,
  }
}

/** Read logs and the headers that they name; the last value has all of them. @returns what was read of logs */
async function* readOnce(
  { client, filter, decode, times }: Read,
  archive: LogArchive,
  request: Omit<ReportRequest, 'pools'>,
): AsyncGenerator<ReportProgress, LogProgress | undefined> {
  let last: LogProgress | undefined
  for await (const progress of readLogs(client, archive, { ...request, filter })) {
    last = progress
    const decoded = decode(progress.logs)
    await times.enter([...decoded.reports.values()].flat())
    yield progressOf(decoded, progress, times)
  }
  if (last === undefined) return undefined
  const decoded = decode(last.logs)
  for await (const _ of times.read()) yield progressOf(decoded, last, times)
  return last
}

/**
 * Read the reports of all pools in a range, newest first, by one filter for all of them, and then the headers of the
 * blocks that they name as measured and that no sample tells the time of. Logs and headers that are final are kept.
 * Those that the windows' ends rest on are at last asked of a second operator. Yields after every few answers; the last
 * value is all that can be had, with what is not in it counted.
 * @throws NoEndpointServed where blocks are left whose logs nobody gives; the reason of an abort
 */
export async function* readReports(
  client: ChainClient,
  archives: ReportArchives,
  { pools, ...request }: ReportRequest,
): AsyncGenerator<ReportProgress, void> {
  const { from, to, samples, finalized, identity, signal } = request
  const { grid } = client.network
  const decode = createReportDecoder(pools)
  const filter = reportFilter(pools, { ...request, grid })
  const wanted = lengthOf(request)
  // A filter of no contracts is one of all contracts.
  if (filter.addresses.length === 0)
    return yield progressOf(
      decode([]),
      { covered: [{ from, to }], done: wanted, wanted, doubts: [] },
      createReferenceTimes(client, archives.times, request),
    )
  const days = windowDays(samples, { from, to })
  const known = (within: Interval): Interval[] => knownReports(pools, { ...within, samples, finalized, grid })
  const budget = { left: MOST_REQUESTS }
  const refuted = new Set<string>()
  for (;;) {
    const times = createReferenceTimes(client, archives.times, request)
    const last = yield* readOnce({ client, filter, pools, decode, times }, archives.logs, request)
    if (last === undefined) return
    const { logs, covered } = last
    const asked = { filter, logs, covered, days, finalized, known, budget, signal }
    const review = await confirmReports(client, asked)
    const fresh = review.refuted.filter(operator => !refuted.has(operator))
    for (const operator of fresh) refuted.add(operator)
    // What is in dispute is nobody's to keep, and nothing counts any more that a refuted operator gave.
    const spoilt = [...review.disputes, ...pointsOf(logs.filter(({ operator }) => refuted.has(operator)))]
    if (identity !== undefined && spoilt.length > 0) await archives.logs.drop(identity, filter.key, spoilt)
    // Read again from others, unless it comes once more.
    if (fresh.length === 0) return yield conclude({ client, filter, pools, decode, times }, last, review)
  }
}
