import { useQuery } from '@tanstack/react-query'
import { memo } from 'react'
import { formatBlock, formatExact } from '../../format/number.ts'
import { formatDay, formatSpan, formatTime } from '../../format/time.ts'
import { DAY } from '../../math/fixedPoint.ts'
import type { Live } from '../../queries/live.ts'
import { type Past, pastQuery } from '../../queries/past.ts'
import { useSession } from '../../queries/session.ts'
import type { LiveState } from '../../queries/settledLive.ts'
import type { FirstRow } from '../overview/sortRows.ts'
import { Async } from '../ui/Async.tsx'
import { CardBar } from '../ui/CardBar.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import { AheadTable } from './AheadTable.tsx'
import { dayOf, parseAmount, parseSince, type Texts, usualTexts } from './inputs.ts'
import { type AmountAsked, PastTable } from './PastTable.tsx'
import { useWhatIf } from './useWhatIf.ts'
import styles from './WhatIf.module.css'
import { WhatIfForm } from './WhatIfForm.tsx'

type RowsProps = { readonly live: Live; readonly rows: readonly FirstRow[] }

const beginsInWords = ({ begins, isCut }: Extract<Past, { readonly kind: 'before' }>): string =>
  isCut
    ? `The endpoints in use serve nothing older than ${formatDay(begins)}. Choose a later day, or add an own archive node.`
    : `No pool had a token that early: what can be read begins on ${formatDay(begins)}. Choose a later day.`

/** Where the rates of the day come from, in sentences. */
function sourceInWords(past: Extract<Past, { readonly kind: 'read' }>, live: Live): string {
  const { sample, isConfirmed } = past
  const read = `Rates then at block ${formatBlock(sample.block)}, ${formatTime(sample.time)}, from ${sample.operator}; now at block ${formatBlock(live.block)}: ${formatSpan(live.time - sample.time)}.`
  return isConfirmed === false ? `${read} No other operator could confirm those of then.` : read
}

type PastProps = RowsProps & { readonly since: string; readonly asked: AmountAsked }

function PastPart({ live, rows, since, asked }: PastProps) {
  const query = useQuery(pastQuery(useSession(), since))
  return (
    <Async
      query={query}
      what={`the rates of ${since}`}
      pending={<Skeleton rows={rows.length + 1} height={44} label={`Reading the rates of ${since}`} />}
    >
      {past =>
        past.kind === 'before' ? (
          <p className={styles['note']}>{beginsInWords(past)}</p>
        ) : (
          <>
            <PastTable live={live} rows={rows} day={past} asked={asked} />
            <p className={styles['note']}>{sourceInWords(past, live)}</p>
          </>
        )
      }
    </Async>
  )
}

type AnswerProps = RowsProps & { readonly texts: Texts; readonly windowLabel: string }

function Answer({ live, rows, texts, windowLabel }: AnswerProps) {
  const asked = parseAmount(texts.amount)
  const day = parseSince(texts.since, live.time)
  const what = 'amount' in asked ? `${formatExact(asked.amount)} ETH` : 'The amount'
  const isOther = rows.some(({ pool }) => pool.unit !== 'ETH')
  // Figures of an earlier visit are those of their day.
  const today = live.isRecalled === true ? `on ${formatDay(live.time)}` : 'today'
  return (
    <>
      <div className={styles['answer']}>
        {'problem' in day ? null : (
          <section aria-labelledby="what-was-title">
            <h3 id="what-was-title">
              {what}, staked on {formatDay(day.time)}, {today}
            </h3>
            <PastPart live={live} rows={rows} since={day.since} asked={asked} />
          </section>
        )}
        {'problem' in asked ? null : (
          <section className={styles['coming']} aria-labelledby="what-comes-title">
            <h3 id="what-comes-title">
              {what}, staked {today}, in a year: a projection
            </h3>
            <AheadTable rows={rows} amount={asked.amount} windowLabel={windowLabel} />
            <p className={styles['note']}>
              A projection, not a promise: what it would be if the implied APY of the last {windowLabel} held
              for a year. Nothing says that it will.
            </p>
          </section>
        )}
      </div>
      {'problem' in day && 'problem' in asked ? null : (
        <p className={styles['note']}>
          By each protocol’s own rates, which are net of its fee. Not counted: fees of entry and exit, market
          prices, gas and taxes.
          {isOther ? ' frxETH, pxETH and OETH are counted as if each were 1 ETH, then and now.' : ''}
        </p>
      )}
    </>
  )
}

type Props = RowsProps & Pick<AnswerProps, 'windowLabel'>

function WhatIf({ live, rows, windowLabel }: Props) {
  const usual = usualTexts(live.time)
  const [asked, ask] = useWhatIf(usual)
  const texts = asked ?? usual
  const problemOf = (parsed: object): string | undefined =>
    asked !== undefined && 'problem' in parsed ? String(parsed.problem) : undefined
  return (
    <>
      <WhatIfForm
        texts={texts}
        problems={{
          since: problemOf(parseSince(texts.since, live.time)),
          amount: problemOf(parseAmount(texts.amount)),
        }}
        latest={dayOf(live.time - DAY)}
        isAsked={asked !== undefined}
        ask={ask}
      />
      {asked === undefined ? null : (
        <Answer live={live} rows={rows} texts={asked} windowLabel={windowLabel} />
      )}
    </>
  )
}

type CardProps = {
  readonly live: LiveState
  readonly rows: readonly FirstRow[]
  readonly windowLabel: string
}

/** What an amount that was staked on a day would be today in each pool, and what it may be in a year. */
export const WhatIfCard = memo(function WhatIfCard({ live, rows, windowLabel }: CardProps) {
  return (
    <section className={styles['card']} aria-labelledby="what-if-title">
      <CardBar id="what-if-title" title="What if you had staked?">
        {null}
      </CardBar>
      {live.data === undefined ? (
        <Skeleton rows={1} height={44} label="Waiting for the pools" />
      ) : (
        <WhatIf live={live.data} rows={rows} windowLabel={windowLabel} />
      )}
    </section>
  )
})
