import { formatAmount } from '../../../format/number.ts'
import { formatDay } from '../../../format/time.ts'
import { dollarsInWords, told } from './amounts.ts'
import type { Measure, TimeLine, TimePoint } from './overTime.ts'

export const MEASURE_LABELS: Readonly<Record<Measure, string>> = {
  ether: 'Value in ETH',
  dollars: 'Value in USD',
  earned: 'Earned in ETH',
}

const compact = new Intl.NumberFormat(undefined, { notation: 'compact', maximumSignificantDigits: 4 })

/** Write a value of the axis. */
export const axisInWords =
  (measure: Measure) =>
  (value: number): string =>
    measure === 'dollars' ? `$${compact.format(value)}` : `${compact.format(value)} ETH`

/** Write what is known of a point. */
export function pointInWords({ value, between }: TimePoint, measure: Measure): string {
  if (value === undefined) return 'not known'
  if (measure === 'dollars') return dollarsInWords(value)
  const { text, doubt } =
    between === undefined ? { text: formatAmount(value), doubt: undefined } : told(between)
  return `${text} ETH${doubt === undefined ? '' : ` ± ${doubt}`}`
}

const SUBJECTS: Readonly<Record<Measure, string>> = {
  ether: 'Value of the stake in ETH',
  dollars: 'Value of the stake in US dollars',
  earned: 'Earned ETH',
}

const isKnown = ({ value }: TimePoint): boolean => value !== undefined

/** Say in a sentence what is drawn, for those who cannot see it. */
export function summaryInWords(lines: readonly TimeLine[], measure: Measure): string {
  const points = lines[0]?.points.filter(isKnown) ?? []
  const [first, last] = [points[0], points.at(-1)]
  if (first === undefined || last === undefined) return `${SUBJECTS[measure]}: nothing is known.`
  const from = `${pointInWords(first, measure)} on ${formatDay(first.time)}`
  const to = `${pointInWords(last, measure)} on ${formatDay(last.time)}`
  return `${SUBJECTS[measure]}, from ${from} to ${to}.`
}
