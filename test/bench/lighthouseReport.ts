import { textTable } from '../../src/cli/read/table.ts'

/** The part of a Lighthouse report that is looked at. */
export type LighthouseReport = {
  readonly categories: Readonly<Record<string, { readonly score: number | null }>>
  readonly audits: Readonly<Record<string, { readonly numericValue?: number }>>
}

export type Device = 'desktop' | 'mobile'

/** All runs of one device. */
export type DeviceRuns = { readonly device: Device; readonly reports: readonly LighthouseReport[] }

type Range = { readonly median: number; readonly low: number; readonly high: number }

const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'] as const

/** Least score of a hundred. */
const leastOf = (device: Device, category: string): number =>
  category === 'performance' && device === 'mobile' ? 90 : 100

const METRICS = [
  { id: 'first-contentful-paint', name: 'First paint, ms', digits: 0 },
  { id: 'largest-contentful-paint', name: 'Largest paint, ms', digits: 0 },
  { id: 'total-blocking-time', name: 'Blocking time, ms', digits: 0 },
  { id: 'speed-index', name: 'Speed index, ms', digits: 0 },
  { id: 'cumulative-layout-shift', name: 'Layout shift', digits: 3 },
] as const

/** Summarize values; what was not measured makes all of it NaN, which keeps no budget. */
export function rangeOf(values: readonly number[]): Range {
  const sorted = [...values].sort((one, other) => one - other)
  if (sorted.length === 0 || sorted.some(Number.isNaN))
    return { median: Number.NaN, low: Number.NaN, high: Number.NaN }
  const at = (place: number): number => sorted[place] ?? Number.NaN
  return { median: at(Math.floor((sorted.length - 1) / 2)), low: at(0), high: at(sorted.length - 1) }
}

const scoresOf = ({ reports }: DeviceRuns, category: string): number[] =>
  reports.map(({ categories }) => {
    const score = categories[category]?.score
    return score === undefined || score === null ? Number.NaN : Math.round(score * 100)
  })

/** Name the categories whose median is too low, or that were not measured. */
export const brokenScores = (all: readonly DeviceRuns[]): string[] =>
  all.flatMap(runs =>
    CATEGORIES.flatMap(category => {
      const { median } = rangeOf(scoresOf(runs, category))
      const least = leastOf(runs.device, category)
      return median >= least ? [] : [`${category} on ${runs.device}: ${median} at the median, least ${least}`]
    }),
  )

const words = ({ median, low, high }: Range, digits: number): string =>
  `${median.toFixed(digits)} (${low.toFixed(digits)}–${high.toFixed(digits)})`

/** Write the medians of all runs as a table, each with its least and greatest. */
export function lighthouseText(all: readonly DeviceRuns[]): string {
  const right = (title: string) => ({ title, align: 'right' }) as const
  const metric = (runs: DeviceRuns, id: string): number[] =>
    runs.reports.map(({ audits }) => audits[id]?.numericValue ?? Number.NaN)
  return textTable(
    [
      { title: 'Median (least–greatest)' },
      ...all.map(({ device, reports }) => right(`${device}, ${reports.length} runs`)),
    ],
    [
      ...CATEGORIES.map(category => [
        category,
        ...all.map(runs => words(rangeOf(scoresOf(runs, category)), 0)),
      ]),
      ...METRICS.map(({ id, name, digits }) => [
        name,
        ...all.map(runs => words(rangeOf(metric(runs, id)), digits)),
      ]),
    ],
  )
}
