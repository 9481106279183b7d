import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { brokenPaints, figuresOf, type PaintSeries, paintText } from './paintReport.ts'

const series = (paints: readonly number[], more: Partial<PaintSeries> = {}): PaintSeries => ({
  name: 'Range',
  slowdown: 1,
  shots: paints.map(told => ({ told, frame: told / 2, drawn: told * 2 })),
  ...more,
})

describe('figuresOf', () => {
  test('default: median, 90th percentile and greatest of twenty', () => {
    const values = Array.from({ length: 20 }, (_, index) => 20 - index)
    expect(figuresOf(values)).toEqual({ median: 10, p90: 18, most: 20 })
  })

  test('behavior: one value is all three', () => {
    expect(figuresOf([7])).toEqual({ median: 7, p90: 7, most: 7 })
  })

  test('behavior: each is a value that was measured, and they ascend, whatever the order', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true }), { minLength: 1 }), values => {
        const { median, p90, most } = figuresOf(values)
        expect(values).toEqual(expect.arrayContaining([median, p90, most]))
        expect(median <= p90 && p90 <= most).toBe(true)
        expect(values.every(value => value <= most)).toBe(true)
        expect(values.filter(value => value <= median).length * 2).toBeGreaterThanOrEqual(values.length)
        expect(figuresOf(values.toReversed())).toEqual({ median, p90, most })
      }),
    )
  })
})

describe('brokenPaints', () => {
  test('default: the median counts, not the slowest', () => {
    expect(brokenPaints([series([16, 24, 900])])).toEqual([])
  })

  test('behavior: at the budget it is broken, by either account', () => {
    expect(brokenPaints([series([50, 50, 50])])).toEqual([
      'Range: 50 ms to the next paint by the browser, 25.0 to the end of its frame; the budget is 50',
    ])
    const late = { told: 16, frame: 50, drawn: 60 }
    expect(brokenPaints([series([], { shots: [late] })])).toHaveLength(1)
    expect(brokenPaints([series([], { shots: [{ ...late, frame: 49.9 }] })])).toEqual([])
  })

  test('behavior: a slowed processor has a budget of its own', () => {
    expect(brokenPaints([series([192], { slowdown: 4 })])).toEqual([])
    expect(brokenPaints([series([200], { slowdown: 4 })])).toEqual([
      'Range, 4× slower: 200 ms to the next paint by the browser, 100.0 to the end of its frame; the budget is 200',
    ])
  })

  test('behavior: a click on nothing has none, and nothing measured keeps none', () => {
    expect(brokenPaints([series([900], { isIdle: true })])).toEqual([])
    expect(brokenPaints([series([])])).toHaveLength(1)
  })
})

describe('paintText', () => {
  test('default: a row for each series, with its budget and three figures of each account', () => {
    const [title = '', row = ''] = paintText([series([16, 24, 80])]).split('\n')
    expect(title).toContain('To next paint: median')
    expect(row.split(/\s{2,}/)).toEqual([
      'Range',
      '3',
      '< 50',
      ...['24', '80', '80'],
      ...['12.0', '40.0', '40.0'],
      ...['48', '160', '160'],
    ])
  })

  test('behavior: a click on nothing has no budget and no chart', () => {
    const idle = series([], { shots: [{ told: 16, frame: 5, drawn: undefined }], isIdle: true })
    const text = paintText([idle])
    expect(text).not.toContain('<')
    expect(text.split('\n')[1]?.split(/\s{2,}/)).toEqual([
      'Range',
      '1',
      '16',
      '16',
      '16',
      '5.0',
      '5.0',
      '5.0',
    ])
  })
})
