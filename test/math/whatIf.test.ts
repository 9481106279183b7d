import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DAY, DivisionByZero, WAD, YEAR } from '../../src/math/fixedPoint.ts'
import { growthBetween, heldSince, inAYear, SHORTEST_SPAN } from '../../src/math/whatIf.ts'
import { EmptySpan, NonPositiveRate } from '../../src/math/yield.ts'

const amounts = fc.bigInt({ min: 1n, max: 120_000_000n * WAD })
/** Below 2, as every rate of today is. */
const rates = fc.bigInt({ min: (9n * WAD) / 10n, max: 2n * WAD - 1n })

describe('heldSince', () => {
  test('default: by hand', () => {
    // 10 ÷ 1.1 = 9.0909…09 tokens; × 1.21 = 10.99…9: a wei less than 11 for the tokens that were cut.
    expect(heldSince(10n * WAD, (11n * WAD) / 10n, (121n * WAD) / 100n)).toEqual({
      tokens: 9_090_909_090_909_090_909n,
      worth: 10_999_999_999_999_999_999n,
      gain: 999_999_999_999_999_999n,
    })
    expect(heldSince(WAD, WAD, (103n * WAD) / 100n)).toEqual({
      tokens: WAD,
      worth: 1_030_000_000_000_000_000n,
      gain: 30_000_000_000_000_000n,
    })
  })

  test('behavior: a fall is a loss', () => {
    expect(heldSince(WAD, WAD, (995n * WAD) / 1_000n).gain).toBe(-5_000_000_000_000_000n)
  })

  test('behavior: without growth the amount comes back, within two wei below and never above', () => {
    fc.assert(
      fc.property(amounts, rates, (amount, rate) => {
        const { worth, gain } = heldSince(amount, rate, rate)
        expect(worth).toBeLessThanOrEqual(amount)
        expect(worth).toBeGreaterThanOrEqual(amount - 2n)
        expect(gain).toBe(worth - amount)
      }),
    )
  })

  test('behavior: a higher rate now is worth no less, a higher rate then no more', () => {
    fc.assert(
      fc.property(amounts, rates, rates, rates, (amount, rate, one, other) => {
        const [low, high] = one < other ? [one, other] : [other, one]
        expect(heldSince(amount, rate, high).worth).toBeGreaterThanOrEqual(heldSince(amount, rate, low).worth)
        expect(heldSince(amount, low, rate).worth).toBeGreaterThanOrEqual(heldSince(amount, high, rate).worth)
      }),
    )
  })

  test('behavior: parts are together worth what the whole is, but for some wei', () => {
    fc.assert(
      fc.property(amounts, amounts, rates, rates, (one, other, then, now) => {
        const worth = (amount: bigint): bigint => heldSince(amount, then, now).worth
        const missing = worth(one + other) - worth(one) - worth(other)
        expect(missing).toBeGreaterThanOrEqual(0n)
        expect(missing).toBeLessThanOrEqual(4n)
      }),
    )
  })

  test('error: DivisionByZero', () => {
    expect(() => heldSince(WAD, 0n, WAD)).toThrow(DivisionByZero)
  })
})

describe('growthBetween', () => {
  const at = (time: bigint, rate: bigint) => ({ time, rate })

  test('default: over a year the growth is the yield', () => {
    expect(growthBetween(at(0n, WAD), at(YEAR, (103n * WAD) / 100n))).toEqual({
      fraction: 30_000_000_000_000_000n,
      span: YEAR,
      apy: 30_000_000_000_000_000n,
    })
  })

  test('behavior: two years compound', () => {
    const { fraction, apy } = growthBetween(at(7n, WAD), at(7n + 2n * YEAR, (10_609n * WAD) / 10_000n))
    expect(fraction).toBe(60_900_000_000_000_000n)
    expect(apy).toBe(30_000_000_000_000_000n)
  })

  test('behavior: a fall stays a fall, rounded down', () => {
    const { fraction, apy } = growthBetween(at(0n, 3n * WAD), at(YEAR, 3n * WAD - 1n))
    expect(fraction).toBe(-1n)
    expect(apy).toBeLessThan(0n)
  })

  test('behavior: thirty days tell of a year, a second less does not, and the growth is told at any span', () => {
    const now = (span: bigint) => growthBetween(at(DAY, WAD), at(DAY + span, (1_001n * WAD) / 1_000n))
    expect(SHORTEST_SPAN).toBe(30n * DAY)
    expect(now(SHORTEST_SPAN).apy).toBeGreaterThan(WAD / 100n)
    expect(now(SHORTEST_SPAN - 1n)).toEqual({
      fraction: 1_000_000_000_000_000n,
      span: SHORTEST_SPAN - 1n,
      apy: undefined,
    })
  })

  test('error: EmptySpan', () => {
    expect(() => growthBetween(at(5n, WAD), at(5n, WAD))).toThrow(EmptySpan)
    expect(() => growthBetween(at(YEAR, WAD), at(0n, WAD))).toThrow(EmptySpan)
  })

  test('error: NonPositiveRate', () => {
    expect(() => growthBetween(at(0n, WAD), at(YEAR, 0n))).toThrow(NonPositiveRate)
  })
})

describe('inAYear', () => {
  test('default: by hand, rounded down', () => {
    expect(inAYear(10n * WAD, (3n * WAD) / 100n)).toBe(10_300_000_000_000_000_000n)
    expect(inAYear(10n * WAD, -WAD / 200n)).toBe(9_950_000_000_000_000_000n)
    expect(inAYear(3n, WAD / 2n)).toBe(4n)
  })

  test('behavior: it says of the past what the past was', () => {
    fc.assert(
      fc.property(amounts, rates, rates, (amount, then, now) => {
        const { apy } = growthBetween({ time: 0n, rate: then }, { time: YEAR, rate: now })
        const carried = inAYear(amount, apy ?? 0n)
        const off = carried - heldSince(amount, then, now).worth
        // A yield is told to 18 decimals, and so is a rate.
        const room = amount / 10n ** 15n + 4n
        expect(off < 0n ? -off : off).toBeLessThanOrEqual(room)
      }),
    )
  })
})
