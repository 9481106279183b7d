import type { LogArchive } from '../math/eventLog.ts'
import type { BlockNumber, Seconds } from '../math/fixedPoint.ts'
import { type Interval, lengthOf } from '../math/intervals.ts'
import type { BlockTimeArchive, Report } from '../math/report.ts'
import type { Sample } from '../math/sample.ts'
import { createReportDecoder, type DecodedReports, type MalformedReport } from '../pools/decodeReports.ts'
import type { TokenPool } from '../pools/definePool.ts'
import type { ChainClient } from './client.ts'
import { type LogProgress, readLogs } from './readLogs.ts'
import { createReferenceTimes, type ReferenceTimes } from './referenceTimes.ts'
import { reportFilter } from './reportFilter.ts'

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
  /** At the end: blocks in which nothing was found, by one operator only. Together with `done` they are all. */
  readonly doubts: LogProgress['doubts']
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
  blockTimes: times.known(),
  timesMissing: times.missing(),
})

/**
 * Read the reports of all pools in a range, newest first, by one filter for all of them, and then the headers of the
 * blocks that they name as measured and that no sample tells the time of. Logs and headers that are final are kept.
 * Yields after every few answers; the last value is all that can be had, with what is not in it counted.
 * @throws NoEndpointServed where blocks are left whose logs nobody gives; the reason of an abort
 */
export async function* readReports(
  client: ChainClient,
  archives: ReportArchives,
  { pools, ...request }: ReportRequest,
): AsyncGenerator<ReportProgress, void> {
  const { from, to } = request
  const decode = createReportDecoder(pools)
  const times = createReferenceTimes(client, archives.times, request)
  const filter = reportFilter(pools, { ...request, grid: client.network.grid })
  const wanted = lengthOf(request)
  // A filter of no contracts is one of all contracts.
  if (filter.addresses.length === 0)
    return yield progressOf(decode([]), { covered: [{ from, to }], done: wanted, wanted, doubts: [] }, times)
  let last: LogProgress | undefined
  for await (const progress of readLogs(client, archives.logs, { ...request, filter })) {
    last = progress
    const decoded = decode(progress.logs)
    await times.enter([...decoded.reports.values()].flat())
    yield progressOf(decoded, progress, times)
  }
  if (last === undefined) return
  const decoded = decode(last.logs)
  for await (const _ of times.read()) yield progressOf(decoded, last, times)
}
