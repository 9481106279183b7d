import { type Between, type Course, earnedBetween, type Mark } from './course.ts'
import { DAY, type Seconds, YEAR } from './fixedPoint.ts'

/** A span for which earnings are told: the days up to now, a calendar year (UTC), or all that was read. */
export type Period = {
  readonly id: string
  /** It starts with the last block at or before this time; undefined for the first that was read. */
  readonly from: Seconds | undefined
  /** It ends with the last block at or before this time; undefined for the newest. */
  readonly until: Seconds | undefined
}

const SPANS: readonly (readonly [string, Seconds])[] = [
  ['30d', 30n * DAY],
  ['90d', 90n * DAY],
  ['1y', YEAR],
]

/** Seconds since 1970 at which a calendar year starts, in UTC. */
const startOf = (year: number): Seconds => BigInt(Date.UTC(year, 0, 1)) / 1_000n

/** The year of the first block. */
const GENESIS = 2_015

function yearOf(time: Seconds): number {
  let year = GENESIS
  while (startOf(year + 1) <= time) year += 1
  return year
}

/** List the spans for which earnings are told: all, the last days, and each calendar year since something was held. */
export function periodsOf(first: Seconds, now: Seconds): Period[] {
  const years: Period[] = []
  for (let year = yearOf(now); year >= yearOf(first); year -= 1) {
    const end = startOf(year + 1)
    years.push({ id: `${year}`, from: startOf(year), until: end > now ? undefined : end })
  }
  return [
    { id: 'all', from: undefined, until: undefined },
    ...SPANS.map(([id, span]) => ({ id, from: now - span, until: undefined })),
    ...years,
  ]
}

/** List the moments at which one of the spans starts or ends, and something may have been held. */
export function datesOf(periods: readonly Period[], first: Seconds): Seconds[] {
  const dates = periods.flatMap(({ from, until }) => [from, until].flatMap(date => date ?? []))
  return [...new Set(dates)].filter(date => date > first).sort((a, b) => (a < b ? -1 : 1))
}

export type Earned = Between & {
  /** The blocks between which it was earned. */
  readonly from: Mark
  readonly to: Mark
  /** Whether the span starts later than asked, since nothing was read or nothing was there before. */
  readonly isCut: boolean
}

/** The last mark that was read at or before a time. */
export const markBy = ({ marks }: Course, time: Seconds): Mark | undefined =>
  marks.findLast(mark => mark.time <= time)

/**
 * What was earned with one asset in a span, between the last blocks read before its start and before its end.
 * @returns in WeiWad; undefined where the asset was not read in the span
 */
export function earnedIn(course: Course, { from, until }: Period): Earned | undefined {
  // What it is at the newest block is not known: an older figure would pass for it.
  if (until === undefined && course.isStale) return undefined
  const [first, last] = [course.marks[0], course.marks.at(-1)]
  const end = until === undefined ? last : markBy(course, until)
  if (first === undefined || end === undefined) return undefined
  const start = from === undefined ? first : markBy(course, from)
  const begun = start ?? first
  const earned = earnedBetween(course, begun.block, end.block)
  if (earned === undefined) return undefined
  return {
    ...earned,
    from: begun,
    to: end,
    isCut: start === undefined || (from === undefined && course.isLate),
  }
}
