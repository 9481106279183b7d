import type { TimeBounds } from './blockTime.ts'
import { type BlockNumber, DAY, type Seconds, WAD, type Wad } from './fixedPoint.ts'
import { type BlockSet, covers, type Interval } from './intervals.ts'
import type { Report } from './report.ts'
import { isStep, type Observation, type RatePoint, type SeriesRules, samplePoint } from './series.ts'

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

/** The report between two samples that cannot be true beside them, if there is one. */
function falseReport({ from, to, reports }: Gap, dust: Wad = 0n): Report | undefined {
  const last = reports.at(-1)
  if (last !== undefined && !isSameRate(last.rate, to.rate, dust)) return last
  const [low, high] = from.rate < to.rate ? [from.rate, to.rate] : [to.rate, from.rate]
  const slack = ROUNDING + (high * dust) / WAD
  return reports.find(({ rate }) => rate < low - slack || rate > high + slack)
}

/** When a report landed: as its log tells where that can be, else as the blocks around it allow. */
function landingOf({ log }: Report, { timeOf }: ReportEvidence): TimeBounds | undefined {
  const bounds = timeOf(log.block)
  if (log.time === undefined) return bounds
  const isPossible = bounds === undefined || (log.time >= bounds.earliest && log.time <= bounds.latest)
  return isPossible ? { earliest: log.time, latest: log.time } : bounds
}

/** An oracle that measured longer ago than this when its report landed has told something else than a time. */
const LONGEST_LAG: Seconds = 2n * DAY

/**
 * When a report's oracle measured. A time after the landing is none, and neither is one of days before; one of longer
 * before than the pool is known for is only the earliest that it may have been.
 */
function measuringOf(
  { measured }: Report,
  landing: TimeBounds,
  { timeOf, lag }: ReportEvidence & Pick<SeriesRules, 'lag'>,
): TimeBounds | undefined {
  if (measured.kind === 'landing') return landing
  const bounds =
    measured.kind === 'time' ? { earliest: measured.time, latest: measured.time } : timeOf(measured.block)
  if (bounds === undefined || bounds.earliest > landing.latest) return undefined
  if (bounds.latest < landing.earliest - LONGEST_LAG) return undefined
  const isUsual = lag === undefined || bounds.earliest >= landing.earliest - lag
  return !isUsual || bounds.latest > landing.latest ? { ...bounds, latest: landing.latest } : bounds
}

/** The point that a report gives, or undefined where it cannot be placed in time. */
function reportPoint(
  report: Report,
  evidence: ReportEvidence & Pick<SeriesRules, 'lag'>,
): RatePoint | undefined {
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

/** Whether each was measured after the one before, as every contract demands of its oracle. */
const isRising = (after: Seconds, points: readonly RatePoint[]): boolean =>
  points.every(({ measuredAt }, index) => measuredAt > (points[index - 1]?.measuredAt ?? after))

/** Say once what was told twice: for the same measured moment, and the same rate. */
function withoutRepeats(reports: readonly Report[]): Report[] {
  const seen = new Set<string>()
  return reports.filter(({ measured, rate }) => {
    if (measured.kind === 'landing') return true
    const moment = `${measured.kind} ${measured.kind === 'time' ? measured.time : measured.block} ${rate}`
    if (seen.has(moment)) return false
    seen.add(moment)
    return true
  })
}

/** Leave out what repeats the rate in force: it is no step, whoever tells it. */
function stepsOf(points: readonly RatePoint[], inForce: Wad): RatePoint[] {
  let rate = inForce
  return points.filter(point => {
    const isNew = point.rate !== rate
    rate = point.rate
    return isNew
  })
}

/**
 * A sample's step that landed before a report was also measured before it, though the sample may be younger than what
 * that report measured.
 */
function bounded(points: readonly RatePoint[]): RatePoint[] {
  let next: RatePoint | undefined
  return points
    .toReversed()
    .map(point => {
      if (next !== undefined && point.measuredAt >= next.measuredAt) {
        const latest = next.measuredAt - 1n
        const { notBefore } = point
        const earliest = notBefore !== undefined && notBefore > latest ? latest : notBefore
        next = { ...point, measuredAt: latest, notBefore: earliest }
      } else next = point
      return next
    })
    .reverse()
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

/** What the reports between two samples are: to be believed, not all there, or told falsely. */
type Verdict =
  | { readonly kind: 'believed' | 'incomplete' }
  | { readonly kind: 'wrong'; readonly blocks: Interval; readonly told: Wad }

type Judging = {
  /** The reports as points; fewer where some cannot be placed in time. */
  readonly points: readonly RatePoint[]
  /** When the last report that is believed was measured. */
  readonly after: Seconds
  readonly covered: BlockSet
  readonly dust: Wad | undefined
}

function judge(gap: Gap, { points, after, covered, dust }: Judging): Verdict {
  const { from, to, reports } = gap
  const last = reports.at(-1)
  if (last === undefined) return { kind: 'incomplete' }
  const blocks = { from: from.block + 1n, to: to.block }
  const wrong = falseReport(gap, dust) ?? (isRising(after, points) ? undefined : last)
  if (wrong !== undefined)
    return covers(covered, blocks) ? { kind: 'wrong', blocks, told: wrong.rate } : { kind: 'incomplete' }
  const isWhole = points.length === reports.length && covers(covered, { ...blocks, to: last.log.block })
  return { kind: isWhole ? 'believed' : 'incomplete' }
}

/**
 * Merge the two kinds of evidence for a pool whose rate is a staircase. Between two samples the reports are believed
 * where the last of them gives the rate that the second sample shows, the others lie between the rates of both, and
 * each was measured later than the one before; then they replace the sample's step. Where they do not, or none landed
 * though the rate moved, the step stays as the sample shows it: a lost log erases no change, and a false one makes none.
 * @param observations sorted by block, each once
 */
export function mergeEvidence(
  observations: readonly Observation[],
  evidence: ReportEvidence,
  rules: SeriesRules,
): MergedEvidence {
  const { dust, lag } = rules
  const { reports, covered } = evidence
  const [first] = observations
  const points: RatePoint[] = first === undefined ? [] : [samplePoint(first, undefined, rules)]
  const contradictions: Contradiction[] = []
  const place = lag === undefined ? evidence : { ...evidence, lag }
  let inForce = first?.rate ?? 0n
  let after: Seconds = -1n
  for (const gap of gapsBetween(observations, withoutRepeats(reports))) {
    const { from, to } = gap
    const told = gap.reports.flatMap(report => reportPoint(report, place) ?? [])
    const verdict = judge(gap, { points: told, after, covered, dust })
    const last = told.at(-1)
    if (verdict.kind === 'believed' && last !== undefined) {
      points.push(...stepsOf(told, inForce))
      inForce = last.rate
      after = last.measuredAt
      continue
    }
    if (verdict.kind === 'wrong')
      contradictions.push({ ...verdict.blocks, told: verdict.told, sampled: to.rate })
    if (isStep(inForce, to.rate, dust)) {
      points.push(samplePoint(to, from, rules))
      inForce = to.rate
    }
  }
  return { points: bounded(points), contradictions }
}
