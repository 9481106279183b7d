import type { ChartRow } from './chartRows.ts'
import { type Course, indexAt, knownValue, valueAt, valueFrom } from './valueAt.ts'

type Span = {
  readonly from: number
  readonly until: number
  /** Rows at most; from 20 on it is kept for up to fifteen lines. */
  readonly most: number
}

type Values = (number | null)[]

/** What is known at all of the lines' times within a span; undefined where these are more than `most`. */
function allRows(lines: readonly Course[], { from, until, most }: Span): ChartRow[] | undefined {
  const times = new Set([from, until])
  for (const { points } of lines) {
    for (let index = indexAt(points, from) + 1; index < points.length; index += 1) {
      const x = points[index]?.x ?? until
      if (x >= until) break
      times.add(x)
      if (times.size > most) return undefined
    }
  }
  return [...times]
    .sort((one, other) => one - other)
    .map(x => ({ x, values: lines.map(line => valueAt(line, x)) }))
}

/** The places of a column's lowest and highest value, of its first gap and, where asked for, of its last value. */
function placesOf(values: Values, isEnd: boolean): number[] {
  let [low, high, gap, last] = [-1, -1, -1, -1]
  for (const [place, value] of values.entries()) {
    if (value === null) {
      if (gap < 0) gap = place
      continue
    }
    if (low < 0 || value < (values[low] ?? value)) low = place
    if (high < 0 || value > (values[high] ?? value)) high = place
    last = place
  }
  const places = [low, high, gap, isEnd ? last : -1].filter(place => place >= 0)
  return places.sort((one, other) => one - other)
}

/** What is drawn of a line in one column, in the order in which it comes: nothing twice running. */
const drawnOf = (values: Values, isEnd: boolean): Values =>
  placesOf(values, isEnd)
    .map(place => values[place] ?? null)
    .filter((value, place, all) => place === 0 || value !== all[place - 1])

/** The last point with a value within a span, where the line has none at the span's end; else -1. */
function endOf(line: Course, { until }: Span): number {
  if (valueAt(line, until) !== null) return -1
  let index = indexAt(line.points, until)
  while (index >= 0 && knownValue(line.points[index]) === null) index -= 1
  return index
}

/** What is drawn of a line in each column: its value at the start and what happens until the next column. */
function columnsOf(line: Course, edges: readonly number[], end: number): Values[] {
  const { points } = line
  let cursor = -1
  return edges.slice(0, -1).map((start, column) => {
    const next = edges[column + 1] ?? start
    while ((points[cursor + 1]?.x ?? next) <= start) cursor += 1
    const first = cursor
    const values: Values = [valueFrom(line, cursor, start)]
    while ((points[cursor + 1]?.x ?? next) < next) {
      cursor += 1
      values.push(knownValue(points[cursor]))
    }
    return drawnOf(values, end >= 0 && end >= first && end <= cursor)
  })
}

/** The value of a line in one of a column's rows: what is drawn of it in turn, and then as it goes on. */
function slotOf(line: Course, drawn: Values, { slot, x }: { slot: number; x: number }): number | null {
  if (drawn.length === 1 && !line.isStairs && slot > 0) return valueAt(line, x)
  return drawn[Math.min(slot, drawn.length - 1)] ?? null
}

/** Rows at `count` columns of equal time: as many in each as the line needs of which most is drawn there. */
function columnRows(lines: readonly Course[], span: Span, count: number): ChartRow[] {
  const { from, until } = span
  const width = (until - from) / count
  const edges = Array.from({ length: count + 1 }, (_, column) =>
    column === count ? until : from + column * width,
  )
  const drawn = lines.map(line => columnsOf(line, edges, endOf(line, span)))
  const rows = edges.slice(0, -1).flatMap((start, column): ChartRow[] => {
    const own = drawn.map(columns => columns[column] ?? [])
    const slots = Math.max(1, ...own.map(({ length }) => length))
    return Array.from({ length: slots }, (_, slot) => {
      const x = start + (width * slot) / slots
      return { x, values: lines.map((line, index) => slotOf(line, own[index] ?? [], { slot, x })) }
    })
  })
  return [...rows, { x: until, values: lines.map(line => valueAt(line, until)) }]
}

/** Let a stair hold until its gap begins: a row more, at the time of the first row without a value. */
function holdUntilGaps(lines: readonly Course[], rows: readonly ChartRow[]): ChartRow[] {
  return rows.flatMap((row, place): ChartRow[] => {
    const before = rows[place - 1]
    const ends = lines.map(
      ({ isStairs }, index) =>
        isStairs && row.values[index] === null && typeof before?.values[index] === 'number',
    )
    if (before === undefined || !ends.includes(true)) return [row]
    const values = row.values.map((value, index) => (ends[index] ? (before.values[index] ?? null) : value))
    return [{ x: row.x, values }, row]
  })
}

/** Between two tries the columns shrink by this. */
const FEWER = 0.8

/**
 * Bring lines onto at most `most` rows shared by all, in time linear in their points: columns of equal time, in each of
 * which every line goes through its lowest and highest value and its gaps in the order in which they come. Where the
 * lines have no more times than that, the rows are exact; else a value is at most a column early or late.
 */
export function thinLines(lines: readonly Course[], span: Span): ChartRow[] {
  const { from, until, most } = span
  if (!(until > from)) return [{ x: from, values: lines.map(line => valueAt(line, from)) }]
  const exact = allRows(lines, span)
  const whole = exact === undefined ? undefined : holdUntilGaps(lines, exact)
  if (whole !== undefined && whole.length <= most) return whole
  for (let count = Math.floor((most - 1) / 2); ; count = Math.floor(count * FEWER)) {
    const rows = holdUntilGaps(lines, columnRows(lines, span, Math.max(1, count)))
    if (rows.length <= most || count <= 1) return rows
  }
}
