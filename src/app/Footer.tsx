import { useSession } from '../queries/session.ts'
import { useShell } from '../queries/shell.ts'
import { ViewLink } from '../views/ui/ViewLink.tsx'
import styles from './App.module.css'

/** What the page reads, from whom, and what it does not do. */
export function Footer() {
  const { client, choice } = useSession()
  const { isKept, lacksVersion } = useShell()
  const operators = [...new Set(client.endpoints.map(({ operator }) => operator))]
  const seer = choice.known.find(({ url }) => url === choice.walletUrl)
  return (
    <footer className={styles['footer']}>
      <p>
        Poolglass reads the chain and nothing else: no account, no wallet connection, no tracking. It asks{' '}
        {operators.join(', ')}. Whoever is asked sees your internet address;{' '}
        {seer === undefined
          ? 'no address that you paste goes anywhere, as none of them may see a wallet.'
          : `the address that you paste goes to ${seer.operator} alone.`}
      </p>
      {isKept ? <p>This page is kept on this device and opens without a network.</p> : null}
      {lacksVersion ? <p>{isKept ? 'A newer' : 'This'} version could not be kept on this device.</p> : null}
      <p>
        <ViewLink to="/method">About the numbers</ViewLink>
      </p>
    </footer>
  )
}
