import { DAY, mulDivDown, type Seconds, WAD, type Wad, YEAR } from '../../src/math/fixedPoint.ts'
import { valueInEther } from '../../src/math/holdings.ts'
import type { RatePoint } from '../../src/math/series.ts'
import { growthBetween, heldSince, inAYear } from '../../src/math/whatIf.ts'
import { farthest, yieldBand } from '../../src/math/window.ts'
import { impliedApr, impliedApy, type RateAt } from '../../src/math/yield.ts'
import { believed, cbethYields, lastYield } from './cbethEvidence.ts'
import { count, cut, percent, whole } from './digits.ts'
import {
  ankrRatios,
  CBETH_BEFORE_SEPTEMBER,
  cbethRates,
  dividedByOne,
  lidoWeek,
  type TokenRate,
  weethSteps,
  wstethRates,
} from './tokenRates.ts'
import { lidoRebases, type ReportRow, reportRows } from './vectors.ts'
import { earnedExample, lotsExample } from './walletExamples.ts'

function must<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new TypeError('A known answer is missing.')
  return value
}

const rowAt = (block: bigint): ReportRow => must(reportRows.find(row => row.block === block))

/** Rocket Pool's report that measured a block: five of those whose event tells the time. */
const june = rowAt(20_123_856n)
const dayLater = rowAt(20_131_012n)
const august = rowAt(20_632_311n)
const dayBefore = rowAt(20_675_283n)
const september = rowAt(20_682_453n)

const at = ({ slotTimestamp, rate }: ReportRow): RateAt => ({ time: must(slotTimestamp), rate })

const utc = (time: Seconds): string =>
  new Date(Number(time) * 1_000).toISOString().slice(0, 19).replace('T', ' ')

const yields = (start: RateAt, end: RateAt): string =>
  `APR = ${percent(impliedApr(start, end), 8)} %, APY = ${percent(impliedApy(start, end), 8)} %`

const rates: readonly string[] = [
  `rETH, reference block ${count(june.block)}:`,
  `  ${june.totalEth} × 10¹⁸ ÷ ${june.rethSupply}`,
  `  = ${mulDivDown(june.totalEth, WAD, june.rethSupply)}, that is ${whole(june.rate)} ETH`,
  'ankrETH, from its inverse:',
  ...ankrRatios.map(
    ({ ratio, rate }) => `  10³⁶ ÷ ${ratio} = ${WAD ** 2n / ratio}, that is ${whole(rate)} ETH`,
  ),
]

const millionths = ([from, to]: readonly [Wad, Wad]): string => cut(((to - from) * WAD) / from, 6, 12)

const dust: readonly string[] = [
  `weETH, no event:   ${weethSteps.withoutEvent.map(whole).join(' → ')}: ${millionths(weethSteps.withoutEvent)} millionths, dust`,
  `weETH, a rebase:   ${weethSteps.withEvent.map(whole).join(' → ')}: ${millionths(weethSteps.withEvent)} millionths, a step`,
]

const deposits = must(lidoRebases.find(({ timeElapsed }) => timeElapsed === 9_244_800n))
const perShare = (ether: bigint, shares: bigint): Wad => mulDivDown(ether, WAD, shares)
const sharesBefore = perShare(deposits.preTotalEther, deposits.preTotalShares)
const sharesAfter = perShare(deposits.postTotalEther, deposits.postTotalShares)
const grownBy = (before: bigint, after: bigint): bigint => mulDivDown(after - before, WAD, before)

const supply: readonly string[] = [
  `rETH: ${whole(june.rethSupply)} × ${whole(june.rate)}`,
  `  = ${whole(valueInEther(june.rethSupply, june.rate))} ETH`,
  `stETH, over ${deposits.timeElapsed / DAY} days:`,
  `  in all ${cut(deposits.preTotalEther, 2)} → ${cut(deposits.postTotalEther, 2)} ETH: +${percent(grownBy(deposits.preTotalEther, deposits.postTotalEther), 2)} %, most of it deposits`,
  `  a share ${cut(sharesBefore, 6)} → ${cut(sharesAfter, 6)} ETH: +${percent(grownBy(sharesBefore, sharesAfter), 2)} %, the yield`,
]

const lagOf = (row: ReportRow): Seconds => row.time - must(row.slotTimestamp)

const measured: readonly string[] = [june, september].map(
  row =>
    `Rocket Pool, block ${count(row.block)}: measured ${utc(must(row.slotTimestamp))}, landed ${utc(row.time)}, ${lagOf(row)} s later`,
)

const belief: readonly string[] = [
  `cbETH, before and after block ${count(cbethRates.september.block)}: ${whole(CBETH_BEFORE_SEPTEMBER)}, ${whole(cbethRates.september.rate)}`,
  `  the last report between must tell ${whole(cbethRates.september.rate)}, to 10 wei`,
  `  any other must lie between ${whole(believed.low)} and ${whole(believed.high)}`,
]

const week: readonly string[] = [
  `R₁ = ${august.totalEth} ÷ ${august.rethSupply} = ${whole(august.rate)}`,
  `R₂ = ${september.totalEth} ÷ ${september.rethSupply} = ${whole(september.rate)}`,
  `Δt = ${must(september.slotTimestamp)} − ${must(august.slotTimestamp)} = ${count(at(september).time - at(august).time)} s`,
  yields(at(august), at(september)),
]

const longer: readonly string[] = [
  `rETH, ${whole(june.rate)} → ${whole(september.rate)}, ${count(at(september).time - at(june).time)} s:`,
  `  ${yields(at(june), at(september))}`,
  ...lidoRebases.map(({ timeElapsed, preTotalShares, preTotalEther, postTotalShares, postTotalEther }) => {
    const [from, to] = [
      mulDivDown(preTotalEther, 10n ** 27n, preTotalShares),
      mulDivDown(postTotalEther, 10n ** 27n, postTotalShares),
    ]
    const apr = impliedApr({ time: 0n, rate: from }, { time: timeElapsed, rate: to })
    return `stETH, ${cut(from, 9, 27)} → ${cut(to, 9, 27)}, ${count(timeElapsed)} s: APR = ${percent(apr, 6)} %`
  }),
]

/** What comes of dividing the growth by 1 instead of by the first rate. */
const overOne = (start: TokenRate, end: TokenRate): Wad =>
  mulDivDown((end.rate - start.rate) * YEAR, 1n, end.time - start.time)

const hundredths = (value: bigint): string => cut(value, 2, 2)

const divided: readonly string[] = [
  `cbETH, ${whole(cbethRates.previous.rate)} → ${whole(cbethRates.newest.rate)}, ${count(cbethRates.newest.time - cbethRates.previous.time)} s:`,
  `  APR = ${percent(impliedApr(cbethRates.previous, cbethRates.newest), 4)} %; divided by 1 it would be ${percent(overOne(cbethRates.previous, cbethRates.newest), 4)} %`,
  ...dividedByOne.map(
    ({ symbol, shown, right }) =>
      `${symbol}, seen in public: ${hundredths(shown)} % where ${hundredths(right)} % was right`,
  ),
]

/** What a window of whole days by the clock shows of 3.00 % a year that comes in daily steps: one step more or less. */
const byTheClock = (days: bigint): string => {
  const shown = (steps: bigint): string => percent((3n * WAD * steps) / (100n * days), 2)
  return `${days} d by the clock hold ${days - 1n} to ${days + 1n} steps: ${shown(days - 1n)} to ${shown(days + 1n)} %`
}

const aliasing: readonly string[] = [7n, 30n, 90n].map(byTheClock)

const gap = growthBetween(cbethRates.beforeGap, cbethRates.afterGap)

const snapped: readonly string[] = [
  `cbETH, ${whole(cbethRates.beforeGap.rate)} → ${whole(cbethRates.afterGap.rate)}, ${count(gap.span)} s:`,
  `  over its own time:   APR = ${percent(impliedApr(cbethRates.beforeGap, cbethRates.afterGap), 2)} %`,
  `  day by day:          APR = 0.00 % on the first day, ${percent((gap.fraction * YEAR) / DAY, 2)} % on the second`,
]

const { byReports, bySamples } = cbethYields
const band = must(yieldBand(bySamples, 'apy'))
const notBefore = (point: RatePoint): Seconds => must(point.notBefore)

const ends: readonly string[] = [
  `cbETH, ${whole(byReports.start.rate)} → ${whole(byReports.end.rate)}`,
  `  by reports:   ${byReports.start.measuredAt} to ${byReports.end.measuredAt}, ${count(byReports.span)} s: APY = ${percent(byReports.apy, 4)} %, exact`,
  `  by samples:   ${bySamples.start.measuredAt} to ${bySamples.end.measuredAt}, ${count(bySamples.span)} s: APY = ${percent(bySamples.apy, 4)} %`,
  `  at least      ${count(notBefore(bySamples.end) - bySamples.start.measuredAt)} s, so at most  APY = ${percent(band.high, 4)} %`,
  `  at most       ${count(bySamples.end.measuredAt - notBefore(bySamples.start))} s, so at least APY = ${percent(band.low, 4)} %`,
  `  shown:        ${percent(bySamples.apy, 2)} % ±${percent(farthest(bySamples.apy, band), 2)}`,
]

/** How far an APR of 3.00 % may be off where both ends are daily samples. */
function sureness(days: bigint, lag: Seconds): string {
  const end = { landedAt: 0n, block: 0n, evidence: 'sample' } as const
  const points: RatePoint[] = [0n, days * DAY].map((measuredAt, index) => ({
    ...end,
    measuredAt,
    notBefore: measuredAt - DAY,
    lag,
    rate: WAD + (BigInt(index) * 3n * WAD * days * DAY) / (100n * YEAR),
  }))
  const result = lastYield(points)
  return percent(farthest(result.apr, must(yieldBand(result, 'apr'))), 2)
}

const sure: readonly string[] = [7n, 30n, 90n].map(
  days =>
    `APR 3.00 % over ${days} d of daily samples: ±${sureness(days, 0n)}; with 6 h more: ±${sureness(days, DAY / 4n)}`,
)

const single = (symbol: string, start: RateAt, end: RateAt): string =>
  `${symbol}, ${whole(start.rate)} → ${whole(end.rate)}, ${count(end.time - start.time)} s: APY = ${percent(impliedApy(start, end), 4)} %`

const singles: readonly string[] = [
  single('rETH', at(june), at(dayLater)),
  single('rETH', at(dayBefore), at(september)),
  single('wstETH', wstethRates.first, wstethRates.second),
  single('wstETH', wstethRates.previous, wstethRates.newest),
]

const tenths = (value: bigint): string => cut(value, 1, 2)
const others = lidoWeek.mean * 7n - lidoWeek.day

const outlier: readonly string[] = [
  `Lido, the seven days from 7 April 2025: an APR of ${hundredths(lidoWeek.day)} % once, amid ${tenths(lidoWeek.low)} to ${tenths(lidoWeek.high)} %`,
  `  mean ${hundredths(lidoWeek.mean)} %, though that of the other six was ${tenths(others / 6n)} %; median ${hundredths(lidoWeek.median)} %`,
]

const spread = lidoWeek.high - lidoWeek.low

const marks: readonly string[] = [
  `exceptional: ${hundredths(lidoWeek.day)} % amid ${tenths(lidoWeek.low)} to ${tenths(lidoWeek.high)} %: ${tenths(lidoWeek.day - lidoWeek.high)} points or more from the median,`,
  `  and three deviations are at most 3 × ${tenths(spread)} = ${tenths(3n * spread)} points`,
  `late: cbETH, ${count(gap.span)} s after the one before; 1.5 × ${count(DAY)} = ${count((3n * DAY) / 2n)} s`,
]

const growth: readonly string[] = [
  `rETH, ${whole(june.rate)} → ${whole(september.rate)}: 1 ETH became ${whole(mulDivDown(september.rate, WAD, june.rate))} ETH`,
]

const TEN = 10n * WAD
const held = heldSince(TEN, june.rate, september.rate)
const yearOn = impliedApy(at(august), at(september))

const whatIf: readonly string[] = [
  `rETH, 10 ETH at ${whole(june.rate)}, counted at ${whole(september.rate)}:`,
  `  tokens = 10 ÷ ${whole(june.rate)} = ${whole(held.tokens)} rETH`,
  `  worth = ${whole(held.tokens)} × ${whole(september.rate)} = ${whole(held.worth)} ETH`,
  `  gain = ${whole(held.gain)} ETH`,
  `a year at an APY of ${percent(yearOn, 8)} %: 10 × (1 + ${whole(yearOn)}) = ${whole(inAYear(TEN, yearOn))} ETH, a projection`,
]

const formulas: readonly string[] = ['APR = (R₂ ÷ R₁ − 1) × year ÷ Δt', 'APY = (R₂ ÷ R₁)^(year ÷ Δt) − 1']

/** The lines of METHOD.md's worked examples by section, each computed by the page's own code from known answers. */
export const methodExamples: Readonly<Record<string, readonly string[]>> = {
  Rate: [...rates, ...dust],
  'Supply and share': supply,
  Reports: [...measured, ...belief],
  'Implied APR and APY': [...formulas, ...week, ...longer, ...divided],
  'The two ends of a window': [...aliasing, ...snapped],
  'How sure: the ±': [...ends, ...sure],
  'Single reports': [...singles, ...outlier],
  'What stands out': marks,
  'The chart': growth,
  'What if': whatIf,
  'What a wallet earned': earnedExample,
  Lots: lotsExample,
}
