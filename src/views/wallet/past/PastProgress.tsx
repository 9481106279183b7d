import { DAY } from '../../../math/fixedPoint.ts'
import type { WalletPastReading } from '../../../queries/walletPast.ts'
import page from '../../ui/Page.module.css'
import press from '../../ui/Press.module.css'
import styles from './Past.module.css'
import { counted, progressInWords } from './words.ts'

type Props = { readonly reading: WalletPastReading }

/** A past so much older than the holdings above it can be read anew. */
const OLD = DAY / 24n

function Search({ reading: { state, past, start } }: Props) {
  if (past?.searchCost === undefined || state === 'reading') return null
  return (
    <button type="button" className={press['press']} onClick={() => start('logs')}>
      Search the transfers too: about {counted(past.searchCost, 'request', 'requests')}
    </button>
  )
}

function Renew({ reading: { state, past, now, renew } }: Props) {
  const last = past?.moments.at(-1)
  const isOld = last !== undefined && now !== undefined && now - last.time > OLD
  if (state !== 'over' || !isOld) return null
  return (
    <button type="button" className={press['press']} onClick={renew}>
      Read again up to now
    </button>
  )
}

/** How far the reading of the past is, and ways to stop it, to go on, and to find out more. */
export function PastProgress({ reading }: Props) {
  const { state, past, stop, goOn } = reading
  const isReading = state === 'reading'
  const canGoOn = state === 'stopped' || (state === 'over' && past?.isPaused === true)
  return (
    <div className={styles['bar']}>
      {isReading ? <progress aria-label="Reading the wallet’s past" /> : null}
      <span>
        {past === undefined ? 'Looking for the first blocks…' : progressInWords(past)}
        {state === 'stopped' ? ', stopped' : ''}
        {state === 'over' && past?.isPaused === true ? ', paused: more could be read' : ''}
      </span>
      {isReading ? (
        <button type="button" className={press['press']} onClick={stop}>
          Stop
        </button>
      ) : null}
      {canGoOn ? (
        <button type="button" className={press['press']} onClick={goOn}>
          Go on
        </button>
      ) : null}
      <Search reading={reading} />
      <Renew reading={reading} />
      {past?.noLogs === undefined ? null : (
        <p className={page['note']}>What moved is told by balances alone. {past.noLogs}</p>
      )}
    </div>
  )
}
