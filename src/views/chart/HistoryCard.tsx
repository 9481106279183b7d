import { type UseQueryResult, useQueryClient } from '@tanstack/react-query'
import { lazy, memo, Suspense, useCallback, useDeferredValue, useMemo, useRef, useState } from 'react'
import type { Seconds } from '../../math/fixedPoint.ts'
import type { Sample } from '../../math/sample.ts'
import { type History, type HistoryInputs, historyKey } from '../../queries/history.ts'
import type { Reports } from '../../queries/reports.ts'
import { useSession } from '../../queries/session.ts'
import type { PoolSeries } from '../overview/poolFigures.ts'
import { customRange } from '../state/customRange.ts'
import { useViewState, type ViewState } from '../state/viewState.ts'
import { Async } from '../ui/Async.tsx'
import { CardBar } from '../ui/CardBar.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import { useNear } from '../ui/useNear.ts'
import { ChartControls } from './ChartControls.tsx'
import { daysAround } from './days.ts'
import { Exports } from './Exports.tsx'
import styles from './HistoryCard.module.css'
import { HistoryTable } from './HistoryTable.tsx'
import { Legend } from './Legend.tsx'
import { FORMATS, nameOf } from './measures.ts'
import { ignoredInWords, notesOf } from './notes.ts'
import { Progress } from './Progress.tsx'
import { ReportsProgress } from './ReportsProgress.tsx'
import { usePicture } from './usePicture.ts'

const HistoryChart = lazy(() =>
  import('./HistoryChart.tsx').then(({ HistoryChart: chart }) => ({ default: chart })),
)

type Props = {
  readonly history: UseQueryResult<History>
  readonly reports: UseQueryResult<Reports>
  /** Read the reports of the whole range; undefined where they are read anyway. */
  readonly readAllReports: (() => void) | undefined
  readonly inputs: HistoryInputs
  readonly series: readonly PoolSeries[]
  readonly from: Seconds | undefined
  readonly until: Seconds | undefined
  /** Time of the head, or that of the clock before it is known. */
  readonly now: Seconds
  /** What is drawn; it may lag behind what was just chosen, so that a choice shows at once. */
  readonly view: ViewState
}

const WAITING = <Skeleton rows={1} height={380} label="Loading the chart" />

const NO_SAMPLES: readonly Sample[] = []

/** The chart of what the pools had over time, with its controls, its progress, its table and its files. */
export const HistoryCard = memo(function HistoryCard(props: Props) {
  const { history, reports, readAllReports, inputs, series, from, until, now, view } = props
  const session = useSession()
  const queries = useQueryClient()
  const [, change] = useViewState()
  const [isTable, setIsTable] = useState(false)
  const stage = useRef<HTMLDivElement>(null)
  const [chart, setChart] = useState<HTMLDivElement | null>(null)
  // On a phone it is far below the first screen, and neither its code nor its drawing is wanted before.
  const isNear = useNear(stage)
  const samples = useDeferredValue(history.data)?.samples ?? NO_SAMPLES
  const chosen = useMemo(
    () => series.filter(({ pool }) => !view.hidden.includes(pool.id)),
    [series, view.hidden],
  )
  // Before anything is worked out the legend already has the place that it will take.
  const awaited = session.tokenPools.filter(({ category }) => view.kind === 'all' || category === view.kind)
  const choose = useCallback(
    (first: number, last: number) => change(daysAround(first, last, now)),
    [change, now],
  )
  const picture = usePicture({ series: chosen, samples, view, from, until, choose })
  const { drawn, extent, drawing } = picture
  const name = nameOf(view)
  const ignored = ignoredInWords(customRange(view.from, view.until, now))
  const isSettled = history.data?.isComplete === true && !history.isPlaceholderData
  const notes = useMemo(() => (isSettled ? notesOf(picture) : []), [isSettled, picture])
  const cancel = (): void => void queries.cancelQueries({ queryKey: historyKey(session, inputs) })
  return (
    <section className={styles['card']} aria-labelledby="history-title">
      <CardBar id="history-title" title={name}>
        <ChartControls now={now} />
      </CardBar>
      <div role="status">{ignored === undefined ? null : <p className={styles['note']}>{ignored}</p>}</div>
      <div className={styles['reading']}>
        <Progress history={history} cancel={cancel} />
        <button
          type="button"
          className={styles['toggle']}
          aria-pressed={isTable}
          onClick={() => setIsTable(!isTable)}
        >
          Table
        </button>
        <ReportsProgress reports={reports} readAll={readAllReports} now={now} />
      </div>
      <Legend pools={series.length > 0 ? series.map(({ pool }) => pool) : awaited} />
      <div className={styles['stage']} ref={stage}>
        <Async
          query={history}
          what="the history"
          pending={<Skeleton rows={1} height={380} label="Reading the history" />}
        >
          {() =>
            drawing === undefined || extent === undefined ? (
              <p className={styles['note']}>{picture.whyNothing}</p>
            ) : isTable ? (
              <HistoryTable
                key={`${view.shown} ${view.range} ${view.from} ${view.until}`}
                lines={drawing.lines}
                extent={extent}
                caption={name}
                formatValue={FORMATS[view.shown]}
                series={chosen}
                drawn={drawn}
              />
            ) : isNear ? (
              <Suspense fallback={WAITING}>
                <div ref={setChart}>
                  <HistoryChart {...drawing} />
                </div>
              </Suspense>
            ) : (
              // Nothing is being loaded yet, and nobody is to be told so.
              <div aria-hidden="true">{WAITING}</div>
            )
          }
        </Async>
      </div>
      {drawing === undefined ? null : (
        // Where it is drawn, the chart itself says it to those who do not see.
        <p className={styles['note']} aria-hidden={chart !== null}>
          {drawing.title}
        </p>
      )}
      {drawing === undefined || extent === undefined ? null : (
        <Exports
          points={{ series: chosen, drawn, extent, view, chain: session.chain }}
          title={name}
          block={samples.at(-1)?.block}
          chart={
            isTable ? undefined : () => stage.current?.querySelector<SVGSVGElement>('svg.recharts-surface')
          }
        />
      )}
      {notes.map(note => (
        <p key={note} className={styles['note']}>
          {note}
        </p>
      ))}
      <p className={styles['note']}>
        Lines step where a rate changed; a dash pattern and a symbol tell them apart without colour. Focus the
        chart and use the arrow keys, or open the table. Drag over the chart to see a part of it.
      </p>
    </section>
  )
})
