import { formatAmount, formatDollars, formatExact, formatPercent, formatRate } from '../../format/number.ts'
import { mulDivDown, WAD } from '../../math/fixedPoint.ts'
import { etherInDollars, type ValuedHolding } from '../../math/holdings.ts'
import type { Asset, Wallet } from '../../queries/wallet.ts'
import { Figure, UnknownFigure } from '../ui/Figure.tsx'
import { ViewLink } from '../ui/ViewLink.tsx'
import styles from './HoldingsTable.module.css'

type RowProps = { readonly wallet: Wallet; readonly asset: Asset; readonly holding: ValuedHolding }

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

function Row({ wallet, asset, holding: { value } }: RowProps) {
  const { balance, rate, rateOutcome } = asset
  const why = asset.why ?? 'The endpoint gave no answer for it.'
  const unknown = <UnknownFigure why={why} />
  const price = wallet.price.price?.answer
  const { total } = wallet.holdings
  return (
    <tr>
      <th scope="row">
        <Name asset={asset} />
      </th>
      <td className={styles['balance']}>
        {balance === undefined ? (
          unknown
        ) : (
          <span title={formatExact(balance)}>
            {formatAmount(balance)}
            <i>{asset.symbol}</i>
          </span>
        )}
      </td>
      <td className={styles['rate']}>
        {rate === undefined ? (
          unknown
        ) : (
          <span title={formatExact(rate)}>{rateOutcome === undefined ? '1' : formatRate(rate)}</span>
        )}
      </td>
      <td className={styles['value']}>
        {value === undefined ? (
          unknown
        ) : (
          <Figure
            exact={`${formatExact(value)} ETH`}
            receipt={book => book.assetReceipt(wallet, asset)}
            unit="ETH"
          >
            {formatAmount(value)}
          </Figure>
        )}
      </td>
      <td className={styles['dollars']}>
        {value === undefined || price === undefined ? (
          <UnknownFigure
            why={value === undefined ? why : (wallet.price.why ?? 'The price of ether is not known.')}
          />
        ) : (
          formatDollars(etherInDollars(value, price))
        )}
      </td>
      <td className={styles['share']}>
        {value === undefined || total === 0n
          ? unknown
          : `${formatPercent(mulDivDown(value, WAD, total), 1)} %`}
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
