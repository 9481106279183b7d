import type { UseQueryResult } from '@tanstack/react-query'
import { formatCount } from '../../format/number.ts'
import { formatDay } from '../../format/time.ts'
import type { Seconds } from '../../math/fixedPoint.ts'
import type { History } from '../../queries/history.ts'
import press from '../ui/Press.module.css'
import styles from './Progress.module.css'

type Props = { readonly history: UseQueryResult<History>; readonly cancel: () => void }

type Count = {
  readonly isPartial: boolean
  readonly done: number
  readonly wanted: number
  readonly cutAt?: Seconds | undefined
  readonly isRecalled?: true | undefined
}

/** The samples of another range, shown until the new ones come, say nothing about this one. */
function countOf({ data, isPlaceholderData }: UseQueryResult<History>): Count {
  if (data === undefined || isPlaceholderData) return { isPartial: true, done: 0, wanted: 0 }
  const { done, wanted, cutAt, isRecalled } = data
  return { isPartial: !data.isComplete, done, wanted, cutAt, isRecalled }
}

type ControlProps = { readonly isReading: boolean; readonly stop: () => void; readonly goOn: () => void }

const Control = ({ isReading, stop, goOn }: ControlProps) => (
  <button type="button" className={press['press']} onClick={isReading ? stop : goOn}>
    {isReading ? 'Cancel' : 'Go on'}
  </button>
)

function wordsOf({ done, wanted, isRecalled }: Count, isReading: boolean): string {
  if (isRecalled === true) return `${formatCount(done)} samples, as kept on this device`
  if (wanted === 0) return isReading ? 'Looking for the blocks…' : 'Nothing read yet'
  return `${formatCount(done)} of ${formatCount(wanted)} samples${isReading ? '' : ', stopped'}`
}

/** How many samples have been read: a bar while they come, and a way to stop and to go on. */
export function Progress({ history, cancel }: Props) {
  const count = countOf(history)
  const { isPartial, done, wanted, cutAt } = count
  const isReading = isPartial && history.isFetching
  const words = wordsOf(count, isReading || !isPartial)
  return (
    <div className={styles['progress']}>
      {isReading ? <progress max={wanted === 0 ? 1 : wanted} value={done} aria-label="Samples read" /> : null}
      <span>
        {isReading ? words : null}
        {/* Always there, or nobody would hear how it ended; while they come, no count is told. */}
        <span role="status">
          {isReading ? null : words}
          {isPartial || cutAt === undefined
            ? null
            : `. The endpoints serve no blocks from before ${formatDay(cutAt)}.`}
        </span>
      </span>
      {/* After a failure the card itself offers to try again. */}
      {!isPartial || (history.isError && !isReading) ? null : (
        <Control isReading={isReading} stop={cancel} goOn={() => void history.refetch()} />
      )}
    </div>
  )
}
