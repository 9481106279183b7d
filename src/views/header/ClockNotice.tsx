import { formatAge } from '../../format/time.ts'
import { useClockVerdict } from '../../queries/deviceClock.ts'
import styles from './Notices.module.css'

/** That this device's clock is wrong, by what blocks say: every age on the page is counted by it. */
export function ClockNotice() {
  const verdict = useClockVerdict()
  if (verdict === undefined) return null
  const by = formatAge(verdict.by)
  return (
    <p className={styles['notice']}>
      <strong>Check this device’s clock.</strong>{' '}
      {verdict.kind === 'behind'
        ? `By it, the newest block lies ${by} in the future, which no block does.`
        : `By it, the newest block is ${by} old, and yet new ones come as they should. If the clock is right, whoever is asked is that far behind.`}{' '}
      The age of blocks is counted by that clock; rates, yields and reports are not.
    </p>
  )
}
