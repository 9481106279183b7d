import type { ChartPoint } from '../../../format/chartRows.ts'
import { chartNumber } from '../../../format/number.ts'
import { chartTime } from '../../../format/time.ts'
import { addUp, type Between, earnedCourse, inWei, middleOf, worthOf } from '../../../math/course.ts'
import type { BlockNumber, Seconds, Wad } from '../../../math/fixedPoint.ts'
import type { Moment } from '../../../math/moment.ts'
import type { WalletPast } from '../../../math/walletPast.ts'
import { dollarsOf, weiOf } from './amounts.ts'
import { type HeldAsset, nameOf } from './held.ts'

export const MEASURES = ['ether', 'dollars', 'earned'] as const
export type Measure = (typeof MEASURES)[number]

/** A figure of the wallet at a moment: wei, or US dollars with 18 decimals. */
export type TimePoint = {
  readonly block: BlockNumber
  readonly time: Seconds
  /** The middle, where it is known only to lie between two values; undefined where it is not known. */
  readonly value: Wad | undefined
  /** What is earned lies between these. */
  readonly between?: Between
}

/** One token over time, or all of them: then `held` is undefined. A point for each moment. */
export type TimeLine = {
  readonly id: string
  readonly name: string
  readonly held: HeldAsset | undefined
  readonly points: readonly TimePoint[]
}

const ALL = 'all'
export const OTHERS = 'others'

/** What a token was worth at each moment at which that is known, by block. */
function worthPoints(
  { course }: HeldAsset,
  measure: Measure,
): Map<BlockNumber, Omit<TimePoint, 'block' | 'time'>> {
  return new Map(
    course.marks.map(mark => {
      const ether = worthOf(mark)
      if (measure === 'ether') return [mark.block, { value: weiOf(ether) }]
      // Nothing is worth nothing at any price.
      const dollars = ether === 0n ? 0n : mark.price === undefined ? undefined : ether * mark.price
      return [mark.block, { value: dollars === undefined ? undefined : dollarsOf(dollars) }]
    }),
  )
}

const earnedPoints = ({ course }: HeldAsset): Map<BlockNumber, Omit<TimePoint, 'block' | 'time'>> =>
  new Map(
    earnedCourse(course).map(({ block, low, high }) => [
      block,
      { value: middleOf(inWei({ low, high })).value, between: { low, high } },
    ]),
  )

function lineOf(held: HeldAsset, measure: Measure, moments: readonly Moment[]): TimeLine {
  const known = measure === 'earned' ? earnedPoints(held) : worthPoints(held, measure)
  return {
    id: held.asset.id,
    name: nameOf(held.asset),
    held,
    points: moments.map(({ block, time }) => ({
      block,
      time,
      ...(known.get(block) ?? { value: undefined }),
    })),
  }
}

/** Add up tokens at each moment; not known where one of them is not. */
function sumLine({ id, name }: Pick<TimeLine, 'id' | 'name'>, lines: readonly TimeLine[]): TimeLine {
  const points = (lines[0]?.points ?? []).map(({ block, time }, place): TimePoint => {
    const parts = lines.flatMap(({ points }) => points[place] ?? [])
    const values = parts.flatMap(({ value }) => value ?? [])
    if (values.length < lines.length) return { block, time, value: undefined }
    const betweens = parts.flatMap(({ between }) => between ?? [])
    const value = values.reduce((sum, part) => sum + part, 0n)
    return betweens.length < lines.length
      ? { block, time, value }
      : { block, time, value, between: addUp(betweens) }
  })
  return { id, name, held: undefined, points }
}

/** Drop the moments before the last at which nothing was there yet: the line begins with what is held. */
function fromFirst(past: WalletPast, held: readonly HeldAsset[]): readonly Moment[] {
  const firsts = held.flatMap(({ course: { marks } }) => marks.find(({ units }) => units !== 0n)?.block ?? [])
  const first = firsts.reduce<BlockNumber | undefined>(
    (least, block) => (least === undefined || block < least ? block : least),
    undefined,
  )
  if (first === undefined) return []
  const place = past.moments.findIndex(({ block }) => block === first)
  return past.moments.slice(Math.max(0, place - 1))
}

/** Tell a measure over time: of each token, and before them of all where there are several. */
export function timeLines(past: WalletPast, held: readonly HeldAsset[], measure: Measure): TimeLine[] {
  const moments = fromFirst(past, held)
  const lines = held.map(one => lineOf(one, measure, moments))
  return lines.length < 2 ? lines : [sumLine({ id: ALL, name: 'All' }, lines), ...lines]
}

/** Tokens with a line of their own: more labels than these do not fit beside a chart. */
const MOST_LINES = 7

/** The most that a line ever was. */
const mostOf = ({ points }: TimeLine): bigint =>
  points.reduce((most, { value = 0n }) => (value > most ? value : most), 0n)

/** Choose what is drawn: all lines where they are few, else the largest, with the others added up to one. */
export function drawnLines(lines: readonly TimeLine[]): readonly TimeLine[] {
  const tokens = lines.filter(({ held }) => held !== undefined)
  if (tokens.length <= MOST_LINES) return lines
  const largest = new Set(
    [...tokens].sort((one, other) => (mostOf(one) > mostOf(other) ? -1 : 1)).slice(0, MOST_LINES - 1),
  )
  const others = tokens.filter(line => !largest.has(line))
  return [
    ...lines.filter(line => line.held === undefined || largest.has(line)),
    sumLine({ id: OTHERS, name: `${others.length} others` }, others),
  ]
}

/** A line's points for drawing; what is not known is a gap. */
export const drawnPoints = ({ points }: TimeLine): ChartPoint[] =>
  points.map(({ time, value }) => ({
    x: chartTime(time),
    y: value === undefined ? null : chartNumber(value),
  }))

/** The last point at or before a time in seconds since 1970. */
export const pointBy = ({ points }: TimeLine, x: number): TimePoint | undefined =>
  points.findLast(({ time }) => chartTime(time) <= x)
