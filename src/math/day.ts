import type { Seconds } from './fixedPoint.ts'

/**
 * Read a day, written YYYY-MM-DD, as the moment at which it begins in UTC.
 * @returns undefined for anything else, and for days that no calendar has or that lie before 1970
 */
export function startOfDay(text: string): Seconds | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined
  const date = new Date(`${text}T00:00:00Z`)
  // A day beyond the end of its month is either refused or carried into the next one, as the engine likes.
  if (!(date.getTime() >= 0) || date.toISOString().slice(0, 10) !== text) return undefined
  return BigInt(date.getTime()) / 1000n
}
