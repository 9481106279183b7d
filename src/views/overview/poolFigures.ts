import { formatBlock, formatCount } from '../../format/number.ts'
import { largestGap, type YieldMeasure } from '../../math/chartSeries.ts'
import { type BlockNumber, DAY, mulDivDown, type Seconds, WAD, type Wad } from '../../math/fixedPoint.ts'
import { type ReportSpread, reportSpread } from '../../math/perReport.ts'
import type { Reading, Sample } from '../../math/sample.ts'
import {
  type NoYield,
  rollingStarts,
  type WindowStart,
  type WindowYield,
  yieldEndingAt,
} from '../../math/window.ts'
import { poolKey, type TokenPool } from '../../pools/definePool.ts'
import { type PoolRates, poolPoints } from '../../pools/poolPoints.ts'
import type { History } from '../../queries/history.ts'
import type { Live, LivePool } from '../../queries/live.ts'
import type { Reports } from '../../queries/reports.ts'
import { withHead } from '../../queries/withHead.ts'

/** What samples and reports say about one pool. */
export type PoolSeries = PoolRates & {
  /** Where the window that ends at each point starts: `yieldEndingAt` computes its yield. */
  readonly starts: readonly WindowStart[]
  /** Who gave the sample of a block. */
  readonly operators: ReadonlyMap<BlockNumber, string>
}

/** What a pool's series is made of before a window is chosen. */
export type PoolPoints = Omit<PoolSeries, 'starts'>

/** Work out every pool's rate points from the samples, the head, and the reports read so far. */
export function pointsOf(
  pools: readonly TokenPool[],
  history: History | undefined,
  live: Live | undefined,
  reports?: Reports,
): readonly PoolPoints[] {
  const samples = withHead(history?.samples ?? [], live)
  const operators = new Map(samples.map(({ block, operator }) => [block, operator]))
  const evidence = { samples, chainId: live?.chainId ?? 0n, reports }
  return poolPoints(pools, evidence).map(own => ({ ...own, operators }))
}

type WindowInputs = {
  readonly history: History | undefined
  readonly live: Live | undefined
  readonly window: Seconds
}

/** Lay a rolling window over every pool's points. */
export function seriesOf(
  all: readonly PoolPoints[],
  { history, live, window }: WindowInputs,
): readonly PoolSeries[] {
  const samples = withHead(history?.samples ?? [], live)
  const gap = history?.isComplete === true ? 0n : largestGap(samples.map(({ time }) => time))
  return all.map(own => ({
    ...own,
    starts: rollingStarts(own.points, window, toleranceOf(window, gap)),
  }))
}

/** Half a window; more while the samples are still further apart than that. */
const toleranceOf = (window: Seconds, gap: Seconds): Seconds => (gap > window / 2n ? gap : window / 2n)

/** The yield of the last window. */
export const yieldOf = ({ points, starts }: PoolSeries): WindowYield | NoYield =>
  yieldEndingAt(points, starts, points.length - 1)

/** The yields of the single reports of the last window; undefined where samples alone tell of some. */
export const spreadOf = (own: PoolSeries, measure: YieldMeasure): ReportSpread | undefined =>
  spreadEndingAt(own, own.points.length - 1, measure)

/** Reports closer together than a quarter of the usual time are one to any reader. */
const CLOSE = 4n

/** The same of the window that ends at a point. */
export function spreadEndingAt(
  { pool, points, starts }: PoolSeries,
  last: number,
  measure: YieldMeasure,
): ReportSpread | undefined {
  const first = starts[last]
  const least = pool.cadence / CLOSE
  return typeof first === 'number' ? reportSpread(points, { first, last }, { measure, least }) : undefined
}

/** Say where the events of pools tell another rate than their contracts did; nothing where they do not. */
export function contradictionsInWords(
  series: readonly Pick<PoolPoints, 'pool' | 'contradictions'>[],
): string[] {
  return series
    .filter(({ contradictions }) => contradictions.length > 0)
    .map(({ pool, contradictions }) => {
      const [last] = contradictions.slice(-1)
      const times = contradictions.length === 1 ? 'once' : `${formatCount(contradictions.length)} times`
      const blocks =
        last === undefined ? '' : `, last in blocks ${formatBlock(last.from)} to ${formatBlock(last.to)}`
      return `${pool.name}: events tell another rate than its contract does ${times}${blocks}. The contract’s answers are used there.`
    })
}

/** How many changes of rate a yield rests on: reports, or what samples show of them. */
export function countInWords({ start, end, steps }: WindowYield): string {
  const isReported = start.evidence === 'report' && end.evidence === 'report'
  const noun = isReported ? 'report' : 'change'
  return `${steps} ${noun}${steps === 1 ? '' : 's'}`
}

/** Why a yield is not known, in words. */
export const WHY_NO_YIELD: Readonly<Record<NoYield['why'], string>> = {
  noRate: 'No rate has been read yet.',
  oneRate: 'The rate has not changed in the samples read so far.',
  historyTooShort: 'The samples do not reach back to the start of the window.',
  spanTooShort: 'The two rates are too close in time to say anything about a year.',
}

const MONTH: Seconds = 30n * DAY

/** A pool's reading in a sample of the past. */
type PastReading = {
  readonly sample: Sample
  readonly reading: Extract<Reading, { readonly state: 'known' }>
}

/** Find what a pool was like 30 days ago; undefined where no sample within a day of that knows. */
function monthBefore(pool: TokenPool, samples: readonly Sample[], now: Seconds): PastReading | undefined {
  const wanted = now - MONTH
  const away = ({ time }: Sample): Seconds => (time > wanted ? time - wanted : wanted - time)
  const [nearest] = samples
    .flatMap((sample): PastReading[] => {
      const reading = sample.readings[poolKey(pool)]
      return away(sample) <= DAY && reading?.state === 'known' ? [{ sample, reading }] : []
    })
    .sort((one, other) => (away(one.sample) < away(other.sample) ? -1 : 1))
  return nearest
}

/** A change of supply as a fraction of what it was, and what it was. */
export type SupplyChange = { readonly fraction: Wad; readonly before: PastReading }

/** Compute how a pool's supply changed over 30 days, or say which end is not known. */
export function supplyChange(
  { pool, reading }: LivePool,
  samples: readonly Sample[],
  now: Seconds,
): { readonly value: SupplyChange } | { readonly why: string } {
  if (reading.state !== 'known') return { why: 'The supply now is not known.' }
  const before = monthBefore(pool, samples, now)
  if (before === undefined) return { why: 'No sample from 30 days ago has been read that knows this supply.' }
  const { pooled } = before.reading
  return pooled === 0n
    ? { why: 'The pool was empty 30 days ago.' }
    : { value: { fraction: mulDivDown(reading.pooled - pooled, WAD, pooled), before } }
}
