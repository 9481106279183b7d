import type { Live, LivePool } from '../../chain/readLive.ts'
import type { AssetReading, WalletReading } from '../../chain/readWallet.ts'
import { mulDivDown, WAD, type Wei } from '../../math/fixedPoint.ts'
import { factsOf, NOT_READ, type PoolFactsReport } from './facts.ts'
import { fixed, percent, UNKNOWN } from './figures.ts'
import { textTable } from './table.ts'

/** The ways out of one holding today. What is not known is null beside why. */
export type ExitReport = {
  readonly symbol: string
  readonly pool: string
  readonly valueWei: string | null
  /** What burning it would give at once; null where the protocol pays nothing at once. */
  readonly paidNowWei: string | null
  readonly paidNowWhy: string | null
  readonly marketWei: string | null
  readonly premiumWad: string | null
  readonly marketFeed: string | null
  readonly marketWhy: string | null
  /** How a holder leaves by the protocol itself, and what its contracts tell of it. */
  readonly how: string
  readonly figures: PoolFactsReport['exit']
}

type Told = { readonly value: Wei } | { readonly why: string }

const later = 'Nothing is paid at once, or it is not read how much.'

function paidNow({ symbol, kind }: AssetReading, value: Wei | undefined, { pool, facts }: LivePool): Told {
  if (pool.exit.isClosed === true) return { why: 'No redemption is open to holders.' }
  const place = pool.exit.figures.findIndex(figure => figure.kind === 'amount' && figure.isPaidNow === true)
  if (place < 0 || kind !== 'token') return { why: later }
  const fact = facts.exit[place]
  if (fact === undefined || 'why' in fact) return { why: fact?.why ?? NOT_READ }
  if (value === undefined) return { why: `The value of the ${symbol} is not known.` }
  return { value: fact.value < value ? fact.value : value }
}

function atMarket({ symbol, kind }: AssetReading, value: Wei | undefined, { pool, facts }: LivePool): Told {
  const { market, token } = pool
  if (market.kind === 'none') return { why: market.why }
  // What a token's rate counts is another token than the one that the feed prices.
  if (market.prices === 'token' && kind === 'plain')
    return { why: `The feed prices ${token.symbol}, not ${symbol}.` }
  if ('why' in facts.premium) return { why: facts.premium.why }
  if (value === undefined) return { why: `The value of the ${symbol} is not known.` }
  return { value: mulDivDown(value, WAD + facts.premium.value.fraction, WAD) }
}

const text = (told: Told): string | null => ('value' in told ? told.value.toString() : null)

const whyOf = (told: Told): string | null => ('why' in told ? told.why : null)

/** Report what the holdings of pools would give today. */
export const exitReports = ({ assets, holdings }: WalletReading, live: Live): ExitReport[] =>
  assets.flatMap((asset): ExitReport[] => {
    const own = live.pools.find(({ pool }) => pool.id === asset.poolId)
    if (own === undefined || asset.balance === 0n) return []
    const value = holdings.items.find(({ id }) => id === asset.id)?.value
    const [paid, market] = [paidNow(asset, value, own), atMarket(asset, value, own)]
    const { premiumWad, marketFeed, exit } = factsOf(own)
    return [
      {
        symbol: asset.symbol,
        pool: own.pool.id,
        valueWei: value?.toString() ?? null,
        paidNowWei: text(paid),
        paidNowWhy: whyOf(paid),
        marketWei: text(market),
        premiumWad: 'value' in market ? premiumWad : null,
        marketFeed,
        marketWhy: whyOf(market),
        how: own.pool.exit.note,
        figures: exit,
      },
    ]
  })

const ether = (wei: string | null): string => (wei === null ? UNKNOWN : fixed(BigInt(wei), 18, 9))

/** Write what the contracts tell of a way out. */
function figureText({ label, value, unit, why }: ExitReport['figures'][number]): string {
  if (value === null) return `${label}: ${UNKNOWN} (${why})`
  const [, token] = /^wei of (.+)$/.exec(unit) ?? []
  return `${label}: ${token === undefined ? `${fixed(BigInt(value), 0, 0)} ${unit}` : `${fixed(BigInt(value), 18, 4)} ${token}`}`
}

/** Write the ways out for a terminal. */
export function exitText(reports: readonly ExitReport[]): string {
  const rows = reports.map(({ symbol, valueWei, paidNowWei, marketWei, premiumWad }) => [
    symbol,
    ether(valueWei),
    paidNowWei === null ? '–' : ether(paidNowWei),
    marketWei === null ? '–' : ether(marketWei),
    premiumWad === null ? '–' : percent(BigInt(premiumWad)),
  ])
  const columns = ['Token', 'ETH', 'Paid at once', 'At the market', 'Premium']
  const ways = new Map(reports.map(({ pool, how, figures }) => [pool, { how, figures }]))
  return [
    'Exit today, by the protocol itself and at the market',
    textTable(
      columns.map((title, place) => (place === 0 ? { title } : { title, align: 'right' })),
      rows,
    ),
    ...(rows.some(row => row.includes('–')) ? ['– not offered, or not read: --json says why.'] : []),
    ...[...ways].flatMap(([pool, { how, figures }]) => [
      `${pool}: ${how}`,
      ...figures.map(figure => `  ${figureText(figure)}`),
    ]),
  ].join('\n')
}
