import type { Live, LivePool } from '../../src/chain/readLive.ts'
import type { TokenPool } from '../../src/pools/definePool.ts'
import { tokenPools } from '../../src/pools/index.ts'

const UNREAD = { why: 'It was silent.', outcomes: [] } as const

function poolNamed(id: string): TokenPool {
  const found = tokenPools.find(pool => pool.id === id)
  if (found === undefined) throw new TypeError(`There is no ${id}.`)
  return found
}

/** A pool whose every exit figure is `exit`, and whose market pays `premium`; what is undefined was not told. */
export function livePool(id: string, exit: bigint | undefined, premium?: bigint): LivePool {
  const pool = poolNamed(id)
  const told = exit === undefined ? UNREAD : { value: exit, outcomes: [] }
  return {
    ...{ pool, reading: { state: 'unknown', why: 'It was silent.' } },
    facts: {
      ...{ lastReport: undefined, streamEnd: undefined, fee: UNREAD, market: UNREAD },
      premium:
        premium === undefined ? UNREAD : { value: { fraction: premium, isNoise: false }, outcomes: [] },
      exit: pool.exit.figures.map(() => told),
    },
  } as unknown as LivePool
}

export const liveOf = (...pools: readonly LivePool[]): Live => ({ pools }) as unknown as Live

/** All pools, with so much ether behind each. */
export const poolsOf = (pooled: bigint): Live =>
  liveOf(...tokenPools.map(pool => ({ pool, reading: { state: 'known', pooled } }) as unknown as LivePool))
