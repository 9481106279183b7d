import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DAY } from '../../src/math/fixedPoint.ts'
import { lengthOf } from '../../src/math/intervals.ts'
import { windowDays } from '../../src/math/windowDays.ts'

const DAILY = 7_200n
const FIRST = 1_700_006_400n

/** A sample a day of blocks of 12 s; day 0 ends at block 0, at midnight. */
const clockOf = (days: bigint) =>
  Array.from({ length: Number(days) + 1 }, (_, day) => ({
    block: BigInt(day) * DAILY,
    time: FIRST + BigInt(day) * DAY,
  }))

const days = (from: bigint, to: bigint) => ({ from, to })

describe('windowDays', () => {
  test('default: the newest day and a half, and two days around each start, newest first', () => {
    // At a quarter past: the middle of the newest day is half a day ago to the minute.
    const to = 400n * DAILY + 1_800n
    const middle = to - 1_800n
    expect(windowDays(clockOf(401n), days(0n, to))).toEqual([
      days(to - 10_800n, to),
      ...[7n, 30n, 90n, 365n].map(day => days(middle - day * DAILY - DAILY, middle - day * DAILY + DAILY)),
    ])
  })

  test('behavior: the older days stay where they are for half a day, the newest move on', () => {
    const clock = clockOf(101n)
    const [early, later, after] = [1_800n, 5_399n, 5_400n].map(past =>
      windowDays(clock, days(0n, 100n * DAILY + past)),
    )
    expect(later?.slice(1)).toEqual(early?.slice(1))
    expect(later?.[0]?.to).toBe(100n * DAILY + 5_399n)
    expect(after?.[1]?.from).toBe((early?.[1]?.from ?? 0n) + 3_600n)
  })

  test('behavior: cut to what was read; days outside of it are none', () => {
    const clock = clockOf(100n)
    const to = 100n * DAILY
    expect(windowDays(clock, days(to - 8n * DAILY, to)).map(({ from }) => from)).toEqual([
      to - 10_800n,
      to - 8n * DAILY,
    ])
    expect(windowDays(clock, days(to - 10n, to))).toEqual([days(to - 10n, to)])
  })

  test('behavior: beyond the last sample the pace goes on; one sample alone tells 12 s a block', () => {
    const slow = [
      { block: 0n, time: FIRST },
      { block: 10n, time: FIRST + 10n * DAY },
    ]
    // A block a day: 14 is 4 days after the last sample.
    expect(windowDays(slow, days(0n, 14n))[0]?.from).toBe(13n)
    const [alone] = windowDays([{ block: 100_000n, time: FIRST }], days(0n, 107_200n))
    expect(alone).toEqual(days(107_200n - 10_800n, 107_200n))
  })

  test('behavior: a block before the first sample counts from there', () => {
    const clock = clockOf(10n).map(({ block, time }) => ({ block: block + 100_000n, time }))
    expect(windowDays(clock, days(0n, 92_800n))[0]).toEqual(days(92_800n - 10_800n, 92_800n))
  })

  test('behavior: without samples there are no days', () => {
    expect(windowDays([], days(0n, 100n))).toEqual([])
  })

  test('behavior: inside the range, newest first, none twice, and some 54,000 blocks of 100 days', () => {
    const clock = clockOf(120n)
    fc.assert(
      fc.property(fc.bigInt(110n * DAILY, 121n * DAILY), fc.bigInt(1n, 110n * DAILY), (to, length) => {
        const found = windowDays(clock, days(to - length + 1n, to))
        expect(found[0]?.to).toBe(to)
        for (const [index, day] of found.entries()) {
          expect(lengthOf(day)).toBeGreaterThan(0n)
          expect(day.from).toBeGreaterThan(to - length)
          expect(day.to).toBeLessThan(found[index - 1]?.from ?? to + 1n)
        }
        expect(found.reduce((sum, day) => sum + lengthOf(day), 0n)).toBeLessThanOrEqual(54_010n)
      }),
    )
  })
})
