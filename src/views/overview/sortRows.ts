import type { YieldMeasure } from '../../math/chartSeries.ts'
import type { TokenPool } from '../../pools/definePool.ts'
import type { LivePool } from '../../queries/live.ts'
import type { ReportAge } from './poolFacts.ts'
import type { TableRow } from './tableRows.ts'

export type SortKey = 'name' | 'rate' | 'yield' | 'supply' | 'change' | 'share' | 'fee' | 'premium' | 'age'

/** One pool as it is read now. */
export type LiveRow = { readonly pool: TokenPool; readonly live: LivePool }

/** A row of the table; what samples tell may be missing still. */
export type FirstRow = LiveRow & Partial<TableRow>

export const isWhole = (row: FirstRow): row is TableRow => row.series !== undefined

type SortValue = bigint | string | undefined

function ageValue(report: ReportAge | undefined): bigint | undefined {
  if (report === undefined || report.kind === 'unknown') return undefined
  if (report.kind === 'age') return report.age.most
  return report.kind === 'flat' ? report.since : 0n
}

const SORT_VALUES: Readonly<Record<SortKey, (row: FirstRow, measure: YieldMeasure) => SortValue>> = {
  name: ({ pool }) => pool.name.toLowerCase(),
  rate: ({ live: { reading } }) => (reading.state === 'known' ? reading.rate : undefined),
  yield: ({ result }, measure) => (result === undefined || 'why' in result ? undefined : result[measure]),
  supply: ({ live: { reading } }) => (reading.state === 'known' ? reading.pooled : undefined),
  change: ({ change }) => (change === undefined || 'why' in change ? undefined : change.value.fraction),
  share: ({ share }) => (share === undefined || 'why' in share ? undefined : share.value),
  fee: ({ live: { facts } }) => ('value' in facts.fee ? facts.fee.value : undefined),
  premium: ({ live: { facts } }) => ('value' in facts.premium ? facts.premium.value.fraction : undefined),
  age: ({ report }) => ageValue(report),
}

type Sort = { readonly key: SortKey; readonly descending: boolean }

/** Sort rows; what is not known stays at the end in both directions. */
export function sortRows<Row extends FirstRow>(
  rows: readonly Row[],
  { key, descending }: Sort,
  measure: YieldMeasure,
): Row[] {
  const valued = rows.map(row => ({ row, value: SORT_VALUES[key](row, measure) }))
  const known = valued.flatMap(({ row, value }) => (value === undefined ? [] : [{ row, value }]))
  known.sort((a, b) => (a.value < b.value ? -1 : a.value > b.value ? 1 : 0))
  if (descending) known.reverse()
  return [...known, ...valued.filter(({ value }) => value === undefined)].map(({ row }) => row)
}
