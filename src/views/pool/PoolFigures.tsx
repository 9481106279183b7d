import { type ReactNode, useDeferredValue, useMemo } from 'react'
import { formatPercent } from '../../format/number.ts'
import { formatSpan } from '../../format/time.ts'
import { isYield } from '../../math/window.ts'
import type { TokenPool } from '../../pools/definePool.ts'
import type { Live } from '../../queries/live.ts'
import { HistoryCard } from '../chart/HistoryCard.tsx'
import { FeeCell, PremiumCell, SupplyCell } from '../overview/FactCells.tsx'
import { ChangeCell, ReportCell, ShareCell } from '../overview/PastCells.tsx'
import { ageInWords } from '../overview/poolFacts.ts'
import { countInWords, pointsOf, seriesOf, WHY_NO_YIELD } from '../overview/poolFigures.ts'
import { RateFigure } from '../overview/RateFigure.tsx'
import { type TableRow, tableRows } from '../overview/tableRows.ts'
import { usePoolData } from '../overview/usePoolData.ts'
import { useViewState, type ViewState, WINDOW_LABELS } from '../state/viewState.ts'
import { Async } from '../ui/Async.tsx'
import { Figure, UnknownFigure } from '../ui/Figure.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import { YieldControls } from '../ui/YieldControls.tsx'
import { ExitToday } from './ExitToday.tsx'
import styles from './PoolPage.module.css'
import { StepsList } from './StepsList.tsx'

type HeadlineProps = {
  readonly label: string
  readonly children: ReactNode
  readonly under?: ReactNode
}

function Headline({ label, children, under }: HeadlineProps) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
      {under === undefined ? null : <dd className={styles['under']}>{under}</dd>}
    </div>
  )
}

type YieldProps = { readonly row: TableRow; readonly state: ViewState }

function YieldHeadline({ row: { pool, result, band, series, spread, report }, state }: YieldProps) {
  const { measure, window } = state
  const label = `Implied ${measure.toUpperCase()}, ${WINDOW_LABELS[window]}`
  if (!isYield(result)) {
    return (
      <Headline label={label}>
        <UnknownFigure why={WHY_NO_YIELD[result.why]} />
      </Headline>
    )
  }
  const sure =
    band === undefined
      ? ''
      : band.low === band.high
        ? ', exact at both ends'
        : `, between ${formatPercent(band.low)} and ${formatPercent(band.high)} %`
  const count = pool.accrual === 'continuous' ? `${result.steps} samples` : countInWords(result)
  const last = report.kind === 'age' ? `, last ${ageInWords(report.age)} ago` : ''
  return (
    <Headline label={label} under={`${formatSpan(result.span)}, ${count}${last}${sure}`}>
      <Figure
        exact={`${formatPercent(result[measure], 6)} %`}
        receipt={book => book.yieldReceipt({ pool, result, measure, source: series.operators, spread })}
        unit="%"
      >
        <span data-falls={result.apr < 0n}>{formatPercent(result[measure])}</span>
      </Figure>
    </Headline>
  )
}

function SupplyHeadline({ live, row }: { live: Live; row: TableRow }) {
  return (
    <Headline label="Supply" under={<ChangeCell live={live} row={row} unit="% in 30 days" />}>
      <SupplyCell live={live} own={row.live} />
    </Headline>
  )
}

type HeadlinesProps = { readonly live: Live; readonly row: TableRow; readonly state: ViewState }

function Headlines({ live, row, state }: HeadlinesProps) {
  const { market } = row.pool
  return (
    <dl className={styles['figures']}>
      <Headline label="Rate" under={`per ${row.pool.token.symbol}`}>
        <RateFigure live={live} own={row.live} />
      </Headline>
      <YieldHeadline row={row} state={state} />
      <SpreadHeadline row={row} state={state} />
      <SupplyHeadline live={live} row={row} />
      <Headline label="Share of all listed">
        <ShareCell live={live} row={row} />
      </Headline>
      <Headline label="Fee" under={'value' in row.live.facts.fee ? 'of the rewards' : undefined}>
        <FeeCell live={live} own={row.live} />
      </Headline>
      <Headline label="Premium" under={market.kind === 'feed' ? market.name : undefined}>
        <PremiumCell live={live} own={row.live} />
      </Headline>
      <Headline label="Last report">
        <ReportCell live={live} row={row} />
      </Headline>
    </dl>
  )
}

/** Here nothing is late: the page of a pool is loaded as a whole. */
const FIGURES = { pointsOf, seriesOf } as const

/** What the single reports of the window gave, beside what its ends say. */
function SpreadHeadline({ row: { pool, result, series, spread }, state: { measure } }: YieldProps) {
  if (spread === undefined || !isYield(result)) return null
  return (
    <Headline
      label={`Median of single reports, ${measure.toUpperCase()}`}
      under={`from ${formatPercent(spread.low)} to ${formatPercent(spread.high)} %`}
    >
      <Figure
        exact={`${formatPercent(spread.median, 6)} %`}
        receipt={book => book.yieldReceipt({ pool, result, measure, source: series.operators, spread })}
        unit="%"
      >
        <span data-falls={spread.median < 0n}>{formatPercent(spread.median)}</span>
      </Figure>
    </Headline>
  )
}

/** As much room as the figures of most pools take. */
const Pending = () => (
  <div className={styles['pending']}>
    <Skeleton rows={1} height={40} label="Reading the pool" />
  </div>
)

/** The headline figures of one pool, the way out, its history and its reports. */
export function PoolFigures({ pool }: { readonly pool: TokenPool }) {
  const [state] = useViewState()
  // The choice shows at once; what follows from it, a moment later.
  const view = useDeferredValue(state)
  const { live, history, read, series, from, isCustom: _, ...asked } = usePoolData(view, FIGURES)
  const own = useMemo(() => series.filter(one => one.pool === pool), [series, pool])
  const rowOf = (data: Live): TableRow | undefined =>
    tableRows({ live: data, history: read, series: own, measure: view.measure, from })[0]
  return (
    <>
      <div className={styles['controls']}>
        <YieldControls context="headlines" />
      </div>
      <Async query={live} what="the pool" pending={<Pending />}>
        {data => {
          const row = rowOf(data)
          return row === undefined ? null : (
            <>
              <Headlines live={data} row={row} state={view} />
              <ExitToday live={data} own={row.live} />
            </>
          )
        }}
      </Async>
      <HistoryCard {...asked} history={history} series={own} from={from} view={view} />
      {own.map(one => (
        <StepsList
          key={one.pool.id}
          own={one}
          isComplete={history.data?.isComplete === true || history.isError}
        />
      ))}
    </>
  )
}
