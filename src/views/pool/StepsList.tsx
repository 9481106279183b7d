import { useMemo, useState } from 'react'
import { formatBlock, formatExact, formatPercent, formatRate } from '../../format/number.ts'
import { formatTime } from '../../format/time.ts'
import { type Step, stepsOf } from '../../math/steps.ts'
import type { PoolSeries } from '../overview/poolFigures.ts'
import { Figure, UnknownFigure } from '../ui/Figure.tsx'
import styles from './StepsList.module.css'

/** Enough for a month of daily reports. */
const FIRST_ROWS = 31

type Props = { readonly own: PoolSeries; readonly isComplete: boolean }

function Row({ step, own }: { readonly step: Step; readonly own: PoolSeries }) {
  const { end, change, result } = step
  const { pool } = own
  return (
    <tr>
      <td title={end.notBefore === undefined ? undefined : `not before ${formatTime(end.notBefore)}`}>
        {formatTime(end.measuredAt)}
      </td>
      <td>{formatBlock(end.block)}</td>
      <td>
        <Figure
          exact={formatExact(end.rate)}
          receipt={book => book.stepReceipt(pool, step, own.operators)}
          unit={pool.unit}
        >
          {formatRate(end.rate)}
        </Figure>
      </td>
      <td data-falls={change < 0n} title={`${formatPercent(change * 100n, 6)} basis points`}>
        {formatPercent(change * 100n)}
      </td>
      <td data-falls={change < 0n}>
        {result === undefined ? (
          <UnknownFigure why="The two rates are too close in time to say anything about a year." />
        ) : (
          `${formatPercent(result.apy)} %`
        )}
      </td>
    </tr>
  )
}

/** Every change of rate that the evidence shows, newest first, with what each would give over a year. */
export function StepsList({ own, isComplete }: Props) {
  const [isWhole, setIsWhole] = useState(false)
  const steps = useMemo(() => stepsOf(own.points), [own.points])
  const shown = isWhole ? steps : steps.slice(0, FIRST_ROWS)
  const isReport = own.pool.accrual === 'report'
  return (
    <section aria-labelledby="steps-title" className={styles['steps']}>
      <h2 id="steps-title">{isReport ? 'Reports' : 'Rate, sample by sample'}</h2>
      <p className={styles['note']}>
        {isReport
          ? 'As daily samples of the rate show them: the time and block are those of the first sample with the new rate, and the report itself landed at most a sample before. Two reports between two samples are one row; the newest may have been seen by the reading of just now. The yield of one step is as uncertain as its time.'
          : 'The rate moves with every block, so each sample is exact at its own block. The newest row is the reading of just now.'}
        {isComplete ? '' : ' Samples are still being read.'}
      </p>
      {steps.length === 0 ? (
        <p className={styles['note']}>No change of rate has been seen in the samples read so far.</p>
      ) : (
        <div className={styles['scroll']}>
          <table className={styles['table']}>
            <caption className="visually-hidden">Changes of the rate, newest first</caption>
            <thead>
              <tr>
                <th scope="col">{isReport ? 'Seen by' : 'Time'}</th>
                <th scope="col">Block</th>
                <th scope="col">Rate</th>
                <th scope="col">Step, basis points</th>
                <th scope="col">APY of the step</th>
              </tr>
            </thead>
            <tbody>
              {shown.map(step => (
                <Row key={step.end.block.toString()} step={step} own={own} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {steps.length > shown.length ? (
        <button type="button" className={styles['more']} onClick={() => setIsWhole(true)}>
          Show all {steps.length}
        </button>
      ) : null}
    </section>
  )
}
