import { type UseQueryResult, useQueryClient } from '@tanstack/react-query'
import { lazy, memo, Suspense, useMemo, useState } from 'react'
import { chartRows, thinRows } from '../../format/chartRows.ts'
import { rateSeries, yieldSeries } from '../../math/chartSeries.ts'
import type { Seconds } from '../../math/fixedPoint.ts'
import { type History, type HistoryInputs, historyKey } from '../../queries/history.ts'
import { useSession } from '../../queries/session.ts'
import type { PoolSeries } from '../overview/poolFigures.ts'
import {
  MEASURE_LABELS,
  RANGE_LABELS,
  RANGES,
  SHOWN,
  useViewState,
  type ViewState,
  WINDOW_LABELS,
} from '../state/viewState.ts'
import { Async } from '../ui/Async.tsx'
import { CardBar } from '../ui/CardBar.tsx'
import { poolColour, poolDash } from '../ui/poolColour.ts'
import { Segmented } from '../ui/Segmented.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import { YieldControls } from '../ui/YieldControls.tsx'
import styles from './HistoryCard.module.css'
import { HistoryTable } from './HistoryTable.tsx'
import { Progress } from './Progress.tsx'

const HistoryChart = lazy(() =>
  import('./HistoryChart.tsx').then(({ HistoryChart: chart }) => ({ default: chart })),
)

/** Rows that a chart of this width can show; more cost time and change no pixel. */
const MOST_ROWS = 200

const percent = new Intl.NumberFormat(undefined, { minimumFractionDigits: 2, maximumFractionDigits: 2 })
const rate = new Intl.NumberFormat(undefined, { minimumFractionDigits: 4, maximumFractionDigits: 4 })
const formatYield = (value: number): string => `${percent.format(value).replace('-', '−')} %`
const formatRateValue = (value: number): string => rate.format(value)

function useRows(series: readonly PoolSeries[], state: ViewState, from: Seconds | undefined) {
  const { shown, measure } = state
  return useMemo(() => {
    const lines = series.map(({ pool, points, yields }) => ({
      id: pool.id,
      points: shown === 'rate' ? rateSeries(points) : yieldSeries(points, yields, measure),
    }))
    const ends = series.flatMap(({ points }) => points.at(-1)?.landedAt ?? [])
    if (ends.length === 0) return []
    const until = ends.reduce((latest, end) => (end > latest ? end : latest), from ?? 0n)
    return chartRows(lines, { from, until, isFraction: shown === 'yield' })
  }, [series, shown, measure, from])
}

type Props = {
  readonly history: UseQueryResult<History>
  readonly inputs: HistoryInputs
  readonly series: readonly PoolSeries[]
  readonly from: Seconds | undefined
  /** What is drawn; it may lag behind what was just chosen, so that a choice shows at once. */
  readonly view: ViewState
}

/** The chart of implied yield or rate over time, with its controls, its progress and its table. */
export const HistoryCard = memo(function HistoryCard({ history, inputs, series, from, view }: Props) {
  const session = useSession()
  const queries = useQueryClient()
  const [state, change] = useViewState()
  const [isTable, setIsTable] = useState(false)
  const shown = useMemo(
    () => series.filter(({ pool }) => !view.hidden.includes(pool.id)),
    [series, view.hidden],
  )
  const rows = useRows(shown, view, from)
  const lines = useMemo(
    () =>
      shown.map(({ pool }) => ({
        id: pool.id,
        name: pool.name,
        colour: poolColour(pool),
        dash: poolDash(pool),
      })),
    [shown],
  )
  const thinned = useMemo(() => thinRows(rows, MOST_ROWS), [rows])
  const name =
    view.shown === 'rate'
      ? 'Exchange rate'
      : `Implied ${MEASURE_LABELS[view.measure]}, ${WINDOW_LABELS[view.window]} window`
  const formatValue = view.shown === 'rate' ? formatRateValue : formatYield
  const toggle = (id: string): void =>
    change({
      hidden: state.hidden.includes(id) ? state.hidden.filter(other => other !== id) : [...state.hidden, id],
    })
  const cancel = (): void => void queries.cancelQueries({ queryKey: historyKey(session, inputs) })
  return (
    <section className={styles['card']} aria-labelledby="history-title">
      <CardBar id="history-title" title={name}>
        <Segmented
          label="What the chart shows"
          options={SHOWN}
          labels={{ yield: 'Yield', rate: 'Rate' }}
          value={state.shown}
          onChange={value => change({ shown: value })}
        />
        <Segmented
          label="Range"
          caption="Range"
          options={RANGES}
          labels={RANGE_LABELS}
          value={state.range}
          onChange={value => change({ range: value })}
        />
        <div className={styles['again']}>
          <YieldControls context="chart" />
        </div>
        <span className={styles['grow']} />
        <button
          type="button"
          className={styles['toggle']}
          aria-pressed={isTable}
          onClick={() => setIsTable(!isTable)}
        >
          Table
        </button>
      </CardBar>
      <Progress history={history} cancel={cancel} />
      <fieldset className={styles['legend']}>
        <legend className="visually-hidden">Pools in the chart</legend>
        {series.map(({ pool }) => (
          <label key={pool.id}>
            <input
              type="checkbox"
              checked={!state.hidden.includes(pool.id)}
              onChange={() => toggle(pool.id)}
            />
            <svg width="22" height="8" aria-hidden="true">
              <line
                x1="0"
                x2="22"
                y1="4"
                y2="4"
                stroke={poolColour(pool)}
                strokeWidth="2"
                strokeDasharray={poolDash(pool)}
              />
            </svg>
            {pool.name}
          </label>
        ))}
      </fieldset>
      <div className={styles['stage']}>
        <Async
          query={history}
          what="the history"
          pending={<Skeleton rows={1} height={380} label="Reading the history" />}
        >
          {() =>
            rows.length === 0 ? (
              <p className={styles['note']}>
                {lines.length === 0 ? 'No pool is chosen.' : 'No rate has been read in this range.'}
              </p>
            ) : isTable ? (
              <HistoryTable
                rows={rows}
                lines={lines}
                caption={name}
                formatValue={formatValue}
                series={shown}
                drawn={view}
              />
            ) : (
              <Suspense fallback={<Skeleton rows={1} height={380} label="Loading the chart" />}>
                <HistoryChart rows={thinned} lines={lines} title={name} formatValue={formatValue} />
              </Suspense>
            )
          }
        </Async>
      </div>
      <p className={styles['note']}>
        Lines step where a rate was seen to change; a dash pattern tells them apart without colour. Focus the
        chart and use the arrow keys, or open the table.
      </p>
    </section>
  )
})
