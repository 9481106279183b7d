import { mulDivDown, type Seconds, WAD, type Wad, YEAR } from './fixedPoint.ts'
import { powerOfRatio } from './power.ts'

/** A rate and the time at which it was measured. */
export type RateAt = { readonly time: Seconds; readonly rate: Wad }

/** The two ends of a yield do not span any time, in this order. */
export class EmptySpan extends Error {
  override readonly name = 'EmptySpan'
  constructor() {
    super('A yield needs an end that is later than its start.')
  }
}

/** A rate that is zero or less: no token is worth nothing while its contract answers. */
export class NonPositiveRate extends Error {
  override readonly name = 'NonPositiveRate'
  constructor() {
    super('A yield needs two rates above zero.')
  }
}

function span(start: RateAt, end: RateAt): Seconds {
  if (start.rate <= 0n || end.rate <= 0n) throw new NonPositiveRate()
  if (end.time <= start.time) throw new EmptySpan()
  return end.time - start.time
}

/**
 * Compute the implied APR, (R2/R1 − 1)·year/Δt: the growth of the rate, scaled to a year without compounding.
 * @returns WAD fraction of 1 (0.03 for 3 %), rounded down; negative after a fall
 * @throws EmptySpan, NonPositiveRate
 */
export function impliedApr(start: RateAt, end: RateAt): Wad {
  const seconds = span(start, end)
  return mulDivDown((end.rate - start.rate) * YEAR, WAD, start.rate * seconds)
}

/**
 * Compute the implied APY, (R2/R1)^(year/Δt) − 1: the same growth compounded over a year.
 * @returns WAD fraction of 1, rounded down; negative after a fall
 * @throws EmptySpan, NonPositiveRate; PowerOutOfRange where a tiny span makes the power meaningless
 */
export function impliedApy(start: RateAt, end: RateAt): Wad {
  const seconds = span(start, end)
  return powerOfRatio(end.rate, start.rate, YEAR, seconds) - WAD
}
