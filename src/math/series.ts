import { type BlockNumber, type Seconds, WAD, type Wad } from './fixedPoint.ts'
import type { Report } from './report.ts'
import type { Sample } from './sample.ts'

export type Accrual = 'report' | 'continuous'

/**
 * One rate in force from some moment on.
 * `measuredAt` is the time used for yield. With a report it is exact and `notBefore` equals it; with samples the
 * change landed somewhere in (notBefore, measuredAt], and `notBefore` is undefined for the first sample of a series,
 * before which nothing is known.
 */
export type RatePoint = {
  readonly measuredAt: Seconds
  readonly notBefore: Seconds | undefined
  readonly landedAt: Seconds
  readonly block: BlockNumber
  readonly rate: Wad
  readonly evidence: 'sample' | 'report'
  /** How long before the change was seen to land it may have been measured, where a sample shows it. */
  readonly lag?: Seconds
  /** The event that told it, where the evidence is one. */
  readonly report?: Report
}

/** How a pool's rate moves, as far as reading it as a series needs to know. */
export type SeriesRules = {
  readonly accrual: Accrual
  /** Relative steps up to this (WAD) since the last point are rounding and no report. */
  readonly dust?: Wad
  /** How long before it landed a report may have been measured. Samples show the landing alone. */
  readonly lag?: Seconds
}

export type Observation = { readonly block: BlockNumber; readonly time: Seconds; readonly rate: Wad }

/** Two pieces of evidence give different values for the same block. */
export class ConflictingEvidence extends Error {
  override readonly name = 'ConflictingEvidence'
  constructor(block: BlockNumber) {
    super(`Block ${block} was read twice with different results. Read it again from another operator.`)
  }
}

export const byBlock = (a: { readonly block: BlockNumber }, b: { readonly block: BlockNumber }): number =>
  a.block < b.block ? -1 : a.block > b.block ? 1 : 0

/**
 * Sort observations by block and drop repeats.
 * @throws ConflictingEvidence where a block is there twice with different rates or times
 */
export function sortObservations(observations: readonly Observation[]): Observation[] {
  const result: Observation[] = []
  for (const observation of [...observations].sort(byBlock)) {
    const last = result.at(-1)
    if (last === undefined || last.block !== observation.block) result.push(observation)
    else if (last.rate !== observation.rate || last.time !== observation.time)
      throw new ConflictingEvidence(observation.block)
  }
  return result
}

/** Pick one pool's known rates out of samples, ascending by block. */
export function observationsOf(samples: readonly Sample[], poolKey: string): Observation[] {
  const observations: Observation[] = []
  for (const { block, time, readings } of samples) {
    const reading = readings[poolKey]
    if (reading?.state === 'known') observations.push({ block, time, rate: reading.rate })
  }
  return sortObservations(observations)
}

/** Whether a rate moved by more than its pool's dust. */
export function isStep(from: Wad, to: Wad, dust: Wad = 0n): boolean {
  const move = to > from ? to - from : from - to
  return move * WAD > from * dust
}

/** The point that a sample gives which shows a new rate: the change lies somewhere after the sample before. */
export function samplePoint(
  { block, time, rate }: Observation,
  previous: Observation | undefined,
  { accrual, lag }: SeriesRules,
): RatePoint {
  const isExact = accrual === 'continuous'
  return {
    measuredAt: time,
    notBefore: isExact ? time : previous?.time,
    landedAt: time,
    block,
    rate,
    evidence: 'sample',
    ...(isExact || lag === undefined ? {} : { lag }),
  }
}

/**
 * Turn observations into rate points. A `report` pool's equal consecutive rates collapse into the first sample that
 * shows the new rate, and so do those that differ by dust; a `continuous` pool keeps every sample, which is exact at
 * its own time.
 * @param observations sorted by block, each once
 */
export function ratePoints(observations: readonly Observation[], rules: SeriesRules): RatePoint[] {
  const points: RatePoint[] = []
  let previous: Observation | undefined
  for (const observation of observations) {
    const last = points.at(-1)
    if (
      rules.accrual === 'continuous' ||
      last === undefined ||
      isStep(last.rate, observation.rate, rules.dust)
    )
      points.push(samplePoint(observation, previous, rules))
    previous = observation
  }
  return points
}

/** How long ago something happened: between two bounds, which are equal where it is known exactly. */
export type Age = { readonly least: Seconds; readonly most: Seconds }

/**
 * Say how long ago the rate last changed, as far as the evidence tells.
 * @returns undefined where no change was seen: the first point of a series is none
 */
export function ageOfLastChange(points: readonly RatePoint[], now: Seconds): Age | undefined {
  const last = points.at(-1)
  if (last?.notBefore === undefined) return undefined
  // A report is as old as its landing: until then nobody knew of it.
  if (last.evidence === 'report') return { least: now - last.landedAt, most: now - last.landedAt }
  return { least: now - last.measuredAt, most: now - last.notBefore }
}

/**
 * Say how long ago a block was, from the samples around it.
 * @returns undefined where no sample lies at or before it
 */
export function ageOfBlock(samples: readonly Sample[], block: BlockNumber, now: Seconds): Age | undefined {
  let before: Sample | undefined
  let after: Sample | undefined
  for (const sample of samples) {
    if (sample.block <= block && (before === undefined || sample.block > before.block)) before = sample
    if (sample.block >= block && (after === undefined || sample.block < after.block)) after = sample
  }
  if (before === undefined) return undefined
  return { least: after === undefined ? 0n : now - after.time, most: now - before.time }
}
