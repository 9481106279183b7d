import type { TokenPool } from '../../pools/definePool.ts'
import { useViewState } from '../state/viewState.ts'
import { poolColour, poolDash } from '../ui/poolColour.ts'
import { showWhole } from '../ui/showWhole.ts'
import styles from './HistoryCard.module.css'
import { LineMark } from './LineMark.tsx'

/** Which pools are in the chart, and how each looks there. */
export function Legend({ pools }: { readonly pools: readonly TokenPool[] }) {
  const [{ hidden }, change] = useViewState()
  const toggle = (id: string): void =>
    change({ hidden: hidden.includes(id) ? hidden.filter(other => other !== id) : [...hidden, id] })
  return (
    <fieldset className={styles['legend']}>
      <legend className="visually-hidden">Pools in the chart</legend>
      {pools.map(pool => (
        <label key={pool.id}>
          <input
            type="checkbox"
            checked={!hidden.includes(pool.id)}
            onChange={() => toggle(pool.id)}
            onFocus={showWhole}
          />
          <LineMark line={{ colour: poolColour(pool), dash: poolDash(pool) }} />
          {pool.name}
        </label>
      ))}
    </fieldset>
  )
}
