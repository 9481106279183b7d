import { useShell } from '../../queries/shell.ts'
import styles from './Notices.module.css'

/** Say that a newer version is ready. The region is there before, or nobody would hear it. */
export function UpdateNotice() {
  const { renew } = useShell()
  return (
    <div role="status">
      {renew === undefined ? null : (
        <p className={styles['notice']}>
          A new version is ready.{' '}
          <button type="button" onClick={renew}>
            Reload for the new version
          </button>
        </p>
      )}
    </div>
  )
}
