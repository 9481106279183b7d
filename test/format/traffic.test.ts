import { describe, expect, test } from 'vitest'
import { formatBytes, formatClock, formatWhile } from '../../src/format/traffic.ts'

describe('formatBytes', () => {
  test.each([
    [0, '0 B'],
    [1, '1 B'],
    [999, '999 B'],
    [1_000, '1 kB'],
    [4_132, '4.1 kB'],
    [999_949, '999.9 kB'],
    [999_950, '1 MB'],
    [16_000_000, '16 MB'],
    [2_500_000_000, '2.5 GB'],
    [5_000_000_000_000, '5,000 GB'],
  ])('default: %d is %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text)
  })
})

describe('formatWhile', () => {
  test.each([
    [0, '0 ms'],
    [84.6, '85 ms'],
    [999.4, '999 ms'],
    [999.6, '1 s'],
    [1_234, '1.2 s'],
    [12_000, '12 s'],
  ])('default: %d ms is %s', (milliseconds, text) => {
    expect(formatWhile(milliseconds)).toBe(text)
  })
})

describe('formatClock', () => {
  test('default: to the second', () => {
    // 14:03:07 somewhere in the world; minutes and seconds are the same almost everywhere.
    expect(formatClock(1_790_000_000_000)).toMatch(/^\d{1,2}:\d{2}:20\b/)
  })
})
