import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { courseOf, earnedBetween } from '../../src/math/course.ts'
import { WAD } from '../../src/math/fixedPoint.ts'
import { lotsOf } from '../../src/math/lots.ts'
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
    expect(disposals[0]?.isExact).toBe(false)
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
        }),
      )
    },
  )
})
