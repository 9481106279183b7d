import { memo, useState } from 'react'
import { formatBlock } from '../../format/number.ts'
import type { YieldMeasure } from '../../math/chartSeries.ts'
import type { TokenlessPool } from '../../pools/definePool.ts'
import type { Live } from '../../queries/live.ts'
import { UnknownFigure } from '../ui/Figure.tsx'
import { poolColour } from '../ui/poolColour.ts'
import { ViewLink } from '../ui/ViewLink.tsx'
import { FeeCell, PremiumCell, SupplyCell } from './FactCells.tsx'
import styles from './PoolsTable.module.css'
import type { Past } from './past.ts'
import { RateFigure } from './RateFigure.tsx'
import { type FirstRow, isWhole, type SortKey, sortRows } from './sortRows.ts'

type Props = {
  readonly live: Live
  /** Whole rows where `past` is there. */
  readonly rows: readonly FirstRow[]
  readonly past: Past | undefined
  readonly tokenless: readonly TokenlessPool[]
  readonly measure: YieldMeasure
  readonly windowLabel: string
  readonly rangeLabel: string
}

type RowProps = {
  readonly row: FirstRow
  readonly past: Past | undefined
  readonly live: Live
  readonly measure: YieldMeasure
  readonly scale: readonly [number, number]
}

const STILL_LOADING = <UnknownFigure why="The history has not been loaded yet." />

function YieldColumns({ row, past, measure, scale }: Omit<RowProps, 'live'>) {
  if (past !== undefined && isWhole(row)) return <past.YieldCells row={row} measure={measure} scale={scale} />
  return (
    <>
      <td className={styles['apy']}>{STILL_LOADING}</td>
      <td className={styles['scale']} />
      <td className={styles['spark']} />
    </>
  )
}

type PastProps = Pick<RowProps, 'row' | 'past' | 'live'> & {
  readonly name: 'ChangeCell' | 'ShareCell' | 'ReportCell'
}

function PastColumn({ row, past, live, name }: PastProps) {
  if (past === undefined || !isWhole(row)) return <td>{STILL_LOADING}</td>
  const Cell = past[name]
  return (
    <td>
      <Cell row={row} live={live} />
    </td>
  )
}

function Row({ row, past, live, measure, scale }: RowProps) {
  const { pool, report, live: own } = row
  const isLate = report !== undefined && past?.isLateReport(report) === true
  return (
    <tr>
      <th scope="row" className={styles['pool']}>
        <i style={{ background: poolColour(pool) }} aria-hidden="true" />
        <ViewLink to={`/pool/${pool.id}`}>{pool.name}</ViewLink> <span>{pool.token.symbol}</span>
        {isLate ? <b className={styles['late']}>late</b> : null}
      </th>
      <td className={styles['rate']}>
        <RateFigure live={live} own={own} />
      </td>
      <YieldColumns row={row} past={past} measure={measure} scale={scale} />
      <PastColumn name="ChangeCell" row={row} past={past} live={live} />
      <td>
        <SupplyCell live={live} own={own} />
      </td>
      <PastColumn name="ShareCell" row={row} past={past} live={live} />
      <td>
        <FeeCell live={live} own={own} />
      </td>
      <td>
        <PremiumCell live={live} own={own} />
      </td>
      <PastColumn name="ReportCell" row={row} past={past} live={live} />
    </tr>
  )
}

type Column = {
  readonly id: string
  readonly label: string
  readonly key?: SortKey
  readonly isHidden?: true
}
type Sort = { readonly key: SortKey; readonly descending: boolean }

const columnsOf = ({ measure, windowLabel, rangeLabel }: Props): readonly Column[] => [
  { id: 'name', key: 'name', label: 'Pool' },
  { id: 'rate', key: 'rate', label: 'Rate' },
  { id: 'yield', key: 'yield', label: `Implied ${measure.toUpperCase()}, ${windowLabel}` },
  { id: 'scale', label: 'On a common scale', isHidden: true },
  { id: 'spark', label: rangeLabel === 'All' ? 'Since the start' : `Over ${rangeLabel}` },
  { id: 'change', key: 'change', label: 'Change, 30 d' },
  { id: 'supply', key: 'supply', label: 'Supply' },
  { id: 'share', key: 'share', label: 'Share' },
  { id: 'fee', key: 'fee', label: 'Fee' },
  { id: 'premium', key: 'premium', label: 'Premium' },
  { id: 'age', key: 'age', label: 'Last report' },
]

const ARROWS = { ascending: ' ↑', descending: ' ↓', none: '' } as const

function Header({ column, sort, onSort }: { column: Column; sort: Sort; onSort: (key: SortKey) => void }) {
  const { key, label, isHidden } = column
  if (key === undefined)
    return <th scope="col">{isHidden === true ? <span className="visually-hidden">{label}</span> : label}</th>
  const direction = sort.key !== key ? 'none' : sort.descending ? 'descending' : 'ascending'
  return (
    <th scope="col" aria-sort={direction}>
      <button type="button" className={styles['sort']} onClick={() => onSort(key)}>
        {label}
        <span aria-hidden="true">{ARROWS[direction]}</span>
      </button>
    </th>
  )
}

function TokenlessRow({ pool }: { readonly pool: TokenlessPool }) {
  return (
    <tr>
      <th scope="row" className={styles['pool']}>
        <i style={{ background: 'var(--line)' }} aria-hidden="true" />
        <ViewLink to={`/pool/${pool.id}`}>{pool.name}</ViewLink> <span>institutional, no token</span>
      </th>
      <td className={styles['nothing']} colSpan={10}>
        Nothing on chain is attributable to it. <ViewLink to={`/pool/${pool.id}`}>Why</ViewLink>
      </td>
    </tr>
  )
}

/** Every pool side by side, sortable; on a phone two lines for each. */
export const PoolsTable = memo(function PoolsTable(props: Props) {
  const { live, rows, past, tokenless, measure } = props
  const [sort, setSort] = useState<Sort>({ key: 'yield', descending: true })
  const onSort = (key: SortKey): void =>
    setSort({ key, descending: sort.key === key ? !sort.descending : key !== 'name' })
  const scale = past?.commonScale(rows.filter(isWhole), measure) ?? [0, 1]
  const sortable = columnsOf(props).filter(column => column.key !== undefined)
  return (
    <>
      <label className={styles['sortBy']}>
        Sort by
        <select value={sort.key} onChange={event => onSort(event.target.value as SortKey)}>
          {sortable.map(({ key, label }) => (
            <option key={key} value={key}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <table className={styles['table']}>
        <caption className="visually-hidden">
          Staking pools at block {formatBlock(live.block)}: exchange rate, implied {measure.toUpperCase()},
          supply
        </caption>
        <thead>
          <tr>
            {columnsOf(props).map(column => (
              <Header key={column.id} column={column} sort={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {sortRows(rows, sort, measure).map(row => (
            <Row key={row.pool.id} row={row} past={past} live={live} measure={measure} scale={scale} />
          ))}
          {tokenless.map(pool => (
            <TokenlessRow key={pool.id} pool={pool} />
          ))}
        </tbody>
      </table>
    </>
  )
})
