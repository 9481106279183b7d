import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { spread } from '../../src/format/spread.ts'

const room = { head: 0, foot: 300 }

describe('spread', () => {
  test('default: what stands alone stays, and a bunch keeps its middle', () => {
    expect(spread([50, 100, 100, 100, 200], 16, room)).toEqual([50, 84, 100, 116, 200])
  })

  test('behavior: at the edges a bunch moves inwards', () => {
    expect(spread([0, 0, 300, 300], 16, room)).toEqual([0, 16, 284, 300])
  })

  test('behavior: always in order, apart, and inside', () => {
    const places = fc.array(fc.double({ min: 0, max: 300, noNaN: true }), { maxLength: 18 })
    fc.assert(
      fc.property(places, some => {
        const spaced = spread(
          some.toSorted((a, b) => a - b),
          16,
          room,
        )
        expect(spaced).toHaveLength(some.length)
        expect(spaced.every(place => place >= -1e-9 && place <= 300 + 1e-9)).toBe(true)
        for (const [index, place] of spaced.slice(1).entries())
          expect(place - (spaced[index] ?? 0)).toBeGreaterThanOrEqual(16 - 1e-9)
      }),
    )
  })

  test('behavior: too many still stand apart', () => {
    const spaced = spread(
      Array.from({ length: 30 }, () => 150),
      16,
      room,
    )
    expect(spaced.at(-1)).toBe(300)
    expect(spaced[0]).toBe(300 - 29 * 16)
  })
})
