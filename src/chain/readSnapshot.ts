import type { BlockNumber, Seconds } from '../math/fixedPoint.ts'
import type { Reading, Sample } from '../math/sample.ts'
import { marketReads, poolKey, requiredReads, storedReads, type TokenPool } from '../pools/definePool.ts'
import { readEtherPrice } from '../pools/infrastructure.ts'
import type { Read } from '../pools/read.ts'
import { type BlockReading, type CallOptions, type Outcome, outcomesBy } from './blockReading.ts'
import { type ChainClient, isMainnetOnly } from './client.ts'
import { judgePrice, type PriceReading } from './judgeFeed.ts'
import { judgePool, withMarket } from './judgePool.ts'
import { readCalls } from './readCalls.ts'

/** One pool at one block: the reading, and the raw outcomes that its receipt shows. */
export type PoolReading = {
  readonly pool: TokenPool
  readonly reading: Reading
  /** Of the required reads, in their order. */
  readonly outcomes: readonly Outcome[]
}

/** All pools and the ETH price at one block, from one operator. */
export type Snapshot = {
  readonly block: BlockNumber
  readonly time: Seconds
  readonly chainId: bigint
  readonly operator: string
  /** The endpoint of that operator which answered. */
  readonly url: string
  readonly pools: readonly PoolReading[]
  readonly price: PriceReading
}

/** What a snapshot of these pools asks: each question once. */
export const snapshotReads = (pools: readonly TokenPool[]): Read[] => [
  ...new Set([readEtherPrice, ...pools.flatMap(storedReads)]),
]

/**
 * List the pools worth asking at a block: most of today's are younger than the oldest blocks, where each question is a
 * request of its own.
 */
export const poolsThere = (
  client: ChainClient,
  pools: readonly TokenPool[],
  block: CallOptions['block'],
): TokenPool[] =>
  pools.filter(({ firstBlock }) => block === 'latest' || !isMainnetOnly(client) || block >= firstBlock)

/** Judge what a snapshot's reads gave. */
export function snapshotOf(answered: BlockReading, pools: readonly TokenPool[]): Snapshot {
  const outcomeOf = outcomesBy(answered)
  const { block, time, chainId, operator, url } = answered
  return {
    block,
    time,
    chainId,
    operator,
    url,
    pools: pools.map(pool => {
      const outcomes = requiredReads(pool).map(outcomeOf)
      const market = marketReads(pool).map(outcomeOf)
      return { pool, reading: withMarket(judgePool(pool, outcomes, answered), market, answered), outcomes }
    }),
    price: judgePrice(outcomeOf(readEtherPrice), time),
  }
}

/**
 * Read every pool's rate, supply and market and the ETH price at one block, in one eth_call. Where each question is a
 * request of its own, markets are not asked.
 * @throws the classes of `errors.ts`; a single pool's failure is not thrown but is its reading
 */
export async function readSnapshot(
  client: ChainClient,
  pools: readonly TokenPool[],
  options: CallOptions,
): Promise<Snapshot> {
  const reads = snapshotReads(poolsThere(client, pools, options.block))
  const dispensable = pools.flatMap(marketReads)
  return snapshotOf(await readCalls(client, reads, { ...options, dispensable }), pools)
}

/** Reduce a snapshot to what is stored of it. */
export const sampleOf = ({ block, time, operator, pools }: Snapshot): Sample => ({
  block,
  time,
  operator,
  readings: Object.fromEntries(pools.map(({ pool, reading }) => [poolKey(pool), reading])),
})
