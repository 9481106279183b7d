import type { AssetReading, WalletReading } from '../../chain/readWallet.ts'
import { etherInDollars } from '../../math/holdings.ts'
import { remarkOnSum } from '../../queries/remarks.ts'
import { fixed, UNKNOWN } from './figures.ts'
import { type Origin, originLine, originOf, type PriceReport, priceLine, priceOf } from './origin.ts'
import { csvOf, textTable } from './table.ts'
import type { WhoReport } from './walletWho.ts'

/** One asset of a wallet. What is not known is null, and `why` says why. */
type AssetReport = Origin & {
  readonly symbol: string
  readonly pool: string | null
  readonly balanceWei: string | null
  /** ETH per token; where the rate counts something else, `note` says as what that is counted. */
  readonly rateWad: string | null
  readonly valueWei: string | null
  readonly valueUsdWad: string | null
  readonly contract: string
  readonly call: string
  readonly why: string | null
  readonly note: string | null
}

/** What one of several accounts holds of an asset. */
type PartReport = {
  readonly account: string
  readonly symbol: string
  readonly balanceWei: string | null
  readonly contract: string
  readonly call: string
  readonly why: string | null
}

export type WalletReport = Origin & {
  /** All accounts, separated by spaces. */
  readonly account: string
  readonly accounts: readonly WhoReport[]
  readonly chainId: string
  readonly etherPrice: PriceReport
  readonly assets: readonly AssetReport[]
  /** Of which account how much is; only what is not 0. */
  readonly balances: readonly PartReport[]
  /** Null where a part is not known; `knownWei` is the sum of the others. */
  readonly totalWei: string | null
  readonly totalUsdWad: string | null
  readonly knownWei: string
  readonly why: string | null
  readonly note: string | null
}

export const HOLDS_NONE = 'This wallet holds none of these tokens.'

function assetReport(asset: AssetReading, reading: WalletReading): AssetReport {
  const { price } = reading.price
  const value = reading.holdings.items.find(({ id }) => id === asset.id)?.value
  const whyNoDollars = price === undefined ? (reading.price.why ?? null) : null
  return {
    symbol: asset.symbol,
    pool: asset.poolId ?? null,
    balanceWei: asset.balance?.toString() ?? null,
    rateWad: asset.rate?.toString() ?? null,
    valueWei: value?.toString() ?? null,
    valueUsdWad:
      value === undefined || price === undefined ? null : etherInDollars(value, price.answer).toString(),
    ...originOf(reading),
    contract: asset.balances[0]?.outcome.read.address ?? '',
    call: asset.balances[0]?.outcome.read.signature ?? '',
    why: asset.why ?? whyNoDollars,
    note: asset.note ?? null,
  }
}

const partsOf = ({ assets }: WalletReading): PartReport[] =>
  assets.flatMap(({ symbol, balances }) =>
    balances
      .filter(({ balance }) => balance !== 0n)
      .map(({ account, balance, why, outcome: { read } }) => ({
        account,
        symbol,
        balanceWei: balance?.toString() ?? null,
        contract: read.address,
        call: read.signature,
        why: why ?? null,
      })),
  )

function noteOn({ assets, holdings }: WalletReading): string | null {
  const tokens = assets.filter(({ poolId }) => poolId !== undefined)
  if (tokens.every(({ balance }) => balance === 0n)) return HOLDS_NONE
  return remarkOnSum(holdings) ?? null
}

/** Report what a wallet holds. A total with an unknown part is unknown. */
export function walletReport(reading: WalletReading, who: readonly WhoReport[]): WalletReport {
  const { assets, holdings, price } = reading
  const { total, missing } = holdings
  const isWhole = missing.length === 0
  const names = assets.filter(({ id }) => missing.includes(id)).map(({ symbol }) => symbol)
  return {
    account: reading.accounts.join(' '),
    accounts: who,
    chainId: reading.chainId.toString(),
    ...originOf(reading),
    etherPrice: priceOf(price, reading.time),
    assets: assets.map(asset => assetReport(asset, reading)),
    balances: partsOf(reading),
    totalWei: isWhole ? total.toString() : null,
    totalUsdWad:
      isWhole && price.price !== undefined ? etherInDollars(total, price.price.answer).toString() : null,
    knownWei: total.toString(),
    why: isWhole
      ? price.price === undefined
        ? (price.why ?? null)
        : null
      : `Not known: ${names.join(', ')}.`,
    note: noteOn(reading),
  }
}

/** Write a wallet as one record for each asset. */
export const walletCsv = ({ account, assets }: WalletReport): string =>
  csvOf(
    [
      'account',
      'symbol',
      'pool',
      'balanceWei',
      'rateWad',
      'valueWei',
      'valueUsdWad',
      'block',
      'time',
      'timeSeconds',
      'operator',
      'contract',
      'call',
      'why',
      'note',
    ],
    assets.map(asset => ({ account, ...asset })),
  )

const shown = (wad: string | null, digits: number): string =>
  wad === null ? UNKNOWN : fixed(BigInt(wad), 18, digits)

function whoLines({ accounts }: WalletReport): string[] {
  return accounts.flatMap(({ address, name, nameBlock, nameHosts, note }) => [
    name === null ? address : `${address}, ${name} at block ${nameBlock}`,
    ...(nameHosts.length === 0 ? [] : [`  ${nameHosts.join(', ')} was told of the name.`]),
    ...(note === null ? [] : [`  ${note}`]),
  ])
}

/** Write what a wallet holds for a terminal. */
export function walletText(report: WalletReport, reading: WalletReading): string {
  const table = textTable(
    [
      { title: 'Token' },
      { title: 'Balance', align: 'right' },
      { title: 'ETH per token', align: 'right' },
      { title: 'ETH', align: 'right' },
      { title: 'USD', align: 'right' },
    ],
    [
      ...report.assets.map(({ symbol, balanceWei, rateWad, valueWei, valueUsdWad }) => [
        symbol,
        shown(balanceWei, 9),
        shown(rateWad, 12),
        shown(valueWei, 9),
        shown(valueUsdWad, 2),
      ]),
      ['Total', '', '', shown(report.totalWei, 9), shown(report.totalUsdWad, 2)],
    ],
  )
  // That there are no dollars is told once, beside the price.
  const unvalued = report.assets.filter(({ valueWei }) => valueWei === null)
  const reasons = unvalued.map(({ symbol, why }) => `${UNKNOWN} ${symbol}: ${why}`)
  const notes = report.assets.flatMap(({ symbol, note, balanceWei }) =>
    note === null || balanceWei === '0' ? [] : [`${symbol}: ${note}`],
  )
  const several = report.accounts.length > 1 ? report.balances : []
  return [
    ...whoLines(report),
    `${originLine(reading)}, chain ${report.chainId}`,
    priceLine(report.etherPrice),
    '',
    table,
    ...(several.length > 0
      ? [
          '',
          ...several.map(
            ({ account, symbol, balanceWei }) => `${account}: ${shown(balanceWei, 9)} ${symbol}`,
          ),
        ]
      : []),
    ...(notes.length > 0 ? ['', ...notes] : []),
    ...(report.note === null ? [] : ['', report.note]),
    ...(reasons.length > 0 ? ['', ...reasons] : []),
  ].join('\n')
}
