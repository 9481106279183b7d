import type { Address } from 'viem'
import type { Claim } from '../math/compareSamples.ts'
import { WAD, type Wad, type Wei } from '../math/fixedPoint.ts'
import { type Holdings, valueHoldings } from '../math/holdings.ts'
import type { TokenPool } from '../pools/definePool.ts'
import { MULTICALL3, readBalance, readEtherBalance, readEtherPrice } from '../pools/infrastructure.ts'
import type { Read } from '../pools/read.ts'
import { decodeWord, MalformedAnswer } from '../pools/words.ts'
import type { Outcome } from './blockReading.ts'
import { type ChainClient, MAINNET_ID } from './client.ts'
import { judgePrice, type PriceReading } from './judgeFeed.ts'
import { judgeRate } from './judgePool.ts'
import { readCalls } from './readCalls.ts'

/** One asset that a wallet may hold, and how its ETH value comes about. */
export type WalletAsset = {
  readonly id: string
  readonly symbol: string
  readonly poolId: string | undefined
  /** ETH per token; WAD for ETH itself and for rebasing tokens, whose balance is ETH already. */
  readonly rate: Wad | undefined
  readonly balance: Wei | undefined
  readonly note: string | undefined
  /** Why balance or rate is not known. */
  readonly why: string | undefined
  /** What operators said of the rate where they did not say the same: it is then not known. */
  readonly claims?: readonly Claim[]
  readonly balanceOutcome: Outcome
  readonly rateOutcome: Outcome | undefined
}

export type WalletReading = {
  readonly account: Address
  readonly block: bigint
  readonly time: bigint
  readonly chainId: bigint
  readonly operator: string
  readonly assets: readonly WalletAsset[]
  readonly holdings: Holdings
  readonly price: PriceReading
}

type Wanted = {
  readonly id: string
  readonly symbol: string
  readonly pool: TokenPool | undefined
  readonly balance: Read
  /** Undefined where one token is one ETH. */
  readonly rate: Read | undefined
  readonly note: string | undefined
}

function wantedOf(pools: readonly TokenPool[], account: Address): Wanted[] {
  const ether = {
    id: 'ETH',
    symbol: 'ETH',
    pool: undefined,
    balance: readEtherBalance(account),
    rate: undefined,
    note: undefined,
  }
  const tokens = pools.flatMap((pool): Wanted[] => [
    {
      id: pool.token.address,
      symbol: pool.token.symbol,
      pool,
      balance: readBalance(pool.token.address, account),
      rate: pool.rate,
      note: pool.unit === 'ETH' ? undefined : `Counted as if 1 ${pool.unit} were 1 ETH.`,
    },
    ...pool.siblings.map(({ symbol, address, note }) => ({
      id: address,
      symbol,
      pool,
      balance: readBalance(address, account),
      rate: undefined,
      note,
    })),
  ])
  return [ether, ...tokens]
}

function balanceOf(
  { read, success, returnData }: Outcome,
  isMainnet: boolean,
): { balance?: Wei; why?: string } {
  // ETH needs no contract to exist, only one to tell its balance.
  if (success && returnData === '0x' && read.address === MULTICALL3)
    return { why: 'This chain has no Multicall3, which tells the balance of ETH.' }
  // A local chain may lack a token; nothing of what does not exist is nothing.
  if (success && returnData === '0x')
    return isMainnet ? { why: 'The contract answered nothing.' } : { balance: 0n }
  if (!success) return { why: 'The contract refused balanceOf.' }
  try {
    return { balance: decodeWord(returnData) }
  } catch (error) {
    if (error instanceof MalformedAnswer) return { why: error.message }
    throw error
  }
}

/**
 * Read what an account holds of ETH, every pool's token and its rebasing siblings, with the rates and the ETH price,
 * at the head, in one eth_call to one endpoint.
 * @throws the classes of `errors.ts`; a single token's failure is told in its asset
 */
export async function readWallet(
  client: ChainClient,
  pools: readonly TokenPool[],
  account: Address,
  signal?: AbortSignal,
): Promise<WalletReading> {
  const wanted = wantedOf(pools, account)
  const reads = [
    readEtherPrice,
    ...wanted.flatMap(({ balance, rate }) => (rate === undefined ? [balance] : [balance, rate])),
  ]
  const { outcomes, ...at } = await readCalls(client, reads, { block: 'latest', role: 'wallet', signal })
  const [priceOutcome, ...rest] = outcomes as [Outcome, ...Outcome[]]
  let next = 0
  const take = (): Outcome => {
    const outcome = rest[next] as Outcome
    next += 1
    return outcome
  }
  const assets = wanted.map(({ id, symbol, pool, rate, note }): WalletAsset => {
    const balanceOutcome = take()
    const rateOutcome = rate === undefined ? undefined : take()
    const held = balanceOf(balanceOutcome, at.chainId === MAINNET_ID)
    const valued =
      rateOutcome === undefined || pool === undefined ? { rate: WAD } : judgeRate(pool, rateOutcome, at)
    return {
      id,
      symbol,
      poolId: pool?.id,
      balance: held.balance,
      rate: 'rate' in valued ? valued.rate : undefined,
      note,
      why: held.why ?? ('why' in valued ? valued.why : undefined),
      balanceOutcome,
      rateOutcome,
    }
  })
  return {
    account,
    ...at,
    assets,
    holdings: valueHoldings(assets.map(({ id, balance, rate }) => ({ id, balance, rate }))),
    price: judgePrice(priceOutcome, at.time),
  }
}
