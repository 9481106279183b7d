import { ankr } from './about/ankr.ts'
import { binance } from './about/binance.ts'
import { coinbase } from './about/coinbase.ts'
import { dinero } from './about/dinero.ts'
import { etherFi } from './about/etherFi.ts'
import { frax } from './about/frax.ts'
import { lido } from './about/lido.ts'
import { liquidCollective } from './about/liquidCollective.ts'
import { mantle } from './about/mantle.ts'
import { origin } from './about/origin.ts'
import { rocketPool } from './about/rocketPool.ts'
import { stader } from './about/stader.ts'
import { staked } from './about/staked.ts'
import { stakewise } from './about/stakewise.ts'
import { swell } from './about/swell.ts'
import type { About, AboutToken, AboutTokenless, Pool, TokenlessPool, TokenPool } from './definePool.ts'

// Apart from the definitions, since pages and receipts say it and the first figures do not wait for it.

const TOKENS: Readonly<Record<string, AboutToken>> = {
  ankr,
  binance,
  coinbase,
  dinero,
  'ether-fi': etherFi,
  frax,
  lido,
  'liquid-collective': liquidCollective,
  mantle,
  origin,
  'rocket-pool': rocketPool,
  stader,
  stakewise,
  swell,
}

const TOKENLESS: Readonly<Record<string, AboutTokenless>> = { staked }

/** A pool was defined and nothing was written about it. */
export class NothingAbout extends Error {
  override readonly name = 'NothingAbout'
  constructor(id: string) {
    super(
      `Nothing is said about ${id}. Write its file in src/pools/about/ and its line in src/pools/about.ts.`,
    )
  }
}

function said<Words>(words: Words | undefined, { id }: Pick<Pool, 'id'>): Words {
  if (words === undefined) throw new NothingAbout(id)
  return words
}

/** Get what is said about a pool. @throws NothingAbout */
export const aboutPool = (pool: Pool): About =>
  pool.kind === 'token' ? aboutToken(pool) : aboutTokenless(pool)

/** Get what is said about a pool with a token. @throws NothingAbout */
export const aboutToken = (pool: Pick<TokenPool, 'id'>): AboutToken => said(TOKENS[pool.id], pool)

/** Get what is said about a pool without a token. @throws NothingAbout */
export const aboutTokenless = (pool: Pick<TokenlessPool, 'id'>): AboutTokenless =>
  said(TOKENLESS[pool.id], pool)
