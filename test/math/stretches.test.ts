import fc from 'fast-check'
import { expect, test } from 'vitest'
import { blockSet, totalBlocks } from '../../src/math/intervals.ts'
import { stretchesBetween } from '../../src/math/stretches.ts'

const range = { from: 10n, to: 50n }

test('default: between events and the ends of the range', () => {
  expect(stretchesBetween(range, [range], [20n, 21n, 40n])).toEqual([
    { from: 10n, to: 19n, isClosed: true },
    { from: 22n, to: 39n, isClosed: true },
    { from: 41n, to: 50n, isClosed: true },
  ])
})

test('behavior: a stretch is open where reading stopped', () => {
  const read = [
    { from: 10n, to: 15n },
    { from: 18n, to: 30n },
    { from: 45n, to: 50n },
  ]
  expect(stretchesBetween(range, read, [20n, 45n])).toEqual([
    { from: 10n, to: 15n, isClosed: false },
    { from: 18n, to: 19n, isClosed: false },
    { from: 21n, to: 30n, isClosed: false },
    { from: 46n, to: 50n, isClosed: true },
  ])
})

test('behavior: nothing read has no stretches, all read without an event is one', () => {
  expect(stretchesBetween(range, [], [])).toEqual([])
  expect(stretchesBetween(range, [range], [])).toEqual([{ ...range, isClosed: true }])
  expect(stretchesBetween(range, [range], [10n, 50n])).toEqual([{ from: 11n, to: 49n, isClosed: true }])
})

test('behavior: stretches and events together are what was read', () => {
  const block = fc.bigInt({ min: range.from, max: range.to })
  const parts = fc.array(fc.record({ from: block, to: block }), { maxLength: 6 }).map(blockSet)
  fc.assert(
    fc.property(parts, fc.uniqueArray(block, { maxLength: 10 }), (read, blocks) => {
      const marks = blocks
        .filter(mark => read.some(({ from, to }) => from <= mark && mark <= to))
        .sort((a, b) => (a < b ? -1 : 1))
      const stretches = stretchesBetween(range, read, marks)
      const points = marks.map(mark => ({ from: mark, to: mark }))
      expect(blockSet([...stretches, ...points])).toEqual(read)
      expect(totalBlocks(stretches) + BigInt(marks.length)).toBe(totalBlocks(read))
    }),
  )
})
