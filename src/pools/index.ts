import { ankr } from './ankr.ts'
import { binance } from './binance.ts'
import { coinbase } from './coinbase.ts'
import { isTokenPool, type Pool, type TokenPool } from './definePool.ts'
import { dinero } from './dinero.ts'
import { etherFi } from './etherFi.ts'
import { frax } from './frax.ts'
import { lido } from './lido.ts'
import { liquidCollective } from './liquidCollective.ts'
import { mantle } from './mantle.ts'
import { origin } from './origin.ts'
import { rocketPool } from './rocketPool.ts'
import { stader } from './stader.ts'
import { staked } from './staked.ts'
import { stakewise } from './stakewise.ts'
import { swell } from './swell.ts'

/** Every pool, in the order in which they are listed where nothing else decides. */
export const pools: readonly Pool[] = [
  rocketPool,
  ankr,
  staked,
  lido,
  coinbase,
  binance,
  frax,
  stakewise,
  stader,
  mantle,
  swell,
  liquidCollective,
  etherFi,
  origin,
  dinero,
]

export const tokenPools: readonly TokenPool[] = pools.filter(isTokenPool)
