import { type ReactNode, useState } from 'react'
import { formatBlock } from '../../format/number.ts'
import { formatAge } from '../../format/time.ts'
import type { Seconds } from '../../math/fixedPoint.ts'
import type { Agreement } from '../../queries/agreement.ts'
import type { Live } from '../../queries/live.ts'
import { useSession } from '../../queries/session.ts'
import { useSettledLive } from '../../queries/settledLive.ts'
import { EndpointsDialog } from '../endpoints/EndpointsDialog.tsx'
import { useNow } from '../ui/useNow.ts'
import styles from './Header.module.css'

/** A head older than this is stale: five slots without a block do not happen on a healthy chain. */
const STALE_AFTER: Seconds = 60n

type State = 'pending' | 'good' | 'stale' | 'failed'

/** Who stands behind the figures, and whether they contradict each other. */
type Witnesses = { readonly words: string; readonly why?: string; readonly isFailure?: boolean }

function witnessesOf(live: Live, agreement: Agreement | undefined, hasOthers: boolean): Witnesses {
  const { operator } = live
  if (agreement === undefined) return { words: operator }
  const { verdict } = agreement
  if (verdict.kind === 'alone')
    return hasOthers ? { words: `${operator} only`, why: verdict.why.message } : { words: operator }
  const names = verdict.operators.join(' and ')
  if (verdict.kind === 'agreed') return { words: `${names} agree` }
  if (verdict.kind === 'disputed') return { words: `${names} disagree`, isFailure: true }
  return { words: `${names} contradict ${operator}`, isFailure: true }
}

type PillProps = { readonly state: State; readonly why?: string | undefined; readonly children: ReactNode }

/** The button itself, which opens the panel of endpoints. */
function Pill({ state, why, children }: PillProps) {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <button
        type="button"
        className={styles['pill']}
        data-state={state}
        aria-haspopup="dialog"
        title={`Endpoints and requests${why === undefined ? '' : `. ${why}`}`}
        onClick={() => setIsOpen(true)}
      >
        {children}
      </button>
      {isOpen ? <EndpointsDialog onClose={() => setIsOpen(false)} /> : null}
    </>
  )
}

/** Which block the page shows, how old it is, and who gave it. */
export function NetworkPill() {
  const { client } = useSession()
  const { live, agreement } = useSettledLive()
  const now = useNow(1_000)
  const { data, error } = live
  if (data === undefined)
    return (
      <Pill state={error === null ? 'pending' : 'failed'}>
        {error === null ? 'connecting…' : 'no endpoint answers'}
      </Pill>
    )
  const age = now - data.time
  if (data.isRecalled === true)
    return (
      <Pill state="failed">
        <b>{error === null ? 'connecting…' : 'no answer'}</b>
        <span>
          {' '}
          · block {formatBlock(data.block)}, {formatAge(age)} ago
        </span>
      </Pill>
    )
  const isStale = age > STALE_AFTER
  const hasOthers = client.endpoints.some(
    ({ operator, roles }) => operator !== data.operator && roles.includes('head'),
  )
  const { words, why, isFailure = false } = witnessesOf(data, agreement, hasOthers)
  return (
    <Pill state={error !== null || isFailure ? 'failed' : isStale ? 'stale' : 'good'} why={why}>
      <b>
        <span data-word="">block</span> {formatBlock(data.block)}
      </b>
      <span>
        {' '}
        ·{' '}
        <i>
          {formatAge(age)} <span data-word="">ago</span>
          {isStale ? ', old' : ''}
        </i>
        <span className={styles['operator']} data-failed={isFailure}>
          {' '}
          · {words}
        </span>
      </span>
    </Pill>
  )
}
