import type { YieldMeasure } from '../../math/chartSeries.ts'
import { mulDivDown, type Seconds, WAD, type Wad, type Wei } from '../../math/fixedPoint.ts'
import { premiumSeries } from '../../math/premiumSeries.ts'
import type { ReadingPoint } from '../../math/readingSeries.ts'
import type { KnownReading, Sample } from '../../math/sample.ts'
import type { RatePoint } from '../../math/series.ts'
import { supplySeries } from '../../math/supplySeries.ts'
import { isYield, type WindowYield, yieldEndingAt } from '../../math/window.ts'
import { poolKey } from '../../pools/definePool.ts'
import { type PoolSeries, WHY_NO_YIELD } from '../overview/poolFigures.ts'
import type { Shown } from '../state/viewState.ts'

/** What is asked of the past. */
export type Drawn = {
  readonly shown: Shown
  readonly measure: YieldMeasure
  /** Start of what is shown; undefined for the first point of each pool. Growth counts from here. */
  readonly from: Seconds | undefined
  readonly samples: readonly Sample[]
}

/** What a pool had at a moment, with all that it was computed from. */
export type TrackValue =
  | { readonly kind: 'yield'; readonly result: WindowYield }
  | { readonly kind: 'rate'; readonly point: RatePoint }
  | { readonly kind: 'growth'; readonly base: RatePoint; readonly point: RatePoint; readonly growth: Wad }
  | { readonly kind: 'supply'; readonly sample: Sample; readonly reading: KnownReading; readonly supply: Wei }
  | {
      readonly kind: 'premium'
      readonly sample: Sample
      readonly reading: KnownReading
      readonly premium: Wad
    }
  | { readonly kind: 'unknown'; readonly why: string }

/** One pool's values over time. */
export type Track = {
  readonly own: PoolSeries
  /** Whether a value holds until the next one. */
  readonly isStairs: boolean
  /** Ascending. */
  readonly times: readonly Seconds[]
  /** The value in force from one of the times on, exactly. */
  readonly compute: (index: number) => TrackValue
}

/** Index of the last time at or before a moment; −1 before all of them. */
export function indexAt(times: readonly Seconds[], moment: Seconds): number {
  let [low, high] = [0, times.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((times[middle] ?? 0n) <= moment) low = middle + 1
    else high = middle
  }
  return low - 1
}

const unknown = (why: string): TrackValue => ({ kind: 'unknown', why })
const NONE = unknown('No rate has been read that was in force then.')
const UNREAD = unknown('The rate could not be read then.')

/** Keep what follows from a thing for as long as the thing is there. */
function remember<Key extends object, Value>(compute: (key: Key) => Value): (key: Key) => Value {
  const kept = new WeakMap<Key, Value>()
  return key => {
    const known = kept.get(key)
    if (known !== undefined) return known
    const value = compute(key)
    kept.set(key, value)
    return value
  }
}

export const timesOf = remember((points: readonly RatePoint[]) => points.map(({ measuredAt }) => measuredAt))

/** The point from which growth counts: the one in force at the start, or the first of a pool that began later. */
export function baseOf({ points }: PoolSeries, from: Seconds | undefined): RatePoint | undefined {
  const first = from === undefined ? 0 : indexAt(timesOf(points), from)
  return points[Math.max(0, first)]
}

function pointValue(own: PoolSeries, { shown, from }: Drawn, index: number): TrackValue {
  const { points, starts } = own
  const point = points[index]
  if (point === undefined) return NONE
  if (shown === 'rate') return { kind: 'rate', point }
  if (shown === 'growth') {
    const base = baseOf(own, from)
    return base === undefined || point.measuredAt < base.measuredAt
      ? NONE
      : { kind: 'growth', base, point, growth: mulDivDown(point.rate, WAD, base.rate) }
  }
  const result = yieldEndingAt(points, starts, index)
  return isYield(result) ? { kind: 'yield', result } : unknown(WHY_NO_YIELD[result.why])
}

type PoolReadings = ReadonlyMap<string, readonly ReadingPoint<bigint>[]>

const readingsBy = remember((_: readonly Sample[]) => new Map<string, readonly ReadingPoint<bigint>[]>())

/** What one pool's samples tell of its supply or premium; an empty list where it has no market that tells. */
export function readingsOf(
  { pool }: PoolSeries,
  { shown, samples }: Pick<Drawn, 'shown' | 'samples'>,
): readonly ReadingPoint<bigint>[] {
  const { market } = pool
  if (shown === 'premium' && market.kind === 'none') return []
  const kept: PoolReadings = readingsBy(samples)
  const name = `${shown} ${poolKey(pool)}`
  const known = kept.get(name)
  if (known !== undefined) return known
  const read =
    shown === 'premium' && market.kind === 'feed'
      ? premiumSeries(samples, poolKey(pool), market.prices)
      : supplySeries(samples, poolKey(pool))
  readingsBy(samples).set(name, read)
  return read
}

const samplesByBlock = remember(
  (samples: readonly Sample[]) => new Map(samples.map(sample => [sample.block, sample])),
)

const WHY_NOT_READ = {
  supply: 'The supply could not be read then.',
  premium: 'The market’s feed told no usable price then.',
} as const

function readingValue(own: PoolSeries, drawn: Drawn, index: number): TrackValue {
  const kind = drawn.shown === 'premium' ? 'premium' : 'supply'
  const point = readingsOf(own, drawn)[index]
  const sample = point === undefined ? undefined : samplesByBlock(drawn.samples).get(point.block)
  const reading = sample?.readings[poolKey(own.pool)]
  if (point?.value === undefined || sample === undefined || reading?.state !== 'known')
    return unknown(WHY_NOT_READ[kind])
  return kind === 'premium'
    ? { kind, sample, reading, premium: point.value }
    : { kind, sample, reading, supply: point.value }
}

/** Whether a measure is read off samples alone, and not off the points of the rate. */
export const isSampled = (shown: Shown): shown is 'supply' | 'premium' =>
  shown === 'supply' || shown === 'premium'

/** A moment from which on a point of the rate holds, or from which on nothing is known. */
export type Stop = { readonly time: Seconds; readonly index: number | undefined }

/**
 * Lay the times in which the rate is not known between its points: stairs go on after one at the height at which they
 * are found again.
 * @returns undefined where all is known, so that the points are the stops
 */
export function stopsOf({ points, gaps }: PoolSeries, isStairs: boolean): readonly Stop[] | undefined {
  if (gaps.length === 0) return undefined
  const times = timesOf(points)
  const stops: Stop[] = times.map((time, index) => ({ time, index }))
  for (const { from, until } of gaps) {
    stops.push({ time: from, index: undefined })
    const index = until === undefined ? -1 : indexAt(times, until)
    if (until !== undefined && isStairs && times[index] !== until) stops.push({ time: until, index })
  }
  return stops.sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0))
}

/** Lay out what a pool had over time. Nothing is computed before it is asked for. */
export function trackOf(own: PoolSeries, drawn: Drawn): Track {
  if (isSampled(drawn.shown)) {
    const times = readingsOf(own, drawn).map(({ time }) => time)
    return { own, isStairs: false, times, compute: index => readingValue(own, drawn, index) }
  }
  // A yield holds until the next report tells another, also where the rate moves in between.
  const isStairs = drawn.shown === 'yield' || own.pool.accrual === 'report'
  const stops = stopsOf(own, isStairs)
  return {
    own,
    isStairs,
    times: stops === undefined ? timesOf(own.points) : stops.map(({ time }) => time),
    compute: place => {
      const stop = stops === undefined ? { index: place } : stops[place]
      return stop === undefined
        ? NONE
        : stop.index === undefined
          ? UNREAD
          : pointValue(own, drawn, stop.index)
    },
  }
}

/** The value in force at a moment. */
export function valueAt({ times, compute }: Track, moment: Seconds): TrackValue {
  const index = indexAt(times, moment)
  return index < 0 ? NONE : compute(index)
}
