import {
  formatAmount,
  formatChange,
  formatDollarsShort,
  formatExact,
  formatFee,
  formatPercent,
} from '../../format/number.ts'
import { formatAge } from '../../format/time.ts'
import { etherInDollars } from '../../math/holdings.ts'
import type { Live, LivePool } from '../../queries/live.ts'
import { Figure, UnknownFigure } from '../ui/Figure.tsx'
import styles from './FactCells.module.css'
import { ageInWords, type ReportAge } from './poolFacts.ts'
import type { TableRow } from './tableRows.ts'

type LiveProps = { readonly live: Live; readonly own: LivePool }
type RowProps = { readonly live: Live; readonly row: TableRow }

/** Why a pool has no reading, in words. */
export const whyNoReading = ({ reading }: LivePool): string =>
  reading.state === 'unknown'
    ? reading.why
    : 'The token has no rate at this block: its contract is not there, or tells of none yet.'

/** The supply in US dollars; the unit is counted as one ETH where it is another. */
function DollarsFigure({ live, own }: LiveProps) {
  const { price } = live.price
  if (own.reading.state !== 'known') return null
  if (price === undefined) return <UnknownFigure why={live.price.why ?? 'The price of ether is not known.'} />
  const dollars = etherInDollars(own.reading.pooled, price.answer)
  return (
    <Figure
      emphasis="quiet"
      exact={`${formatExact(dollars)} USD`}
      receipt={book => book.supplyInDollarsReceipt(live, own)}
    >
      {formatDollarsShort(dollars)}
    </Figure>
  )
}

/** The supply in the pool's unit, its worth in US dollars below. */
export function SupplyCell({ live, own }: LiveProps) {
  const { reading, pool } = own
  if (reading.state !== 'known') return <UnknownFigure why={whyNoReading(own)} />
  return (
    <span className={styles['two']}>
      <Figure
        exact={`${formatExact(reading.pooled)} ${pool.unit}`}
        receipt={book => book.supplyReceipt(live, own)}
        unit={pool.unit}
      >
        {formatAmount(reading.pooled)}
      </Figure>
      <DollarsFigure live={live} own={own} />
    </span>
  )
}

/** The change of the supply over 30 days. */
export function ChangeCell({
  live,
  row: { live: own, change },
  unit = '%',
}: RowProps & { readonly unit?: string }) {
  if ('why' in change) return <UnknownFigure why={change.why} />
  return (
    <Figure
      exact={`${formatPercent(change.value.fraction, 6)} %`}
      receipt={book => book.changeReceipt(live, own, change.value)}
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

/** The fee, read or published; a published one says so. */
export function FeeCell({ live, own }: LiveProps) {
  const { fee } = own.facts
  if ('why' in fee) return <UnknownFigure why={fee.why} />
  return (
    <span className={styles['two']}>
      <Figure
        exact={`${formatPercent(fee.value, 6)} % of the rewards`}
        receipt={book => book.feeReceipt(live, own)}
        unit="%"
      >
        {formatFee(fee.value)}
      </Figure>
      {own.pool.fee.kind === 'published' ? <small>published</small> : null}
    </span>
  )
}

/** What the market pays over or under the rate; quiet where that may be the feed's own noise. */
export function PremiumCell({ live, own }: LiveProps) {
  const { premium } = own.facts
  if ('why' in premium) return <UnknownFigure why={premium.why} />
  const { fraction, isNoise } = premium.value
  return (
    <span className={styles['two']} data-noise={isNoise}>
      <Figure
        exact={`${formatPercent(fraction, 6)} %`}
        receipt={book => book.premiumReceipt(live, own, fraction)}
        unit="%"
      >
        {formatChange(fraction, 2)}
      </Figure>
      {isNoise ? <small>within noise</small> : null}
    </span>
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
        exact={isTold ? 'as its contract tells' : 'as samples show'}
        receipt={book =>
          isTold ? book.reportReceipt(live, own, text) : book.changeOfRateReceipt(own, series)
        }
      >
        {text}
      </Figure>
    </span>
  )
}
