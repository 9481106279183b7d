import { describe, expect, test } from 'vitest'
import { daysAround, dayText } from '../../../src/views/chart/days.ts'
import { dayAt } from './pastSupport.ts'

const NOW = BigInt(dayAt(30) + 3_600)

describe('dayText', () => {
  test('default', () => {
    expect(dayText(BigInt(dayAt(0)))).toBe('2026-07-01')
    expect(dayText(BigInt(dayAt(1)) - 1n)).toBe('2026-07-01')
  })
})

describe('daysAround', () => {
  test('default: the days of both ends', () => {
    expect(daysAround(dayAt(3) + 100.5, dayAt(9) + 50.5, NOW)).toEqual({
      from: '2026-07-04',
      until: '2026-07-10',
    })
  })

  test('behavior: a range that ends with a day does not begin the next', () => {
    expect(daysAround(dayAt(3), dayAt(9), NOW)).toEqual({ from: '2026-07-04', until: '2026-07-09' })
  })

  test('behavior: less than a day becomes two days, never in the future', () => {
    expect(daysAround(dayAt(3) + 10, dayAt(3) + 20, NOW)).toEqual({ from: '2026-07-04', until: '2026-07-05' })
    expect(daysAround(dayAt(30) + 10, dayAt(30) + 20, NOW)).toEqual({
      from: '2026-07-30',
      until: '2026-07-31',
    })
  })
})
