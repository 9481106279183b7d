import type { TimeBounds } from './blockTime.ts'
import { type BlockNumber, DAY, type Seconds, WAD, type Wad } from './fixedPoint.ts'
import { type BlockSet, covers, type Interval } from './intervals.ts'
import type { Report } from './report.ts'
import { byBlock, isStep, type Observation, type RatePoint, type SeriesRules, samplePoint } from './series.ts'

/** The reports of a pool, and what is needed to place them in time. */
export type ReportEvidence = {
  /** Ascending by block, then by place in the block. */
  readonly reports: readonly Report[]
  /** Blocks of which all reports are there. */
  readonly covered: BlockSet
  /** When a block was; undefined where nothing tells. */
  readonly timeOf: (block: BlockNumber) => TimeBounds | undefined
}

/** Blocks between two samples whose reports say something else than the samples do; the samples are believed. */
export type Contradiction = Interval & { readonly told: Wad; readonly sampled: Wad }

export type MergedEvidence = {
  /** Ascending by measured time. */
  readonly points: readonly RatePoint[]
  readonly contradictions: readonly Contradiction[]
}

/** Totals that an event tells are rounded once more by the contract: some wei at 18 decimals. */
const ROUNDING: Wad = 10n

const isSameRate = (one: Wad, other: Wad, dust: Wad = 0n): boolean => {
  const apart = one > other ? one - other : other - one
  return apart <= ROUNDING || apart * WAD <= other * dust
}

type Gap = { readonly from: Observation; readonly to: Observation; readonly reports: readonly Report[] }

/** Beyond the rates of the samples on both sides by more than a thousandth, a report between them is not believed. */
const EXCURSION = 1_000n

/** The report between two samples that cannot be true beside them, if there is one. */
function falseReport({ from, to, reports }: Gap, dust: Wad | undefined): Report | undefined {
  const last = reports.at(-1)
  if (last !== undefined && !isSameRate(last.rate, to.rate, dust)) return last
  const [low, high] = from.rate < to.rate ? [from.rate, to.rate] : [to.rate, from.rate]
  return reports.find(({ rate }) => rate < low - low / EXCURSION || rate > high + high / EXCURSION)
}

/** When a report landed: as its log tells where that can be, else as the blocks around it allow. */
function landingOf({ log }: Report, { timeOf }: ReportEvidence): TimeBounds | undefined {
  const bounds = timeOf(log.block)
  if (log.time === undefined) return bounds
  const isPossible = bounds === undefined || (log.time >= bounds.earliest && log.time <= bounds.latest)
  return isPossible ? { earliest: log.time, latest: log.time } : bounds
}

/** An oracle that measured longer ago than this when its report landed has told something else than a time. */
const LONGEST_LAG: Seconds = 7n * DAY

/** When a report's oracle measured. A time after the landing is none, and neither is one of long before. */
function measuringOf(
  { measured }: Report,
  landing: TimeBounds,
  { timeOf }: ReportEvidence,
): TimeBounds | undefined {
  if (measured.kind === 'landing') return landing
  const bounds =
    measured.kind === 'time' ? { earliest: measured.time, latest: measured.time } : timeOf(measured.block)
  if (bounds === undefined || bounds.earliest > landing.latest) return undefined
  if (bounds.latest < landing.earliest - LONGEST_LAG) return undefined
  return bounds.latest > landing.latest ? { ...bounds, latest: landing.latest } : bounds
}

/** The point that a report gives, or undefined where it cannot be placed in time. */
function reportPoint(report: Report, evidence: ReportEvidence): RatePoint | undefined {
  const landing = landingOf(report, evidence)
  const measuring = landing === undefined ? undefined : measuringOf(report, landing, evidence)
  if (landing === undefined || measuring === undefined) return undefined
  return {
    measuredAt: measuring.latest,
    notBefore: measuring.earliest,
    landedAt: landing.latest,
    block: report.log.block,
    rate: report.rate,
    evidence: 'report',
    report,
  }
}

/** Drop a report that was told twice, and of several for one measured moment all but the last to land. */
function dropRepeats(points: readonly RatePoint[]): RatePoint[] {
  const kept = new Map<string, RatePoint>()
  for (const point of points) {
    const { report, block, measuredAt, rate } = point
    const isLanding = report === undefined || report.measured.kind === 'landing'
    const moment = isLanding ? `${block} ${report?.log.index}` : `${measuredAt}`
    const before = kept.get(moment)
    if (before?.rate === rate) continue
    // Put last, where it landed.
    kept.delete(moment)
    kept.set(moment, point)
  }
  return [...kept.values()]
}

const byMeasure = (a: RatePoint, b: RatePoint): number =>
  a.measuredAt < b.measuredAt ? -1 : a.measuredAt > b.measuredAt ? 1 : byBlock(a, b)

/**
 * Put points in order of what they measured. A sample's step that landed before a report was also measured before it,
 * though the sample may be younger than what that report measured.
 */
function inOrder(points: readonly RatePoint[]): RatePoint[] {
  let next: RatePoint | undefined
  const bounded = points.toReversed().map(point => {
    if (next !== undefined && point.evidence === 'sample' && point.measuredAt >= next.measuredAt) {
      const latest = next.measuredAt - 1n
      const { notBefore } = point
      const earliest = notBefore !== undefined && notBefore > latest ? latest : notBefore
      next = { ...point, measuredAt: latest, notBefore: earliest }
    } else next = point
    return next
  })
  return bounded.sort(byMeasure)
}

/** Cut the reports at the samples: those that landed after one and at the latest with the next. */
function gapsBetween(observations: readonly Observation[], reports: readonly Report[]): Gap[] {
  let next = 0
  const [first] = observations
  while (first !== undefined && (reports[next]?.log.block ?? first.block + 1n) <= first.block) next += 1
  return observations.slice(1).flatMap((to, index): Gap[] => {
    const from = observations[index]
    if (from === undefined) return []
    const start = next
    while ((reports[next]?.log.block ?? to.block + 1n) <= to.block) next += 1
    return [{ from, to, reports: reports.slice(start, next) }]
  })
}

/**
 * Merge the two kinds of evidence for a pool whose rate is a staircase. Between two samples the reports are believed
 * where the last of them gives the rate that the second sample shows; then they replace the sample's step. Where they
 * do not, or none landed though the rate moved, the step stays as the sample shows it: a lost log erases no change, and
 * a false one makes none.
 * @param observations sorted by block, each once
 */
export function mergeEvidence(
  observations: readonly Observation[],
  evidence: ReportEvidence,
  rules: SeriesRules,
): MergedEvidence {
  const { dust } = rules
  const [first] = observations
  const points: RatePoint[] = first === undefined ? [] : [samplePoint(first, undefined, rules)]
  const contradictions: Contradiction[] = []
  let inForce = first?.rate ?? 0n
  for (const gap of gapsBetween(observations, evidence.reports)) {
    const { from, to, reports } = gap
    const last = reports.at(-1)
    const wrong = falseReport(gap, dust)
    const told = reports.flatMap(report => reportPoint(report, evidence) ?? [])
    if (last !== undefined && wrong === undefined && told.length === reports.length) {
      points.push(...told)
      inForce = last.rate
      continue
    }
    const blocks = { from: from.block + 1n, to: to.block }
    if (wrong !== undefined && covers(evidence.covered, blocks))
      contradictions.push({ ...blocks, told: wrong.rate, sampled: to.rate })
    if (isStep(inForce, to.rate, dust)) {
      points.push(samplePoint(to, from, rules))
      inForce = to.rate
    }
  }
  return { points: inOrder(dropRepeats(points)), contradictions }
}
