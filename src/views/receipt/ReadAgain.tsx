import { useRef, useState } from 'react'
import callouts from '../ui/Callout.module.css'
import page from '../ui/Page.module.css'
import press from '../ui/Press.module.css'
import { Reason } from './Reason.tsx'
import styles from './Receipt.module.css'
import type { useReadAgain } from './useReadAgain.ts'

type Props = Pick<ReturnType<typeof useReadAgain>, 'ask' | 'isPending' | 'failures' | 'next'> & {
  /** The wallet that whoever is asked would see. */
  readonly account: string | undefined
  readonly hasAsked: boolean
}

type ConsentProps = {
  readonly account: string
  readonly operator: string
  readonly answer: (isYes: boolean) => void
}

function Consent({ account, operator, answer }: ConsentProps) {
  return (
    <div className={callouts['callout']} data-tone="warning">
      <p>
        {operator} will see the address {account}, and from where on the internet it is looked at.
      </p>
      <p className={callouts['ways']}>
        <button type="button" className={press['press']} onClick={() => answer(true)}>
          Let {operator} see it
        </button>
        <button type="button" className={press['press']} onClick={() => answer(false)}>
          Leave it
        </button>
      </p>
    </div>
  )
}

function labelOf({
  isPending,
  hasAsked,
  account,
}: Pick<Props, 'isPending' | 'hasAsked' | 'account'>): string {
  if (isPending) return 'Asking…'
  const label = `Read it again from ${hasAsked ? 'one more' : 'another'} operator`
  return account === undefined ? label : `${label}, which will see the address`
}

type AskProps = Pick<Props, 'account' | 'hasAsked' | 'ask' | 'isPending'> & { readonly operator: string }

function Ask({ operator, ask, ...props }: AskProps) {
  const { account, isPending } = props
  const button = useRef<HTMLButtonElement>(null)
  const [isAsking, setIsAsking] = useState(false)
  const attempt = (): void => {
    // Not disabled meanwhile: a button that is loses the focus.
    if (isPending) return
    if (account === undefined) ask()
    else setIsAsking(!isAsking)
  }
  const answer = (isYes: boolean): void => {
    setIsAsking(false)
    button.current?.focus()
    if (isYes) ask()
  }
  return (
    <>
      <button
        ref={button}
        type="button"
        className={press['press']}
        onClick={attempt}
        aria-disabled={isPending}
        aria-expanded={account === undefined ? undefined : isAsking}
      >
        {labelOf(props)}
      </button>
      {isAsking && account !== undefined ? (
        <Consent account={account} operator={operator} answer={answer} />
      ) : null}
    </>
  )
}

/** Ask somebody else for the same calls of the same block; for a wallet only after a word about who sees it. */
export function ReadAgain({ failures, next: [operator], ...props }: Props) {
  return (
    <div className={styles['again']}>
      {operator === undefined ? (
        <p className={page['note']}>
          Nobody else is left to ask
          {props.hasAsked ? ': every operator that can be asked has given its answer' : ''}.
        </p>
      ) : (
        <Ask {...props} operator={operator} />
      )}
      <div aria-live="polite">
        {failures.map(error => (
          <p key={error.message} className={page['note']}>
            Nobody could read it again: <Reason error={error} />
          </p>
        ))}
      </div>
    </div>
  )
}
