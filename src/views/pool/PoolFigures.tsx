import type { ReactNode } from 'react'
import { formatAmount, formatChange, formatExact, formatPercent, formatRate } from '../../format/number.ts'
import { formatSpan } from '../../format/time.ts'
import { ageOfLastChange } from '../../math/series.ts'
import { isYield, yieldBand } from '../../math/window.ts'
import type { TokenPool } from '../../pools/definePool.ts'
import type { Live, LivePool } from '../../queries/live.ts'
import { HistoryCard } from '../chart/HistoryCard.tsx'
import {
  ageInWords,
  isOverdue,
  type PoolSeries,
  type SupplyChange,
  sourceOf,
  supplyChange,
  WHY_NO_YIELD,
  yieldOf,
} from '../overview/poolFigures.ts'
import { usePoolData } from '../overview/usePoolData.ts'
import { changeReceipt, rateReceipt, supplyReceipt, yieldReceipt } from '../receipt/receipt.ts'
import { useViewState, type ViewState, WINDOW_LABELS, windowSeconds } from '../state/viewState.ts'
import { Async } from '../ui/Async.tsx'
import { Figure, UnknownFigure } from '../ui/Figure.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import { YieldControls } from '../ui/YieldControls.tsx'
import styles from './PoolPage.module.css'

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

type YieldProps = { readonly own: PoolSeries; readonly state: ViewState }

function YieldHeadline({ own, state }: YieldProps) {
  const { measure, window } = state
  const result = yieldOf(own, windowSeconds(window))
  const label = `Implied ${measure.toUpperCase()}, ${WINDOW_LABELS[window]}`
  if (!isYield(result)) {
    return (
      <Headline label={label}>
        <UnknownFigure why={WHY_NO_YIELD[result.why]} />
      </Headline>
    )
  }
  const band = yieldBand(result, measure)
  const sure =
    band === undefined ? '' : `, between ${formatPercent(band.low)} and ${formatPercent(band.high)} %`
  return (
    <Headline
      label={label}
      under={`${formatSpan(result.span)}, ${result.steps} ${result.steps === 1 ? 'change' : 'changes'} seen${sure}`}
    >
      <Figure
        exact={`${formatPercent(result[measure], 6)} %`}
        receipt={() => yieldReceipt(own.pool, result, measure, sourceOf(own, result))}
        unit="%"
      >
        {formatPercent(result[measure])}
      </Figure>
    </Headline>
  )
}

function RateAndSupply({
  live,
  own,
  change,
}: {
  live: Live
  own: LivePool
  change: SupplyChange | undefined
}) {
  const { reading, pool } = own
  if (reading.state !== 'known') {
    const why = reading.state === 'unknown' ? reading.why : 'The token has no rate at this block.'
    return (
      <Headline label="Rate" under={why}>
        <UnknownFigure why={why} />
      </Headline>
    )
  }
  const moved =
    change === undefined ? undefined : (
      <Figure
        exact={`${formatPercent(change.fraction, 6)} %`}
        receipt={() => changeReceipt(live, own, change)}
        unit="% in 30 days"
      >
        {formatChange(change.fraction)}
      </Figure>
    )
  return (
    <>
      <Headline label="Rate" under={`per ${pool.token.symbol}`}>
        <Figure exact={formatExact(reading.rate)} receipt={() => rateReceipt(live, own)} unit={pool.unit}>
          {formatRate(reading.rate)}
        </Figure>
      </Headline>
      <Headline label="Supply" under={moved}>
        <Figure
          exact={`${formatExact(reading.pooled)} ETH`}
          receipt={() => supplyReceipt(live, own)}
          unit="ETH"
        >
          {formatAmount(reading.pooled)}
        </Figure>
      </Headline>
    </>
  )
}

/** The headline figures of one pool and its history. */
export function PoolFigures({ pool }: { readonly pool: TokenPool }) {
  const [state] = useViewState()
  const { live, history, series, from, inputs } = usePoolData(state)
  const own = series.filter(one => one.pool === pool)
  const [first] = own
  return (
    <>
      <div className={styles['controls']}>
        <YieldControls context="headlines" />
      </div>
      <Async
        query={live}
        what="the pool"
        pending={<Skeleton rows={1} height={96} label="Reading the pool" />}
      >
        {data => {
          const livePool = data.pools.find(one => one.pool === pool)
          const moved =
            livePool === undefined
              ? undefined
              : supplyChange(livePool, history.data?.samples ?? [], data.time)
          const age = first === undefined ? undefined : ageOfLastChange(first.points, data.time)
          return (
            <dl className={styles['headlines']}>
              {livePool === undefined ? null : <RateAndSupply live={data} own={livePool} change={moved} />}
              {first === undefined ? null : <YieldHeadline own={first} state={state} />}
              <Headline label="Last change">
                {age === undefined ? (
                  <UnknownFigure why="No change of rate has been seen in the samples yet." />
                ) : (
                  <span
                    className={styles['plain']}
                  >{`${isOverdue(age, pool) ? 'late, ' : ''}${ageInWords(age)}`}</span>
                )}
              </Headline>
            </dl>
          )
        }}
      </Async>
      <HistoryCard history={history} inputs={inputs} series={own} from={from} />
    </>
  )
}
