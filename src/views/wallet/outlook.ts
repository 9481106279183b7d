import { earningOver, type WeightedYield, weightedYield } from '../../math/expectedEarnings.ts'
import { DAY, mulDivDown, type Seconds, WAD, type Wad, type Wei, YEAR } from '../../math/fixedPoint.ts'
import { valueInEther } from '../../math/holdings.ts'
import { isYield, type WindowYield } from '../../math/window.ts'
import type { Live, LivePool } from '../../queries/live.ts'
import type { Asset, Wallet } from '../../queries/wallet.ts'
import { type PoolSeries, WHY_NO_YIELD, yieldOf } from '../overview/poolFigures.ts'
import type { Window } from '../state/viewState.ts'

/** Times over which earnings are projected. */
export const SPANS = [
  { id: 'day', label: 'Earns a day', words: 'a day', span: DAY },
  { id: 'month', label: 'In 30 days', words: 'in 30 days', span: 30n * DAY },
  { id: 'year', label: 'A year', words: 'a year', span: YEAR },
] as const

export type Span = (typeof SPANS)[number]

/** What a holding earns at the present yield of its pool, by value in ETH. */
export type Prospect =
  | {
      readonly kind: 'earns'
      /** The part of the value that earns, and the rest. */
      readonly base: Wei
      readonly rest: Wei
      readonly series: PoolSeries
      readonly result: WindowYield
    }
  | { readonly kind: 'still'; readonly rest: Wei }
  | { readonly kind: 'unknown'; readonly base: Wei | undefined; readonly why: string }

/** A holding's part of what stands behind its pool, or why there is none. */
type PoolShare = { readonly value: Wad; readonly own: LivePool } | { readonly why: string }

/** What is expected of a wallet, by asset id where it is held. */
export type Outlook = {
  readonly prospects: ReadonlyMap<string, Prospect>
  readonly shares: ReadonlyMap<string, PoolShare>
  readonly weighted: WeightedYield
  readonly window: Window
  readonly live: Live | undefined
}

type Inputs = {
  readonly series: readonly PoolSeries[]
  /** Whether all of the past that can be read has been. */
  readonly isRead: boolean
  readonly window: Window
  readonly live: Live | undefined
}

const READING = 'The rates of the past are still being read.'

function prospectOf(asset: Asset, value: Wei | undefined, { series, isRead }: Inputs): Prospect {
  const { balance, idle, rate, poolId, kind } = asset
  if (value === undefined || balance === undefined || rate === undefined)
    return { kind: 'unknown', base: undefined, why: asset.why ?? 'Its value is not known.' }
  if (kind === 'ether' || kind === 'plain' || idle === balance) return { kind: 'still', rest: value }
  if (idle === undefined)
    return { kind: 'unknown', base: value, why: 'How much of it takes part in rebasing is not known.' }
  const base = valueInEther(balance - idle, rate)
  const own = series.find(({ pool }) => pool.id === poolId)
  const result = own === undefined ? undefined : yieldOf(own)
  if (own !== undefined && result !== undefined && isYield(result))
    return { kind: 'earns', base, rest: value - base, series: own, result }
  const why = result === undefined || isYield(result) ? READING : WHY_NO_YIELD[result.why]
  return { kind: 'unknown', base, why: isRead ? why : READING }
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
export function outlookOf(wallet: Wallet, inputs: Inputs): Outlook {
  const held = wallet.assets.filter(({ balance }) => balance !== 0n)
  const worthOf = (id: string): Wei | undefined => wallet.holdings.items.find(item => item.id === id)?.value
  const prospects = new Map(held.map(asset => [asset.id, prospectOf(asset, worthOf(asset.id), inputs)]))
  const earners = [...prospects].flatMap(([id, prospect]) => {
    if (prospect.kind === 'still') return { id, base: 0n, rest: prospect.rest, apy: 0n }
    if (prospect.kind === 'earns')
      return { id, base: prospect.base, rest: prospect.rest, apy: prospect.result.apy }
    // What has no value is in no total either.
    return prospect.base === undefined ? [] : { id, base: prospect.base, rest: 0n, apy: undefined }
  })
  return {
    prospects,
    shares: new Map(held.map(asset => [asset.id, shareOf(asset, worthOf(asset.id), inputs.live)])),
    weighted: weightedYield(earners),
    window: inputs.window,
    live: inputs.live,
  }
}

/** What a holding earns over a time; undefined where that is not known. */
export function earned(prospect: Prospect, span: Seconds): Wei | undefined {
  if (prospect.kind === 'still') return 0n
  return prospect.kind === 'earns' ? earningOver(prospect.base, prospect.result.apy, span) : undefined
}

/** What all holdings earn over a time; undefined where some yield is not known. */
export function earnedTogether({ prospects, weighted }: Outlook, span: Seconds): Wei | undefined {
  if (weighted.missing.length > 0) return undefined
  return [...prospects.values()].reduce((sum, prospect) => sum + (earned(prospect, span) ?? 0n), 0n)
}
