import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { WAD } from '../../../../src/math/fixedPoint.ts'
import { dollarsInWords, dollarsOf, exactly, told, weiOf } from '../../../../src/views/wallet/past/amounts.ts'

const between = (low: bigint, high: bigint) => ({ low: low * WAD, high: high * WAD })

/** Read back what was written without a magnitude, in wei. */
function wei(text: string): bigint {
  const [whole = '', fraction = ''] = text.replaceAll(',', '').replace('−', '-').replace('<', '').split('.')
  const sign = whole.startsWith('-') ? -1n : 1n
  return sign * (BigInt(whole.replace('-', '')) * WAD + BigInt(fraction.padEnd(18, '0')))
}

describe('told', () => {
  test('default: what is exact has no doubt', () => {
    expect(told(between(WAD / 4n, WAD / 4n))).toEqual({ value: WAD / 4n, text: '0.2500', doubt: undefined })
    expect(told(between(-WAD, -WAD)).text).toBe('−1.0000')
  })

  test('behavior: the middle and how far it may be off', () => {
    expect(told(between(WAD, 2n * WAD))).toMatchObject({ text: '1.5000', doubt: '0.5000' })
    expect(told(between(-3n * WAD, -WAD))).toMatchObject({ text: '−2.0000', doubt: '1.0000' })
  })

  test('behavior: a doubt smaller than the last digit is one of it, never nothing', () => {
    expect(told(between(WAD, WAD + 2n))).toMatchObject({ text: '1.0000', doubt: '0.0001' })
    expect(told({ low: WAD * WAD, high: WAD * WAD + 1n })).toMatchObject({ doubt: '0.0001' })
  })

  test('behavior: what lies between the two also lies between what is written', () => {
    const amount = fc.bigInt({ min: -9_000n * WAD, max: 9_000n * WAD })
    const small = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n })
    fc.assert(
      fc.property(fc.oneof(amount, small), fc.oneof(amount, small), (one, other) => {
        const [low, high] = one < other ? [one, other] : [other, one]
        const { text, doubt } = told(between(low, high))
        if (doubt === undefined) return
        // What is smaller than six decimals is written as such.
        const shown = text.includes('<') ? 0n : wei(text)
        expect(shown - wei(doubt) <= low && high <= shown + wei(doubt)).toBe(true)
      }),
    )
  })

  test('behavior: a large amount has four digits, and its doubt is no smaller than the last', () => {
    expect(told(between(12_345n * WAD, 12_346n * WAD))).toMatchObject({ text: '12.35K', doubt: '10.0000' })
  })
})

test('default: every digit, or both ends', () => {
  expect(exactly(between(1n, 1n))).toBe('0.000000000000000001')
  expect(exactly(between(WAD, 2n * WAD))).toBe('between 1 and 2')
})

test('default: products of units, rate and price', () => {
  expect(weiOf(3n * WAD * WAD)).toBe(3n * WAD)
  expect(dollarsOf(2n * WAD * WAD * 2_000n * 10n ** 8n)).toBe(4_000n * WAD)
  expect(dollarsInWords(-5n * WAD)).toBe('−$5.00')
  expect(dollarsInWords(-2_078n * WAD)).toBe('−$2,078')
})
