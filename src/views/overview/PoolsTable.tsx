import { memo, useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { formatBlock } from '../../format/number.ts'
import type { YieldMeasure } from '../../math/chartSeries.ts'
import type { TokenlessPool } from '../../pools/definePool.ts'
import type { Live } from '../../queries/live.ts'
import { orderOf, sortBy, useViewState } from '../state/viewState.ts'
import { ViewLink } from '../ui/ViewLink.tsx'
import { NewestRowsContext, PoolRow } from './PoolRow.tsx'
import styles from './PoolsTable.module.css'
import type { Past } from './past.ts'
import choices from './SortBy.module.css'
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

type Column = {
  readonly id: string
  readonly label: string
  readonly key?: SortKey
  readonly isHidden?: true
}
type Order = ReturnType<typeof orderOf>

const columnsOf = ({ measure, windowLabel, rangeLabel }: Props): readonly Column[] => [
  { id: 'name', key: 'name', label: 'Pool' },
  { id: 'rate', key: 'rate', label: 'Rate' },
  { id: 'yield', key: 'yield', label: `Implied ${measure.toUpperCase()}, ${windowLabel}` },
  { id: 'scale', label: 'On a common scale', isHidden: true },
  { id: 'spark', label: `${measure.toUpperCase()}, ${rangeLabel === 'All' ? 'all' : rangeLabel}` },
  { id: 'change', key: 'change', label: 'Supply, 30 d' },
  { id: 'supply', key: 'supply', label: 'Supply' },
  { id: 'share', key: 'share', label: 'Share' },
  { id: 'fee', key: 'fee', label: 'Fee' },
  { id: 'premium', key: 'premium', label: 'Premium' },
  { id: 'age', key: 'age', label: 'Last report' },
]

const ARROWS = { ascending: ' ↑', descending: ' ↓', none: '' } as const

function Header({ column, sort, onSort }: { column: Column; sort: Order; onSort: (key: SortKey) => void }) {
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

/** Whether rows have the focus, or give it back to one when a receipt is closed: those may not be taken away. */
const isReaderIn = (): boolean => document.activeElement?.closest('tbody, dialog') instanceof Element

/** Every pool side by side, sortable; on a phone two lines for each. */
export const PoolsTable = memo(function PoolsTable(props: Props) {
  const { live, rows, past, tokenless, measure } = props
  const [view, change] = useViewState()
  const sort = orderOf(view.sort)
  const onSort = (key: SortKey): void => change({ sort: sortBy(key, view.sort) })
  const newestLive = useRef(live)
  // In the layout phase: a click that follows the drawing finds it.
  useLayoutEffect(() => {
    newestLive.current = live
  }, [live])
  const newest = useCallback(() => newestLive.current, [])
  const newestRows = useMemo(() => ({ live, rows }), [live, rows])
  const scale = past?.commonScale(rows.filter(isWhole), measure) ?? [0, 1]
  const hasYields = rows.some(({ result }) => result !== undefined && 'apy' in result)
  const [body, setBody] = useState({ hasYields, key: 0 })
  if (body.hasYields !== hasYields) setBody({ hasYields, key: isReaderIn() ? body.key : body.key + 1 })
  const sortable = columnsOf(props).filter(column => column.key !== undefined)
  return (
    <NewestRowsContext value={newestRows}>
      <label className={choices['sortBy']}>
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
        {/* Rows that are there do not change places when their yields come: others take their place. */}
        <tbody key={body.key}>
          {sortRows(rows, sort, measure).map(row => (
            <PoolRow
              key={row.pool.id}
              row={row}
              past={past}
              live={live}
              measure={measure}
              scale={scale}
              newest={newest}
            />
          ))}
          {tokenless.map(pool => (
            <TokenlessRow key={pool.id} pool={pool} />
          ))}
        </tbody>
      </table>
    </NewestRowsContext>
  )
})
