import { DAY, mulDivDown, type Seconds, WAD, type Wad, type Wei } from './fixedPoint.ts'
import { valueInEther } from './holdings.ts'
import { impliedApy, type RateAt } from './yield.ts'

/** What an amount became that was turned into a token at one rate and is counted at another. */
export type Held = {
  /** Tokens that the amount bought. */
  readonly tokens: Wei
  /** What they are worth now, in the unit of the rate. */
  readonly worth: Wei
  /** Below 0 after a fall, and by up to two wei of rounding where a rate below 2 stands still. */
  readonly gain: Wei
}

/**
 * Turn an amount into tokens at one rate and back at another. Both steps round down, as the contracts do.
 * @throws DivisionByZero where the first rate is 0
 */
export function heldSince(amount: Wei, then: Wad, now: Wad): Held {
  const tokens = mulDivDown(amount, WAD, then)
  const worth = valueInEther(tokens, now)
  return { tokens, worth, gain: worth - amount }
}

/** How a rate grew between two moments. */
export type Growth = {
  /** R2/R1 − 1, rounded down. */
  readonly fraction: Wad
  readonly span: Seconds
  /** The same growth compounded to a year; undefined over a span too short to tell of one. */
  readonly apy: Wad | undefined
}

/** Rates that step once a day make the yield of anything shorter a matter of chance. */
export const SHORTEST_SPAN: Seconds = 30n * DAY

/**
 * Compute how a rate grew from one moment to another.
 * @throws EmptySpan, NonPositiveRate
 */
export function growthBetween(then: RateAt, now: RateAt): Growth {
  const span = now.time - then.time
  // Computed at any span, so that ends in the wrong order are refused whatever their distance.
  const apy = span > 0n && span < SHORTEST_SPAN ? undefined : impliedApy(then, now)
  return { fraction: mulDivDown(now.rate - then.rate, WAD, then.rate), span, apy }
}

/**
 * Carry an amount on for a year at a yield: a projection.
 * @param apy WAD fraction of 1
 * @returns wei, rounded down
 */
export const inAYear = (amount: Wei, apy: Wad): Wei => mulDivDown(amount, WAD + apy, WAD)
