import { expect, test } from 'vitest'
import { readingSeries } from '../../src/math/readingSeries.ts'
import type { Reading, Sample } from '../../src/math/sample.ts'

const sample = (block: bigint, reading?: Reading): Sample => ({
  block,
  time: block * 12n,
  operator: `operator ${block}`,
  readings: {
    'b@1': { state: 'known', rate: 99n, supply: 99n, pooled: 99n },
    ...(reading && { 'a@1': reading }),
  },
})
const known = (rate: bigint): Reading => ({ state: 'known', rate, supply: 5n, pooled: 7n })

test('default: an entry for each sample, in their order, with the block, its time and who told it', () => {
  const samples = [sample(1n, known(11n)), sample(2n, known(0n)), sample(5n, known(13n))]
  expect(readingSeries(samples, 'a@1', ({ rate }) => rate)).toEqual([
    { time: 12n, block: 1n, value: 11n, operator: 'operator 1' },
    { time: 24n, block: 2n, value: 0n, operator: 'operator 2' },
    { time: 60n, block: 5n, value: 13n, operator: 'operator 5' },
  ])
})

test('behavior: a block at which the pool was not there is left out', () => {
  const samples = [sample(1n, { state: 'notYet' }), sample(2n, known(1n))]
  expect(readingSeries(samples, 'a@1', ({ rate }) => rate).map(({ block }) => block)).toEqual([2n])
})

test('behavior: what is unknown or was not read is a gap between its neighbours, and never 0', () => {
  const unknown: Reading = { state: 'unknown', why: 'silent' }
  const samples = [sample(1n, known(1n)), sample(2n, unknown), sample(3n), sample(4n, known(2n))]
  expect(readingSeries(samples, 'a@1', ({ rate }) => rate).map(({ value }) => value)).toEqual([
    1n,
    undefined,
    undefined,
    2n,
  ])
})

test('behavior: a known reading that does not give the value is a gap too; no samples give nothing', () => {
  expect(readingSeries([sample(1n, known(1n))], 'a@1', () => undefined)).toEqual([
    { time: 12n, block: 1n, value: undefined, operator: 'operator 1' },
  ])
  expect(readingSeries([], 'a@1', ({ rate }) => rate)).toEqual([])
})
