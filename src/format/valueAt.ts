import type { ChartPoint } from './chartRows.ts'

/** Values over time: each holds until the next one where `isStairs`, else the line goes straight to it. */
export type Course = { readonly points: readonly ChartPoint[]; readonly isStairs: boolean }

const known = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value : null

/** Read a point's value; what is no finite number is a gap, as it could not be drawn. */
export const knownValue = (point: ChartPoint | undefined): number | null => known(point?.y)

/** Find the last point at or before a time; -1 where there is none. */
export function indexAt(points: readonly ChartPoint[], x: number): number {
  let [low, high] = [0, points.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((points[middle]?.x ?? Number.POSITIVE_INFINITY) <= x) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** The value at a time, from the last point at or before it; a straight line has none beside a gap or after its end. */
export function valueFrom({ points, isStairs }: Course, index: number, x: number): number | null {
  const point = points[index]
  const value = knownValue(point)
  if (isStairs || point === undefined || value === null || point.x === x) return value
  const next = points[index + 1]
  const end = knownValue(next)
  if (next === undefined || end === null) return null
  return known(value + ((end - value) * (x - point.x)) / (next.x - point.x))
}

/** The value that a line has at a time, null where it has none. */
export const valueAt = (course: Course, x: number): number | null =>
  valueFrom(course, indexAt(course.points, x), x)
