import type { LivePool } from '../../chain/readLive.ts'

/** One figure about the way out, as its contract tells it; null with a reason where it does not. */
type ExitReport = {
  readonly label: string
  readonly value: string | null
  /** What `value` counts: wei of a unit, requests, or parts of a whole. */
  readonly unit: string
  readonly why: string | null
}

/** What is told of a pool beside its rate. What is not known is null beside why. */
export type PoolFactsReport = {
  readonly feeWad: string | null
  /** `FROM_CONTRACT`, or who published it and when that was looked up. */
  readonly feeSource: string | null
  readonly feeWhy: string | null
  readonly marketPriceWad: string | null
  readonly marketFeed: string | null
  readonly marketWhy: string | null
  readonly premiumWad: string | null
  /** Whether the premium is so small that it may be the feed's own noise. */
  readonly premiumIsNoise: boolean | null
  readonly premiumWhy: string | null
  readonly lastReportSeconds: string | null
  readonly lastReportBlock: string | null
  readonly lastReportWhy: string | null
  readonly exit: readonly ExitReport[]
}

/** The source of a fee that a contract tells. */
export const FROM_CONTRACT = 'contract'

export const NOT_READ = 'It was not read.'

type Told<Value> = { readonly value: Value } | { readonly why: string }

const known = <Value>(told: Told<Value> | undefined): Value | undefined =>
  told !== undefined && 'value' in told ? told.value : undefined

/** Why a figure is not known; null where it is. */
const whyOf = (told: Told<unknown> | undefined): string | null =>
  told !== undefined && 'why' in told ? told.why : null

const text = (value: bigint | undefined): string | null => value?.toString() ?? null

function feeSourceOf({ pool: { fee } }: LivePool): string | null {
  if (fee.kind === 'unknown') return null
  return fee.kind === 'read' ? FROM_CONTRACT : `published by ${fee.source}, looked up ${fee.date}`
}

function exitOf({ pool, facts }: LivePool): ExitReport[] {
  return pool.exit.figures.map((figure, index) => {
    const told = facts.exit[index]
    const unit =
      figure.kind === 'amount'
        ? `wei of ${figure.unit}`
        : figure.kind === 'count'
          ? figure.unit
          : `of ${figure.whole}`
    return {
      label: figure.label,
      value: text(known(told)),
      unit,
      why: told === undefined ? NOT_READ : whyOf(told),
    }
  })
}

/** Report that nothing is told of a pool beside its rate, and why. */
export const noFacts = (why: string): PoolFactsReport => ({
  feeWad: null,
  feeSource: null,
  feeWhy: why,
  marketPriceWad: null,
  marketFeed: null,
  marketWhy: why,
  premiumWad: null,
  premiumIsNoise: null,
  premiumWhy: why,
  lastReportSeconds: null,
  lastReportBlock: null,
  lastReportWhy: why,
  exit: [],
})

/** Report what is told of a pool beside its rate. */
export function factsOf(own: LivePool): PoolFactsReport {
  const { fee, lastReport, market: feed, premium } = own.facts
  const report = known(lastReport)
  const market = known(feed)
  return {
    feeWad: text(known(fee)),
    feeSource: feeSourceOf(own),
    feeWhy: whyOf(fee),
    marketPriceWad: text(market?.price),
    marketFeed: own.pool.market.kind === 'feed' ? own.pool.market.name : null,
    marketWhy: whyOf(feed),
    premiumWad: text(known(premium)?.fraction),
    premiumIsNoise: known(premium)?.isNoise ?? null,
    premiumWhy: whyOf(premium),
    lastReportSeconds: text(report !== undefined && 'time' in report ? report.time : undefined),
    lastReportBlock: text(report !== undefined && 'block' in report ? report.block : undefined),
    lastReportWhy: lastReport === undefined ? 'No contract of this pool tells it.' : whyOf(lastReport),
    exit: exitOf(own),
  }
}
