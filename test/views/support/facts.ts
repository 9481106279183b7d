import { type Hex, toHex } from 'viem'
import { DAY, type Seconds, WAD, type Wad } from '../../../src/math/fixedPoint.ts'
import type { ExitFigure, TokenPool } from '../../../src/pools/definePool.ts'
import { tokenPools } from '../../../src/pools/index.ts'
import { readDecimals, readRound } from '../../../src/pools/infrastructure.ts'
import type { Read } from '../../../src/pools/read.ts'

type At = { readonly block: bigint; readonly time: Seconds; readonly rate: Wad }

/** Words one behind the other, as a contract answers several values. */
export const words = (...values: readonly bigint[]): Hex =>
  `0x${values.map(value => toHex(BigInt.asUintN(256, value), { size: 32 }).slice(2)).join('')}`

/** Five words as latestRoundData gives them. */
export const priceWords = (answer: bigint, updatedAt: bigint): Hex =>
  words(1n, answer, updatedAt, updatedAt, 1n)

const positionOf = (pool: TokenPool): bigint => BigInt(tokenPools.indexOf(pool))

/** The pool of every feed pays something else over its rate, some of it within noise: −1.2 % for the first. */
export const premiumOf = (pool: TokenPool): Wad => ((positionOf(pool) - 6n) * WAD) / 500n

/** What every contract says about the way out, in the unit of its figure: all different. */
export function exitOf(pool: TokenPool, figure: ExitFigure): bigint {
  const place = positionOf(pool) * 10n + BigInt(pool.exit.figures.indexOf(figure)) + 1n
  if (figure.kind === 'share') return (figure.whole * place) / 10_000n
  return figure.kind === 'count' ? 1_000n + place : (1_000n + place) * WAD
}

/** How long ago each last report that is told as a time was. */
export const REPORTED_AGO: Seconds = 3n * 3_600n

/** The reads of a pool's market feed. */
export const feedOf = ({ market }: TokenPool): { round: Read; decimals: Read } | undefined =>
  market.kind === 'none' ? undefined : { round: readRound(market.feed), decimals: readDecimals(market.feed) }

function reportReply({ lastReport }: TokenPool, { block, time }: At): Hex {
  if (lastReport === undefined) return '0x'
  const { read, word = 0, gives, less = 0n } = lastReport
  const mark = gives === 'time' ? time - REPORTED_AGO + less : block - 1n
  return words(...Array.from({ length: read.words }, (_, index) => (index === word ? mark : 9n)))
}

function priceReply(pool: TokenPool, { time, rate }: At): Hex {
  const isOfToken = pool.market.kind === 'feed' && pool.market.prices === 'token'
  return priceWords(((isOfToken ? rate : WAD) * (WAD + premiumOf(pool))) / WAD, time - 600n)
}

type Scripted = readonly [Read, (at: At) => bigint | Hex]

/** A plausible answer to everything that is asked of a pool beside its rate and supply. */
export function factReplies(pool: TokenPool): readonly Scripted[] {
  const { lastReport, streamEnd, fee, exit } = pool
  const feed = feedOf(pool)
  const replies: Scripted[] = exit.figures.map(figure => [figure.read, () => exitOf(pool, figure)])
  if (streamEnd !== undefined) replies.push([streamEnd, ({ time }) => time + 2n * DAY])
  if (lastReport !== undefined) replies.push([lastReport.read, at => reportReply(pool, at)])
  if (fee.kind === 'read')
    for (const read of fee.reads) replies.push([read, () => fee.whole / 10n / BigInt(fee.reads.length)])
  if (feed !== undefined) replies.push([feed.round, at => priceReply(pool, at)], [feed.decimals, () => 18n])
  return replies
}
