import {
  formatAmount,
  formatDollars,
  formatDoubt,
  formatExact,
  formatPercent,
  formatRate,
} from '../../format/number.ts'
import { mulDivDown, WAD, type Wei } from '../../math/fixedPoint.ts'
import { etherInDollars } from '../../math/holdings.ts'
import { earned } from '../../queries/outlook.ts'
import type { Asset, Wallet } from '../../queries/wallet.ts'
import { Figure, UnknownFigure } from '../ui/Figure.tsx'
import type { Span, WindowOutlook } from './outlook.ts'

type CellProps = { readonly wallet: Wallet; readonly asset: Asset }
type ValueProps = CellProps & { readonly value: Wei | undefined }
type OutlookProps = ValueProps & { readonly outlook: WindowOutlook }

const whyUnknown = ({ why = 'The endpoint gave no answer for it.' }: Asset): string => why

/** How much of it the accounts hold together. */
export function BalanceCell({ wallet, asset }: CellProps) {
  const { balance, symbol } = asset
  if (balance === undefined) return <UnknownFigure why={whyUnknown(asset)} />
  return (
    <Figure exact={formatExact(balance)} receipt={book => book.balanceReceipt(wallet, asset)} unit={symbol}>
      {formatAmount(balance)}
    </Figure>
  )
}

/** What one of it counts in ether. */
export function RateCell({ wallet, asset }: CellProps) {
  const { rate, rateOutcome } = asset
  if (rate === undefined) return <UnknownFigure why={whyUnknown(asset)} />
  return (
    <Figure exact={formatExact(rate)} receipt={book => book.tokenRateReceipt(wallet, asset)}>
      {rateOutcome === undefined ? '1' : formatRate(rate)}
    </Figure>
  )
}

/** What it is worth in ether. */
export function ValueCell({ wallet, asset, value }: ValueProps) {
  if (value === undefined) return <UnknownFigure why={whyUnknown(asset)} />
  return (
    <Figure exact={`${formatExact(value)} ETH`} receipt={book => book.assetReceipt(wallet, asset)} unit="ETH">
      {formatAmount(value)}
    </Figure>
  )
}

/** What it is worth in US dollars. */
export function DollarsCell({ wallet, asset, value }: ValueProps) {
  const { price, why = 'The price of ether is not known.' } = wallet.price
  if (value === undefined) return <UnknownFigure why={whyUnknown(asset)} />
  if (price === undefined) return <UnknownFigure why={why} />
  const dollars = etherInDollars(value, price.answer)
  return (
    <Figure
      exact={`${formatExact(dollars)} USD`}
      receipt={book => book.assetInDollarsReceipt(wallet, asset, value)}
    >
      {formatDollars(dollars)}
    </Figure>
  )
}

/** Its part of the wallet. */
export function ShareCell({ wallet, asset, value }: ValueProps) {
  const { total } = wallet.holdings
  if (value === undefined || total === 0n) return <UnknownFigure why={whyUnknown(asset)} />
  const share = mulDivDown(value, WAD, total)
  return (
    <Figure
      exact={`${formatPercent(share, 6)} %`}
      receipt={book => book.assetShareReceipt(wallet, asset, value)}
    >
      {formatPercent(share, 1)} %
    </Figure>
  )
}

/** Its part of what stands behind its pool. Nothing for ether, which is of none. */
export function PoolShareCell({ wallet, asset, value, outlook }: OutlookProps) {
  const share = outlook.shares.get(asset.id)
  if (asset.poolId === undefined) return null
  if (share === undefined || 'why' in share || value === undefined || outlook.live === undefined)
    return <UnknownFigure why={share !== undefined && 'why' in share ? share.why : 'It has not been read.'} />
  const { live } = outlook
  return (
    <Figure
      exact={`${formatPercent(share.value, 12)} %`}
      receipt={book => book.poolShareReceipt({ wallet, asset, value, live, own: share.own })}
    >
      {formatDoubt(share.value)} %
    </Figure>
  )
}

/** What it earns over a time at its pool's present yield. */
export function EarnsCell({ wallet, asset, outlook, time }: Omit<OutlookProps, 'value'> & { time: Span }) {
  const prospect = outlook.prospects.get(asset.id)
  if (prospect === undefined) return null
  if (prospect.kind === 'unknown') return <UnknownFigure why={prospect.why} />
  const amount = earned(prospect, time.span) ?? 0n
  const isLast = time.id === 'year' && prospect.kind === 'earns'
  return (
    <>
      <Figure
        exact={`${formatExact(amount)} ETH`}
        receipt={book => book.earnsReceipt({ wallet, asset, prospect, time })}
        unit="ETH"
      >
        <span data-falls={amount < 0n}>{amount === 0n ? '0' : formatAmount(amount)}</span>
      </Figure>
      {isLast ? <small>at {formatPercent(prospect.own.result.apy)} %</small> : null}
    </>
  )
}
