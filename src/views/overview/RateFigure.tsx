import { formatExact, formatRate } from '../../format/number.ts'
import { formatAge } from '../../format/time.ts'
import type { Seconds } from '../../math/fixedPoint.ts'
import type { LivePool } from '../../queries/live.ts'
import { Figure, UnknownFigure } from '../ui/Figure.tsx'
import { useNow } from '../ui/useNow.ts'
import styles from './FactCells.module.css'
import { type LiveProps, whyNoReading } from './FactCells.tsx'

/** How long ago a figure of an earlier visit was read. */
const Age = ({ time }: { readonly time: Seconds }) => <small>{formatAge(useNow(30_000) - time)} ago</small>

type Props = LiveProps

/** What a claimed rate is, in words. */
const claimOf = (
  { reading }: NonNullable<LivePool['claims']>[number],
  format: (rate: bigint) => string,
): string => (reading.state === 'known' ? format(reading.rate) : 'none')

/** Rates that operators differ about: all of them, and none as the right one. */
function DisputedRate({ own }: Pick<Props, 'own'>) {
  const claims = own.claims ?? []
  return (
    <Figure
      exact={claims.map(claim => `${claim.operator}: ${claimOf(claim, formatExact)}`).join('; ')}
      receipt={book => book.unknownReceipt(whyNoReading(own))}
    >
      <span className={styles['disputed']}>
        <b>disputed</b>
        {claims.map(claim => (
          <span key={claim.operator}>
            {claimOf(claim, formatRate)} <small>{claim.operator}</small>
          </span>
        ))}
      </span>
    </Figure>
  )
}

/** A pool's rate: the figure, the claims of operators that differ, or why there is none. */
export function RateFigure({ live, own, newest = () => live }: Props) {
  const { reading, claims, pool } = own
  if (claims !== undefined) return <DisputedRate own={own} />
  if (reading.state !== 'known') return <UnknownFigure why={whyNoReading(own)} />
  return (
    <span className={styles['two']}>
      <Figure
        exact={formatExact(reading.rate)}
        receiptAtClick={(now = newest()) =>
          book =>
            book.rateReceipt(now, own)
          }
        unit={pool.unit}
      >
        {formatRate(reading.rate)}
      </Figure>
      {live.isRecalled === true ? <Age time={live.time} /> : null}
    </span>
  )
}
