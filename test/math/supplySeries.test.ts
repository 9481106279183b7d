import { expect, test } from 'vitest'
import type { Reading, Sample } from '../../src/math/sample.ts'
import { supplySeries } from '../../src/math/supplySeries.ts'

const readings: readonly Reading[] = [
  { state: 'notYet' },
  { state: 'known', rate: 11n, supply: 12n, pooled: 13n, market: 14n },
  { state: 'unknown', why: 'silent' },
  { state: 'known', rate: 21n, supply: 22n, pooled: 23n },
]

test('default: the total of the pool at each sample, with gaps where it is not known', () => {
  const samples = readings.map(
    (reading, index): Sample => ({
      block: BigInt(index),
      time: BigInt(index) * 100n,
      operator: 'A',
      readings: { 'a@1': reading },
    }),
  )
  expect(supplySeries(samples, 'a@1')).toEqual([
    { time: 100n, block: 1n, value: 13n, operator: 'A' },
    { time: 200n, block: 2n, value: undefined, operator: 'A' },
    { time: 300n, block: 3n, value: 23n, operator: 'A' },
  ])
})
