import { type Seconds, WAD, type Wad, YEAR } from '../math/fixedPoint.ts'
import { powerOfRatio } from '../math/power.ts'

/** More would let Ankr's reports, which its contract refuses less than 12 h apart, come too soon. */
const LONGEST_JITTER: Seconds = 6n * 3600n
/** The largest move of the rate that Rocket Pool's v4 accepts. */
const LARGEST_MOVE: Wad = WAD / 50n

/**
 * Truths that a history is made to hold, in place of what it otherwise tells of its own (yields that drift, a missed
 * and an exceptional report of Rocket Pool, its rewards intervals).
 *
 * Days are counted back from the last one of the history, which is 0 days ago.
 */
export type Scenario = {
  /** What every pool yields in a year, compounded by the second between the times that its reports measure. */
  readonly steadyApy?: Wad
  /** A report of Rocket Pool that is worth this APY for the time since the one before. */
  readonly exceptional?: { readonly daysAgo: number; readonly apy: Wad }
  /** A report with this fraction less than the rate before. */
  readonly fall?: { readonly daysAgo: number; readonly fraction: Wad; readonly pool: ReportingPool }
  /** Days at the end on which Rocket Pool does not report; it does not later either, until it is asked to. */
  readonly silentDays?: number
  /** The most by which the reports of a day land sooner or later than at the regular time; at most 6 h. */
  readonly jitter?: Seconds
}

type ReportingPool = 'rocket-pool' | 'lido'

/** The contracts or the other truths of a scenario leave no room for one of its truths. */
export class ScenarioImpossible extends Error {
  override readonly name = 'ScenarioImpossible'
  constructor(reason: string) {
    super(`No history can hold this scenario: ${reason}.`)
  }
}

/**
 * Make sure that a history of so many days can hold a scenario.
 * @throws ScenarioImpossible
 */
export function checkScenario(scenario: Scenario, days: number): void {
  const { exceptional, fall, jitter = 0n, silentDays = 0 } = scenario
  if (jitter < 0n || jitter > LONGEST_JITTER) throw new ScenarioImpossible('a jitter is from 0 to 6 hours')
  if (!isDay(silentDays, days)) throw new ScenarioImpossible('the silence must leave a day that reports')
  if (exceptional !== undefined) checkReport(scenario, { ...exceptional, days, pool: 'rocket-pool' })
  if (fall === undefined) return
  checkReport(scenario, { ...fall, days })
  if (fall.fraction <= 0n || fall.fraction >= WAD)
    throw new ScenarioImpossible('a fall takes more than nothing and less than all')
  if (fall.pool === 'rocket-pool' && fall.fraction > LARGEST_MOVE)
    throw new ScenarioImpossible('Rocket Pool refuses moves over 2 %')
}

function checkReport(
  { silentDays = 0 }: Scenario,
  { daysAgo, days, pool }: { daysAgo: number; days: number; pool: ReportingPool },
): void {
  if (!isDay(daysAgo, days)) throw new ScenarioImpossible(`${daysAgo} days ago is not in the history`)
  if (pool === 'rocket-pool' && daysAgo < silentDays)
    throw new ScenarioImpossible(`Rocket Pool is silent ${daysAgo} days ago`)
}

function isDay(day: number, days: number): boolean {
  return Number.isInteger(day) && day >= 0 && day < days
}

/** Give the growth (WAD) of `elapsed` seconds at a yearly yield, rounded down. */
export function compoundGrowth(apy: Wad, elapsed: Seconds): Wad {
  return powerOfRatio(WAD + apy, WAD, elapsed, YEAR) - WAD
}

/** Give the growth (WAD) of `elapsed` seconds that a scenario names for one report of a pool, if it names any. */
export function namedGrowth(
  scenario: Scenario | undefined,
  report: { pool: ReportingPool; daysAgo: number; elapsed: Seconds },
): Wad | undefined {
  const { exceptional, fall } = scenario ?? {}
  if (fall?.pool === report.pool && fall.daysAgo === report.daysAgo) return -fall.fraction
  if (report.pool !== 'rocket-pool' || exceptional?.daysAgo !== report.daysAgo) return undefined
  return compoundGrowth(exceptional.apy, report.elapsed)
}

/** Tell whether Rocket Pool is silent on a day; negative days ago are those after the history. */
export function isSilent(scenario: Scenario | undefined, daysAgo: number): boolean {
  const silentDays = scenario?.silentDays ?? 0
  return silentDays > 0 && daysAgo < silentDays
}

/** Give a scenario as it is once its silence has been ended. */
export function withoutSilence({ silentDays: _, ...rest }: Scenario): Scenario {
  return rest
}
