import { describe, expect, test } from 'vitest'
import {
  chartTime,
  formatAge,
  formatDay,
  formatSpan,
  formatTick,
  formatTime,
  nowInSeconds,
} from '../../src/format/time.ts'
import { DAY } from '../../src/math/fixedPoint.ts'

const HOUR = 3_600n
/** 2024-02-29 23:59:30 UTC */
const LEAP = 1_709_251_170n

describe('formatAge', () => {
  test.each([
    [0n, '0 s'],
    [4n, '4 s'],
    [119n, '119 s'],
    [120n, '2 min'],
    [2n * HOUR - 1n, '119 min'],
    [2n * HOUR, '2 h'],
    [2n * DAY - 1n, '47 h'],
    [2n * DAY, '2 d'],
    [400n * DAY, '400 d'],
  ])('default: %s', (age, text) => {
    expect(formatAge(age)).toBe(text)
  })

  test.each([
    [DAY, '24 h'],
    [DAY + 1n, '25 h'],
    [2n * DAY + 1n, '3 d'],
    [121n, '3 min'],
    [7n, '7 s'],
  ])('behavior: a bound of %s is rounded up', (age, text) => {
    expect(formatAge(age, 'up')).toBe(text)
  })

  test('behavior: a block from the future, as a clock that is slow sees it, is 0 s old', () => {
    expect(formatAge(-30n)).toBe('0 s')
  })
})

describe('formatSpan', () => {
  test.each([
    [30n * DAY + 2n * HOUR + 24n * 60n, '30.1 d'],
    [30n * DAY, '30 d'],
    [2n * DAY, '2 d'],
    [2n * DAY - 1n, '47.9 h'],
    [90n * 60n, '1.5 h'],
  ])('default: %s', (span, text) => {
    expect(formatSpan(span)).toBe(text)
  })
})

describe('dates', () => {
  test('default: in UTC wherever the reader is', () => {
    expect(formatTime(LEAP)).toBe('2024-02-29 23:59 UTC')
    expect(formatDay(LEAP)).toBe('Feb 29, 2024')
  })

  test('behavior: a tick says the day over short ranges and the year over long ones', () => {
    expect(formatTick(1_709_251_170, 30 * 86_400)).toBe('Feb 29')
    expect(formatTick(1_709_251_170, 200 * 86_400)).toBe('Feb 29')
    expect(formatTick(1_709_251_170, 201 * 86_400)).toBe('Feb 2024')
  })

  test('behavior: now is in whole seconds, and a chart gets a number', () => {
    const before = BigInt(Math.floor(Date.now() / 1000))
    const now = nowInSeconds()
    expect(now >= before && now <= before + 5n).toBe(true)
    expect(chartTime(LEAP)).toBe(1_709_251_170)
  })
})
