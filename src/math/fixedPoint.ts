/** 18-decimal fixed point: 1.0 is 10^18. */
export type Wad = bigint
/** 10^-18 of an ether or of a token. */
export type Wei = bigint
export type Seconds = bigint
export type BlockNumber = bigint

export const WAD = 10n ** 18n
export const DAY: Seconds = 86_400n
/** The year of every yield on the page: 365 days. */
export const YEAR: Seconds = 365n * DAY

/** A quotient was asked whose divisor is zero. */
export class DivisionByZero extends Error {
  override readonly name = 'DivisionByZero'
  constructor() {
    super('Division by zero: the caller must rule out a zero divisor first.')
  }
}

/** Multiply, then divide once, rounded towards minus infinity (Solidity's `/` for what is not negative). */
export function mulDivDown(multiplicand: bigint, multiplier: bigint, divisor: bigint): bigint {
  if (divisor === 0n) throw new DivisionByZero()
  const product = multiplicand * multiplier
  const quotient = product / divisor
  const isNegative = product < 0n !== divisor < 0n
  return isNegative && quotient * divisor !== product ? quotient - 1n : quotient
}

/** Multiply, then divide once, rounded towards plus infinity. */
export function mulDivUp(multiplicand: bigint, multiplier: bigint, divisor: bigint): bigint {
  return -mulDivDown(-multiplicand, multiplier, divisor)
}
