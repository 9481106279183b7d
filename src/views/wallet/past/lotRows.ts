import type { Mark } from '../../../math/course.ts'
import {
  type Disposal,
  isAllExact,
  type Lot,
  type LotMethod,
  type Lots,
  lotsOf,
  type Worth,
} from '../../../math/lots.ts'
import type { HeldAsset } from './held.ts'

/** What came of one token and is still held, and what went, by one method. Newest first. */
export type TokenLots = {
  readonly held: HeldAsset
  readonly lots: Lots
  /** Those of which something is left. */
  readonly open: readonly Lot[]
  readonly disposals: readonly Disposal[]
  /** The newest block that was read. */
  readonly last: Mark | undefined
}

const NOTHING: Worth = { ether: 0n, dollars: 0n }

/** Add up; dollars are not known where they are not of one part. */
const sumOf = (parts: readonly Worth[]): Worth =>
  parts.reduce(
    (sum, { ether, dollars }) => ({
      ether: sum.ether + ether,
      dollars: sum.dollars === undefined || dollars === undefined ? undefined : sum.dollars + dollars,
    }),
    NOTHING,
  )

const less = (one: Worth, other: Worth): Worth => ({
  ether: one.ether - other.ether,
  dollars: one.dollars === undefined || other.dollars === undefined ? undefined : one.dollars - other.dollars,
})

/** Follow what each token cost. */
export const tokenLots = (held: readonly HeldAsset[], method: LotMethod): TokenLots[] =>
  held.map(one => {
    const lots = lotsOf(one.course, method)
    return {
      held: one,
      lots,
      open: lots.lots.filter(({ left }) => left > 0n).reverse(),
      disposals: [...lots.disposals].reverse(),
      last: one.course.marks.at(-1),
    }
  })

/** What units were worth when they came: all of a lot, whatever is left of it. */
export const worthThen = ({ units, rate, price }: Lot): Worth => ({
  ether: units * rate,
  dollars: price === undefined ? undefined : units * rate * price,
})

/** What is left of a lot is worth at the newest block, and what that is more than it cost. */
export function worthNow(
  { left, cost }: Lot,
  { rate, price }: Mark,
): { readonly worth: Worth; readonly unrealised: Worth } {
  const worth = { ether: left * rate, dollars: price === undefined ? undefined : left * rate * price }
  return { worth, unrealised: less(worth, cost) }
}

/** The sums of several tokens, by name. */
export type LotSums = Pick<Lots, 'cost' | 'worth' | 'unrealised' | 'realised'>

export const lotSums = (tokens: readonly TokenLots[]): LotSums => ({
  cost: sumOf(tokens.map(({ lots }) => lots.cost)),
  worth: sumOf(tokens.map(({ lots }) => lots.worth)),
  unrealised: sumOf(tokens.map(({ lots }) => lots.unrealised)),
  realised: sumOf(tokens.map(({ lots }) => lots.realised)),
})

/** Which of a token's sums are exact: those of which every part is. */
export function exactSums({ open, disposals }: TokenLots): Readonly<Record<keyof LotSums, boolean>> {
  const isCost = open.every(({ isCostExact }) => isCostExact)
  return { cost: isCost, worth: true, unrealised: isCost, realised: disposals.every(isAllExact) }
}
