import { formatDay } from '../../format/time.ts'
import type { Seconds } from '../../math/fixedPoint.ts'
import type { NoYieldReason } from '../../math/window.ts'
import { contradictionsInWords, type PoolSeries, WHY_NO_YIELD } from '../overview/poolFigures.ts'
import type { CustomRange } from '../state/customRange.ts'
import type { ChartLine } from './drawing.ts'
import type { Extent } from './lines.ts'
import { baseOf, type Drawn, indexAt, isSampled, timesOf } from './tracks.ts'

const IGNORED = {
  unreadableFrom: 'The first day in the address is no day of the calendar, so it is ignored.',
  futureFrom: 'The first day in the address lies in the future, so it is ignored.',
  reversed: 'The last day in the address lies before the first, so both are ignored.',
  equal: 'Both days in the address are the same: between them lies no time, so both are ignored.',
  unreadableUntil: 'The last day in the address is no day of the calendar: shown is until now.',
  futureUntil: 'The last day in the address lies in the future: shown is until now.',
} as const

/** Say what of a range in the address is ignored. */
export function ignoredInWords(range: CustomRange | undefined): string | undefined {
  if (range === undefined) return undefined
  const why = 'why' in range ? range.why : range.ignored
  return why === undefined ? undefined : IGNORED[why]
}

const named = (series: readonly PoolSeries[]): string => series.map(({ pool }) => pool.name).join(', ')

/** What is drawn of which pools. */
export type Picture = {
  readonly series: readonly PoolSeries[]
  readonly drawn: Drawn
  readonly extent: Extent | undefined
  readonly lines: readonly ChartLine[]
  /** The chosen window, as its button names it. */
  readonly window: string
}

export const isDrawn = ({ points }: ChartLine): boolean => points.some(({ y }) => y !== null)

const absent = ({ series, lines }: Picture): PoolSeries[] =>
  series.filter(({ pool }) => !lines.some(line => line.id === pool.id && isDrawn(line)))

/** Why a pool has no yield at the end of what is shown. */
function whyNoYield({ points, starts }: PoolSeries, extent: Extent | undefined): NoYieldReason {
  const last = extent === undefined ? points.length - 1 : indexAt(timesOf(points), BigInt(extent.until))
  const start = starts[last]
  return start === undefined ? 'noRate' : typeof start === 'number' ? 'spanTooShort' : start
}

function yieldNotes(picture: Picture): string[] {
  const missing = absent(picture)
  const why = new Map<NoYieldReason, PoolSeries[]>()
  for (const own of missing) {
    const reason = whyNoYield(own, picture.extent)
    why.set(reason, [...(why.get(reason) ?? []), own])
  }
  return [...why].map(([reason, series]) =>
    reason === 'historyTooShort'
      ? `The window of ${picture.window} is longer than what is known of ${named(series)}, so there is no yield.`
      : `No yield of ${named(series)}: ${WHY_NO_YIELD[reason]}`,
  )
}

/** Where the rate of a pool could not be read, so that its line has a gap. */
function gapNotes({ series, drawn, extent }: Picture): string[] {
  if (extent === undefined || isSampled(drawn.shown)) return []
  return series.flatMap(({ pool, gaps }) => {
    const seen = gaps.filter(
      ({ from, until }) =>
        from <= BigInt(extent.until) && (until === undefined || until >= BigInt(extent.from)),
    )
    const [last] = seen.slice(-1)
    if (last === undefined) return []
    const until = last.until === undefined ? 'now' : formatDay(last.until)
    const others =
      seen.length === 1
        ? ''
        : seen.length === 2
          ? ', and once before'
          : `, and ${seen.length - 1} times before`
    return [`The rate of ${pool.name} could not be read from ${formatDay(last.from)} to ${until}${others}.`]
  })
}

const unlike = (series: readonly PoolSeries[]): string[] => {
  const units = [...new Set(series.map(({ pool }) => pool.unit))].filter(unit => unit !== 'ETH')
  return units.length === 0 ? [] : [`${units.join(', ')}: counted as if each were 1 ETH.`]
}

const nothingOf = (series: readonly PoolSeries[]): string[] =>
  series.length === 0 ? [] : [`Nothing is known in this range of ${named(series)}.`]

function growthNotes({ series, drawn, extent, ...picture }: Picture): string[] {
  const gone = absent({ series, drawn, extent, ...picture })
  const later = series.filter(own => {
    const base = baseOf(own, drawn.from)
    return (
      base !== undefined &&
      extent !== undefined &&
      base.measuredAt > BigInt(extent.from) &&
      !gone.includes(own)
    )
  })
  return [
    ...(later.length === 0
      ? []
      : [`${named(later)}: known from later on only, so the line starts there, with 1.`]),
    ...nothingOf(gone),
  ]
}

function premiumNotes(picture: Picture): string[] {
  const missing = absent(picture)
  const without = missing.filter(({ pool }) => pool.market.kind === 'none')
  return [
    ...(without.length === 0
      ? []
      : [`No contract tells a market’s price of ${named(without)}, so their premium is not known.`]),
    ...nothingOf(missing.filter(own => !without.includes(own))),
    'A feed moves when the price has moved by about half a percent or a day has passed: below that, a premium is noise.',
  ]
}

function clampNote({ drawn, extent }: Picture, asked: Seconds | undefined): string[] {
  if (extent === undefined || asked === undefined || drawn.from === undefined) return []
  return BigInt(extent.from) > asked
    ? [`Nothing is known from before ${formatDay(BigInt(extent.from))}, so the chart starts there.`]
    : []
}

/** Say what a reader could otherwise take the chart to say, or miss in it. */
export function notesOf(picture: Picture): string[] {
  const { series, drawn } = picture
  const clamp = [...clampNote(picture, drawn.from), ...gapNotes(picture), ...contradictionsInWords(series)]
  switch (drawn.shown) {
    case 'yield':
      return [...clamp, ...yieldNotes(picture)]
    case 'rate':
      return [...clamp, ...nothingOf(absent(picture))]
    case 'growth':
      return [...clamp, ...growthNotes(picture)]
    case 'supply':
      return [...clamp, ...nothingOf(absent(picture)), ...unlike(series)]
    case 'premium':
      return [...clamp, ...premiumNotes(picture)]
  }
}
