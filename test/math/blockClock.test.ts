import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addToClock, bracketOf, type ClockPoint, estimateBlock } from '../../src/math/blockClock.ts'

const at = (block: bigint, time: bigint): ClockPoint => ({ block, time })
const clockOf = (...points: ClockPoint[]): ClockPoint[] => {
  const clock: ClockPoint[] = []
  for (const point of points) addToClock(clock, point)
  return clock
}

const ascending = fc
  .array(fc.tuple(fc.bigInt({ min: 1n, max: 50_000n }), fc.bigInt({ min: 1n, max: 20n })), { minLength: 1 })
  .map(steps => {
    let [block, time] = [100n, 1_600_000_000n]
    return steps.map(([blocks, pace]) => {
      block += blocks
      time += blocks * pace
      return at(block, time)
    })
  })

describe('addToClock', () => {
  test('default', () => {
    expect(clockOf(at(30n, 360n), at(10n, 120n), at(20n, 240n))).toEqual([
      at(10n, 120n),
      at(20n, 240n),
      at(30n, 360n),
    ])
  })

  test('behavior: a block that is there already stays as it is', () => {
    expect(clockOf(at(10n, 120n), at(10n, 125n))).toEqual([at(10n, 120n)])
  })

  test('behavior: any order of adding gives the same clock', () => {
    fc.assert(
      fc.property(ascending, points => {
        expect(clockOf(...[...points].reverse())).toEqual(points)
      }),
    )
  })
})

describe('bracketOf', () => {
  const clock = clockOf(at(10n, 120n), at(20n, 240n))

  test('default: the last at or before, the first after', () => {
    expect(bracketOf(clock, 130n)).toEqual({ before: at(10n, 120n), after: at(20n, 240n) })
    expect(bracketOf(clock, 120n)).toEqual({ before: at(10n, 120n), after: at(20n, 240n) })
    expect(bracketOf(clock, 240n)).toEqual({ before: at(20n, 240n), after: undefined })
    expect(bracketOf(clock, 119n)).toEqual({ before: undefined, after: at(10n, 120n) })
  })

  test('behavior: an empty clock brackets nothing', () => {
    expect(bracketOf([], 5n)).toEqual({ before: undefined, after: undefined })
  })

  test('behavior: it equals a search of the whole clock', () => {
    fc.assert(
      fc.property(ascending, fc.bigInt({ min: 1_599_999_000n, max: 1_610_000_000n }), (points, time) => {
        expect(bracketOf(points, time)).toEqual({
          before: points.filter(one => one.time <= time).at(-1),
          after: points.find(one => one.time > time),
        })
      }),
    )
  })
})

describe('estimateBlock', () => {
  test('default: between two known blocks', () => {
    expect(estimateBlock(clockOf(at(100n, 1_000n), at(200n, 3_000n)), 2_000n)).toBe(150n)
  })

  test('behavior: a known time is its own block', () => {
    const clock = clockOf(at(100n, 1_000n), at(200n, 3_000n), at(300n, 4_000n))
    expect([1_000n, 3_000n, 4_000n].map(time => estimateBlock(clock, time))).toEqual([100n, 200n, 300n])
  })

  test('behavior: one known block alone assumes 12 s, both ways', () => {
    expect(estimateBlock([at(100n, 1_000n)], 1_120n)).toBe(110n)
    expect(estimateBlock([at(100n, 1_000n)], 880n)).toBe(90n)
  })

  test('behavior: outside what is known the nearest pace goes on', () => {
    const clock = clockOf(at(100n, 1_000n), at(110n, 1_200n), at(120n, 1_500n))
    expect(estimateBlock(clock, 1_800n)).toBe(130n)
    expect(estimateBlock(clock, 800n)).toBe(90n)
  })

  const daily = (block: bigint): ClockPoint => at(block, block * 86_400n)

  test('behavior: a pace that would leave the bracket gives way to the bracket', () => {
    // The blocks before are 12 s apart, those after are a day apart.
    const clock = clockOf(at(0n, -12_000n), at(1_000n, 0n), at(1_010n, 864_000n))
    expect(estimateBlock(clock, 432_000n)).toBe(1_005n)
  })

  test('behavior: where daily blocks give way to blocks of 12 s, the days before go on', () => {
    const clock = clockOf(daily(1n), daily(50n), at(400n, 100n * 86_400n), at(464n, 100n * 86_400n + 768n))
    expect(estimateBlock(clock, 80n * 86_400n)).toBe(80n)
  })

  test('behavior: where nothing tells the days from blocks of 12 s, the bracket is halved', () => {
    const clock = clockOf(daily(1n), at(401n, 100n * 86_400n), at(464n, 100n * 86_400n + 756n))
    expect(estimateBlock(clock, 98n * 86_400n)).toBe(201n)
  })

  test('behavior: where the bracket has the pace of the blocks after it, it is interpolated', () => {
    // The Merge changed 13.4 s to 12 s.
    const clock = clockOf(at(0n, 0n), at(1_000n, 13_400n), at(2_000n, 25_400n), at(2_001n, 25_412n))
    expect(estimateBlock(clock, 25_280n)).toBe(1_990n)
  })

  test('behavior: two blocks that happen to be close do not set the pace', () => {
    const clock = clockOf(daily(1n), daily(40n), at(41n, 40n * 86_400n + 900n), daily(80n))
    const near = estimateBlock(clock, 60n * 86_400n)
    expect(near >= 58n && near <= 62n).toBe(true)
  })

  test('behavior: between known blocks the estimate is between them', () => {
    fc.assert(
      fc.property(ascending, fc.bigInt({ min: 0n, max: 10_000_000n }), (points, offset) => {
        const [first, last] = [points[0], points.at(-1)]
        const time = (first?.time ?? 0n) + (offset % ((last?.time ?? 0n) - (first?.time ?? 0n) + 1n))
        const { before, after } = bracketOf(points, time)
        const block = estimateBlock(points, time)
        expect(before !== undefined && block >= before.block).toBe(true)
        if (after !== undefined) expect(block <= after.block).toBe(true)
      }),
    )
  })
})
