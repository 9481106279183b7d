import { type Address, keccak256, stringToHex } from 'viem'
import type { BlockNumber, Seconds, Wad } from '../math/fixedPoint.ts'
import type { Accrual, RatePoint } from '../math/series.ts'
import type { Read } from './read.ts'

/** A token that stands for the same stake but whose balances grow: 1 of it is 1 ETH claim. */
type RebasingSibling = { readonly symbol: string; readonly address: Address; readonly note: string }

type Contract = { readonly name: string; readonly address: Address; readonly note?: string }
type Link = { readonly label: string; readonly url: `https://${string}` }

/** What `RatePoint`s are made of, for one event shape that carries the rate. */
export type ReportEvent = {
  readonly signature: string
  /** Contracts that emitted it: a topic alone is not enough, since others share it. */
  readonly addresses: readonly Address[]
  readonly rate: (args: Readonly<Record<string, bigint>>) => Wad
  /** The reference block or the time that the oracle measured, as far as the event tells. */
  readonly measured: (
    args: Readonly<Record<string, bigint>>,
  ) => Partial<Pick<RatePoint, 'block' | 'measuredAt'>>
}

type Common = {
  readonly id: string
  readonly name: string
  readonly summary: string
  readonly contracts: readonly Contract[]
  readonly links: readonly Link[]
}

export type TokenPool = Common & {
  readonly kind: 'token'
  readonly token: { readonly symbol: string; readonly address: Address }
  /** What a rate of 1 means: one of these per token. */
  readonly unit: 'ETH'
  readonly accrual: Accrual
  /** WAD of `unit` per token. */
  readonly rate: Read
  /** Wei of the token in existence. */
  readonly supply: Read
  /** Wei of ETH in the whole product, where a contract says it; else supply × rate. */
  readonly pooled?: Read
  /** Where `supply` and `pooled` come from and what they leave out. */
  readonly supplyNote: string
  /** Rates outside are refused as wrong, never shown. */
  readonly bounds: { readonly lowest: Wad; readonly highest: Wad }
  /** First mainnet block at which the rate can be read. */
  readonly firstBlock: BlockNumber
  /** Usual time between two reports. */
  readonly cadence: Seconds
  readonly reports: readonly ReportEvent[]
  readonly siblings: readonly RebasingSibling[]
  /** Position in the palette of the chart. */
  readonly colour: number
}

/** A protocol without a token: there is nothing to read, and the page says why. */
export type TokenlessPool = Common & { readonly kind: 'tokenless'; readonly reason: string }

export type Pool = TokenPool | TokenlessPool

/** Define a pool. */
export const definePool = <const Definition extends Pool>(pool: Definition): Definition => pool

export const isTokenPool = (pool: Pool): pool is TokenPool => pool.kind === 'token'

const keys = new WeakMap<TokenPool, string>()

/**
 * Name a pool's readings in the sample store: its id and a fingerprint of the calls behind them, so that a changed
 * definition never meets values that another one read.
 */
export function poolKey(pool: TokenPool): string {
  const known = keys.get(pool)
  if (known !== undefined) return known
  const calls = [pool.rate, pool.supply, pool.pooled].map(read => `${read?.address}${read?.callData}`)
  const key = `${pool.id}@${keccak256(stringToHex([...calls, pool.bounds.lowest, pool.bounds.highest].join())).slice(2, 10)}`
  keys.set(pool, key)
  return key
}
