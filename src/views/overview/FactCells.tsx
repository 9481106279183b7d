import {
  formatAmount,
  formatChange,
  formatDollarsShort,
  formatExact,
  formatFee,
  formatPercent,
} from '../../format/number.ts'
import { etherInDollars } from '../../math/holdings.ts'
import type { Live, LivePool } from '../../queries/live.ts'
import { Figure, UnknownFigure } from '../ui/Figure.tsx'
import styles from './FactCells.module.css'

export type LiveProps = {
  readonly live: Live
  readonly own: LivePool
  /** The newest reading, for receipts, where the cell may have been drawn from an older one that says the same. */
  readonly newest?: () => Live
}

/** Why a pool has no reading, in words. */
export const whyNoReading = ({ reading }: LivePool): string =>
  reading.state === 'unknown'
    ? reading.why
    : 'The token has no rate at this block: its contract is not there, or tells of none yet.'

/** The supply in US dollars; the unit is counted as one ETH where it is another. */
function DollarsFigure({ live, own, newest = () => live }: LiveProps) {
  const { price } = live.price
  if (own.reading.state !== 'known') return null
  if (price === undefined) return <UnknownFigure why={live.price.why ?? 'The price of ether is not known.'} />
  const dollars = etherInDollars(own.reading.pooled, price.answer)
  return (
    <Figure
      emphasis="quiet"
      exact={`${formatExact(dollars)} USD`}
      receiptAtClick={(now = newest()) =>
        book =>
          book.supplyInDollarsReceipt(now, own)
        }
    >
      {formatDollarsShort(dollars)}
    </Figure>
  )
}

/** The supply in the pool's unit, its worth in US dollars below. */
export function SupplyCell({ live, own, newest = () => live }: LiveProps) {
  const { reading, pool } = own
  if (reading.state !== 'known') return <UnknownFigure why={whyNoReading(own)} />
  return (
    <span className={styles['two']}>
      <Figure
        exact={`${formatExact(reading.pooled)} ${pool.unit}`}
        receiptAtClick={(now = newest()) =>
          book =>
            book.supplyReceipt(now, own)
          }
        unit={pool.unit}
      >
        {formatAmount(reading.pooled)}
      </Figure>
      <DollarsFigure live={live} own={own} newest={newest} />
    </span>
  )
}

/** The fee, read or published; a published one says so. */
export function FeeCell({ live, own, newest = () => live }: LiveProps) {
  const { fee } = own.facts
  if ('why' in fee) return <UnknownFigure why={fee.why} />
  return (
    <span className={styles['two']}>
      <Figure
        exact={`${formatPercent(fee.value, 6)} % of the rewards`}
        receiptAtClick={(now = newest()) =>
          book =>
            book.feeReceipt(now, own)
          }
        unit="%"
      >
        {formatFee(fee.value)}
      </Figure>
      {own.pool.fee.kind === 'published' ? <small>published</small> : null}
    </span>
  )
}

/** What the market pays over or under the rate; quiet where that may be the feed's own noise. */
export function PremiumCell({ live, own, newest = () => live }: LiveProps) {
  const { premium } = own.facts
  if ('why' in premium) return <UnknownFigure why={premium.why} />
  const { fraction, isNoise } = premium.value
  return (
    <span className={styles['two']} data-noise={isNoise}>
      <Figure
        exact={`${formatPercent(fraction, 6)} %`}
        receiptAtClick={(now = newest()) =>
          book =>
            book.premiumReceipt(now, own, fraction)
          }
        unit="%"
      >
        {formatChange(fraction, 2)}
      </Figure>
      {isNoise ? <small>within noise</small> : null}
    </span>
  )
}
