import { lazy, Suspense, useDeferredValue, useMemo } from 'react'
import type { Pool } from '../../pools/definePool.ts'
import { KIND_LABELS, KINDS, RANGE_LABELS, useViewState, WINDOW_LABELS } from '../state/viewState.ts'
import { Async } from '../ui/Async.tsx'
import { Boundary } from '../ui/Boundary.tsx'
import { CardBar } from '../ui/CardBar.tsx'
import { ErrorNote } from '../ui/ErrorNote.tsx'
import { Segmented } from '../ui/Segmented.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import { SkipButton } from '../ui/SkipButton.tsx'
import { YieldControls } from '../ui/YieldControls.tsx'
import { Lede } from './Lede.tsx'
import styles from './OverviewPage.module.css'
import table from './PoolsTable.module.css'
import { PoolsTable } from './PoolsTable.tsx'
import waiting from './PoolsWaiting.module.css'
import type { FirstRow } from './sortRows.ts'
import { usePast } from './usePast.ts'
import { usePoolData } from './usePoolData.ts'

// Below the first screen: it may come after the figures.
const HistoryCard = lazy(() =>
  import('../chart/HistoryCard.tsx').then(card => ({ default: card.HistoryCard })),
)

const WhatIfCard = lazy(() => import('../whatIf/WhatIfCard.tsx').then(card => ({ default: card.WhatIfCard })))

/** The first screen: the pools side by side, then their yield over time. */
export function OverviewPage() {
  const [state, change] = useViewState()
  // The choice shows at once; what follows from it, a moment later.
  const view = useDeferredValue(state)
  const { past, error, load } = usePast()
  const { session, live, read, series, from, isCustom, ...asked } = usePoolData(view, past)
  const { window, measure, kind } = view
  const rows = useMemo((): readonly FirstRow[] => {
    if (live.data === undefined) return []
    if (past === undefined) return live.data.pools.map(own => ({ pool: own.pool, live: own }))
    return past.tableRows({ live: live.data, history: read, series, measure, from })
  }, [past, live.data, read, series, measure, from])
  const [listed, tokenless, drawn, expected] = useMemo(() => {
    const isListed = ({ category }: Pick<Pool, 'category'>): boolean => kind === 'all' || category === kind
    return [
      rows.filter(({ pool }) => isListed(pool)),
      session.pools.filter(pool => pool.kind === 'tokenless').filter(isListed),
      series.filter(({ pool }) => isListed(pool)),
      session.pools.filter(isListed).length,
    ]
  }, [rows, series, session.pools, kind])
  return (
    <>
      <Lede
        live={live.data}
        hasFailed={live.isError}
        past={past}
        rows={listed}
        kind={kind}
        window={window}
        measure={measure}
      />
      <Boundary what="the pools">
        <section className={table['pools']} aria-labelledby="pools-title">
          <CardBar id="pools-title" title="Pools">
            <Segmented
              label="Kind of pool"
              options={KINDS}
              labels={KIND_LABELS}
              value={state.kind}
              onChange={value => change({ kind: value })}
            />
            <YieldControls context="table" />
          </CardBar>
          <SkipButton to="history-title">Skip to the chart</SkipButton>
          {error === undefined ? null : (
            <ErrorNote what="the yields" error={error} retry={load} isRetrying={false} />
          )}
          <Async
            query={live}
            what="the pools"
            pending={<Skeleton rows={expected} rowsLike={waiting['waiting']} label="Reading the pools" />}
          >
            {data => (
              <PoolsTable
                live={data}
                rows={listed}
                past={past}
                tokenless={tokenless}
                measure={measure}
                windowLabel={WINDOW_LABELS[window]}
                rangeLabel={isCustom ? 'custom' : RANGE_LABELS[view.range]}
              />
            )}
          </Async>
          <p className={styles['note']}>
            Figures open a receipt: block, contract, call, formula; a dash says why there is none. Rates are
            net of fees. Under each yield stand its true span and what it rests on: between two reports it is
            exact; daily samples show a change somewhat late, and the ± is what that can do. frxETH, pxETH and
            OETH are counted as if each were 1 ETH. A premium is the market’s price over the protocol’s rate.
          </p>
        </section>
      </Boundary>
      <Boundary what="the history">
        <Suspense fallback={<Skeleton rows={1} height={560} label="Loading the chart" />}>
          <HistoryCard {...asked} series={drawn} from={from} view={view} />
        </Suspense>
      </Boundary>
      <Boundary what="the comparison with the past">
        <Suspense fallback={<Skeleton rows={1} height={120} label="Loading the comparison with the past" />}>
          <WhatIfCard live={live} rows={listed} windowLabel={WINDOW_LABELS[window]} />
        </Suspense>
      </Boundary>
    </>
  )
}
