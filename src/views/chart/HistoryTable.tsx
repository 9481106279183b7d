import type { ChartRow } from '../../format/chartRows.ts'
import { formatDay } from '../../format/time.ts'
import type { ChartLine } from './HistoryChart.tsx'
import styles from './HistoryTable.module.css'

type Props = {
  readonly rows: readonly ChartRow[]
  readonly lines: readonly ChartLine[]
  readonly caption: string
  readonly formatValue: (value: number) => string
}

/** The points of the chart as a table, newest first. */
export function HistoryTable({ rows, lines, caption, formatValue }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (WCAG 2.1.1)
    <section className={styles['scroll']} aria-label={caption} tabIndex={0}>
      <table>
        <caption>{caption}</caption>
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
                return <td key={id}>{typeof value === 'number' ? formatValue(value) : 'not known'}</td>
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
