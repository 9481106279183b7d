import type { ChartRow } from '../../format/chartRows.ts'
import { formatDay, isoTime } from '../../format/time.ts'
import { CopyButton } from '../ui/CopyButton.tsx'
import type { ChartLine } from './HistoryChart.tsx'
import styles from './HistoryTable.module.css'

type Props = {
  readonly rows: readonly ChartRow[]
  readonly lines: readonly ChartLine[]
  readonly caption: string
  readonly formatValue: (value: number) => string
}

/** The points for a spreadsheet: ISO times, plain numbers, empty where a value is not known. */
const asText = (rows: readonly ChartRow[], lines: readonly ChartLine[]): string =>
  [
    ['time', ...lines.map(({ name }) => name)].join('\t'),
    ...rows.map(({ x, values }) => [isoTime(x), ...values.map(value => value ?? '')].join('\t')),
  ].join('\n')

/**
 * The points of the chart as a table, newest first. The button in its caption also lets the keyboard into the region,
 * to scroll it.
 */
export function HistoryTable({ rows, lines, caption, formatValue }: Props) {
  return (
    <section className={styles['scroll']} aria-label={`${caption}, as a table`}>
      <table>
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
                return <td key={id}>{typeof value === 'number' ? formatValue(value) : 'not known'}</td>
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
