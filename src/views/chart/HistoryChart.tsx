import { memo } from 'react'
import { CartesianGrid, Line, LineChart, Tooltip, XAxis, YAxis } from 'recharts'
import type { ChartRow } from '../../format/chartRows.ts'
import { timeTicks, valueTicks } from '../../format/ticks.ts'
import { formatDay, formatTick } from '../../format/time.ts'
import { useMedia } from '../ui/useMedia.ts'
import styles from './HistoryChart.module.css'

export type ChartLine = {
  readonly id: string
  readonly name: string
  readonly colour: string
  readonly dash: string | undefined
}

type Props = {
  readonly rows: readonly ChartRow[]
  readonly lines: readonly ChartLine[]
  readonly title: string
  readonly formatValue: (value: number) => string
}

const HEIGHT = 380
const MARGIN = { top: 12, right: 128, bottom: 4, left: 0 }
/** Where there is no room for names at the line ends, the legend alone tells the lines apart. */
const NARROW = '(max-width: 560px)'
const NARROW_MARGIN = { ...MARGIN, right: 8 }
const LABEL_GAP = 16

/** Pixels from the top of the chart to the top of its plot, and the plot's height: recharts' axis takes 30. */
const PLOT = { top: MARGIN.top, height: HEIGHT - MARGIN.top - MARGIN.bottom - 30 }

type EndLabel = ChartLine & { readonly top: number }

/** Names at the line ends, moved apart where they would cover each other. */
function endLabels(
  rows: readonly ChartRow[],
  lines: readonly ChartLine[],
  [low, high]: readonly [number, number],
): EndLabel[] {
  const last = rows.at(-1)
  const labels = lines.flatMap((line, index): EndLabel[] => {
    const value = last?.values[index]
    if (typeof value !== 'number') return []
    return [{ ...line, top: PLOT.top + ((high - value) / (high - low || 1)) * PLOT.height }]
  })
  return spread(labels.sort((one, other) => one.top - other.top))
}

/** Move labels, sorted from the top, down until none covers another, and then up again from the plot's foot. */
function spread(labels: readonly EndLabel[]): EndLabel[] {
  let lowest = -LABEL_GAP
  const down = labels.map(label => {
    lowest = Math.max(label.top, lowest + LABEL_GAP)
    return { ...label, top: lowest }
  })
  let highest = PLOT.top + PLOT.height + LABEL_GAP
  return down
    .toReversed()
    .map(label => {
      highest = Math.min(label.top, highest - LABEL_GAP)
      return { ...label, top: highest }
    })
    .toReversed()
}

const MOST_TICKS = 6

/** Round ticks around all values; the first and the last are the limits of the axis. */
function ticksOf(rows: readonly ChartRow[]): number[] {
  const values = rows.flatMap(({ values: row }) => row.filter(value => value !== null))
  if (values.length === 0) return [0, 1]
  const [low, high] = [Math.min(...values), Math.max(...values)]
  // A flat line gets room on both sides, also below zero and on it.
  const room = Math.abs(low) * 0.01 || 1
  return low === high ? valueTicks(low - room, high + room, 3) : valueTicks(low, high, MOST_TICKS)
}

type TipProps = {
  readonly active?: boolean
  readonly payload?: readonly { readonly payload: ChartRow }[]
  readonly lines: readonly ChartLine[]
  readonly formatValue: (value: number) => string
}

function Tip({ active, payload, lines, formatValue }: TipProps) {
  const row = payload?.[0]?.payload
  if (active !== true || row === undefined) return null
  return (
    <div className={styles['tip']}>
      <p>{formatDay(BigInt(row.x))}</p>
      <dl>
        {lines.map(({ id, name, colour }, index) => {
          const value = row.values[index]
          return (
            <div key={id}>
              <dt style={{ color: colour }}>{name}</dt>
              <dd>{typeof value === 'number' ? formatValue(value) : 'not known'}</dd>
            </div>
          )
        })}
      </dl>
    </div>
  )
}

/** Stairs of every pool over time, named at their ends. Loaded after the figures have painted. */
export const HistoryChart = memo(function HistoryChart({ rows, lines, title, formatValue }: Props) {
  const isNarrow = useMedia(NARROW)
  const ticks = ticksOf(rows)
  const [low = 0, high = 1] = [ticks.at(0), ticks.at(-1)]
  const [from, until] = [rows[0]?.x ?? 0, rows.at(-1)?.x ?? 0]
  return (
    <div className={styles['chart']}>
      <LineChart
        responsive
        style={{ width: '100%', height: HEIGHT }}
        data={rows as ChartRow[]}
        margin={isNarrow ? NARROW_MARGIN : MARGIN}
        title={title}
      >
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis
          dataKey="x"
          type="number"
          domain={['dataMin', 'dataMax']}
          ticks={timeTicks(from, until, 7)}
          tickFormatter={(x: number) => formatTick(x, until - from)}
          tick={{ fill: 'var(--muted)', fontSize: 12 }}
          stroke="var(--line)"
          tickLine={false}
          minTickGap={40}
        />
        <YAxis
          domain={[low, high]}
          ticks={ticks}
          interval={0}
          tickFormatter={formatValue}
          tick={{ fill: 'var(--muted)', fontSize: 12 }}
          axisLine={false}
          tickLine={false}
          width={64}
        />
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: 'var(--faint)' }}
          content={<Tip lines={lines} formatValue={formatValue} />}
        />
        {lines.map(({ id, name, colour, dash }, index) => (
          <Line
            key={id}
            dataKey={(row: ChartRow) => row.values[index]}
            name={name}
            type="stepAfter"
            stroke={colour}
            strokeWidth={1.75}
            {...(dash === undefined ? {} : { strokeDasharray: dash })}
            dot={false}
            activeDot={{ r: 3, strokeWidth: 0, fill: colour }}
            isAnimationActive={false}
          />
        ))}
      </LineChart>
      {isNarrow ? null : (
        <ul className={styles['ends']} aria-hidden="true">
          {endLabels(rows, lines, [low, high]).map(({ id, name, colour, top }) => (
            <li key={id} style={{ color: colour, top }}>
              {name}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
})
