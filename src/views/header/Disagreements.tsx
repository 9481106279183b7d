import { useSetAside } from '../../queries/endpoints.ts'
import { useSettledLive } from '../../queries/settledLive.ts'
import styles from './Notices.module.css'

/** Who contradicts whom, and who is not asked any more. */
export function Disagreements() {
  const { live, agreement } = useSettledLive()
  const disputed = live.data?.pools.filter(({ claims }) => claims !== undefined) ?? []
  const aside = useSetAside()
  const verdict = agreement?.verdict
  return (
    <>
      {verdict?.kind !== 'disputed' || disputed.length === 0 ? null : (
        <p className={styles['notice']} role="alert">
          <strong>{verdict.operators.join(' and ')} disagree</strong> about{' '}
          {disputed.map(({ pool }) => pool.name).join(', ')}. What they say stands side by side, and none of
          it is counted on or kept.
        </p>
      )}
      {aside.map(message => (
        <p key={message} className={styles['notice']} role="alert">
          {message}.
        </p>
      ))}
    </>
  )
}
