import { WAD, type Wad } from './fixedPoint.ts'
import { isFarOff, premiumOver } from './premium.ts'
import { type ReadingPoint, readingSeries } from './readingSeries.ts'
import type { Sample } from './sample.ts'

/**
 * List a pool's premium (WAD, rounded down) at each sample: its market's price over the rate of the same block, or over
 * 1 ETH where the market prices the unit of the rate. It is not known where the feed told no usable price, or one so far
 * off that rather its scale is wrong.
 * @throws DivisionByZero for a rate of 0, which no reading that is known has
 */
export function premiumSeries(
  samples: readonly Sample[],
  poolKey: string,
  prices: 'token' | 'unit',
): readonly ReadingPoint<Wad>[] {
  return readingSeries(samples, poolKey, ({ rate, market }) => {
    if (market === undefined) return undefined
    const premium = premiumOver(market, prices === 'token' ? rate : WAD)
    return isFarOff(premium) ? undefined : premium.fraction
  })
}
