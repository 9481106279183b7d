import { binance } from './binance.ts'
import { coinbase } from './coinbase.ts'
import { dinero } from './dinero.ts'
import { etherFi } from './etherFi.ts'
import { frax } from './frax.ts'
import { liquidCollective } from './liquidCollective.ts'
import { mantle } from './mantle.ts'
import { origin } from './origin.ts'
import { stader } from './stader.ts'
import { stakewise } from './stakewise.ts'
import { swell } from './swell.ts'
import type { Twin } from './twin.ts'

/** All pools of the embedded chain but Rocket Pool, Ankr and Lido, which `script.ts` tells. */
export const TWINS: readonly Twin[] = [
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
