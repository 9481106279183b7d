const STEP = 1_000
const UNITS = ['B', 'kB', 'MB', 'GB'] as const

const withDigits = (value: number, maximumFractionDigits: number): string =>
  new Intl.NumberFormat(undefined, { maximumFractionDigits }).format(value)

/** A number of bytes in steps of a thousand: "812 B", "4.1 kB", "1.2 MB". */
export function formatBytes(bytes: number): string {
  let [value, unit] = [bytes, 0]
  // What would be rounded up to a thousand is one of the next unit.
  while (Math.round(value * 10) / 10 >= STEP && unit < UNITS.length - 1) {
    value /= STEP
    unit += 1
  }
  return `${withDigits(value, unit === 0 ? 0 : 1)} ${UNITS[unit]}`
}

/** A short while, given in milliseconds: "85 ms", "1.2 s". */
export const formatWhile = (milliseconds: number): string =>
  Math.round(milliseconds) < STEP
    ? `${withDigits(milliseconds, 0)} ms`
    : `${withDigits(milliseconds / STEP, 1)} s`

/** Time of day to the second where the reader is, of milliseconds since 1970. */
export const formatClock = (at: number): string =>
  new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' }).format(new Date(at))
