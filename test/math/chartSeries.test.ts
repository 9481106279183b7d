import { describe, expect, test } from 'vitest'
import { largestGap } from '../../src/math/chartSeries.ts'

describe('largestGap', () => {
  test('default', () => {
    expect(largestGap([10n, 12n, 40n, 50n])).toBe(28n)
  })

  test('behavior: one sample or none has no gap', () => {
    expect(largestGap([])).toBe(0n)
    expect(largestGap([10n])).toBe(0n)
  })
})
