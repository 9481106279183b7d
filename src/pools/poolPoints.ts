import { slotsOf, type TimeBounds, timeBounds } from '../math/blockTime.ts'
import { type Contradiction, type MergedEvidence, mergeEvidence } from '../math/evidence.ts'
import type { BlockNumber, Seconds } from '../math/fixedPoint.ts'
import { type Gap, gapsOf } from '../math/gaps.ts'
import type { BlockSet } from '../math/intervals.ts'
import type { Report } from '../math/report.ts'
import type { Sample } from '../math/sample.ts'
import { observationsOf, type RatePoint, ratePoints } from '../math/series.ts'
import { poolKey, type TokenPool } from './definePool.ts'

/** What was read of pools' reports. */
export type ReportsRead = {
  /** By pool id, ascending by block, then by place in the block. */
  readonly reports: ReadonlyMap<string, readonly Report[]>
  /** Times of blocks, as their headers tell them. */
  readonly blockTimes: ReadonlyMap<BlockNumber, Seconds>
  /** Blocks of which all reports are there. */
  readonly covered: BlockSet
}

/** All that is known of how pools' rates moved. */
export type PoolEvidence = {
  /** Ascending by block, the head included. */
  readonly samples: readonly Sample[]
  readonly chainId: bigint
  /** Undefined where none were read: samples alone tell then. */
  readonly reports: ReportsRead | undefined
}

/** The rates of a pool as samples and reports tell them together. */
export type PoolRates = {
  readonly pool: TokenPool
  /** Ascending by measured time. */
  readonly points: readonly RatePoint[]
  /** Where reports say something else than samples, which are believed. */
  readonly contradictions: readonly Contradiction[]
  /** Times in which the rate is not known, between ones in which it is. */
  readonly gaps: readonly Gap[]
}

const NO_REPORTS: readonly Report[] = []

/** Work out every pool's rate points from samples and from what was read of reports. */
export function poolPoints(
  pools: readonly TokenPool[],
  { samples, chainId, reports }: PoolEvidence,
): readonly PoolRates[] {
  const slots = slotsOf(chainId)
  const timeOf = (block: BlockNumber): TimeBounds | undefined => {
    const exact = reports?.blockTimes.get(block)
    return exact === undefined ? timeBounds(samples, block, slots) : { earliest: exact, latest: exact }
  }
  const merge = (pool: TokenPool): MergedEvidence => {
    const observations = observationsOf(samples, poolKey(pool))
    const own = reports?.reports.get(pool.id) ?? NO_REPORTS
    return pool.accrual === 'continuous' || reports === undefined || own.length === 0
      ? { points: ratePoints(observations, pool), contradictions: [] }
      : mergeEvidence(observations, { reports: own, covered: reports.covered, timeOf }, pool)
  }
  return pools.map(pool => {
    const merged = merge(pool)
    return { pool, ...merged, gaps: gapsOf(samples, poolKey(pool), merged.points, pool) }
  })
}
