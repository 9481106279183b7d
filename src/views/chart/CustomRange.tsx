import { useId, useState } from 'react'
import type { Seconds } from '../../math/fixedPoint.ts'
import { customRange } from '../state/customRange.ts'
import { dateFieldValue } from '../ui/dateField.ts'
import press from '../ui/Press.module.css'
import styles from './CustomRange.module.css'
import { dayText, FORM_ERRORS } from './days.ts'

type Dates = { readonly from: string; readonly until: string }

type Props = Dates & {
  /** The newest moment of which anything is known. */
  readonly now: Seconds
  readonly onChange: (dates: Dates) => void
  readonly reset: () => void
}

/** A range between two days: what is none is said beside them, and changes nothing. */
export function CustomRange({ from, until, now, onChange, reset }: Props) {
  const [typed, setTyped] = useState<Dates>({ from, until })
  const [known, setKnown] = useState<Dates>({ from, until })
  const id = useId()
  // Chosen elsewhere, by dragging or by going back: the fields follow.
  if (known.from !== from || known.until !== until) {
    setKnown({ from, until })
    setTyped({ from, until })
  }
  const range = customRange(typed.from, typed.until, now)
  const why = range === undefined ? 'unreadableFrom' : 'why' in range ? range.why : range.ignored
  const enter = (part: Partial<Dates>): void => {
    const dates = { ...typed, ...part }
    setTyped(dates)
    const next = customRange(dates.from, dates.until, now)
    // Years are typed digit by digit: 0002 and 0020 come before 2026, and would have all history read.
    const isBeingTyped = dates.from.startsWith('0')
    if (next !== undefined && !('why' in next) && next.ignored === undefined && !isBeingTyped) onChange(dates)
  }
  return (
    <div className={styles['range']}>
      <label>
        From{' '}
        <input
          type="date"
          value={dateFieldValue(typed.from)}
          max={dayText(now)}
          aria-invalid={why !== undefined && !why.endsWith('Until')}
          aria-describedby={`${id}why`}
          onChange={event => enter({ from: event.target.value })}
        />
      </label>
      <label>
        Until{' '}
        <input
          type="date"
          value={dateFieldValue(typed.until)}
          max={dayText(now)}
          aria-invalid={why !== undefined && !why.endsWith('From')}
          aria-describedby={`${id}why`}
          onChange={event => enter({ until: event.target.value })}
        />
      </label>
      <button type="button" className={press['press']} onClick={reset}>
        Reset
      </button>
      <p id={`${id}why`} aria-live="polite">
        {why === undefined ? '' : FORM_ERRORS[why]}
      </p>
    </div>
  )
}
