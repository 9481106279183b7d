import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fixed, isoTime, percent } from '../../../src/cli/read/figures.ts'
import { formatPercent } from '../../../src/format/number.ts'

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

describe('percent', () => {
  test.each([
    [29_999_999_999_999_999n, '3.00 %'],
    [29_949_999_999_999_999n, '2.99 %'],
    [-5n * 10n ** 16n, '-5.00 %'],
    [3_450_000_000_000_000n, '0.35 %'],
    [-3_450_000_000_000_000n, '-0.35 %'],
    [-3_449_999_999_999_999n, '-0.34 %'],
    [12_345_600_000_000_000_000n, '1,234.56 %'],
    [0n, '0.00 %'],
  ])('default: %s', (fraction, text) => {
    expect(percent(fraction)).toBe(text)
  })

  test('behavior: half a step rounds away from zero', () => {
    const half = 25n * 10n ** 12n
    expect([percent(half * 2n), percent(half * -2n)]).toEqual(['0.01 %', '-0.01 %'])
  })

  test('behavior: what rounds to nothing and is not nothing says so', () => {
    expect([percent(10n ** 13n), percent(-(10n ** 13n))]).toEqual(['<0.01 %', '>-0.01 %'])
  })

  test('behavior: the page rounds to the same', () => {
    const figure = fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n })
    fc.assert(
      fc.property(figure, fraction => {
        fc.pre(fraction <= -(10n ** 14n) || fraction >= 10n ** 14n)
        expect(percent(fraction)).toBe(`${formatPercent(fraction).replace('−', '-')} %`)
      }),
    )
  })
})

test('default: isoTime', () => {
  expect(isoTime(1_700_000_000n)).toBe('2023-11-14T22:13:20Z')
})
