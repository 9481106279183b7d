import type { UseQueryResult } from '@tanstack/react-query'
import { formatCount } from '../../format/number.ts'
import { formatDay } from '../../format/time.ts'
import type { Seconds } from '../../math/fixedPoint.ts'
import type { History } from '../../queries/history.ts'
import styles from './Progress.module.css'

type Props = { readonly history: UseQueryResult<History>; readonly cancel: () => void }

type Count = {
  readonly isPartial: boolean
  readonly done: number
  readonly wanted: number
  readonly cutAt?: Seconds | undefined
}

/** The samples of another range, shown until the new ones come, say nothing about this one. */
function countOf({ data, isPlaceholderData }: UseQueryResult<History>): Count {
  if (data === undefined || isPlaceholderData) return { isPartial: true, done: 0, wanted: 0 }
  return { isPartial: !data.isComplete, done: data.done, wanted: data.wanted, cutAt: data.cutAt }
}

/** How many samples have been read: a bar while they come, and a way to stop and to go on. */
export function Progress({ history, cancel }: Props) {
  const { isPartial, done, wanted, cutAt } = countOf(history)
  const isReading = isPartial && history.isFetching
  const words =
    wanted === 0 ? 'Looking for the blocks…' : `${formatCount(done)} of ${formatCount(wanted)} samples`
  if (!isPartial) {
    return (
      <p className={styles['progress']} role="status">
        {words}
        {cutAt === undefined ? '' : `. The endpoints serve no blocks from before ${formatDay(cutAt)}.`}
      </p>
    )
  }
  return (
    <div className={styles['progress']}>
      {isReading ? <progress max={wanted === 0 ? 1 : wanted} value={done} aria-label="Samples read" /> : null}
      <span>{isReading ? words : wanted === 0 ? 'Nothing read yet' : `${words}, stopped`}</span>
      <button type="button" onClick={isReading ? cancel : () => void history.refetch()}>
        {isReading ? 'Cancel' : 'Go on'}
      </button>
    </div>
  )
}
