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
  /** "contract", or who published it and when that was looked up. */
  readonly feeSource: string | null
  readonly feeWhy: string | null
  readonly marketPriceWad: string | null
  readonly marketFeed: string | null
  readonly marketWhy: string | null
  readonly premiumWad: string | null
  readonly premiumWhy: string | null
  readonly lastReportSeconds: string | null
  readonly lastReportBlock: string | null
  readonly lastReportWhy: string | null
  readonly exit: readonly ExitReport[]
}

type Told<Value> = { readonly value: Value } | { readonly why: string }

const known = <Value>(told: Told<Value> | undefined): Value | undefined =>
  told !== undefined && 'value' in told ? told.value : undefined

/** Why a figure is not known; null where it is. */
const whyOf = (told: Told<unknown> | undefined): string | null =>
  told !== undefined && 'why' in told ? told.why : null

const text = (value: bigint | undefined): string | null => value?.toString() ?? null

function feeSourceOf({ pool: { fee } }: LivePool): string | null {
  if (fee.kind === 'unknown') return null
  return fee.kind === 'read' ? 'contract' : `published by ${fee.source}, looked up ${fee.date}`
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
      why: told === undefined ? 'It was not read.' : whyOf(told),
    }
  })
}

/** Report what is told of a pool beside its rate; nulls for a pool that was not read. */
export function factsOf(own: LivePool | undefined): PoolFactsReport {
  const report = known(own?.facts.lastReport)
  const market = known(own?.facts.market)
  return {
    feeWad: text(known(own?.facts.fee)),
    feeSource: own === undefined ? null : feeSourceOf(own),
    feeWhy: whyOf(own?.facts.fee),
    marketPriceWad: text(market?.price),
    marketFeed: own?.pool.market.kind === 'feed' ? own.pool.market.name : null,
    marketWhy: whyOf(own?.facts.market),
    premiumWad: text(known(own?.facts.premium)?.fraction),
    premiumWhy: whyOf(own?.facts.premium),
    lastReportSeconds: text(report !== undefined && 'time' in report ? report.time : undefined),
    lastReportBlock: text(report !== undefined && 'block' in report ? report.block : undefined),
    lastReportWhy:
      own !== undefined && own.facts.lastReport === undefined
        ? 'No contract of this pool tells it.'
        : whyOf(own?.facts.lastReport),
    exit: own === undefined ? [] : exitOf(own),
  }
}
