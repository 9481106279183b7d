import { type ClipboardEvent, lazy, type SubmitEvent, Suspense, useState } from 'react'
import { useLocation, useSearch } from 'wouter'
import { Boundary } from '../ui/Boundary.tsx'
import press from '../ui/Press.module.css'
import styles from './Header.module.css'

// Only who goes to the field needs to know what is remembered.
const RecentList = lazy(() => import('./RecentList.tsx').then(({ RecentList }) => ({ default: RecentList })))

const RECENTS = 'recent-wallets'

/** Put text in place of what is selected, as typing would: the browser keeps it undoable where it can. */
function insert(field: HTMLInputElement, text: string): void {
  field.setRangeText(text, field.selectionStart ?? 0, field.selectionEnd ?? 0, 'end')
}

/** The field that takes addresses and names from any page to what they hold. */
export function AddressField() {
  const [, navigate] = useLocation()
  const search = useSearch()
  const [text, setText] = useState('')
  const [problem, setProblem] = useState<string>()
  const [isWanted, setIsWanted] = useState(false)
  const go = (state?: unknown): void => navigate(`/wallet${search === '' ? '' : `?${search}`}`, { state })
  const look = async (): Promise<void> => {
    // The wallet's own page says what to paste, and several fit in there.
    if (text.trim() === '') {
      go()
      return
    }
    // Checksums need a hash function, which is loaded when somebody asks.
    const { startLook } = await import('../wallet/input/startLook.ts')
    const start = startLook(text)
    if ('problem' in start) {
      setProblem(start.problem)
      return
    }
    setText('')
    go(start.state)
  }
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault()
    setProblem(undefined)
    look().catch(() => setProblem('The check of addresses could not be loaded. Reload the page.'))
  }
  const paste = (event: ClipboardEvent<HTMLInputElement>): void => {
    const pasted = event.clipboardData.getData('text')
    // A field of one line may drop the line ends, and two names become one that somebody else may own.
    if (!/[\r\n]/.test(pasted)) return
    event.preventDefault()
    insert(event.currentTarget, pasted.replaceAll(/\s+/g, ' '))
    setText(event.currentTarget.value)
    setProblem(undefined)
  }
  return (
    <search className={styles['search']}>
      <form onSubmit={submit} noValidate autoComplete="off">
        <input
          type="text"
          name="address"
          aria-label="Wallet address or ENS name"
          placeholder="Paste an address or ENS name"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          list={RECENTS}
          value={text}
          aria-invalid={problem !== undefined}
          aria-describedby={problem === undefined ? undefined : 'address-problem'}
          onFocus={() => setIsWanted(true)}
          onPaste={paste}
          onChange={event => {
            setText(event.target.value)
            setProblem(undefined)
          }}
        />
        <button type="submit" className={press['press']}>
          Look
        </button>
      </form>
      {isWanted ? (
        <Boundary what="the remembered addresses">
          <Suspense fallback={null}>
            <RecentList id={RECENTS} />
          </Suspense>
        </Boundary>
      ) : null}
      {problem === undefined ? null : (
        <p id="address-problem" className={styles['problem']} role="alert">
          {problem}
        </p>
      )}
    </search>
  )
}
