import type { ChartPoint } from '../../format/chartRows.ts'
import type { MarkKind } from '../../math/marks.ts'

/** A mark on a line, at the value that the line has there. */
export type ChartMark = { readonly x: number; readonly y: number; readonly kind: MarkKind }

/** One pool's line. Times are seconds since 1970. */
export type ChartLine = {
  readonly id: string
  readonly name: string
  readonly colour: string
  readonly dash: string | undefined
  /** Ascending; a value holds until the next one where `isStairs`, else the line goes straight to it. */
  readonly points: readonly ChartPoint[]
  readonly isStairs: boolean
  readonly marks: readonly ChartMark[]
}

/** What the crosshair says of a line: the exact value in force, and the block and evidence that it rests on. */
export type ChartTip = { readonly value: string; readonly detail: string }

/** Writes a value; with so many decimals where it is one of an axis. */
export type ChartFormat = (value: number, decimals?: number) => string

/** All that the chart draws, and what it tells when a reader chooses a part of it. */
export type Drawing = {
  readonly lines: readonly ChartLine[]
  readonly from: number
  readonly until: number
  readonly title: string
  /** Writes a value of the axis. */
  readonly formatValue: ChartFormat
  readonly tipOf: (id: string, x: number) => ChartTip | undefined
  /** Show only this part. */
  readonly choose: (from: number, until: number) => void
}
