import { type Course, type Move, type WeiWad, worthOf } from '../../../math/course.ts'
import type { Seconds } from '../../../math/fixedPoint.ts'
import type { WalletPast } from '../../../math/walletPast.ts'
import type { TokenPool } from '../../../pools/definePool.ts'
import { type WalletAsset, walletAssets } from '../../../pools/walletAssets.ts'

/** An asset of which something was ever held, and how that went. */
export type HeldAsset = { readonly asset: WalletAsset; readonly course: Course }

/** What is held at the end, in ether. */
function lastWorth({ course: { marks } }: HeldAsset): WeiWad {
  const last = marks.at(-1)
  return last === undefined ? 0n : worthOf(last)
}

function byWorth(one: HeldAsset, other: HeldAsset): number {
  const [a, b] = [lastWorth(one), lastWorth(other)]
  return a > b ? -1 : a < b ? 1 : 0
}

/** Pair what was ever held with what it is, what is worth the most now first. */
export function heldAssets({ courses }: WalletPast, pools: readonly TokenPool[]): HeldAsset[] {
  const assets = walletAssets(pools)
  const held = courses.flatMap((course): HeldAsset[] => {
    const asset = assets.find(({ id }) => id === course.asset)
    return asset === undefined ? [] : [{ asset, course }]
  })
  return held.sort(byWorth)
}

/** Name an asset; a part of another says which part it is. */
export const nameOf = ({ symbol, partOf }: WalletAsset): string =>
  partOf === undefined ? symbol : `${symbol}, not rebasing`

/** What amounts of an asset count: its tokens, or the shares behind a balance that grows. */
export const countedIn = ({ kind, symbol }: WalletAsset): string =>
  kind === 'rebasing' ? `shares of ${symbol}` : symbol

/** When something was held first: not before one time, and at another. */
export type Beginning = {
  readonly since: Seconds
  readonly time: Seconds
  /** It was there already when the first block was read. */
  readonly isBefore: boolean
}

const byTime = (one: Beginning, other: Beginning): number =>
  one.time < other.time ? -1 : one.time > other.time ? 1 : 0

/** Find when something was held first; undefined where nothing was. */
export function beginningOf(courses: readonly Course[]): Beginning | undefined {
  const all = courses.flatMap(({ marks: [first], moves: [move] }): Beginning[] => {
    if (first !== undefined && first.units !== 0n)
      return [{ since: first.time, time: first.time, isBefore: true }]
    return move === undefined ? [] : [{ since: move.since, time: move.time, isBefore: false }]
  })
  return all.sort(byTime)[0]
}

const placeOf = ({ asset, log }: Move): string | undefined =>
  log === undefined ? undefined : `${asset} ${log.transaction}`

/**
 * Find the moves that only change the form of a stake: one token of a pool out and another in, in one transaction.
 * @returns a function that says of a move whether it is one
 */
export function wrapsAmong(held: readonly HeldAsset[]): (move: Move) => boolean {
  const directions = new Map<string, { readonly place: string; readonly isIn: boolean }[]>()
  for (const { asset, course } of held)
    for (const move of course.moves) {
      const place = placeOf(move)
      if (place === undefined || asset.pool === undefined) continue
      const key = `${asset.pool.id} ${move.log?.transaction}`
      directions.set(key, [...(directions.get(key) ?? []), { place, isIn: move.units > 0n }])
    }
  const wraps = new Set<string>()
  for (const moves of directions.values())
    for (const { place, isIn } of moves)
      if (moves.some(other => other.place !== place && other.isIn !== isIn)) wraps.add(place)
  return move => wraps.has(placeOf(move) ?? '')
}
