import { useSession } from '../../queries/session.ts'
import callouts from '../ui/Callout.module.css'
import press from '../ui/Press.module.css'

/** Ways on where the one endpoint that may see the wallet does not answer: nobody else is asked without a word. */
export function AskInstead() {
  const { choice, client } = useSession()
  const others = client.endpoints.filter(
    ({ url, roles }) => roles.includes('wallet') && url !== choice.walletUrl,
  )
  if (others.length === 0) return null
  return (
    <p className={callouts['ways']}>
      An address is shown to one endpoint only.{' '}
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
  )
}
