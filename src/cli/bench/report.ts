import { textTable } from '../read/table.ts'
import type { Traffic } from './countingProxy.ts'
import { type LiveWeight, MOST_BYTES, MOST_GAS } from './liveWeight.ts'
import { MOST_SERIES_MS, type SeriesTime, seriesText } from './seriesTime.ts'

export type Measure = Traffic & {
  readonly name: string
  readonly milliseconds: number
  /** Samples of history that came out, where that is the point. */
  readonly samples?: number
}

export type BenchResult = {
  readonly live: Measure
  readonly coldYear: Measure
  readonly secondVisit: Measure
  readonly shorterRange: Measure
  readonly reports: Measure
  readonly wallet: Measure
  readonly weight: LiveWeight
  readonly series: SeriesTime
  readonly plainLive: Measure
  readonly plainYear: Measure
}

/** eth_calls for a year of daily samples, the newest block among them. */
const MOST_COLD_CALLS = 366
/** The newest block, and one sample that has become due since. */
const MOST_SECOND_CALLS = 2
const FEWEST_YEAR_SAMPLES = 360
/** One filter for all pools: the embedded chain's hundred days are one piece of some hundred blocks, asked for twice at most. */
const MOST_REPORT_REQUESTS = 8
/** Eight pools report about once a day. */
const FEWEST_REPORTS = 750

/** Name the budgets that a result breaks. */
export function brokenBudgets({
  live,
  coldYear,
  secondVisit,
  reports,
  weight,
  series,
}: BenchResult): string[] {
  const budgets: readonly (readonly [boolean, string])[] = [
    [
      live.requests === 1 && live.ethCalls === 1,
      `live figures took ${live.requests} requests with ${live.ethCalls} eth_calls; the budget is 1 with 1`,
    ],
    [
      weight.gas <= MOST_GAS && weight.bytesIn <= MOST_BYTES,
      `the live call took ${weight.gas} gas and ${weight.bytesIn} bytes; the budget is ${MOST_GAS} and ${MOST_BYTES}`,
    ],
    [
      coldYear.ethCalls <= MOST_COLD_CALLS,
      `a year took ${coldYear.ethCalls} eth_calls; the budget is ${MOST_COLD_CALLS}`,
    ],
    [
      (coldYear.samples ?? 0) >= FEWEST_YEAR_SAMPLES,
      `a year gave ${coldYear.samples ?? 0} samples, which is too few to be one`,
    ],
    [
      secondVisit.ethCalls <= MOST_SECOND_CALLS,
      `the second visit took ${secondVisit.ethCalls} eth_calls; the budget is ${MOST_SECOND_CALLS}`,
    ],
    [
      (secondVisit.samples ?? 0) >= FEWEST_YEAR_SAMPLES,
      `the second visit gave ${secondVisit.samples ?? 0} samples, which is too few for a year`,
    ],
    [
      reports.requests <= MOST_REPORT_REQUESTS,
      `the reports of 100 days took ${reports.requests} requests; the budget is ${MOST_REPORT_REQUESTS}`,
    ],
    [
      (reports.samples ?? 0) >= FEWEST_REPORTS,
      `100 days gave ${reports.samples ?? 0} reports, which is too few`,
    ],
    [
      series.drawn < MOST_SERIES_MS,
      `the rolling series took ${series.drawn.toFixed(1)} ms; the budget is ${MOST_SERIES_MS}`,
    ],
  ]
  return budgets.filter(([isKept]) => !isKept).map(([, words]) => words)
}

const rowOf = ({
  name,
  requests,
  ethCalls,
  otherCalls,
  bytesIn,
  milliseconds,
  samples,
}: Measure): string[] => [
  name,
  samples?.toString() ?? '',
  requests.toString(),
  ethCalls.toString(),
  otherCalls.toString(),
  (bytesIn / 1000).toFixed(1),
  milliseconds.toFixed(0),
]

const ratio = (name: string, plain: Measure, ours: Measure): string =>
  `${name}: the plain way takes ${(plain.requests / ours.requests).toFixed(1)} times the requests, ` +
  `${(plain.bytesIn / ours.bytesIn).toFixed(1)} times the bytes and ` +
  `${(plain.milliseconds / ours.milliseconds).toFixed(1)} times the time`

const weightText = ({ innerCalls, gas, bytesOut, bytesIn }: LiveWeight): string =>
  `The live call: ${innerCalls} inner calls, ${gas} gas (budget ${MOST_GAS}), ${bytesOut} bytes out, ${bytesIn} bytes in (budget ${MOST_BYTES}).`

/** Write a result as a table, with how the plain way compares. */
export function benchText(result: BenchResult): string {
  const { live, coldYear, secondVisit, shorterRange, reports, wallet, plainLive, plainYear, weight, series } =
    result
  const table = textTable(
    [
      { title: '' },
      { title: 'Items', align: 'right' },
      { title: 'Requests', align: 'right' },
      { title: 'eth_call', align: 'right' },
      { title: 'Other', align: 'right' },
      { title: 'kB in', align: 'right' },
      { title: 'ms', align: 'right' },
    ],
    [live, coldYear, secondVisit, shorterRange, reports, wallet, plainLive, plainYear].map(rowOf),
  )
  return [
    table,
    '',
    weightText(weight),
    ratio('Live', plainLive, live),
    ratio('A year', plainYear, coldYear),
    seriesText(series),
  ].join('\n')
}
