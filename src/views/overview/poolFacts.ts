import { formatAge } from '../../format/time.ts'
import { type BlockNumber, mulDivDown, type Seconds, WAD, type Wad, type Wei } from '../../math/fixedPoint.ts'
import type { Sample } from '../../math/sample.ts'
import { type Age, ageOfBlock, ageOfLastChange, type RatePoint } from '../../math/series.ts'
import { poolKey, type TokenPool } from '../../pools/definePool.ts'
import type { Live, LivePool } from '../../queries/live.ts'

/** When a pool last reported, and whether that is as it should be. */
export type ReportAge =
  | {
      readonly kind: 'age'
      readonly age: Age
      readonly isLate: boolean
      /** Whether a contract told it; else samples show it. */
      readonly isTold: boolean
    }
  /** The stream of the last report has ended, or a rate that moves with every block stands still, for so long. */
  | { readonly kind: 'flat'; readonly since: Seconds; readonly isTold: boolean }
  | { readonly kind: 'always' }
  /** `wasLate` is of the time of figures that an earlier visit read. */
  | { readonly kind: 'unknown'; readonly why: string; readonly wasLate?: boolean }

/** Late is what is surely older than one and a half times the usual time between two reports. */
const isOverdue = ({ least }: Age, { cadence }: TokenPool): boolean => least * 2n > cadence * 3n

const exactly = (age: Seconds): Age => ({ least: age, most: age })

function toldAge(
  { facts: { lastReport } }: LivePool,
  samples: readonly Sample[],
  now: Seconds,
): Age | undefined {
  if (lastReport === undefined || 'why' in lastReport) return undefined
  const { value } = lastReport
  return 'time' in value ? exactly(now - value.time) : ageOfBlock(samples, value.block, now)
}

/** A rate that should move with every block: whether it does, or why nobody can tell. */
function continuousAge({ reading, facts }: LivePool, points: readonly RatePoint[], now: Seconds): ReportAge {
  if (reading.state !== 'known')
    return { kind: 'unknown', why: 'The rate is not known, so neither is its movement.' }
  const untold = [facts.lastReport, facts.streamEnd].find(told => told !== undefined && 'why' in told)
  if (untold !== undefined && 'why' in untold) return { kind: 'unknown', why: untold.why }
  const last = points.at(-1)
  const moved = points.findLastIndex(({ rate }) => rate !== last?.rate)
  const still = points[moved + 1]
  return still === undefined || still === last
    ? { kind: 'always' }
    : { kind: 'flat', since: now - still.measuredAt, isTold: false }
}

/** Say when a pool last reported: from its contract where that tells, else from the samples. */
export function reportAgeOf(
  own: LivePool,
  points: readonly RatePoint[],
  samples: readonly Sample[],
  now: Seconds,
): ReportAge {
  const { pool, facts } = own
  const { streamEnd } = facts
  if (streamEnd !== undefined && 'value' in streamEnd && streamEnd.value > 0n && streamEnd.value < now)
    return { kind: 'flat', since: now - streamEnd.value, isTold: true }
  const told = toldAge(own, samples, now)
  if (told !== undefined) return { kind: 'age', age: told, isLate: isOverdue(told, pool), isTold: true }
  if (pool.accrual === 'continuous') return continuousAge(own, points, now)
  const seen = ageOfLastChange(points, now)
  return seen === undefined
    ? { kind: 'unknown', why: 'No change of rate has been seen in the samples yet.' }
    : { kind: 'age', age: seen, isLate: isOverdue(seen, pool), isTold: false }
}

/** A change that samples show lies between two of them: "within 24 h" is all that they say. */
export const ageInWords = ({ least, most }: Age): string =>
  least === most ? formatAge(least) : `within ${formatAge(most, 'up')}`

/** The sum of which a pool's share is a part, each unit counted as one ETH. */
export type Whole = {
  readonly total: Wei
  /** Pools whose supply is not known now: it stands in the sum as the newest sample has it. */
  readonly aged: readonly { readonly name: string; readonly block: BlockNumber }[]
  /** Pools whose supply nothing tells. Without them there is no whole, and no share of it. */
  readonly missing: readonly string[]
}

/** The newest sample that knows a pool's supply. */
function lastSupply(
  pool: TokenPool,
  samples: readonly Sample[],
): { pooled: Wei; block: BlockNumber } | undefined {
  for (const { readings, block } of samples.toReversed()) {
    const reading = readings[poolKey(pool)]
    if (reading?.state === 'known') return { pooled: reading.pooled, block }
  }
  return undefined
}

/**
 * Add up the supplies of all pools. One that cannot be read must not make the others' shares larger, so it counts with
 * what a sample last showed.
 */
export function wholeOf({ pools }: Live, samples: readonly Sample[]): Whole {
  let total = 0n
  const aged: { name: string; block: BlockNumber }[] = []
  const missing: string[] = []
  for (const { pool, reading } of pools) {
    if (reading.state === 'known') {
      total += reading.pooled
      continue
    }
    const last = lastSupply(pool, samples)
    // What never had a supply is not missed; what had one and is silent now still counts.
    if (last === undefined && reading.state === 'unknown') missing.push(pool.name)
    if (last !== undefined) {
      total += last.pooled
      aged.push({ name: pool.name, block: last.block })
    }
  }
  return { total, aged, missing }
}

/** A pool's part of the whole, or why there is none. */
export function shareOf(
  { reading }: LivePool,
  { total, missing }: Whole,
): { readonly value: Wad } | { readonly why: string } {
  if (reading.state !== 'known') return { why: 'The supply of this pool is not known.' }
  if (missing.length > 0)
    return { why: `The supply of ${missing.join(', ')} is not known, so neither is the whole.` }
  return total === 0n ? { why: 'Nothing is in any pool.' } : { value: mulDivDown(reading.pooled, WAD, total) }
}
