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
  /** The stream of the last report has ended, so long ago, and no new one has begun. */
  | { readonly kind: 'flat'; readonly since: Seconds }
  | { readonly kind: 'always' }
  | { readonly kind: 'unknown'; readonly why: string }

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
    return { kind: 'flat', since: now - streamEnd.value }
  const told = toldAge(own, samples, now)
  if (told !== undefined) return { kind: 'age', age: told, isLate: isOverdue(told, pool), isTold: true }
  if (pool.accrual === 'continuous') return { kind: 'always' }
  const seen = ageOfLastChange(points, now)
  return seen === undefined
    ? { kind: 'unknown', why: 'No change of rate has been seen in the samples yet.' }
    : { kind: 'age', age: seen, isLate: isOverdue(seen, pool), isTold: false }
}

/** A change that samples show lies between two of them: "within 24 h" is all that they say. */
export const ageInWords = ({ least, most }: Age): string =>
  least === most ? formatAge(least) : `within ${formatAge(most)}`

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
    if (reading.state === 'known') total += reading.pooled
    if (reading.state !== 'unknown') continue
    const last = lastSupply(pool, samples)
    if (last === undefined) missing.push(pool.name)
    else {
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
