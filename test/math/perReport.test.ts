import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DAY, WAD } from '../../src/math/fixedPoint.ts'
import { medianOf, reportSpread } from '../../src/math/perReport.ts'
import type { RatePoint } from '../../src/math/series.ts'

const at = (day: bigint, rate: bigint, evidence: RatePoint['evidence'] = 'report'): RatePoint => ({
  measuredAt: day * DAY,
  notBefore: day * DAY,
  landedAt: day * DAY,
  block: day,
  rate,
  evidence,
})

describe('medianOf', () => {
  test('default: the middle of an odd number, the lower middle of an even one', () => {
    expect(medianOf([9n, 1n, 5n])).toBe(5n)
    expect(medianOf([9n, 1n, 5n, 4n])).toBe(4n)
    expect(medianOf([-3n])).toBe(-3n)
    expect(medianOf([])).toBeUndefined()
  })

  test('behavior: as many are above as below, and the argument is left as it was', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt({ min: -100n, max: 100n }), { minLength: 1 }), values => {
        const before = [...values]
        const median = medianOf(values) ?? 0n
        expect(values).toEqual(before)
        expect(values).toContain(median)
        expect(values.filter(value => value < median).length * 2).toBeLessThan(values.length + 1)
        expect(values.filter(value => value > median).length * 2).toBeLessThanOrEqual(values.length)
      }),
    )
  })
})

describe('reportSpread', () => {
  // A step of 1/365,000 a day is an APR of 0.1 %.
  const tenth = (WAD * 1_000n) / 365_000_000n
  const points = [
    at(0n, WAD),
    at(1n, WAD + 30n * tenth),
    at(2n, WAD + 130n * tenth),
    at(3n, WAD + 150n * tenth),
  ]

  test('default: lowest, middle and highest of the steps inside the window', () => {
    const spread = reportSpread(points, { first: 0, last: 3 }, { measure: 'apr', least: 0n })
    expect(spread?.count).toBe(3)
    const tenths = [spread?.low, spread?.median, spread?.high].map(
      value => ((value ?? 0n) * 1_000n + WAD / 2n) / WAD,
    )
    expect(tenths).toEqual([20n, 30n, 100n])
  })

  test('behavior: steps before the window do not count', () => {
    expect(reportSpread(points, { first: 2, last: 3 }, { measure: 'apr', least: 0n })?.count).toBe(1)
  })

  test('behavior: APY is above APR for every rise', () => {
    const [apr, apy] = (['apr', 'apy'] as const).map(measure =>
      reportSpread(points, { first: 0, last: 3 }, { measure, least: 0n }),
    )
    expect((apy?.median ?? 0n) > (apr?.median ?? 0n)).toBe(true)
  })

  test('behavior: reports closer together than the least say nothing, and are not counted', () => {
    const [, , third] = points
    if (third === undefined) throw new Error('no points')
    const twice = { ...third, measuredAt: third.measuredAt + 60n, rate: third.rate + 1n }
    const all = [...points.slice(0, 3), twice, ...points.slice(3)]
    const ends = { first: 0, last: 4 }
    expect(reportSpread(all, ends, { measure: 'apr', least: 61n })?.count).toBe(3)
    expect(reportSpread(all, ends, { measure: 'apr', least: 60n })?.count).toBe(4)
  })

  test('behavior: a fall keeps its sign', () => {
    const fallen = [...points, at(4n, WAD)]
    expect((reportSpread(fallen, { first: 0, last: 4 }, { measure: 'apr', least: 0n })?.low ?? 0n) < 0n).toBe(
      true,
    )
  })

  test('behavior: samples do not time a single report, not even at an end of the window', () => {
    for (const index of [0, 1, 3]) {
      const mixed = points.map((point, own) =>
        own === index ? { ...point, evidence: 'sample' as const } : point,
      )
      expect(reportSpread(mixed, { first: 0, last: 3 }, { measure: 'apy', least: 0n })).toBeUndefined()
    }
  })

  test('behavior: nothing from a window without a step, or in no time', () => {
    expect(reportSpread(points, { first: 3, last: 3 }, { measure: 'apy', least: 0n })).toBeUndefined()
    expect(
      reportSpread([at(0n, WAD), at(0n, 2n * WAD)], { first: 0, last: 1 }, { measure: 'apy', least: 0n }),
    ).toBeUndefined()
    expect(reportSpread([], { first: 0, last: 0 }, { measure: 'apy', least: 0n })).toBeUndefined()
  })
})
