import { ankrGrowth, isReported, lidoGrowth, rethGrowth } from './growth.ts'
import { ETHER, supplyOn, WAD } from './line.ts'
import { drawBetween, wave } from './random.ts'
import {
  ageOf,
  DAY,
  dayTime,
  landedAt,
  measuredAt,
  planSchedule,
  type Schedule,
  type ScheduleOptions,
} from './schedule.ts'

const BASIS_POINT = WAD / 10_000n
const LIDO_FEE_BASIS_POINTS = 1000n

const END = {
  reth: 1_176_000_000_000_000_000n,
  ankr: 1_221_000_000_000_000_000n,
  lido: 1_249_500_000_000_000_000n,
}
const END_PRICE = 3_000_00000000n

const STREAM = { price: 14, supply: 15, market: 16 }

/** One snapshot of Rocket Pool's oracle, in wei. The rate is `totalEth / rethSupply`. */
export type RocketReport = {
  readonly totalEth: bigint
  readonly stakingEth: bigint
  readonly rethSupply: bigint
}

/** One rebase of stETH. Totals in wei and in shares of 18 decimals. */
type LidoReport = {
  readonly reportTimestamp: bigint
  readonly timeElapsed: bigint
  readonly totalShares: bigint
  readonly totalEther: bigint
  readonly feeShares: bigint
}

/** All that happens on one day. Amounts have 18 decimals, `ethUsd` has 8, times are seconds. */
export type Day = {
  readonly day: number
  readonly measuredAt: bigint
  readonly landedAt: bigint
  /** The oracle's true rate, whether or not it reported it. */
  readonly rethRate: bigint
  /** Undefined on a day on which the oracle did not report. */
  readonly rocketPool: RocketReport | undefined
  /** The live supply at the end of the day's block; the next report tells it. */
  readonly rethSupply: bigint
  readonly depositPool: bigint
  readonly ankrRate: bigint
  /** ankrETH per ETH: the inverse of a rate. */
  readonly ankrRatio: bigint
  readonly ankrSupply: bigint
  readonly ankrPending: bigint
  readonly lido: LidoReport
  readonly ethUsd: bigint
  readonly rethMarket: bigint
  readonly stethMarket: bigint
}

/** The days of a history, and the state from which they start. */
export type History = { readonly schedule: Schedule; readonly opening: Day; readonly days: readonly Day[] }

/**
 * Work out the history of a number of days that ends at `now` (seconds), from a seed.
 *
 * The values at the end are fixed; the start follows from the growth between, so that a short history has the same
 * yields as a long one. Throws HistoryTooShort or ScenarioImpossible.
 */
export function createHistory(options: ScheduleOptions): History {
  const schedule = planSchedule(options)
  let opening = openingDay(schedule)
  const prices = pricesBackwards(schedule)
  opening = { ...opening, ethUsd: prices[0] ?? END_PRICE }
  const days: Day[] = []
  let last = opening
  for (let day = 0; day < schedule.days; day++) {
    last = { ...dayAfter(schedule, last), ethUsd: prices[day + 1] ?? END_PRICE }
    days.push(last)
  }
  return { schedule, opening, days }
}

/** Work out the day after a day. Beyond the history's end this carries it on. */
export function dayAfter(schedule: Schedule, last: Day): Day {
  const day = last.day + 1
  const rethRate = (last.rethRate * (WAD + rethGrowth(schedule, day))) / WAD
  const ankrRate = (last.ankrRate * (WAD + ankrGrowth(schedule, day))) / WAD
  const totalEth = (last.rethSupply * rethRate) / WAD
  const depositPool = depositPoolAt(day)
  return {
    day,
    measuredAt: measuredAt(schedule, day),
    landedAt: landedAt(schedule, day),
    rethRate,
    rocketPool: isReported(schedule, day)
      ? { totalEth, stakingEth: totalEth - 6_000n * ETHER - depositPool, rethSupply: last.rethSupply }
      : undefined,
    rethSupply: rethSupplyAt(schedule, day),
    depositPool,
    ankrRate,
    ankrRatio: (WAD * WAD) / ankrRate,
    ankrSupply: supplyAt(schedule, day, 38_000n * ETHER, 16_000n * ETHER),
    ankrPending: 500n * ETHER + wave(day, 31, 350n * ETHER),
    lido: lidoAfter(schedule, last.lido, day),
    ethUsd: nextPrice(schedule, last.ethUsd, day),
    ...marketAt(schedule, day, rethRate),
  }
}

function openingDay(schedule: Schedule): Day {
  const day = -1
  const rethRate = startRate(schedule, END.reth, at => rethGrowth(schedule, at))
  const ankrRate = startRate(schedule, END.ankr, at => ankrGrowth(schedule, at))
  const lidoRate = startRate(schedule, END.lido, at => lidoGrowth(schedule, at))
  const rethSupply = rethSupplyAt(schedule, day)
  const totalEth = (rethSupply * rethRate) / WAD
  const totalEther = lidoEtherAt(schedule, day)
  const depositPool = depositPoolAt(day)
  return {
    day,
    measuredAt: measuredAt(schedule, day),
    landedAt: landedAt(schedule, day),
    rethRate,
    rocketPool: { totalEth, stakingEth: totalEth - 6_000n * ETHER - depositPool, rethSupply },
    rethSupply,
    depositPool,
    ankrRate,
    ankrRatio: (WAD * WAD) / ankrRate,
    ankrSupply: supplyAt(schedule, day, 38_000n * ETHER, 16_000n * ETHER),
    ankrPending: 500n * ETHER,
    lido: {
      reportTimestamp: lidoReportAt(schedule, day),
      timeElapsed: DAY,
      totalShares: (totalEther * WAD) / lidoRate,
      totalEther,
      feeShares: 0n,
    },
    ethUsd: END_PRICE,
    ...marketAt(schedule, day, rethRate),
  }
}

function startRate(schedule: Schedule, end: bigint, growthAt: (day: number) => bigint): bigint {
  let rate = end
  for (let day = schedule.days - 1; day >= 0; day--) rate = (rate * WAD) / (WAD + growthAt(day))
  return rate
}

function supplyAt(schedule: Schedule, day: number, threeYearsAgo: bigint, atEnd: bigint): bigint {
  return supplyOn(schedule, day, { threeYearsAgo, atEnd, stream: STREAM.supply })
}

function rethSupplyAt(schedule: Schedule, day: number): bigint {
  return supplyAt(schedule, day, 560_000n * ETHER, 346_000n * ETHER)
}

function depositPoolAt(day: number): bigint {
  return 9_000n * ETHER + wave(day, 61, 6_000n * ETHER) + wave(day, 17, 1_500n * ETHER)
}

function lidoEtherAt(schedule: Schedule, day: number): bigint {
  return supplyAt(schedule, day, 9_350_000n * ETHER, 8_990_000n * ETHER)
}

function lidoReportAt(schedule: Schedule, day: number): bigint {
  return dayTime(schedule, day) - 300n * 12n
}

/** Work out a rebase: rewards, then shares for the fee on what is earned, then what was staked or withdrawn. */
function lidoAfter(schedule: Schedule, last: LidoReport, day: number): LidoReport {
  const net = lidoGrowth(schedule, day)
  const feeBasisPoints = net < 0n ? 0n : LIDO_FEE_BASIS_POINTS
  const rewards = (last.totalEther * net * 10_000n) / ((10_000n - feeBasisPoints) * WAD)
  const fee = (rewards * feeBasisPoints) / 10_000n
  const grown = last.totalEther + rewards
  const feeShares = (fee * last.totalShares) / (grown - fee)
  const shares = last.totalShares + feeShares
  const totalEther = lidoEtherAt(schedule, day)
  const reportTimestamp = lidoReportAt(schedule, day)
  return {
    reportTimestamp,
    timeElapsed: reportTimestamp - last.reportTimestamp,
    totalShares: (shares * totalEther) / grown,
    totalEther,
    feeShares,
  }
}

function marketAt(schedule: Schedule, day: number, rethRate: bigint) {
  const age = ageOf(schedule, day)
  const premium = drawBetween(schedule.seed, STREAM.market, age, -35n, 8n)
  return {
    rethMarket: rethRate + (rethRate * premium) / 10_000n,
    stethMarket: WAD - drawBetween(schedule.seed, STREAM.market, age + 100_000, -5n, 25n) * BASIS_POINT,
  }
}

/** Give the next ETH price: a walk of up to 3.5 % a day, held near its end value. */
function nextPrice(schedule: Schedule, price: bigint, index: number): bigint {
  const move = drawBetween(schedule.seed, STREAM.price, ageOf(schedule, index), -350n, 350n)
  return price + (price * move) / 10_000n + (END_PRICE - price) / 60n
}

/** Walk the price from its end back to the start. */
function pricesBackwards(schedule: Schedule): bigint[] {
  const prices = [END_PRICE]
  for (let day = schedule.days - 1; day >= 0; day--) {
    prices.push(nextPrice(schedule, prices[prices.length - 1] ?? END_PRICE, day))
  }
  return prices.reverse()
}

/** Move the ETH price for one refresh of the feed between two days, by up to 0.15 %. */
export function refreshedPrice(seed: number, price: bigint, index: number): bigint {
  return price + (price * drawBetween(seed, STREAM.price, -100_000 - index, -15n, 15n)) / 10_000n
}
