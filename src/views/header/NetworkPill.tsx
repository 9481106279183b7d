import { useQuery } from '@tanstack/react-query'
import { formatBlock } from '../../format/number.ts'
import { formatAge } from '../../format/time.ts'
import type { Seconds } from '../../math/fixedPoint.ts'
import { liveQuery } from '../../queries/live.ts'
import { useSession } from '../../queries/session.ts'
import { useNow } from '../ui/useNow.ts'
import styles from './Header.module.css'

/** A head older than this is stale: five slots without a block do not happen on a healthy chain. */
const STALE_AFTER: Seconds = 60n

/** Which block the page shows, how old it is, and who gave it. */
export function NetworkPill() {
  const session = useSession()
  const { data, error } = useQuery(liveQuery(session))
  const now = useNow(1_000)
  if (data === undefined) {
    const state = error === null ? 'pending' : 'failed'
    return (
      <p className={styles['pill']} data-state={state}>
        {error === null ? 'connecting…' : 'no endpoint answers'}
      </p>
    )
  }
  const age = now - data.time
  const isStale = age > STALE_AFTER
  return (
    <p className={styles['pill']} data-state={error !== null ? 'failed' : isStale ? 'stale' : 'good'}>
      <b>block {formatBlock(data.block)}</b>
      <span>
        {' '}
        · {formatAge(age)} ago{isStale ? ', old' : ''}
        <span className={styles['operator']}> · {data.operator}</span>
      </span>
    </p>
  )
}
