import type { Live } from '../../chain/readLive.ts'
import type { AssetReading, WalletReading } from '../../chain/readWallet.ts'
import { DAY, mulDivDown, type Seconds, WAD, type Wad, YEAR } from '../../math/fixedPoint.ts'
import type { Holdings } from '../../math/holdings.ts'
import { earned, type Outlook, outlookOf, type Prospect } from '../../queries/outlook.ts'
import { NOT_READ } from './facts.ts'
import { fixed, percent, UNKNOWN } from './figures.ts'
import type { PoolHistory } from './history.ts'
import { textTable } from './table.ts'
import type { LatestYield } from './yields.ts'

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

type OwnYield = { readonly result: { readonly apy: Wad }; readonly latest: LatestYield }

/** Find the newest yield of a pool. */
function yieldIn(yields: Yields, poolId: string | undefined): OwnYield | { readonly why: string } {
  if ('why' in yields) return yields
  const latest = yields.find(({ pool }) => pool === poolId)?.latest
  if (latest === undefined || latest.apyWad === null) return { why: latest?.yieldWhy ?? NOT_READ }
  return { result: { apy: BigInt(latest.apyWad) }, latest }
}

const text = (value: bigint | undefined): string | null => value?.toString() ?? null

type Yielding = Pick<OutlookRow, 'apyWad' | 'apyLowWad' | 'apyHighWad' | 'why'>

function yieldingOf(prospect: Prospect<OwnYield>): Yielding {
  if (prospect.kind === 'unknown')
    return { apyWad: null, apyLowWad: null, apyHighWad: null, why: prospect.why }
  if (prospect.kind === 'still') return { apyWad: '0', apyLowWad: '0', apyHighWad: '0', why: null }
  const { apyWad, apyLowWad, apyHighWad } = prospect.own.latest
  return { apyWad, apyLowWad, apyHighWad, why: null }
}

function rowOf(
  { id, symbol, poolId }: AssetReading,
  { total, missing, items }: Holdings,
  { prospects, shares }: Outlook<OwnYield>,
): OutlookRow[] {
  const [prospect, share] = [prospects.get(id), shares.get(id)]
  if (prospect === undefined) return []
  const value = items.find(item => item.id === id)?.value
  const isShared = value !== undefined && missing.length === 0 && total > 0n
  const earns = (span: Seconds): string | null => text(earned(prospect, span))
  return [
    {
      ...{ symbol, pool: poolId ?? null },
      shareOfWalletWad: isShared ? text(mulDivDown(value, WAD, total)) : null,
      shareOfPoolWad: share !== undefined && 'value' in share ? text(share.value) : null,
      ...yieldingOf(prospect),
      ...{ earnsPerDayWei: earns(DAY), earnsPer30DaysWei: earns(30n * DAY), earnsPerYearWei: earns(YEAR) },
    },
  ]
}

/** Report how large holdings are and what they earn at the present yields. */
export function outlookReport(reading: WalletReading, { live, yields, window }: Inputs): OutlookReport {
  const { assets, holdings } = reading
  const outlook = outlookOf(reading, { yieldOf: poolId => yieldIn(yields, poolId), live })
  const { ofStaked, ofWhole, missing } = outlook.weighted
  const unknown = assets.filter(({ id }) => missing.includes(id) || holdings.missing.includes(id))
  const isWhole = unknown.length === 0
  return {
    windowSeconds: window.toString(),
    holdings: assets.flatMap(asset => rowOf(asset, holdings, outlook)),
    apyOfStakedWad: isWhole ? text(ofStaked) : null,
    apyOfWholeWad: isWhole ? text(ofWhole) : null,
    why: isWhole
      ? ofStaked === undefined
        ? 'Nothing of it earns.'
        : null
      : `Not known: ${unknown.map(({ symbol }) => symbol).join(', ')}.`,
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
