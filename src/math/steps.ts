import { mulDivDown, WAD, type Wad } from './fixedPoint.ts'
import type { RatePoint } from './series.ts'
import { isYield, type WindowYield, yieldBetween } from './window.ts'

/** One change of rate: from where to where, by how much, and what the time between would give over a year. */
export type Step = {
  readonly start: RatePoint
  readonly end: RatePoint
  /** Relative change, WAD. */
  readonly change: Wad
  /** Undefined where the two are too close in time to say anything about a year. */
  readonly result: WindowYield | undefined
}

/** List the changes of a series, newest first. The first point of a series changes nothing that is known. */
export function stepsOf(points: readonly RatePoint[]): Step[] {
  const steps = points.flatMap((end, index): Step[] => {
    const start = points[index - 1]
    if (start === undefined) return []
    const result = yieldBetween(points, index - 1, index)
    const change = mulDivDown(end.rate - start.rate, WAD, start.rate)
    return [{ start, end, change, result: isYield(result) ? result : undefined }]
  })
  return steps.reverse()
}
