import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DAY } from '../../../src/math/fixedPoint.ts'
import { customRange, usableRange } from '../../../src/views/state/customRange.ts'

/** Noon of 27 August 2026, UTC. */
const NOW = 1_787_832_000n
/** Midnight of 1 August 2026, UTC. */
const AUGUST = 1_785_542_400n

describe('customRange', () => {
  test('default: from the first midnight to the end of the last day', () => {
    expect(customRange('2026-08-01', '2026-08-02', NOW)).toEqual({ from: AUGUST, until: AUGUST + 2n * DAY })
  })

  test('behavior: without a last day it reaches until now', () => {
    expect(customRange('2026-08-01', '', NOW)).toEqual({ from: AUGUST, until: undefined })
  })

  test('behavior: nothing written is no range', () => {
    expect(customRange('', '', NOW)).toBeUndefined()
  })

  test.each([
    ['', '2026-08-02', 'unreadableFrom'],
    ['yesterday', '', 'unreadableFrom'],
    ['2026-8-1', '', 'unreadableFrom'],
    ['2026-02-31', '', 'unreadableFrom'],
    ['2026-02-29', '', 'unreadableFrom'],
    ['2026-13-01', '', 'unreadableFrom'],
    ['2026-08-01T12:00', '', 'unreadableFrom'],
    ['+262026-08-01', '', 'unreadableFrom'],
    ['2026-08-28', '', 'futureFrom'],
    ['2026-08-28', '2026-08-30', 'futureFrom'],
    ['2026-08-03', '2026-08-02', 'reversed'],
    ['2026-08-03', '2026-08-03', 'equal'],
  ])('behavior: from %j until %j is none: %s', (from, until, why) => {
    expect(customRange(from, until, NOW)).toEqual({ why })
    expect(usableRange(from, until, NOW)).toBeUndefined()
  })

  test.each([
    ['2026-08-28', 'futureUntil'],
    ['2026-08-99', 'unreadableUntil'],
    ['soon', 'unreadableUntil'],
  ])('behavior: until %j is ignored, and the rest is shown', (until, ignored) => {
    const range = { from: AUGUST, until: undefined, ignored }
    expect(customRange('2026-08-01', until, NOW)).toEqual(range)
    expect(usableRange('2026-08-01', until, NOW)).toEqual(range)
  })

  test('behavior: today is no future, neither as the first day nor as the last', () => {
    expect(customRange('2026-08-27', '', NOW)).toHaveProperty('until', undefined)
    expect(customRange('2026-08-26', '2026-08-27', NOW)).not.toHaveProperty('ignored')
  })

  test('behavior: a leap day and days before 1970 are days', () => {
    expect(usableRange('2024-02-29', '', NOW)?.from).toBe(1_709_164_800n)
    expect(usableRange('1969-12-31', '', NOW)?.from).toBe(-DAY)
  })

  test('behavior: any two texts are a range of at least two days, or none', () => {
    const text = fc.oneof(
      fc.string(),
      fc
        .date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true })
        .map(date => date.toISOString().slice(0, 10)),
    )
    fc.assert(
      fc.property(text, text, (from, until) => {
        const range = usableRange(from, until, NOW)
        if (range === undefined) return
        expect(range.from % DAY).toBe(0n)
        expect(range.from).toBeLessThanOrEqual(NOW)
        if (range.until !== undefined) expect(range.until - range.from).toBeGreaterThanOrEqual(2n * DAY)
      }),
    )
  })
})
