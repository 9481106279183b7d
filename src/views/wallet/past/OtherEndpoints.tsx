import { useSession } from '../../../queries/session.ts'
import type { WalletPastReading } from '../../../queries/walletPast.ts'
import styles from './Past.module.css'

/** Who else could read a past, by name: nobody is shown the address without a word. */
export function OtherEndpoints({ reading: { others } }: { readonly reading: WalletPastReading }) {
  const { choice } = useSession()
  return (
    <div className={styles['offer']}>
      <p>
        An address is shown to one endpoint only.{' '}
        {others.length === 0
          ? 'None of the other endpoints in use both may see a wallet and keeps old state: add an own archive node among the endpoints.'
          : 'The past can be read from one that keeps old state; the holdings will come from it too.'}
      </p>
      {others.map(({ url, operator }) => (
        <button
          key={url}
          type="button"
          className={styles['press']}
          onClick={() => choice.choose({ ...choice.settings, wallet: url })}
        >
          Show it to {operator} instead
        </button>
      ))}
    </div>
  )
}
