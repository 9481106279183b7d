import { formatAmount, formatDollars, formatExact, formatPercent, formatRate } from '../../format/number.ts'
import { mulDivDown, WAD } from '../../math/fixedPoint.ts'
import { etherInDollars, type ValuedHolding } from '../../math/holdings.ts'
import type { Asset, Wallet } from '../../queries/wallet.ts'
import { Figure, UnknownFigure } from '../ui/Figure.tsx'
import { ViewLink } from '../ui/ViewLink.tsx'
import styles from './HoldingsTable.module.css'

type CellProps = { readonly wallet: Wallet; readonly asset: Asset }
type RowProps = CellProps & { readonly holding: ValuedHolding }

const whyUnknown = ({ why = 'The endpoint gave no answer for it.' }: Asset): string => why

function Name({ asset }: { readonly asset: Asset }) {
  return (
    <>
      {asset.poolId === undefined ? (
        <b>{asset.symbol}</b>
      ) : (
        <ViewLink to={`/pool/${asset.poolId}`}>{asset.symbol}</ViewLink>
      )}
      {asset.note === undefined ? null : <small>{asset.note}</small>}
    </>
  )
}

function BalanceCell({ wallet, asset }: CellProps) {
  const { balance, symbol } = asset
  if (balance === undefined) return <UnknownFigure why={whyUnknown(asset)} />
  return (
    <Figure exact={formatExact(balance)} receipt={book => book.balanceReceipt(wallet, asset)} unit={symbol}>
      {formatAmount(balance)}
    </Figure>
  )
}

function RateCell({ wallet, asset }: CellProps) {
  const { rate, rateOutcome } = asset
  if (rate === undefined) return <UnknownFigure why={whyUnknown(asset)} />
  return (
    <Figure exact={formatExact(rate)} receipt={book => book.tokenRateReceipt(wallet, asset)}>
      {rateOutcome === undefined ? '1' : formatRate(rate)}
    </Figure>
  )
}

type ValueProps = CellProps & { readonly value: bigint | undefined }

function ValueCell({ wallet, asset, value }: ValueProps) {
  if (value === undefined) return <UnknownFigure why={whyUnknown(asset)} />
  return (
    <Figure exact={`${formatExact(value)} ETH`} receipt={book => book.assetReceipt(wallet, asset)} unit="ETH">
      {formatAmount(value)}
    </Figure>
  )
}

function DollarsCell({ wallet, asset, value }: ValueProps) {
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

function ShareCell({ wallet, asset, value }: ValueProps) {
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

function Row({ holding: { value }, ...cell }: RowProps) {
  return (
    <tr>
      <th scope="row">
        <Name asset={cell.asset} />
      </th>
      <td className={styles['balance']}>
        <BalanceCell {...cell} />
      </td>
      <td className={styles['rate']}>
        <RateCell {...cell} />
      </td>
      <td className={styles['value']}>
        <ValueCell {...cell} value={value} />
      </td>
      <td className={styles['dollars']}>
        <DollarsCell {...cell} value={value} />
      </td>
      <td className={styles['share']}>
        <ShareCell {...cell} value={value} />
      </td>
    </tr>
  )
}

/** Each asset with its balance, rate and value. Rebasing forms stand in rows of their own and are counted once. */
export function HoldingsTable({ wallet }: { readonly wallet: Wallet }) {
  const held = wallet.assets.filter(({ balance }) => balance !== 0n)
  const others = wallet.assets.filter(({ balance }) => balance === 0n).map(({ symbol }) => symbol)
  return (
    <>
      <table className={styles['table']}>
        <caption className="visually-hidden">Holdings with their value in ETH and US dollars</caption>
        <thead>
          <tr>
            <th scope="col">Asset</th>
            <th scope="col">Balance</th>
            <th scope="col">ETH per token</th>
            <th scope="col">Value</th>
            <th scope="col">USD</th>
            <th scope="col">Share</th>
          </tr>
        </thead>
        <tbody>
          {held.map(asset => {
            const holding = wallet.holdings.items.find(({ id }) => id === asset.id)
            return holding === undefined ? null : (
              <Row key={asset.id} wallet={wallet} asset={asset} holding={holding} />
            )
          })}
        </tbody>
      </table>
      {others.length === 0 ? null : <p className={styles['none']}>None of {others.join(', ')}.</p>}
    </>
  )
}
