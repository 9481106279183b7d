import { describe, expect, test } from 'vitest'
import { brokenScores, type LighthouseReport, lighthouseText, rangeOf } from './lighthouseReport.ts'

const report = (performance: number | null, seo = 1): LighthouseReport => ({
  categories: {
    performance: { score: performance },
    accessibility: { score: 1 },
    'best-practices': { score: 1 },
    seo: { score: seo },
  },
  audits: { 'total-blocking-time': { numericValue: 12.4 } },
})
const runs = (device: 'desktop' | 'mobile', ...reports: readonly LighthouseReport[]) => ({ device, reports })

describe('rangeOf', () => {
  test('default: median of five with the least and the greatest', () => {
    expect(rangeOf([5, 1, 4, 2, 3])).toEqual({ median: 3, low: 1, high: 5 })
  })

  test('behavior: of an even number the lower of the two in the middle', () => {
    expect(rangeOf([1, 2, 3, 4]).median).toBe(2)
  })

  test('behavior: nothing, and what was not measured, is no number', () => {
    expect(rangeOf([]).median).toBeNaN()
    expect(rangeOf([1, Number.NaN, 3])).toEqual({ median: Number.NaN, low: Number.NaN, high: Number.NaN })
  })
})

describe('brokenScores', () => {
  test('default: the median counts, and a telephone may be slower than a desk', () => {
    expect(brokenScores([runs('mobile', report(0.9), report(0.5), report(0.93))])).toEqual([])
    expect(brokenScores([runs('desktop', report(1), report(1), report(0.98))])).toEqual([])
  })

  test('behavior: below the least of its device', () => {
    expect(brokenScores([runs('mobile', report(0.89))])).toEqual([
      'performance on mobile: 89 at the median, least 90',
    ])
    expect(brokenScores([runs('desktop', report(0.99))])).toEqual([
      'performance on desktop: 99 at the median, least 100',
    ])
    expect(brokenScores([runs('mobile', report(1, 0.92))])).toEqual([
      'seo on mobile: 92 at the median, least 100',
    ])
  })

  test('behavior: what was not measured is broken', () => {
    expect(brokenScores([runs('mobile', report(null))])).toHaveLength(1)
    expect(brokenScores([runs('mobile')])).toHaveLength(4)
  })
})

test('default: a column for each device, a line for each score and time', () => {
  const text = lighthouseText([runs('mobile', report(0.91), report(0.95)), runs('desktop', report(1))])
  expect(text).toMatch(/mobile, 2 runs +desktop, 1 runs/)
  expect(text).toMatch(/performance +91 \(91–95\) +100 \(100–100\)/)
  expect(text).toMatch(/Blocking time, ms +12 \(12–12\)/)
  expect(text).toMatch(/Layout shift +NaN/)
})
