import { type RememberedWallet, useRemembered } from '../../../queries/remembered.ts'
import callouts from '../../ui/Callout.module.css'
import styles from './Input.module.css'

/** Off until the reader wants it: then this browser keeps the addresses and names, until it is switched off again. */
export function Remember({ wallet }: { readonly wallet: RememberedWallet }) {
  const { has, remember, forget, problem } = useRemembered()
  return (
    <div className={styles['remember']}>
      <label>
        <input
          type="checkbox"
          checked={has(wallet)}
          onChange={({ target }) => (target.checked ? remember(wallet) : forget(wallet))}
        />
        Remember in this browser
      </label>
      {problem === undefined ? null : (
        <p className={callouts['callout']} data-tone="failure" role="alert">
          {problem}
        </p>
      )}
    </div>
  )
}
