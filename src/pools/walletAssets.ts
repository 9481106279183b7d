import type { Address } from 'viem'
import { type BlockNumber, WAD, type Wad, type Wei } from '../math/fixedPoint.ts'
import type { Accrual } from '../math/series.ts'
import type { Sibling, TokenPool } from './definePool.ts'
import { readBalance, readEtherBalance } from './infrastructure.ts'
import type { Read } from './read.ts'

/** What judges the rate of an asset, as `TokenPool` has it, and how an answer becomes one. */
type AssetRate = Pick<TokenPool, 'bounds' | 'firstBlock' | 'readableBy' | 'zeroUntil'> & {
  readonly read: Read
  /** WAD of the unit of account per 1e18 units; 0 where the word makes none. */
  readonly of: (word: bigint) => Wad
}

/** What stays the same between two transfers: tokens, or the shares behind balances that grow. */
type AssetUnits = {
  /** The same reads for all parts of a token, so that each is asked once. */
  readonly reads: (account: Address) => readonly Read[]
  /**
   * @param words of the answers to `reads`, in their order
   * @returns undefined where they contradict each other
   */
  readonly of: (words: readonly (readonly bigint[])[]) => Wei | undefined
}

/** One asset that a wallet may hold. Its value is units × rate ÷ 10¹⁸. */
export type WalletAsset = {
  readonly id: string
  readonly symbol: string
  readonly pool: TokenPool | undefined
  readonly token: Address | undefined
  readonly kind: 'ether' | 'token' | 'rebasing' | 'plain'
  /** What its value counts. */
  readonly unit: string
  readonly note: string | undefined
  /** The asset whose balance holds this one too: a row of its own would count it twice. */
  readonly partOf: string | undefined
  /** First mainnet block at which it may exist, and the one from which it surely does. */
  readonly firstBlock: BlockNumber
  readonly readableBy: BlockNumber
  /** What its contract calls the balance. */
  readonly balance: (account: Address) => Read
  readonly units: AssetUnits
  /** Undefined where it is always 1. */
  readonly rate: AssetRate | undefined
  /** What logs tell of its moves: tokens, shares, only the block of one, or nothing. */
  readonly moves: 'tokens' | 'shares' | 'net' | 'none'
  readonly accrual: Accrual
}

const firstWord = (words: readonly (readonly bigint[])[]): bigint => words[0]?.[0] ?? 0n

const itself = (word: bigint): bigint => word

const ether: WalletAsset = {
  id: 'ETH',
  symbol: 'ETH',
  pool: undefined,
  token: undefined,
  kind: 'ether',
  unit: 'ETH',
  note: undefined,
  partOf: undefined,
  firstBlock: 0n,
  readableBy: 0n,
  balance: readEtherBalance,
  units: { reads: account => [readEtherBalance(account)], of: firstWord },
  rate: undefined,
  moves: 'none',
  accrual: 'report',
}

/** All that a plain ERC-20 is, at a rate of 1. */
function plainAsset(pool: TokenPool, { symbol, address }: TokenPool['token']): WalletAsset {
  const balance = (account: Address): Read => readBalance(address, account)
  return {
    id: address,
    symbol,
    pool,
    token: address,
    kind: 'plain',
    unit: pool.unit,
    note: undefined,
    partOf: undefined,
    firstBlock: pool.firstBlock,
    readableBy: pool.readableBy ?? pool.firstBlock,
    balance,
    units: { reads: account => [balance(account)], of: firstWord },
    rate: undefined,
    moves: 'tokens',
    accrual: 'report',
  }
}

function tokenAsset(pool: TokenPool): WalletAsset {
  return {
    ...plainAsset(pool, pool.token),
    kind: 'token',
    note: pool.unit === 'ETH' ? undefined : `Counted as if 1 ${pool.unit} were 1 ETH.`,
    rate: { ...rulesOf(pool), read: pool.rate, of: itself },
    accrual: pool.accrual,
  }
}

/** The rules of a pool's rate, which no rate of its siblings leaves either. */
function rulesOf(
  { bounds, firstBlock, readableBy, zeroUntil }: TokenPool,
  own?: BlockNumber,
): Omit<AssetRate, 'read' | 'of'> {
  return {
    bounds,
    firstBlock: own ?? firstBlock,
    ...(own !== undefined || readableBy === undefined ? {} : { readableBy }),
    ...(zeroUntil === undefined ? {} : { zeroUntil }),
  }
}

/** Credits have 27 decimals where tokens have 18; `creditsPerToken` is the inverse of a rate, with as many. */
const CREDIT = 10n ** 9n
const CREDITS = 10n ** 45n

/** Wei by which roundings may part credits from the balance that a contract makes of them. */
const ROUNDINGS = 10n

/**
 * Turn credits into units, where they are what the balance is made of: those of an account to which others have given
 * their yield are not.
 */
function creditUnits([told, all, balances]: readonly (readonly bigint[])[]): Wei | undefined {
  const [credits = 0n, perToken = 0n, balance = 0n] = [told?.[0], all?.[0], balances?.[0]]
  const made = perToken === 0n ? 0n : (credits * WAD) / perToken
  const gap = made > balance ? made - balance : balance - made
  return gap > ROUNDINGS ? undefined : credits / CREDIT
}

function creditAssets(
  pool: TokenPool,
  sibling: Extract<Sibling, { kind: 'credits' }>,
): readonly WalletAsset[] {
  const { credits, perToken } = sibling
  const plain = plainAsset(pool, sibling)
  // An account in rebasing has the number that all have; one outside of it keeps one of its own.
  const isIn = ([told, all]: readonly (readonly bigint[])[]): boolean => told?.[1] === all?.[0]
  const reads = (account: Address): Read[] => [credits(account), perToken, plain.balance(account)]
  const rebasing: WalletAsset = {
    ...plain,
    kind: 'rebasing',
    note: sibling.note,
    units: { reads, of: words => (isIn(words) ? creditUnits(words) : 0n) },
    rate: { ...rulesOf(pool), read: perToken, of: word => (word === 0n ? 0n : CREDITS / word) },
    moves: 'net',
  }
  const still: WalletAsset = {
    ...plain,
    id: `${plain.id}:still`,
    note: `${plain.symbol} of an account that does not rebase: it earns nothing.`,
    partOf: plain.id,
    units: { reads, of: words => (isIn(words) ? 0n : (words[2]?.[0] ?? 0n)) },
    moves: 'net',
  }
  return [rebasing, still]
}

function siblingAssets(pool: TokenPool, sibling: Sibling): readonly WalletAsset[] {
  if (sibling.kind === 'credits') return creditAssets(pool, sibling)
  const { firstBlock } = sibling
  const plain: WalletAsset = {
    ...plainAsset(pool, sibling),
    note: sibling.note,
    ...(firstBlock === undefined ? {} : { firstBlock, readableBy: firstBlock }),
  }
  if (sibling.kind === 'plain') return [plain]
  const { shares, rate, moves } = sibling
  return [
    {
      ...plain,
      kind: 'rebasing',
      units: { reads: account => [shares(account)], of: firstWord },
      rate: { ...rulesOf(pool, firstBlock), read: rate, of: itself },
      moves,
      accrual: pool.accrual,
    },
  ]
}

const known = new WeakMap<readonly TokenPool[], readonly WalletAsset[]>()

/** List all that a wallet may hold: ETH, and each pool's token with its siblings; the same objects each time. */
export function walletAssets(pools: readonly TokenPool[]): readonly WalletAsset[] {
  const before = known.get(pools)
  if (before !== undefined) return before
  const assets = [
    ether,
    ...pools.flatMap(pool => [
      tokenAsset(pool),
      ...pool.siblings.flatMap(sibling => siblingAssets(pool, sibling)),
    ]),
  ]
  known.set(pools, assets)
  return assets
}
