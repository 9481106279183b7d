import type { Seconds } from '../../math/fixedPoint.ts'
import { RANGE_LABELS, RANGES, rangeSeconds, SHOWN, useViewState } from '../state/viewState.ts'
import { Segmented } from '../ui/Segmented.tsx'
import { YieldControls } from '../ui/YieldControls.tsx'
import { CustomRange } from './CustomRange.tsx'
import { dayText } from './days.ts'
import styles from './HistoryCard.module.css'
import { SHOWN_LABELS } from './measures.ts'

const OPTIONS = [...RANGES, 'custom'] as const
const LABELS = { ...RANGE_LABELS, custom: 'Custom' } as const
const NONE = { from: '', until: '' } as const
/** With all there is on the screen, a range of one's own starts with the last year. */
const USUAL = '1y'

type Props = {
  /** The newest moment of which anything is known. */
  readonly now: Seconds
}

/** What the chart shows, and of which time. */
export function ChartControls({ now }: Props) {
  const [{ shown, range, from, until }, change] = useViewState()
  const isCustom = from !== '' || until !== ''
  const choose = (option: (typeof OPTIONS)[number]): void => {
    if (option === 'custom') {
      const seconds = rangeSeconds(range) ?? rangeSeconds(USUAL) ?? 0n
      change({ from: dayText(now > seconds ? now - seconds : now), until: '' })
    } else change({ range: option, ...NONE })
  }
  return (
    <>
      <Segmented
        label="What the chart shows"
        options={SHOWN}
        labels={SHOWN_LABELS}
        value={shown}
        onChange={value => change({ shown: value })}
      />
      <Segmented
        label="Range"
        caption="Range"
        options={OPTIONS}
        labels={LABELS}
        value={isCustom ? 'custom' : range}
        onChange={choose}
      />
      {shown === 'yield' ? (
        <div className={styles['again']}>
          <YieldControls context="chart" />
        </div>
      ) : null}
      {isCustom ? (
        <CustomRange from={from} until={until} now={now} onChange={change} reset={() => change(NONE)} />
      ) : null}
    </>
  )
}
