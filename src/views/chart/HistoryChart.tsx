import { memo, useMemo } from 'react'
import { CartesianGrid, LineChart, XAxis, YAxis } from 'recharts'
import { type ChartRow, rowLimits } from '../../format/chartRows.ts'
import { thinLines } from '../../format/thinLines.ts'
import { decimalsOf, timeTicks, writtenTicks } from '../../format/ticks.ts'
import { formatTick } from '../../format/time.ts'
import { useMedia } from '../ui/useMedia.ts'
import { Crosshair } from './Crosshair.tsx'
import type { ChartLine, Drawing } from './drawing.ts'
import styles from './HistoryChart.module.css'
import { LineEnds } from './LineEnds.tsx'
import { Lines } from './Lines.tsx'
import { Marks, MarksKey } from './Marks.tsx'
import { type Extent, pixel, usePlot } from './plot.ts'

const HEIGHT = 380
const AXIS = { left: 64, bottom: 30 }
const MARGIN = { top: 12, right: 140, bottom: 4, left: 0 }
/** Where there is no room for names at the line ends, the legend alone names the lines. */
const NARROW = '(max-width: 35em)'
const NARROW_MARGIN = { ...MARGIN, right: 12 }
/** Rows that a chart of this width can show; more cost time and change no pixel. */
const ROWS = { wide: 280, narrow: 160 }
const MOST_TICKS = 6
const MOST_DECIMALS = 4

/** Round ticks around all values; the first and the last are the limits of the axis. */
function ticksOf(rows: readonly ChartRow[], write: (value: number) => string): number[] {
  const limits = rowLimits(rows)
  if (limits === undefined) return [0, 1]
  const [low, high] = limits
  // A flat line gets room on both sides, also below zero and on it.
  const room = Math.abs(low) * 0.01 || 1
  return low === high
    ? writtenTicks([low - room, high + room], 3, write)
    : writtenTicks([low, high], MOST_TICKS, write)
}

/** In one line: recharts breaks a label at its spaces. */
const unbroken = (text: string): string => text.replaceAll(' ', '\u00a0')

/** The ends of the time axis, and its ticks with their words: recharts asks for these again and again. */
function axisOf(from: number, until: number, most: number) {
  const ticks = timeTicks(from, until, most)
  const words = new Map(ticks.map(tick => [tick, formatTick(tick, until - from)]))
  return [[{ x: from }, { x: until }], words] as const
}

type GroundProps = { readonly extent: Extent; readonly isLoss: boolean }

/** The line at zero, where values lie on both sides, and a tint below it where that means a loss. */
function Ground({ extent, isLoss }: GroundProps) {
  const plot = usePlot(extent)
  if (plot === undefined || extent.low >= 0 || extent.high < 0) return null
  const [left, right, zero] = [pixel(plot.left), pixel(plot.right), pixel(plot.yOf(0))]
  return (
    <g>
      {isLoss ? (
        <path
          className={styles['loss']}
          d={`M${left},${zero}H${right}V${pixel(plot.foot)}H${left}Z`}
          fill="var(--down)"
          fillOpacity="0.07"
        />
      ) : null}
      <path className={styles['zero']} d={`M${left},${zero}H${right}`} stroke="var(--faint)" />
    </g>
  )
}

/** Whether a pool's rate is seen to fall: only stairs step by reports. */
const hasLoss = (lines: readonly ChartLine[], rows: readonly ChartRow[]): boolean =>
  lines.some(({ isStairs }, index) => isStairs && rows.some(({ values }) => (values[index] ?? 0) < 0))

/** Lines of every pool over time, with what stands out on them, a crosshair and names. Loaded after the figures. */
export const HistoryChart = memo(function HistoryChart(drawing: Drawing) {
  const { lines, from, until, title, formatValue } = drawing
  const isNarrow = useMedia(NARROW)
  const rows = useMemo(
    () => thinLines(lines, { from, until, most: isNarrow ? ROWS.narrow : ROWS.wide }),
    [lines, from, until, isNarrow],
  )
  // With the most decimals that the axis may write, not with those that the table has.
  const ticks = ticksOf(rows, value => formatValue(value, MOST_DECIMALS))
  const decimals = decimalsOf(ticks, MOST_DECIMALS)
  const extent = { from, until, low: ticks.at(0) ?? 0, high: ticks.at(-1) ?? 1 }
  const [ends, times] = useMemo(() => axisOf(from, until, isNarrow ? 4 : 7), [from, until, isNarrow])
  const margin = isNarrow ? NARROW_MARGIN : MARGIN
  const inset = { ...margin, left: margin.left + AXIS.left, bottom: margin.bottom + AXIS.bottom }
  return (
    <div className={styles['chart']}>
      <Crosshair drawing={drawing} extent={extent} inset={inset}>
        <LineChart
          responsive
          data={ends}
          accessibilityLayer={false}
          role="img"
          style={{ width: '100%', height: HEIGHT }}
          margin={margin}
          title={title}
        >
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <Ground extent={extent} isLoss={hasLoss(lines, rows)} />
          <XAxis
            dataKey="x"
            type="number"
            domain={[from, until]}
            allowDataOverflow
            ticks={[...times.keys()]}
            tickFormatter={(x: number) => times.get(x) ?? ''}
            tick={{ fill: 'var(--muted)', fontSize: 12 }}
            stroke="var(--line)"
            tickLine={false}
            height={AXIS.bottom}
            minTickGap={40}
          />
          <YAxis
            domain={[extent.low, extent.high]}
            allowDataOverflow
            ticks={ticks}
            interval={0}
            tickFormatter={value => unbroken(formatValue(value, decimals))}
            tick={{ fill: 'var(--muted)', fontSize: 12 }}
            axisLine={false}
            tickLine={false}
            width={AXIS.left}
          />
          <Lines lines={lines} rows={rows} extent={extent} />
          <LineEnds lines={lines} rows={rows} extent={extent} isNamed={!isNarrow} />
          <Marks lines={lines} extent={extent} />
        </LineChart>
      </Crosshair>
      <MarksKey lines={lines} span={extent} />
    </div>
  )
})
