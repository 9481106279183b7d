import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { WAD } from '../../src/math/fixedPoint.ts'
import type { Reading, Sample } from '../../src/math/sample.ts'
import {
  byBlock,
  ConflictingEvidence,
  mergeEvidence,
  type Observation,
  observationsOf,
  type RatePoint,
  ratePoints,
  sortObservations,
} from '../../src/math/series.ts'
import { reportRows } from '../support/vectors.ts'

const seen = (block: bigint, rate: bigint, time = block * 12n): Observation => ({ block, time, rate })

const step = (block: bigint, rate: bigint, notBefore: bigint | undefined): RatePoint => ({
  measuredAt: block * 12n,
  notBefore,
  landedAt: block * 12n,
  block,
  rate,
  evidence: 'sample',
})

const report = (measuredAt: bigint, landedAt: bigint, rate: bigint, block = landedAt / 12n): RatePoint => ({
  measuredAt,
  notBefore: measuredAt,
  landedAt,
  block,
  rate,
  evidence: 'report',
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
    expect(ratePoints(observations, 'report')).toEqual([
      step(1n, 4n, undefined),
      step(3n, 5n, 24n),
      step(5n, 6n, 48n),
    ])
  })

  test('behavior: a continuous pool keeps every sample, exact at its time', () => {
    const observations = [seen(1n, 4n), seen(2n, 4n), seen(3n, 5n)]
    expect(ratePoints(observations, 'continuous')).toEqual([
      step(1n, 4n, 12n),
      step(2n, 4n, 24n),
      step(3n, 5n, 36n),
    ])
  })

  test('behavior: a rate that comes back is a change both times', () => {
    const observations = [seen(1n, 5n), seen(2n, 4n), seen(3n, 5n)]
    expect(ratePoints(observations, 'report').map(({ rate }) => rate)).toEqual([5n, 4n, 5n])
  })

  test('behavior: nothing seen gives no points', () => {
    expect(ratePoints([], 'report')).toEqual([])
    expect(ratePoints([], 'continuous')).toEqual([])
  })

  test('behavior: unsorted observations with repeats are put in order first', () => {
    const observations = [seen(3n, 5n), seen(1n, 4n), seen(3n, 5n), seen(2n, 4n)]
    expect(ratePoints(observations, 'report')).toEqual([step(1n, 4n, undefined), step(3n, 5n, 24n)])
  })
})

describe('mergeEvidence', () => {
  test('default: a report replaces the step that it explains', () => {
    const steps = [step(10n, 4n, undefined), step(20n, 5n, 120n)]
    const told = report(190n, 200n, 5n)
    expect(mergeEvidence(steps, [told])).toEqual([step(10n, 4n, undefined), told])
  })

  test('behavior: a step that no report explains stays, so that a lost log erases nothing', () => {
    const steps = [step(20n, 5n, 120n), step(30n, 6n, 240n)]
    const otherRate = report(190n, 200n, 7n)
    const tooEarly = report(100n, 120n, 5n)
    const tooLate = report(190n, 241n, 5n)
    expect(mergeEvidence(steps, [otherRate])).toContainEqual(step(20n, 5n, 120n))
    expect(mergeEvidence(steps, [tooEarly])).toContainEqual(step(20n, 5n, 120n))
    expect(mergeEvidence(steps, [tooLate])).toContainEqual(step(20n, 5n, 120n))
    expect(mergeEvidence(steps, [])).toEqual(steps)
  })

  test('behavior: the first step is explained by any earlier report of its rate', () => {
    const told = report(50n, 60n, 4n)
    expect(mergeEvidence([step(10n, 4n, undefined)], [told])).toEqual([told])
  })

  test('behavior: a report landed at the very sample explains it, one at the sample before does not', () => {
    const steps = [step(20n, 5n, 120n)]
    expect(mergeEvidence(steps, [report(200n, 240n, 5n)])).toHaveLength(1)
    expect(mergeEvidence(steps, [report(100n, 120n, 5n)])).toHaveLength(2)
  })

  test('behavior: real reports out of order and twice come out once each, in order', () => {
    // A public copy of these events lists 16,001,280 and its neighbours twice, out of order.
    const of = (block: bigint): RatePoint => {
      const row = reportRows.find(one => one.block === block)
      return report(row?.time ?? 0n, (row?.time ?? 0n) + 800n, row?.rate ?? 0n, block)
    }
    const given = [16_001_280n, 15_540_480n, 16_502_400n, 15_995_520n, 16_001_280n, 16_502_400n, 15_995_520n]
    const merged = mergeEvidence([], given.map(of))
    expect(merged.map(({ block }) => block)).toEqual([15_540_480n, 15_995_520n, 16_001_280n, 16_502_400n])
  })

  test('behavior: sampling what the reports did leaves the reports alone', () => {
    const gaps = fc.array(fc.bigInt({ min: 2n, max: 40n }), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(gaps, fc.bigInt({ min: 1n, max: 90n }), (distances, spacing) => {
        let time = 1_200n
        const reports = distances.map((distance, index) => {
          time += distance * 12n
          return report(time - 6n, time, WAD + BigInt(index))
        })
        const observations: Observation[] = []
        for (let block = 1_200n / 12n; block * 12n <= time; block += spacing) {
          const rate = reports.filter(({ landedAt }) => landedAt <= block * 12n).at(-1)?.rate
          if (rate !== undefined) observations.push(seen(block, rate))
        }
        expect(mergeEvidence(ratePoints(observations, 'report'), reports)).toEqual(reports)
      }),
    )
  })
})
