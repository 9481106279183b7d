import { useSession } from '../../../queries/session.ts'
import type { WalletPastReading } from '../../../queries/walletPast.ts'
import callouts from '../../ui/Callout.module.css'
import press from '../../ui/Press.module.css'

/** Who else could read a past, by name: nobody is shown the address without a word. */
export function OtherEndpoints({ reading: { others } }: { readonly reading: WalletPastReading }) {
  const { choice } = useSession()
  return (
    <div className={callouts['callout']}>
      <p>
        An address is shown to one endpoint only.{' '}
        {others.length === 0
          ? 'None of the other endpoints in use both may see a wallet and keeps old state: add an own archive node among the endpoints.'
          : 'The past can be read from one that keeps old state; the holdings will come from it too.'}
      </p>
      {others.length === 0 ? null : (
        <p className={callouts['ways']}>
          {others.map(({ url, operator }) => (
            <button
              key={url}
              type="button"
              className={press['press']}
              onClick={() => choice.choose({ ...choice.settings, wallet: url })}
            >
              Show it to {operator} instead
            </button>
          ))}
        </p>
      )}
    </div>
  )
}
