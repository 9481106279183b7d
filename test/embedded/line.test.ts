import { describe, expect, test } from 'vitest'
import { layCourse, WAD, worth } from '../../src/embedded/line.ts'
import { planSchedule } from '../../src/embedded/schedule.ts'
import { TWINS } from '../../src/embedded/twins/list.ts'
import { isSyncDay, streamEnd } from '../../src/embedded/twins/weekly.ts'

const plan = (days: number, seed = 7) => planSchedule({ days, now: 1_795_000_000n, seed })
const line = {
  endRate: (111n * WAD) / 100n,
  yearlyYield: { atEnd: 260n, fallInThreeYears: 60n },
  supplyThreeYearsAgo: 5_000n * WAD,
  supplyAtEnd: 9_000n * WAD,
  stream: 500,
}

describe('layCourse', () => {
  test('default: the last day has the end rate, and the years before it the yield', () => {
    const course = layCourse(plan(1095), line)
    expect(course.rateOn(1094)).toBe(line.endRate)
    const lastYear = ((line.endRate - course.rateOn(729)) * 10_000n) / course.rateOn(729)
    expect(lastYear > 255n && lastYear < 290n).toBe(true)
    expect(course.supplyOn(1094) / WAD).toBeGreaterThan(8_800n)
    expect(course.supplyOn(0) / WAD).toBeLessThan(5_100n)
  })

  test('behavior: a short history has the rates and supplies of the end of a long one', () => {
    const [short, long] = [layCourse(plan(20), line), layCourse(plan(1095), line)]
    for (const day of [0, 7, 19, 25]) {
      expect(short.rateOn(day)).toBe(long.rateOn(day + 1075))
      expect(short.supplyOn(day)).toBe(long.supplyOn(day + 1075))
      expect(short.marketOn(day)).toBe(long.marketOn(day + 1075))
    }
  })

  test('behavior: the rate rises every day, also beyond the end', () => {
    const course = layCourse(plan(30), line)
    for (let day = 0; day < 60; day++) expect(course.rateOn(day)).toBeGreaterThan(course.rateOn(day - 1))
  })

  test('behavior: another seed or stream gives another course to the same end', () => {
    const rate = (seed: number, stream: number) => layCourse(plan(40, seed), { ...line, stream }).rateOn(11)
    expect(rate(7, 500)).toBe(rate(7, 500))
    expect(new Set([rate(7, 500), rate(8, 500), rate(7, 501)]).size).toBe(3)
  })

  test('behavior: the twins end near the rates that are known of them', () => {
    const ends = Object.fromEntries(TWINS.map(({ id, line: { endRate } }) => [id, endRate / 10n ** 14n]))
    expect(ends['coinbase']).toBe(11_453n)
    expect(ends['ether-fi']).toBe(11_109n)
  })
})

test('behavior: a rate worked out of what an amount is worth is the same rate', () => {
  for (const rate of [line.endRate + 1n, WAD, 1_234_567_890_123_456_789n]) {
    expect((worth(7_777n * WAD + 13n, rate) * WAD) / (7_777n * WAD + 13n)).toBe(rate)
  }
})

describe('isSyncDay', () => {
  test.each([20, 40, 400])(
    'default: syncs of %i days are a week apart, or nine days once in a while',
    days => {
      const schedule = plan(days)
      for (const lateAge of [9, 12]) {
        const syncs = Array.from({ length: days }, (_, day) => day).filter(day =>
          isSyncDay(schedule, day, lateAge),
        )
        const gaps = syncs.slice(1).map((day, index) => day - (syncs[index] ?? 0))
        expect(gaps.every(gap => gap === 7 || gap === 9)).toBe(true)
        expect(syncs).toContain(days - 1 - lateAge)
        if (days >= 40) expect(gaps).toContain(9)
        for (const day of syncs) expect(streamEnd(schedule, day, lateAge)).toBe(day + 7)
      }
    },
  )

  test('behavior: a stream that is first seen between two syncs ends with the next', () => {
    expect(streamEnd(plan(40), 9, 12)).toBe(11)
    expect(streamEnd(plan(40), 26, 12)).toBe(27)
  })
})
