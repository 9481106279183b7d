import { drawBetween } from './random.ts'
import { checkScenario, type Scenario } from './scenario.ts'

export const DAY = 86_400n
export const SLOT = 12n

/**
 * Spacing of samples that meets each day once: a day is two blocks, the one that the reports measure and, always even,
 * the one in which they land.
 */
export const EMBEDDED_GRID = 2n

/** Blocks of 12 s after the last day's block: more than the 64 that anvil leaves above `finalized`. */
export const TAIL_BLOCKS = 70

/** Rocket Pool's v4 refuses a second report within 22.8 h; the rest is room for a late block. */
export const BETWEEN_REPORTS = 23n * 3600n

/** From what is measured on the last day to what lands on it. */
const LAST_DELAY = 65n * SLOT
/** From a day's time to the soonest landing under a jitter: 12 min more than v1 and v2 may measure late. */
const SOONEST_LANDING = 260n * SLOT

const SHORTEST = 20
const OLD_JITTER = 0
const DELAY = 1
const DELAY_LENGTH = 2
const JITTER = 3

/** Give the block that the oracles measure on a day. */
export function measuredBlock(day: number): bigint {
  return 2n * BigInt(day) + 3n
}

/** Give the block in which a day's reports land. */
export function landingBlock(day: number): bigint {
  return 2n * BigInt(day) + 4n
}

/** Give the newest block of a history of so many days, its tail included. */
export function lastBlock(days: number): bigint {
  return landingBlock(days - 1) + BigInt(TAIL_BLOCKS)
}

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
  /** Where there is one, nothing is missed and nothing exceptional but what it says. */
  readonly scenario: Scenario | undefined
}

export type ScheduleOptions = {
  readonly days: number
  readonly now: bigint
  readonly seed: number
  readonly scenario?: Scenario | undefined
}

/** Lay out a history of so many days that ends now. Throws HistoryTooShort or ScenarioImpossible. */
export function planSchedule(options: ScheduleOptions): Schedule {
  const { days, now, seed, scenario } = options
  if (!Number.isInteger(days) || days < SHORTEST) throw new HistoryTooShort(days)
  if (scenario !== undefined) checkScenario(scenario, days)
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
    scenario,
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
  const jitter = schedule.scenario?.jitter
  const lastDelay = jitter === undefined ? LAST_DELAY : SOONEST_LANDING + 2n * jitter
  return lastLanded - lastDelay - BigInt(ageOf(schedule, day)) * DAY
}

/** Give the time that Rocket Pool's oracle measures on a day: regular since v3, some 20 to 28 h apart before. */
export function measuredAt(schedule: Schedule, day: number): bigint {
  const time = dayTime(schedule, day)
  if (versionAt(schedule, day) > 2) return time
  return time + drawBetween(schedule.seed, OLD_JITTER, day, -200n, 200n) * SLOT
}

/**
 * Give the time at which the reports of a day land: mostly 12 to 15 min after measuring, at times up to 2 h, or within
 * the scenario's jitter around the same time of each day.
 *
 * Under v4 at most 65 min, because that version refuses reports less than 22.8 h apart.
 */
export function landedAt(schedule: Schedule, day: number): bigint {
  const { jitter, silentDays = 0 } = schedule.scenario ?? {}
  if (jitter !== undefined) {
    return dayTime(schedule, day) + SOONEST_LANDING + jitter + jitterOn(schedule, day, jitter)
  }
  const measured = measuredAt(schedule, day)
  // The report before a silence lands as early as the last one: it is then as old as the silence is long.
  if ([0, silentDays].includes(ageOf(schedule, day))) return measured + LAST_DELAY
  const late = day < schedule.days && drawBetween(schedule.seed, DELAY, day, 0n, 6n) === 0n
  const longest = late ? (versionAt(schedule, day) === 4 ? 325n : 600n) : 75n
  return measured + drawBetween(schedule.seed, DELAY_LENGTH, day, 60n, longest) * SLOT
}

/** Draw by how much a day's reports land later, or sooner, than at the regular time: whole slots. */
function jitterOn(schedule: Schedule, day: number, jitter: bigint): bigint {
  const most = jitter / SLOT
  const drawOn = (at: number) => drawBetween(schedule.seed, JITTER, at, -most, most) * SLOT
  let offset = drawOn(day)
  // Under v4 they come at most an hour sooner than the day before.
  for (let back = 1; versionAt(schedule, day - back) === 4; back++) {
    const allowed = BigInt(back) * (DAY - BETWEEN_REPORTS)
    if (allowed >= 2n * jitter) break
    const soonest = drawOn(day - back) - allowed
    if (soonest > offset) offset = soonest
  }
  return offset
}

/** Give the seconds from the landing of the reports of the day before to that of a day's. */
export function sinceLanding(schedule: Schedule, day: number): bigint {
  return landedAt(schedule, day) - landedAt(schedule, day - 1)
}
