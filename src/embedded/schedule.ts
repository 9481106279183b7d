import { drawBetween } from './random.ts'

export const DAY = 86_400n
export const SLOT = 12n

/**
 * Spacing of samples that meets each day once: a day is two blocks, the one that the reports measure and, always even,
 * the one in which they land.
 */
export const EMBEDDED_GRID = 2n

/** Blocks of 12 s after the last day's block: more than the 64 that anvil leaves above `finalized`. */
export const TAIL_BLOCKS = 70

const SHORTEST = 20
const OLD_JITTER = 0
const DELAY = 1
const DELAY_LENGTH = 2

/** The history was asked to be too short to hold three upgrades. */
export class HistoryTooShort extends Error {
  override name = 'HistoryTooShort'

  constructor(days: number) {
    super(
      `A history of ${days} days does not hold three upgrades; ask for a whole number from ${SHORTEST} on.`,
    )
  }
}

/**
 * When everything happens. Days count from 0; day -1 stands for the state before the first report, and the days from
 * `days` on are those that the running chain lives to see. Times are seconds since 1970.
 */
export type Schedule = {
  readonly days: number
  readonly seed: number
  readonly now: bigint
  /** Days from which Rocket Pool's network balances v2, v3 and v4 are the registered ones. */
  readonly switchDays: readonly [number, number, number]
  /** Days after whose block the code of v2, v3 and v4 is there. */
  readonly deployDays: readonly [number, number, number]
  readonly ankrDay: number
  readonly multicallDay: number
  readonly missedDay: number
  readonly exceptionalDay: number
}

/** Lay out a history of so many days that ends now. Throws HistoryTooShort. */
export function planSchedule(options: { days: number; now: bigint; seed: number }): Schedule {
  const { days, now, seed } = options
  if (!Number.isInteger(days) || days < SHORTEST) throw new HistoryTooShort(days)
  const at = (percent: number) => Math.floor((days * percent) / 100)
  const lead = Math.min(7, Math.floor(days / 20))
  const switchDays = [at(20), at(50), at(80)] as const
  return {
    days,
    seed,
    now,
    switchDays,
    deployDays: [switchDays[0] - lead, switchDays[1] - lead, switchDays[2] - lead],
    ankrDay: Math.min(5, Math.floor(days / 16)),
    multicallDay: Math.min(10, Math.floor(days / 8)),
    missedDay: at(34),
    exceptionalDay: at(62),
  }
}

/** Give the version of Rocket Pool's network balances that takes the report of a day. */
export function versionAt({ switchDays }: Schedule, day: number): 1 | 2 | 3 | 4 {
  if (day < switchDays[0]) return 1
  if (day < switchDays[1]) return 2
  return day < switchDays[2] ? 3 : 4
}

/** Give the days from a day to the last one of the history; negative beyond it. */
export function ageOf({ days }: Schedule, day: number): number {
  return days - 1 - day
}

/** Give the time of a day before any jitter: whole days apart. */
export function dayTime(schedule: Schedule, day: number): bigint {
  const lastLanded = schedule.now - BigInt(TAIL_BLOCKS + 3) * SLOT
  return lastLanded - 65n * SLOT - BigInt(ageOf(schedule, day)) * DAY
}

/** Give the time that Rocket Pool's oracle measures on a day: regular since v3, some 20 to 28 h apart before. */
export function measuredAt(schedule: Schedule, day: number): bigint {
  const time = dayTime(schedule, day)
  if (versionAt(schedule, day) > 2) return time
  return time + drawBetween(schedule.seed, OLD_JITTER, day, -200n, 200n) * SLOT
}

/**
 * Give the time at which the reports of a day land: mostly 12 to 15 min after measuring, at times up to 2 h.
 *
 * Under v4 at most 65 min, because that version refuses reports less than 22.8 h apart.
 */
export function landedAt(schedule: Schedule, day: number): bigint {
  const measured = measuredAt(schedule, day)
  if (ageOf(schedule, day) === 0) return measured + 65n * SLOT
  const late = day < schedule.days && drawBetween(schedule.seed, DELAY, day, 0n, 6n) === 0n
  const longest = late ? (versionAt(schedule, day) === 4 ? 325n : 600n) : 75n
  return measured + drawBetween(schedule.seed, DELAY_LENGTH, day, 60n, longest) * SLOT
}
