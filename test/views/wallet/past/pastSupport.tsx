import { vi } from 'vitest'
import { courseOf, type RateChange, type Transfer } from '../../../../src/math/course.ts'
import { periodsOf } from '../../../../src/math/earnings.ts'
import { DAY, WAD } from '../../../../src/math/fixedPoint.ts'
import type { Moment } from '../../../../src/math/moment.ts'
import type { WalletPast } from '../../../../src/math/walletPast.ts'
import { tokenPools } from '../../../../src/pools/index.ts'
import { lido } from '../../../../src/pools/lido.ts'
import { rocketPool } from '../../../../src/pools/rocketPool.ts'
import { walletAssets } from '../../../../src/pools/walletAssets.ts'
import type { WalletPastReading } from '../../../../src/queries/walletPast.ts'
import type { PastSource } from '../../../../src/views/receipt/pastReceipts.ts'
import { type HeldAsset, heldAssets } from '../../../../src/views/wallet/past/held.ts'
import { ACCOUNT, OPERATOR } from '../../support/world.ts'

/** 30 December 2025, 00:00 UTC: block 0. A block a day. */
export const START = 1_767_052_800n
export const RETH = rocketPool.token.address
export const WSTETH = lido.token.address
export const STETH = lido.siblings[0].address

export const milli = (thousandths: bigint): bigint => (thousandths * WAD) / 1_000n
export const timeOf = (block: bigint): bigint => START + block * DAY

/** What is held and at which rates at the end of a day, in thousandths. */
export type Day = {
  readonly block?: bigint
  readonly units: Readonly<Record<string, bigint>>
  readonly rates: Readonly<Record<string, bigint>>
  /** Dollars per ETH. */
  readonly price?: bigint
}

const inMilli = (values: Readonly<Record<string, bigint>>): Record<string, bigint> =>
  Object.fromEntries(Object.entries(values).map(([id, value]) => [id, milli(value)]))

const momentOf = ({ block, units, rates, price }: Day, place: number): Moment => ({
  block: block ?? BigInt(place),
  time: timeOf(block ?? BigInt(place)),
  price: price === undefined ? undefined : price * 10n ** 8n,
  units: inMilli(units),
  rates: inMilli(rates),
})

/** A transfer of thousandths. */
export const transferOf = (
  asset: string,
  block: bigint,
  units: bigint,
  transaction: `0x${string}` = `0x${block}`,
): Transfer => ({ asset, block, index: 0n, transaction, units: milli(units), counterpart: '0xother' })

type Options = Partial<WalletPast> & {
  readonly transfers?: readonly Transfer[]
  readonly changes?: readonly RateChange[]
}

/** A past as reading these days would give it. */
export function pastOf(
  days: readonly Day[],
  { transfers = [], changes = [], ...rest }: Options = {},
): WalletPast {
  const moments = days.map(momentOf)
  const held = walletAssets(tokenPools).filter(({ id }) =>
    moments.some(({ units }) => (units[id] ?? 0n) !== 0n),
  )
  const courses = held.map(asset => courseOf(asset, { moments, transfers, changes }))
  const [first, last] = [moments[0], moments.at(-1)]
  return {
    moments,
    courses,
    way: 'logs',
    periods:
      first === undefined || last === undefined || held.length === 0 ? [] : periodsOf(first.time, last.time),
    calls: 42n,
    unsure: 0,
    isOver: true,
    isPaused: false,
    noLogs: undefined,
    searchCost: undefined,
    searchedFrom: undefined,
    operator: OPERATOR,
    ...rest,
  }
}

const rates = (reth: bigint, wsteth: bigint): Day['rates'] => ({ [RETH]: reth, [WSTETH]: wsteth })

/** Ten rETH come at 1.1, a report, four go at 1.11, and another to 1.13: 0.22 ETH. */
export const DAYS: readonly Day[] = [
  { units: { [RETH]: 0n }, rates: rates(1_100n, 1_200n), price: 1_900n },
  { units: { [RETH]: 10_000n }, rates: rates(1_100n, 1_200n), price: 2_000n },
  { units: { [RETH]: 10_000n }, rates: rates(1_110n, 1_200n), price: 2_050n },
  { units: { [RETH]: 6_000n }, rates: rates(1_110n, 1_200n), price: 2_100n },
  { units: { [RETH]: 6_000n }, rates: rates(1_130n, 1_260n), price: 2_200n },
]
export const TRANSFERS = [transferOf(RETH, 1n, 10_000n), transferOf(RETH, 3n, -4_000n)]

export const holder = (over: Options = {}): WalletPast => pastOf(DAYS, { transfers: TRANSFERS, ...over })

/** What was held between the days that were read is known from balances alone. */
export const unsureHolder = (over: Options = {}): WalletPast =>
  pastOf(
    [0n, 2n, 4n].map(block => ({ ...(DAYS[Number(block)] as Day), block })),
    { way: 'grid', unsure: 2, ...over },
  )

/** A thousandth of so many assets, of what is worth the most first: more than are shown at once. */
export const manyHeld = (count: number): WalletPast => {
  const ids = walletAssets(tokenPools)
    .slice(0, count)
    .map(({ id }) => id)
  const all = (value: (place: number) => bigint) =>
    Object.fromEntries(ids.map((id, place) => [id, value(place)]))
  return pastOf(
    [1_000n, 1_100n].map(rate => ({ units: all(place => BigInt(count - place)), rates: all(() => rate) })),
  )
}

export const sourceOf = (past: WalletPast): PastSource => ({ past, accounts: [ACCOUNT] })
export const heldOf = (past: WalletPast): HeldAsset[] => heldAssets(past, tokenPools)

/** A reading whose buttons are watched. */
export function readingOf(past: WalletPast | undefined, over: Partial<WalletPastReading> = {}) {
  const buttons = { start: vi.fn(), stop: vi.fn(), goOn: vi.fn(), renew: vi.fn() }
  const reading: WalletPastReading = {
    state: 'over',
    past,
    error: undefined,
    isOffered: true,
    others: [],
    now: past?.moments.at(-1)?.time,
    chainId: 31_337n,
    ...buttons,
    ...over,
  }
  return { reading, ...buttons }
}
