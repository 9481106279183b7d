import type { Hex } from 'viem'
import type { Transfer } from '../math/course.ts'
import { byPlace, type EventLog } from '../math/eventLog.ts'
import { decodeEvent, parseEvent } from './eventWords.ts'
import type { WalletAsset } from './walletAssets.ts'
import { encodeWord } from './words.ts'

/** The event of every ERC-20: its value is tokens, which of some tokens are not what stays the same. */
export const TRANSFER = {
  signature: 'Transfer(address indexed from, address indexed to, uint256 value)',
  topic: '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef',
} as const

/** What stETH and eETH emit beside it. */
export const TRANSFER_SHARES = {
  signature: 'TransferShares(address indexed from, address indexed to, uint256 sharesValue)',
  topic: '0x9d9c909296d9c674451c0c24f02cb64981eb3b727f99865939192f880a755dcb',
} as const

const SHAPES = new Map<string, { readonly kind: 'tokens' | 'shares'; readonly event: string }>([
  [TRANSFER.topic, { kind: 'tokens', event: TRANSFER.signature }],
  [TRANSFER_SHARES.topic, { kind: 'shares', event: TRANSFER_SHARES.signature }],
])

/** A move as its log tells it. Addresses in small letters. */
export type TokenMove = {
  readonly log: EventLog
  readonly kind: 'tokens' | 'shares'
  readonly from: Hex
  readonly to: Hex
  readonly value: bigint
}

/** The first topics of the logs that tell moves of these assets. */
export const transferTopics = (assets: readonly WalletAsset[]): readonly Hex[] =>
  assets.some(({ moves }) => moves === 'shares') ? [TRANSFER.topic, TRANSFER_SHARES.topic] : [TRANSFER.topic]

const addressOf = (word: bigint): Hex => `0x${encodeWord(word).slice(24)}`

/**
 * Decode a log of either event; undefined for any other.
 * @throws MalformedLog where it is not what its event says
 */
export function decodeMove(log: EventLog): TokenMove | undefined {
  const shape = SHAPES.get(log.topics[0] ?? '')
  if (shape === undefined) return undefined
  const { from = 0n, to = 0n, value, sharesValue } = decodeEvent(parseEvent(shape.event), log)
  return {
    log,
    kind: shape.kind,
    from: addressOf(from),
    to: addressOf(to),
    value: value ?? sharesValue ?? 0n,
  }
}

const pathOf = ({ log, from, to }: TokenMove): string => [log.transaction, log.address, from, to].join()

/** Units that a log tells of, before their sign; undefined where it tells only that some moved. */
function unitsOf({ moves }: WalletAsset, { kind, value }: TokenMove): bigint | undefined {
  // Nothing moved, whatever it counts: strangers send such logs to be seen.
  if (value === 0n) return 0n
  return moves === 'net' || kind !== moves ? undefined : value
}

/** Whether a log adds to what others tell of an asset: shares are told twice, once in tokens. */
function counts({ moves }: WalletAsset, move: TokenMove, paths: ReadonlySet<string>): boolean {
  if (moves === 'none') return false
  return move.kind === 'shares' ? moves === 'shares' : moves !== 'shares' || !paths.has(pathOf(move))
}

function transferOf(asset: WalletAsset, move: TokenMove, own: ReadonlySet<string>): Transfer {
  const [isOut, isIn] = [own.has(move.from), own.has(move.to)]
  const units = unitsOf(asset, move)
  const { block, index, transaction } = move.log
  const signed = units === undefined ? undefined : isOut && isIn ? 0n : isOut ? -units : units
  return {
    asset: asset.id,
    block,
    index,
    transaction,
    units: signed,
    counterpart: isOut ? move.to : move.from,
  }
}

/**
 * Find what came in and went out of accounts among logs of transfers, in the chain's order. Between two of the accounts
 * nothing moves: 0 units. Where a log does not tell units, there is an entry for each asset of its token.
 * @param logs each once; those of other tokens and other accounts are passed over
 * @throws MalformedLog
 */
export function transfersOf(
  logs: readonly EventLog[],
  assets: readonly WalletAsset[],
  accounts: readonly string[],
): Transfer[] {
  const own = new Set(accounts.map(account => account.toLowerCase()))
  const byToken = new Map<string, WalletAsset[]>()
  for (const asset of assets) {
    const token = asset.token?.toLowerCase()
    if (token !== undefined) byToken.set(token, [...(byToken.get(token) ?? []), asset])
  }
  const moves = [...logs]
    .sort(byPlace)
    .flatMap(log => decodeMove(log) ?? [])
    .filter(({ from, to }) => own.has(from) || own.has(to))
  const paths = new Set(moves.filter(({ kind }) => kind === 'shares').map(pathOf))
  return moves.flatMap(move =>
    (byToken.get(move.log.address.toLowerCase()) ?? [])
      .filter(asset => counts(asset, move, paths))
      .map(asset => transferOf(asset, move, own)),
  )
}
