import type { BlockNumber, Wad, Wei } from '../math/fixedPoint.ts'

const DECIMALS = 18

/** Write a fixed-point value as an exact decimal string, without trailing zeros. */
export function exactDecimal(value: bigint, decimals = DECIMALS): `${number}` {
  const digits = (value < 0n ? -value : value).toString().padStart(decimals + 1, '0')
  const whole = digits.slice(0, digits.length - decimals)
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '')
  return `${value < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}` as `${number}`
}

const formatters = new Map<string, Intl.NumberFormat>()

/** Get the formatter of some options, the same each time: making one takes a hundred times as long as using it. */
function formatterOf(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = JSON.stringify(options)
  const known = formatters.get(key) ?? new Intl.NumberFormat(undefined, options)
  formatters.set(key, known)
  return known
}

/** Intl takes exact decimal strings, so that no digit is lost on the way through a double. */
const format = (value: bigint, decimals: number, options: Intl.NumberFormatOptions): string =>
  formatterOf(options).format(exactDecimal(value, decimals))

/** Rate: underlying per token, five decimals, so that a day's step shows. */
export const formatRate = (rate: Wad): string =>
  format(rate, DECIMALS, {
    minimumFractionDigits: 5,
    maximumFractionDigits: 5,
    roundingMode: 'trunc',
  } as Intl.NumberFormatOptions)

/** Below a hundredth four decimals would show next to nothing, or nothing at all. */
const SMALL: Wei = 10n ** 16n

/** Amount of a token or of ETH for a table: short when large, with enough digits when small. */
export function formatAmount(amount: Wei): string {
  // Nothing at all is no rounded amount.
  if (amount === 0n) return '0'
  const size = amount < 0n ? -amount : amount
  if (size < 10n ** 12n)
    return `${amount < 0n ? '−' : ''}<${format(10n ** 12n, DECIMALS, { maximumFractionDigits: 6 })}`
  // Cut, not rounded, below 10,000: nobody is shown more than there is.
  const options =
    size >= 10_000n * 10n ** 18n
      ? { notation: 'compact', minimumSignificantDigits: 4, maximumSignificantDigits: 4 }
      : {
          minimumFractionDigits: 4,
          maximumFractionDigits: size < SMALL ? 6 : 4,
          roundingMode: 'trunc',
        }
  return format(amount, DECIMALS, options as Intl.NumberFormatOptions).replace('-', '−')
}

/** Every digit of an amount, for receipts and titles. */
export const formatExact = (value: bigint, decimals = DECIMALS): string =>
  format(value, decimals, { maximumFractionDigits: decimals })

/** A WAD fraction of 1 as a percentage without its sign "%", two decimals; a fall keeps its minus. */
export const formatPercent = (fraction: Wad, fractionDigits = 2): string =>
  format(fraction * 100n, DECIMALS, {
    minimumFractionDigits: fractionDigits,
    maximumFractionDigits: fractionDigits,
  }).replace('-', '−')

/** How far a percentage may be off, without its sign: what would be written as 0.00 is not nothing. */
export const formatDoubt = (off: Wad): string =>
  off > 0n && off < 5n * 10n ** 13n ? '<0.01' : formatPercent(off)

/** A WAD fraction of 1 as a percentage without its sign, with as many decimals as it has: two at most. */
export const formatFee = (fraction: Wad): string =>
  format(fraction * 100n, DECIMALS, { maximumFractionDigits: 2 })

/** As `formatPercent`, with a plus before a rise; what rounds to nothing has no sign. */
export function formatChange(fraction: Wad, fractionDigits = 1): string {
  const text = formatPercent(fraction, fractionDigits)
  if (!/[1-9]/.test(text)) return text.replace('−', '')
  return `${fraction > 0n ? '+' : ''}${text}`
}

/** US dollars (18 decimals) for a table: three digits and a magnitude. */
export const formatDollarsShort = (dollars: Wad): string =>
  format(dollars, DECIMALS, {
    style: 'currency',
    currency: 'USD',
    notation: 'compact',
    maximumSignificantDigits: 3,
  })

/** US dollars (18 decimals), cents below a thousand. */
export const formatDollars = (dollars: Wad): string =>
  format(dollars, DECIMALS, {
    style: 'currency',
    currency: 'USD',
    maximumFractionDigits: dollars >= 10n ** 21n ? 0 : 2,
  })

export const formatBlock = (block: BlockNumber): string => formatterOf({}).format(block)

export const formatCount = (count: number | bigint): string => formatterOf({}).format(count)

/** A fixed-point value as a number for drawing: never for a figure that is read. */
export const chartNumber = (value: bigint, decimals = DECIMALS): number =>
  Number(exactDecimal(value, decimals))

/** A WAD fraction as percent for drawing. */
export const chartPercent = (fraction: Wad): number => chartNumber(fraction * 100n)
