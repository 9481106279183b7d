import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DAY, DivisionByZero, mulDivDown, mulDivUp, WAD, YEAR } from '../../src/math/fixedPoint.ts'

const anyInteger = fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n })
const divisor = anyInteger.filter(value => value !== 0n)

test('default', () => {
  expect(mulDivDown(7n, 3n, 2n)).toBe(10n)
  expect(mulDivUp(7n, 3n, 2n)).toBe(11n)
  expect([WAD, DAY, YEAR]).toEqual([1_000_000_000_000_000_000n, 86_400n, 31_536_000n])
})

test('behavior: down is towards minus infinity, up towards plus infinity, whatever the signs', () => {
  expect(mulDivDown(-7n, 3n, 2n)).toBe(-11n)
  expect(mulDivDown(7n, 3n, -2n)).toBe(-11n)
  expect(mulDivDown(-7n, 3n, -2n)).toBe(10n)
  expect(mulDivUp(-7n, 3n, 2n)).toBe(-10n)
  expect(mulDivUp(7n, 3n, -2n)).toBe(-10n)
  expect(mulDivUp(-7n, 3n, -2n)).toBe(11n)
})

test('behavior: an exact quotient is the same both ways', () => {
  expect(mulDivDown(-6n, 3n, 2n)).toBe(-9n)
  expect(mulDivUp(-6n, 3n, 2n)).toBe(-9n)
  expect(mulDivDown(0n, 5n, -3n)).toBe(0n)
})

test('behavior: the quotient is the only integer within one divisor of the product', () => {
  fc.assert(
    fc.property(anyInteger, anyInteger, divisor, (a, b, d) => {
      const sign = d < 0n ? -1n : 1n
      const below = (a * b - mulDivDown(a, b, d) * d) * sign
      const above = (mulDivUp(a, b, d) * d - a * b) * sign
      expect(below >= 0n && below < d * sign).toBe(true)
      expect(above >= 0n && above < d * sign).toBe(true)
    }),
  )
})

test('error: DivisionByZero', () => {
  expect(() => mulDivDown(1n, 1n, 0n)).toThrow(DivisionByZero)
  expect(() => mulDivUp(0n, 1n, 0n)).toThrow(DivisionByZero)
})
