import { explain } from '../../queries/explain.ts'
import styles from './Callout.module.css'
import press from './Press.module.css'

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
    // Spoken once: not again for the word on its button.
    <div className={styles['callout']} data-tone="failure" role="alert" aria-atomic="false">
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
      <p className={styles['ways']}>
        <button
          type="button"
          className={press['press']}
          onClick={() => (isRetrying ? undefined : retry())}
          aria-disabled={isRetrying}
        >
          {isRetrying ? 'Trying…' : 'Try again'}
        </button>
        <span>{kind}</span>
      </p>
    </div>
  )
}
