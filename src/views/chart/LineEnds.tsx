import type { ChartRow } from '../../format/chartRows.ts'
import { spread } from '../../format/spread.ts'
import { valueAt } from '../../format/valueAt.ts'
import { lineSymbol } from '../ui/poolColour.ts'
import type { ChartLine } from './drawing.ts'
import styles from './HistoryChart.module.css'
import { type Extent, type Plot, pixel, usePlot } from './plot.ts'

const LABEL_GAP = 16
/** From the plot to the symbol of a name, and to the name. */
const SYMBOL_AT = 16
const NAME_AT = 25
/** A line that ends before this part of the range has been drawn is over: its name would stand beside nothing. */
const OVER = 0.92
/** Symbols along each line: enough to follow one through a crowd. */
const ALONG = 3

type Place = { readonly x: number; readonly y: number }
type End = { readonly line: ChartLine; readonly index: number; readonly place: Place }

/** Where each line ends: at its last value in the rows. */
function endsOf(lines: readonly ChartLine[], rows: readonly ChartRow[], plot: Plot): End[] {
  return lines.flatMap((line, index): End[] => {
    const row = rows.findLast(({ values }) => typeof values[index] === 'number')
    const value = row?.values[index]
    if (row === undefined || typeof value !== 'number') return []
    return [{ line, index, place: { x: plot.xOf(row.x), y: plot.yOf(value) } }]
  })
}

/** Values with gaps on both sides: no line leads there, so that only a symbol shows them. */
const lonelyPlaces = (rows: readonly ChartRow[], index: number, plot: Plot): Place[] =>
  rows.flatMap(({ x, values }, at): Place[] => {
    const value = values[index]
    const isLonely =
      typeof value === 'number' &&
      typeof rows[at - 1]?.values[index] !== 'number' &&
      typeof rows[at + 1]?.values[index] !== 'number'
    return isLonely ? [{ x: plot.xOf(x), y: plot.yOf(value) }] : []
  })

type Along = { readonly index: number; readonly count: number; readonly extent: Extent; readonly plot: Plot }

/** Places along a line, each line's own, so that symbols of lines close to each other stand side by side. */
function alongPlaces(line: ChartLine, { index, count, extent, plot }: Along): Place[] {
  const { from, until } = extent
  return Array.from({ length: ALONG }, (_, part) => {
    const time = from + ((until - from) * (part + (index + 0.5) / count)) / ALONG
    const value = valueAt(line, time)
    return value === null ? [] : [{ x: plot.xOf(time), y: plot.yOf(value) }]
  }).flat()
}

type SymbolProps = { readonly line: ChartLine; readonly places: readonly Place[] }

function Symbols({ line: { colour, dash }, places }: SymbolProps) {
  const { path, isHollow } = lineSymbol(dash)
  return (
    <path
      className={styles['symbol']}
      d={places.map(({ x, y }) => `M${pixel(x)},${pixel(y)}${path}`).join('')}
      stroke={colour}
      strokeWidth="1.5"
      strokeLinejoin="round"
      fill={isHollow ? 'var(--paper)' : colour}
    />
  )
}

/** Names of lines that reach the right edge, with a thread to each where it had to be moved. */
function Names({ ends, plot }: { readonly ends: readonly End[]; readonly plot: Plot }) {
  const sorted = ends
    .filter(({ place }) => place.x >= plot.left + (plot.right - plot.left) * OVER)
    .sort((one, other) => one.place.y - other.place.y)
  const tops = spread(
    sorted.map(({ place }) => place.y),
    LABEL_GAP,
    { head: plot.top, foot: plot.foot },
  )
  return sorted.map(({ line, place }, index) => {
    const top = tops[index] ?? place.y
    return (
      <g key={line.id} className={styles['end']}>
        <path
          d={`M${pixel(place.x)},${pixel(place.y)}H${pixel(plot.right + 2)}L${pixel(plot.right + 10)},${pixel(top)}`}
          stroke={line.colour}
          strokeOpacity="0.5"
          fill="none"
        />
        <Symbols line={line} places={[{ x: plot.right + SYMBOL_AT, y: top }]} />
        <text x={pixel(plot.right + NAME_AT)} y={pixel(top)} dy="0.35em" fill={line.colour} fontWeight="600">
          {line.name}
        </text>
      </g>
    )
  })
}

type Props = {
  readonly lines: readonly ChartLine[]
  readonly rows: readonly ChartRow[]
  readonly extent: Extent
  /** A narrow screen has no room for names. */
  readonly isNamed: boolean
}

/** What tells lines apart without colour: symbols along them, at lonely values and at their ends, and their names. */
export function LineEnds({ lines, rows, extent, isNamed }: Props) {
  const plot = usePlot(extent)
  if (plot === undefined) return null
  const ends = endsOf(lines, rows, plot)
  return (
    <>
      {lines.map((line, index) => (
        <Symbols
          key={line.id}
          line={line}
          places={[
            ...alongPlaces(line, { index, count: lines.length, extent, plot }),
            ...lonelyPlaces(rows, index, plot),
            ...(isNamed ? [] : ends.filter(end => end.line === line).map(({ place }) => place)),
          ]}
        />
      ))}
      {isNamed ? <Names ends={ends} plot={plot} /> : null}
    </>
  )
}
