import { earningOver, type WeightedYield, weightedYield } from '../math/expectedEarnings.ts'
import { mulDivDown, type Seconds, WAD, type Wad, type Wei } from '../math/fixedPoint.ts'
import { valueInEther } from '../math/holdings.ts'
import type { Live, LivePool } from './live.ts'
import type { Asset, Wallet } from './wallet.ts'

/** A pool's present yield, with what it rests on. */
type PresentYield = { readonly result: { readonly apy: Wad } }

/** What a holding earns at the present yield of its pool, by value in ETH. */
export type Prospect<Own extends PresentYield = PresentYield> =
  | {
      readonly kind: 'earns'
      /** The part of the value that earns, and the rest. */
      readonly base: Wei
      readonly rest: Wei
      readonly own: Own
    }
  | { readonly kind: 'still'; readonly rest: Wei }
  | { readonly kind: 'unknown'; readonly base: Wei | undefined; readonly why: string }

/** A holding's part of what stands behind its pool, or why there is none. */
type PoolShare = { readonly value: Wad; readonly own: LivePool } | { readonly why: string }

/** What is expected of a wallet, by asset id where it is held. */
export type Outlook<Own extends PresentYield = PresentYield> = {
  readonly prospects: ReadonlyMap<string, Prospect<Own>>
  readonly shares: ReadonlyMap<string, PoolShare>
  readonly weighted: WeightedYield
}

type Inputs<Own extends PresentYield> = {
  /** The present yield of a pool, or why it is not known. */
  readonly yieldOf: (poolId: string | undefined) => Own | { readonly why: string }
  readonly live: Live | undefined
}

function prospectOf<Own extends PresentYield>(
  asset: Asset,
  value: Wei | undefined,
  yieldOf: Inputs<Own>['yieldOf'],
): Prospect<Own> {
  const { balance, idle, rate, poolId, kind } = asset
  if (value === undefined || balance === undefined || rate === undefined)
    return { kind: 'unknown', base: undefined, why: asset.why ?? 'Its value is not known.' }
  if (kind === 'ether' || kind === 'plain' || idle === balance) return { kind: 'still', rest: value }
  if (idle === undefined)
    return { kind: 'unknown', base: value, why: 'How much of it takes part in rebasing is not known.' }
  const base = valueInEther(balance - idle, rate)
  const own = yieldOf(poolId)
  return 'why' in own
    ? { kind: 'unknown', base, why: own.why }
    : { kind: 'earns', base, rest: value - base, own }
}

/** Whether an asset is in what the contracts tell to stand behind its pool. */
function isCounted({ pool }: LivePool, { id, kind }: Asset): boolean {
  return (
    kind === 'token' || pool.siblings.some(sibling => sibling.address === id && sibling.kind === 'rebasing')
  )
}

function shareOf(asset: Asset, value: Wei | undefined, live: Live | undefined): PoolShare {
  const own = live?.pools.find(({ pool }) => pool.id === asset.poolId)
  if (asset.poolId === undefined) return { why: 'ETH is of no pool.' }
  if (own === undefined) return { why: 'The supply of the pool has not been read.' }
  if (value === undefined) return { why: asset.why ?? 'Its value is not known.' }
  if (!isCounted(own, asset))
    return { why: `${asset.symbol} is not in the supply that is read of ${own.pool.name}.` }
  if (own.reading.state !== 'known' || own.reading.pooled === 0n)
    return { why: 'The supply of the pool is not known.' }
  return { value: mulDivDown(value, WAD, own.reading.pooled), own }
}

/** Work out what a wallet's holdings earn at the present yields, and how large they are in their pools. */
export function outlookOf<Own extends PresentYield>(
  wallet: Wallet,
  { yieldOf, live }: Inputs<Own>,
): Outlook<Own> {
  const held = wallet.assets.filter(({ balance }) => balance !== 0n)
  const worthOf = (id: string): Wei | undefined => wallet.holdings.items.find(item => item.id === id)?.value
  const prospects = new Map(held.map(asset => [asset.id, prospectOf(asset, worthOf(asset.id), yieldOf)]))
  const earners = [...prospects].flatMap(([id, prospect]) => {
    if (prospect.kind === 'still') return { id, base: 0n, rest: prospect.rest, apy: 0n }
    if (prospect.kind === 'earns')
      return { id, base: prospect.base, rest: prospect.rest, apy: prospect.own.result.apy }
    // What has no value is in no total either.
    return prospect.base === undefined ? [] : { id, base: prospect.base, rest: 0n, apy: undefined }
  })
  return {
    prospects,
    shares: new Map(held.map(asset => [asset.id, shareOf(asset, worthOf(asset.id), live)])),
    weighted: weightedYield(earners),
  }
}

/** What a holding earns over a time; undefined where that is not known. */
export function earned(prospect: Prospect, span: Seconds): Wei | undefined {
  if (prospect.kind === 'still') return 0n
  return prospect.kind === 'earns' ? earningOver(prospect.base, prospect.own.result.apy, span) : undefined
}

/** What all holdings earn over a time; undefined where some yield is not known. */
export function earnedTogether({ prospects, weighted }: Outlook, span: Seconds): Wei | undefined {
  if (weighted.missing.length > 0) return undefined
  return [...prospects.values()].reduce((sum, prospect) => sum + (earned(prospect, span) ?? 0n), 0n)
}
