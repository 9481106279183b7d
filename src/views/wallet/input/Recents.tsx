import { useLocation, useSearch } from 'wouter'
import { type RememberedWallet, useRemembered } from '../../../queries/remembered.ts'
import styles from './Input.module.css'
import { startLook } from './startLook.ts'
import { listed, shortOf } from './words.ts'

const nameOf = (wallet: RememberedWallet): string => listed(wallet.map(shortOf))

/** The wallets that the reader asked this browser to remember, each to be opened or forgotten. */
export function Recents() {
  const { wallets, problem, forget, forgetAll } = useRemembered()
  const [, navigate] = useLocation()
  const search = useSearch()
  const open = (wallet: RememberedWallet): void => {
    const start = startLook(wallet.join(','))
    // An address with a wrong checksum may have been stored by another hand: it is no wallet any more.
    if ('problem' in start) forget(wallet)
    else navigate(`/wallet${search === '' ? '' : `?${search}`}`, { state: start.state })
  }
  if (wallets.length === 0 && problem === undefined) return null
  return (
    <section className={styles['recents']} aria-labelledby="recents-title">
      <h2 id="recents-title">Remembered in this browser</h2>
      {problem === undefined ? null : <p role="alert">{problem}</p>}
      <ul>
        {wallets.map(wallet => (
          <li key={wallet.join()}>
            <button type="button" title={wallet.join('\n')} onClick={() => open(wallet)}>
              {nameOf(wallet)}
            </button>
            <button type="button" aria-label={`Forget ${nameOf(wallet)}`} onClick={() => forget(wallet)}>
              Forget
            </button>
          </li>
        ))}
      </ul>
      {wallets.length === 0 ? null : (
        <button type="button" onClick={forgetAll}>
          Forget all
        </button>
      )}
    </section>
  )
}
