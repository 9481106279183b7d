import { mulDivDown, WAD } from '../../src/math/fixedPoint.ts'

const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/g, ',')

/** A value that is not below zero, with so many decimals of its own, cut to the first of them. */
export function cut(value: bigint, digits: number, own = 18): string {
  const kept = value / 10n ** BigInt(own - digits)
  const unit = 10n ** BigInt(digits)
  const fraction = (kept % unit).toString().padStart(digits, '0')
  return digits === 0 ? grouped(`${kept}`) : `${grouped(`${kept / unit}`)}.${fraction}`
}

/** A WAD with all of its decimals. */
export const whole = (value: bigint): string => cut(value, 18)

/** A WAD fraction of 1 that is not below zero as percent, with so many decimals, rounded half up. */
export function percent(fraction: bigint, digits: number): string {
  const unit = 10n ** BigInt(digits)
  return cut(mulDivDown(2n * fraction * 100n * unit + WAD, 1n, 2n * WAD), digits, digits)
}

export const count = (value: bigint): string => grouped(value.toString())
