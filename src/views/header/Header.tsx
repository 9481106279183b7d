import { type SubmitEvent, useState } from 'react'
import { useLocation, useSearch } from 'wouter'
import { ViewLink } from '../ui/ViewLink.tsx'
import styles from './Header.module.css'
import { NetworkPill } from './NetworkPill.tsx'
import { ThemeSwitch } from './ThemeSwitch.tsx'

/** The field that takes an address from any page to its holdings. */
function AddressField() {
  const [, navigate] = useLocation()
  const search = useSearch()
  const [text, setText] = useState('')
  const [problem, setProblem] = useState<string>()
  const look = async (): Promise<void> => {
    // Checksums need a hash function, which is loaded when somebody asks.
    const { InvalidAddress, parseAddress } = await import('../../pools/account.ts')
    try {
      const address = parseAddress(text)
      setProblem(undefined)
      navigate(`/wallet/${address}${search === '' ? '' : `?${search}`}`)
    } catch (error) {
      if (!(error instanceof InvalidAddress)) throw error
      setProblem(error.message)
    }
  }
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault()
    look().catch(() => setProblem('The check of addresses could not be loaded. Reload the page.'))
  }
  return (
    <search className={styles['search']}>
      <form onSubmit={submit} noValidate>
        <input
          type="text"
          name="address"
          aria-label="Wallet address"
          placeholder="Paste an address"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          value={text}
          aria-invalid={problem !== undefined}
          aria-describedby={problem === undefined ? undefined : 'address-problem'}
          onChange={event => {
            setText(event.target.value)
            setProblem(undefined)
          }}
        />
        <button type="submit">Look</button>
      </form>
      {problem === undefined ? null : (
        <p id="address-problem" className={styles['problem']} role="alert">
          {problem}
        </p>
      )}
    </search>
  )
}

type Props = { readonly theme: string; readonly onTheme: (theme: 'system' | 'light' | 'dark') => void }

export function Header({ theme, onTheme }: Props) {
  return (
    <header className={styles['header']}>
      <div className={styles['inner']}>
        <ViewLink className={styles['word']} to="/">
          Poolglass
        </ViewLink>
        <NetworkPill />
        <span className={styles['grow']} />
        <AddressField />
        <ThemeSwitch theme={theme} onTheme={onTheme} />
      </div>
    </header>
  )
}
