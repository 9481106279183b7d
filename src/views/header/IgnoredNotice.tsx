import { useState } from 'react'
import { useLocation, useSearch } from 'wouter'
import { quoted } from '../../format/quoted.ts'
import { useSession } from '../../queries/session.ts'
import { type StoredProblem, storedProblems, tellStoredProblems } from '../../queries/storedProblems.ts'
import { ignoredInLink } from '../state/ignored.ts'
import press from '../ui/Press.module.css'
import { takeFocus } from '../ui/takeFocus.ts'
import styles from './Notices.module.css'

type NoticeProps = { readonly text: string; readonly onClose: () => void }

function Notice({ text, onClose }: NoticeProps) {
  const close = (): void => {
    // The button that has the focus goes.
    takeFocus(document.querySelector<HTMLElement>('main h1'))
    onClose()
  }
  return (
    <p className={styles['notice']}>
      {text}{' '}
      <button type="button" className={press['press']} onClick={close}>
        Close
      </button>
    </p>
  )
}

const FIELD_WORDS = {
  own: 'nodes of your own',
  order: 'their order',
  switched: 'which are on and off',
  wallet: 'who sees a wallet',
} as const

function problemInWords(problem: StoredProblem): string {
  switch (problem.kind) {
    case 'forbidden':
      return 'This browser keeps no settings for this page: colours, endpoints and remembered wallets are as on a first visit, and a new choice lasts as long as the page is open.'
    case 'full':
      return 'The browser’s storage for this page is full: a new choice of colours, endpoints or wallets to remember lasts as long as the page is open.'
    case 'theme':
      return 'The stored colours cannot be read, so they are the system’s.'
    case 'endpoints':
      return 'The stored choice of endpoints cannot be read, so the usual ones are asked, also about wallets. If you had chosen a node of your own, add it again.'
    case 'fields':
      return `Part of the stored choice of endpoints cannot be read and counts as not chosen: ${problem.fields.map(field => FIELD_WORDS[field]).join(', ')}.`
    case 'wallets':
      return 'Not all remembered wallets can be read; those that cannot are left out.'
  }
}

/** The reader's own nodes that are stored, and that a page may not ask. */
function refusedNodes({ settings, known }: ReturnType<typeof useSession>['choice']): string[] {
  const refused = settings.own.filter(url => !known.some(endpoint => endpoint.url === url))
  return refused.map(
    url => `Your node ${quoted(url)} is not asked: a page may ask https addresses, and http on this machine.`,
  )
}

function StoredNotice() {
  const { chain, choice } = useSession()
  const [problems, setProblems] = useState(() => storedProblems(chain))
  const [isClosed, setIsClosed] = useState(false)
  const texts = [...problems.map(problemInWords), ...(isClosed ? [] : refusedNodes(choice))]
  const close = (): void => {
    tellStoredProblems(problems)
    setProblems([])
    setIsClosed(true)
  }
  return texts.length === 0 ? null : <Notice text={texts.join(' ')} onClose={close} />
}

function LinkNotice() {
  const { pools } = useSession()
  const [path] = useLocation()
  const search = useSearch()
  const [closed, setClosed] = useState('')
  const phrases = ignoredInLink({
    path,
    params: new URLSearchParams(search),
    outer: new URLSearchParams(location.search),
    pools: pools.map(({ id }) => id),
  })
  const text = phrases.join('; ')
  if (text === '' || text === closed) return null
  return (
    <Notice
      text={`Not all of this link could be followed. Ignored: ${text}.`}
      onClose={() => setClosed(text)}
    />
  )
}

/** What the page does not follow of a link, or cannot read of what this browser keeps for it. */
export function IgnoredNotice() {
  return (
    <>
      <LinkNotice />
      <StoredNotice />
    </>
  )
}
