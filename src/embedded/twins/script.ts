import type { KeeperCall, Placement } from '../keeperCall.ts'
import { layCourse } from '../line.ts'
import type { Schedule } from '../schedule.ts'
import type { Twin, TwinDay } from './twin.ts'

const OPENING_DAY = -1

/** What all twins do, day by day. */
export type TwinScript = {
  /** The contracts that appear after the block of a day, one placement for each pool; day -1 is the opening. */
  placementsAfter(day: number): readonly Placement[]
  /** The calls of a day's block; `reference` is the block that the oracles measured. */
  callsOn(day: number, reference: bigint): readonly KeeperCall[]
  /** The calls of the block that the oracles measure on a day. */
  callsBefore(day: number): readonly KeeperCall[]
}

/** Give the day after whose block a twin's contracts are there. */
function appearanceDay({ days }: Schedule, { appears }: Twin): number {
  return appears === undefined ? OPENING_DAY : Math.floor((days * appears) / 100)
}

/** Give the day from whose block on a twin's rate is that of a pool with supply. */
export function startDay(schedule: Schedule, twin: Twin): number {
  if (twin.starts === undefined) return appearanceDay(schedule, twin)
  return Math.floor((schedule.days * twin.starts) / 100)
}

/** Lay out what the twins do over the days of a schedule, also beyond its end. */
export function createTwinScript(schedule: Schedule, twins: readonly Twin[]): TwinScript {
  const actors = twins.map(twin => {
    const course = layCourse(schedule, twin.line)
    const start = startDay(schedule, twin)
    const on = (day: number): TwinDay => ({
      schedule,
      course,
      day,
      rate: course.rateOn(day),
      supply: course.supplyOn(day),
      startDay: start,
    })
    return { twin, on, appearance: appearanceDay(schedule, twin) }
  })
  const present = (day: number) => actors.filter(({ appearance }) => appearance < day)
  return {
    placementsAfter: day =>
      actors
        .filter(({ appearance }) => appearance === day)
        .map(({ twin, on }) => ({ code: twin.code, seed: twin.seed(on(day)) })),
    callsOn: (day, reference) => present(day).flatMap(({ twin, on }) => twin.day(on(day), reference)),
    callsBefore: day => present(day).flatMap(({ twin, on }) => twin.between?.(on(day)) ?? []),
  }
}
