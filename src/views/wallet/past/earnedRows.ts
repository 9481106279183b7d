import { addUp, type Between, isExactly } from '../../../math/course.ts'
import { type Earned, earnedIn, type Period } from '../../../math/earnings.ts'
import type { Seconds } from '../../../math/fixedPoint.ts'
import type { WalletPast } from '../../../math/walletPast.ts'
import { type HeldAsset, nameOf } from './held.ts'

/** What was earned with one token, by period in their order; undefined where it was not read in it. */
export type EarnedRow = { readonly held: HeldAsset; readonly cells: readonly (Earned | undefined)[] }

/** What was earned with all tokens in a period. */
export type EarnedTotal = {
  readonly period: Period
  /** In WeiWad; undefined where that of one token is not known. */
  readonly between: Between | undefined
  /** The tokens of which it is not known. */
  readonly missing: readonly string[]
  readonly parts: readonly { readonly held: HeldAsset; readonly earned: Earned }[]
  /** The latest start among the parts that start later than asked. */
  readonly cutAt: Seconds | undefined
}

const LABELS: Readonly<Record<string, string>> = {
  all: 'All',
  '30d': '30 days',
  '90d': '90 days',
  '1y': '1 year',
}

export const periodLabel = ({ id }: Period): string => LABELS[id] ?? id

export const earnedRows = ({ periods }: WalletPast, held: readonly HeldAsset[]): EarnedRow[] =>
  held.map(one => ({ held: one, cells: periods.map(period => earnedIn(one.course, period)) }))

const latest = (times: readonly Seconds[]): Seconds | undefined =>
  times.reduce<Seconds | undefined>(
    (last, time) => (last === undefined || time > last ? time : last),
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
      cutAt: latest(parts.flatMap(({ earned }) => (earned.isCut ? [earned.from.time] : []))),
    }
  })

/** Whether every move's place and rate are known and every block was searched: then nothing is estimated. */
export const isWholly = ({ way, unsure }: WalletPast, totals: readonly EarnedTotal[]): boolean =>
  way === 'logs' && unsure === 0 && totals.every(({ between }) => between !== undefined && isExactly(between))
