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

/** Write a fraction of 1 (WAD) as a percentage with two decimals. */
export const percent = (fraction: Wad): string => `${fixed(fraction * 100n, 18, 2)} %`

/** Write a time as ISO 8601 in UTC, to the second. */
export const isoTime = (time: Seconds): string =>
  new Date(Number(time) * 1000).toISOString().replace(/\.\d+Z$/, 'Z')
