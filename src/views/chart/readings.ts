import { valueAt } from '../../format/valueAt.ts'
import type { MarkKind } from '../../math/marks.ts'
import type { ChartLine, ChartTip, Drawing } from './drawing.ts'

/** What the crosshair reads of a line. */
export type Reading = {
  readonly line: ChartLine
  /** As it is drawn; null where the line has no value. */
  readonly value: number | null
  readonly tip: ChartTip | undefined
  /** The kinds of marks that lie under the crosshair. */
  readonly marks: readonly MarkKind[]
}

/** A mark this part of the range away lies under the crosshair. */
const NEAR = 1 / 200

type Read = Pick<Drawing, 'lines' | 'from' | 'until' | 'tipOf'>

/** The highest first, and last what has no value. */
function byHeight({ value: one }: Reading, { value: other }: Reading): number {
  if (one === null || other === null) return (one === null ? 1 : 0) - (other === null ? 1 : 0)
  return other - one
}

/** Read every line at a time, in seconds since 1970: the highest value first, as the lines lie, and last what has none. */
export function readingsAt({ lines, from, until, tipOf }: Read, x: number): Reading[] {
  const near = (until - from) * NEAR
  return lines
    .map((line): Reading => {
      const marks = line.marks.filter(mark => Math.abs(mark.x - x) <= near).map(({ kind }) => kind)
      return { line, value: valueAt(line, x), tip: tipOf(line.id, x), marks: [...new Set(marks)] }
    })
    .sort(byHeight)
}

/** The line whose value at a time lies nearest to another value, by its id. */
export function nearestLine(lines: readonly ChartLine[], x: number, value: number): string | undefined {
  let [best, least]: [string | undefined, number] = [undefined, 0]
  for (const line of lines) {
    const own = valueAt(line, x)
    if (own === null) continue
    const away = Math.abs(own - value)
    if (best === undefined || away < least) [best, least] = [line.id, away]
  }
  return best
}

/** The reading that is told in full: the one asked for, else the highest. */
export const focusOf = (readings: readonly Reading[], id: string | undefined): Reading | undefined =>
  readings.find(({ line }) => line.id === id) ?? readings[0]

/** Lines of which all is said; of more, only of the one in focus. */
export const FEW = 3
