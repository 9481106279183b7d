import { describe, expect, test } from 'vitest'
import { fixed, isoTime, percent } from '../../../src/cli/read/figures.ts'

describe('fixed', () => {
  test.each([
    [1_175_999_999_999_999_595n, 18, 18, '1.175999999999999595'],
    [1_175_999_999_999_999_595n, 18, 2, '1.17'],
    [342_747_600_000_000_000_000_000n, 18, 2, '342,747.60'],
    [1_234_567n, 0, 0, '1,234,567'],
    [0n, 18, 2, '0.00'],
    [-15n * 10n ** 17n, 18, 2, '-1.50'],
  ])('default: %s', (value, decimals, digits, text) => {
    expect(fixed(value, decimals, digits)).toBe(text)
  })

  test('behavior: what is not zero never looks like zero', () => {
    expect(fixed(1n, 18, 2)).toBe('<0.01')
    expect(fixed(-1n, 18, 2)).toBe('>-0.01')
  })
})

test('default: percent', () => {
  expect(percent(29_999_999_999_999_999n)).toBe('2.99 %')
  expect(percent(-5n * 10n ** 16n)).toBe('-5.00 %')
})

test('default: isoTime', () => {
  expect(isoTime(1_700_000_000n)).toBe('2023-11-14T22:13:20Z')
})
