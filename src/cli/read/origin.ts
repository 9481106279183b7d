import type { PriceReading } from '../../chain/judgeFeed.ts'
import { formatAge } from '../../format/time.ts'
import type { BlockNumber, Seconds } from '../../math/fixedPoint.ts'
import { etherInDollars } from '../../math/holdings.ts'
import { fixed, isoTime } from './figures.ts'

/** Where and when a figure was read, in a form for JSON. */
export type Origin = {
  readonly block: string
  readonly time: string
  readonly timeSeconds: string
  readonly operator: string
}

export type ReadAt = { readonly block: BlockNumber; readonly time: Seconds; readonly operator: string }

export const originOf = ({ block, time, operator }: ReadAt): Origin => ({
  block: block.toString(),
  time: isoTime(time),
  timeSeconds: time.toString(),
  operator,
})

/** The ETH price as the chain has it, in a form for JSON. */
export type PriceReport = {
  /** US dollars per ETH, WAD. */
  readonly usdPerEthWad: string | null
  readonly updatedAt: string | null
  readonly ageSeconds: string | null
  readonly contract: string
  readonly call: string
  readonly why: string | null
}

export function priceOf({ price, why, outcome }: PriceReading, time: Seconds): PriceReport {
  const source = { contract: outcome.read.address, call: outcome.read.signature }
  if (price === undefined)
    return {
      usdPerEthWad: null,
      updatedAt: null,
      ageSeconds: null,
      ...source,
      why: why ?? 'The ETH/USD feed gave no price.',
    }
  return {
    usdPerEthWad: etherInDollars(10n ** 18n, price.answer).toString(),
    updatedAt: isoTime(price.updatedAt),
    ageSeconds: (time - price.updatedAt).toString(),
    ...source,
    why: null,
  }
}

/** One line on where the figures below it come from. */
export const originLine = ({ block, time, operator }: ReadAt): string =>
  `Block ${fixed(block, 0, 0)}, ${isoTime(time)}, from ${operator}`

/** One line on the ETH price. */
export function priceLine({ usdPerEthWad, ageSeconds, why }: PriceReport): string {
  if (usdPerEthWad === null || ageSeconds === null) return `ETH/USD not known: ${why}`
  return `ETH/USD ${fixed(BigInt(usdPerEthWad), 18, 2)}, set ${formatAge(BigInt(ageSeconds))} before`
}
