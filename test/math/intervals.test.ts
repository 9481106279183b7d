import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  blockSet,
  covers,
  type Interval,
  intersect,
  lengthOf,
  newestOf,
  subtract,
  totalBlocks,
  union,
} from '../../src/math/intervals.ts'

const END = 40n
const interval = fc.record({ from: fc.bigInt({ min: 0n, max: END }), to: fc.bigInt({ min: 0n, max: END }) })
const intervals = fc.array(interval, { maxLength: 8 })
const set = intervals.map(blockSet)

/** The same set the long way: block by block. */
const blocksOf = (some: readonly Interval[]): bigint[] => {
  const blocks: bigint[] = []
  for (let block = 0n; block <= END; block += 1n)
    if (some.some(({ from, to }) => from <= block && block <= to)) blocks.push(block)
  return blocks
}

const isSet = (some: readonly Interval[]): boolean =>
  some.every(({ from, to }, index) => {
    const before = some[index - 1]
    return from <= to && (before === undefined || before.to + 1n < from)
  })

test('default: intervals that meet or touch are one', () => {
  const mixed = [
    { from: 20n, to: 30n },
    { from: 1n, to: 4n },
    { from: 5n, to: 9n },
    { from: 3n, to: 2n },
    { from: 25n, to: 26n },
  ]
  expect(blockSet(mixed)).toEqual([
    { from: 1n, to: 9n },
    { from: 20n, to: 30n },
  ])
})

describe('for all intervals', () => {
  test('behavior: a set is ascending, disjoint and without touching parts, and has the same blocks', () => {
    fc.assert(
      fc.property(intervals, some => {
        const made = blockSet(some)
        expect(isSet(made)).toBe(true)
        expect(blocksOf(made)).toEqual(blocksOf(some))
        expect(totalBlocks(made)).toBe(BigInt(blocksOf(some).length))
      }),
    )
  })

  test('behavior: union, difference and intersection are those of the blocks', () => {
    fc.assert(
      fc.property(set, set, (one, other) => {
        const inOther = new Set(blocksOf(other))
        const both = intersect(one, other)
        const rest = subtract(one, other)
        expect(blocksOf(union(one, other))).toEqual(blocksOf([...one, ...other]))
        expect(blocksOf(both)).toEqual(blocksOf(one).filter(block => inOther.has(block)))
        expect(blocksOf(rest)).toEqual(blocksOf(one).filter(block => !inOther.has(block)))
        expect([both, rest, union(one, other)].every(isSet)).toBe(true)
        expect(totalBlocks(both) + totalBlocks(rest)).toBe(totalBlocks(one))
      }),
    )
  })

  test('behavior: a set covers what leaves nothing when the set is taken away', () => {
    fc.assert(
      fc.property(set, interval, (some, one) => {
        expect(covers(some, one)).toBe(subtract(blockSet([one]), some).length === 0)
      }),
    )
  })

  test('behavior: the newest blocks are the last ones, together, and no more than asked for', () => {
    fc.assert(
      fc.property(set, fc.bigInt({ min: 1n, max: END }), (some, most) => {
        const newest = newestOf(some, most)
        expect(newest?.to).toBe(some.at(-1)?.to)
        if (newest === undefined) return
        expect(covers(some, newest)).toBe(true)
        const last = some.at(-1) as Interval
        expect(lengthOf(newest)).toBe(lengthOf(last) < most ? lengthOf(last) : most)
      }),
    )
  })
})

test('behavior: an interval that ends before it begins has no blocks', () => {
  expect(lengthOf({ from: 5n, to: 4n })).toBe(0n)
  expect(lengthOf({ from: 5n, to: 2n })).toBe(0n)
  expect(lengthOf({ from: 5n, to: 5n })).toBe(1n)
})
