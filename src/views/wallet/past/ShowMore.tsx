import { formatCount } from '../../../format/number.ts'
import press from '../../ui/Press.module.css'
import { useFocusOnMore } from '../../ui/useFocusOnMore.ts'
import styles from './Past.module.css'

/** Tokens that are shown before anybody asks for more: a wallet may hold twenty, most of them little. */
export const FEW = 6

type Props = {
  /** Rows that are not shown, and of them those that one press shows. */
  readonly rest: number
  readonly step: number
  readonly onPress: () => void
}

/** Show more of a long list; nothing where all of it is there. */
export function ShowMore({ rest, step, onPress }: Props) {
  const focusOnMore = useFocusOnMore(rest)
  if (rest <= 0) return null
  return (
    <button
      type="button"
      className={`${press['press']} ${styles['more']}`}
      onClick={event => {
        focusOnMore(event.currentTarget)
        onPress()
      }}
    >
      Show {formatCount(Math.min(rest, step))} more{rest > step ? ` of ${formatCount(rest)}` : ''}
    </button>
  )
}
