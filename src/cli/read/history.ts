import type { Snapshot } from '../../chain/readSnapshot.ts'
import type { Seconds } from '../../math/fixedPoint.ts'
import type { Sample } from '../../math/sample.ts'
import { rollingStarts, yieldEndingAt } from '../../math/window.ts'
import { aboutTokenless } from '../../pools/about.ts'
import {
  isTokenPool,
  type Pool,
  poolKey,
  type TokenlessPool,
  type TokenPool,
} from '../../pools/definePool.ts'
import { type PoolRates, poolPoints, type ReportsRead } from '../../pools/poolPoints.ts'
import { type Origin, originOf } from './origin.ts'
import { NOT_YET } from './rates.ts'
import {
  type Contradicted,
  contradictionReport,
  type Findings,
  findingsOf,
  type ReportsInDoubt,
} from './reportFindings.ts'
import {
  type LatestYield,
  latestSpread,
  NO_YIELD_REASONS,
  noYield,
  type YieldReport,
  yieldReport,
} from './yields.ts'

export type PointReport = Origin &
  YieldReport & {
    readonly rateWad: string | null
    readonly supplyWei: string | null
    readonly pooledWei: string | null
    readonly why: string | null
  }

export type PoolHistory = Contradicted & {
  readonly pool: string
  readonly token: string | null
  readonly unit: string | null
  readonly latest: LatestYield
  readonly points: readonly PointReport[]
  readonly why: string | null
}

export type HistoryReport = Findings & {
  readonly chainId: string
  readonly head: Origin
  readonly gridBlocks: string
  /** Null for all that there is. */
  readonly rangeSeconds: string | null
  readonly windowSeconds: string | null
  readonly pools: readonly PoolHistory[]
}

export type HistoryInput = {
  readonly pools: readonly Pool[]
  /** Ascending by block, the head included; those before the range only serve the windows. */
  readonly samples: readonly Sample[]
  /** Undefined where yields are to rest on samples alone. */
  readonly reports?: (ReportsRead & ReportsInDoubt) | undefined
  readonly head: Snapshot
  readonly grid: bigint
  readonly range: Seconds | undefined
  readonly window: Seconds | undefined
}

const NO_WINDOW = noYield('No --window was given.')
const NO_RATE = noYield(NO_YIELD_REASONS.noRate)

/** How far a window's start may be from where it is wanted: with coarse samples there is nothing nearer. */
const toleranceOf = (window: Seconds): Seconds => window / 2n

function figuresOf(pool: TokenPool, sample: Sample) {
  const reading = sample.readings[poolKey(pool)]
  if (reading?.state === 'known')
    return {
      rateWad: reading.rate.toString(),
      supplyWei: reading.supply.toString(),
      pooledWei: reading.pooled.toString(),
      why: null,
    }
  const why =
    reading === undefined
      ? 'It was not read at this block.'
      : reading.state === 'notYet'
        ? NOT_YET
        : reading.why
  return { rateWad: null, supplyWei: null, pooledWei: null, why }
}

function tokenHistory(own: PoolRates, { samples, reports, head, range, window }: HistoryInput): PoolHistory {
  const { pool, points: rates } = own
  const starts = window === undefined ? [] : rollingStarts(rates, window, toleranceOf(window))
  const yields = rates.map((_, last) => yieldReport(own, yieldEndingAt(rates, starts, last)))
  let step = -1
  const points: PointReport[] = []
  for (const sample of samples) {
    // A rate stays in force until the next one: a sample has the yield up to the last change that had landed by then.
    while ((rates[step + 1]?.block ?? sample.block + 1n) <= sample.block) step += 1
    if (range !== undefined && sample.time < head.time - range) continue
    const figures = figuresOf(pool, sample)
    const current = figures.why === null ? (yields[step] ?? NO_RATE) : noYield(figures.why)
    points.push({ ...originOf(sample), ...figures, ...(window === undefined ? NO_WINDOW : current) })
  }
  const latest =
    window === undefined ? NO_WINDOW : yieldReport(own, yieldEndingAt(rates, starts, rates.length - 1))
  return {
    pool: pool.id,
    name: pool.name,
    token: pool.token.symbol,
    unit: pool.unit,
    latest: { ...latest, spread: latestSpread(own, starts) },
    points,
    contradictions: reports === undefined ? null : own.contradictions.map(contradictionReport),
    why: null,
  }
}

const withoutToken = (pool: TokenlessPool): PoolHistory => ({
  pool: pool.id,
  name: pool.name,
  token: null,
  unit: null,
  latest: { ...noYield(aboutTokenless(pool).reason), spread: null },
  points: [],
  contradictions: null,
  why: aboutTokenless(pool).reason,
})

/**
 * Report the history of pools: a point for each sample inside the range, with the yield implied over the window where
 * what was read reaches back far enough. Where there are reports, yields rest on them, as the page's do.
 */
export function historyReport(input: HistoryInput): HistoryReport {
  const { pools, samples, reports, head, grid, range, window } = input
  const evidence = { samples, chainId: head.chainId, reports }
  const known = poolPoints(pools.filter(isTokenPool), evidence).map(own => tokenHistory(own, input))
  return {
    chainId: head.chainId.toString(),
    head: originOf(head),
    gridBlocks: grid.toString(),
    rangeSeconds: range?.toString() ?? null,
    windowSeconds: window?.toString() ?? null,
    ...findingsOf(reports),
    pools: pools.flatMap(pool =>
      pool.kind === 'token' ? known.filter(own => own.pool === pool.id) : [withoutToken(pool)],
    ),
  }
}
