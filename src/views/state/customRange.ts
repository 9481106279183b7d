import { DAY, type Seconds } from '../../math/fixedPoint.ts'

/** A range between two days, or why two texts are none: `words` of it come with the chart. */
export type CustomRange =
  | {
      /** Midnight UTC at which the first day begins. */
      readonly from: Seconds
      /** Midnight UTC at which the last day ends; undefined where the range reaches until now. */
      readonly until: Seconds | undefined
      /** The end that was asked for is none that can be shown, so the range reaches until now. */
      readonly ignored?: 'unreadableUntil' | 'futureUntil'
    }
  | { readonly why: 'unreadableFrom' | 'futureFrom' | 'reversed' | 'equal' }

/** Midnight UTC of a day, or undefined where a text is no day of the calendar. */
function dayOf(text: string): Seconds | undefined {
  const date = new Date(text)
  // 31 February would be read as a day of March.
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || date.toJSON()?.startsWith(text) !== true) return undefined
  return BigInt(date.getTime()) / 1000n
}

/**
 * Read a range of days, both of them part of it.
 * @param from and `until` as an address has them; without `until` the range reaches until now
 * @returns undefined where none is asked for
 */
export function customRange(from: string, until: string, now: Seconds): CustomRange | undefined {
  if (from === '' && until === '') return undefined
  const [first, last] = [dayOf(from), dayOf(until)]
  if (first === undefined) return { why: 'unreadableFrom' }
  if (first > now) return { why: 'futureFrom' }
  if (until === '') return { from: first, until: undefined }
  if (last === undefined) return { from: first, until: undefined, ignored: 'unreadableUntil' }
  if (last > now) return { from: first, until: undefined, ignored: 'futureUntil' }
  if (last === first) return { why: 'equal' }
  return last < first ? { why: 'reversed' } : { from: first, until: last + DAY }
}

/** A range that can be shown, or undefined. */
export function usableRange(from: string, until: string, now: Seconds) {
  const range = customRange(from, until, now)
  return range === undefined || 'why' in range ? undefined : range
}
