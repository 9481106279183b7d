import type { Live } from '../../chain/readLive.ts'
import type { WalletReading } from '../../chain/readWallet.ts'
import { aboutToken } from '../../pools/about.ts'
import { type Exit, exitsOf } from '../../queries/exits.ts'
import { factsOf, type PoolFactsReport } from './facts.ts'
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

type Paid = Pick<ExitReport, 'paidNowWei' | 'paidNowWhy'>

function paidOf({ paid }: Exit): Paid {
  if (paid.kind === 'paid') return { paidNowWei: paid.now.toString(), paidNowWhy: null }
  const paidNowWhy = paid.kind === 'later' ? 'Nothing is paid at once, or it is not read how much.' : paid.why
  return { paidNowWei: null, paidNowWhy }
}

type Market = Pick<ExitReport, 'marketWei' | 'premiumWad' | 'marketWhy'>

const marketOf = ({ market }: Exit): Market =>
  'why' in market
    ? { marketWei: null, premiumWad: null, marketWhy: market.why }
    : { marketWei: market.ether.toString(), premiumWad: market.premium.toString(), marketWhy: null }

function exitReport(exit: Exit): ExitReport {
  const { asset, value, own } = exit
  const { marketFeed, exit: figures } = factsOf(own)
  return {
    symbol: asset.symbol,
    pool: own.pool.id,
    valueWei: value?.toString() ?? null,
    ...paidOf(exit),
    ...marketOf(exit),
    marketFeed,
    how: aboutToken(own.pool).exit,
    figures,
  }
}

/** Report what the holdings of pools would give today, the largest first. */
export const exitReports = (reading: WalletReading, live: Live): ExitReport[] =>
  exitsOf(reading, live).map(exitReport)

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
