import { type KeyboardEvent, useMemo, useState } from 'react'
import { type ChartRow, chartRows } from '../../format/chartRows.ts'
import { formatCount } from '../../format/number.ts'
import { formatTime, isoTime } from '../../format/time.ts'
import type { PoolSeries } from '../overview/poolFigures.ts'
import { useOpenReceipt } from '../receipt/receiptContext.ts'
import { CopyButton } from '../ui/CopyButton.tsx'
import press from '../ui/Press.module.css'
import { useFocusOnMore } from '../ui/useFocusOnMore.ts'
import type { ChartLine } from './drawing.ts'
import styles from './HistoryTable.module.css'
import type { Extent } from './lines.ts'
import type { Drawn } from './tracks.ts'

/** Rows that are drawn at a time; a file has them all. */
const SOME_ROWS = 400

type Props = {
  readonly lines: readonly ChartLine[]
  readonly extent: Extent
  readonly caption: string
  readonly formatValue: (value: number) => string
  /** What is behind the lines: each value opens its receipt. */
  readonly series: readonly PoolSeries[]
  readonly drawn: Drawn
}

/** The points for a spreadsheet: ISO times, plain numbers, empty where a value is not known. */
const asText = (rows: readonly ChartRow[], lines: readonly ChartLine[]): string =>
  [
    ['time', ...lines.map(({ name }) => name)].join('\t'),
    ...rows.map(({ x, values }) => [isoTime(x), ...values.map(value => value ?? '')].join('\t')),
  ].join('\n')

const STEPS: Readonly<Record<string, readonly [down: number, right: number]>> = {
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
}

/** Move the focus from one value to the next: with thousands of them, only one is a stop of the Tab key. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = STEPS[event.key]
  const cell = event.target instanceof HTMLElement ? event.target.closest('td') : null
  const row = cell?.closest('tr')
  if (step === undefined || cell === null || row === null || row === undefined) return
  const [down, right] = step
  const rows = [...(row.parentElement?.children ?? [])]
  const target = rows[rows.indexOf(row) + down]?.children[[...row.children].indexOf(cell) + right]
  const button = target?.querySelector('button')
  if (button === undefined || button === null) return
  event.preventDefault()
  button.focus()
}

type ValueProps = {
  readonly text: string
  readonly own: PoolSeries | undefined
  readonly drawn: Drawn
  readonly x: number
  readonly isStop: boolean
}

function Value({ text, own, drawn, x, isStop }: ValueProps) {
  const open = useOpenReceipt()
  if (own === undefined) return text
  return (
    <button
      type="button"
      className={styles['value']}
      tabIndex={isStop ? 0 : -1}
      onClick={() => open(book => book.chartReceipt(own, drawn, BigInt(Math.floor(x))))}
    >
      {text}
    </button>
  )
}

type RowProps = Pick<Props, 'lines' | 'formatValue' | 'drawn'> & {
  readonly row: ChartRow
  /** What is behind each line, in their order. */
  readonly owns: readonly (PoolSeries | undefined)[]
  readonly isFirst: boolean
}

function Row({ row: { x, values }, lines, owns, formatValue, drawn, isFirst }: RowProps) {
  return (
    <tr>
      <th scope="row">{formatTime(BigInt(Math.floor(x)))}</th>
      {lines.map(({ id, isStairs }, index) => {
        const value = values[index]
        return (
          <td key={id} data-falls={typeof value === 'number' && value < 0}>
            <Value
              text={typeof value === 'number' ? formatValue(value) : isStairs ? 'not known' : 'not read'}
              own={owns[index]}
              drawn={drawn}
              x={x}
              isStop={isFirst && index === 0}
            />
          </td>
        )
      })}
    </tr>
  )
}

/** The points of all lines by their times; what moves all the time has a value at its own only. */
function rowsOf(lines: readonly ChartLine[], extent: Extent): ChartRow[] {
  const own = lines.map(({ isStairs, points }) => (isStairs ? undefined : new Set(points.map(({ x }) => x))))
  return chartRows(lines, extent).map(({ x, values }) => ({
    x,
    values: values.map((value, index) => (own[index]?.has(x) === false ? null : value)),
  }))
}

/**
 * The points of the chart as a table, newest first: at each time at which one of them changed, with what was known of
 * the others. The button in its caption also lets the keyboard into the region, to scroll it.
 */
export function HistoryTable({ lines, extent, caption, formatValue, series, drawn }: Props) {
  const [most, setMost] = useState(SOME_ROWS)
  const rows = useMemo(() => rowsOf(lines, extent), [lines, extent])
  const owns = useMemo(
    () => lines.map(({ id }) => series.find(({ pool }) => pool.id === id)),
    [lines, series],
  )
  const shown = rows.slice(-most).reverse()
  const rest = rows.length - shown.length
  const focusOnMore = useFocusOnMore(rest)
  return (
    <section className={styles['scroll']} aria-label={`${caption}, as a table`}>
      <table onKeyDown={moveFocus}>
        <caption>
          {caption}{' '}
          <CopyButton text={() => asText(rows, lines)} label="Copy the points as tab-separated text" />
        </caption>
        <thead>
          <tr>
            <th scope="col">Time</th>
            {lines.map(({ id, name }) => (
              <th key={id} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row, index) => (
            <Row
              key={row.x}
              row={row}
              lines={lines}
              owns={owns}
              formatValue={formatValue}
              drawn={drawn}
              isFirst={index === 0}
            />
          ))}
        </tbody>
      </table>
      {rest === 0 ? null : (
        <button
          type="button"
          className={`${press['press']} ${styles['more']}`}
          onClick={event => {
            focusOnMore(event.currentTarget)
            setMost(most + SOME_ROWS)
          }}
        >
          Show {formatCount(Math.min(rest, SOME_ROWS))} more of {formatCount(rest)}
        </button>
      )}
    </section>
  )
}
