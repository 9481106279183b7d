import type { BlockNumber, Seconds } from './fixedPoint.ts'
import type { Sample } from './sample.ts'
import { type Accrual, isStep, type RatePoint } from './series.ts'

/** Time of which nothing is known; without an end up to now. */
export type Gap = { readonly from: Seconds; readonly until: Seconds | undefined }

type Rules = { readonly accrual: Accrual; readonly dust?: bigint }

type Stretch = Gap & {
  /** The last sample before it that knew a rate, and the first after it. */
  readonly before: Sample
  readonly after: Sample | undefined
}

/** Runs of samples that could not tell a pool's rate, after one that could. */
function unknownRuns(samples: readonly Sample[], poolKey: string): Stretch[] {
  const runs: Stretch[] = []
  let before: Sample | undefined
  let from: Seconds | undefined
  for (const sample of samples) {
    if (sample.readings[poolKey]?.state === 'known') {
      if (before !== undefined && from !== undefined)
        runs.push({ from, until: sample.time, before, after: sample })
      before = sample
      from = undefined
    } else if (before !== undefined) from ??= sample.time
  }
  if (before !== undefined && from !== undefined)
    runs.push({ from, until: undefined, before, after: undefined })
  return runs
}

const rateIn = ({ readings }: Sample, poolKey: string): bigint => {
  const reading = readings[poolKey]
  return reading?.state === 'known' ? reading.rate : 0n
}

const between = (points: readonly RatePoint[], from: BlockNumber, to: BlockNumber): boolean =>
  points.some(({ block, evidence }) => evidence === 'report' && block > from && block <= to)

/**
 * Find the times in which a pool's rate is not known: its samples could not be read, and neither do reports tell it, nor
 * does a staircase stand where it stood before.
 * @param samples ascending
 * @param points the pool's own, of samples and reports
 */
export function gapsOf(
  samples: readonly Sample[],
  poolKey: string,
  points: readonly RatePoint[],
  { accrual, dust }: Rules,
): Gap[] {
  return unknownRuns(samples, poolKey)
    .filter(({ before, after }) => {
      if (after === undefined) return true
      const isTold = between(points, before.block, after.block)
      const hasMoved = isStep(rateIn(before, poolKey), rateIn(after, poolKey), dust)
      return !isTold && (hasMoved || accrual === 'continuous')
    })
    .map(({ from, until }) => ({ from, until }))
}
