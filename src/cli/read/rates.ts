import type { Agreement } from '../../chain/readAgreement.ts'
import type { Live } from '../../chain/readLive.ts'
import type { PoolReading } from '../../chain/readSnapshot.ts'
import { aboutTokenless } from '../../pools/about.ts'
import type { Pool, TokenPool } from '../../pools/definePool.ts'
import { factsOf, NOT_READ, noFacts, type PoolFactsReport } from './facts.ts'
import { type Origin, originOf, type PriceReport, priceOf } from './origin.ts'

type Unread = { readonly [field in keyof Origin]: null }

/** One pool at one block. What is not known is null, and `why` says why. */
export type PoolRate = (Origin | Unread) &
  PoolFactsReport & {
    readonly pool: string
    readonly name: string
    readonly token: string | null
    /** What `rateWad` counts per token. */
    readonly unit: string | null
    readonly rateWad: string | null
    readonly supplyWei: string | null
    readonly pooledWei: string | null
    readonly contract: string | null
    readonly call: string | null
    readonly why: string | null
  }

/** What other operators say of the same block: that they agree or differ, or that nobody else was asked or answered. */
export type AgreementReport = {
  readonly verdict: 'agreed' | 'disputed' | 'alone'
  readonly operators: readonly string[]
}

export type RatesReport = Origin & {
  readonly chainId: string
  readonly agreement: AgreementReport
  readonly etherPrice: PriceReport
  readonly pools: readonly PoolRate[]
}

export const NOT_YET =
  'It had no rate yet at this block: its contract, its first token or its first rate came later.'

const NO_FIGURES = { rateWad: null, supplyWei: null, pooledWei: null } as const

function figuresOf(reading: PoolReading['reading']) {
  if (reading.state === 'notYet') return { ...NO_FIGURES, why: NOT_YET }
  if (reading.state === 'unknown') return { ...NO_FIGURES, why: reading.why }
  const { rate, supply, pooled } = reading
  return {
    rateWad: rate.toString(),
    supplyWei: supply.toString(),
    pooledWei: pooled.toString(),
    why: null,
  }
}

function rateOf(pool: TokenPool, live: Live): PoolRate {
  const found = live.pools.find(one => one.pool === pool)
  return {
    pool: pool.id,
    name: pool.name,
    token: pool.token.symbol,
    unit: pool.unit,
    ...figuresOf(found?.reading ?? { state: 'unknown', why: NOT_READ }),
    ...originOf(live),
    contract: pool.rate.address,
    call: pool.rate.signature,
    ...(found === undefined ? noFacts(NOT_READ) : factsOf(found)),
  }
}

function agreementOf({ operator }: Live, agreement: Agreement | undefined): AgreementReport {
  const verdict = agreement?.verdict
  if (verdict === undefined || verdict.kind === 'alone' || verdict.kind === 'refuted')
    return { verdict: 'alone', operators: [operator] }
  return { verdict: verdict.kind, operators: verdict.operators }
}

/** Report what a live reading says of pools, in their order; a pool without a token says why it has no figures. */
export const ratesReport = (
  pools: readonly Pool[],
  live: Live,
  agreement?: Agreement | undefined,
): RatesReport => ({
  chainId: live.chainId.toString(),
  agreement: agreementOf(live, agreement),
  ...originOf(live),
  etherPrice: priceOf(live.price, live.time),
  pools: pools.map(pool =>
    pool.kind === 'token'
      ? rateOf(pool, live)
      : {
          pool: pool.id,
          name: pool.name,
          token: null,
          unit: null,
          ...NO_FIGURES,
          block: null,
          time: null,
          timeSeconds: null,
          operator: null,
          contract: null,
          call: null,
          ...noFacts(aboutTokenless(pool).reason),
          why: aboutTokenless(pool).reason,
        },
  ),
})
