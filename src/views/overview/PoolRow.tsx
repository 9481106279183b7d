import { createContext, memo, useContext } from 'react'
import type { Live } from '../../queries/live.ts'
import { UnknownFigure } from '../ui/Figure.tsx'
import { poolColour } from '../ui/poolColour.ts'
import { ViewLink } from '../ui/ViewLink.tsx'
import { FeeCell, PremiumCell, SupplyCell } from './FactCells.tsx'
import styles from './PoolsTable.module.css'
import { RateFigure } from './RateFigure.tsx'
import { isLate, isSameRow, type RowProps } from './sameRow.ts'
import { type FirstRow, isWhole } from './sortRows.ts'

/** The rows as they are now: for cells that follow the totals and the clock, whether or not their row changes. */
export type NewestRows = { readonly live: Live; readonly rows: readonly FirstRow[] }

export const NewestRowsContext = createContext<NewestRows | undefined>(undefined)

// While the history comes in, the yields change many times and these do not.
const Rate = memo(RateFigure)
const Supply = memo(SupplyCell)
const Fee = memo(FeeCell)
const Premium = memo(PremiumCell)

const STILL_LOADING = <UnknownFigure why="The history has not been loaded yet." />

function YieldColumns({ row, past, measure, scale }: RowProps) {
  if (past !== undefined && isWhole(row)) return <past.YieldCells row={row} measure={measure} scale={scale} />
  return (
    <>
      <td className={styles['apy']}>{STILL_LOADING}</td>
      <td className={styles['scale']} />
      <td className={styles['spark']} />
    </>
  )
}

function ChangeColumn({ row, past, live, newest }: RowProps) {
  if (past === undefined || !isWhole(row)) return <td>{STILL_LOADING}</td>
  return (
    <td>
      <past.ChangeCell row={row} live={live} newest={newest} />
    </td>
  )
}

type MovingProps = Pick<RowProps, 'row' | 'past' | 'live'> & { readonly name: 'ShareCell' | 'ReportCell' }

/** A cell that may say something else though nothing of its pool has changed. */
function MovingColumn({ row, past, live, name }: MovingProps) {
  const newest = useContext(NewestRowsContext)
  const own = newest?.rows.find(({ pool }) => pool === row.pool) ?? row
  if (past === undefined || !isWhole(own)) return <td>{STILL_LOADING}</td>
  const Cell = past[name]
  return (
    <td>
      <Cell row={own} live={newest?.live ?? live} />
    </td>
  )
}

/** One pool. It is drawn anew only where it shows something else than before. */
export const PoolRow = memo(function PoolRow(props: RowProps) {
  const { row, past, live, newest } = props
  const { pool, live: own } = row
  return (
    <tr>
      <th scope="row" className={styles['pool']}>
        <i style={{ background: poolColour(pool) }} aria-hidden="true" />
        <ViewLink to={`/pool/${pool.id}`}>{pool.name}</ViewLink> <span>{pool.token.symbol}</span>
        {isLate(props) ? <b className={styles['late']}>late</b> : null}
      </th>
      <td className={styles['rate']}>
        <Rate live={live} own={own} newest={newest} />
      </td>
      <YieldColumns {...props} />
      <ChangeColumn {...props} />
      <td>
        <Supply live={live} own={own} newest={newest} />
      </td>
      <MovingColumn name="ShareCell" row={row} past={past} live={live} />
      <td>
        <Fee live={live} own={own} newest={newest} />
      </td>
      <td>
        <Premium live={live} own={own} newest={newest} />
      </td>
      <MovingColumn name="ReportCell" row={row} past={past} live={live} />
    </tr>
  )
}, isSameRow)
