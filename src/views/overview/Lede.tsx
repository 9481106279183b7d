import { formatBlock, formatCount } from '../../format/number.ts'
import type { YieldMeasure } from '../../math/chartSeries.ts'
import type { Live } from '../../queries/live.ts'
import type { Kind, Window } from '../state/viewState.ts'
import { BlockAge } from '../ui/BlockAge.tsx'
import styles from './Lede.module.css'
import type { Past } from './past.ts'
import type { FirstRow } from './sortRows.ts'

type Props = {
  readonly live: Live | undefined
  readonly hasFailed: boolean
  readonly past: Pick<Past, 'headline'> | undefined
  readonly rows: readonly FirstRow[]
  readonly kind: Kind
  readonly window: Window
  readonly measure: YieldMeasure
}

/** As long as the sentence that takes its place: it is the page's largest text, and there from the first paint. */
const UNTOLD =
  'What Ethereum’s staking pools earn, worked out from their own contracts alone, with a receipt behind every single figure.'

type SourceProps = { readonly live: Live; readonly count: number; readonly doubt: string }

/** How many were read, how fresh that is, and what is not sure. */
const Source = ({ live, count, doubt }: SourceProps) => (
  <p>
    {formatCount(count)} {count === 1 ? 'pool, read from its contracts' : 'pools, read from their contracts'}
    {live.isRecalled === true ? ' on an earlier visit' : ''} <BlockAge time={live.time} />, at block{' '}
    {formatBlock(live.block)}. {doubt === '' ? 'Every underlined figure opens its receipt.' : doubt}
  </p>
)

/** The first question answered in one sentence, from the figures below it. */
export function Lede({ live, hasFailed, past, rows, ...asked }: Props) {
  const told = live === undefined ? undefined : past?.headline({ rows, live, ...asked })
  const count = rows.filter(row => row.live.reading.state === 'known').length
  return (
    <section className={styles['lede']} aria-label="Summary">
      <h1>{told?.sentence ?? UNTOLD}</h1>
      {live === undefined ? (
        <p>{hasFailed ? 'The contracts could not be read.' : 'Reading the contracts…'}</p>
      ) : (
        <Source live={live} count={count} doubt={told?.doubt ?? ''} />
      )}
    </section>
  )
}
