import { useState } from 'react'
import { type EndpointSettings, privacySource, useStandings } from '../../queries/endpoints.ts'
import { useSession } from '../../queries/session.ts'
import page from '../ui/Page.module.css'
import { useNow } from '../ui/useNow.ts'
import { lastOnProblem, withMove, withoutOwn, withSwitch, withWallet } from './arrange.ts'
import { EndpointRow, type RowActions } from './EndpointRow.tsx'
import styles from './EndpointsPanel.module.css'

type Props = { readonly choose: (settings: EndpointSettings) => void }

/** What the reader can do with a row, what came of it in words, and what was refused. */
function useActions({ choose }: Props) {
  const { choice, client } = useSession()
  const { known, settings } = choice
  const [refused, setRefused] = useState<{ readonly url: string; readonly why: string }>()
  const [said, say] = useState('')
  const used = client.endpoints

  const change = (words: string, next: EndpointSettings): void => {
    setRefused(undefined)
    say(words)
    choose(next)
  }
  /** Refuse what would leave the page without figures. */
  const unlessLast = (url: string, change: () => void): void => {
    const reason = used.some(endpoint => endpoint.url === url) ? lastOnProblem(used, url) : undefined
    if (reason === undefined) change()
    else setRefused({ url, why: reason })
  }
  const actions: RowActions = {
    onSwitch: ({ url, operator }, isOn) => {
      const turn = (): void =>
        change(`${operator} is ${isOn ? 'on' : 'off'}.`, withSwitch(settings, url, isOn))
      if (isOn) turn()
      else unlessLast(url, turn)
    },
    onWallet: ({ url, operator }) => change(`${operator} alone sees the wallet.`, withWallet(settings, url)),
    onMove: ({ url, operator }, by) => {
      const place = known.findIndex(endpoint => endpoint.url === url) + by
      if (place < 0 || place >= known.length) return
      change(`${operator} is now ${place + 1} of ${known.length}.`, withMove(settings, known, { url, by }))
    },
    onRemove: ({ url, operator }) =>
      unlessLast(url, () => change(`${operator} is removed.`, withoutOwn(settings, url))),
  }
  return { actions, refused, said }
}

/** All endpoints that are known, in the order of preference, and what the reader can do with them. */
export function EndpointList({ choose }: Props) {
  const { choice, client } = useSession()
  const { known, walletUrl } = choice
  const standings = useStandings()
  const now = useNow(5_000)
  const { actions, refused, said } = useActions({ choose })
  return (
    <>
      <ol className={styles['list']} aria-label="Endpoints in the order of preference">
        {known.map(endpoint => (
          <EndpointRow
            key={endpoint.url}
            endpoint={endpoint}
            standing={standings.find(standing => standing.endpoint.url === endpoint.url)}
            isOn={client.endpoints.some(({ url }) => url === endpoint.url)}
            now={now}
            refusedBecause={refused?.url === endpoint.url ? refused.why : undefined}
            {...actions}
          />
        ))}
      </ol>
      <p role="status" className="visually-hidden">
        {said}
      </p>
      {walletUrl === undefined ? (
        <p className={page['note']}>None that is on may see a wallet: no wallet can be read.</p>
      ) : null}
      <p className={page['note']}>
        What is said about tracking are the operators’ own words, as listed by {privacySource}.
      </p>
    </>
  )
}
