import { useState } from 'react'
import styles from './CopyButton.module.css'
import press from './Press.module.css'

type Props = {
  /** What is copied; a long text may be made when it is asked for. */
  readonly text: string | (() => string)
  readonly label: string
}

const WORDS = { idle: 'Copy', done: 'Copied', failed: 'Select and copy by hand' } as const

/** Copy a text; where the browser forbids it, say so. */
export function CopyButton({ text, label }: Props) {
  const [state, setState] = useState<keyof typeof WORDS>('idle')
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(typeof text === 'string' ? text : text())
      setState('done')
    } catch {
      // Forbidden, or a page without a secure context: the text stands beside the button.
      setState('failed')
    }
  }
  return (
    <>
      <button
        type="button"
        className={`${press['press']} ${styles['copy']}`}
        onClick={() => void copy()}
        aria-label={label}
      >
        {WORDS[state]}
      </button>
      <span className="visually-hidden" aria-live="polite">
        {state === 'idle' ? '' : `${WORDS[state]}.`}
      </span>
    </>
  )
}
