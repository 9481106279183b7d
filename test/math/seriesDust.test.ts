import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { WAD } from '../../src/math/fixedPoint.ts'
import type { Sample } from '../../src/math/sample.ts'
import {
  ageOfBlock,
  ageOfLastChange,
  type Observation,
  type RatePoint,
  ratePoints,
} from '../../src/math/series.ts'

const seen = (block: bigint, rate: bigint): Observation => ({ block, time: block * 12n, rate })

const step = (block: bigint, rate: bigint, notBefore: bigint | undefined): RatePoint => ({
  measuredAt: block * 12n,
  notBefore,
  landedAt: block * 12n,
  block,
  rate,
  evidence: 'sample',
})

describe('ratePoints', () => {
  /** A millionth, as the pools have it whose transactions move the rate by rounding. */
  const DUST = WAD / 1_000_000n
  const rates = (...given: readonly bigint[]) => given.map((rate, index) => seen(BigInt(index + 1), rate))
  const pointRates = (observations: readonly Observation[], dust?: bigint) =>
    ratePoints(observations, { accrual: 'report', ...(dust === undefined ? {} : { dust }) }).map(
      ({ rate }) => rate,
    )

  test('default: dust makes no point, a real step does, with the sample before it as its bound', () => {
    const real = WAD + WAD / 10_000n
    const observations = rates(WAD, WAD + 5n, WAD - 7n, real, real + 1n)
    expect(ratePoints(observations, { accrual: 'report', dust: DUST })).toEqual([
      step(1n, WAD, undefined),
      step(4n, real, 36n),
    ])
  })

  test('behavior: a step of exactly the dust makes none, one wei more does, up and down', () => {
    expect(pointRates(rates(WAD, WAD + DUST), DUST)).toEqual([WAD])
    expect(pointRates(rates(WAD, WAD + DUST + 1n), DUST)).toEqual([WAD, WAD + DUST + 1n])
    expect(pointRates(rates(WAD, WAD - DUST), DUST)).toEqual([WAD])
    expect(pointRates(rates(WAD, WAD - DUST - 1n), DUST)).toEqual([WAD, WAD - DUST - 1n])
  })

  test('behavior: dust is relative to the rate', () => {
    const double = 2n * WAD
    expect(pointRates(rates(double, double + 2n * DUST), DUST)).toEqual([double])
    expect(pointRates(rates(double, double + 2n * DUST + 1n), DUST)).toHaveLength(2)
  })

  test('behavior: dust adds up since the last point until it is a step', () => {
    const grain = (2n * DUST) / 5n
    const creeping = Array.from({ length: 9 }, (_, index) => WAD + BigInt(index) * grain)
    // Two grains are below the dust, three are above: a point at every third.
    expect(pointRates(rates(...creeping), DUST)).toEqual([WAD, WAD + 3n * grain, WAD + 6n * grain])
    const swaying = [WAD, WAD + grain, WAD, WAD + 2n * grain, WAD - 2n * grain, WAD]
    expect(pointRates(rates(...swaying), DUST)).toEqual([WAD])
  })

  test('behavior: without dust every change is a point', () => {
    for (const dust of [undefined, 0n])
      expect(pointRates(rates(WAD, WAD + 1n, WAD + 1n, WAD), dust)).toEqual([WAD, WAD + 1n, WAD])
  })

  test('behavior: a continuous pool keeps every sample, whatever the dust', () => {
    const observations = rates(WAD, WAD + 1n, WAD + 2n)
    expect(ratePoints(observations, { accrual: 'continuous', dust: DUST })).toEqual(
      ratePoints(observations, { accrual: 'continuous' }),
    )
    expect(ratePoints(observations, { accrual: 'continuous', dust: DUST })).toHaveLength(3)
  })

  test('behavior: points lie more than the dust apart, and no sample lies further from the point in force', () => {
    const move = fc.oneof(
      fc.bigInt({ min: -3n * DUST, max: 3n * DUST }),
      fc.bigInt({ min: -5n, max: 5n }),
      fc.bigInt({ min: -1_000n * DUST, max: 1_000n * DUST }),
    )
    const dust = fc.constantFrom(0n, DUST / 3n, DUST, 10n * DUST)
    const isWithin = (from: bigint, to: bigint, limit: bigint): boolean =>
      (to - from) * WAD <= from * limit && (from - to) * WAD <= from * limit
    fc.assert(
      fc.property(fc.array(move, { maxLength: 40 }), dust, (moves, limit) => {
        let rate = WAD
        const observations = moves.map((by, index) => {
          rate += by
          return seen(BigInt(index + 1), rate)
        })
        const points = ratePoints(observations, { accrual: 'report', dust: limit })
        for (const [index, point] of points.entries()) {
          const before = points[index - 1]
          expect(observations).toContainEqual(seen(point.block, point.rate))
          if (before !== undefined) expect(isWithin(before.rate, point.rate, limit)).toBe(false)
        }
        for (const observation of observations) {
          const inForce = points.filter(({ block }) => block <= observation.block).at(-1)
          expect(isWithin(inForce?.rate ?? 0n, observation.rate, limit)).toBe(true)
        }
      }),
    )
  })
})

describe('ageOfLastChange', () => {
  test('default: between the sample that shows the change and the one before it', () => {
    const points = [step(1n, 4n, undefined), step(5n, 5n, 48n)]
    expect(ageOfLastChange(points, 100n)).toEqual({ least: 40n, most: 52n })
  })

  test('behavior: exact where it is told', () => {
    expect(ageOfLastChange([step(5n, 5n, 60n)], 100n)).toEqual({ least: 40n, most: 40n })
  })

  test('behavior: no change was seen', () => {
    expect(ageOfLastChange([], 100n)).toBeUndefined()
    expect(ageOfLastChange([step(1n, 4n, undefined)], 100n)).toBeUndefined()
  })
})

describe('ageOfBlock', () => {
  const at = (block: bigint, time: bigint): Sample => ({ block, time, readings: {}, operator: 'test' })
  const samples = [at(100n, 1_000n), at(200n, 2_300n), at(300n, 3_500n)]
  const now = 5_000n

  test('default: between the samples around it', () => {
    expect(ageOfBlock(samples, 250n, now)).toEqual({ least: 1_500n, most: 2_700n })
    expect(ageOfBlock(samples, 101n, now)).toEqual({ least: 2_700n, most: 4_000n })
  })

  test('behavior: exact at a sample, the first and the last too', () => {
    for (const { block, time } of samples)
      expect(ageOfBlock(samples, block, now)).toEqual({ least: now - time, most: now - time })
  })

  test('behavior: after the newest sample it may have been just now', () => {
    expect(ageOfBlock(samples, 301n, now)).toEqual({ least: 0n, most: 1_500n })
  })

  test('behavior: before the oldest sample, and without any, nothing is known', () => {
    expect(ageOfBlock(samples, 99n, now)).toBeUndefined()
    expect(ageOfBlock([], 99n, now)).toBeUndefined()
  })

  test('behavior: the order of the samples is no matter, and the true age lies within', () => {
    const blocks = fc.uniqueArray(fc.bigInt({ min: 1n, max: 500n }), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(blocks, fc.bigInt({ min: 1n, max: 500n }), (given, block) => {
        const taken = given.map(one => at(one, one * 12n))
        const end = 501n * 12n
        const age = ageOfBlock(taken, block, end)
        expect(ageOfBlock(taken.toReversed(), block, end)).toEqual(age)
        const truth = end - block * 12n
        const isEarliest = given.every(one => one > block)
        expect(age === undefined).toBe(isEarliest)
        if (age === undefined) return
        expect(age.least <= truth && truth <= age.most).toBe(true)
        // No sample lies strictly between the bounds: they are as narrow as the samples allow.
        const ages = given.map(one => end - one * 12n)
        expect(ages.some(one => age.least < one && one < age.most)).toBe(false)
      }),
    )
  })
})
