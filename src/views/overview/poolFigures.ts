import { largestGap } from '../../math/chartSeries.ts'
import { type BlockNumber, DAY, mulDivDown, type Seconds, WAD, type Wad } from '../../math/fixedPoint.ts'
import type { Reading, Sample } from '../../math/sample.ts'
import { observationsOf, type RatePoint, ratePoints } from '../../math/series.ts'
import { type NoYield, rollingYield, type WindowYield } from '../../math/window.ts'
import { poolKey, type TokenPool } from '../../pools/definePool.ts'
import type { History } from '../../queries/history.ts'
import type { Live, LivePool } from '../../queries/live.ts'
import { withHead } from '../../queries/withHead.ts'

/** What the samples say about one pool. */
export type PoolSeries = {
  readonly pool: TokenPool
  readonly points: readonly RatePoint[]
  /** The yield that ends at each point, over the window that was asked for. */
  readonly yields: readonly (WindowYield | NoYield)[]
  /** Who gave the sample of a block. */
  readonly operators: ReadonlyMap<BlockNumber, string>
}

/** Work out every pool's rate points, and the yields that end at them, from the samples and the head. */
export function seriesOf(
  pools: readonly TokenPool[],
  history: History | undefined,
  live: Live | undefined,
  window: Seconds,
): readonly PoolSeries[] {
  const samples = withHead(history?.samples ?? [], live)
  const gap = history?.isComplete === true ? 0n : largestGap(samples.map(({ time }) => time))
  const operators = new Map(samples.map(({ block, operator }) => [block, operator]))
  return pools.map(pool => {
    const points = ratePoints(observationsOf(samples, poolKey(pool)), pool.accrual, pool.dust)
    return { pool, points, yields: rollingYield(points, window, toleranceOf(window, gap)), operators }
  })
}

/** Half a window; more while the samples are still further apart than that. */
const toleranceOf = (window: Seconds, gap: Seconds): Seconds => (gap > window / 2n ? gap : window / 2n)

/** The yield of the last window. */
export const yieldOf = ({ yields }: PoolSeries): WindowYield | NoYield => yields.at(-1) ?? { why: 'noRate' }

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
