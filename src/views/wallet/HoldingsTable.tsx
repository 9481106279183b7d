import { formatAmount, formatExact } from '../../format/number.ts'
import { byWorth } from '../../math/byWorth.ts'
import type { ValuedHolding } from '../../math/holdings.ts'
import type { Asset, Wallet } from '../../queries/wallet.ts'
import page from '../ui/Page.module.css'
import tables from '../ui/Table.module.css'
import { ViewLink } from '../ui/ViewLink.tsx'
import { shortAddress } from './accountWords.ts'
import {
  BalanceCell,
  DollarsCell,
  EarnsCell,
  PoolShareCell,
  RateCell,
  ShareCell,
  ValueCell,
} from './HoldingCells.tsx'
import styles from './HoldingsTable.module.css'
import { SPANS, type WindowOutlook } from './outlook.ts'

type Props = { readonly wallet: Wallet; readonly outlook: WindowOutlook }
type RowProps = Props & { readonly asset: Asset; readonly holding: ValuedHolding }

/** Which of several accounts holds how much. */
function Parts({ asset: { balances, symbol } }: { readonly asset: Asset }) {
  return (
    <details className={styles['parts']}>
      <summary>By address</summary>
      <ul>
        {balances.map(({ account, balance, why = '' }) => (
          <li key={account}>
            <span title={account}>{shortAddress(account)}</span>{' '}
            {balance === undefined ? (
              <span title={why}>not known: {why}</span>
            ) : (
              <span title={`${formatExact(balance)} ${symbol}`}>{formatAmount(balance)}</span>
            )}
          </li>
        ))}
      </ul>
    </details>
  )
}

function Name({ asset }: { readonly asset: Asset }) {
  return (
    <>
      {asset.poolId === undefined ? (
        <b>{asset.symbol}</b>
      ) : (
        <ViewLink to={`/pool/${asset.poolId}`}>{asset.symbol}</ViewLink>
      )}
      {asset.note === undefined ? null : <small>{asset.note}</small>}
      {asset.balances.length > 1 ? <Parts asset={asset} /> : null}
    </>
  )
}

function Row({ holding: { value }, ...row }: RowProps) {
  const cell = { ...row, value }
  return (
    <tr>
      <th scope="row">
        <Name asset={row.asset} />
      </th>
      <td className={styles['balance']}>
        <BalanceCell {...cell} />
      </td>
      <td className={styles['rate']}>
        <RateCell {...cell} />
      </td>
      <td className={styles['value']}>
        <ValueCell {...cell} />
      </td>
      <td className={styles['dollars']}>
        <DollarsCell {...cell} />
      </td>
      <td className={styles['share']}>
        <ShareCell {...cell} />
      </td>
      <td className={styles['ofPool']}>
        <PoolShareCell {...cell} />
      </td>
      {SPANS.map(time => (
        <td key={time.id} className={styles[time.id]}>
          <EarnsCell {...row} time={time} />
        </td>
      ))}
    </tr>
  )
}

/** Each asset with its balance, rate, value and what it earns, the most valuable first. Rebasing forms stand in rows of their own. */
export function HoldingsTable({ wallet, outlook }: Props) {
  const held = byWorth(wallet).filter(({ balance }) => balance !== 0n)
  const others = wallet.assets.filter(({ balance }) => balance === 0n).map(({ symbol }) => symbol)
  return (
    <>
      <table className={`${tables['table']} ${tables['lines']} ${styles['holdings']}`}>
        <caption className="visually-hidden">
          Holdings with their value in ETH and US dollars, and what they earn at present yields
        </caption>
        <thead>
          <tr>
            <th scope="col">Asset</th>
            <th scope="col">Balance</th>
            <th scope="col" className={styles['rate']}>
              ETH per token
            </th>
            <th scope="col">Value</th>
            <th scope="col">USD</th>
            <th scope="col" className={styles['share']}>
              Of the wallet
            </th>
            <th scope="col" className={styles['ofPool']}>
              Of the pool
            </th>
            {SPANS.map(({ id, label }) => (
              <th key={id} scope="col" className={styles[id]}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {held.map(asset => {
            const holding = wallet.holdings.items.find(({ id }) => id === asset.id)
            return holding === undefined ? null : (
              <Row key={asset.id} wallet={wallet} outlook={outlook} asset={asset} holding={holding} />
            )
          })}
        </tbody>
      </table>
      {others.length === 0 ? null : <p className={page['note']}>None of {others.join(', ')}.</p>}
    </>
  )
}
