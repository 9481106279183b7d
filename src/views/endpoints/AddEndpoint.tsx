import { type SubmitEvent, useEffect, useRef, useState } from 'react'
import { mixedContentNote, noteSteps, parseOwnEndpoint, type Step } from '../../queries/checkEndpoint.ts'
import type { EndpointSettings } from '../../queries/endpoints.ts'
import { useSession } from '../../queries/session.ts'
import callouts from '../ui/Callout.module.css'
import page from '../ui/Page.module.css'
import press from '../ui/Press.module.css'
import { listedAs, withOwn } from './arrange.ts'
import styles from './EndpointsPanel.module.css'
import { CheckSteps } from './Ladder.tsx'
import { useCheck } from './useCheck.ts'
import { hostOf, sentence } from './words.ts'

/** What is wrong, or what came of it. */
type Outcome = { readonly kind: 'problem' | 'note' | 'saved'; readonly text: string }

const NEEDED = ['reachable', 'chain', 'head']

const hasFailed = (steps: readonly Step[], rung: Step['rung']): boolean =>
  steps.some(step => step.rung === rung && !step.isPassed)

/** Say what a node that is saved nevertheless cannot do, and what follows from it. */
function shortcomings(steps: readonly Step[]): string {
  const lacks = [
    ...(hasFailed(steps, 'archive') ? ['old state'] : []),
    ...(hasFailed(steps, 'logs') ? ['logs'] : []),
  ]
  return lacks.length === 0 ? '' : ` It gives no ${lacks.join(' and no ')}: history is then read from others.`
}

/** Take in a node of the reader's own: it is checked step by step, and saved only if it can give live figures. */
export function AddEndpoint({ choose }: { readonly choose: (settings: EndpointSettings) => void }) {
  const session = useSession()
  const { choice } = session
  const { check, start, cancel } = useCheck()
  const [text, setText] = useState('')
  const [outcome, setOutcome] = useState<Outcome>()
  // A check takes a while: what is saved after it builds on what was chosen meanwhile.
  const latest = useRef({ choice, choose })
  const saved = useRef<{ readonly url: string; readonly steps: readonly Step[] }>(undefined)
  useEffect(() => {
    latest.current = { choice, choose }
    const own = saved.current
    if (own === undefined || !choice.settings.own.includes(own.url)) return
    // The page has connected anew, with the node that was checked before.
    noteSteps(session, own.url, own.steps)
    saved.current = undefined
  }, [session, choice, choose])

  async function add(): Promise<void> {
    const parsed = parseOwnEndpoint(text)
    if ('problem' in parsed) return setOutcome({ kind: 'problem', text: parsed.problem })
    const { endpoint } = parsed
    const listed = listedAs(choice.known, endpoint.url)
    if (listed !== undefined)
      return setOutcome({ kind: 'problem', text: `It is in the list already, as ${listed.operator}.` })
    const note = mixedContentNote(endpoint, location.protocol)
    setOutcome(note === undefined ? undefined : { kind: 'note', text: note })
    const steps = await start(endpoint)
    if (steps === undefined) return
    if (NEEDED.some(rung => steps.some(step => step.rung === rung && !step.isPassed)))
      return setOutcome({
        kind: 'problem',
        text: `It is not saved, for what the check found.${note === undefined ? '' : ` ${note}`}`,
      })
    const { choice: now, choose: save } = latest.current
    saved.current = { url: endpoint.url, steps }
    save(withOwn(now.settings, now.known, endpoint.url))
    setText('')
    setOutcome({
      kind: 'saved',
      text: `${hostOf(endpoint)} is saved and asked first.${shortcomings(steps)}`,
    })
  }
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault()
    void add()
  }
  const isProblem = outcome?.kind === 'problem'
  return (
    <section aria-labelledby="own-title">
      <h3 id="own-title">Add your own node</h3>
      <form className={styles['add']} noValidate onSubmit={submit}>
        <label htmlFor="own-url">URL</label>
        <input
          id="own-url"
          type="text"
          inputMode="url"
          placeholder="http://127.0.0.1:8545"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          value={text}
          aria-invalid={isProblem}
          aria-describedby="own-outcome"
          onChange={event => {
            setText(event.target.value)
            setOutcome(undefined)
          }}
        />
        {check.isRunning ? (
          <button type="button" className={press['press']} onClick={cancel}>
            Cancel
          </button>
        ) : (
          <button type="submit" className={press['press']}>
            Check and add
          </button>
        )}
      </form>
      <div id="own-outcome">
        {outcome === undefined ? null : (
          <p
            role={isProblem ? 'alert' : 'status'}
            className={isProblem ? callouts['callout'] : page['note']}
            data-tone={isProblem ? 'failure' : undefined}
          >
            {outcome.text}
          </p>
        )}
      </div>
      <CheckSteps {...check} />
      {check.error === undefined ? null : (
        <p role="alert" className={callouts['callout']} data-tone="failure">
          The check broke off, and nothing is saved. {sentence(check.error.message)}
        </p>
      )}
      <p className={page['note']}>
        It has to allow this page (CORS). Plain http is for a node on this machine only.
      </p>
    </section>
  )
}
