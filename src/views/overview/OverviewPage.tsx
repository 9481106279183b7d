import { lazy, Suspense, useMemo } from 'react'
import { RANGE_LABELS, useViewState, WINDOW_LABELS, windowSeconds } from '../state/viewState.ts'
import { Async } from '../ui/Async.tsx'
import { Boundary } from '../ui/Boundary.tsx'
import { CardBar } from '../ui/CardBar.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import { YieldControls } from '../ui/YieldControls.tsx'
import { Lede } from './Lede.tsx'
import styles from './OverviewPage.module.css'
import { PoolsTable } from './PoolsTable.tsx'
import { tableRows } from './tableRows.ts'
import { usePoolData } from './usePoolData.ts'

// Below the first screen: it may come after the figures.
const HistoryCard = lazy(() =>
  import('../chart/HistoryCard.tsx').then(card => ({ default: card.HistoryCard })),
)

/** The first screen: the pools side by side, then their yield over time. */
export function OverviewPage() {
  const [state] = useViewState()
  const { session, live, history, series, from, inputs } = usePoolData(state)
  const { window, measure } = state
  const rows = useMemo(
    () =>
      live.data === undefined
        ? []
        : tableRows({
            live: live.data,
            history: history.data,
            series,
            window: windowSeconds(window),
            measure,
            from,
          }),
    [live.data, history.data, series, window, measure, from],
  )
  const tokenless = session.pools.filter(pool => pool.kind === 'tokenless')
  return (
    <>
      <Lede live={live.data} hasFailed={live.isError} rows={rows} window={window} measure={measure} />
      <Boundary what="the pools">
        <section aria-labelledby="pools-title">
          <CardBar id="pools-title" title="Pools">
            <YieldControls context="table" />
          </CardBar>
          <Async
            query={live}
            what="the pools"
            pending={<Skeleton rows={5} height={54} label="Reading the pools" />}
          >
            {data => (
              <PoolsTable
                live={data}
                rows={rows}
                tokenless={tokenless}
                measure={measure}
                windowLabel={WINDOW_LABELS[window]}
                rangeLabel={RANGE_LABELS[state.range]}
              />
            )}
          </Async>
          <p className={styles['note']}>
            Figures open a receipt: block, contract, call, formula. Rates are net of fees. Under each yield
            stand its true span and how far it may be off, since a daily sample shows a change somewhat late;
            the line beside a dot is the same. A change of supply is over 30 days.
          </p>
        </section>
      </Boundary>
      <Boundary what="the history">
        <Suspense fallback={<Skeleton rows={1} height={560} label="Loading the chart" />}>
          <HistoryCard history={history} inputs={inputs} series={series} from={from} />
        </Suspense>
      </Boundary>
    </>
  )
}
