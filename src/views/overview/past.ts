import { headline } from './headline.ts'
import { ChangeCell, isLateReport, ReportCell, ShareCell } from './PastCells.tsx'
import { pointsOf, seriesOf } from './poolFigures.ts'
import { commonScale, tableRows } from './tableRows.ts'
import { YieldCells } from './YieldCells.tsx'

/** All of the table that samples take part in. Loaded beside the first reading: live figures do not wait for it. */
export const past = {
  ChangeCell,
  commonScale,
  headline,
  isLateReport,
  pointsOf,
  ReportCell,
  seriesOf,
  ShareCell,
  tableRows,
  YieldCells,
} as const

export type Past = typeof past
