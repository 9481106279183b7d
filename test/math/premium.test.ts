import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DivisionByZero, WAD } from '../../src/math/fixedPoint.ts'
import { isFarOff, premiumOver } from '../../src/math/premium.ts'

const RATE = (11n * WAD) / 10n

describe('premiumOver', () => {
  test('default: above 0 where a market pays more, below 0 where it pays less', () => {
    expect(premiumOver((1_122n * WAD) / 1_000n, RATE)).toEqual({ fraction: WAD / 50n, isNoise: false })
    expect(premiumOver((1_078n * WAD) / 1_000n, RATE)).toEqual({ fraction: -WAD / 50n, isNoise: false })
    expect(premiumOver(RATE, RATE)).toEqual({ fraction: 0n, isNoise: true })
  })

  test('behavior: it is a part of the rate, not of one ether and not of the price', () => {
    expect(premiumOver(3n * WAD, 2n * WAD).fraction).toBe(WAD / 2n)
    expect(premiumOver(2n * WAD, 3n * WAD).fraction).toBe(-333_333_333_333_333_334n)
  })

  test('behavior: below half a percent either way is noise, half a percent is not', () => {
    const half = WAD / 200n
    expect(premiumOver(WAD + half, WAD)).toEqual({ fraction: half, isNoise: false })
    expect(premiumOver(WAD - half, WAD)).toEqual({ fraction: -half, isNoise: false })
    expect(premiumOver(WAD + half - 1n, WAD)).toEqual({ fraction: half - 1n, isNoise: true })
    expect(premiumOver(WAD - half + 1n, WAD)).toEqual({ fraction: 1n - half, isNoise: true })
  })

  test('behavior: a price of 0 is a discount of all', () => {
    expect(premiumOver(0n, RATE)).toEqual({ fraction: -WAD, isNoise: false })
  })

  test('behavior: price = rate × (1 + premium), rounded down by less than one last digit of it', () => {
    const amount = fc.bigInt({ min: 1n, max: 10n ** 24n })
    fc.assert(
      fc.property(amount, amount, (price, rate) => {
        const { fraction, isNoise } = premiumOver(price, rate)
        expect(rate * (WAD + fraction) <= price * WAD).toBe(true)
        expect(rate * (WAD + fraction + 1n) > price * WAD).toBe(true)
        expect(isNoise).toBe(fraction * 200n < WAD && fraction * 200n > -WAD)
      }),
    )
  })

  test('error: DivisionByZero for a rate of 0', () => {
    expect(() => premiumOver(WAD, 0n)).toThrow(DivisionByZero)
    expect(() => premiumOver(0n, 0n)).toThrow(DivisionByZero)
  })
})

test('isFarOff: more than half away, on either side', () => {
  const half = WAD / 2n
  for (const fraction of [0n, half, -half]) expect(isFarOff({ fraction, isNoise: false })).toBe(false)
  for (const fraction of [half + 1n, -half - 1n]) expect(isFarOff({ fraction, isNoise: false })).toBe(true)
})
