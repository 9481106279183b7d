import { formatCount } from '../../../format/number.ts'
import styles from './Past.module.css'

type Props = {
  /** Rows that are not shown, and of them those that one press shows. */
  readonly rest: number
  readonly step: number
  readonly onPress: () => void
}

/** Show more of a long list; nothing where all of it is there. */
export function ShowMore({ rest, step, onPress }: Props) {
  if (rest <= 0) return null
  return (
    <button type="button" className={`${styles['press']} ${styles['more']}`} onClick={onPress}>
      Show {formatCount(Math.min(rest, step))} more of {formatCount(rest)}
    </button>
  )
}
