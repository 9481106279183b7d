import { DivisionByZero, mulDivDown, WAD, type Wad } from './fixedPoint.ts'

/** Feeds move only when the price has: below half a percent a premium is inside their own noise. */
const NOISE: Wad = WAD / 200n

/** A price that is further off than this is rather of another scale than right. */
const FARTHEST: Wad = WAD / 2n

/** What a market pays over or under the protocol's own rate. */
export type Premium = { readonly fraction: Wad; readonly isNoise: boolean }

/**
 * Compute a premium (above 0) or discount (below): price ÷ rate − 1, rounded down.
 * @param price what a market pays, and `rate` what the protocol counts: the same unit, 18 decimals, one block
 * @throws DivisionByZero for a rate of 0
 */
export function premiumOver(price: Wad, rate: Wad): Premium {
  if (rate === 0n) throw new DivisionByZero()
  const fraction = mulDivDown(price - rate, WAD, rate)
  return { fraction, isNoise: fraction < NOISE && fraction > -NOISE }
}

/** Whether a premium is so large that rather the price is wrong: it is not to be shown. */
export const isFarOff = ({ fraction }: Premium): boolean => fraction > FARTHEST || fraction < -FARTHEST
