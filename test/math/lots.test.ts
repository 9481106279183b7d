import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Course, courseOf, earnedBetween, type Move } from '../../src/math/course.ts'
import { WAD } from '../../src/math/fixedPoint.ts'
import { isAllExact, isSure, lotsOf } from '../../src/math/lots.ts'
import {
  follow,
  logsOf,
  momentAt,
  percentOf,
  REPORTING,
  SALE,
  type World,
  worlds,
} from '../support/walletWorld.ts'

const ETH = WAD

function courseFor(any: World, first = 0) {
  const truths = follow(any)
  const moments = [0, ...any.keys()].map((_, block) => momentAt(truths, block)).slice(first)
  return courseOf(REPORTING, { moments, ...logsOf(any) })
}

/** One that came at some time in a block that was not read, at 1.00 or 1.10; then it goes on exactly. */
function doubtful(...rest: readonly bigint[]): Course {
  const sure = courseFor([[{ move: ETH }], ...rest.map(move => [{ move }])])
  const [first, ...others] = sure.moves
  if (first === undefined) throw new TypeError('Nothing came.')
  return { ...sure, moves: [{ ...first, rate: { low: WAD, high: percentOf(110n) } }, ...others] }
}

const exactness = ({ lots, disposals }: ReturnType<typeof lotsOf>) => ({
  lots: lots.map(lot => [lot.isExact, lot.isCostExact]),
  disposals: disposals.map(disposal => [disposal.isExact, disposal.isCostExact]),
})

const ether = (value: bigint): bigint => value / WAD

describe('lotsOf', () => {
  test('default: first in, first out', () => {
    const { lots, disposals, cost, realised, unrealised, worth } = lotsOf(courseFor(SALE), 'fifo')
    expect(lots.map(({ units, left }) => [units, left])).toEqual([
      [2n * ETH, 0n],
      [2n * ETH, ETH],
    ])
    expect(
      disposals.map(sale => [ether(sale.worth.ether), ether(sale.cost.ether), ether(sale.gain.ether)]),
    ).toEqual([[(36n * ETH) / 10n, (31n * ETH) / 10n, (5n * ETH) / 10n]])
    expect(ether(cost.ether)).toBe((11n * ETH) / 10n)
    expect(ether(realised.ether)).toBe((5n * ETH) / 10n)
    expect(ether(unrealised.ether)).toBe(ETH / 10n)
    expect(ether(worth.ether)).toBe((12n * ETH) / 10n)
  })

  test('default: average cost', () => {
    const { lots, disposals, cost, realised } = lotsOf(courseFor(SALE), 'average')
    // Four cost 4.20, three of them 3.15.
    expect(ether(disposals[0]?.cost.ether ?? 0n)).toBe((315n * ETH) / 100n)
    expect(ether(realised.ether)).toBe((45n * ETH) / 100n)
    expect(ether(cost.ether)).toBe((105n * ETH) / 100n)
    expect(lots.map(({ left }) => left).reduce((sum, left) => sum + left, 0n)).toBe(ETH)
  })

  test('behavior: dollars are those of the block in which it moved', () => {
    const { disposals, lots } = lotsOf(courseFor(SALE), 'fifo')
    const price = (block: bigint): bigint => 2_000_00000000n + block
    expect(lots[0]?.price).toBe(price(1n))
    const cost = 2n * ETH * WAD * price(1n) + ETH * percentOf(110n) * price(2n)
    expect(disposals[0]?.worth.dollars).toBe(3n * ETH * percentOf(120n) * price(3n))
    expect(disposals[0]?.cost.dollars).toBe(cost)
  })

  test('behavior: where a price is not known no sum in dollars is, those in ether are', () => {
    const course = courseFor(SALE)
    const [first, ...rest] = course.moves
    const without = { ...course, moves: [{ ...first, price: undefined }, ...rest] as typeof course.moves }
    const { disposals, realised } = lotsOf(without, 'fifo')
    expect(disposals[0]?.cost.dollars).toBeUndefined()
    expect(realised.dollars).toBeUndefined()
    expect(ether(realised.ether)).toBe((5n * ETH) / 10n)
  })

  test('behavior: what was there at the first moment is a lot of that moment', () => {
    const { lots } = lotsOf(courseFor(SALE, 2), 'fifo')
    expect(lots.map(({ move, units, rate: at }) => [move, units, at])).toEqual([
      [undefined, 4n * ETH, percentOf(110n)],
    ])
  })

  test('behavior: more gone than was seen coming gains nothing, and is said to be unsure', () => {
    const course = courseFor(SALE)
    const { disposals } = lotsOf({ ...course, moves: course.moves.slice(1) }, 'fifo')
    // Two that cost 1.10 each, and one of which nothing is known, at its own worth.
    expect(ether(disposals[0]?.gain.ether ?? 0n)).toBe((2n * ETH) / 10n)
    expect(disposals[0]).toMatchObject({ isExact: true, isCostExact: false })
    const average = lotsOf({ ...course, moves: course.moves.slice(1) }, 'average')
    expect(average.disposals[0]?.cost).toEqual(disposals[0]?.cost)
    expect(average.disposals[0]).toMatchObject({ isExact: true, isCostExact: false })
  })

  test('behavior: what goes costs exactly what is known only where it was taken from such lots, first in, first out', () => {
    expect(exactness(lotsOf(doubtful(ETH, -ETH / 2n, -ETH, -ETH / 4n, -ETH / 4n), 'fifo'))).toEqual({
      lots: [
        [false, false],
        [true, true],
      ],
      disposals: [
        [true, false],
        [true, false],
        [true, true],
        [true, true],
      ],
    })
  })

  test('behavior: one lot that is not exact makes the average so, until nothing of it is left', () => {
    expect(exactness(lotsOf(doubtful(ETH, -ETH), 'average'))).toEqual({
      lots: [
        [false, false],
        [true, false],
      ],
      disposals: [[true, false]],
    })
    const { lots, disposals } = exactness(lotsOf(doubtful(-ETH / 2n, -ETH / 2n, ETH, -ETH / 2n), 'average'))
    expect(disposals).toEqual([
      [true, false],
      [true, false],
      [true, true],
    ])
    expect(lots).toEqual([
      [false, false],
      [true, true],
    ])
    const later = doubtful(ETH)
    expect(exactness(lotsOf({ ...later, moves: later.moves.toReversed() }, 'average')).lots).toEqual([
      [true, false],
      [false, false],
    ])
  })

  test('behavior: the rate of what went is nothing to what it had cost, its place among the moves is', () => {
    const course = courseFor([[{ move: ETH }], [{ move: -ETH / 2n }]])
    const exact = (change: Partial<Move>) =>
      exactness(
        lotsOf(
          {
            ...course,
            moves: course.moves.map((move, place) => (place === 1 ? { ...move, ...change } : move)),
          },
          'fifo',
        ),
      ).disposals
    expect(exact({})).toEqual([[true, true]])
    expect(exact({ rate: { low: WAD, high: percentOf(110n) } })).toEqual([[false, true]])
    expect(exact({ after: 0n, since: 0n })).toEqual([[false, false]])
  })

  test('behavior: of a pool that was emptied nothing is left, and what comes later costs its own', () => {
    const any: World = [
      [{ move: 3n * ETH }],
      [{ rate: percentOf(110n) }, { move: 2n * ETH }],
      [{ move: -5n * ETH }],
      [{ rate: percentOf(120n) }, { move: ETH }],
      [{ rate: percentOf(130n) }, { move: ETH }],
    ]
    const { lots } = lotsOf(courseFor(any), 'average')
    expect(lots.map(({ left, cost }) => [left, ether(cost.ether)])).toEqual([
      [0n, 0n],
      [0n, 0n],
      [ETH, (125n * ETH) / 100n],
      [ETH, (125n * ETH) / 100n],
    ])
  })

  test('behavior: by average the same part is left of lots that came before the same disposals', () => {
    const any: World = [
      [{ move: 8n * ETH }],
      [{ move: 4n * ETH }],
      [{ move: -6n * ETH }],
      [{ move: 2n * ETH }],
      [{ move: -4n * ETH }],
    ]
    const { lots } = lotsOf(courseFor(any), 'average')
    expect(lots.map(({ left }) => left)).toEqual([2n * ETH, ETH, ETH])
  })

  test('behavior: a lot whose block was not read is not exact, though its rate is', () => {
    const still: World = [[{ move: ETH }], [], [{ move: ETH }]]
    const truths = follow(still)
    const moments = [0, 1, 2, 3].filter(block => block !== 1).map(block => momentAt(truths, block))
    const { lots } = lotsOf(courseOf(REPORTING, { moments, ...logsOf(still) }), 'fifo')
    expect(lots.map(({ rate: at, isExact }) => [at, isExact])).toEqual([
      [WAD, false],
      [WAD, true],
    ])
  })

  test.each(['fifo', 'average'] as const)(
    'behavior: by %s, realised and unrealised together are what was earned, whatever happened',
    method => {
      fc.assert(
        fc.property(worlds, any => {
          const course = courseFor(any)
          const { realised, unrealised, lots, cost, worth } = lotsOf(course, method)
          const earned = earnedBetween(course, 0n, BigInt(any.length))
          expect(realised.ether + unrealised.ether).toBe(earned?.low)
          expect(lots.reduce((sum, { left }) => sum + left, 0n)).toBe(course.marks.at(-1)?.units)
          expect(lots.every(({ left, units }) => left >= 0n && left <= units)).toBe(true)
          expect(worth.ether - cost.ether).toBe(unrealised.ether)
          expect(lots.every(({ left, cost: own }) => left > 0n || own.ether === 0n)).toBe(true)
        }),
      )
    },
  )
})

describe('isSure', () => {
  test('default: block and rate are known and the block was read', () => {
    const [move] = courseFor(SALE).moves
    if (move === undefined) return expect.unreachable()
    expect(isSure(move)).toBe(true)
    expect(isSure({ ...move, rate: { low: WAD, high: WAD + 1n } })).toBe(false)
    expect(isSure({ ...move, since: move.since - 1n })).toBe(false)
    expect(isSure({ ...move, after: move.after - 1n })).toBe(false)
  })
})

describe('isAllExact', () => {
  test('default', () => {
    expect(isAllExact({ isExact: true, isCostExact: true })).toBe(true)
    expect(isAllExact({ isExact: false, isCostExact: true })).toBe(false)
    expect(isAllExact({ isExact: true, isCostExact: false })).toBe(false)
  })
})
