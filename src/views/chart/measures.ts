import { formatDay } from '../../format/time.ts'
import { MEASURE_LABELS, type Shown, type ViewState, WINDOW_LABELS } from '../state/viewState.ts'
import type { ChartFormat, ChartLine } from './drawing.ts'
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
const DIGITS = [0, 1, 2, 3, 4].map(digits)
const short = new Intl.NumberFormat(undefined, { notation: 'compact', maximumSignificantDigits: 4 })

const fixed = (value: number, decimals: number): string => DIGITS[decimals]?.format(value) ?? String(value)

const percent = (value: number, decimals = 2): string => `${fixed(value, decimals)} %`.replace('-', '−')
const rate = (value: number, decimals = 4): string => fixed(value, decimals)

/** Write a value of a measure as axis and table have it, the axis with fewer decimals; the exact one is in its receipt. */
export const FORMATS: Readonly<Record<Shown, ChartFormat>> = {
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

/** What one line did: how far it went, and where it is. */
function courseOf({ points }: ChartLine, format: ChartFormat): string {
  const values = points.flatMap(({ y }) => (typeof y === 'number' ? [y] : []))
  const [low, high, end] = [Math.min(...values), Math.max(...values), values.at(-1)].map(value =>
    format(value ?? 0),
  )
  return low === high ? `${end} throughout` : `between ${low} and ${high}, at the end ${end}`
}

/** Say in a sentence what a chart shows, to those who see it and to those who do not. */
export function summaryOf(
  name: string,
  { lines, extent, format }: { lines: readonly ChartLine[]; extent: Extent; format: ChartFormat },
): string {
  const ends = lines
    .flatMap(line => {
      const y = line.points.at(-1)?.y
      return typeof y === 'number' ? [{ name: line.name, y }] : []
    })
    .sort((one, other) => one.y - other.y)
  const [low, high] = [ends[0], ends.at(-1)]
  const [only] = lines
  const subject = `${name} of ${lines.length === 1 ? (only?.name ?? '') : `${lines.length} pools`}, ${daysOf(extent)}`
  if (low === undefined || high === undefined || only === undefined) return `${subject}.`
  return lines.length === 1
    ? `${subject}: ${courseOf(only, format)}.`
    : `${subject}: at the end between ${format(low.y)} (${low.name}) and ${format(high.y)} (${high.name}).`
}
