import type { TokenPool } from '../../pools/definePool.ts'
import { poolColour } from '../ui/poolColour.ts'
import { ViewLink } from '../ui/ViewLink.tsx'
import styles from './WhatIf.module.css'

/** A pool, or not staking, at the head of its row. */
export function PoolName({ pool }: { readonly pool: TokenPool | undefined }) {
  if (pool === undefined)
    return (
      <th scope="row" className={styles['name']}>
        <b>Not staking</b>
      </th>
    )
  return (
    <th scope="row" className={styles['name']}>
      <i style={{ background: poolColour(pool) }} aria-hidden="true" />
      <ViewLink to={`/pool/${pool.id}`}>{pool.name}</ViewLink> <span>{pool.token.symbol}</span>
    </th>
  )
}
