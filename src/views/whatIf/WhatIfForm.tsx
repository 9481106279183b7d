import { type SubmitEvent, useId, useState } from 'react'
import { dateFieldValue } from '../ui/dateField.ts'
import press from '../ui/Press.module.css'
import type { Texts } from './inputs.ts'
import styles from './WhatIf.module.css'

type Props = {
  /** What stands in the fields at first, and whenever the address says something else. */
  readonly texts: Texts
  readonly problems: { readonly since: string | undefined; readonly amount: string | undefined }
  /** The last day that can be chosen. */
  readonly latest: string
  readonly isAsked: boolean
  readonly ask: (texts: Texts | undefined) => void
}

/** Get what is being typed; another question in the address takes its place. */
function useDraft(texts: Texts): readonly [Texts, (draft: Texts) => void] {
  const [seen, setSeen] = useState(texts)
  const [draft, setDraft] = useState(texts)
  if (seen.since !== texts.since || seen.amount !== texts.amount) {
    setSeen(texts)
    setDraft(texts)
  }
  return [draft, setDraft]
}

function Problem({ id, text }: { readonly id: string; readonly text: string | undefined }) {
  return text === undefined ? null : (
    <p id={id} className={styles['problem']} role="alert">
      {text}
    </p>
  )
}

/** The day and the amount. Nothing is read until somebody asks. */
export function WhatIfForm({ texts, problems, latest, isAsked, ask }: Props) {
  const id = useId()
  const [draft, setDraft] = useDraft(texts)
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault()
    ask(draft)
  }
  return (
    <form className={styles['form']} onSubmit={submit} noValidate>
      <label>
        Staked on
        <input
          type="date"
          max={latest}
          value={dateFieldValue(draft.since)}
          aria-invalid={problems.since !== undefined}
          aria-describedby={problems.since === undefined ? undefined : `${id}-since`}
          onChange={({ target }) => setDraft({ ...draft, since: target.value })}
        />
      </label>
      <label>
        Amount in ETH
        <input
          type="text"
          inputMode="decimal"
          autoComplete="off"
          value={draft.amount}
          aria-invalid={problems.amount !== undefined}
          aria-describedby={problems.amount === undefined ? undefined : `${id}-amount`}
          onChange={({ target }) => setDraft({ ...draft, amount: target.value })}
        />
      </label>
      <button type="submit" className={press['press']}>
        Work it out
      </button>
      {isAsked ? (
        <button
          type="button"
          className={`${press['press']} ${styles['clear']}`}
          onClick={() => ask(undefined)}
        >
          Clear
        </button>
      ) : null}
      <Problem id={`${id}-since`} text={problems.since} />
      <Problem id={`${id}-amount`} text={problems.amount} />
    </form>
  )
}
