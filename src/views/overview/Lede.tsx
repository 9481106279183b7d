import { formatBlock, formatCount, formatPercent } from '../../format/number.ts'
import type { YieldMeasure } from '../../math/chartSeries.ts'
import type { Live } from '../../queries/live.ts'
import { WINDOW_WORDS, type Window } from '../state/viewState.ts'
import styles from './Lede.module.css'
import type { FirstRow } from './sortRows.ts'

type Props = {
  readonly live: Live | undefined
  readonly hasFailed: boolean
  readonly rows: readonly FirstRow[]
  readonly window: Window
  readonly measure: YieldMeasure
}

function sentence(rows: readonly FirstRow[], window: Window, measure: YieldMeasure): string {
  // A pool that cannot be read now tells nothing of now.
  const known = rows.flatMap(({ pool, result, live }) =>
    result !== undefined && 'apy' in result && live.reading.state === 'known'
      ? [{ pool, value: result[measure] }]
      : [],
  )
  const [first] = known
  if (first === undefined) return 'What staked ether earns, read from the contracts themselves.'
  const sorted = known.map(({ value }) => value).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  const [low, high] = [formatPercent(sorted.at(0) ?? 0n), formatPercent(sorted.at(-1) ?? 0n)]
  const earned = low === high ? `${low} % a year` : `between ${low} % and ${high} % a year`
  return `Over the last ${WINDOW_WORDS[window]}, staked ether earned ${earned}. ${first.pool.name}: ${formatPercent(first.value)} %.`
}

/** The first question answered in one sentence, from the figures below it. */
export function Lede({ live, hasFailed, rows, window, measure }: Props) {
  const count = rows.filter(row => row.live.reading.state === 'known').length
  return (
    <section className={styles['lede']} aria-label="Summary">
      <h1>{sentence(rows, window, measure)}</h1>
      <p>
        {live === undefined
          ? hasFailed
            ? 'The contracts could not be read.'
            : 'Reading the contracts…'
          : `${formatCount(count)} ${count === 1 ? 'token' : 'tokens'}, read from ${count === 1 ? 'its' : 'their'} contracts at block ${formatBlock(live.block)}. Figures open a receipt: block, contract, call, formula.`}
      </p>
    </section>
  )
}
