import { growthOn, landingSpan, WAD, type YieldTrend } from './line.ts'
import { drawBetween } from './random.ts'
import { isSilent, namedGrowth } from './scenario.ts'
import { ageOf, DAY, measuredAt, type Schedule } from './schedule.ts'

const BASIS_POINT = WAD / 10_000n

const YIELD: Readonly<Record<'reth' | 'ankr' | 'lido', YieldTrend>> = {
  reth: { atEnd: 231n, fallInThreeYears: 48n },
  ankr: { atEnd: 227n, fallInThreeYears: 44n },
  lido: { atEnd: 276n, fallInThreeYears: 50n },
}

const STREAM = { reth: 10, ankr: 11, lido: 12, small: 13 }

/** Give the growth (WAD) of rETH from the time measured on the day before to that of a day. */
export function rethGrowth(schedule: Schedule, day: number): bigint {
  const elapsed = measuredAt(schedule, day) - measuredAt(schedule, day - 1)
  const report = { pool: 'rocket-pool', daysAgo: ageOf(schedule, day), elapsed } as const
  return (
    namedGrowth(schedule.scenario, report) ??
    ownGrowth(schedule, day) ??
    usualGrowth(schedule, day, { kind: 'reth', elapsed })
  )
}

/** Give the growth (WAD) of ankrETH on a day. */
export function ankrGrowth(schedule: Schedule, day: number): bigint {
  return usualGrowth(schedule, day, { kind: 'ankr', elapsed: landingSpan(schedule, day) })
}

/** Give the growth (WAD) of stETH on a day, whose reports measure whole days apart. */
export function lidoGrowth(schedule: Schedule, day: number): bigint {
  const report = { pool: 'lido', daysAgo: ageOf(schedule, day), elapsed: DAY } as const
  return namedGrowth(schedule.scenario, report) ?? usualGrowth(schedule, day, { kind: 'lido', elapsed: DAY })
}

/** Tell whether Rocket Pool's oracle reports on a day. */
export function isReported(schedule: Schedule, day: number): boolean {
  if (schedule.scenario === undefined) return day !== schedule.missedDay
  return !isSilent(schedule.scenario, ageOf(schedule, day))
}

function usualGrowth(
  schedule: Schedule,
  day: number,
  { kind, elapsed }: { kind: keyof typeof YIELD; elapsed: bigint },
): bigint {
  return growthOn(schedule, day, { trend: YIELD[kind], stream: STREAM[kind], elapsed })
}

/** Give the growth that rETH has on some days of a history without a scenario. */
function ownGrowth(schedule: Schedule, day: number): bigint | undefined {
  if (schedule.scenario !== undefined) return undefined
  if (day === schedule.exceptionalDay) return (349n * BASIS_POINT) / 100n
  const age = ageOf(schedule, day)
  // Every rewards interval of 28 days, ether of the smoothing pool leaves the balance.
  if (age % 28 !== 13) return undefined
  return (drawBetween(schedule.seed, STREAM.small, age, 36n, 47n) * BASIS_POINT) / 100n
}
