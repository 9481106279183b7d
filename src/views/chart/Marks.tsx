import { formatCount } from '../../format/number.ts'
import { knownValue } from '../../format/valueAt.ts'
import type { MarkKind } from '../../math/marks.ts'
import type { ChartLine, ChartMark } from './drawing.ts'
import styles from './HistoryChart.module.css'
import { type Extent, pixel, usePlot } from './plot.ts'

/** Shapes to draw with the pen at their middle. */
const SHAPES: Readonly<Record<MarkKind, string>> = {
  exceptional: 'm0,-6l6,6l-6,6l-6,-6z',
  fall: 'm-6,-5h12l-6,10z',
  late: 'm-3,0a3,3 0 1 0 6,0a3,3 0 1 0 -6,0',
}

const MARK_KINDS: readonly MarkKind[] = ['exceptional', 'fall', 'late']

export const MARK_WORDS: Readonly<Record<MarkKind, string>> = {
  exceptional: 'one exceptional report',
  fall: 'fall',
  late: 'late report',
}

const MANY_WORDS: Readonly<Record<MarkKind, string>> = {
  exceptional: 'exceptional reports',
  fall: 'falls',
  late: 'late reports',
}

/** So many marks of a kind are told apart; more are thinned to one of each line in a hundredth of the range. */
const MANY = 60
const BINS = 100

type Looks = { readonly kind: MarkKind; readonly colour: string; readonly d: string }

const MarkPath = ({ kind, colour, d }: Looks) => (
  <path
    d={d}
    className={styles[kind]}
    stroke={kind === 'fall' ? 'var(--down)' : colour}
    fill={kind === 'fall' ? 'var(--down)' : 'var(--paper)'}
    strokeWidth={kind === 'late' ? 1.25 : 1.75}
    strokeLinejoin="round"
  />
)

/** A mark as it stands in words: in the key and beside a value. */
export const MarkSign = ({ kind, colour = 'currentcolor' }: { kind: MarkKind; colour?: string }) => (
  <svg width="14" height="14" aria-hidden="true">
    <MarkPath kind={kind} colour={colour} d={`M7,7${SHAPES[kind]}`} />
  </svg>
)

type Span = Pick<Extent, 'from' | 'until'>

const within = ({ from, until }: Span, { x, y }: ChartMark): boolean =>
  x >= from && x <= until && knownValue({ x, y }) !== null

const firstInBin = ({ from, until }: Span, marks: readonly ChartMark[]): ChartMark[] => {
  const taken = new Set<number>()
  return marks.filter(({ x }) => {
    const bin = Math.floor(((x - from) / (until - from || 1)) * BINS)
    if (taken.has(bin)) return false
    taken.add(bin)
    return true
  })
}

type OfLine = { readonly line: ChartLine; readonly kind: MarkKind; readonly marks: readonly ChartMark[] }

/** The marks to draw in a span, by kind and line: falls all of them, of the others no more than can be told apart. */
function shownMarks(lines: readonly ChartLine[], span: Span): OfLine[] {
  return MARK_KINDS.flatMap(kind => {
    const own = lines.map(line => ({
      line,
      kind,
      marks: line.marks.filter(mark => mark.kind === kind && within(span, mark)),
    }))
    const count = own.reduce((sum, { marks }) => sum + marks.length, 0)
    const isThinned = kind !== 'fall' && count > MANY
    return own
      .filter(({ marks }) => marks.length > 0)
      .map(of => (isThinned ? { ...of, marks: firstInBin(span, of.marks) } : of))
  })
}

const titleOf = ({ line, kind, marks }: OfLine): string =>
  `${line.name}: ${marks.length === 1 ? MARK_WORDS[kind] : `${formatCount(marks.length)} ${MANY_WORDS[kind]}`}`

type Props = { readonly lines: readonly ChartLine[]; readonly extent: Extent }

/** What stands out, on the lines: diamonds for exceptional reports, triangles for falls, rings for late reports. */
export function Marks({ lines, extent }: Props) {
  const plot = usePlot(extent)
  if (plot === undefined) return null
  return shownMarks(lines, extent).map(of => (
    <g key={`${of.kind} ${of.line.id}`}>
      <title>{titleOf(of)}</title>
      <MarkPath
        kind={of.kind}
        colour={of.line.colour}
        d={of.marks
          .map(({ x, y }) => `M${pixel(plot.xOf(x))},${pixel(plot.yOf(y))}${SHAPES[of.kind]}`)
          .join('')}
      />
    </g>
  ))
}

type KeyProps = { readonly lines: readonly ChartLine[]; readonly span: Span }

/** What the marks in sight mean, in words. */
export function MarksKey({ lines, span }: KeyProps) {
  const kinds = MARK_KINDS.filter(kind =>
    lines.some(({ marks }) => marks.some(mark => mark.kind === kind && within(span, mark))),
  )
  if (kinds.length === 0) return null
  return (
    <p className={styles['key']}>
      {kinds.map(kind => (
        <span key={kind}>
          <MarkSign kind={kind} /> {MARK_WORDS[kind]}
        </span>
      ))}
    </p>
  )
}
