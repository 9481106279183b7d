import { mergeEvidence, type ReportEvidence } from '../../src/math/evidence.ts'
import { DAY, type Seconds, type Wad } from '../../src/math/fixedPoint.ts'
import type { Report } from '../../src/math/report.ts'
import { type Observation, type RatePoint, ratePoints } from '../../src/math/series.ts'
import { type WindowYield, yieldBetween } from '../../src/math/window.ts'
import { CBETH_BEFORE_SEPTEMBER, cbethRates, type TokenRate } from './tokenRates.ts'

/** Believed between the two samples around cbETH's update: 10 wei beyond them and no more. */
export const believed: { readonly low: Wad; readonly high: Wad } = {
  low: CBETH_BEFORE_SEPTEMBER - 10n,
  high: cbethRates.september.rate + 10n,
}

const SLOT: Seconds = 12n
const GRID = 7_200n

/** The daily sample that first shows an update, and the one before it, at 12 s a block from the update on. */
function samplesAround(update: TokenRate, before: Wad): readonly [Observation, Observation] {
  const block = (update.block / GRID + 1n) * GRID
  const time = update.time + (block - update.block) * SLOT
  return [
    { block: block - GRID, time: time - DAY, rate: before },
    { block, time, rate: update.rate },
  ]
}

export const cbethSamples: readonly Observation[] = [
  ...samplesAround(cbethRates.september, CBETH_BEFORE_SEPTEMBER),
  ...samplesAround(cbethRates.october, cbethRates.september.rate),
]

const reportOf = ({ block, time, rate }: TokenRate): Report => ({
  rate,
  measured: { kind: 'landing' },
  log: {
    block,
    index: 0n,
    address: '0xaa',
    topics: [],
    data: '0x',
    transaction: '0xbb',
    operator: 'test',
    time,
  },
})

export const cbethReports: readonly Report[] = [cbethRates.september, cbethRates.october].map(reportOf)

export const EVERYTHING: Omit<ReportEvidence, 'reports'> = {
  covered: [{ from: 0n, to: 10n ** 9n }],
  timeOf: () => undefined,
}

const RULES = { accrual: 'report' } as const

/** The yield between the last two points, whatever they are. */
export function lastYield(points: readonly RatePoint[]): WindowYield {
  const result = yieldBetween(points, points.length - 2, points.length - 1)
  if (!('apy' in result)) throw new TypeError('The example has no yield.')
  return result
}

/** The same two updates of cbETH, once as reports and once as daily samples show them. */
export const cbethYields = {
  byReports: lastYield(mergeEvidence(cbethSamples, { reports: cbethReports, ...EVERYTHING }, RULES).points),
  bySamples: lastYield(ratePoints(cbethSamples, RULES)),
} as const
