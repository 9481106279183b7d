import { useState } from 'react'
import {
  formatAmount,
  formatBlock,
  formatChange,
  formatExact,
  formatPercent,
  formatRate,
} from '../../format/number.ts'
import { formatSpan } from '../../format/time.ts'
import type { YieldMeasure } from '../../math/chartSeries.ts'
import { farthest, isYield } from '../../math/window.ts'
import type { TokenlessPool } from '../../pools/definePool.ts'
import type { Live } from '../../queries/live.ts'
import { changeReceipt, rateReceipt, supplyReceipt, yieldReceipt } from '../receipt/receipt.ts'
import { Figure, UnknownFigure } from '../ui/Figure.tsx'
import { poolColour } from '../ui/poolColour.ts'
import { Sparkline } from '../ui/Sparkline.tsx'
import { ViewLink } from '../ui/ViewLink.tsx'
import styles from './PoolsTable.module.css'
import { ageInWords, isOverdue, WHY_NO_YIELD } from './poolFigures.ts'
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
        receipt={() => yieldReceipt(pool, result, measure, source)}
        unit="%"
      >
        <span data-falls={value < 0n}>{formatPercent(value)}</span>
      </Figure>
      <span className={styles['under']}>
        {formatSpan(result.span)}
        {off === undefined ? '' : `, ±${formatPercent(off)}`}
      </span>
    </span>
  )
}

function ChangeCell({ row, live }: { readonly row: TableRow; readonly live: Live }) {
  const { change } = row
  if (change === undefined) return <UnknownFigure why="No sample from 30 days ago has been read." />
  return (
    <Figure
      exact={`${formatPercent(change.fraction, 6)} %`}
      receipt={() => changeReceipt(live, row.live, change)}
      unit="%"
    >
      {formatChange(change.fraction)}
    </Figure>
  )
}

function AgeCell({ age, pool }: Pick<TableRow, 'age' | 'pool'>) {
  if (age === undefined) return <UnknownFigure why="No change of rate has been seen in the samples yet." />
  const isLate = isOverdue(age, pool)
  return (
    <span
      className={isLate ? styles['late'] : styles['quiet']}
    >{`${isLate ? 'late, ' : ''}${ageInWords(age)}`}</span>
  )
}

type RowProps = {
  readonly row: TableRow
  readonly live: Live
  readonly measure: YieldMeasure
  readonly scale: readonly [number, number]
}

function Row({ row, live, measure, scale }: RowProps) {
  const { pool, result, band, spark, age } = row
  const { reading } = row.live
  const why = reading.state === 'unknown' ? reading.why : 'The token has no rate at this block.'
  const unknown = <UnknownFigure why={why} />
  return (
    <tr>
      <th scope="row" className={styles['pool']}>
        <i style={{ background: poolColour(pool) }} aria-hidden="true" />
        <ViewLink to={`/pool/${pool.id}`}>{pool.name}</ViewLink> <span>{pool.token.symbol}</span>
      </th>
      <td className={styles['rate']}>
        {reading.state !== 'known' ? (
          unknown
        ) : (
          <Figure
            exact={formatExact(reading.rate)}
            receipt={() => rateReceipt(live, row.live)}
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
        {reading.state !== 'known' ? (
          unknown
        ) : (
          <Figure
            exact={`${formatExact(reading.pooled)} ETH`}
            receipt={() => supplyReceipt(live, row.live)}
            unit="ETH"
          >
            {formatAmount(reading.pooled)}
          </Figure>
        )}
      </td>
      <td>
        <ChangeCell row={row} live={live} />
      </td>
      <td>
        <AgeCell age={age} pool={pool} />
      </td>
      <td className={styles['quiet']}>{formatBlock(live.block)}</td>
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
  { id: 'supply', key: 'supply', label: 'Supply' },
  { id: 'change', key: 'change', label: 'Supply, 30 d' },
  { id: 'age', key: 'age', label: 'Last change' },
  { id: 'block', label: 'Block' },
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
      <td className={styles['nothing']} colSpan={8}>
        Nothing on chain is attributable to it. <ViewLink to={`/pool/${pool.id}`}>Why</ViewLink>
      </td>
    </tr>
  )
}

/** Every pool side by side, sortable; on a phone two lines for each. */
export function PoolsTable(props: Props) {
  const { live, rows, tokenless, measure } = props
  const [sort, setSort] = useState<Sort>({ key: 'yield', descending: true })
  const onSort = (key: SortKey): void =>
    setSort({ key, descending: sort.key === key ? !sort.descending : key !== 'name' })
  const scale = commonScale(rows, measure)
  return (
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
  )
}
