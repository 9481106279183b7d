import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ChartPoint, chartRows } from '../../src/format/chartRows.ts'
import { thinLines } from '../../src/format/thinLines.ts'
import { type Course, valueAt } from '../../src/format/valueAt.ts'

const UNTIL = 100_000
const span = (most: number, from = 0, until = UNTIL) => ({ from, until, most })

const pointsOf = (
  values: readonly (number | null)[],
  start = 0,
  step = UNTIL / values.length,
): ChartPoint[] => values.map((y, index) => ({ x: start + index * step, y }))

const stairs = (values: readonly (number | null)[], start?: number): Course => ({
  points: pointsOf(values, start),
  isStairs: true,
})
const straight = (values: readonly (number | null)[]): Course => ({ ...stairs(values), isStairs: false })

/** A stream of numbers from 0 to 1 that looks random: a seed shrinks at once, where long arrays take minutes. */
function streamOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 16_807) % 2_147_483_647
    return state / 2_147_483_647
  }
}

/** Many points, spread unevenly, with gaps now and then. */
const anyLine = fc
  .record({
    seed: fc.integer({ min: 1, max: 1_000_000 }),
    count: fc.integer({ min: 1, max: 900 }),
    start: fc.integer({ min: 0, max: 9_000 }),
    gaps: fc.constantFrom(0, 0.02, 0.3),
    isStairs: fc.boolean(),
  })
  .map(({ seed, count, start, gaps, isStairs }): Course => {
    const next = streamOf(seed)
    let x = start
    const points = Array.from({ length: count }, () => {
      x += 1 + Math.floor(next() * 60)
      return { x, y: next() < gaps ? null : Math.round((next() - 0.5) * 2_000) }
    })
    return { points, isStairs }
  })

const anyLines = fc.array(anyLine, { minLength: 1, maxLength: 4 })
const FROM = 4_000
const END = 20_000

/** A line's own values in sight, with those that it has at the start and at the end. */
function valuesIn({ points, isStairs }: Course): number[] {
  const own = points.filter(({ x }) => x >= FROM && x <= END).map(({ y }) => y)
  const [first, last] = [FROM, END].map(x => valueAt({ points, isStairs }, x))
  return [first ?? null, ...own, last ?? null].filter(value => value !== null)
}

const column = (rows: readonly { readonly values: readonly (number | null)[] }[], index: number) =>
  rows.map(({ values }) => values[index] ?? null)

describe('thinLines', () => {
  test('default: few points are drawn as they are', () => {
    const lines = [stairs([1, 3, 2, 5]), stairs([4, 4.5], 10)]
    const series = lines.map(({ points }, index) => ({ id: `${index}`, points }))
    expect(thinLines(lines, span(60))).toEqual(chartRows(series, { from: 0, until: UNTIL }))
  })

  test('behavior: a straight line has its own value at the times of others', () => {
    const lines = [straight([0, 10, 20, 30]), stairs([1, 2], 12_500)]
    const rows = thinLines(lines, span(60))
    expect(rows.map(({ x, values }) => [x, values[0]])).toEqual([
      [0, 0],
      [12_500, 5],
      [25_000, 10],
      [50_000, 20],
      [62_500, 25],
      [75_000, 30],
      [UNTIL, null],
    ])
  })

  test('behavior: never more rows than asked, in order, from the start to the end', () => {
    fc.assert(
      fc.property(anyLines, fc.integer({ min: 40, max: 320 }), (lines, most) => {
        const rows = thinLines(lines, span(most, FROM, END))
        expect(rows.length).toBeLessThanOrEqual(most)
        expect([rows[0]?.x, rows.at(-1)?.x]).toEqual([FROM, END])
        for (const [index, { x }] of rows.slice(1).entries())
          expect(x).toBeGreaterThanOrEqual(rows[index]?.x ?? 0)
      }),
      { numRuns: 60 },
    )
  })

  test('behavior: the lowest, the highest and the last value of every line are drawn', () => {
    fc.assert(
      fc.property(anyLines, fc.integer({ min: 60, max: 300 }), (lines, most) => {
        const rows = thinLines(lines, span(most, FROM, END))
        for (const [index, line] of lines.entries()) {
          const own = valuesIn(line)
          const drawn = column(rows, index).filter(value => value !== null)
          if (own.length === 0) continue
          expect(Math.min(...drawn)).toBe(Math.min(...own))
          expect(Math.max(...drawn)).toBe(Math.max(...own))
          if (own.length > 1) expect(drawn.at(-1)).toBe(own.at(-1))
        }
      }),
      { numRuns: 60 },
    )
  })

  test('behavior: a single spike survives in every line, wherever it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 6_999 }), fc.boolean(), fc.boolean(), (at, isUp, isStairs) => {
        const spike = isUp ? 900 : -900
        const calm = Array.from({ length: 7_000 }, (_, index) => Math.sin(index / 100))
        const lines = [stairs(calm), { ...stairs(calm.with(at, spike)), isStairs }]
        const rows = thinLines(lines, span(240))
        expect(column(rows, 1)).toContain(spike)
        expect(column(rows, 0)).not.toContain(spike)
        // At most a column away from its time.
        const x = rows.find(({ values }) => values[1] === spike)?.x ?? -UNTIL
        expect(Math.abs(x - (at * UNTIL) / 7_000)).toBeLessThanOrEqual(UNTIL / 80)
      }),
    )
  })

  test('behavior: no value that is not of the line: of a stair its own, of a straight line none beyond them', () => {
    const isOf = (line: Course, own: readonly number[], value: number): boolean =>
      line.isStairs ? own.includes(value) : value >= Math.min(...own) && value <= Math.max(...own)
    fc.assert(
      fc.property(anyLines, lines => {
        const rows = thinLines(lines, span(200, FROM, END))
        for (const [index, line] of lines.entries()) {
          const own = valuesIn(line)
          const drawn = column(rows, index).filter(value => value !== null)
          expect(drawn.filter(value => !isOf(line, own, value))).toEqual([])
        }
      }),
      { numRuns: 60 },
    )
  })

  test.each([true, false])('behavior: a gap stays one, however short (stairs: %s)', isStairs => {
    for (const at of [1, 333, 1_500, 2_998]) {
      const values: (number | null)[] = Array.from({ length: 3_000 }, (_, index) => index % 7)
      values[at] = null
      const rows = thinLines([{ points: pointsOf(values), isStairs }, stairs([1, 2])], span(200))
      const drawn = column(rows, 0)
      const first = drawn.findIndex(value => value !== null)
      const last = drawn.findLastIndex(value => value !== null)
      expect(drawn.slice(first, last)).toContain(null)
      expect(drawn.filter(value => value === null).length).toBeLessThan(6)
    }
  })

  test('behavior: a stair holds until its gap begins', () => {
    const rows = thinLines([stairs([1, 2, null, 4])], span(60))
    expect(rows.map(({ x, values }) => [x, values[0]])).toEqual([
      [0, 1],
      [25_000, 2],
      [50_000, 2],
      [50_000, null],
      [75_000, 4],
      [UNTIL, 4],
    ])
  })

  test('behavior: nothing but gaps still fits', () => {
    const jagged = Array.from({ length: 7_300 }, (_, index) => (index % 2 === 0 ? index : null))
    const rows = thinLines([stairs(jagged), straight(jagged), stairs(jagged, 7)], span(240))
    expect(rows.length).toBeLessThanOrEqual(240)
    expect(column(rows, 0)).toContain(7_298)
    expect(column(rows, 0)).toContain(0)
    expect(column(rows, 1)).toContain(7_298)
  })

  test('behavior: nothing before the first point, and a line without points is one gap', () => {
    const late = stairs(
      Array.from({ length: 900 }, () => 5),
      UNTIL / 2,
    )
    const early = stairs(Array.from({ length: 900 }, (_, index) => index))
    const rows = thinLines([late, early, { points: [], isStairs: true }], span(100))
    const first = rows.find(({ values }) => values[0] !== null)?.x ?? 0
    expect(first).toBeGreaterThan(UNTIL / 2 - UNTIL / 49)
    expect(new Set(column(rows, 2))).toEqual(new Set([null]))
  })

  test('behavior: what is no finite number is a gap', () => {
    const wild = [1, Number.NaN, 2, Number.POSITIVE_INFINITY, 3, 7n as unknown as number]
    const many = Array.from({ length: 600 }, (_, index) => wild[index % wild.length] ?? null)
    for (const most of [60, 2_000]) {
      const values = thinLines([stairs(many), straight(many)], span(most)).flatMap(row => row.values)
      expect(values.every(value => value === null || [1, 2, 3].includes(value))).toBe(true)
      expect(new Set(values)).toContain(null)
    }
  })

  test('behavior: a range of no length is one row', () => {
    expect(thinLines([stairs([1, 2])], span(60, 60_000, 60_000))).toEqual([{ x: 60_000, values: [2] }])
    expect(thinLines([], span(60))).toEqual([
      { x: 0, values: [] },
      { x: UNTIL, values: [] },
    ])
  })
})
