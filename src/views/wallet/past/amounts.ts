import { formatAmount, formatDollars, formatExact } from '../../../format/number.ts'
import { type Between, inWei, isExactly, middleOf, type WeiWad } from '../../../math/course.ts'
import { mulDivDown, mulDivUp, WAD, type Wad, type Wei } from '../../../math/fixedPoint.ts'
import type { DollarSum } from '../../../math/lots.ts'

/** Between a product of units, rate and price, and US dollars with 18 decimals. */
const DOLLAR_SCALE = 10n ** 26n

export const weiOf = (product: WeiWad): Wei => mulDivDown(product, 1n, WAD)

export const dollarsOf = (sum: DollarSum): Wad => mulDivDown(sum, 1n, DOLLAR_SCALE)

const sizeOf = (value: bigint): bigint => (value < 0n ? -value : value)

/** US dollars (18 decimals), less than nothing in as many digits as more, and with the minus of all other figures. */
export const dollarsInWords = (dollars: Wad): string =>
  `${dollars < 0n ? '−' : ''}${formatDollars(sizeOf(dollars))}`

/** From here on `formatAmount` writes four digits in all. */
const LARGE: Wei = 10_000n * WAD
const SMALL: Wei = WAD / 100n

/** The last digit that `formatAmount` writes of a value. */
function lastDigit(value: Wei): Wei {
  const size = sizeOf(value)
  if (size >= LARGE) return 10n ** BigInt(size.toString().length - 4)
  return size !== 0n && size < SMALL ? 10n ** 12n : 10n ** 14n
}

/** The value as `formatAmount` writes it: cut, or rounded where it is large. */
function written(value: Wei): Wei {
  const [size, unit] = [sizeOf(value), lastDigit(value)]
  const kept = size >= LARGE ? ((size + unit / 2n) / unit) * unit : (size / unit) * unit
  return value < 0n ? -kept : kept
}

/** An amount for the page: its middle, and how far it may be off; without a doubt where it is exact. */
export type Told = { readonly value: Wei; readonly text: string; readonly doubt: string | undefined }

/**
 * Write what is known to lie between two amounts so that it also lies between what is written.
 * @param between in WeiWad
 */
export function told(between: Between): Told {
  const { low, high } = inWei(between)
  const { value } = middleOf({ low, high })
  const text = formatAmount(value)
  if (isExactly(between)) return { value, text, doubt: undefined }
  const [shown, unit] = [written(value), lastDigit(value)]
  const off = sizeOf(high - shown) > sizeOf(shown - low) ? sizeOf(high - shown) : sizeOf(shown - low)
  return { value, text, doubt: formatAmount(mulDivUp(off, 1n, unit) * unit) }
}

/**
 * Write every digit of what is known to lie between two amounts.
 * @param between in WeiWad
 */
export function exactly(between: Between): string {
  const { low, high } = inWei(between)
  return isExactly(between) ? formatExact(low) : `between ${formatExact(low)} and ${formatExact(high)}`
}
