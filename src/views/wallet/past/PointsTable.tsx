import { useState } from 'react'
import { formatExact } from '../../../format/number.ts'
import { formatTime } from '../../../format/time.ts'
import type { PastSource } from '../../receipt/pastReceipts.ts'
import { Figure, UnknownFigure } from '../../ui/Figure.tsx'
import tables from '../../ui/Table.module.css'
import { exactly } from './amounts.ts'
import type { Measure, TimeLine, TimePoint } from './overTime.ts'
import styles from './Past.module.css'
import { ShowMore } from './ShowMore.tsx'
import { MEASURE_LABELS, pointInWords } from './timeWords.ts'

/** Rows that are shown at a time. */
const SOME = 100

type CellProps = {
  readonly source: PastSource
  readonly line: TimeLine
  readonly point: TimePoint | undefined
  readonly measure: Measure
}

function Cell({ source, line, point, measure }: CellProps) {
  if (point?.value === undefined)
    return <UnknownFigure why="Not everything that it takes was read at this moment." />
  const { value, between } = point
  const unit = measure === 'dollars' ? 'USD' : 'ETH'
  return (
    <Figure
      exact={`${between === undefined ? formatExact(value) : exactly(between)} ${unit}`}
      receipt={book => book.pointReceipt({ ...source, line, point, measure })}
    >
      {pointInWords(point, measure)}
    </Figure>
  )
}

type Props = {
  readonly source: PastSource
  readonly lines: readonly TimeLine[]
  readonly measure: Measure
}

/** The points of the chart, newest first. */
export function PointsTable({ source, lines, measure }: Props) {
  const [most, setMost] = useState(SOME)
  const moments = lines[0]?.points ?? []
  const places = [...moments.keys()].reverse()
  const rest = places.length - most
  const caption = `${MEASURE_LABELS[measure]}, as a table`
  return (
    <section className={styles['scroll']} aria-label={caption}>
      <table className={`${tables['table']} ${styles['points']}`}>
        <caption className="visually-hidden">{caption}</caption>
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
          {places.slice(0, most).map(place => (
            <tr key={moments[place]?.block.toString()}>
              <th scope="row">{formatTime(moments[place]?.time ?? 0n)}</th>
              {lines.map(line => (
                <td key={line.id} data-falls={(line.points[place]?.value ?? 0n) < 0n}>
                  <Cell source={source} line={line} point={line.points[place]} measure={measure} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <ShowMore rest={rest} step={SOME} onPress={() => setMost(most + SOME)} />
    </section>
  )
}
