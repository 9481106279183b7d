import { DAY, type Seconds } from '../math/fixedPoint.ts'

const HOUR: Seconds = 3_600n

const tenths = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 })

const oneDecimal = (value: bigint, unit: Seconds): string => tenths.format(Number((value * 10n) / unit) / 10)

/** A length of time in its largest sensible unit: "4 s", "12 min", "5 h", "3 d". A bound is rounded up to stay one. */
export function formatAge(age: Seconds, rounding: 'down' | 'up' = 'down'): string {
  const seconds = age < 0n ? 0n : age
  const count = (unit: Seconds): Seconds => (rounding === 'up' ? seconds + unit - 1n : seconds) / unit
  if (seconds < 120n) return `${seconds} s`
  if (seconds < 2n * HOUR) return `${count(60n)} min`
  if (seconds < 2n * DAY) return `${count(HOUR)} h`
  return `${count(DAY)} d`
}

/** A true span: "30.1 d", or hours below two days. */
export const formatSpan = (span: Seconds): string =>
  span < 2n * DAY ? `${oneDecimal(span, HOUR)} h` : `${oneDecimal(span, DAY)} d`

const dateOf = (time: Seconds): Date => new Date(Number(time) * 1000)

/** Date and minute in UTC, as blocks are compared across time zones. */
export const formatTime = (time: Seconds): string =>
  `${dateOf(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`

/** Day in the reader's locale, in UTC as the reports are. */
export const formatDay = (time: Seconds): string =>
  new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' }).format(dateOf(time))

/** Tick of a time axis: month and day over short ranges, month and year over long ones. */
export function formatTick(unixSeconds: number, spanSeconds: number): string {
  const isLong = spanSeconds > 200 * 86_400
  const options: Intl.DateTimeFormatOptions = isLong
    ? { month: 'short', year: 'numeric' }
    : { month: 'short', day: 'numeric' }
  return new Intl.DateTimeFormat(undefined, { ...options, timeZone: 'UTC' }).format(
    new Date(unixSeconds * 1000),
  )
}

/** Seconds since 1970 now, for ages. */
export const nowInSeconds = (): Seconds => BigInt(Math.floor(Date.now() / 1000))

export const chartTime = (time: Seconds): number => Number(time)

/** Seconds since 1970 as ISO 8601, for files. */
export const isoTime = (unixSeconds: number): string => new Date(unixSeconds * 1000).toISOString()
