import type { BlockNumber, Seconds, Wad } from '../math/fixedPoint.ts'
import { valueInEther } from '../math/holdings.ts'
import type { Reading, Sample } from '../math/sample.ts'
import { poolKey, type TokenPool } from '../pools/definePool.ts'
import { decodeEtherPrice, type EtherPrice, PRICE_LIFETIME, readEtherPrice } from '../pools/infrastructure.ts'
import { decodeWord, MalformedAnswer, type Read } from '../pools/read.ts'
import type { CallOptions, Outcome } from './blockReading.ts'
import { type ChainClient, MAINNET_ID } from './client.ts'
import { readCalls } from './readCalls.ts'

/** One pool at one block: the reading, and the raw outcomes that its receipt shows. */
export type PoolReading = {
  readonly pool: TokenPool
  readonly reading: Reading
  readonly outcomes: readonly Outcome[]
}

export type PriceReading = {
  readonly price: EtherPrice | undefined
  readonly why?: string
  readonly outcome: Outcome
}

/** All pools and the ETH price at one block, from one operator. */
export type Snapshot = {
  readonly block: BlockNumber
  readonly time: Seconds
  readonly chainId: bigint
  readonly operator: string
  readonly pools: readonly PoolReading[]
  readonly price: PriceReading
}

const unknown = (why: string) => ({ state: 'unknown', why }) as const

type At = { readonly block: BlockNumber; readonly chainId: bigint }

type Words = { readonly words: readonly bigint[] } | Exclude<Reading, { readonly state: 'known' }>

/** Decode a pool's outcomes, or say why they are no words. Nothing doubtful becomes a word. */
function wordsOf(pool: TokenPool, outcomes: readonly Outcome[], { block, chainId }: At): Words {
  const isMainnet = chainId === MAINNET_ID
  if (isMainnet && block < pool.firstBlock) return { state: 'notYet' }
  if (outcomes.some(({ success, returnData }) => success && returnData === '0x'))
    return isMainnet
      ? unknown('The contract answered nothing, where it is known to exist.')
      : { state: 'notYet' }
  const reverted = outcomes.find(({ success }) => !success)
  if (reverted !== undefined) return unknown(`The contract refused ${reverted.read.signature}.`)
  try {
    return { words: outcomes.map(({ returnData }) => decodeWord(returnData)) }
  } catch (error) {
    if (error instanceof MalformedAnswer) return unknown(error.message)
    throw error
  }
}

const IMPOSSIBLE = 'The rate is outside what is possible for this token, so it is not shown.'

/** Judge a rate on its own: the rate, or why there is none. */
export function judgeRate(
  pool: TokenPool,
  outcome: Outcome,
  at: At,
): { readonly rate: Wad } | { readonly why: string } {
  const answer = wordsOf(pool, [outcome], at)
  if (!('words' in answer))
    return { why: answer.state === 'unknown' ? answer.why : 'The token has no rate at this block.' }
  const [rate = 0n] = answer.words
  return rate < pool.bounds.lowest || rate > pool.bounds.highest ? { why: IMPOSSIBLE } : { rate }
}

/** Judge one pool's outcomes: rate, supply and, where it has one, the pooled ETH. */
export function judgePool(pool: TokenPool, outcomes: readonly Outcome[], at: At): Reading {
  const answer = wordsOf(pool, outcomes, at)
  if (!('words' in answer)) return answer
  const [rate, supply, pooled] = answer.words
  if (rate === undefined || supply === undefined) return unknown('A part of the answer is missing.')
  if (rate < pool.bounds.lowest || rate > pool.bounds.highest) return unknown(IMPOSSIBLE)
  return { state: 'known', rate, supply, pooled: pooled ?? valueInEther(supply, rate) }
}

/** Judge the ETH price: a feed that did not answer, or is older than a day, gives none. */
export function judgePrice(outcome: Outcome, time: Seconds): PriceReading {
  if (!outcome.success || outcome.returnData === '0x')
    return { price: undefined, why: 'The ETH/USD feed did not answer at this block.', outcome }
  try {
    const price = decodeEtherPrice(outcome.returnData)
    const isOld = time - price.updatedAt > PRICE_LIFETIME
    return isOld
      ? { price: undefined, why: 'The ETH/USD feed is more than a day old.', outcome }
      : { price, outcome }
  } catch (error) {
    if (error instanceof MalformedAnswer) return { price: undefined, why: error.message, outcome }
    throw error
  }
}

const readsOf = (pool: TokenPool): Read[] => [
  pool.rate,
  pool.supply,
  ...(pool.pooled === undefined ? [] : [pool.pooled]),
]

/**
 * Read every pool's rate and supply and the ETH price at one block, or at the head, in one eth_call.
 * @throws the classes of `errors.ts`; a single pool's failure is not thrown but is its reading
 */
export async function readSnapshot(
  client: ChainClient,
  pools: readonly TokenPool[],
  options: CallOptions,
): Promise<Snapshot> {
  const { block, time, chainId, operator, outcomes } = await readCalls(
    client,
    [readEtherPrice, ...pools.flatMap(readsOf)],
    options,
  )
  const [priceOutcome, ...rest] = outcomes
  let next = 0
  const readings = pools.map(pool => {
    const count = readsOf(pool).length
    const own = rest.slice(next, next + count)
    next += count
    return { pool, reading: judgePool(pool, own, { block, chainId }), outcomes: own }
  })
  const price = judgePrice(priceOutcome ?? { read: readEtherPrice, success: false, returnData: '0x' }, time)
  return { block, time, chainId, operator, pools: readings, price }
}

/** Reduce a snapshot to what is stored of it. */
export const sampleOf = ({ block, time, operator, pools }: Snapshot): Sample => ({
  block,
  time,
  operator,
  readings: Object.fromEntries(pools.map(({ pool, reading }) => [poolKey(pool), reading])),
})
