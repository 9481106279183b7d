import { formatChange, formatPercent } from '../../format/number.ts'
import { formatAge } from '../../format/time.ts'
import type { Live } from '../../queries/live.ts'
import { Figure, UnknownFigure } from '../ui/Figure.tsx'
import styles from './FactCells.module.css'
import { ageInWords, type ReportAge } from './poolFacts.ts'
import type { TableRow } from './tableRows.ts'

type RowProps = { readonly live: Live; readonly row: TableRow }

/** The change of the supply over 30 days. */
export function ChangeCell({
  live,
  row: { live: own, change },
  unit = '%',
  newest = () => live,
}: RowProps & { readonly unit?: string; readonly newest?: () => Live }) {
  if ('why' in change) return <UnknownFigure why={change.why} />
  return (
    <Figure
      exact={`${formatPercent(change.value.fraction, 6)} %`}
      receiptAtClick={(now = newest()) =>
        book =>
          book.changeReceipt(now, own, change.value)
        }
      unit={unit}
    >
      {formatChange(change.value.fraction)}
    </Figure>
  )
}

/** The part of all that is listed. */
export function ShareCell({ live, row: { live: own, share, whole } }: RowProps) {
  if ('why' in share) return <UnknownFigure why={share.why} />
  return (
    <Figure
      exact={`${formatPercent(share.value, 6)} %`}
      receipt={book => book.shareReceipt(live, own, share.value, whole)}
      unit="%"
    >
      {formatPercent(share.value, 1)}
    </Figure>
  )
}

/** Whether a report is later than it should be, or a stream has run dry. */
export const isLateReport = (report: ReportAge): boolean =>
  report.kind === 'flat' || (report.kind === 'age' && report.isLate)

function reportInWords(report: Exclude<ReportAge, { readonly kind: 'unknown' }>): string {
  if (report.kind === 'always') return 'every block'
  return report.kind === 'flat' ? `flat for ${formatAge(report.since)}` : ageInWords(report.age)
}

/** How long ago the last report was, with a badge where that is longer than it should be. */
export function ReportCell({ live, row: { live: own, report, series } }: RowProps) {
  if (report.kind === 'unknown') return <UnknownFigure why={report.why} />
  const isTold = report.kind !== 'always' && report.isTold
  const isLate = isLateReport(report)
  const text = reportInWords(report)
  const isEnded = report.kind === 'flat'
  return (
    <span className={isLate ? styles['late'] : styles['quiet']}>
      {isLate && !isEnded ? 'late, ' : ''}
      <Figure
        exact={
          isTold
            ? 'as its contract tells'
            : series.points.at(-1)?.evidence === 'report'
              ? 'as its event tells'
              : 'as samples show'
        }
        receipt={book =>
          isTold ? book.reportReceipt(live, own, text) : book.changeOfRateReceipt(own, series)
        }
      >
        {text}
      </Figure>
    </span>
  )
}
