import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { WAD } from '../../src/math/fixedPoint.ts'
import type { Reading, Sample } from '../../src/math/sample.ts'
import {
  byBlock,
  ConflictingEvidence,
  type Observation,
  observationsOf,
  type RatePoint,
  ratePoints,
  sortObservations,
} from '../../src/math/series.ts'

const seen = (block: bigint, rate: bigint, time = block * 12n): Observation => ({ block, time, rate })

const step = (block: bigint, rate: bigint, notBefore: bigint | undefined): RatePoint => ({
  measuredAt: block * 12n,
  notBefore,
  landedAt: block * 12n,
  block,
  rate,
  evidence: 'sample',
})

describe('sortObservations', () => {
  test('default', () => {
    const [a, b, c] = [seen(1n, WAD), seen(2n, WAD), seen(30n, WAD)]
    expect(sortObservations([c, a, b])).toEqual([a, b, c])
  })

  test('behavior: a repeat is dropped and the argument is left as it was', () => {
    const given = [seen(2n, 5n), seen(1n, 4n), seen(2n, 5n)]
    expect(sortObservations(given)).toEqual([seen(1n, 4n), seen(2n, 5n)])
    expect(given).toEqual([seen(2n, 5n), seen(1n, 4n), seen(2n, 5n)])
  })

  test('behavior: any order and any repeats give the same series', () => {
    const series = fc.uniqueArray(fc.bigInt({ min: 1n, max: 10n ** 9n }), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(series, fc.infiniteStream(fc.nat()), (blocks, numbers) => {
        const observations = blocks.map(block => seen(block, block + WAD))
        const random = () => Number(numbers.next().value)
        const shuffled = [...observations, ...observations.filter(() => random() % 2 === 0)]
          .map(one => ({ one, order: random() }))
          .sort((a, b) => a.order - b.order)
          .map(({ one }) => one)
        expect(sortObservations(shuffled)).toEqual([...observations].sort(byBlock))
      }),
    )
  })

  test('error: ConflictingEvidence', () => {
    expect(() => sortObservations([seen(2n, 5n), seen(1n, 5n), seen(2n, 6n)])).toThrow(ConflictingEvidence)
    expect(() => sortObservations([seen(2n, 5n, 24n), seen(2n, 5n, 25n)])).toThrow(ConflictingEvidence)
  })
})

test('behavior: blocks are ordered as numbers, not as text', () => {
  expect(
    [{ block: 10n }, { block: 9n }, { block: 2n ** 70n }].sort(byBlock).map(({ block }) => block),
  ).toEqual([9n, 10n, 2n ** 70n])
  expect(byBlock({ block: 3n }, { block: 3n })).toBe(0)
})

describe('observationsOf', () => {
  const sample = (block: bigint, readings: Record<string, Reading>): Sample => ({
    block,
    time: block * 12n,
    readings,
    operator: 'test',
  })
  const known = (rate: bigint): Reading => ({ state: 'known', rate, supply: 1n, pooled: 1n })

  test('default: one pool of many, ascending', () => {
    const samples = [sample(2n, { a: known(5n), b: known(9n) }), sample(1n, { a: known(4n) })]
    expect(observationsOf(samples, 'a')).toEqual([seen(1n, 4n), seen(2n, 5n)])
  })

  test('behavior: what is not known gives no observation, and never a 0', () => {
    const samples = [
      sample(1n, { a: { state: 'notYet' } }),
      sample(2n, { a: { state: 'unknown', why: 'test' } }),
      sample(3n, {}),
    ]
    expect(observationsOf(samples, 'a')).toEqual([])
  })

  test('error: ConflictingEvidence', () => {
    const samples = [sample(2n, { a: known(5n) }), sample(2n, { a: known(6n) })]
    expect(() => observationsOf(samples, 'a')).toThrow(ConflictingEvidence)
  })
})

describe('ratePoints', () => {
  test('default: equal rates of a report pool collapse into the first sample that shows them', () => {
    const observations = [seen(1n, 4n), seen(2n, 4n), seen(3n, 5n), seen(4n, 5n), seen(5n, 6n)]
    expect(ratePoints(observations, { accrual: 'report' })).toEqual([
      step(1n, 4n, undefined),
      step(3n, 5n, 24n),
      step(5n, 6n, 48n),
    ])
  })

  test('behavior: a continuous pool keeps every sample, exact at its time', () => {
    const observations = [seen(1n, 4n), seen(2n, 4n), seen(3n, 5n)]
    expect(ratePoints(observations, { accrual: 'continuous' })).toEqual([
      step(1n, 4n, 12n),
      step(2n, 4n, 24n),
      step(3n, 5n, 36n),
    ])
  })

  test('behavior: a rate that comes back is a change both times', () => {
    const observations = [seen(1n, 5n), seen(2n, 4n), seen(3n, 5n)]
    expect(ratePoints(observations, { accrual: 'report' }).map(({ rate }) => rate)).toEqual([5n, 4n, 5n])
  })

  test('behavior: nothing seen gives no points', () => {
    expect(ratePoints([], { accrual: 'report' })).toEqual([])
    expect(ratePoints([], { accrual: 'continuous' })).toEqual([])
  })

  test('behavior: a change that a sample shows may have been measured some time before it landed', () => {
    const observations = [seen(10n, 4n), seen(20n, 5n)]
    const lag = 100n
    expect(ratePoints(observations, { accrual: 'report', lag })).toEqual([
      { ...step(10n, 4n, undefined), lag },
      { ...step(20n, 5n, 120n), lag },
    ])
    const accrual = 'continuous'
    expect(ratePoints(observations, { accrual, lag })).toEqual(ratePoints(observations, { accrual }))
  })
})
