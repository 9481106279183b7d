import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Earner, earningOver, weightedYield } from '../../src/math/expectedEarnings.ts'
import { DAY, WAD, YEAR } from '../../src/math/fixedPoint.ts'
import { PowerOutOfRange } from '../../src/math/power.ts'

const PERCENT = WAD / 100n

describe('earningOver', () => {
  test('default: a year at 3 % is 3 % of the amount', () => {
    expect(earningOver(100n * WAD, 3n * PERCENT, YEAR)).toBe(3n * WAD)
  })

  test('behavior: a day and thirty days are parts of the compounded year', () => {
    // 1.05^(1/365) − 1 and 1.05^(30/365) − 1, computed apart with 60-digit decimals.
    expect(earningOver(WAD, 5n * PERCENT, DAY)).toBe(133_680_617_113_440n)
    expect(earningOver(WAD, 5n * PERCENT, 30n * DAY)).toBe(4_018_201_891_974_921n)
  })

  test('behavior: a fall loses, rounded down', () => {
    expect(earningOver(100n * WAD, -PERCENT, YEAR)).toBe(-WAD)
    expect(earningOver(1n, -PERCENT, YEAR)).toBe(-1n)
  })

  test('error: PowerOutOfRange where nothing would be left', () => {
    expect(() => earningOver(WAD, -WAD, YEAR)).toThrow(PowerOutOfRange)
  })

  test('behavior: nothing earns nothing, and more earns more', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 26n), fc.bigInt(0n, WAD), (amount, apy) => {
        expect(earningOver(0n, apy, YEAR)).toBe(0n)
        const [day, month] = [earningOver(amount, apy, DAY), earningOver(amount, apy, 30n * DAY)]
        expect(day <= month && month <= earningOver(amount, apy, YEAR)).toBe(true)
        // Compounding: thirty days give at least thirty times a day, but for rounding.
        expect(month + 60n + amount / WAD >= 30n * day).toBe(true)
      }),
    )
  })
})

const earner = (base: bigint, apy: bigint | undefined, rest = 0n): Earner => ({
  id: `${base}`,
  base,
  rest,
  apy,
})

describe('weightedYield', () => {
  test('default: by value, on what is staked and on everything', () => {
    const weighted = weightedYield([
      earner(30n * WAD, 4n * PERCENT),
      earner(10n * WAD, 2n * PERCENT),
      earner(0n, 0n, 10n * WAD),
    ])
    expect(weighted).toEqual({
      staked: 40n * WAD,
      whole: 50n * WAD,
      ofStaked: (35n * PERCENT) / 10n,
      ofWhole: (28n * PERCENT) / 10n,
      missing: [],
    })
  })

  test('behavior: a part of a holding that does not earn counts as such', () => {
    expect(weightedYield([earner(5n, 4n * PERCENT, 5n)])).toMatchObject({
      staked: 5n,
      whole: 10n,
      ofStaked: 4n * PERCENT,
      ofWhole: 2n * PERCENT,
    })
  })

  test('behavior: one yield that is not known makes the whole unknown', () => {
    const weighted = weightedYield([earner(30n, 4n * PERCENT), earner(10n, undefined)])
    expect(weighted).toMatchObject({ staked: 40n, ofStaked: undefined, ofWhole: undefined, missing: ['10'] })
  })

  test('behavior: without stake there is no yield on it, and 0 on the rest', () => {
    expect(weightedYield([earner(0n, undefined, 7n)])).toMatchObject({
      ofStaked: undefined,
      ofWhole: 0n,
      missing: [],
    })
    expect(weightedYield([])).toMatchObject({ ofStaked: undefined, ofWhole: undefined })
  })

  test('behavior: it lies between the lowest and the highest', () => {
    const some = fc.record({ base: fc.bigInt(1n, 10n ** 24n), apy: fc.bigInt(-WAD / 2n, WAD) })
    fc.assert(
      fc.property(fc.array(some, { minLength: 1 }), list => {
        const { ofStaked = expect.unreachable() } = weightedYield(
          list.map(({ base, apy }) => earner(base, apy)),
        )
        const yields = list.map(({ apy }) => apy)
        const [low, high] = [
          yields.reduce((a, b) => (a < b ? a : b)),
          yields.reduce((a, b) => (a > b ? a : b)),
        ]
        expect(low <= ofStaked && ofStaked <= high).toBe(true)
      }),
    )
  })
})
