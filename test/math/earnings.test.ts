import { describe, expect, test } from 'vitest'
import { courseOf } from '../../src/math/course.ts'
import { datesOf, earnedIn, markBy, periodsOf } from '../../src/math/earnings.ts'
import { DAY, WAD, YEAR } from '../../src/math/fixedPoint.ts'
import { follow, logsOf, momentAt, REPORTING, type World } from '../support/walletWorld.ts'

const at = (text: string): bigint => BigInt(Date.parse(text)) / 1_000n
const now = at('2026-11-23T10:00:00Z')

describe('periodsOf', () => {
  test('default: all, the last days, and each calendar year since something was held', () => {
    const periods = periodsOf(at('2024-12-31T23:59:59Z'), now)
    expect(periods.map(({ id }) => id)).toEqual(['all', '30d', '90d', '1y', '2026', '2025', '2024'])
    expect(periods.find(({ id }) => id === '2025')).toEqual({
      id: '2025',
      from: at('2025-01-01T00:00:00Z'),
      until: at('2026-01-01T00:00:00Z'),
    })
    expect(periods.find(({ id }) => id === '2026')?.until).toBeUndefined()
    expect(periods.find(({ id }) => id === '1y')?.from).toBe(now - YEAR)
  })

  test('behavior: its dates, each once, after something was held', () => {
    const first = at('2026-05-01T00:00:00Z')
    expect(datesOf(periodsOf(first, now), first)).toEqual([now - 90n * DAY, now - 30n * DAY])
    const second = at('2025-06-01T00:00:00Z')
    expect(datesOf(periodsOf(second, now), second)).toEqual([
      now - YEAR,
      at('2026-01-01T00:00:00Z'),
      now - 90n * DAY,
      now - 30n * DAY,
    ])
  })
})

describe('earnedIn', () => {
  const world: World = [[{ move: WAD }], [{ rate: (WAD * 11n) / 10n }], [{ rate: (WAD * 13n) / 10n }]]
  const truths = follow(world)
  const moments = [0, 1, 2, 3].map(block => momentAt(truths, block))
  const course = courseOf(REPORTING, { moments, ...logsOf(world) })
  const time = (block: number): bigint => momentAt(truths, block).time

  test('default: between the last blocks before its start and its end', () => {
    const earned = earnedIn(course, { id: 'x', from: time(1) + 3n, until: time(2) + 11n })
    expect(earned).toMatchObject({ low: WAD * (WAD / 10n), high: WAD * (WAD / 10n), isCut: false })
    expect([earned?.from.block, earned?.to.block]).toEqual([1n, 2n])
  })

  test('behavior: all of it', () => {
    expect(earnedIn(course, { id: 'all', from: undefined, until: undefined })?.low).toBe(
      WAD * ((3n * WAD) / 10n),
    )
  })

  test('behavior: a span that starts before anything was read is cut, and says so', () => {
    const earned = earnedIn(course, { id: 'x', from: time(0) - DAY, until: undefined })
    expect([earned?.isCut, earned?.from.block]).toEqual([true, 0n])
  })

  test('behavior: a span that ends before anything was read has no figure', () => {
    expect(earnedIn(course, { id: 'x', from: undefined, until: time(0) - 1n })).toBeUndefined()
    expect(markBy(course, time(0) - 1n)).toBeUndefined()
  })

  test('behavior: what the newest moment does not tell has no figure up to now, but one of older spans', () => {
    const silent = { ...momentAt(truths, 3), rates: {} }
    const stale = courseOf(REPORTING, { moments: [...moments.slice(0, 3), silent], ...logsOf(world) })
    expect(earnedIn(stale, { id: 'all', from: undefined, until: undefined })).toBeUndefined()
    expect(earnedIn(stale, { id: 'x', from: time(0), until: time(2) })?.low).toBe(WAD * (WAD / 10n))
  })

  test('behavior: what the oldest moment does not tell starts later, and says so', () => {
    const late = courseOf(REPORTING, {
      moments: [{ ...momentAt(truths, 0), units: {} }, ...moments.slice(1)],
      ...logsOf(world),
    })
    expect(earnedIn(late, { id: 'all', from: undefined, until: undefined })?.isCut).toBe(true)
    expect(earnedIn(course, { id: 'all', from: undefined, until: undefined })?.isCut).toBe(false)
  })
})
