import type { Snapshot } from '../../chain/readSnapshot.ts'
import type { Seconds } from '../../math/fixedPoint.ts'
import type { Sample } from '../../math/sample.ts'
import { observationsOf, ratePoints } from '../../math/series.ts'
import {
  isYield,
  latestYield,
  type NoYield,
  rollingStarts,
  type WindowYield,
  yieldBand,
  yieldEndingAt,
} from '../../math/window.ts'
import { type Pool, poolKey, type TokenPool } from '../../pools/definePool.ts'
import { type Origin, originOf } from './origin.ts'
import { NOT_YET } from './rates.ts'

/** An implied yield over a window: WAD fractions of 1, or null and why. */
type YieldReport = {
  readonly apyWad: string | null
  readonly aprWad: string | null
  /** The lowest and highest APY that samples allow, since a rate changes somewhere between two of them. */
  readonly apyLowWad: string | null
  readonly apyHighWad: string | null
  /** True time between the two rates. */
  readonly spanSeconds: string | null
  readonly fromBlock: string | null
  readonly toBlock: string | null
  readonly yieldWhy: string | null
}

export type PointReport = Origin &
  YieldReport & {
    readonly rateWad: string | null
    readonly supplyWei: string | null
    readonly pooledWei: string | null
    readonly why: string | null
  }

export type PoolHistory = {
  readonly pool: string
  readonly name: string
  readonly token: string | null
  readonly unit: string | null
  readonly latest: YieldReport
  readonly points: readonly PointReport[]
  readonly why: string | null
}

export type HistoryReport = {
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
  readonly samples: readonly Sample[]
  readonly head: Snapshot
  readonly grid: bigint
  readonly range: Seconds | undefined
  readonly window: Seconds | undefined
}

const NO_YIELD = {
  apyWad: null,
  aprWad: null,
  apyLowWad: null,
  apyHighWad: null,
  spanSeconds: null,
  fromBlock: null,
  toBlock: null,
} as const

const NO_WINDOW: YieldReport = { ...NO_YIELD, yieldWhy: 'No --window was given.' }

const NO_YIELD_REASONS: Readonly<Record<NoYield['why'], string>> = {
  noRate: 'There is no rate.',
  oneRate: 'Only one rate was read, and a yield needs two.',
  historyTooShort: 'No rate was read near the start of the window.',
  spanTooShort: 'The two rates are too close in time for a yield.',
}

function yieldReport(result: WindowYield | NoYield): YieldReport {
  if (!isYield(result)) return { ...NO_YIELD, yieldWhy: NO_YIELD_REASONS[result.why] }
  const band = yieldBand(result, 'apy')
  return {
    apyWad: result.apy.toString(),
    aprWad: result.apr.toString(),
    apyLowWad: band?.low.toString() ?? null,
    apyHighWad: band?.high.toString() ?? null,
    spanSeconds: result.span.toString(),
    fromBlock: result.start.block.toString(),
    toBlock: result.end.block.toString(),
    yieldWhy: null,
  }
}

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

function tokenHistory(pool: TokenPool, { samples, head, range, window }: HistoryInput): PoolHistory {
  const rates = ratePoints(observationsOf(samples, poolKey(pool)), pool)
  const starts = window === undefined ? [] : rollingStarts(rates, window, toleranceOf(window))
  const yields = starts.map((_, last) => yieldReport(yieldEndingAt(rates, starts, last)))
  let step = -1
  const points: PointReport[] = []
  for (const sample of samples) {
    // A rate stays in force until the next one: a sample has the yield up to the last change before it.
    while ((rates[step + 1]?.block ?? sample.block + 1n) <= sample.block) step += 1
    if (range !== undefined && sample.time < head.time - range) continue
    const figures = figuresOf(pool, sample)
    const current = figures.why === null ? yields[step] : { ...NO_YIELD, yieldWhy: figures.why }
    points.push({
      ...originOf(sample),
      ...figures,
      ...(window === undefined ? NO_WINDOW : (current ?? NO_WINDOW)),
    })
  }
  return {
    pool: pool.id,
    name: pool.name,
    token: pool.token.symbol,
    unit: pool.unit,
    latest: window === undefined ? NO_WINDOW : yieldReport(latestYield(rates, window, toleranceOf(window))),
    points,
    why: null,
  }
}

/**
 * Report the history of pools: a point for each sample inside the range, with the yield implied over the window where
 * the samples reach back far enough.
 * @param input.samples ascending by block; those before the range only serve the windows
 */
export function historyReport(input: HistoryInput): HistoryReport {
  const { pools, head, grid, range, window } = input
  return {
    chainId: head.chainId.toString(),
    head: originOf(head),
    gridBlocks: grid.toString(),
    rangeSeconds: range?.toString() ?? null,
    windowSeconds: window?.toString() ?? null,
    pools: pools.map(pool =>
      pool.kind === 'token'
        ? tokenHistory(pool, input)
        : {
            pool: pool.id,
            name: pool.name,
            token: null,
            unit: null,
            latest: { ...NO_YIELD, yieldWhy: pool.reason },
            points: [],
            why: pool.reason,
          },
    ),
  }
}
