import { describe, expect, test } from 'vitest'
import type { ChartPoint } from '../../src/format/chartRows.ts'
import { valueAt } from '../../src/format/valueAt.ts'

const points: readonly ChartPoint[] = [
  { x: 10, y: 1 },
  { x: 20, y: 3 },
  { x: 30, y: null },
  { x: 40, y: 5 },
]

const read = (isStairs: boolean) =>
  [5, 10, 15, 20, 25, 30, 35, 40, 45].map(x => valueAt({ points, isStairs }, x))

describe('valueAt', () => {
  test('default: a stair holds its value until the next one, and has none in a gap', () => {
    expect(read(true)).toEqual([null, 1, 1, 3, 3, null, null, 5, 5])
  })

  test('behavior: a straight line goes from value to value, and has none beside a gap or after its end', () => {
    expect(read(false)).toEqual([null, 1, 2, 3, null, null, null, 5, null])
  })

  test('behavior: no points have no value', () => {
    expect(valueAt({ points: [], isStairs: true }, 5)).toBeNull()
    expect(valueAt({ points: [], isStairs: false }, 5)).toBeNull()
  })

  test.each([Number.NaN, Number.POSITIVE_INFINITY, 5n as unknown as number])('behavior: %s is a gap', y => {
    expect(valueAt({ points: [{ x: 1, y }], isStairs: true }, 2)).toBeNull()
    const straight = {
      points: [
        { x: 1, y: 1 },
        { x: 3, y },
      ],
      isStairs: false,
    }
    expect(valueAt(straight, 2)).toBeNull()
  })
})
