import type { UseQueryResult } from '@tanstack/react-query'
import { chartNumber, formatCount, formatPercent } from '../../format/number.ts'
import { formatSpan } from '../../format/time.ts'
import { mulDivDown, type Seconds, WAD } from '../../math/fixedPoint.ts'
import { lengthOf } from '../../math/intervals.ts'
import { explain } from '../../queries/explain.ts'
import type { Reports } from '../../queries/reports.ts'
import press from '../ui/Press.module.css'
import styles from './Progress.module.css'

type Props = {
  readonly reports: UseQueryResult<Reports>
  /** Read those of the whole range; undefined where they are read anyway. */
  readonly readAll: (() => void) | undefined
  /** The newest moment of which anything is known. */
  readonly now: Seconds
}

const some = (count: number, one: string, many: string): string[] =>
  count === 0 ? [] : [count === 1 ? `1 ${one}` : `${formatCount(count)} ${many}`]

/** What is not as sure as the rest, in a sentence each. */
function doubtsOf({ doubts, malformed, timesMissing }: Reports): string[] {
  const blocksOf = (some: Reports['doubts']) => some.reduce((sum, one) => sum + lengthOf(one), 0n)
  const blocks = blocksOf(doubts.filter(({ isDisputed }) => isDisputed !== true))
  const disputed = doubts.filter(({ isDisputed }) => isDisputed === true)
  return [
    ...disputed.map(({ why }) => `${why.replace(/\.$/, '')}, so samples are used there`),
    ...(blocks === 0n
      ? []
      : [
          `${formatCount(blocks)} ${blocks === 1n ? 'block was' : 'blocks were'} found empty by one operator only`,
        ]),
    ...some(
      malformed.length,
      'event is none that its pool sends and is left out',
      'events are none that their pools send and are left out',
    ),
    ...some(
      timesMissing,
      'report names a block whose time nobody gave',
      'reports name blocks whose times nobody gave',
    ),
  ]
}

type FailureProps = { readonly error: Error; readonly retry: () => void }

/** That the reports could not be read, with what each endpoint said. */
function Failure({ error, retry }: FailureProps) {
  const { message, details } = explain(error)
  return (
    <>
      <span>The reports could not be read, so samples are used. {message}</span>
      {details.length === 0 ? null : (
        <details>
          <summary>Why</summary>
          <ul>
            {details.map(detail => (
              <li key={detail}>{detail}</li>
            ))}
          </ul>
        </details>
      )}
      <button type="button" className={press['press']} onClick={retry}>
        Read the reports again
      </button>
    </>
  )
}

type PartProps = Pick<Reports, 'done' | 'wanted'>

/** How many of the blocks have been searched. */
function Searching({ done, wanted }: PartProps) {
  const part = wanted === 0n ? 0n : mulDivDown(done, WAD, wanted)
  return (
    <p className={styles['progress']}>
      <progress max={1} value={chartNumber(part)} aria-label="Reports read" />
      <span>
        {wanted === 0n ? 'Looking for reports…' : `Reports of ${formatPercent(part, 0)} % of the blocks`}
      </span>
    </p>
  )
}

type ReadProps = { readonly known: Reports } & Pick<Props, 'readAll' | 'now'>

/** How far back the reports reach, and what of them is doubtful. */
function Read({ known, readAll, now }: ReadProps) {
  const doubts = doubtsOf(known)
  const span = now > known.from ? ` of the last ${formatSpan(now - known.from)}` : ''
  return (
    <>
      <span>
        Reports{span} {known.isRecalled === true ? 'as kept on this device' : 'read'}: exact where both ends
        of a window are reports.
        {doubts.length === 0 ? '' : ` But ${doubts.join('; ')}.`}
      </span>
      {readAll === undefined ? null : (
        <button type="button" className={press['press']} onClick={readAll}>
          Read those of the whole range
        </button>
      )}
    </>
  )
}

/** How far the reports of the pools have been read, and what that means for the figures. */
export function ReportsProgress({ reports, readAll, now }: Props) {
  const { data, error, isFetching, isPlaceholderData, refetch } = reports
  const known = isPlaceholderData ? undefined : data
  const isFailed = error !== null && !isFetching
  const isRead = known?.isComplete === true && !isFailed
  return (
    <>
      {/* Before the samples are there, reports wait for them. */}
      {isFetching && !isRead ? <Searching {...(known ?? { done: 0n, wanted: 0n })} /> : null}
      {/* Always there, or nobody would hear how it ended; while they come, it takes no room and no count is told. */}
      <div role="status" className={isFailed || isRead ? styles['progress'] : 'visually-hidden'}>
        {isFailed ? <Failure error={error} retry={() => void refetch()} /> : null}
        {isRead ? <Read known={known} readAll={readAll} now={now} /> : null}
      </div>
    </>
  )
}
