import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DivisionByZero, WAD } from '../../src/math/fixedPoint.ts'
import { PowerOutOfRange, powerOfRatio } from '../../src/math/power.ts'

const SCALE = 10n ** 80n

/** An independent way to a whole power: multiply and round at 80 decimals. */
function wholePower(numerator: bigint, denominator: bigint, exponent: number): bigint {
  const base = (numerator * SCALE) / denominator
  let power = SCALE
  for (let count = 0; count < exponent; count += 1) power = (power * base) / SCALE
  return power
}

/** An independent way to a root: the largest integer whose power is not above the value, by bisection. */
function wholeRoot(value: bigint, degree: bigint): bigint {
  let low = 0n
  let high = value + 1n
  while (high - low > 1n) {
    const middle = (low + high) / 2n
    if (middle ** degree <= value) low = middle
    else high = middle
  }
  return low
}

const rate = fc.bigInt({ min: WAD / 2n, max: 3n * WAD })

describe('powerOfRatio', () => {
  test('default: figures known elsewhere, to the last digit', () => {
    expect(powerOfRatio(2n, 1n, 1n, 2n)).toBe(1_414_213_562_373_095_048n)
    expect(powerOfRatio(2n, 1n, -1n, 2n)).toBe(707_106_781_186_547_524n)
    expect(powerOfRatio(2n, 1n, 1n, 12n)).toBe(1_059_463_094_359_295_264n)
    expect(powerOfRatio(1n, 3n, 1n, 3n)).toBe(693_361_274_350_634_704n)
  })

  test('behavior: what is exact comes out exact', () => {
    expect(powerOfRatio(105n, 100n, 1n, 1n)).toBe(1_050_000_000_000_000_000n)
    expect(powerOfRatio(11n, 10n, 2n, 1n)).toBe(1_210_000_000_000_000_000n)
    expect(powerOfRatio(9n, 10n, 1n, 1n)).toBe(900_000_000_000_000_000n)
    expect(powerOfRatio(9n, 4n, 1n, 2n)).toBe(1_500_000_000_000_000_000n)
    expect(powerOfRatio(7n, 7n, 123n, 45n)).toBe(WAD)
    expect(powerOfRatio(3n, 2n, 0n, 1n)).toBe(WAD)
  })

  test('behavior: a whole power agrees with repeated multiplication', () => {
    fc.assert(
      fc.property(rate, rate, fc.integer({ min: 0, max: 12 }), (numerator, denominator, exponent) => {
        const exact = (wholePower(numerator, denominator, exponent) * WAD) / SCALE
        const found = powerOfRatio(numerator, denominator, BigInt(exponent), 1n)
        expect(found >= exact && found <= exact + 1n).toBe(true)
      }),
    )
  })

  test('behavior: a root agrees with a bisection', () => {
    fc.assert(
      fc.property(rate, fc.integer({ min: 1, max: 9 }), (numerator, degree) => {
        const root = wholeRoot(numerator * WAD ** BigInt(degree - 1), BigInt(degree))
        expect(powerOfRatio(numerator, WAD, 1n, BigInt(degree))).toBe(root)
      }),
    )
  })

  test('behavior: it grows with the base and with the exponent', () => {
    expect(powerOfRatio(WAD + 2n, WAD, 365n, 1n)).toBeGreaterThan(powerOfRatio(WAD + 1n, WAD, 365n, 1n))
    expect(powerOfRatio(11n, 10n, 3n, 1n)).toBeGreaterThan(powerOfRatio(11n, 10n, 2n, 1n))
  })

  test('behavior: a ratio of any size is answered', () => {
    expect(powerOfRatio(10n ** 18n, 1n, 1n, 1n)).toBe(10n ** 36n)
    expect(powerOfRatio(1n, 10n ** 18n, 1n, 2n)).toBe(10n ** 9n)
    expect(powerOfRatio(10n ** 24n, 1n, 1n, 2n)).toBe(10n ** 30n)
  })

  test('error: PowerOutOfRange', () => {
    expect(() => powerOfRatio(0n, WAD, 1n, 1n)).toThrow(PowerOutOfRange)
    expect(() => powerOfRatio(WAD, -1n, 1n, 1n)).toThrow(PowerOutOfRange)
    expect(() => powerOfRatio(2n, 1n, 93n, 1n)).toThrow(PowerOutOfRange)
    expect(() => powerOfRatio(1n, 2n, 93n, 1n)).toThrow(PowerOutOfRange)
    expect(powerOfRatio(2n, 1n, 92n, 1n)).toBeGreaterThan(WAD)
  })

  test('error: DivisionByZero', () => {
    expect(() => powerOfRatio(2n, 1n, 1n, 0n)).toThrow(DivisionByZero)
  })
})
