import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { startOfDay } from '../../src/math/day.ts'
import { DAY } from '../../src/math/fixedPoint.ts'

describe('startOfDay', () => {
  test.each([
    ['1970-01-01', 0n],
    ['2024-02-29', 1_709_164_800n],
    ['2026-08-27', 1_787_788_800n],
  ])('default: %s', (text, seconds) => {
    expect(startOfDay(text)).toBe(seconds)
  })

  test.each([
    '',
    'yesterday',
    '2025-02-29',
    '2025-02-30',
    '2025-04-31',
    '2025-13-01',
    '2025-00-10',
    '2025-01-00',
    '1969-12-31',
    '0000-01-01',
    '2025-1-1',
    '25-01-01',
    '12025-01-01',
    '2025-01-01T00:00',
    ' 2025-01-01',
    '2025/01/01',
    '-025-01-01',
  ])('behavior: %j is no day', text => {
    expect(startOfDay(text)).toBeUndefined()
  })

  test('behavior: the day after begins a day later', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40_000 }), day => {
        const write = (count: number): string => new Date(count * 86_400_000).toISOString().slice(0, 10)
        expect(startOfDay(write(day))).toBe(BigInt(day) * DAY)
        expect(startOfDay(write(day + 1))).toBe(BigInt(day) * DAY + DAY)
      }),
    )
  })

  test('behavior: any text is a day or not, and never an error', () => {
    fc.assert(
      fc.property(fc.string(), text => {
        expect(['bigint', 'undefined']).toContain(typeof startOfDay(text))
      }),
    )
  })
})
