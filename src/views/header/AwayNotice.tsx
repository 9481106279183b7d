import { formatBlock } from '../../format/number.ts'
import { formatTime } from '../../format/time.ts'
import { useSettledLive } from '../../queries/settledLive.ts'
import { useOnline } from '../ui/useOnline.ts'
import styles from './Notices.module.css'

/** That nobody can be asked, and what is shown meanwhile. Times stand still here, so that it is said once. */
export function AwayNotice() {
  const { live } = useSettledLive()
  const isOnline = useOnline()
  const { data, isError } = live
  // A device without a network may still be answered by a node of its own.
  const isAway = data?.isRecalled === true || (!isOnline && (data === undefined || isError))
  if (!isAway) return null
  const what = isOnline
    ? isError
      ? 'No endpoint answers.'
      : 'The endpoints have not answered yet.'
    : 'This device is offline.'
  return (
    <p className={styles['notice']}>
      <strong>{what}</strong>{' '}
      {data === undefined
        ? 'Nothing was kept here by an earlier visit, so there are no figures to show.'
        : `The figures are those of block ${formatBlock(data.block)}, ${formatTime(data.time)}, as ${data.operator} gave them.`}{' '}
      The page goes on by itself.
    </p>
  )
}
