import type { Address, Hex } from 'viem'
import { type BlockNumber, type Seconds, WAD, type Wad, type Wei } from '../math/fixedPoint.ts'
import type { Accrual, RatePoint } from '../math/series.ts'
import { HEARTBEAT, readDecimals, readRound } from './infrastructure.ts'
import type { Read } from './read.ts'

type CommonSibling = {
  readonly symbol: string
  readonly address: Address
  readonly note: string
  /** First mainnet block at which its rate may be readable, where that is not the pool's. */
  readonly firstBlock?: BlockNumber
}

/** Balances grow, shares do not: 1 of it is 1 of the unit. */
type RebasingSibling = CommonSibling & {
  readonly kind: 'rebasing'
  readonly shares: (account: Address) => Read
  /** Unit per 1e18 shares. */
  readonly rate: Read
  /** Whether logs tell moves in shares, or only that something moved. */
  readonly moves: 'shares' | 'net'
}

/** The same in credits, by a number that falls; accounts outside rebasing keep a number of their own. */
type CreditSibling = CommonSibling & {
  readonly kind: 'credits'
  readonly credits: (account: Address) => Read
  readonly perToken: Read
}

/** What the pool's rate counts: it earns nothing by itself. */
type PlainSibling = CommonSibling & { readonly kind: 'plain' }

/** A token that stands for the same stake beside the pool's own. */
export type Sibling = RebasingSibling | CreditSibling | PlainSibling

type Contract = { readonly name: string; readonly address: Address; readonly note?: string }
type Link = { readonly label: string; readonly url: `https://${string}` }

/** What `RatePoint`s are made of, for one event shape that carries the rate. */
export type ReportEvent = {
  readonly signature: string
  readonly topic: Hex
  /** Contracts that emitted it: a topic alone is not enough, since others share it. */
  readonly addresses: readonly Address[]
  /** First mainnet block at which it is emitted, where the rate moved without it before. */
  readonly since?: BlockNumber
  readonly rate: (args: Readonly<Record<string, bigint>>) => Wad
  /** The reference block or the time that the oracle measured, as far as the event tells. */
  readonly measured: (
    args: Readonly<Record<string, bigint>>,
  ) => Partial<Pick<RatePoint, 'block' | 'measuredAt'>>
}

/** Where a contract tells when its oracle last reported: a time or a block, in one word of the answer. */
export type LastReport = {
  readonly read: Read
  /** Position of the word. */
  readonly word?: number
  readonly gives: 'time' | 'block'
  /** Subtracted from the word, where it is the end of what the report started. */
  readonly less?: Seconds
}

/** The pool's part of the rewards. Rates are net of it. */
type Fee =
  /** The sum of the answers, of `whole`. */
  | { readonly kind: 'read'; readonly reads: readonly Read[]; readonly whole: bigint }
  /** No contract tells: what is published, with who says so and when that was looked up. */
  | {
      readonly kind: 'published'
      readonly fraction: Wad
      readonly source: string
      readonly date: string
    }
  | { readonly kind: 'unknown'; readonly why: string }

/** Where a price is made that is not the protocol's own rate in the format of a feed. */
type Market =
  | {
      readonly kind: 'feed'
      readonly name: string
      readonly feed: Address
      /** What the feed prices in ETH: the token, or the unit of its rate. */
      readonly prices: 'token' | 'unit'
    }
  | { readonly kind: 'none'; readonly why: string }

/** One figure about the way out, as a contract tells it. */
export type ExitFigure = {
  readonly label: string
  readonly read: Read
  readonly note?: string
} & (
  | {
      readonly kind: 'amount'
      readonly unit: string
      /** Whether it is the most that all holders together are paid at once, in exchange for their token. */
      readonly isPaidNow?: true
    }
  | { readonly kind: 'count'; readonly unit: string }
  | { readonly kind: 'share'; readonly whole: bigint }
)

/** What sort of pool it is, for those who compare like with like. */
export type Category = 'protocol' | 'exchange' | 'restaking' | 'institution' | 'wrapper'

/** What a rate counts per token. Only ETH is the chain's own. */
type Unit = 'ETH' | 'frxETH' | 'pxETH' | 'OETH'

type Common = {
  readonly id: string
  readonly name: string
  readonly category: Category
}

export type TokenPool = Common & {
  readonly kind: 'token'
  readonly token: { readonly symbol: string; readonly address: Address }
  readonly unit: Unit
  readonly accrual: Accrual
  /** WAD of `unit` per token. */
  readonly rate: Read
  /** Wei of the token in existence. */
  readonly supply: Read
  /** Wei of `unit` in the whole product, where a contract says it; else supply × rate. */
  readonly pooled?: Read
  /** Rates outside are refused as wrong, never shown. */
  readonly bounds: { readonly lowest: Wad; readonly highest: Wad }
  /** First mainnet block at which the rate may be readable: nothing is asked before it. */
  readonly firstBlock: BlockNumber
  /** Block from which it surely is, where the first is not known exactly. Between them a refusal means "not yet". */
  readonly readableBy?: BlockNumber
  /** Until this time a rate of 0 means that none had been set. */
  readonly zeroUntil?: Seconds
  /** Usual time between two reports. */
  readonly cadence: Seconds
  /** Ordinary transactions move the rate by rounding. Relative steps below this are dust, not yield. */
  readonly dust?: Wad
  /**
   * Longest time allowed for between what an oracle measured and the landing of its report, where its event tells that
   * the two differ. Samples show the landing alone, so the yield between two of them is unsure by it.
   */
  readonly lag?: Seconds
  readonly lastReport?: LastReport
  /** End of the stream that the last report started: afterwards the rate stands still until the next. */
  readonly streamEnd?: Read
  readonly fee: Fee
  readonly market: Market
  /** What contracts tell about the way out. */
  readonly exit: {
    readonly figures: readonly ExitFigure[]
    /** Whether the protocol redeems nobody's token on chain. */
    readonly isClosed?: true
  }
  readonly reports: readonly ReportEvent[]
  readonly siblings: readonly Sibling[]
  /** Position in the palette of the chart. */
  readonly colour: number
}

/** A protocol without a token: there is nothing to read, and the page says why. */
export type TokenlessPool = Common & { readonly kind: 'tokenless' }

export type Pool = TokenPool | TokenlessPool

/** What is said about a pool besides its figures: `about.ts` has it. */
export type About = {
  readonly summary: string
  readonly contracts: readonly Contract[]
  readonly links: readonly Link[]
}

/** What is said about a pool with a token. */
export type AboutToken = About & {
  /** Where `supply` and `pooled` come from and what they leave out. */
  readonly supply: string
  /** How a holder leaves by the protocol itself. */
  readonly exit: string
  readonly fee?: string
  readonly market?: string
  /** What it is that `lastReport` tells. */
  readonly lastReport?: string
}

/** What is said about a pool without one. */
export type AboutTokenless = About & {
  /** Why it has no figures. */
  readonly reason: string
}

/** What no rate of a staking token leaves, a slashing included: neither 0 nor a number of another scale lies within. */
export const PLAUSIBLE = { lowest: (9n * WAD) / 10n, highest: (25n * WAD) / 10n } as const

/** More than there is ether, so more than any pool can hold or any token of it can exist. */
export const MOST_ETHER: Wei = 150_000_000n * WAD

/** Define a pool. */
export const definePool = <const Definition extends Pool>(pool: Definition): Definition => pool

export const isTokenPool = (pool: Pool): pool is TokenPool => pool.kind === 'token'

/** Reads without which nothing is known of a pool: its rate, its supply and, where a contract says it, the total. */
export const requiredReads = ({ rate, supply, pooled }: TokenPool): Read[] => [
  rate,
  supply,
  ...(pooled === undefined ? [] : [pooled]),
]

const feeds = new Map<Address, readonly Read[]>()

/** The round and the decimals of a pool's market feed, the same objects each time; nothing where it has none. */
export function marketReads({ market }: TokenPool): readonly Read[] {
  if (market.kind === 'none') return []
  const reads = feeds.get(market.feed) ?? [readRound(market.feed), readDecimals(market.feed)]
  feeds.set(market.feed, reads)
  return reads
}

/** Reads whose answers are stored for ever, in the order in which they are asked. */
export const storedReads = (pool: TokenPool): Read[] => [...requiredReads(pool), ...marketReads(pool)]

/** FNV-1a, 32 bits: tells definitions apart, protects nothing. */
export function fingerprint(text: string): string {
  let hash = 0x811c9dc5
  for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193)
  return (hash >>> 0).toString(16).padStart(8, '0')
}

const keys = new WeakMap<TokenPool, string>()

/**
 * Name a pool's readings in the sample store: its id and a fingerprint of the calls behind them and of what judges
 * their answers, so that a changed definition never meets values that another one read.
 */
export function poolKey(pool: TokenPool): string {
  const known = keys.get(pool)
  if (known !== undefined) return known
  const { bounds, firstBlock, readableBy, zeroUntil, market } = pool
  const calls = storedReads(pool).map(({ address, callData }) => `${address}${callData}`)
  const rules = [bounds.lowest, bounds.highest, MOST_ETHER, firstBlock, readableBy, zeroUntil]
  const freshness = market.kind === 'feed' ? [HEARTBEAT] : []
  const key = `${pool.id}@${fingerprint([...calls, ...rules, ...freshness].join())}`
  keys.set(pool, key)
  return key
}
