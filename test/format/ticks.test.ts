import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  decimalsOf,
  nextTime,
  timeStep,
  timeTicks,
  valueTicks,
  writtenTicks,
} from '../../src/format/ticks.ts'

const DAY = 86_400
const at = (iso: string): number => Date.parse(`${iso}Z`) / 1000

describe('decimalsOf', () => {
  test('default: as many as the ticks need, and no more than asked', () => {
    expect(decimalsOf([2, 3, 4], 4)).toBe(0)
    expect(decimalsOf([2, 2.5, 3], 4)).toBe(1)
    expect(decimalsOf([-0.25, 0, 0.25], 4)).toBe(2)
    expect(decimalsOf([1 / 3], 4)).toBe(4)
    expect(decimalsOf([0.125, 0.25], 4)).toBe(3)
    expect(decimalsOf([0.125], 2)).toBe(2)
  })

  test('behavior: ticks of an axis are told apart by so many', () => {
    const ends = fc.tuple(
      fc.double({ min: -50, max: 50, noNaN: true }),
      fc.double({ min: 0.1, max: 80, noNaN: true }),
    )
    fc.assert(
      fc.property(ends, ([low, span]) => {
        const ticks = valueTicks(low, low + span, 6)
        const written = ticks.map(tick => tick.toFixed(decimalsOf(ticks, 4)))
        expect(written.map(Number)).toEqual(ticks.map(tick => Number(tick.toFixed(4))))
      }),
    )
  })
})

describe('valueTicks', () => {
  test('default', () => {
    expect(valueTicks(1.53, 3.37, 6)).toEqual([1.5, 2, 2.5, 3, 3.5])
    expect(valueTicks(-0.4, 0.7, 6)).toEqual([-0.5, -0.25, 0, 0.25, 0.5, 0.75])
  })

  test('behavior: round steps that cover the range, at most as many as asked', () => {
    const ends = fc.tuple(
      fc.double({ min: -50, max: 50, noNaN: true }),
      fc.double({ min: 1e-4, max: 80, noNaN: true }),
    )
    fc.assert(
      fc.property(ends, fc.integer({ min: 3, max: 9 }), ([low, span], most) => {
        const high = low + span
        const ticks = valueTicks(low, high, most)
        expect(ticks.length).toBeLessThanOrEqual(most)
        const [first = Number.NaN, last = Number.NaN] = [ticks[0], ticks.at(-1)]
        // Twelve digits are more than a screen shows.
        const grain = 1e-9 * Math.max(1, Math.abs(low), Math.abs(high))
        expect(first).toBeLessThanOrEqual(low + grain)
        expect(last).toBeGreaterThanOrEqual(high - grain)
        const step = (last - first) / (ticks.length - 1)
        expect((step / 10 ** Math.floor(Math.log10(step * 1.000_001))).toPrecision(3)).toMatch(
          /^(1|2|2\.5|5)\.?0*$/,
        )
        for (const [index, tick] of ticks.entries())
          expect(Math.abs(tick - first - index * step)).toBeLessThan(grain)
      }),
    )
  })

  test('behavior: no dust of floating point in a tick', () => {
    fc.assert(
      fc.property(fc.integer({ min: -500, max: 500 }), fc.integer({ min: 1, max: 500 }), (low, span) => {
        for (const tick of valueTicks(low / 100, (low + span) / 100, 6))
          expect(String(tick).length).toBeLessThanOrEqual(8)
      }),
    )
    expect(valueTicks(0.05, 0.32, 5)).toEqual([0, 0.1, 0.2, 0.3, 0.4])
  })

  test('behavior: a range without extent has its one value', () => {
    expect(valueTicks(2.5, 2.5, 6)).toEqual([2.5])
    expect(valueTicks(3, 2, 6)).toEqual([3])
  })
})

describe('timeTicks', () => {
  test('default: days over a short range', () => {
    const ticks = timeTicks(at('2026-08-01T15:00'), at('2026-08-30T15:00'), 7)
    expect(ticks.map(tick => new Date(tick * 1000).toISOString().slice(5, 16))).toEqual([
      '08-02T00:00',
      '08-07T00:00',
      '08-12T00:00',
      '08-17T00:00',
      '08-22T00:00',
      '08-27T00:00',
    ])
  })

  test('behavior: starts of months over a year', () => {
    const ticks = timeTicks(at('2025-08-27T12:00'), at('2026-08-27T12:00'), 7)
    expect(ticks.map(tick => new Date(tick * 1000).toISOString().slice(0, 10))).toEqual([
      '2025-09-01',
      '2025-11-01',
      '2026-01-01',
      '2026-03-01',
      '2026-05-01',
      '2026-07-01',
    ])
  })

  test('behavior: ascending, inside the range, on a start of a day, and never many', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1_440_000_000, max: 1_900_000_000 }),
        fc.integer({ min: 0, max: 2_500 * DAY }),
        (from, span) => {
          const ticks = timeTicks(from, from + span, 7)
          expect(ticks.length).toBeLessThanOrEqual(8)
          expect(ticks.every(tick => tick >= from && tick <= from + span && tick % DAY === 0)).toBe(true)
          expect(ticks.every((tick, index) => index === 0 || tick > (ticks[index - 1] ?? tick))).toBe(true)
          if (span > 2 * DAY) expect(ticks.length).toBeGreaterThanOrEqual(1)
        },
      ),
    )
  })
})

describe('writtenTicks', () => {
  test('default: as many ticks as are written differently', () => {
    expect(writtenTicks([1, 4], 6, value => value.toFixed(2))).toEqual(valueTicks(1, 4, 6))
    const narrow = writtenTicks([2.701, 2.739], 6, value => value.toFixed(2))
    expect(new Set(narrow.map(value => value.toFixed(2))).size).toBe(narrow.length)
    expect(narrow.length).toBeGreaterThanOrEqual(3)
  })

  test('behavior: where all are written alike, the two ends stay, around all values', () => {
    const [low = 0, high = 0, ...more] = writtenTicks([2.7001, 2.7004], 6, () => '2.70 %')
    expect(more).toEqual([])
    expect(low).toBeLessThanOrEqual(2.7001)
    expect(high).toBeGreaterThanOrEqual(2.7004)
  })

  test('behavior: an axis is widened until no two ticks are written alike', () => {
    const span = fc.double({ min: 1e-8, max: 80, noNaN: true })
    fc.assert(
      fc.property(fc.double({ min: -50, max: 50, noNaN: true }), span, (low, width) => {
        const ticks = writtenTicks([low, low + width], 6, value => value.toFixed(4))
        expect(ticks.length).toBeGreaterThanOrEqual(2)
        expect(new Set(ticks.map(tick => tick.toFixed(4))).size).toBe(ticks.length)
        expect(ticks[0]).toBeLessThanOrEqual(low + 1e-9)
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(low + width - 1e-9)
      }),
    )
  })

  test('behavior: each tick is written by its value alone', () => {
    const write = (value: number, decimals = 4): string => value.toFixed(decimals)
    expect(writtenTicks([1.082_31, 1.082_34], 6, write).map(tick => write(tick))).toEqual([
      '1.0822',
      '1.0823',
      '1.0824',
    ])
  })
})

describe('steps of the crosshair', () => {
  test('default: hours over some days, then days, then as many days as make about a hundred steps', () => {
    expect(timeStep(0, 5 * DAY)).toBe(3_600)
    expect(timeStep(0, 90 * DAY)).toBe(DAY)
    expect(timeStep(0, 365 * DAY)).toBe(4 * DAY)
  })

  test('behavior: always onwards, to round times', () => {
    expect([nextTime(10, 10, 1), nextTime(10, 10, -1), nextTime(13, 10, 1), nextTime(13, 10, -1)]).toEqual([
      20, 0, 20, 10,
    ])
  })
})
