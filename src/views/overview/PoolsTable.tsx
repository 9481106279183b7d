import { memo, useState } from 'react'
import { formatBlock, formatExact, formatPercent, formatRate } from '../../format/number.ts'
import { formatSpan } from '../../format/time.ts'
import type { YieldMeasure } from '../../math/chartSeries.ts'
import { farthest, isYield } from '../../math/window.ts'
import type { TokenlessPool } from '../../pools/definePool.ts'
import type { Live } from '../../queries/live.ts'
import { Figure, UnknownFigure } from '../ui/Figure.tsx'
import { poolColour } from '../ui/poolColour.ts'
import { Sparkline } from '../ui/Sparkline.tsx'
import { ViewLink } from '../ui/ViewLink.tsx'
import {
  ChangeCell,
  FeeCell,
  isLateReport,
  PremiumCell,
  ReportCell,
  ShareCell,
  SupplyCell,
  whyNoReading,
} from './FactCells.tsx'
import styles from './PoolsTable.module.css'
import { WHY_NO_YIELD } from './poolFigures.ts'
import { commonScale, type SortKey, sortRows, type TableRow } from './tableRows.ts'
import { YieldScale } from './YieldScale.tsx'

type Props = {
  readonly live: Live
  readonly rows: readonly TableRow[]
  readonly tokenless: readonly TokenlessPool[]
  readonly measure: YieldMeasure
  readonly windowLabel: string
  readonly rangeLabel: string
}

function YieldCell({ row, measure }: { readonly row: TableRow; readonly measure: YieldMeasure }) {
  const { result, pool, band, source } = row
  if (!isYield(result)) return <UnknownFigure why={WHY_NO_YIELD[result.why]} />
  const value = result[measure]
  const off = band === undefined ? undefined : farthest(value, band)
  return (
    <span className={styles['yield']}>
      <Figure
        emphasis="strong"
        exact={`${formatPercent(value, 6)} %, over ${formatSpan(result.span)}`}
        receipt={book => book.yieldReceipt(pool, result, measure, source)}
        unit="%"
      >
        <span data-falls={value < 0n}>{formatPercent(value)}</span>
      </Figure>
      <span className={styles['under']}>
        {formatSpan(result.span)}
        {off === undefined ? '' : off === 0n ? ', exact' : `, ±${formatPercent(off)}`}
      </span>
    </span>
  )
}

type RowProps = {
  readonly row: TableRow
  readonly live: Live
  readonly measure: YieldMeasure
  readonly scale: readonly [number, number]
}

function Row({ row, live, measure, scale }: RowProps) {
  const { pool, result, band, spark, live: own } = row
  const { reading } = own
  return (
    <tr>
      <th scope="row" className={styles['pool']}>
        <i style={{ background: poolColour(pool) }} aria-hidden="true" />
        <ViewLink to={`/pool/${pool.id}`}>{pool.name}</ViewLink> <span>{pool.token.symbol}</span>
        {isLateReport(row.report) ? <b className={styles['late']}>late</b> : null}
      </th>
      <td className={styles['rate']}>
        {reading.state !== 'known' ? (
          <UnknownFigure why={whyNoReading(own)} />
        ) : (
          <Figure
            exact={formatExact(reading.rate)}
            receipt={book => book.rateReceipt(live, own)}
            unit={pool.unit}
          >
            {formatRate(reading.rate)}
          </Figure>
        )}
      </td>
      <td className={styles['apy']}>
        <YieldCell row={row} measure={measure} />
      </td>
      <td className={styles['scale']}>
        {isYield(result) ? (
          <YieldScale value={result[measure]} band={band} scale={scale} colour={poolColour(pool)} />
        ) : null}
      </td>
      <td className={styles['spark']}>
        <Sparkline values={spark} colour={poolColour(pool)} />
      </td>
      <td>
        <ChangeCell row={row} live={live} />
      </td>
      <td>
        <SupplyCell live={live} own={own} />
      </td>
      <td>
        <ShareCell live={live} row={row} />
      </td>
      <td>
        <FeeCell live={live} own={own} />
      </td>
      <td>
        <PremiumCell live={live} own={own} />
      </td>
      <td>
        <ReportCell live={live} row={row} />
      </td>
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
  const { live, rows, tokenless, measure } = props
  const [sort, setSort] = useState<Sort>({ key: 'yield', descending: true })
  const onSort = (key: SortKey): void =>
    setSort({ key, descending: sort.key === key ? !sort.descending : key !== 'name' })
  const scale = commonScale(rows, measure)
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
            <Row key={row.pool.id} row={row} live={live} measure={measure} scale={scale} />
          ))}
          {tokenless.map(pool => (
            <TokenlessRow key={pool.id} pool={pool} />
          ))}
        </tbody>
      </table>
    </>
  )
})
