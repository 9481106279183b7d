import { useMemo, useState } from 'react'
import { formatBlock, formatExact, formatPercent, formatRate } from '../../format/number.ts'
import { formatTime } from '../../format/time.ts'
import { type MarkKind, marksOf } from '../../math/marks.ts'
import type { RatePoint } from '../../math/series.ts'
import { type Step, stepsOf } from '../../math/steps.ts'
import { contradictionsInWords, type PoolSeries } from '../overview/poolFigures.ts'
import type { MakeReceipt } from '../receipt/receiptContext.ts'
import { CardBar } from '../ui/CardBar.tsx'
import { Figure, UnknownFigure } from '../ui/Figure.tsx'
import page from '../ui/Page.module.css'
import press from '../ui/Press.module.css'
import tables from '../ui/Table.module.css'
import styles from './StepsList.module.css'

/** Enough for a month of daily reports. */
const FIRST_ROWS = 31

type Props = { readonly own: PoolSeries; readonly isComplete: boolean }

const MARK_WORDS: Readonly<Record<MarkKind, string>> = {
  fall: 'fall',
  exceptional: 'exceptional',
  late: 'late',
}

type RowProps = {
  readonly step: Step
  readonly own: PoolSeries
  readonly marks: readonly MarkKind[]
}

/** What is known of the moment, beside the time that stands in the cell. */
function momentTitle({ evidence, notBefore, landedAt }: RatePoint): string | undefined {
  if (evidence === 'report') return `landed ${formatTime(landedAt)}`
  return notBefore === undefined ? undefined : `not before ${formatTime(notBefore)}`
}

function Row({ step, own, marks }: RowProps) {
  const { end, change, result } = step
  const { pool } = own
  const receipt: MakeReceipt = book => book.stepReceipt(pool, step, own.operators)
  return (
    <tr>
      <th scope="row" title={momentTitle(end)}>
        {formatTime(end.measuredAt)}
      </th>
      <td className={styles['block']}>{formatBlock(end.block)}</td>
      <td>
        <Figure exact={formatExact(end.rate)} receipt={receipt} unit={pool.unit}>
          {formatRate(end.rate)}
        </Figure>
      </td>
      <td data-falls={change < 0n} className={styles['step']}>
        <Figure exact={`${formatPercent(change * 100n, 6)} basis points`} receipt={receipt}>
          {formatPercent(change * 100n)}
        </Figure>
      </td>
      <td data-falls={change < 0n}>
        {result === undefined ? (
          <UnknownFigure why="The two rates are too close in time to say anything about a year." />
        ) : (
          <Figure exact={`${formatPercent(result.apy, 6)} %`} receipt={receipt} unit="%">
            {formatPercent(result.apy)}
          </Figure>
        )}
      </td>
      <td className={styles['from']}>{[end.evidence, ...marks.map(kind => MARK_WORDS[kind])].join(', ')}</td>
    </tr>
  )
}

const NO_MARKS: readonly MarkKind[] = []

/** What stands out, by the point at which it does. */
function marksByPoint({ pool, points }: PoolSeries): ReadonlyMap<RatePoint, readonly MarkKind[]> {
  const found = new Map<RatePoint, readonly MarkKind[]>()
  if (pool.accrual === 'continuous') return found
  for (const { index, kind } of marksOf(points, pool)) {
    const point = points[index]
    if (point !== undefined) found.set(point, [...(found.get(point) ?? []), kind])
  }
  return found
}

/** Where the rows come from, in words. */
function sourceInWords({ pool, points }: PoolSeries): string {
  if (pool.accrual === 'continuous')
    return 'The rate moves with every block, so each sample is exact at its own block. The newest row is the reading of just now.'
  const reported = points.find(({ evidence }) => evidence === 'report')
  const sampled =
    'A sample shows a new rate somewhat after it landed: its row has the time and block of the first sample with it, two reports between two samples are one row, and the yield of one step is as uncertain as its time.'
  if (reported === undefined) return `As daily samples of the rate show them. ${sampled}`
  const isWhole = points.slice(1).every(({ evidence }) => evidence === 'report')
  const read = `Read from the pool’s events, each at the time that its oracle measured${isWhole ? '' : `, since ${formatTime(reported.measuredAt)}`}.`
  return isWhole ? read : `${read} Other rows are as daily samples show them. ${sampled}`
}

/** Every change of rate that the evidence shows, newest first, with what each would give over a year. */
export function StepsList({ own, isComplete }: Props) {
  const [isWhole, setIsWhole] = useState(false)
  const steps = useMemo(() => stepsOf(own.points), [own.points])
  const marks = useMemo(() => marksByPoint(own), [own])
  const shown = isWhole ? steps : steps.slice(0, FIRST_ROWS)
  const isReport = own.pool.accrual === 'report'
  return (
    <section aria-labelledby="steps-title">
      <CardBar id="steps-title" title={isReport ? 'Reports' : 'Rate, sample by sample'} />
      <p className={page['note']}>
        {[
          ...(steps.length === 0 ? [] : [sourceInWords(own)]),
          ...contradictionsInWords([own]),
          ...(isComplete ? [] : ['Samples are still being read.']),
        ].join(' ')}
      </p>
      {steps.length === 0 ? (
        <p className={page['note']}>No change of rate has been seen in the samples read so far.</p>
      ) : (
        <table className={`${tables['table']} ${tables['lines']} ${styles['steps']}`}>
          <caption className="visually-hidden">Changes of the rate, newest first</caption>
          <thead>
            <tr>
              <th scope="col">{isReport ? 'Measured, or first seen' : 'Time'}</th>
              <th scope="col">Block</th>
              <th scope="col">Rate</th>
              <th scope="col">Step, basis points</th>
              <th scope="col">APY of the step</th>
              <th scope="col">Known from</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(step => (
              <Row
                key={`${step.end.block} ${step.end.report?.log.index}`}
                step={step}
                own={own}
                marks={marks.get(step.end) ?? NO_MARKS}
              />
            ))}
          </tbody>
        </table>
      )}
      {steps.length > shown.length ? (
        <button
          type="button"
          className={`${press['press']} ${styles['more']}`}
          onClick={() => setIsWhole(true)}
        >
          Show all {steps.length}
        </button>
      ) : null}
    </section>
  )
}
