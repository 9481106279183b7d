import { mulDivDown, type Seconds, WAD, type Wad, type Wei, YEAR } from './fixedPoint.ts'
import { powerOfRatio } from './power.ts'

/**
 * Compute what an amount earns over a time at a yield: amount × ((1 + APY)^(span ÷ year) − 1), a projection.
 * @param apy WAD fraction of 1, above −1
 * @returns wei, rounded down; negative where the yield is
 * @throws PowerOutOfRange for a yield of −1 or less
 */
export const earningOver = (amount: Wei, apy: Wad, span: Seconds): Wei =>
  mulDivDown(amount, powerOfRatio(WAD + apy, WAD, span, YEAR) - WAD, WAD)

/** One holding, by value: the part that earns at a yield, and the rest, which does not. */
export type Earner = {
  readonly id: string
  readonly base: Wei
  readonly rest: Wei
  /** Undefined where it is not known. */
  readonly apy: Wad | undefined
}

/** A yield of several holdings together. */
export type WeightedYield = {
  readonly staked: Wei
  readonly whole: Wei
  /** Of the part that earns; undefined where nothing does, or some yield is not known. */
  readonly ofStaked: Wad | undefined
  /** Of everything, with what earns nothing counted at 0. */
  readonly ofWhole: Wad | undefined
  /** Ids of holdings that earn at a yield that is not known. */
  readonly missing: readonly string[]
}

/** Weigh yields by the value that earns at each, rounded down. */
export function weightedYield(earners: readonly Earner[]): WeightedYield {
  const earning = earners.filter(({ base }) => base !== 0n)
  const missing = earning.filter(({ apy }) => apy === undefined).map(({ id }) => id)
  const staked = earning.reduce((sum, { base }) => sum + base, 0n)
  const whole = earners.reduce((sum, { rest }) => sum + rest, staked)
  const product = earning.reduce((sum, { base, apy = 0n }) => sum + base * apy, 0n)
  const over = (divisor: Wei): Wad | undefined =>
    missing.length > 0 || divisor === 0n ? undefined : mulDivDown(product, 1n, divisor)
  return { staked, whole, ofStaked: over(staked), ofWhole: over(whole), missing }
}
