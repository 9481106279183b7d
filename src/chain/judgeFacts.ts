import {
  type BlockNumber,
  mulDivDown,
  type Seconds,
  WAD,
  type Wad,
  type Wei,
  YEAR,
} from '../math/fixedPoint.ts'
import { isFarOff, type Premium, premiumOver } from '../math/premium.ts'
import type { Reading } from '../math/sample.ts'
import { type ExitFigure, type LastReport, marketReads, type TokenPool } from '../pools/definePool.ts'
import type { Read } from '../pools/read.ts'
import { decodeWords, MalformedAnswer } from '../pools/words.ts'
import type { BlockAt, Outcome } from './blockReading.ts'
import { judgeMarket, type MarketPrice } from './judgeFeed.ts'

/** A figure beside the rate: its value or why it is not known, and the raw outcomes for its receipt. */
type Told<Value> = ({ readonly value: Value } | { readonly why: string }) & {
  readonly outcomes: readonly Outcome[]
}

/** When a pool last reported: the time itself, or a block whose time is not told. */
type ReportMark = { readonly time: Seconds } | { readonly block: BlockNumber }

/** What the contracts tell of a pool now, beside its rate. What a pool's contracts never tell is undefined. */
export type PoolFacts = {
  readonly lastReport: Told<ReportMark> | undefined
  /** When the present stream of rewards ends or ended. */
  readonly streamEnd: Told<Seconds> | undefined
  /** Part of the rewards, WAD. */
  readonly fee: Told<Wad>
  readonly market: Told<MarketPrice>
  /** What the market pays over the rate, or over the unit of the rate where it prices that. */
  readonly premium: Told<Premium>
  /** In the order of the definition. */
  readonly exit: readonly Told<bigint>[]
}

/** What the facts of a pool ask. */
export function factReads(pool: TokenPool): Read[] {
  return [
    ...(pool.lastReport === undefined ? [] : [pool.lastReport.read]),
    ...(pool.streamEnd === undefined ? [] : [pool.streamEnd]),
    ...(pool.fee.kind === 'read' ? pool.fee.reads : []),
    ...marketReads(pool),
    ...pool.exit.figures.map(({ read }) => read),
  ]
}

type Judge<Value> = (words: readonly bigint[]) => { readonly value: Value } | { readonly why: string }

/** Decode outcomes to all their words and judge them; what reverted, is missing or malformed says so. */
function tell<Value>(outcomes: readonly Outcome[], judge: Judge<Value>): Told<Value> {
  const silent = outcomes.find(({ success, returnData }) => !success || returnData === '0x')
  if (silent !== undefined) return { why: `The contract did not answer ${silent.read.signature}.`, outcomes }
  try {
    const words = outcomes.flatMap(({ read, returnData }) => decodeWords(returnData, read.words))
    return { ...judge(words), outcomes }
  } catch (error) {
    if (error instanceof MalformedAnswer) return { why: error.message, outcomes }
    throw error
  }
}

const markOf =
  ({ word = 0, gives, less = 0n }: LastReport, at: BlockAt): Judge<ReportMark> =>
  words => {
    const told = words[word] ?? 0n
    if (told <= less) return { why: 'The contract has recorded no report yet.' }
    const [value, now] = [told - less, gives === 'time' ? at.time : at.block]
    if (value > now) return { why: 'The contract tells a report of the future.' }
    return { value: gives === 'time' ? { time: value } : { block: value } }
  }

/** No stream lasts for years: what ends later is no time. */
const endOf =
  ({ time }: BlockAt): Judge<Seconds> =>
  ([end = 0n]) => {
    if (end === 0n) return { why: 'The contract has recorded no stream yet.' }
    return end > time + YEAR ? { why: 'The contract tells an impossible end of its stream.' } : { value: end }
  }

/** More than there is ether, and more requests than anybody could make. */
const IMPOSSIBLE: Wei = 10n ** 9n * WAD

const figureOf =
  (figure: ExitFigure): Judge<bigint> =>
  ([value = 0n]) =>
    value > (figure.kind === 'share' ? figure.whole : IMPOSSIBLE)
      ? { why: 'The contract tells more than there can be.' }
      : { value }

const shareOf =
  (whole: bigint): Judge<Wad> =>
  words => {
    const sum = words.reduce((total, word) => total + word, 0n)
    return sum <= whole
      ? { value: mulDivDown(sum, WAD, whole) }
      : { why: 'The contract tells a fee of more than all.' }
  }

function marketOf(pool: TokenPool, outcomeOf: (read: Read) => Outcome, { time }: BlockAt): Told<MarketPrice> {
  const outcomes = marketReads(pool).map(outcomeOf)
  const [round, decimals] = outcomes
  if (round === undefined || decimals === undefined)
    return { why: pool.market.kind === 'none' ? pool.market.why : 'The feed was not asked.', outcomes }
  return { ...judgeMarket(round, decimals, time), outcomes }
}

function premiumOf({ market: source }: TokenPool, reading: Reading, market: Told<MarketPrice>) {
  if ('why' in market) return { why: market.why }
  if (reading.state !== 'known') return { why: 'The rate that it would be compared with is not known.' }
  const isOfToken = source.kind === 'feed' && source.prices === 'token'
  const premium = premiumOver(market.value.price, isOfToken ? reading.rate : WAD)
  return isFarOff(premium)
    ? { why: 'The feed’s price is more than half away from the rate: its scale may be wrong.' }
    : { value: premium }
}

/** Judge what the contracts tell of a pool beside its rate. */
export function factsOf(
  { pool, reading }: { readonly pool: TokenPool; readonly reading: Reading },
  outcomeOf: (read: Read) => Outcome,
  at: BlockAt,
): PoolFacts {
  const { lastReport, streamEnd, fee, exit } = pool
  const market = marketOf(pool, outcomeOf, at)
  return {
    lastReport: lastReport && tell([outcomeOf(lastReport.read)], markOf(lastReport, at)),
    streamEnd: streamEnd && tell([outcomeOf(streamEnd)], endOf(at)),
    fee:
      fee.kind === 'read'
        ? tell(fee.reads.map(outcomeOf), shareOf(fee.whole))
        : { ...(fee.kind === 'published' ? { value: fee.fraction } : { why: fee.why }), outcomes: [] },
    market,
    premium: { ...premiumOf(pool, reading, market), outcomes: market.outcomes },
    exit: exit.figures.map(figure => tell([outcomeOf(figure.read)], figureOf(figure))),
  }
}
