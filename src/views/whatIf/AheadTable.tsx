import { formatAmount, formatExact, formatPercent } from '../../format/number.ts'
import type { Wei } from '../../math/fixedPoint.ts'
import type { FirstRow } from '../overview/sortRows.ts'
import { Figure } from '../ui/Figure.tsx'
import { signed } from './PastTable.tsx'
import { PoolName } from './PoolName.tsx'
import styles from './WhatIf.module.css'
import { type AheadCase, type AheadRow, aheadRows, projected } from './whatIfRows.ts'

type CaseProps = { readonly known: AheadCase; readonly amount: Wei }

function KnownCells({ known, amount }: CaseProps) {
  const { pool, result, operators } = known
  const { worth, gain } = projected(amount, result.apy)
  return (
    <>
      <td className={styles['apy']}>
        <Figure
          exact={`${formatPercent(result.apy, 6)} %`}
          receipt={book => book.yieldReceipt({ pool, result, measure: 'apy', source: operators })}
          unit="%"
        >
          {formatPercent(result.apy)}
        </Figure>
      </td>
      <td className={styles['ahead']}>
        <Figure
          exact={`${formatExact(worth)} ${pool.unit}, if the yield held`}
          receipt={book => book.projectionReceipt(known, amount)}
          unit={pool.unit}
        >
          ≈ {formatAmount(worth)}
        </Figure>
        <small data-falls={gain < 0n}>{signed(gain)}</small>
      </td>
    </>
  )
}

function PoolRow({ row, amount }: { readonly row: AheadRow; readonly amount: Wei }) {
  return (
    <tr>
      <PoolName pool={row.pool} />
      {'known' in row ? (
        <KnownCells known={row.known} amount={amount} />
      ) : (
        <td className={styles['reason']} colSpan={2}>
          {row.why}
        </td>
      )}
    </tr>
  )
}

type Props = {
  readonly rows: readonly FirstRow[]
  readonly amount: Wei
  /** The window of the yields: "30 d". */
  readonly windowLabel: string
}

/** What the amount would become in a year if each pool's yield held: a projection. */
export function AheadTable({ rows, amount, windowLabel }: Props) {
  return (
    <table className={styles['projection']}>
      <caption className="visually-hidden">
        What the amount would become in a year, a projection of the yield of the last {windowLabel}
      </caption>
      <thead>
        <tr>
          <th scope="col">Pool</th>
          <th scope="col">APY, {windowLabel}</th>
          <th scope="col">In a year</th>
        </tr>
      </thead>
      <tbody>
        {aheadRows(rows).map(row =>
          row.pool === undefined ? (
            <tr key="ether" className={styles['ether']}>
              <PoolName pool={undefined} />
              <td className={styles['apy']}>0</td>
              <td className={styles['ahead']} title={`${formatExact(amount)} ETH`}>
                {formatAmount(amount)}
                <span className={styles['unit']}>ETH</span>
              </td>
            </tr>
          ) : (
            <PoolRow key={row.pool.id} row={row} amount={amount} />
          ),
        )}
      </tbody>
    </table>
  )
}
