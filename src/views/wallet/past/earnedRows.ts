import { addUp, type Between, type Course, isExactly, type Mark } from '../../../math/course.ts'
import { type Earned, earnedIn, type Period } from '../../../math/earnings.ts'
import type { Seconds } from '../../../math/fixedPoint.ts'
import type { WalletPast } from '../../../math/walletPast.ts'
import { type HeldAsset, nameOf } from './held.ts'

/** What was earned in a period, and between which times where these are not the period's own. */
export type EarnedCell = Earned & Limits

type Limits = { readonly since: Seconds | undefined; readonly until: Seconds | undefined }

/** What was earned with one token, by period in their order; undefined where it was not read in it. */
export type EarnedRow = { readonly held: HeldAsset; readonly cells: readonly (EarnedCell | undefined)[] }

/** What was earned with all tokens in a period. */
export type EarnedTotal = Limits & {
  readonly period: Period
  /** In WeiWad; undefined where that of one token is not known. */
  readonly between: Between | undefined
  /** The tokens of which it is not known. */
  readonly missing: readonly string[]
  readonly parts: readonly { readonly held: HeldAsset; readonly earned: Earned }[]
}

const LABELS: Readonly<Record<string, string>> = {
  all: 'All',
  '30d': '30 days',
  '90d': '90 days',
  '1y': '1 year',
}

export const periodLabel = ({ id }: Period): string => LABELS[id] ?? id

/** A limit of a period is met where the block that stands for it is so little older. */
const NEAR: Seconds = 300n

/** Whether a mark says the same as the block at a later time would: nothing can have been earned in between. */
function standsFor({ marks, moves }: Course, mark: Mark, time: Seconds): boolean {
  const next = marks[marks.indexOf(mark) + 1]
  if (time - mark.time <= NEAR || next === undefined || next.block === mark.block + 1n) return true
  const isStill = next.units === mark.units && (mark.units === 0n || next.rate === mark.rate)
  return isStill && !moves.some(({ block }) => block > mark.block && block <= next.block)
}

/** While blocks are missing a period starts or ends with one that is too early: then its figure is of another time. */
function cellOf(course: Course, period: Period): EarnedCell | undefined {
  const earned = earnedIn(course, period)
  if (earned === undefined) return undefined
  const { from, to, isCut } = earned
  const starts = !isCut && (period.from === undefined || standsFor(course, from, period.from))
  const ends = period.until === undefined || standsFor(course, to, period.until)
  return { ...earned, since: starts ? undefined : from.time, until: ends ? undefined : to.time }
}

export const earnedRows = ({ periods }: WalletPast, held: readonly HeldAsset[]): EarnedRow[] =>
  held.map(one => ({ held: one, cells: periods.map(period => cellOf(one.course, period)) }))

const earliest = (times: readonly (Seconds | undefined)[]): Seconds | undefined =>
  times.reduce(
    (first, time) => (first === undefined || (time !== undefined && time < first) ? time : first),
    undefined,
  )

/** Add up each period. */
export const earnedTotals = ({ periods }: WalletPast, rows: readonly EarnedRow[]): EarnedTotal[] =>
  periods.map((period, place) => {
    const parts = rows.flatMap(({ held, cells }) => {
      const earned = cells[place]
      return earned === undefined ? [] : [{ held, earned }]
    })
    const missing = rows
      .filter(({ cells }) => cells[place] === undefined)
      .map(({ held }) => nameOf(held.asset))
    return {
      period,
      between: missing.length > 0 ? undefined : addUp(parts.map(({ earned }) => earned)),
      missing,
      parts,
      since: earliest(parts.map(({ earned }) => earned.since)),
      until: earliest(parts.map(({ earned }) => earned.until)),
    }
  })

/** Whether every move's place and rate are known and every block was searched: then nothing is estimated. */
export const isWholly = ({ way, unsure }: WalletPast, totals: readonly EarnedTotal[]): boolean =>
  way === 'logs' && unsure === 0 && totals.every(({ between }) => between !== undefined && isExactly(between))
