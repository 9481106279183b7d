import { describe, expect, test } from 'vitest'
import { type ChartPoint, chartRows, rowLimits } from '../../src/format/chartRows.ts'

const points = (...pairs: readonly (readonly [number, number | null])[]): ChartPoint[] =>
  pairs.map(([x, y]) => ({ x, y }))

const all = { from: undefined, until: 100 } as const

describe('chartRows', () => {
  test('default: each row holds the value in force of every series', () => {
    const series = [
      { id: 'a', points: points([10, 1], [30, 1.1]) },
      { id: 'b', points: points([20, 2], [30, 2.5], [40, 2.6]) },
    ]
    expect(chartRows(series, all)).toEqual([
      { x: 10, values: [1, null] },
      { x: 20, values: [1, 2] },
      { x: 30, values: [1.1, 2.5] },
      { x: 40, values: [1.1, 2.6] },
      { x: 100, values: [1.1, 2.6] },
    ])
  })

  test('behavior: a value that is not known is a gap, and nothing before it is carried over', () => {
    const series = [{ id: 'a', points: points([10, 1], [20, null], [30, 1.2]) }]
    expect(chartRows(series, all).map(({ values }) => values[0])).toEqual([1, null, 1.2, 1.2])
  })

  test('behavior: the start of the range shows the value in force there', () => {
    const series = [{ id: 'a', points: points([10, 1], [30, 1.1]) }]
    expect(chartRows(series, { ...all, from: 15 })).toEqual([
      { x: 15, values: [1] },
      { x: 30, values: [1.1] },
      { x: 100, values: [1.1] },
    ])
  })

  test('behavior: what lies after the end is left out', () => {
    const series = [{ id: 'a', points: points([10, 1], [130, 1.1]) }]
    expect(chartRows(series, all)).toEqual([
      { x: 10, values: [1] },
      { x: 100, values: [1] },
    ])
  })

  test('behavior: a time at the very start or end stands once', () => {
    const series = [{ id: 'a', points: points([10, 1], [100, 1.1]) }]
    expect(chartRows(series, { ...all, from: 10 }).map(({ x }) => x)).toEqual([10, 100])
  })

  test('behavior: of two values at one time the later one is in force', () => {
    const series = [{ id: 'a', points: points([10, 1], [10, 1.5]) }]
    expect(chartRows(series, all)[0]).toEqual({ x: 10, values: [1.5] })
  })
})

describe('rowLimits', () => {
  test('default: the lowest and the highest value of all series', () => {
    const rows = [
      { x: 1, values: [null, 4] },
      { x: 2, values: [-3, null] },
      { x: 3, values: [0, 2] },
    ]
    expect(rowLimits(rows)).toEqual([-3, 4])
  })

  test('behavior: nothing known has no limits', () => {
    expect(rowLimits([])).toBeUndefined()
    expect(rowLimits([{ x: 1, values: [null] }])).toBeUndefined()
  })
})
