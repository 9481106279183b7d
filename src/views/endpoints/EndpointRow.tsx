import { formatAge } from '../../format/time.ts'
import type { Seconds } from '../../math/fixedPoint.ts'
import { type Endpoint, privacySource, type Standing } from '../../queries/endpoints.ts'
import { explain } from '../../queries/explain.ts'
import { useSession } from '../../queries/session.ts'
import callouts from '../ui/Callout.module.css'
import press from '../ui/Press.module.css'
import styles from './EndpointRow.module.css'
import { CheckSteps, Ladder, rungsOf } from './Ladder.tsx'
import { type Check, useCheck } from './useCheck.ts'
import { hostOf, PRIVACY_WORDS, paceInWords, rolesInWords, sentence, spanInWords } from './words.ts'

export type RowActions = {
  readonly onSwitch: (endpoint: Endpoint, isOn: boolean) => void
  readonly onWallet: (endpoint: Endpoint) => void
  readonly onMove: (endpoint: Endpoint, by: -1 | 1) => void
  readonly onRemove: (endpoint: Endpoint) => void
}

type Props = RowActions & {
  readonly endpoint: Endpoint
  /** What this visit has found out; undefined while it is off. */
  readonly standing: Standing | undefined
  readonly isOn: boolean
  readonly now: Seconds
  /** Why it could not be switched off just now. */
  readonly refusedBecause: string | undefined
}

/** Who it is, what it says about tracking, what it is asked for, and whether it sees the wallet. */
function Who({ endpoint, isOn, onSwitch, onWallet }: Props) {
  const { choice } = useSession()
  const { url, operator, privacy, roles, note, source } = endpoint
  const host = hostOf(endpoint)
  return (
    <div className={styles['who']}>
      <label className={styles['name']}>
        <input type="checkbox" checked={isOn} onChange={event => onSwitch(endpoint, event.target.checked)} />
        {operator}
      </label>
      {operator === host ? null : <code>{host}</code>}
      <p title={privacy === 'own' ? undefined : privacySource}>{PRIVACY_WORDS[privacy]}.</p>
      {note === undefined ? null : <p>{note}</p>}
      <p title={source}>Asked for: {rolesInWords(endpoint)}.</p>
      {isOn && roles.includes('wallet') ? (
        <label className={styles['wallet']}>
          <input
            type="radio"
            name="wallet"
            aria-label={`sees the wallet: ${operator}`}
            checked={choice.walletUrl === url}
            onChange={() => onWallet(endpoint)}
          />
          sees the wallet
        </label>
      ) : null}
    </div>
  )
}

/** The last refusal in words, with what the endpoint itself said behind a disclosure. */
function Refusal({ standing, now }: { readonly standing: Standing; readonly now: Seconds }) {
  const aside = standing.setAside()
  const last = standing.lastRefusal()
  if (aside !== undefined)
    return <p className={styles['aside']}>Set aside in this visit: {explain(aside).message}</p>
  if (last === undefined) return null
  const { message, kind } = explain(last.failure)
  const age = now - BigInt(Math.floor(last.at / 1_000))
  return (
    <>
      <p>
        Last refusal, {formatAge(age)} ago: {message} <span className={styles['kind']}>{kind}</span>
      </p>
      {last.failure.body === undefined || last.failure.body === '' ? null : (
        <details>
          <summary>What it said</summary>
          <code>{last.failure.body}</code>
        </details>
      )}
    </>
  )
}

/** What the visit has found out, and what is known of its limits. */
function State({ endpoint, standing, isOn, now, refusedBecause, check }: Props & { readonly check: Check }) {
  const { memory } = useSession().client
  const span = spanInWords(endpoint, memory.recall(endpoint.url))
  return (
    <div className={styles['state']}>
      <Ladder label={`What ${endpoint.operator} has shown`} rungs={standing?.rungs ?? rungsOf(check.steps)} />
      <p>
        {paceInWords(endpoint, standing)}
        {span === undefined ? '' : `; ${span}`}.{isOn ? '' : ' Off: it is not asked.'}
      </p>
      {refusedBecause === undefined ? null : (
        <p role="alert" className={callouts['callout']} data-tone="failure">
          {refusedBecause}
        </p>
      )}
      {standing === undefined ? null : <Refusal standing={standing} now={now} />}
      <CheckSteps {...check} />
      {check.error === undefined ? null : (
        <p role="alert" className={callouts['callout']} data-tone="failure">
          The check broke off. {sentence(check.error.message)}
        </p>
      )}
    </div>
  )
}

/** One endpoint: who, how it does, and what can be done with it. */
export function EndpointRow(props: Props) {
  const { endpoint, isOn, onMove, onRemove } = props
  const { known, settings } = useSession().choice
  const { check, start, cancel } = useCheck()
  const { operator, url } = endpoint
  const place = known.findIndex(one => one.url === url)
  const isLast = place === known.length - 1
  return (
    <li className={styles['row']} data-on={isOn}>
      <Who {...props} />
      <State {...props} check={check} />
      <div className={styles['controls']}>
        {/* Not disabled at the ends: the focus, which React keeps on a row that moves, would be lost there. */}
        <button
          type="button"
          className={press['press']}
          aria-disabled={place === 0}
          aria-label={`Move ${operator} up`}
          onClick={() => onMove(endpoint, -1)}
        >
          ↑
        </button>
        <button
          type="button"
          className={press['press']}
          aria-disabled={isLast}
          aria-label={`Move ${operator} down`}
          onClick={() => onMove(endpoint, 1)}
        >
          ↓
        </button>
        <button
          type="button"
          className={press['press']}
          aria-label={`${check.isRunning ? 'Cancel' : 'Check now'}: ${operator}`}
          onClick={() => (check.isRunning ? cancel() : void start(endpoint))}
        >
          {check.isRunning ? 'Cancel' : 'Check now'}
        </button>
        {!settings.own.includes(url) ? null : (
          <button
            type="button"
            className={press['press']}
            aria-label={`Remove: ${operator}`}
            onClick={() => onRemove(endpoint)}
          >
            Remove
          </button>
        )}
      </div>
    </li>
  )
}
