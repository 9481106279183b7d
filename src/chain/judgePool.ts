import { type BlockNumber, WAD, type Wad, type Wei } from '../math/fixedPoint.ts'
import { valueInEther } from '../math/holdings.ts'
import type { Reading } from '../math/sample.ts'
import { MOST_ETHER, type TokenPool } from '../pools/definePool.ts'
import { decodeWords, MalformedAnswer } from '../pools/words.ts'
import type { BlockAt, Outcome } from './blockReading.ts'
import { MAINNET_ID } from './client.ts'
import { judgeMarket } from './judgeFeed.ts'

const unknown = (why: string) => ({ state: 'unknown', why }) as const

/** What judges a rate on its own; `of` makes one of the word that the contract answers, where that is none yet. */
type RateRules = Pick<TokenPool, 'bounds' | 'firstBlock' | 'readableBy' | 'zeroUntil'> & {
  readonly of?: (word: bigint) => Wad
}

type NoReading = Exclude<Reading, { readonly state: 'known' }>

/** Whether the contract may not have been readable yet: a local chain may lack it at any block. */
function mayBeMissing(
  { firstBlock, readableBy = firstBlock }: RateRules,
  { block, chainId }: BlockAt,
): boolean {
  return chainId !== MAINNET_ID || block < readableBy
}

/** Decode a pool's outcomes, or say why they are no words. Nothing doubtful becomes a word. */
function wordsOf(
  pool: RateRules,
  outcomes: readonly Outcome[],
  at: BlockAt,
): { readonly words: readonly bigint[] } | NoReading {
  const isMainnet = at.chainId === MAINNET_ID
  if (isMainnet && at.block < pool.firstBlock) return { state: 'notYet' }
  const isMissing = mayBeMissing(pool, at)
  if (outcomes.some(({ success, returnData }) => success && returnData === '0x'))
    return isMissing
      ? { state: 'notYet' }
      : unknown('The contract answered nothing, where it is known to exist.')
  const reverted = outcomes.find(({ success }) => !success)
  if (reverted !== undefined)
    return isMainnet && isMissing
      ? { state: 'notYet' }
      : unknown(`The contract refused ${reverted.read.signature}.`)
  try {
    return { words: outcomes.flatMap(({ read, returnData }) => decodeWords(returnData, read.words)) }
  } catch (error) {
    if (error instanceof MalformedAnswer) return unknown(error.message)
    throw error
  }
}

/** Say why a rate is none, as far as it tells by itself. */
function faultOf(pool: RateRules, rate: Wad, { time, chainId }: BlockAt): NoReading | undefined {
  const { zeroUntil } = pool
  if (rate === 0n)
    return zeroUntil !== undefined && (chainId !== MAINNET_ID || time < zeroUntil)
      ? { state: 'notYet' }
      : unknown('The contract answers a rate of 0, which is none.')
  return rate < pool.bounds.lowest || rate > pool.bounds.highest
    ? unknown('The rate is outside what is possible for this token, so it is not shown.')
    : undefined
}

/** About two months of mainnet blocks: longer than any of these pools waited for its first stake. */
const EMPTY_FOR: BlockNumber = 400_000n

/** Judge a pool in which there is no token. What is not surely new is in doubt, and doubt is not stored. */
function emptyReading(
  { firstBlock, readableBy = firstBlock }: TokenPool,
  { block, chainId }: BlockAt,
): NoReading {
  return chainId !== MAINNET_ID || block < readableBy + EMPTY_FOR
    ? { state: 'notYet' }
    : unknown('The contract tells of no token in existence, so its rate is a convention and no rate.')
}

/** Judge a rate on its own: the rate, or why there is none. */
export function judgeRate(
  rules: RateRules,
  outcome: Outcome,
  at: BlockAt,
): { readonly rate: Wad } | { readonly why: string } {
  const answer = wordsOf(rules, [outcome], at)
  const [word = 0n] = 'words' in answer ? answer.words : []
  const rate = rules.of === undefined ? word : rules.of(word)
  const fault = 'words' in answer ? faultOf(rules, rate, at) : answer
  if (fault === undefined) return { rate }
  return { why: fault.state === 'unknown' ? fault.why : 'The token has no rate at this block.' }
}

/** Say why a supply is none. Wrapped tokens may be none while the pool behind them is full; an empty pool has no rate. */
function faultOfSupply(supply: Wei, total: Wei): NoReading | undefined {
  if (supply > MOST_ETHER || total > MOST_ETHER)
    return unknown('The contract tells of more than there is ether, so it is not shown.')
  return total === 0n
    ? unknown('The contract tells of nothing in the pool beside a rate that has moved.')
    : undefined
}

/** Judge one pool's outcomes: rate, supply and, where it has one, the total of its unit. */
export function judgePool(pool: TokenPool, outcomes: readonly Outcome[], at: BlockAt): Reading {
  const answer = wordsOf(pool, outcomes, at)
  if (!('words' in answer)) return answer
  const [rate, supply, pooled] = answer.words
  if (rate === undefined || supply === undefined) return unknown('A part of the answer is missing.')
  // Before anybody staked, contracts answer 0 or 1 by convention: neither is a rate at which somebody holds.
  if (supply === 0n && (rate === 0n || rate === WAD)) return emptyReading(pool, at)
  const total = pooled ?? valueInEther(supply, rate)
  return (
    faultOf(pool, rate, at) ?? faultOfSupply(supply, total) ?? { state: 'known', rate, supply, pooled: total }
  )
}

/**
 * Add what a pool's market feed told at the same block. Where it told no usable price nothing is added: that is no fault
 * of the rate.
 * @param outcomes of the feed's round and its decimals, none where the pool has no feed
 */
export function withMarket(reading: Reading, outcomes: readonly Outcome[], { time }: BlockAt): Reading {
  const [round, decimals] = outcomes
  if (reading.state !== 'known' || round === undefined || decimals === undefined) return reading
  const judged = judgeMarket(round, decimals, time)
  return 'value' in judged ? { ...reading, market: judged.value.price } : reading
}
