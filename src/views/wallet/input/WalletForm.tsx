import { type SubmitEvent, useId, useState } from 'react'
import { useLocation, useSearch } from 'wouter'
import { MOST_ENTRIES } from '../../../pools/account.ts'
import callouts from '../../ui/Callout.module.css'
import press from '../../ui/Press.module.css'
import styles from './Input.module.css'
import { startLook } from './startLook.ts'

/** Id of the page's heading. */
export const WALLET_TITLE = 'wallet-title'

type Props = {
  /** What stands in the field at first. */
  readonly text: string
  /** Why that leads nowhere. */
  readonly problem?: string | undefined
}

/** The field for several addresses and names. What it leads to is kept in memory, not in the URL. */
export function WalletForm({ text, problem: first }: Props) {
  const id = useId()
  const [, navigate] = useLocation()
  const search = useSearch()
  const [draft, setDraft] = useState(text.replaceAll(/,\s*/g, '\n'))
  const [problem, setProblem] = useState(first)
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const start = startLook(draft)
    if ('problem' in start) {
      setProblem(start.problem)
      return
    }
    // The form goes away with the wallet that it led from: the focus stays on the page that it leads to.
    document.getElementById(WALLET_TITLE)?.focus()
    navigate(`/wallet${search === '' ? '' : `?${search}`}`, { state: start.state })
  }
  return (
    <form className={styles['form']} onSubmit={submit} noValidate autoComplete="off">
      <label htmlFor={`${id}-text`}>Addresses or ENS names</label>
      <textarea
        id={`${id}-text`}
        rows={Math.min(8, Math.max(3, draft.split('\n').length))}
        autoComplete="off"
        autoCapitalize="off"
        autoCorrect="off"
        spellCheck={false}
        value={draft}
        aria-invalid={problem !== undefined}
        aria-describedby={problem === undefined ? `${id}-hint` : `${id}-problem ${id}-hint`}
        onChange={({ target }) => {
          setDraft(target.value)
          setProblem(undefined)
        }}
      />
      {problem === undefined ? null : (
        <p id={`${id}-problem`} className={callouts['callout']} data-tone="failure" role="alert">
          {problem}
        </p>
      )}
      <p id={`${id}-hint`} className={styles['hint']}>
        Up to {MOST_ENTRIES}, separated by spaces, commas or lines; they are summed up as one wallet.
      </p>
      <button type="submit" className={press['press']}>
        Look at the wallet
      </button>
    </form>
  )
}
