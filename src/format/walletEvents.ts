import { type Between, type Course, type Mark, type Move, worthOf } from '../math/course.ts'
import type { BlockNumber, Seconds, Wad, Wei } from '../math/fixedPoint.ts'
import { type Disposal, type Lot, type LotMethod, type Lots, lotsOf, type Worth } from '../math/lots.ts'
import type { WalletPast } from '../math/walletPast.ts'
import type { WalletAsset } from '../pools/walletAssets.ts'

/** What a file tells of an asset, and what it needs to say how to ask for it again. */
export type FileAsset = Pick<
  WalletAsset,
  'id' | 'symbol' | 'kind' | 'unit' | 'note' | 'token' | 'partOf' | 'units' | 'rate'
> & { readonly pool: { readonly id: string; readonly name: string } | undefined }

/** All that a file about a wallet is made of. */
export type WalletFileInput = {
  readonly past: WalletPast
  /** All that was asked for, as `walletAssets` lists it. */
  readonly assets: readonly FileAsset[]
  readonly accounts: readonly `0x${string}`[]
  readonly chainId: bigint
  readonly method: LotMethod
}

/** An asset with how its holding went. */
export type AssetPast = { readonly asset: FileAsset; readonly course: Course; readonly lots: Lots }

/** When and at what something came, went, or was there at first. */
type Occasion = {
  readonly after: BlockNumber
  readonly block: BlockNumber
  readonly since: Seconds
  readonly time: Seconds
  readonly units: Wei
  /** The rate that is counted with, and the two between which it lies. */
  readonly rate: Wad
  readonly between: Between
  readonly price: bigint | undefined
  readonly log: Move['log']
  /** Whether its own block and rate are known, and whether what it cost is. */
  readonly isExact: boolean
  readonly isCostExact: boolean
  readonly worth: Worth
}

/** One row of what came and went. */
export type WalletEvent = Occasion & { readonly asset: FileAsset } & (
    | { readonly kind: 'opening' | 'acquisition'; readonly lot: Lot }
    | { readonly kind: 'disposal'; readonly disposal: Disposal }
  )

/** Where the past tells of an asset that was not asked for, the file would tell half. */
export class UnknownAsset extends Error {
  override readonly name = 'UnknownAsset'
  constructor(id: string) {
    super(`The past tells of ${id}, which is not among the assets of the file.`)
  }
}

/** Whether anything was ever there: logs of a token may speak of another part of it. */
const wasHeld = ({ marks, moves }: Course): boolean =>
  moves.length > 0 || marks.some(({ units }) => units !== 0n)

/**
 * Pair what was ever held with how it went and what it cost, in the order of the past.
 * @throws UnknownAsset
 */
export function assetPasts({ past: { courses }, assets, method }: WalletFileInput): AssetPast[] {
  const byId = new Map(assets.map(asset => [asset.id, asset]))
  return courses.filter(wasHeld).map(course => {
    const asset = byId.get(course.asset)
    if (asset === undefined) throw new UnknownAsset(course.asset)
    return { asset, course, lots: lotsOf(course, method) }
  })
}

const worthAt = (units: Wei, rate: Wad, price: bigint | undefined): Worth => {
  const ether = worthOf({ units, rate })
  return { ether, dollars: price === undefined ? undefined : ether * price }
}

type Counted = Pick<Lot, 'units' | 'rate' | 'isExact' | 'isCostExact'>

function occasionOf(move: Move, { units, rate, isExact, isCostExact }: Counted): Occasion {
  const { after, block, since, time, price, log } = move
  const worth = worthAt(units, rate, price)
  const exactness = { isExact, isCostExact }
  return { after, block, since, time, units, rate, between: move.rate, price, log, ...exactness, worth }
}

function openingOf({ block, time, price }: Mark, { units, rate, isExact, isCostExact }: Lot): Occasion {
  return {
    ...{ after: block, block, since: time, time, units, rate, price, isExact, isCostExact },
    between: { low: rate, high: rate },
    log: undefined,
    worth: worthAt(units, rate, price),
  }
}

/** List what came and went of one asset: openings and acquisitions, then disposals, each in their order. */
export function eventsOf({ asset, course, lots }: AssetPast): WalletEvent[] {
  const came = lots.lots.flatMap((lot): WalletEvent[] => {
    const [first] = course.marks
    if (lot.move !== undefined) return [{ kind: 'acquisition', asset, lot, ...occasionOf(lot.move, lot) }]
    return first === undefined ? [] : [{ kind: 'opening', asset, lot, ...openingOf(first, lot) }]
  })
  const went = lots.disposals.map(
    (disposal): WalletEvent => ({
      kind: 'disposal',
      asset,
      disposal,
      ...occasionOf(disposal.move, disposal),
    }),
  )
  return [...came, ...went]
}

const order = (one: bigint, other: bigint): number => (one < other ? -1 : one > other ? 1 : 0)

/** Put events of several assets in the order of their blocks; within one, by place where logs tell it. */
export const inOrder = (events: readonly WalletEvent[]): WalletEvent[] =>
  [...events].sort(
    (one, other) => order(one.block, other.block) || order(one.log?.index ?? -1n, other.log?.index ?? -1n),
  )

/** What amounts of an asset count: its tokens, or the shares behind a balance that grows. */
export const countedIn = ({ kind, symbol }: FileAsset): string =>
  kind === 'rebasing' ? `shares of ${symbol}` : symbol

/** Name an asset; a part of another says which part it is. */
export const nameOf = ({ symbol, partOf }: FileAsset): string =>
  partOf === undefined ? symbol : `${symbol}, not rebasing`
