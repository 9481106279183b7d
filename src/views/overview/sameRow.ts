import { replaceEqualDeep } from '@tanstack/react-query'
import type { YieldMeasure } from '../../math/chartSeries.ts'
import type { Live } from '../../queries/live.ts'
import type { Past } from './past.ts'
import type { FirstRow } from './sortRows.ts'

/** What a row of the table is drawn from. */
export type RowProps = {
  readonly row: FirstRow
  readonly past: Past | undefined
  readonly live: Live
  readonly measure: YieldMeasure
  readonly scale: readonly [number, number]
  /** The newest reading, for receipts: a row that shows the same is not drawn anew for it. */
  readonly newest: () => Live
}

const isEqual = (one: unknown, other: unknown): boolean => replaceEqualDeep(one, other) === one

/** What samples tell and a row shows; the share and the age of the last report are drawn by themselves. */
const shown = ({ result, band, spread, spark, change }: FirstRow) => ({ result, band, spread, spark, change })

/** Whether the report of a row is one that the pool's name is marked for. */
export const isLate = ({ row: { report }, past }: Pick<RowProps, 'row' | 'past'>): boolean =>
  report !== undefined && past?.isLateReport(report) === true

/** Whether a row shows the same with both, whatever block they are of. */
export function isSameRow(one: RowProps, other: RowProps): boolean {
  return (
    // A reading that says the same of a pool keeps the pool's object: the query shares what is equal.
    one.row.live === other.row.live &&
    one.live.price === other.live.price &&
    (one.live === other.live || (one.live.isRecalled ?? other.live.isRecalled) === undefined) &&
    one.past === other.past &&
    one.measure === other.measure &&
    one.newest === other.newest &&
    isLate(one) === isLate(other) &&
    isEqual(one.scale, other.scale) &&
    isEqual(shown(one.row), shown(other.row))
  )
}
