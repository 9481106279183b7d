import { lazy, memo, Suspense, useMemo, useState } from 'react'
import { formatBlock } from '../../../format/number.ts'
import { chartTime, formatDay, formatTime } from '../../../format/time.ts'
import type { ChartLine, Drawing } from '../../chart/drawing.ts'
import { LineMark } from '../../chart/LineMark.tsx'
import type { PastSource } from '../../receipt/pastReceipts.ts'
import { CardBar } from '../../ui/CardBar.tsx'
import page from '../../ui/Page.module.css'
import press from '../../ui/Press.module.css'
import { poolColour, poolDash } from '../../ui/poolColour.ts'
import { Segmented } from '../../ui/Segmented.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import type { HeldAsset } from './held.ts'
import {
  drawnLines,
  drawnPoints,
  MEASURES,
  type Measure,
  OTHERS,
  pointBy,
  type TimeLine,
  timeLines,
} from './overTime.ts'
import styles from './Past.module.css'
import { PointsTable } from './PointsTable.tsx'
import { axisInWords, MEASURE_LABELS, pointInWords, summaryInWords } from './timeWords.ts'

const HistoryChart = lazy(() =>
  import('../../chart/HistoryChart.tsx').then(({ HistoryChart: chart }) => ({ default: chart })),
)

/** A pool's tokens share its colour: the dash pattern of another one tells them apart. */
const NEXT_DASH = 7

const ALL_LOOK = { colour: 'var(--ink)', dash: '12 2 2 2' } as const
const OTHERS_LOOK = { colour: 'var(--muted)', dash: '2 3' } as const

/** How a line looks. All tokens together are black; a pool's second token has its colour and another dash. */
function lookOf(line: TimeLine, lines: readonly TimeLine[]): Pick<ChartLine, 'colour' | 'dash'> {
  const pool = line.held?.asset.pool
  if (pool === undefined) return line.id === OTHERS ? OTHERS_LOOK : ALL_LOOK
  const same = lines.filter(({ held }) => held?.asset.pool === pool)
  const { colour } = pool
  return {
    colour: poolColour(pool),
    dash: poolDash({ ...pool, colour: colour + NEXT_DASH * same.indexOf(line) }),
  }
}

const chartLine = (line: TimeLine, lines: readonly TimeLine[]): ChartLine => ({
  ...lookOf(line, lines),
  id: line.id,
  name: line.name,
  points: drawnPoints(line),
  isStairs: false,
  marks: [],
})

type Range = { readonly from: number; readonly until: number }

/** What the chart draws of a range; undefined where there are no two times to draw between. */
function drawingOf(
  lines: readonly TimeLine[],
  measure: Measure,
  { range, choose }: { readonly range: Range | undefined; readonly choose: Drawing['choose'] },
): Drawing | undefined {
  const points = lines[0]?.points ?? []
  const [first, last] = [points[0], points.at(-1)]
  if (first === undefined || last === undefined || first.time === last.time) return undefined
  return {
    lines: lines.map(line => chartLine(line, lines)),
    from: range?.from ?? chartTime(first.time),
    until: range?.until ?? chartTime(last.time),
    title: summaryInWords(lines, measure),
    formatValue: axisInWords(measure),
    tipOf: (id, x) => {
      const line = lines.find(one => one.id === id)
      const point = line === undefined ? undefined : pointBy(line, x)
      if (point?.value === undefined) return undefined
      return {
        value: pointInWords(point, measure),
        detail: `read at block ${formatBlock(point.block)}, ${formatTime(point.time)}`,
      }
    },
    choose,
  }
}

const Key = ({ lines }: { readonly lines: readonly TimeLine[] }) => (
  <ul className={styles['key']}>
    {lines.map(line => (
      <li key={line.id}>
        <LineMark line={lookOf(line, lines)} /> {line.name}
      </li>
    ))}
  </ul>
)

type Props = {
  readonly source: PastSource
  readonly held: readonly HeldAsset[]
}

/** What the wallet's stake was worth, or had earned, over time. */
export const OverTimeCard = memo(function OverTimeCard({ source, held }: Props) {
  const { past } = source
  const [measure, setMeasure] = useState<Measure>('ether')
  const [isTable, setIsTable] = useState(false)
  const [range, setRange] = useState<Range>()
  const lines = useMemo(() => timeLines(past, held, measure), [past, held, measure])
  const drawn = useMemo(() => drawnLines(lines), [lines])
  const drawing = useMemo(
    () => drawingOf(drawn, measure, { range, choose: (from, until) => setRange({ from, until }) }),
    [drawn, measure, range],
  )
  return (
    <section aria-labelledby="over-time-title">
      <CardBar id="over-time-title" title="Over time">
        <Segmented
          label="What is drawn over time"
          options={MEASURES}
          labels={MEASURE_LABELS}
          value={measure}
          onChange={setMeasure}
        />
      </CardBar>
      <div className={styles['bar']}>
        <Key lines={drawn} />
        <button
          type="button"
          className={press['press']}
          aria-pressed={isTable}
          onClick={() => setIsTable(!isTable)}
        >
          Table
        </button>
        {range === undefined ? null : (
          <button type="button" className={press['press']} onClick={() => setRange(undefined)}>
            Show all, not only {formatDay(BigInt(Math.floor(range.from)))} to{' '}
            {formatDay(BigInt(Math.floor(range.until)))}
          </button>
        )}
      </div>
      {drawing === undefined ? (
        <p className={page['note']}>There are no two moments yet to draw a line between.</p>
      ) : isTable ? (
        <PointsTable source={source} lines={lines} measure={measure} />
      ) : (
        <div className={styles['stage']}>
          <Suspense fallback={<Skeleton rows={1} height={380} label="Loading the chart" />}>
            <HistoryChart {...drawing} />
          </Suspense>
        </div>
      )}
      <p className={page['note']}>
        {summaryInWords(lines, measure)} Read at the moments of the table; the lines between them are
        straight.
        {measure === 'earned'
          ? ' Where it is known only to lie between two values, the middle is drawn.'
          : ''}
        {measure === 'dollars' ? ' Dollars are those of each moment.' : ''}
      </p>
    </section>
  )
})
