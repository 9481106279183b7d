import { type ReportSpread, reportSpread } from '../../math/perReport.ts'
import { isYield, type NoYield, type WindowStart, type WindowYield, yieldBand } from '../../math/window.ts'
import type { PoolRates } from '../../pools/poolPoints.ts'

/** An implied yield over a window: WAD fractions of 1, or null and why. */
export type YieldReport = {
  readonly apyWad: string | null
  readonly aprWad: string | null
  /** The lowest and highest APY that the evidence allows: with samples, a rate changes somewhere between two of them. */
  readonly apyLowWad: string | null
  readonly apyHighWad: string | null
  /** True time between the two rates, as far as is known between the moments that they were measured. */
  readonly spanSeconds: string | null
  /** Changes of rate after the first, up to the last; null of a rate that moves all the time. */
  readonly steps: string | null
  /** What the two rates are known from. */
  readonly evidence: 'reports' | 'samples' | 'mixed' | null
  readonly fromBlock: string | null
  readonly toBlock: string | null
  readonly yieldWhy: string | null
}

/** The APYs of single reports, each over the time since the one before. */
type SpreadReport = {
  readonly count: string
  readonly medianWad: string
  readonly lowWad: string
  readonly highWad: string
}

/** The newest yield; `spread` is null where samples alone tell of a change in it. */
export type LatestYield = YieldReport & { readonly spread: SpreadReport | null }

const NONE = {
  apyWad: null,
  aprWad: null,
  apyLowWad: null,
  apyHighWad: null,
  spanSeconds: null,
  steps: null,
  evidence: null,
  fromBlock: null,
  toBlock: null,
} as const

/** Report that there is no yield, and why. */
export const noYield = (yieldWhy: string): YieldReport => ({ ...NONE, yieldWhy })

/** Why there is no yield, in words. */
export const NO_YIELD_REASONS: Readonly<Record<NoYield['why'], string>> = {
  noRate: 'There is no rate.',
  oneRate: 'Only one rate was read, and a yield needs two.',
  historyTooShort: 'No rate was read near the start of the window.',
  spanTooShort: 'The two rates are too close in time for a yield.',
}

function evidenceOf({ start, end }: WindowYield): YieldReport['evidence'] {
  if (start.evidence !== end.evidence) return 'mixed'
  return end.evidence === 'report' ? 'reports' : 'samples'
}

/** Report a pool's yield with all that is needed to judge it. */
export function yieldReport({ pool }: Pick<PoolRates, 'pool'>, result: WindowYield | NoYield): YieldReport {
  if (!isYield(result)) return noYield(NO_YIELD_REASONS[result.why])
  const band = yieldBand(result, 'apy')
  return {
    apyWad: result.apy.toString(),
    aprWad: result.apr.toString(),
    apyLowWad: band?.low.toString() ?? null,
    apyHighWad: band?.high.toString() ?? null,
    spanSeconds: result.span.toString(),
    steps: pool.accrual === 'continuous' ? null : result.steps.toString(),
    evidence: evidenceOf(result),
    fromBlock: result.start.block.toString(),
    toBlock: result.end.block.toString(),
    yieldWhy: null,
  }
}

const spreadReport = ({ count, median, low, high }: ReportSpread): SpreadReport => ({
  count: count.toString(),
  medianWad: median.toString(),
  lowWad: low.toString(),
  highWad: high.toString(),
})

/** Reports closer together than a quarter of the usual time are one to any reader. */
const CLOSE = 4n

/** Report what the single reports of the newest window gave; null where not all changes in it are reports. */
export function latestSpread(
  { pool, points }: Pick<PoolRates, 'pool' | 'points'>,
  starts: readonly WindowStart[],
): SpreadReport | null {
  const first = starts.at(-1)
  if (typeof first !== 'number') return null
  const asked = { measure: 'apy', least: pool.cadence / CLOSE } as const
  const spread = reportSpread(points, { first, last: points.length - 1 }, asked)
  return spread === undefined ? null : spreadReport(spread)
}
