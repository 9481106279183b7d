import { DAY, type Seconds } from '../math/fixedPoint.ts'
import { intersect, totalBlocks } from '../math/intervals.ts'
import type { Sample, SampleArchive } from '../math/sample.ts'
import { byBlock } from '../math/series.ts'
import { createReportDecoder } from '../pools/decodeReports.ts'
import type { TokenPool } from '../pools/definePool.ts'
import type { ChainClient } from './client.ts'
import { type HistoryProgress, isWhole } from './readHistory.ts'
import type { ReportArchives, ReportProgress } from './readReports.ts'
import { type Snapshot, sampleOf } from './readSnapshot.ts'
import { createReferenceTimes } from './referenceTimes.ts'
import { reportFilter } from './reportFilter.ts'

export type RecallRequest = {
  readonly pools: readonly TokenPool[]
  /** The newest reading that was kept: the end of the range. */
  readonly head: Snapshot
  /** Time before the head; undefined for all that there is. */
  readonly span: Seconds | undefined
  /** Names the chain in the archives. */
  readonly identity: string
}

/** Take a history from what earlier visits have read and kept, without asking anybody. */
export async function recallHistory(
  { network: { grid } }: ChainClient,
  archive: SampleArchive,
  { pools, head, span, identity }: RecallRequest,
): Promise<HistoryProgress> {
  const first = span === undefined ? 0n : head.time - span - DAY
  const stored = await archive.load(identity, 0n, head.block - 1n)
  const usable = stored.filter(
    sample => sample.block % grid === 0n && sample.time >= first && isWhole(sample, pools),
  )
  const samples = [...usable, sampleOf(head)].sort(byBlock)
  return { samples, done: samples.length, wanted: samples.length, identity }
}

/**
 * Take the reports of a range from what earlier visits have read and kept, without asking anybody.
 * @param samples of the same range, ascending; not empty
 */
export async function recallReports(
  client: ChainClient,
  archives: ReportArchives,
  { pools, samples, identity }: Pick<RecallRequest, 'pools' | 'identity'> & { samples: readonly Sample[] },
): Promise<ReportProgress> {
  const range = { from: samples.at(0)?.block ?? 0n, to: samples.at(-1)?.block ?? 0n }
  const request = { ...range, samples, identity, finalized: range.to }
  const filter = reportFilter(pools, { ...request, grid: client.network.grid })
  const { logs, covered } = await archives.logs.load(identity, filter.key)
  const within = logs.filter(({ block }) => range.from <= block && block <= range.to)
  const { reports, malformed } = createReportDecoder(pools)(within)
  const times = createReferenceTimes(client, archives.times, request)
  await times.enter([...reports.values()].flat())
  const known = intersect([range], covered)
  return {
    ...{ reports, malformed, covered: known, doubts: [], confirmed: [] },
    ...{ done: totalBlocks(known), wanted: range.to - range.from + 1n },
    ...{ blockTimes: times.known(), timesMissing: times.missing() },
  }
}
