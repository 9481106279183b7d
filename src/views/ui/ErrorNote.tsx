import { explain } from '../../queries/explain.ts'
import styles from './ErrorNote.module.css'

type Props = {
  readonly what: string
  readonly error: Error
  readonly retry: () => void
  readonly isRetrying: boolean
  /** Figures read earlier are still on the screen. */
  readonly hasOlder?: boolean
}

/** A failure in words, with what to do about it. */
export function ErrorNote({ what, error, retry, isRetrying, hasOlder = false }: Props) {
  const { message, details, kind } = explain(error)
  return (
    <div className={styles['note']} role="alert">
      <p>
        <strong>{hasOlder ? `Could not read ${what} again.` : `Could not read ${what}.`}</strong> {message}
        {hasOlder ? ' The figures below are from an earlier reading.' : ''}
      </p>
      {details.length === 0 ? null : (
        <ul>
          {details.map(detail => (
            <li key={detail}>{detail}</li>
          ))}
        </ul>
      )}
      <p className={styles['foot']}>
        <button type="button" onClick={retry} disabled={isRetrying}>
          {isRetrying ? 'Trying…' : 'Try again'}
        </button>
        <span>{kind}</span>
      </p>
    </div>
  )
}
