import { formatDay } from '../../format/time.ts'
import { MEASURE_LABELS, type Shown, type ViewState, WINDOW_LABELS } from '../state/viewState.ts'
import type { ChartLine } from './drawing.ts'
import type { Extent } from './lines.ts'

export const SHOWN_LABELS: Readonly<Record<Shown, string>> = {
  yield: 'Yield',
  rate: 'Rate',
  growth: 'Growth',
  supply: 'Supply',
  premium: 'Premium',
}

const digits = (count: number): Intl.NumberFormat =>
  new Intl.NumberFormat(undefined, { minimumFractionDigits: count, maximumFractionDigits: count })
const [two, four] = [digits(2), digits(4)]
const short = new Intl.NumberFormat(undefined, { notation: 'compact', maximumSignificantDigits: 4 })

const percent = (value: number): string => `${two.format(value)} %`.replace('-', '−')
const rate = (value: number): string => four.format(value)

/** Write a value of a measure as axis and table have it; the exact one is in its receipt. */
export const FORMATS: Readonly<Record<Shown, (value: number) => string>> = {
  yield: percent,
  rate,
  growth: rate,
  supply: value => short.format(value),
  premium: percent,
}

/** Name what a chart shows. */
export function nameOf({ shown, measure, window }: Pick<ViewState, 'shown' | 'measure' | 'window'>): string {
  switch (shown) {
    case 'yield':
      return `Implied ${MEASURE_LABELS[measure]}, ${WINDOW_LABELS[window]} window`
    case 'rate':
      return 'Exchange rate'
    case 'growth':
      return 'Growth of 1 ETH'
    case 'supply':
      return 'Supply in ETH'
    case 'premium':
      return 'Market price over the rate'
  }
}

export const daysOf = ({ from, until }: Extent): string =>
  `${formatDay(BigInt(Math.floor(from)))} to ${formatDay(BigInt(Math.floor(until)))}`

/** Say in a sentence what a chart shows, for those who cannot see it. */
export function summaryOf(
  name: string,
  {
    lines,
    extent,
    format,
  }: { lines: readonly ChartLine[]; extent: Extent; format: (value: number) => string },
): string {
  const ends = lines
    .flatMap(line => {
      const y = line.points.at(-1)?.y
      return typeof y === 'number' ? [{ name: line.name, y }] : []
    })
    .sort((one, other) => one.y - other.y)
  const [low, high] = [ends[0], ends.at(-1)]
  const subject = `${name} of ${lines.length === 1 ? (lines[0]?.name ?? '') : `${lines.length} pools`}, ${daysOf(extent)}`
  if (low === undefined || high === undefined) return `${subject}.`
  return low === high
    ? `${subject}: ${format(low.y)} at the end.`
    : `${subject}: at the end between ${format(low.y)} (${low.name}) and ${format(high.y)} (${high.name}).`
}
