import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ChartRow, chartRows, thinRows } from '../../src/format/chartRows.ts'
import type { SeriesPoint } from '../../src/math/chartSeries.ts'
import { WAD } from '../../src/math/fixedPoint.ts'

const points = (...pairs: readonly (readonly [bigint, bigint | undefined])[]): SeriesPoint[] =>
  pairs.map(([time, thousandths]) => ({
    time,
    value: thousandths === undefined ? undefined : (thousandths * WAD) / 1_000n,
  }))

const all = { from: undefined, until: 100n, isFraction: false } as const

describe('chartRows', () => {
  test('default: each row holds the value in force of every series', () => {
    const series = [
      { id: 'a', points: points([10n, 1_000n], [30n, 1_100n]) },
      { id: 'b', points: points([20n, 2_000n], [30n, 2_500n], [40n, 2_600n]) },
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
    const series = [{ id: 'a', points: points([10n, 1_000n], [20n, undefined], [30n, 1_200n]) }]
    expect(chartRows(series, all).map(({ values }) => values[0])).toEqual([1, null, 1.2, 1.2])
  })

  test('behavior: the start of the range shows the value in force there', () => {
    const series = [{ id: 'a', points: points([10n, 1_000n], [30n, 1_100n]) }]
    expect(chartRows(series, { ...all, from: 15n })).toEqual([
      { x: 15, values: [1] },
      { x: 30, values: [1.1] },
      { x: 100, values: [1.1] },
    ])
  })

  test('behavior: what lies after the end is left out', () => {
    const series = [{ id: 'a', points: points([10n, 1_000n], [130n, 1_100n]) }]
    expect(chartRows(series, all)).toEqual([
      { x: 10, values: [1] },
      { x: 100, values: [1] },
    ])
  })

  test('behavior: a time at the very start or end stands once', () => {
    const series = [{ id: 'a', points: points([10n, 1_000n], [100n, 1_100n]) }]
    expect(chartRows(series, { ...all, from: 10n }).map(({ x }) => x)).toEqual([10, 100])
  })

  test('behavior: a fraction is drawn in percent, a rate as it is', () => {
    const series = [{ id: 'a', points: points([10n, 27n]) }]
    expect(chartRows(series, { ...all, isFraction: true })[0]?.values).toEqual([2.7])
    expect(chartRows(series, all)[0]?.values).toEqual([0.027])
  })

  test('behavior: of two values at one time the later one is in force', () => {
    const series = [{ id: 'a', points: points([10n, 1_000n], [10n, 1_500n]) }]
    expect(chartRows(series, all)[0]).toEqual({ x: 10, values: [1.5] })
  })
})

const row = (x: number, ...values: (number | null)[]): ChartRow => ({ x, values })
const line = (count: number): ChartRow[] => Array.from({ length: count }, (_, x) => row(x, 3 * x, 100 - x))

const anyRows = fc
  .tuple(
    fc.integer({ min: 1, max: 3 }),
    fc.array(fc.array(fc.option(fc.integer({ min: -1000, max: 1000 })), { minLength: 3, maxLength: 3 }), {
      maxLength: 120,
    }),
  )
  .map(([width, table]) => table.map((values, x) => row(x * 7, ...values.slice(0, width))))

describe('thinRows', () => {
  test('default: at most as many as asked, first and last among them, in order and untouched', () => {
    fc.assert(
      fc.property(anyRows, fc.integer({ min: 3, max: 60 }), (rows, most) => {
        const thinned = thinRows(rows, most)
        expect(thinned.length).toBe(Math.min(rows.length, most))
        expect(thinned[0]).toBe(rows[0])
        expect(thinned.at(-1)).toBe(rows.at(-1))
        const positions = thinned.map(kept => rows.indexOf(kept))
        expect(positions).not.toContain(-1)
        expect(positions).toEqual([...new Set(positions)].sort((a, b) => a - b))
      }),
    )
  })

  test('behavior: few rows are left alone', () => {
    const rows = line(50)
    expect(thinRows(rows, 50)).toBe(rows)
  })

  test('behavior: a spike of any series survives', () => {
    for (const [at, index] of [
      [137, 0],
      [400, 1],
      [802, 0],
    ] as const) {
      const rows = line(1_000)
      const values = [...(rows[at]?.values ?? [])]
      values[index] = 5_000
      rows[at] = row(at, ...values)
      expect(thinRows(rows, 40).map(({ x }) => x)).toContain(at)
    }
  })

  test('behavior: a small series is not drowned by a large one', () => {
    const rows = Array.from({ length: 500 }, (_, x) => row(x, (x * 7919) % 1000, x === 222 ? 0.002 : 0.001))
    expect(thinRows(rows, 50).map(({ x }) => x)).toContain(222)
  })

  test('behavior: a straight line stays straight and evenly covered', () => {
    const thinned = thinRows(line(1_000), 50)
    expect(thinned.every(({ x, values }) => values[0] === 3 * x)).toBe(true)
    const gaps = thinned.slice(1).map(({ x }, index) => x - (thinned[index]?.x ?? 0))
    expect(Math.max(...gaps)).toBeLessThanOrEqual(42)
  })

  test('behavior: rows without any value are no failure', () => {
    const rows = Array.from({ length: 90 }, (_, x) => row(x, null))
    expect(thinRows(rows, 30)).toHaveLength(30)
  })
})
