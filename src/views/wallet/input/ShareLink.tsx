import { useState } from 'react'
import { useSearch } from 'wouter'
import press from '../../ui/Press.module.css'
import styles from './Input.module.css'

type State = 'idle' | 'copied' | 'refused'

/** A link that holds the addresses, which the page's own URL does not: made only when the reader wants it. */
export function ShareLink({ accounts }: { readonly accounts: readonly string[] }) {
  const search = useSearch()
  const [state, setState] = useState<State>('idle')
  const page = location.href.replace(/#.*$/s, '')
  const link = `${page}#/wallet/${accounts.join(',')}${search === '' ? '' : `?${search}`}`
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(link)
      setState('copied')
    } catch {
      // Forbidden, or a page without a secure context: the link is shown to be copied by hand.
      setState('refused')
    }
  }
  return (
    <div className={styles['share']}>
      <button type="button" className={press['press']} onClick={() => void copy()}>
        Copy a link to this wallet
      </button>
      <p role="status">
        {state === 'copied'
          ? 'Copied. Whoever has the link sees this wallet too: it holds the addresses.'
          : ''}
        {state === 'refused' ? 'The browser forbids copying. Whoever has this link sees the wallet too:' : ''}
      </p>
      {state === 'refused' ? <code className={styles['link']}>{link}</code> : null}
    </div>
  )
}
