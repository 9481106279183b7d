import { drawBetween, wave } from './random.ts'
import { compoundGrowth } from './scenario.ts'
import { ageOf, DAY, type Schedule, sinceLanding } from './schedule.ts'

export const WAD = 10n ** 18n
export const ETHER = 10n ** 18n

const YEAR = 365n * DAY
const THREE_YEARS = 1095n
const BASIS_POINT = WAD / 10_000n

/** Distances between the streams of random numbers that one line draws from. */
const SUPPLY_STREAM = 1000
const MARKET_STREAM = 2000

/** A yearly yield, in hundredths of a percent: at the end of the history, and how much it fell in three years. */
export type YieldTrend = { readonly atEnd: bigint; readonly fallInThreeYears: bigint }

/** The course of a pool: its rate at the end (WAD), its yield, and its supply in wei three years before and at the end. */
export type Line = {
  readonly endRate: bigint
  readonly yearlyYield: YieldTrend
  readonly supplyThreeYearsAgo: bigint
  readonly supplyAtEnd: bigint
  /** A number below 1000 that no other line has. */
  readonly stream: number
}

/** A line laid over a schedule's days, from -1 on and beyond the end. */
export type Course = {
  /** The rate on a day (WAD). */
  rateOn(day: number): bigint
  /** The supply on a day, in wei. */
  supplyOn(day: number): bigint
  /** The rate on a day as a market pays it (WAD): from 0.35 % less to 0.08 % more. */
  marketOn(day: number): bigint
}

/** Give a yearly yield (WAD) that falls slowly over the years and swings by 0.15 %, each stream at its own time. */
function yearlyYield(
  schedule: Schedule,
  day: number,
  { atEnd, fallInThreeYears }: YieldTrend,
  stream: number,
): bigint {
  const age = ageOf(schedule, day)
  const trend = atEnd * BASIS_POINT + (fallInThreeYears * BASIS_POINT * BigInt(age)) / THREE_YEARS
  const phase = stream * 29
  return trend + wave(age + phase, 97, 10n * BASIS_POINT) + wave(age + phase, 41, 5n * BASIS_POINT)
}

/**
 * Give the growth (WAD) of `elapsed` seconds that end on a day: the yield of that day, up to 6 % more or less, or the
 * scenario's steady one.
 */
export function growthOn(
  schedule: Schedule,
  day: number,
  course: { trend: YieldTrend; stream: number; elapsed: bigint },
): bigint {
  const steadyApy = schedule.scenario?.steadyApy
  if (steadyApy !== undefined) return compoundGrowth(steadyApy, course.elapsed)
  const percent = drawBetween(schedule.seed, course.stream, ageOf(schedule, day), 94n, 106n)
  return (yearlyYield(schedule, day, course.trend, course.stream) * course.elapsed * percent) / (YEAR * 100n)
}

/** Give the seconds for which a rate grows that tells no time measured: a day, in a scenario those between landings. */
export function landingSpan(schedule: Schedule, day: number): bigint {
  return schedule.scenario === undefined ? DAY : sinceLanding(schedule, day)
}

/** Give the supply on a day: straight from one amount to another in three years, with a swing of 1 % and noise. */
export function supplyOn(
  schedule: Schedule,
  day: number,
  course: { threeYearsAgo: bigint; atEnd: bigint; stream: number },
): bigint {
  const age = ageOf(schedule, day)
  const trend = course.atEnd + ((course.threeYearsAgo - course.atEnd) * BigInt(age)) / THREE_YEARS
  const swing = wave(age, 173, trend / 100n)
  const noise = drawBetween(schedule.seed, course.stream, age, -9n, 9n)
  return trend + swing + (trend * noise) / 10_000n
}

/**
 * Lay a line over the days of a schedule.
 *
 * The rates are worked out backwards from the end, so that a short history has the yields of a long one, and are
 * carried on beyond it when they are asked for.
 */
export function layCourse(schedule: Schedule, line: Line): Course {
  const trend = line.yearlyYield
  const growth = (day: number) =>
    growthOn(schedule, day, { trend, stream: line.stream, elapsed: landingSpan(schedule, day) })
  const rates = [line.endRate]
  for (let day = schedule.days - 1; day >= 0; day--) {
    rates.push(((rates[rates.length - 1] ?? WAD) * WAD) / (WAD + growth(day)))
  }
  rates.reverse()
  const rateOn = (day: number): bigint => {
    for (let next = rates.length - 1; next <= day; next++) {
      rates.push(((rates[next] ?? WAD) * (WAD + growth(next))) / WAD)
    }
    return rates[day + 1] ?? WAD
  }
  const { supplyThreeYearsAgo: threeYearsAgo, supplyAtEnd: atEnd, stream } = line
  return {
    rateOn,
    supplyOn: day => supplyOn(schedule, day, { threeYearsAgo, atEnd, stream: stream + SUPPLY_STREAM }),
    marketOn(day) {
      const premium = drawBetween(schedule.seed, stream + MARKET_STREAM, ageOf(schedule, day), -35n, 8n)
      return rateOn(day) + (rateOn(day) * premium) / 10_000n
    },
  }
}

/** What an amount is worth at a rate (WAD), rounded up: a pool that rounds down then gives that rate again. */
export function worth(amount: bigint, rate: bigint): bigint {
  return (amount * rate + WAD - 1n) / WAD
}
