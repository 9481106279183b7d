import type { ChartPoint } from '../../format/chartRows.ts'
import { chartYields } from '../../format/chartYields.ts'
import { chartNumber, chartPercent } from '../../format/number.ts'
import { chartTime } from '../../format/time.ts'
import type { YieldMeasure } from '../../math/chartSeries.ts'
import type { Seconds } from '../../math/fixedPoint.ts'
import { type Mark, marksOf } from '../../math/marks.ts'
import type { ReadingPoint } from '../../math/readingSeries.ts'
import type { RatePoint } from '../../math/series.ts'
import type { WindowStart } from '../../math/window.ts'
import type { TokenPool } from '../../pools/definePool.ts'
import type { PoolSeries } from '../overview/poolFigures.ts'
import { poolColour, poolDash } from '../ui/poolColour.ts'
import type { ChartLine, ChartMark } from './drawing.ts'
import { baseOf, type Drawn, isSampled, readingsOf, type Stop, stopsOf, trackOf } from './tracks.ts'

type Values = readonly (number | null)[]

/** What was drawn of a thing last, under the name of what it was drawn as: a switch back costs nothing. */
const kept = new WeakMap<object, Map<string, unknown>>()

function remember<Value>(thing: object, name: string, compute: () => Value): Value {
  const names = kept.get(thing) ?? new Map<string, unknown>()
  kept.set(thing, names)
  if (!names.has(name)) names.set(name, compute())
  return names.get(name) as Value
}

const pointTimes = (points: readonly RatePoint[]): readonly number[] =>
  remember(points, 'times', () => points.map(({ measuredAt }) => chartTime(measuredAt)))

const rates = (points: readonly RatePoint[]): readonly number[] =>
  remember(points, 'rates', () => points.map(({ rate }) => chartNumber(rate)))

const yields = (
  points: readonly RatePoint[],
  starts: readonly WindowStart[],
  measure: YieldMeasure,
): Values => remember(starts, measure, () => chartYields(points, starts, measure))

type Marked = { readonly points: readonly RatePoint[]; readonly marks: readonly Mark[] }

/** Marks take longest of all, and each new block brings new points that mostly say the same. */
const lastMarked = new WeakMap<TokenPool, Marked>()

const isSamePoint = (one: RatePoint, other: RatePoint | undefined): boolean =>
  one.measuredAt === other?.measuredAt &&
  one.rate === other.rate &&
  one.evidence === other.evidence &&
  one.notBefore === other.notBefore

function marks(points: readonly RatePoint[], pool: TokenPool): readonly Mark[] {
  const last = lastMarked.get(pool)
  const isSame =
    last?.points === points ||
    (last?.points.length === points.length &&
      points.every((point, index) => isSamePoint(point, last.points[index])))
  if (last !== undefined && isSame) return last.marks
  const found = marksOf(points, pool).filter(
    // Nobody reports where the rate moves with every block, so nothing is late.
    ({ kind }) => pool.accrual === 'report' || kind === 'fall',
  )
  lastMarked.set(pool, { points, marks: found })
  return found
}

/** Index of the first time after a moment. */
function firstAfter(times: readonly number[], moment: number): number {
  let [low, high] = [0, times.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((times[middle] ?? 0) <= moment) low = middle + 1
    else high = middle
  }
  return low
}

export type Extent = { readonly from: number; readonly until: number }

/** Cut a line to what is shown. The stairs that reach into it begin at its start, and end at its end. */
function cut(
  times: readonly number[],
  values: Values,
  isStairs: boolean,
  { from, until }: Extent,
): ChartPoint[] {
  const [first, end] = [firstAfter(times, from), firstAfter(times, until)]
  const points: ChartPoint[] = []
  const before = values[first - 1]
  if (before !== undefined && (isStairs || times[first - 1] === from)) points.push({ x: from, y: before })
  for (let index = first; index < end; index += 1)
    points.push({ x: times[index] ?? 0, y: values[index] ?? null })
  const last = points.at(-1)
  if (isStairs && last !== undefined && last.x < until) points.push({ x: until, y: last.y })
  return points
}

type Course = { readonly times: readonly number[]; readonly values: Values }

/** Leave out the time in which the rate is not known: no line goes through it. */
const withStops = ({ times, values }: Course, stops: readonly Stop[] | undefined): Course =>
  stops === undefined
    ? { times, values }
    : {
        times: stops.map(({ time }) => chartTime(time)),
        values: stops.map(({ index }) => (index === undefined ? null : (values[index] ?? null))),
      }

const sampleTimes = (readings: readonly ReadingPoint<bigint>[]): readonly number[] =>
  remember(readings, 'times', () => readings.map(({ time }) => chartTime(time)))

/** One pool's values as numbers, in the order of its track. */
function valuesOf(own: PoolSeries, drawn: Drawn): Course {
  const { points, starts } = own
  const { shown, measure, from } = drawn
  if (isSampled(shown)) {
    const readings = readingsOf(own, drawn)
    const draw = shown === 'supply' ? chartNumber : chartPercent
    const values = remember(readings, shown, () =>
      readings.map(({ value }) => (value === undefined ? null : draw(value))),
    )
    return { times: sampleTimes(readings), values }
  }
  const times = pointTimes(points)
  if (shown === 'yield') return { times, values: yields(points, starts, measure) }
  if (shown === 'rate') return { times, values: rates(points) }
  const base = baseOf(own, from)
  if (base === undefined) return { times, values: [] }
  const start = chartNumber(base.rate)
  return { times, values: rates(points).map(rate => rate / start) }
}

function marksOn(own: PoolSeries, drawn: Drawn, values: Values, { from, until }: Extent): ChartMark[] {
  if (isSampled(drawn.shown)) return []
  const times = pointTimes(own.points)
  return marks(own.points, own.pool).flatMap(({ index, kind }): ChartMark[] => {
    const [x, y] = [times[index], values[index] ?? null]
    return x === undefined || y === null || x < from || x > until ? [] : [{ x, y, kind }]
  })
}

/** Draw one pool. */
export function lineOf(own: PoolSeries, drawn: Drawn, extent: Extent): ChartLine {
  const { pool } = own
  const { isStairs } = trackOf(own, drawn)
  const { times, values } = valuesOf(own, drawn)
  const stops = isSampled(drawn.shown) ? undefined : stopsOf(own, isStairs)
  const course = withStops({ times, values }, stops)
  return {
    id: pool.id,
    name: pool.name,
    colour: poolColour(pool),
    dash: poolDash(pool),
    points: cut(course.times, course.values, isStairs, extent),
    isStairs,
    marks: marksOn(own, drawn, values, extent),
  }
}

/** The first and the last moment of which anything is known. */
function knownExtent(series: readonly PoolSeries[], drawn: Drawn): Extent | undefined {
  const times = series.flatMap(own => {
    const ends = isSampled(drawn.shown) ? sampleTimes(readingsOf(own, drawn)) : pointTimes(own.points)
    const end = own.points.at(-1)?.landedAt
    return [...ends.slice(0, 1), ...ends.slice(-1), ...(end === undefined ? [] : [chartTime(end)])]
  })
  const newest = drawn.samples.at(-1)
  const all = newest === undefined ? times : [...times, chartTime(newest.time)]
  return times.length === 0 ? undefined : { from: Math.min(...all), until: Math.max(...all) }
}

/**
 * Find out what part of time is shown: what was asked for, as far as anything is known of it.
 * @returns undefined where nothing is
 */
export function extentOf(
  series: readonly PoolSeries[],
  drawn: Drawn,
  until: Seconds | undefined,
): Extent | undefined {
  const known = knownExtent(series, drawn)
  if (known === undefined) return undefined
  const from = drawn.from === undefined ? known.from : Math.max(chartTime(drawn.from), known.from)
  const end = until === undefined ? known.until : chartTime(until)
  return from < end ? { from, until: end } : undefined
}
