import { useLocation, useSearch } from 'wouter'
import { type RememberedWallet, useRemembered } from '../../../queries/remembered.ts'
import callouts from '../../ui/Callout.module.css'
import { CardBar } from '../../ui/CardBar.tsx'
import press from '../../ui/Press.module.css'
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
      <CardBar id="recents-title" title="Remembered in this browser" />
      {problem === undefined ? null : (
        <p className={callouts['callout']} data-tone="failure" role="alert">
          {problem}
        </p>
      )}
      <ul>
        {wallets.map(wallet => (
          <li key={wallet.join()}>
            <button
              type="button"
              className={press['press']}
              title={wallet.join('\n')}
              onClick={() => open(wallet)}
            >
              {nameOf(wallet)}
            </button>
            <button
              type="button"
              className={press['press']}
              aria-label={`Forget ${nameOf(wallet)}`}
              onClick={() => forget(wallet)}
            >
              Forget
            </button>
          </li>
        ))}
      </ul>
      {wallets.length === 0 ? null : (
        <button type="button" className={press['press']} onClick={forgetAll}>
          Forget all
        </button>
      )}
    </section>
  )
}
