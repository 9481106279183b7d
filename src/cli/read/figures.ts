import type { Seconds, Wad } from '../../math/fixedPoint.ts'

/** What stands where a figure is not known. */
export const UNKNOWN = '?'

const grouped = (whole: bigint): string => whole.toString().replace(/\B(?=(\d{3})+$)/g, ',')

/**
 * Write a fixed-point figure with thousands separated and its decimals cut, not rounded, to `digits`. What is not
 * zero never looks like zero.
 * @param decimals how many decimal places `value` has
 */
export function fixed(value: bigint, decimals: number, digits: number): string {
  const [sign, size] = value < 0n ? ['-', -value] : ['', value]
  const cut = size / 10n ** BigInt(decimals - digits)
  if (cut === 0n && size !== 0n) return `${sign === '-' ? '>-' : '<'}${fixed(1n, digits, digits)}`
  const unit = 10n ** BigInt(digits)
  const fraction = digits === 0 ? '' : `.${(cut % unit).toString().padStart(digits, '0')}`
  return `${sign}${grouped(cut / unit)}${fraction}`
}

/** A hundredth of a percent of 1, WAD: the last decimal of a percentage. */
const LAST_DECIMAL: Wad = 10n ** 14n

/**
 * Write a fraction of 1 (WAD) as a percentage with two decimals, rounded to the nearest and half away from zero, as
 * the page does. What is not zero never looks like zero.
 */
export function percent(fraction: Wad): string {
  const half = LAST_DECIMAL / 2n
  const steps = (fraction < 0n ? fraction - half : fraction + half) / LAST_DECIMAL
  return `${fixed((steps === 0n ? fraction : steps * LAST_DECIMAL) * 100n, 18, 2)} %`
}

/** Write a time as ISO 8601 in UTC, to the second. */
export const isoTime = (time: Seconds): string =>
  new Date(Number(time) * 1000).toISOString().replace(/\.\d+Z$/, 'Z')
