import { ankr } from './ankr.ts'
import { isTokenPool, type Pool, type TokenPool } from './definePool.ts'
import { lido } from './lido.ts'
import { rocketPool } from './rocketPool.ts'
import { staked } from './staked.ts'

export const pools: readonly Pool[] = [rocketPool, ankr, staked, lido]

export const tokenPools: readonly TokenPool[] = pools.filter(isTokenPool)
