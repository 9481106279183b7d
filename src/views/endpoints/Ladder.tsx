import type { Step } from '../../queries/checkEndpoint.ts'
import type { Rung } from '../../queries/endpoints.ts'
import callouts from '../ui/Callout.module.css'
import styles from './EndpointRow.module.css'
import { RUNG_WORDS, RUNGS, sentence } from './words.ts'

const signOf = (isPassed: boolean | undefined): string =>
  isPassed === undefined ? '·' : isPassed ? '✓' : '✗'
const wordOf = (isPassed: boolean | undefined): string =>
  isPassed === undefined ? 'not tried yet' : isPassed ? 'yes' : 'no'

/** What an endpoint has shown that it can do, step by step. */
export function Ladder({
  label,
  rungs,
}: {
  readonly label: string
  readonly rungs: ReadonlyMap<Rung, boolean>
}) {
  const shown: readonly Rung[] = rungs.has('proof') ? [...RUNGS, 'proof'] : RUNGS
  return (
    <ul className={styles['ladder']} aria-label={label}>
      {shown.map(rung => {
        const isPassed = rungs.get(rung)
        return (
          <li key={rung} data-passed={isPassed ?? 'unknown'}>
            <span aria-hidden="true">{signOf(isPassed)}</span> {RUNG_WORDS[rung]}
            <span className="visually-hidden">: {wordOf(isPassed)}</span>
          </li>
        )
      })}
    </ul>
  )
}

/** What a check found, a line for each step. */
export function CheckSteps({
  steps,
  isRunning,
}: {
  readonly steps: readonly Step[]
  readonly isRunning: boolean
}) {
  if (steps.length === 0 && !isRunning) return null
  return (
    <div role="status" className={`${callouts['callout']} ${styles['steps']}`}>
      {steps.map(({ rung, isPassed, finding }) => (
        <p key={rung}>
          <span aria-hidden="true">{signOf(isPassed)}</span>
          <span className="visually-hidden">{isPassed ? 'passed' : 'failed'}:</span> {RUNG_WORDS[rung]}.{' '}
          {sentence(finding)}
        </p>
      ))}
      {isRunning ? <p>Checking…</p> : null}
    </div>
  )
}

/** The rungs that a check has shown or broken. */
export function rungsOf(steps: readonly Step[]): ReadonlyMap<Rung, boolean> {
  const rungs = new Map<Rung, boolean>()
  for (const { rung, isPassed } of steps) {
    if (rung !== 'reachable') rungs.set('reachable', true)
    rungs.set(rung, isPassed)
  }
  return rungs
}
