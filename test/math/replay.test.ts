import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { courseOf, worthOf } from '../../src/math/course.ts'
import { WAD } from '../../src/math/fixedPoint.ts'
import { flowsOf, replay, replayWithout } from '../../src/math/replay.ts'
import { follow, logsOf, momentAt, REPORTING, type World, worlds } from '../support/walletWorld.ts'

const ETH = WAD
const world: World = [[{ move: 2n * ETH }], [{ rate: 2n * WAD }, { move: -ETH }], []]
const truths = follow(world)
const moments = [0, 1, 2, 3].map(block => momentAt(truths, block))
const flows = flowsOf([courseOf(REPORTING, { moments, ...logsOf(world) })])

describe('flowsOf', () => {
  test('default: each at its worth then', () => {
    expect(flows.map(({ block, ether }) => [block, ether])).toEqual([
      [1n, 2n * ETH * WAD],
      [2n, -2n * ETH * WAD],
    ])
  })

  test('behavior: what was there at the first moment came in then', () => {
    const course = courseOf(REPORTING, { moments: moments.slice(1), ...logsOf(world) })
    expect(flowsOf([course])[0]).toMatchObject({ block: 1n, ether: 2n * ETH * WAD })
  })
})

describe('replay', () => {
  test('default: in a pool whose rate goes from 1 to 1.5 to 3, two ETH in and two out leave one third of three', () => {
    const rates = [WAD, WAD, (WAD * 3n) / 2n, 3n * WAD]
    const values = replay(flows, moments, ({ block }) => rates[Number(block)])
    // 2 units at 1, then 2 / 1.5 leave: two thirds of a unit are worth 1, and 2 at the end, to a rounding.
    expect(
      values.map(({ value }) => (value === undefined ? value : (value + 9n) / 10n / (WAD / 10n))),
    ).toEqual([0n, 2n * WAD, WAD, 2n * WAD])
  })

  test('behavior: without staking it is what came in less what went out', () => {
    expect(replayWithout(flows, moments).map(({ value }) => value)).toEqual([0n, 2n * ETH * WAD, 0n, 0n])
  })

  test('behavior: nothing where the pool had no rate when the ether came in', () => {
    const values = replay(flows, moments, ({ block }) => (block < 2n ? undefined : WAD))
    expect(values.map(({ value }) => value)).toEqual([undefined, undefined, undefined, undefined])
  })

  test('behavior: in its own pool it is the wallet itself, to a wei for each move', () => {
    fc.assert(
      fc.property(worlds, any => {
        const after = follow(any)
        const read = [0, ...any.keys()].map((_, block) => momentAt(after, block))
        const course = courseOf(REPORTING, { moments: read, ...logsOf(any) })
        // Moves before a report in the same block were at the rate before it: another question.
        const steady = any.every(block => !block.some((happening, place) => 'rate' in happening && place > 0))
        if (!steady) return
        const values = replay(flowsOf([course]), read, ({ rates }) => rates['asset'])
        const moves = BigInt(course.moves.length) * 3n
        for (const [place, { value }] of values.entries()) {
          const mark = course.marks[place]
          const gap = (value ?? -WAD) - (mark === undefined ? 0n : worthOf(mark))
          expect(gap <= 0n && gap >= -moves * WAD).toBe(true)
        }
      }),
    )
  })
})
