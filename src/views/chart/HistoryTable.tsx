import type { KeyboardEvent } from 'react'
import type { ChartRow } from '../../format/chartRows.ts'
import { formatDay, isoTime } from '../../format/time.ts'
import type { PoolSeries } from '../overview/poolFigures.ts'
import type { Drawn } from '../receipt/chartReceipts.ts'
import { useOpenReceipt } from '../receipt/receiptContext.ts'
import { CopyButton } from '../ui/CopyButton.tsx'
import type { ChartLine } from './HistoryChart.tsx'
import styles from './HistoryTable.module.css'

type Props = {
  readonly rows: readonly ChartRow[]
  readonly lines: readonly ChartLine[]
  readonly caption: string
  readonly formatValue: (value: number) => string
  /** What is behind the lines, in their order: each value opens its receipt. */
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
      onClick={() => open(book => book.chartReceipt(own, drawn, BigInt(x)))}
    >
      {text}
    </button>
  )
}

/**
 * The points of the chart as a table, newest first. The button in its caption also lets the keyboard into the region,
 * to scroll it.
 */
export function HistoryTable({ rows, lines, caption, formatValue, series = [], drawn }: Props) {
  const [newest, first] = [rows.at(-1)?.x, lines[0]?.id]
  return (
    <section className={styles['scroll']} aria-label={`${caption}, as a table`}>
      <table onKeyDown={moveFocus}>
        <caption>
          {caption} <CopyButton text={asText(rows, lines)} label="Copy the points as tab-separated text" />
        </caption>
        <thead>
          <tr>
            <th scope="col">Day</th>
            {lines.map(({ id, name }) => (
              <th key={id} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.toReversed().map(({ x, values }) => (
            <tr key={x}>
              <th scope="row">{formatDay(BigInt(x))}</th>
              {lines.map(({ id }, index) => {
                const value = values[index]
                return (
                  <td key={id}>
                    <Value
                      text={typeof value === 'number' ? formatValue(value) : 'not known'}
                      own={series[index]}
                      drawn={drawn}
                      x={x}
                      isStop={x === newest && id === first}
                    />
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
