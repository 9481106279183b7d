import { chartTime, isoTime } from '../../format/time.ts'
import { DAY, type Seconds } from '../../math/fixedPoint.ts'

/** A day as addresses and date fields have it: 2026-08-27, UTC. */
export const dayText = (time: Seconds): string => isoTime(chartTime(time)).slice(0, 10)

/**
 * Name the two days that hold a part of time, which are never the same: of less than that nothing can be read.
 * @param from and `until` in seconds since 1970; the last day is no later than that of `now`
 */
export function daysAround(
  from: number,
  until: number,
  now: Seconds,
): { readonly from: string; readonly until: string } {
  const [first, last] = [dayText(BigInt(Math.floor(from))), dayText(BigInt(Math.ceil(until)) - 1n)]
  if (first !== last) return { from: first, until: last }
  const next = dayText(BigInt(Math.floor(from)) + DAY)
  return next <= dayText(now)
    ? { from: first, until: next }
    : { from: dayText(BigInt(Math.floor(from)) - DAY), until: first }
}

/** What is wrong with two dates, for whoever is writing them. */
export const FORM_ERRORS = {
  unreadableFrom: 'Write the first day of the range.',
  futureFrom: 'The first day lies in the future.',
  reversed: 'The last day lies before the first.',
  equal: 'Both days are the same: choose a range of at least two.',
  unreadableUntil: 'The last day is no day of the calendar.',
  futureUntil: 'The last day lies in the future.',
} as const
