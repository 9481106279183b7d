import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DAY, type Seconds, WAD, YEAR } from '../../src/math/fixedPoint.ts'
import type { RatePoint } from '../../src/math/series.ts'
import { stepsOf } from '../../src/math/steps.ts'

const at = (time: Seconds, rate: bigint): RatePoint => ({
  measuredAt: time,
  notBefore: time - 1n,
  landedAt: time,
  block: time,
  rate,
  evidence: 'sample',
})

describe('stepsOf', () => {
  test('default: newest first, each with the point before it', () => {
    const points = [at(0n, WAD), at(YEAR, (11n * WAD) / 10n), at(2n * YEAR, (121n * WAD) / 100n)]
    const steps = stepsOf(points)
    expect(steps.map(({ start, end }) => [start, end])).toEqual([
      [points[1], points[2]],
      [points[0], points[1]],
    ])
    expect(steps.map(({ change }) => change)).toEqual([WAD / 10n, WAD / 10n])
    for (const { result } of steps) expect(result).toMatchObject({ span: YEAR, steps: 1, apr: WAD / 10n })
  })

  test('behavior: a change is rounded down, also below zero', () => {
    const [fall, rise] = stepsOf([at(0n, 3n * WAD), at(DAY, 4n * WAD), at(2n * DAY, 3n * WAD + 1n)])
    expect(rise?.change).toBe(333_333_333_333_333_333n)
    expect(fall?.change).toBe(-250_000_000_000_000_000n)
    expect(stepsOf([at(0n, 3n * WAD), at(DAY, 2n * WAD)])[0]?.change).toBe(-333_333_333_333_333_334n)
  })

  test('behavior: no step before the second point', () => {
    expect(stepsOf([])).toEqual([])
    expect(stepsOf([at(0n, WAD)])).toEqual([])
  })

  test('behavior: a step in no time, or in seconds, has a change and no yield', () => {
    for (const seconds of [0n, 1n])
      expect(stepsOf([at(0n, WAD), at(seconds, 2n * WAD)])).toMatchObject([
        { change: WAD, result: undefined },
      ])
  })

  test('behavior: the changes lead from the first rate to the last', () => {
    const rates = fc.array(fc.bigInt({ min: WAD / 2n, max: 2n * WAD }), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(rates, given => {
        const steps = stepsOf(given.map((rate, index) => at(BigInt(index) * DAY, rate)))
        expect(steps).toHaveLength(given.length - 1)
        for (const { start, end, change } of steps) {
          const exact = (end.rate - start.rate) * WAD
          expect(change * start.rate <= exact && (change + 1n) * start.rate > exact).toBe(true)
        }
        expect(steps.toReversed().map(({ end }) => end.rate)).toEqual(given.slice(1))
      }),
    )
  })
})
