import { useDeferredValue, useMemo } from 'react'
import { useSession } from '../../../queries/session.ts'
import type { WalletPastReading } from '../../../queries/walletPast.ts'
import { Boundary } from '../../ui/Boundary.tsx'
import callouts from '../../ui/Callout.module.css'
import { ErrorNote } from '../../ui/ErrorNote.tsx'
import page from '../../ui/Page.module.css'
import press from '../../ui/Press.module.css'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { EarnedCard } from './EarnedCard.tsx'
import { heldAssets } from './held.ts'
import { LotsCard } from './LotsCard.tsx'
import { OtherEndpoints } from './OtherEndpoints.tsx'
import { OverTimeCard } from './OverTimeCard.tsx'
import styles from './Past.module.css'
import { PastProgress } from './PastProgress.tsx'
import { RateDisputes } from './RateDisputes.tsx'
import { ReplayCard } from './ReplayCard.tsx'
import { Unreadable } from './Unreadable.tsx'

type Props = {
  readonly accounts: readonly `0x${string}`[]
  readonly reading: WalletPastReading
}

/** Why nothing is read yet, and the ways on. */
function Offer({ reading }: Pick<Props, 'reading'>) {
  const { isOffered, now } = reading
  // Until the holdings are read there is nothing to start from: their own state stands above.
  if (isOffered && now === undefined) return null
  return (
    <div className={callouts['callout']}>
      <p>
        {isOffered
          ? 'The wallet’s past has not been read yet.'
          : 'The endpoint that sees this wallet keeps no old state, so what was earned cannot be read from it.'}
      </p>
      {isOffered ? (
        <p>
          <button type="button" className={press['press']} onClick={() => reading.start('auto')}>
            Read the past
          </button>
        </p>
      ) : (
        <OtherEndpoints reading={reading} />
      )}
    </div>
  )
}

/** Nothing is known to be held: too early to say, or so to the end. */
function NothingYet({ reading }: Pick<Props, 'reading'>) {
  const isOver = reading.state === 'over' && reading.past?.isPaused !== true
  return (
    <>
      <PastProgress reading={reading} />
      {reading.state === 'reading' ? (
        <Skeleton rows={5} height={48} label="Reading the wallet’s past" />
      ) : isOver ? (
        <p className={page['note']}>
          None of the tokens that Poolglass reads was seen here at any moment that was read, so there is
          nothing that could have earned.
        </p>
      ) : null}
    </>
  )
}

function Cards({ accounts, reading }: Props) {
  const { tokenPools } = useSession()
  const { past, chainId } = reading
  const known = useMemo(
    () =>
      past === undefined ? undefined : { source: { past, accounts }, held: heldAssets(past, tokenPools) },
    [past, accounts, tokenPools],
  )
  // Long tables and the chart may lag behind what is read, so that the page stays quick.
  const late = useDeferredValue(known)
  if (known === undefined || known.held.length === 0 || known.source.past.periods.length === 0)
    return <NothingYet reading={reading} />
  const shown = late === undefined || late.held.length === 0 ? known : late
  return (
    <>
      <RateDisputes past={known.source.past} held={known.held} />
      <Unreadable past={known.source.past} held={known.held} />
      <Boundary what="what was earned">
        <EarnedCard {...known} reading={reading} />
      </Boundary>
      <Boundary what="the wallet over time">
        <OverTimeCard {...shown} />
      </Boundary>
      <Boundary what="the lots">
        <LotsCard {...shown} chainId={chainId} />
      </Boundary>
      <Boundary what="the comparison">
        <ReplayCard {...shown} />
      </Boundary>
    </>
  )
}

/** What is said aloud: the end. A failure is an alert of its own. */
const spoken = ({ state, past }: WalletPastReading): string =>
  state !== 'over' ? '' : past?.isPaused === true ? 'Reading paused.' : 'The wallet’s past has been read.'

/** A wallet's past in all states of its reading. */
export function PastView({ accounts, reading }: Props) {
  const { state, error, goOn } = reading
  return (
    <section className={styles['past']} aria-label="The wallet’s past">
      <p className="visually-hidden" role="status">
        {spoken(reading)}
      </p>
      {error === undefined ? null : (
        <div>
          <ErrorNote
            what="the wallet’s past"
            error={error}
            retry={goOn}
            isRetrying={false}
            hasOlder={reading.past !== undefined}
          />
          <OtherEndpoints reading={reading} />
        </div>
      )}
      {state === 'idle' ? <Offer reading={reading} /> : <Cards accounts={accounts} reading={reading} />}
    </section>
  )
}
