import { toFunctionSelector } from 'viem'
import { describe, expect, test } from 'vitest'
import { PLACES } from '../../src/embedded/addresses.ts'
import { createHistory } from '../../src/embedded/history.ts'
import { checkScenario, type Scenario, ScenarioImpossible } from '../../src/embedded/scenario.ts'
import { ageOf, landedAt, measuredAt, versionAt } from '../../src/embedded/schedule.ts'
import { DAY, WAD } from '../../src/math/fixedPoint.ts'
import { NOW, testChain } from '../support/chain.ts'
import { createReading } from './reading.ts'
import {
  impliedApy,
  largestError,
  readAnkrReports,
  readLidoReports,
  readRocketReports,
  type TestReport,
} from './reports.ts'

const HOUR = 3600n
const DAYS = 120
const STEADY = (3n * WAD) / 100n
const EXCEPTIONAL = (7n * WAD) / 100n
const HALF_PERCENT = WAD / 200n
/** A millionth of a percent point. */
const MILLIONTH = WAD / 10n ** 8n
/** What rounding a rate to 18 decimals moves the APY of a day by, and a little more. */
const DUST = 10n ** 4n

const STEADY_DAYS: Scenario = { steadyApy: STEADY, jitter: 2n * HOUR }
const EVENTS: Scenario = {
  steadyApy: STEADY,
  exceptional: { daysAgo: 12, apy: EXCEPTIONAL },
  fall: { daysAgo: 20, fraction: HALF_PERCENT, pool: 'lido' },
  silentDays: 3,
  jitter: 2n * HOUR,
}

const lastOf = <Item>(items: readonly Item[]): Item => {
  const last = items[items.length - 1]
  if (last === undefined) throw new RangeError('There is no last one.')
  return last
}

describe('a steady yield', () => {
  const steady = testChain({ days: DAYS, scenario: STEADY_DAYS })
  const reading = () => createReading(steady.chain)

  test('default: any two reports of Rocket Pool imply 3 %, over all four contracts', async () => {
    const reports = await readRocketReports(reading())
    expect(reports).toHaveLength(DAYS)
    expect(new Set(reports.map(({ address }) => address)).size).toBe(4)
    expect(largestError(reports, STEADY, 7n * DAY)).toBeLessThan(MILLIONTH)
    expect(largestError(reports, STEADY, 0n)).toBeLessThan(DUST)
    for (const { rate, block } of reports) {
      expect(await reading().read(PLACES.reth, 'getExchangeRate()', [], block)).toBe(rate)
    }
  })

  test('behavior: the same in the arithmetic of a pocket calculator', async () => {
    const reports = await readRocketReports(reading())
    const [first, last] = [reports[0] ?? lastOf(reports), lastOf(reports)]
    const years = Number(last.time - first.time) / 31_536_000
    expect((Number(last.rate) / Number(first.rate)) ** (1 / years) - 1).toBeCloseTo(0.03, 12)
  })

  test('behavior: any two reports of Lido imply 3 %, and a tenth goes to the fee', async () => {
    const reports = await readLidoReports(reading())
    expect(reports).toHaveLength(DAYS)
    expect(largestError(reports, STEADY, 0n)).toBeLessThan(DUST)
    expect(reports.every(({ fee }) => fee > 0n)).toBe(true)
    const { block, rate } = lastOf(reports)
    expect(await reading().read(PLACES.wsteth, 'stEthPerToken()', [], block)).toBe(rate)
  })

  test('behavior: any two reports of Ankr imply 3 % by the times at which they landed', async () => {
    const reports = await readAnkrReports(reading())
    expect(reports).toHaveLength(DAYS - 1 - steady.chain.history.schedule.ankrDay)
    expect(largestError(reports, STEADY, 0n)).toBeLessThan(DUST)
    // By whole days apart they would not.
    const daily = reports.map((report, index) => ({ ...report, time: BigInt(index) * DAY }))
    expect(largestError(daily, STEADY, 0n)).toBeGreaterThan(WAD / 1000n)
  })

  test.each([
    ['binance', '0xa2E3356610840701BDf5611a53974510Ae27E2e1', 'exchangeRate()'],
    ['swell', '0xf951E335afb289353dc249e82926178EaC7DEd78', 'swETHToETHRate()'],
    ['stader', '0xcf5EA1b38380f6aF39068375516Daf40Ed70D299', 'getExchangeRate()'],
  ] as const)('behavior: so do the rates of %s', async (_, address, call) => {
    const blocks = steady.chain.landmarks.dayBlocks.slice(10)
    const points = await Promise.all(
      blocks.map(async block => ({
        time: await reading().time(block),
        rate: await reading().word(address, toFunctionSelector(call), [], block),
      })),
    )
    expect(largestError(points, STEADY, 0n)).toBeLessThan(DUST)
  })

  test('behavior: reports land up to 2 h sooner or later, and are measured at the same time of the day', async () => {
    const reports = await readRocketReports(reading())
    const phases = reports.map(({ landed }) => landed % DAY)
    const sorted = phases.toSorted((a, b) => (a < b ? -1 : 1))
    const width = lastOf(sorted) - (sorted[0] ?? 0n)
    expect(width > 3n * HOUR && width <= 4n * HOUR).toBe(true)
    const told = reports.filter(({ address }) => address !== PLACES.rocketBalances1.toLowerCase())
    const regular = told.filter(({ address }) => address !== PLACES.rocketBalances2.toLowerCase())
    expect(regular.length).toBeGreaterThan(DAYS / 3)
    expect(new Set(regular.map(({ time }) => time % DAY)).size).toBe(1)
    const lido = await readLidoReports(reading())
    expect(new Set(lido.map(({ time }) => time % DAY)).size).toBe(1)
  })

  test('behavior: a day is still two blocks, measured and then landed', async () => {
    const { dayBlocks, referenceBlocks } = steady.chain.landmarks
    let before = 0n
    for (const [day, block] of dayBlocks.entries()) {
      expect(block).toBe(2n * BigInt(day) + 4n)
      expect(referenceBlocks[day]).toBe(block - 1n)
      const [measured, landed] = [await reading().time(block - 1n), await reading().time(block)]
      expect(measured > before && landed >= measured + 10n * 60n).toBe(true)
      before = landed
    }
  })
})

describe('events amid a steady yield', () => {
  const eventful = testChain({ days: 60, scenario: EVENTS })
  const reading = () => createReading(eventful.chain)
  /** The yields between neighbours, by how many days before the end the later one is. */
  const yieldsOf = (reports: readonly TestReport[], lastAge: number) =>
    new Map(
      reports
        .slice(1)
        .map((to, index) => [lastAge + reports.length - 2 - index, impliedApy(reports[index] ?? to, to)]),
    )
  const isNear = (value: bigint | undefined, wanted: bigint) =>
    value !== undefined && value - wanted < DUST && wanted - value < DUST

  test('default: one report of Rocket Pool is worth 7 %', async () => {
    const yields = yieldsOf(await readRocketReports(reading()), 3)
    expect(isNear(yields.get(12), EXCEPTIONAL)).toBe(true)
    expect([...yields].filter(([, apy]) => !isNear(apy, STEADY)).map(([age]) => age)).toEqual([12])
  })

  test('behavior: one report of Lido is a fall of 0.5 % that mints no fee', async () => {
    const reports = await readLidoReports(reading())
    const fallen = reports[reports.length - 1 - 20]
    const before = reports[reports.length - 2 - 20]
    const lost = ((before?.rate ?? 0n) - (fallen?.rate ?? 0n)) * WAD
    expect(lost / (before?.rate ?? 1n)).toBe(HALF_PERCENT)
    expect(reports.filter(({ fee }) => fee === 0n)).toEqual([fallen])
    const others = [...yieldsOf(reports, 0)].filter(([age]) => age !== 20)
    expect(others.every(([, apy]) => isNear(apy, STEADY))).toBe(true)
  })

  test('behavior: Rocket Pool is silent at the end, and the others are not', async () => {
    const reports = await readRocketReports(reading())
    expect(reports).toHaveLength(57)
    const { landed } = lastOf(reports)
    expect(NOW - landed > 3n * DAY && NOW - landed < 4n * DAY).toBe(true)
    expect(NOW - lastOf(await readLidoReports(reading())).landed).toBeLessThan(DAY / 4n)
    const stored = await reading().read(PLACES.rocketBalances4, 'getBalancesTimestamp()')
    expect(stored).toBe(landed)
  })

  test('behavior: an ended silence brings the rate that was due, once', async () => {
    const silent = lastOf(await readRocketReports(reading()))
    await eventful.chain.endSilence()
    await eventful.chain.endSilence()
    const reports = await readRocketReports(reading())
    expect(reports).toHaveLength(58)
    const told = lastOf(reports)
    expect(told.block).toBe(eventful.chain.headBlock + 1n)
    expect(told.landed).toBe(NOW + 12n)
    expect(told.time).toBe(silent.time + 3n * DAY)
    expect(isNear(impliedApy(silent, told), STEADY)).toBe(true)
    expect(await reading().read(PLACES.reth, 'getExchangeRate()')).toBe(told.rate)
  })
})

describe('a fall of Rocket Pool', () => {
  const fallen = testChain({
    days: 30,
    scenario: { steadyApy: STEADY, fall: { daysAgo: 2, fraction: HALF_PERCENT, pool: 'rocket-pool' } },
  })

  test('default', async () => {
    const reports = await readRocketReports(createReading(fallen.chain))
    const [before, after] = [reports[26], reports[27]]
    const lost = ((before?.rate ?? 0n) - (after?.rate ?? 0n)) * WAD
    expect(lost / (before?.rate ?? 1n)).toBe(HALF_PERCENT)
    expect(largestError(reports.slice(0, 27), STEADY, 0n)).toBeLessThan(DUST)
    await fallen.chain.endSilence()
    expect(await readRocketReports(createReading(fallen.chain))).toHaveLength(30)
  })
})

describe('jitter', () => {
  test.each([0n, 12n, 2n * HOUR, 6n * HOUR])('default: of %i s keeps the order of blocks', jitter => {
    for (const seed of [1, 2, 3]) {
      const { schedule } = createHistory({ days: 200, now: NOW, seed, scenario: { jitter } })
      for (let day = 0; day < 230; day++) {
        const landed = landedAt(schedule, day)
        expect(landed).toBeGreaterThanOrEqual(measuredAt(schedule, day) + 720n)
        expect(measuredAt(schedule, day + 1)).toBeGreaterThan(landed)
        const gap = landedAt(schedule, day + 1) - landed
        expect(gap).toBeGreaterThanOrEqual(versionAt(schedule, day) === 4 ? 23n * HOUR : 12n * HOUR)
        if (ageOf(schedule, day) === 0) expect(landed).toBeLessThanOrEqual(NOW - 73n * 12n)
      }
    }
  })
})

test('behavior: the last report is older than its silence, with a jitter and without', () => {
  for (const seed of [1, 2, 3, 4, 5, 6, 7, 8, 9]) {
    for (const scenario of [{ silentDays: 3 }, { silentDays: 3, jitter: 2n * HOUR }]) {
      const { days } = createHistory({ days: 30, now: NOW, seed, scenario })
      const told = lastOf(days.filter(({ rocketPool }) => rocketPool !== undefined))
      expect(told.day).toBe(26)
      expect(NOW - told.landedAt).toBeGreaterThan(3n * DAY)
    }
  }
})

describe('checkScenario', () => {
  const fall = { daysAgo: 5, fraction: HALF_PERCENT, pool: 'rocket-pool' } as const

  test('default', () => {
    expect(() => checkScenario(EVENTS, 30)).not.toThrow()
    expect(() => checkScenario({}, 30)).not.toThrow()
    expect(() => checkScenario({ fall, silentDays: 5 }, 30)).not.toThrow()
  })

  test.each<[string, Scenario]>([
    ['a jitter over 6 h', { jitter: 6n * HOUR + 1n }],
    ['a negative jitter', { jitter: -1n }],
    ['nothing but silence', { silentDays: 30 }],
    ['half a day of silence', { silentDays: 1.5 }],
    ['a day before the history', { exceptional: { daysAgo: 30, apy: STEADY } }],
    ['a day after the history', { exceptional: { daysAgo: -1, apy: STEADY } }],
    ['an exceptional report in a silence', { exceptional: { daysAgo: 2, apy: STEADY }, silentDays: 3 }],
    ['a fall in a silence', { fall: { ...fall, daysAgo: 2 }, silentDays: 3 }],
    ['a fall of nothing', { fall: { ...fall, fraction: 0n } }],
    ['a fall of all', { fall: { ...fall, fraction: WAD, pool: 'lido' } }],
    ['a fall that Rocket Pool refuses', { fall: { ...fall, fraction: WAD / 50n + 1n } }],
  ])('error: ScenarioImpossible for %s', (_, scenario) => {
    expect(() => checkScenario(scenario, 30)).toThrow(ScenarioImpossible)
    expect(() => createHistory({ days: 30, now: NOW, seed: 1, scenario })).toThrow(ScenarioImpossible)
  })
})
