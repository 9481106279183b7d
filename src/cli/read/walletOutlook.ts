import type { Live, LivePool } from '../../chain/readLive.ts'
import type { AssetReading, WalletReading } from '../../chain/readWallet.ts'
import { type Earner, earningOver, weightedYield } from '../../math/expectedEarnings.ts'
import { DAY, mulDivDown, type Seconds, WAD, type Wad, type Wei, YEAR } from '../../math/fixedPoint.ts'
import { valueInEther } from '../../math/holdings.ts'
import { fixed, percent, UNKNOWN } from './figures.ts'
import type { PoolHistory } from './history.ts'
import { textTable } from './table.ts'

/** How large a holding is, and what it earns at the present yield of its pool: a projection. Null beside why. */
type OutlookRow = {
  readonly symbol: string
  readonly pool: string | null
  readonly shareOfWalletWad: string | null
  readonly shareOfPoolWad: string | null
  readonly apyWad: string | null
  readonly apyLowWad: string | null
  readonly apyHighWad: string | null
  readonly earnsPerDayWei: string | null
  readonly earnsPer30DaysWei: string | null
  readonly earnsPerYearWei: string | null
  readonly why: string | null
}

export type OutlookReport = {
  readonly windowSeconds: string
  readonly holdings: readonly OutlookRow[]
  /** Weighted by value: over what earns, and over everything. */
  readonly apyOfStakedWad: string | null
  readonly apyOfWholeWad: string | null
  /** Why there is no weighted yield. */
  readonly why: string | null
}

/** The newest yields of pools, or why none could be read. */
export type Yields = readonly Pick<PoolHistory, 'pool' | 'latest'>[] | { readonly why: string }

type Inputs = { readonly live: Live; readonly yields: Yields; readonly window: Seconds }

type Prospect = {
  readonly row: OutlookRow
  /** Undefined where it has no value. */
  readonly earner: Earner | undefined
}

const text = (value: bigint | undefined): string | null => value?.toString() ?? null

/** The part of a holding's value that earns; undefined where that is not known. */
function baseOf({ balance, idle, rate, kind }: AssetReading): Wei | undefined {
  if (kind === 'ether' || kind === 'plain') return 0n
  return balance === undefined || idle === undefined || rate === undefined
    ? undefined
    : valueInEther(balance - idle, rate)
}

/** A holding's part of what stands behind its pool; undefined where it is not in it, or that is not known. */
function shareOfPool({ id, kind }: AssetReading, value: Wei, own: LivePool | undefined): Wad | undefined {
  if (own?.reading.state !== 'known' || own.reading.pooled === 0n) return undefined
  const isIn =
    kind === 'token' ||
    own.pool.siblings.some(sibling => sibling.address === id && sibling.kind === 'rebasing')
  return isIn ? mulDivDown(value, WAD, own.reading.pooled) : undefined
}

type Yielding = Pick<OutlookRow, 'apyWad' | 'apyLowWad' | 'apyHighWad' | 'why'>

const noYield = (why: string): Yielding => ({ apyWad: null, apyLowWad: null, apyHighWad: null, why })

function yieldOf({ poolId, why }: AssetReading, base: Wei | undefined, yields: Yields): Yielding {
  if (base === undefined) return noYield(why ?? 'How much of it earns is not known.')
  if (base === 0n) return { apyWad: '0', apyLowWad: '0', apyHighWad: '0', why: null }
  if ('why' in yields) return noYield(yields.why)
  const latest = yields.find(({ pool }) => pool === poolId)?.latest
  if (latest === undefined || latest.apyWad === null) return noYield(latest?.yieldWhy ?? 'It was not read.')
  const { apyWad, apyLowWad, apyHighWad } = latest
  return { apyWad, apyLowWad, apyHighWad, why: null }
}

function prospectOf(asset: AssetReading, { holdings }: WalletReading, { live, yields }: Inputs): Prospect {
  const { total, missing } = holdings
  const value = holdings.items.find(({ id }) => id === asset.id)?.value
  const own = live.pools.find(({ pool }) => pool.id === asset.poolId)
  const base = baseOf(asset)
  const yielding = yieldOf(asset, base, yields)
  const apy = yielding.apyWad === null ? undefined : BigInt(yielding.apyWad)
  const earns = (span: Seconds): string | null =>
    base === undefined || apy === undefined ? null : earningOver(base, apy, span).toString()
  const isShared = value !== undefined && missing.length === 0 && total > 0n
  return {
    row: {
      ...{ symbol: asset.symbol, pool: asset.poolId ?? null },
      shareOfWalletWad: isShared ? text(mulDivDown(value, WAD, total)) : null,
      shareOfPoolWad: value === undefined ? null : text(shareOfPool(asset, value, own)),
      ...yielding,
      ...{ earnsPerDayWei: earns(DAY), earnsPer30DaysWei: earns(30n * DAY), earnsPerYearWei: earns(YEAR) },
    },
    earner:
      value === undefined || base === undefined
        ? undefined
        : { id: asset.symbol, base, rest: value - base, apy },
  }
}

/** Report how large holdings are and what they earn at the present yields. */
export function outlookReport(reading: WalletReading, inputs: Inputs): OutlookReport {
  const held = reading.assets.filter(({ balance }) => balance !== 0n)
  const prospects = held.map(asset => prospectOf(asset, reading, inputs))
  const earners = prospects.flatMap(({ earner }) => earner ?? [])
  const { ofStaked, ofWhole, missing } = weightedYield(earners)
  const unknown = [
    ...missing,
    ...prospects.filter(({ earner }) => earner === undefined).map(({ row }) => row.symbol),
  ]
  const isWhole = unknown.length === 0
  return {
    windowSeconds: inputs.window.toString(),
    holdings: prospects.map(({ row }) => row),
    apyOfStakedWad: isWhole ? text(ofStaked) : null,
    apyOfWholeWad: isWhole ? text(ofWhole) : null,
    why: isWhole
      ? ofStaked === undefined
        ? 'Nothing of it earns.'
        : null
      : `Not known: ${unknown.join(', ')}.`,
  }
}

const share = (wad: string | null): string => (wad === null ? UNKNOWN : percent(BigInt(wad)))

const ether = (wei: string | null): string => (wei === null ? UNKNOWN : fixed(BigInt(wei), 18, 9))

/** Write an outlook for a terminal. */
export function outlookText({
  windowSeconds,
  holdings,
  apyOfStakedWad,
  apyOfWholeWad,
  why,
}: OutlookReport): string {
  const titles = ['Of the wallet', 'Of the pool', 'APY', 'ETH a day', '30 days', 'A year']
  const reasons = holdings.flatMap(row => (row.why === null ? [] : [`${UNKNOWN} ${row.symbol}: ${row.why}`]))
  return [
    `At the yields of the last ${BigInt(windowSeconds) / DAY} days, a projection`,
    textTable(
      [{ title: 'Token' }, ...titles.map(title => ({ title, align: 'right' as const }))],
      holdings.map(row => [
        row.symbol,
        share(row.shareOfWalletWad),
        row.shareOfPoolWad === null ? '–' : share(row.shareOfPoolWad),
        share(row.apyWad),
        ether(row.earnsPerDayWei),
        ether(row.earnsPer30DaysWei),
        ether(row.earnsPerYearWei),
      ]),
    ),
    why === null
      ? `Together ${share(apyOfStakedWad)} over what earns, ${share(apyOfWholeWad)} over everything.`
      : `No yield of all together: ${why}`,
    ...reasons,
  ].join('\n')
}
