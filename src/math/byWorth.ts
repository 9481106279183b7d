import type { Holdings } from './holdings.ts'

type Valued<Asset> = {
  readonly assets: readonly Asset[]
  readonly holdings: Pick<Holdings, 'items'>
}

/** Order a wallet's assets by what they are worth, the most first; what is not known comes before all. */
export function byWorth<Asset extends { readonly id: string }>({ assets, holdings }: Valued<Asset>): Asset[] {
  const worth = new Map(holdings.items.map(({ id, value }) => [id, value]))
  return [...assets].sort((one, other) => {
    const [a, b] = [worth.get(one.id), worth.get(other.id)]
    if (a === b) return 0
    if (a === undefined) return -1
    if (b === undefined) return 1
    return a > b ? -1 : 1
  })
}
