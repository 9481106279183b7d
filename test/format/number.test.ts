import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  chartNumber,
  chartPercent,
  exactDecimal,
  formatAmount,
  formatBlock,
  formatChange,
  formatCount,
  formatDollars,
  formatDollarsShort,
  formatDoubt,
  formatExact,
  formatFee,
  formatPercent,
  formatRate,
} from '../../src/format/number.ts'
import { WAD } from '../../src/math/fixedPoint.ts'

/** Read a decimal string back by hand, digit by digit. */
function parseDecimal(text: string, decimals: number): bigint {
  const [whole = '', fraction = ''] = text.replace('-', '').split('.')
  const size = BigInt(whole) * 10n ** BigInt(decimals) + BigInt(fraction.padEnd(decimals, '0'))
  return text.startsWith('-') ? -size : size
}

const anySize = fc.oneof(
  fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }),
  fc.bigInt({ min: -99n, max: 99n }),
)

describe('exactDecimal', () => {
  test('default', () => {
    expect(exactDecimal(1_108_864_467_000_000_000n)).toBe('1.108864467')
    expect(exactDecimal(1n)).toBe('0.000000000000000001')
    expect(exactDecimal(0n)).toBe('0')
    expect(exactDecimal(32n * WAD)).toBe('32')
  })

  test('behavior: a negative value keeps its sign, also below one', () => {
    expect(exactDecimal(-WAD / 2n)).toBe('-0.5')
    expect(exactDecimal(-3n * WAD)).toBe('-3')
  })

  test('behavior: other decimals, as a price feed has them', () => {
    expect(exactDecimal(200_012_345_678n, 8)).toBe('2000.12345678')
    expect(exactDecimal(7n, 0)).toBe('7')
  })

  test('behavior: every value comes back from its string', () => {
    fc.assert(
      fc.property(anySize, fc.integer({ min: 0, max: 30 }), (value, decimals) => {
        const text = exactDecimal(value, decimals)
        expect(parseDecimal(text, decimals)).toBe(value)
        expect(text).toMatch(/^-?(0|[1-9]\d*)(\.\d*[1-9])?$/)
      }),
    )
  })
})

describe('formatRate', () => {
  test('default', () => {
    expect(formatRate(1_108_864_467_000_000_000n)).toBe('1.10886')
    expect(formatRate(WAD)).toBe('1.00000')
  })

  test('behavior: never rounds up', () => {
    expect(formatRate(1_108_869_999_999_999_999n)).toBe('1.10886')
    expect(formatRate(1_999_999_999_999_999_999n)).toBe('1.99999')
  })
})

describe('formatAmount', () => {
  test.each([
    [0n, '0'],
    [1n, '<0.000001'],
    [10n ** 12n - 1n, '<0.000001'],
    [10n ** 12n, '0.000001'],
    [50n * 10n ** 12n, '0.00005'],
    [WAD / 10n, '0.1000'],
    [1_234_567_899_999_999_999n, '1.2345'],
    [9_999n * WAD + (WAD - 1n), '9,999.9999'],
    [10_000n * WAD, '10.00K'],
    [441_234n * WAD, '441.2K'],
    [9_000_000n * WAD, '9.000M'],
  ])('default: %s', (amount, text) => {
    expect(formatAmount(amount)).toBe(text)
  })

  test('behavior: what there is never looks like nothing', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 24 }), fc.bigInt({ min: 1n, max: 999n }), (zeros, figures) => {
        expect(formatAmount(figures * 10n ** BigInt(zeros))).toMatch(/[1-9]/)
      }),
    )
  })

  test('behavior: a table never shows more than there is below 10,000', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 10n ** 12n, max: 10_000n * WAD - 1n }), amount => {
        const text = formatAmount(amount).replaceAll(',', '')
        const shown = parseDecimal(text, 18)
        expect(shown).toBeLessThanOrEqual(amount)
        expect(amount - shown).toBeLessThan(10n ** 14n)
      }),
    )
  })

  test('behavior: a negative amount has a real minus at every size', () => {
    expect(formatAmount(-1n)).toBe('−<0.000001')
    expect(formatAmount(-1_234_567_899_999_999_999n)).toBe('−1.2345')
    expect(formatAmount(-441_234n * WAD)).toBe('−441.2K')
  })
})

describe('formatExact', () => {
  test('default: every digit', () => {
    expect(formatExact(1_234_567_890_123_456_789_012n)).toBe('1,234.567890123456789012')
    expect(formatExact(200_012_345_678n, 8)).toBe('2,000.12345678')
    expect(formatExact(0n)).toBe('0')
  })
})

describe('formatPercent', () => {
  test('default', () => {
    expect(formatPercent(26_827_000_000_000_000n)).toBe('2.68')
    expect(formatPercent(26_827_000_000_000_000n, 6)).toBe('2.682700')
    expect(formatPercent(0n)).toBe('0.00')
  })

  test('behavior: a fall keeps its minus, however small', () => {
    expect(formatPercent(-26_827_000_000_000_000n)).toBe('−2.68')
    expect(formatPercent(-1n)).toBe('−0.00')
  })
})

describe('formatChange', () => {
  test('default', () => {
    expect(formatChange(12_300_000_000_000_000n)).toBe('+1.2')
    expect(formatChange(-12_300_000_000_000_000n)).toBe('−1.2')
    expect(formatChange(0n)).toBe('0.0')
    expect(formatChange(12_300_000_000_000_000n, 2)).toBe('+1.23')
  })

  test('behavior: what rounds to nothing has no sign, either way', () => {
    for (const size of [1n, 499_999_999_999_999n])
      expect([formatChange(size), formatChange(-size)]).toEqual(['0.0', '0.0'])
    expect([formatChange(500_000_000_000_000n), formatChange(-500_000_000_000_000n)]).toEqual([
      '+0.1',
      '−0.1',
    ])
    expect([formatChange(-49_999_999_999_999n, 2), formatChange(50_000_000_000_000n, 2)]).toEqual([
      '0.00',
      '+0.01',
    ])
  })
})

describe('formatFee', () => {
  test.each([
    [0n, '0'],
    [WAD / 10n, '10'],
    [WAD / 8n, '12.5'],
    [WAD / 200n, '0.5'],
    [WAD / 800n, '0.13'],
    [WAD, '100'],
  ])('default: %s', (fraction, text) => {
    expect(formatFee(fraction)).toBe(text)
  })
})

describe('formatDollarsShort', () => {
  test.each([
    [0n, '$0'],
    [12n * WAD, '$12'],
    [1_234n * WAD, '$1.23K'],
    [882_400_000n * WAD, '$882M'],
    [18_000_000_000n * WAD, '$18B'],
    [1_235_000_000n * WAD, '$1.24B'],
    [999_999_999n * WAD, '$1B'],
  ])('default: %s', (dollars, text) => {
    expect(formatDollarsShort(dollars)).toBe(text)
  })

  test('behavior: never further off than half of the third digit', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: WAD, max: 10n ** 32n }), dollars => {
        const [, digits = '', unit = ''] = /^\$([\d.,]+)([KMBT]?)$/.exec(formatDollarsShort(dollars)) ?? []
        const scale = { '': 0, K: 3, M: 6, B: 9, T: 12 }[unit] ?? Number.NaN
        const shown = Number(digits.replaceAll(',', '')) * 10 ** scale
        expect(Math.abs(shown / (Number(dollars) / 1e18) - 1)).toBeLessThanOrEqual(0.00501)
      }),
    )
  })
})

describe('formatDollars', () => {
  test.each([
    [0n, '$0.00'],
    [12_345_678n * 10n ** 13n, '$123.46'],
    [1_000n * WAD - WAD / 10n, '$999.90'],
    [1_000n * WAD, '$1,000'],
    [1_234_567n * WAD + (6n * WAD) / 10n, '$1,234,568'],
  ])('default: %s', (dollars, text) => {
    expect(formatDollars(dollars)).toBe(text)
  })

  test('behavior: no digit is lost where a double would lose it', () => {
    expect(formatDollars(9_007_199_254_740_993n * WAD)).toBe('$9,007,199,254,740,993')
  })
})

describe('counts and numbers for drawing', () => {
  test('default', () => {
    expect(formatBlock(17_272_708n)).toBe('17,272,708')
    expect(formatCount(1_212)).toBe('1,212')
    expect(formatCount(366n)).toBe('366')
    expect(chartNumber(1_100_000_000_000_000_000n)).toBe(1.1)
    expect(chartNumber(200_050_000_000n, 8)).toBe(2000.5)
    expect(chartPercent(-26_827_000_000_000_000n)).toBe(-2.6827)
  })
})

describe('formatDoubt', () => {
  test('default: two decimals, and what is too little for them is not nothing', () => {
    expect(formatDoubt(WAD / 1_000n)).toBe('0.10')
    expect(formatDoubt(5n * 10n ** 13n)).toBe('0.01')
    expect(formatDoubt(5n * 10n ** 13n - 1n)).toBe('<0.01')
    expect(formatDoubt(1n)).toBe('<0.01')
    expect(formatDoubt(0n)).toBe('0.00')
  })
})
