import { mulDivDown, WAD, type Wad, type Wei } from './fixedPoint.ts'

/** One asset of a wallet. `rate` is ETH per token (WAD); undefined where it could not be read. */
export type Holding = {
  readonly id: string
  readonly balance: Wei | undefined
  readonly rate: Wad | undefined
}

export type ValuedHolding = Holding & { readonly value: Wei | undefined }

export type Holdings = {
  readonly items: readonly ValuedHolding[]
  /** Sum of what is known, in ETH. */
  readonly total: Wei
  /** Ids whose value is not known and therefore not in the total. */
  readonly missing: readonly string[]
}

/** The same asset was listed twice, which would count it twice. */
export class RepeatedHolding extends Error {
  override readonly name = 'RepeatedHolding'
  constructor(id: string) {
    super(`${id} is listed twice: a holding may be counted once only.`)
  }
}

/** Value a balance in ETH at a rate, rounded down as the contracts do. */
export const valueInEther = (balance: Wei, rate: Wad): Wei => mulDivDown(balance, rate, WAD)

/**
 * Value every asset of a wallet and add up what is known.
 * @throws RepeatedHolding where an id occurs twice
 */
export function valueHoldings(holdings: readonly Holding[]): Holdings {
  const seen = new Set<string>()
  const items = holdings.map(holding => {
    if (seen.has(holding.id)) throw new RepeatedHolding(holding.id)
    seen.add(holding.id)
    const { balance, rate } = holding
    // Nothing of a token is worth nothing at any rate.
    const value =
      balance === 0n
        ? 0n
        : balance === undefined || rate === undefined
          ? undefined
          : valueInEther(balance, rate)
    return { ...holding, value }
  })
  return {
    items,
    total: items.reduce((sum, { value }) => sum + (value ?? 0n), 0n),
    missing: items.filter(({ value }) => value === undefined).map(({ id }) => id),
  }
}

/**
 * Convert ETH to US dollars.
 * @param price US dollars per ETH with 8 decimals, as Chainlink's ETH/USD feed gives it
 * @returns US dollars with 18 decimals, rounded down
 */
export const etherInDollars = (ether: Wei, price: bigint): Wad => mulDivDown(ether, price, 10n ** 8n)
