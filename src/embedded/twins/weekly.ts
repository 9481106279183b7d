import { ageOf, type Schedule } from '../schedule.ts'

const WEEK = 7
/** Eight syncs, each a week after the last, and then one two days late. */
const ROUND = 58

/** Tell whether a weekly stream is renewed on a day. One of the late syncs falls on the day of age `lateAge`. */
export function isSyncDay(schedule: Schedule, day: number, lateAge: number): boolean {
  const position = (((lateAge - ageOf(schedule, day)) % ROUND) + ROUND) % ROUND
  return position % WEEK === 0 && position < ROUND - WEEK
}

/** Give the day on which a stream that is renewed or first seen on a day ends: a week later, or the next sync. */
export function streamEnd(schedule: Schedule, day: number, lateAge: number): number {
  for (let ahead = 1; ahead < WEEK; ahead++) {
    if (isSyncDay(schedule, day + ahead, lateAge)) return day + ahead
  }
  return day + WEEK
}
