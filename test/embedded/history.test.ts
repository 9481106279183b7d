import { describe, expect, test } from 'vitest'
import { createHistory, dayAfter } from '../../src/embedded/history.ts'
import { WAD } from '../../src/embedded/line.ts'
import { drawBetween, wave } from '../../src/embedded/random.ts'
import { ageOf, HistoryTooShort, landedAt, measuredAt, versionAt } from '../../src/embedded/schedule.ts'

const now = 1_795_000_000n
const years = createHistory({ days: 1095, now, seed: 7 })
const { schedule, days, opening } = years
const last = days[days.length - 1] ?? opening

/** Steps of the reported rETH rate in hundredths of a basis point, with the report's day. */
function reportedSteps() {
  const steps: { day: number; step: bigint }[] = []
  let before = opening
  for (const day of days) {
    if (day.rocketPool === undefined) continue
    steps.push({ day: day.day, step: ((day.rethRate - before.rethRate) * 1_000_000n) / before.rethRate })
    before = day
  }
  return steps
}

const near = (value: bigint, wanted: bigint, within: bigint) =>
  value >= wanted - within && value <= wanted + within

describe('createHistory', () => {
  test('default', () => {
    expect(days).toHaveLength(1095)
    expect(near(opening.rethRate, 10905n * 10n ** 14n, 10n ** 15n)).toBe(true)
    expect(near(last.rethRate, 11760n * 10n ** 14n, 10n ** 9n)).toBe(true)
    expect(near(opening.ankrRate, 11330n * 10n ** 14n, 10n ** 15n)).toBe(true)
    expect(near(last.ankrRate, 12210n * 10n ** 14n, 10n ** 9n)).toBe(true)
    const lidoRate = ({ totalEther, totalShares }: typeof last.lido) => (totalEther * WAD) / totalShares
    expect(near(lidoRate(opening.lido), 11420n * 10n ** 14n, 10n ** 15n)).toBe(true)
    expect(near(lidoRate(last.lido), 12495n * 10n ** 14n, 10n ** 9n)).toBe(true)
    expect(last.ethUsd).toBe(3_000_00000000n)
    expect(near(last.rocketPool?.totalEth ?? 0n, 402_000n * WAD, 3_000n * WAD)).toBe(true)
  })

  test('behavior: the same seed gives the same history, another seed another one', () => {
    expect(createHistory({ days: 1095, now, seed: 7 })).toEqual(years)
    expect(createHistory({ days: 1095, now, seed: 8 }).days[500]).not.toEqual(days[500])
  })

  test('behavior: a later now moves the times and nothing else', () => {
    const later = createHistory({ days: 1095, now: now + 12_345n, seed: 7 })
    for (const [index, day] of later.days.entries()) {
      expect(day.measuredAt - (days[index]?.measuredAt ?? 0n)).toBe(12_345n)
      expect(day.rethRate).toBe(days[index]?.rethRate)
    }
  })

  test('behavior: daily steps are those of the real pool', () => {
    const special = [schedule.missedDay + 1, schedule.exceptionalDay]
    const steps = reportedSteps().filter(({ day }) => !special.includes(day))
    const isSmall = (day: number) => ageOf(schedule, day) % 28 === 13
    const small = steps.filter(({ day }) => isSmall(day))
    expect(small).toHaveLength(39)
    expect(small.every(({ step }) => step >= 35n && step <= 47n)).toBe(true)
    expect(steps.every(({ day, step }) => isSmall(day) || (step >= 50n && step <= 92n))).toBe(true)
  })

  test('behavior: one report is missed and the next one makes up for it', () => {
    expect(days.filter(({ rocketPool }) => rocketPool === undefined).map(({ day }) => day)).toEqual([372])
    expect(reportedSteps().find(({ day }) => day === 373)?.step).toBeGreaterThan(110n)
  })

  test('behavior: one report is exceptional', () => {
    expect(reportedSteps().filter(({ step }) => step > 300n)).toEqual([{ day: 678, step: 348n }])
  })

  test('behavior: a report tells the supply of before its block', () => {
    expect(days[10]?.rocketPool?.rethSupply).toBe(days[9]?.rethSupply)
    expect(days[10]?.rethSupply).not.toBe(days[9]?.rethSupply)
  })

  test('behavior: the ratio of ankrETH falls every day within its threshold', () => {
    for (const [index, day] of days.entries()) {
      const before = (days[index - 1] ?? opening).ankrRatio
      expect(day.ankrRatio < before && day.ankrRatio > before - before / 1000n).toBe(true)
    }
  })

  test('behavior: the fee of Lido is a tenth of the rewards', () => {
    for (const [index, { lido }] of days.entries()) {
      const before = (days[index - 1] ?? opening).lido
      const feeInEther = (lido.feeShares * lido.totalEther) / lido.totalShares
      const rateBefore = (before.totalEther * WAD) / before.totalShares
      const netPerShare = (lido.totalEther * WAD) / lido.totalShares - rateBefore
      const net = (netPerShare * before.totalShares) / WAD
      expect(near(feeInEther, net / 9n, net / 100_000n)).toBe(true)
      expect(lido.timeElapsed).toBe(86_400n)
    }
  })

  test('behavior: the price of ether stays plausible', () => {
    expect(days.every(({ ethUsd }) => ethUsd > 1_200_00000000n && ethUsd < 5_500_00000000n)).toBe(true)
  })

  test('behavior: a short history has the end and the yield of a long one', () => {
    const short = createHistory({ days: 40, now, seed: 7 })
    expect(near(short.days[39]?.rethRate ?? 0n, 11760n * 10n ** 14n, 10n ** 9n)).toBe(true)
    expect(short.opening.rethRate).toBeGreaterThan(1_170_000_000_000_000_000n)
  })

  test('behavior: the history can be carried on beyond its end', () => {
    const next = dayAfter(schedule, last)
    expect(next.measuredAt - last.measuredAt).toBe(86_400n)
    expect(next.rethRate).toBeGreaterThan(last.rethRate)
    expect(next.rocketPool?.rethSupply).toBe(last.rethSupply)
  })
})

describe('planSchedule', () => {
  test('default', () => {
    expect(schedule.switchDays).toEqual([219, 547, 876])
    expect(createHistory({ days: 40, now, seed: 7 }).schedule.switchDays).toEqual([8, 20, 32])
  })

  test('behavior: reports land after they are measured, before the next is measured', () => {
    for (let day = 0; day < 1100; day++) {
      const delay = landedAt(schedule, day) - measuredAt(schedule, day)
      expect(delay >= 720n && delay <= 7200n).toBe(true)
      expect(measuredAt(schedule, day + 1)).toBeGreaterThan(landedAt(schedule, day))
    }
  })

  test('behavior: v4 never gets a report too soon', () => {
    const first = schedule.switchDays[2]
    expect(versionAt(schedule, first)).toBe(4)
    for (let day = first + 1; day < 1100; day++) {
      expect(landedAt(schedule, day) - landedAt(schedule, day - 1)).toBeGreaterThanOrEqual(82_080n)
    }
  })

  test('behavior: the last report lands more than 64 blocks before now', () => {
    expect(now - landedAt(schedule, 1094)).toBe(73n * 12n)
  })

  test('error: HistoryTooShort', () => {
    expect(() => createHistory({ days: 19, now, seed: 7 })).toThrow(HistoryTooShort)
    expect(() => createHistory({ days: 30.5, now, seed: 7 })).toThrow(HistoryTooShort)
    expect(() => createHistory({ days: 20, now, seed: 7 })).not.toThrow()
  })
})

describe('random', () => {
  test('default', () => {
    const draws = Array.from({ length: 2000 }, (_, index) => drawBetween(1, 2, index - 1000, -3n, 3n))
    expect(new Set(draws)).toEqual(new Set([-3n, -2n, -1n, 0n, 1n, 2n, 3n]))
    expect(drawBetween(1, 2, 3, 0n, 10n ** 9n)).toBe(drawBetween(1, 2, 3, 0n, 10n ** 9n))
    expect(drawBetween(1, 2, 3, 0n, 10n ** 9n)).not.toBe(drawBetween(1, 3, 3, 0n, 10n ** 9n))
  })

  test('behavior: a wave keeps to its amplitude on both sides of 0', () => {
    const heights = Array.from({ length: 400 }, (_, index) => wave(index - 200, 40, 100n))
    expect(heights.every(height => height >= -100n && height <= 100n)).toBe(true)
    expect(heights).toContain(100n)
    expect(heights).toContain(-100n)
  })
})
