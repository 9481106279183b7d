import { textTable } from '../../src/cli/read/table.ts'
import type { Shot } from './page/meter.ts'

const BUDGET_MS = 50
export const SLOWED = 4
const SLOWED_BUDGET_MS = 200

/** Twenty clicks of one kind. */
export type PaintSeries = {
  readonly name: string
  /** How many times slower the processor is made. */
  readonly slowdown: number
  readonly shots: readonly Shot[]
  /** Nothing happens at these clicks: they show what the machine itself takes. */
  readonly isIdle?: boolean
}

type Figures = { readonly median: number; readonly most: number; readonly p90: number }

/** Summarize values: median, 90th percentile and greatest, each a value that was measured. */
export function figuresOf(values: readonly number[]): Figures {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (part: number): number => sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? Number.NaN
  return { median: at(0.5), p90: at(0.9), most: at(1) }
}

const budgetOf = ({ slowdown }: Pick<PaintSeries, 'slowdown'>): number =>
  slowdown === 1 ? BUDGET_MS : SLOWED_BUDGET_MS

/** Name the series whose next paint comes too late at the median, by either account of it. */
export function brokenPaints(all: readonly PaintSeries[]): string[] {
  return all
    .filter(({ isIdle }) => isIdle !== true)
    .flatMap(series => {
      const told = figuresOf(series.shots.map(shot => shot.told)).median
      const frame = figuresOf(series.shots.map(shot => shot.frame)).median
      const budget = budgetOf(series)
      // What was not measured keeps no budget.
      if (told < budget && frame < budget) return []
      return [
        `${series.name}${slowWords(series)}: ${told} ms to the next paint by the browser, ${frame.toFixed(1)} to the end of its frame; the budget is ${budget}`,
      ]
    })
}

const slowWords = ({ slowdown }: Pick<PaintSeries, 'slowdown'>): string =>
  slowdown === 1 ? '' : `, ${slowdown}× slower`

const three = (values: readonly number[], digits: number): string[] => {
  const { median, p90, most } = figuresOf(values)
  return values.length === 0 ? ['', '', ''] : [median, p90, most].map(value => value.toFixed(digits))
}

const rowOf = (series: PaintSeries): string[] => [
  `${series.name}${slowWords(series)}`,
  series.shots.length.toString(),
  series.isIdle === true ? '' : `< ${budgetOf(series)}`,
  ...three(
    series.shots.map(({ told }) => told),
    0,
  ),
  ...three(
    series.shots.map(({ frame }) => frame),
    1,
  ),
  ...three(
    series.shots.flatMap(({ drawn }) => drawn ?? []),
    0,
  ),
]

/** Write all series as a table, in milliseconds. */
export function paintText(all: readonly PaintSeries[]): string {
  const right = (title: string) => ({ title, align: 'right' }) as const
  return textTable(
    [
      { title: 'Milliseconds from a click' },
      right('Clicks'),
      right('Budget'),
      ...['To next paint', 'To frame', 'To chart'].flatMap(what => [
        right(`${what}: median`),
        right('90 %'),
        right('most'),
      ]),
    ],
    all.map(rowOf),
  )
}
