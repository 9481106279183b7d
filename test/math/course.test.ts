import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addUp,
  courseOf,
  earnedBetween,
  earnedCourse,
  inWei,
  isExactly,
  isLocated,
  middleOf,
  valueMoved,
  worthOf,
} from '../../src/math/course.ts'
import { WAD } from '../../src/math/fixedPoint.ts'
import type { Moment } from '../../src/math/moment.ts'
import { follow, logsOf, momentAt, REPORTING, type World, worlds } from '../support/walletWorld.ts'

const ETH = WAD
const NOTHING = { transfers: [], changes: [] }
/** Ten tokens come, a report, four go, a report of which the last six earn. */
const world: World = [
  [{ move: 10n * ETH }],
  [{ rate: (WAD * 11n) / 10n }],
  [],
  [{ move: -4n * ETH }],
  [{ rate: (WAD * 12n) / 10n }],
]
const truths = follow(world)
const all = world.map((_, index) => momentAt(truths, index + 1))
const moments = [momentAt(truths, 0), ...all]

describe('courseOf', () => {
  test('default: ten tokens earn a tenth, six of them another', () => {
    const course = courseOf(REPORTING, { moments, ...logsOf(world) })
    const expected = 10n * ETH * (WAD / 10n) + 6n * ETH * (WAD / 10n)
    expect(earnedBetween(course, 0n, 5n)).toEqual({ low: expected, high: expected })
    expect(inWei({ low: expected, high: expected })).toEqual({
      low: 1_600_000_000_000_000_000n,
      high: 1_600_000_000_000_000_000n,
    })
    expect(course.moves.map(({ units, block, log }) => [units, block, log?.counterpart])).toEqual([
      [10n * ETH, 1n, '0xother'],
      [-4n * ETH, 4n, '0xother'],
    ])
  })

  test('behavior: every block read, balances alone tell the same, and say in which block', () => {
    const course = courseOf(REPORTING, { moments, ...NOTHING })
    expect(earnedBetween(course, 0n, 5n)?.low).toBe(16n * ETH * (WAD / 10n))
    expect(course.moves.every(isLocated)).toBe(true)
    expect(course.moves.every(({ log }) => log === undefined)).toBe(true)
  })

  test('behavior: some blocks read, the truth lies between, and what moved may have been at any rate between', () => {
    const course = courseOf(REPORTING, {
      moments: [0, 3, 5].map(block => momentAt(truths, block)),
      ...NOTHING,
    })
    const [came, went] = course.moves
    expect(came).toMatchObject({
      after: 0n,
      block: 3n,
      units: 10n * ETH,
      rate: { low: WAD, high: (WAD * 11n) / 10n },
    })
    expect(went).toMatchObject({ after: 3n, block: 5n, units: -4n * ETH })
    const earned = earnedBetween(course, 0n, 5n)
    expect(earned).toEqual({
      low: 10n * ETH * 0n + 6n * ETH * (WAD / 10n),
      high: 10n * ETH * (WAD / 10n) + 10n * ETH * (WAD / 10n),
    })
  })

  test('behavior: a report and moves in one block are told apart by their places, and only by them', () => {
    const busy: World = [[{ move: 5n * ETH }], [{ move: 1n * ETH }, { rate: 2n * WAD }, { move: -2n * ETH }]]
    const after = follow(busy)
    const read = [0, 1, 2].map(block => momentAt(after, block))
    const told = courseOf(REPORTING, { moments: read, ...logsOf(busy) })
    expect(told.moves.map(({ rate }) => rate.low)).toEqual([WAD, WAD, 2n * WAD])
    expect(earnedBetween(told, 0n, 2n)).toEqual({ low: 6n * ETH * WAD, high: 6n * ETH * WAD })
    const { transfers } = logsOf(busy)
    const unsure = courseOf(REPORTING, { moments: read, transfers, changes: [] })
    expect(earnedBetween(unsure, 0n, 2n)).toEqual({ low: 3n * ETH * WAD, high: 6n * ETH * WAD })
  })

  test('behavior: of several reports in a block, those before all and after all are sure, those between are not', () => {
    const busy: World = [
      [{ move: 9n * ETH }],
      [{ move: -ETH }, { rate: 2n * WAD }, { move: -ETH }, { rate: 3n * WAD }, { move: -ETH }],
    ]
    const after = follow(busy)
    const told = courseOf(REPORTING, {
      moments: [0, 1, 2].map(block => momentAt(after, block)),
      ...logsOf(busy),
    })
    expect(told.moves.slice(1).map(({ rate }) => rate)).toEqual([
      { low: WAD, high: WAD },
      { low: WAD, high: 3n * WAD },
      { low: 3n * WAD, high: 3n * WAD },
    ])
  })

  test('behavior: a rate that jumps in a block in which nothing drips so much leaves both rates possible', () => {
    const continuous = { ...REPORTING, accrual: 'continuous' } as const
    // Others leave with a penalty that stays with the rest, before or after our own move.
    const jump: World = [[{ move: 5n * ETH }], [{ move: -1n * ETH }, { rate: WAD + WAD / 1_000n }]]
    const after = follow(jump)
    const course = courseOf(continuous, {
      moments: [0, 1, 2].map(block => momentAt(after, block)),
      ...NOTHING,
    })
    expect(course.moves[1]?.rate).toEqual({ low: WAD, high: WAD + WAD / 1_000n })
    const between = earnedBetween(course, 0n, 2n)
    const truth = after.at(-1)?.earned ?? 0n
    expect(between !== undefined && between.low <= truth && truth <= between.high).toBe(true)
  })

  test('behavior: what came and went between two moments by logs without units is not overlooked', () => {
    const passing: World = [[{ move: 9n * ETH }], [{ rate: 2n * WAD }], [{ move: -9n * ETH }], []]
    const after = follow(passing)
    const silent = logsOf(passing).transfers.map(transfer => ({ ...transfer, units: undefined }))
    const told = (blocks: readonly number[]) =>
      courseOf(REPORTING, {
        moments: blocks.map(block => momentAt(after, block)),
        transfers: silent,
        changes: [],
      })
    expect(told([0, 4])).toMatchObject({ moves: [], unread: [1n, 3n] })
    expect(told([0, 1, 2, 4]).unread).toEqual([])
    expect(earnedBetween(told([0, 1, 2, 3, 4]), 0n, 4n)).toEqual({
      low: 9n * ETH * WAD,
      high: 9n * ETH * WAD,
    })
  })

  test('behavior: it says where the oldest or the newest moment tells nothing of it', () => {
    const [first, second, third] = [0, 1, 2].map(block => momentAt(truths, block)) as [Moment, Moment, Moment]
    const flags = (moments: readonly Moment[]) => {
      const { isLate, isStale } = courseOf(REPORTING, { moments, ...NOTHING })
      return [isLate, isStale]
    }
    expect(flags([first, second, third])).toEqual([false, false])
    expect(flags([{ ...first, units: {} }, second, third])).toEqual([true, false])
    expect(flags([first, second, { ...third, rates: {} }])).toEqual([false, true])
  })

  test('behavior: a rate that is not known any more is not taken for that of the beginning', () => {
    const gone = { ...momentAt(truths, 4), units: { asset: 0n }, rates: {} }
    const course = courseOf(REPORTING, {
      moments: [0, 2].map(block => momentAt(truths, block)).concat(gone),
      ...NOTHING,
    })
    expect(course.marks.map(({ block }) => block)).toEqual([0n, 2n])
    expect(course.isStale).toBe(true)
  })

  test('behavior: what was sold long ago needs no rate any more', () => {
    const sold: World = [[{ move: 9n * ETH }], [{ rate: 2n * WAD }, { move: -9n * ETH }], [], []]
    const after = follow(sold)
    const silent = (block: number) => ({ ...momentAt(after, block), rates: {} })
    const read = [0, 1, 2].map(block => momentAt(after, block))
    const course = courseOf(REPORTING, { moments: [...read, silent(3), silent(4)], ...logsOf(sold) })
    expect(course.isStale).toBe(false)
    expect(earnedBetween(course, 0n, 4n)).toEqual({ low: 9n * ETH * WAD, high: 9n * ETH * WAD })
  })

  test('behavior: where the rate moves with every block, that of the block’s end is the rate of its moves', () => {
    const continuous = { ...REPORTING, accrual: 'continuous' } as const
    const drip: World = [
      [{ move: 5n * ETH }, { rate: WAD + 7n }],
      [{ rate: WAD + 14n }, { move: -1n * ETH }],
    ]
    const after = follow(drip)
    const course = courseOf(continuous, {
      moments: [0, 1, 2].map(block => momentAt(after, block)),
      ...NOTHING,
    })
    expect(course.moves.map(({ rate }) => rate)).toEqual([
      { low: WAD + 7n, high: WAD + 7n },
      { low: WAD + 14n, high: WAD + 14n },
    ])
  })

  test('behavior: a log in a block that was not read leaves its rate and its time between the moments around', () => {
    const continuous = { ...REPORTING, accrual: 'continuous' } as const
    const read = [0, 5].map(block => momentAt(truths, block))
    const [came, went] = courseOf(continuous, { moments: read, ...logsOf(world) }).moves
    expect(came?.rate).toEqual({ low: WAD, high: (WAD * 12n) / 10n })
    expect([went?.since, went?.time]).toEqual(read.map(({ time }) => time))
    const [, here] = courseOf(continuous, { moments, ...logsOf(world) }).moves
    expect([here?.since, here?.time]).toEqual([moments[4]?.time, moments[4]?.time])
  })

  test('behavior: logs that were lost show as a move that only the balances tell', () => {
    const { transfers, changes } = logsOf(world)
    const course = courseOf(REPORTING, { moments, transfers: transfers.slice(1), changes })
    expect(course.moves.map(({ units, log }) => [units, log === undefined])).toEqual([
      [10n * ETH, true],
      [-4n * ETH, false],
    ])
  })

  test('behavior: a log without units says in which block, the balances say how many', () => {
    const { transfers, changes } = logsOf(world)
    const silent = transfers.map(transfer => ({ ...transfer, units: undefined }))
    const course = courseOf(REPORTING, {
      moments: [0, 3, 5].map(block => momentAt(truths, block)),
      transfers: silent,
      changes,
    })
    expect(course.moves.map(({ units, after, block }) => [units, after, block])).toEqual([
      [10n * ETH, 0n, 1n],
      [-4n * ETH, 3n, 4n],
    ])
  })

  test('behavior: a moment without the asset’s units is none for it; without a rate only where nothing is held', () => {
    const [before, held] = [momentAt(truths, 0), momentAt(truths, 1)]
    const course = courseOf(REPORTING, {
      moments: [
        { ...before, rates: {} },
        { ...held, rates: {} },
        { ...momentAt(truths, 2), units: {} },
        momentAt(truths, 3),
      ],
      ...NOTHING,
    })
    expect(course.marks.map(({ block }) => block)).toEqual([0n, 3n])
  })

  test('behavior: for any world and any moments read, the truth lies between; with all logs and moments it is exact', () => {
    fc.assert(
      fc.property(worlds, fc.array(fc.nat({ max: 24 }), { maxLength: 6 }), (any, chosen) => {
        const after = follow(any)
        const last = any.length
        const blocks = [...new Set([0, last, ...chosen.filter(block => block < last)])].sort((a, b) => a - b)
        const truth = (after.at(-1)?.earned ?? 0n) as bigint
        const every = any.map((_, index) => momentAt(after, index + 1))
        const exact = courseOf(REPORTING, { moments: [momentAt(after, 0), ...every], ...logsOf(any) })
        expect(earnedBetween(exact, 0n, BigInt(last))).toEqual({ low: truth, high: truth })
        expect(exact.moves.every(({ rate }) => isExactly(rate))).toBe(true)
        const rises = after.every(({ rate }, place) => place === 0 || rate >= (after[place - 1]?.rate ?? 0n))
        // A rate that fell and rose again between two moments has left the range of their rates.
        if (!rises) return
        const told = courseOf(REPORTING, {
          moments: blocks.map(block => momentAt(after, block)),
          ...logsOf(any),
        })
        const between = earnedBetween(told, 0n, BigInt(last))
        expect(between !== undefined && between.low <= truth && truth <= between.high).toBe(true)
      }),
    )
  })

  test('behavior: what is held = what it cost + earned − what went, at every mark', () => {
    fc.assert(
      fc.property(worlds, any => {
        const after = follow(any)
        const read = [0, ...any.keys()].map((_, block) => momentAt(after, block))
        const course = courseOf(REPORTING, { moments: read, ...logsOf(any) })
        for (const { block, low, high } of earnedCourse(course)) {
          const mark = course.marks.find(at => at.block === block)
          const moved = addUp(course.moves.filter(move => move.block <= block).map(valueMoved))
          expect(mark === undefined ? undefined : worthOf(mark)).toBe(low + moved.low)
          expect(low).toBe(high)
          expect(low).toBe(after[Number(block)]?.earned)
        }
      }),
    )
  })
})

describe('earnedBetween', () => {
  test('behavior: two spans make one', () => {
    const course = courseOf(REPORTING, { moments, ...logsOf(world) })
    const [first, second] = [earnedBetween(course, 0n, 3n), earnedBetween(course, 3n, 5n)]
    expect(addUp([first, second].flatMap(part => part ?? []))).toEqual(earnedBetween(course, 0n, 5n))
    expect(second?.low).toBe(6n * ETH * (WAD / 10n))
    // What came in the first block itself was there when the span began.
    expect(earnedBetween(course, 1n, 5n)).toEqual(earnedBetween(course, 0n, 5n))
  })

  test('behavior: a block that was not read has no figure', () => {
    const course = courseOf(REPORTING, { moments: moments.slice(1), ...logsOf(world) })
    expect(earnedBetween(course, 0n, 5n)).toBeUndefined()
    expect(earnedBetween(course, 1n, 6n)).toBeUndefined()
  })
})

describe('rounding', () => {
  test('default', () => {
    expect(inWei({ low: WAD + 1n, high: WAD + 1n })).toEqual({ low: 1n, high: 1n })
    expect(inWei({ low: -1n, high: 1n })).toEqual({ low: -1n, high: 1n })
    expect(middleOf({ low: 2n, high: 5n })).toEqual({ value: 3n, doubt: 2n })
    expect(middleOf({ low: 7n, high: 7n })).toEqual({ value: 7n, doubt: 0n })
  })
})
