import type { Address } from 'viem'
import type { Claim } from '../math/compareSamples.ts'
import { WAD, type Wad, type Wei } from '../math/fixedPoint.ts'
import { type Holdings, valueHoldings } from '../math/holdings.ts'
import type { TokenPool } from '../pools/definePool.ts'
import { readEtherPrice } from '../pools/infrastructure.ts'
import type { Read } from '../pools/read.ts'
import { type WalletAsset, walletAssets } from '../pools/walletAssets.ts'
import { type BlockAt, type Outcome, outcomesBy } from './blockReading.ts'
import type { ChainClient } from './client.ts'
import { judgePrice, type PriceReading } from './judgeFeed.ts'
import { judgeRate } from './judgePool.ts'
import { judgeBalance, judgeUnits } from './judgeUnits.ts'
import { readCalls } from './readCalls.ts'
import { createReadSet, eachOnce } from './readSet.ts'

/** What one account holds of an asset, or why that is not known. */
type AccountBalance = {
  readonly account: Address
  readonly balance: Wei | undefined
  readonly why: string | undefined
  readonly outcome: Outcome
}

/** One asset of a wallet, and how its ETH value comes about. */
export type AssetReading = Pick<WalletAsset, 'id' | 'symbol' | 'kind' | 'unit' | 'note'> & {
  readonly poolId: string | undefined
  /** ETH per token; WAD for what counts as ETH as it is: ETH itself, rebasing and plain tokens. */
  readonly rate: Wad | undefined
  /** Of all accounts; unknown where one of them is. */
  readonly balance: Wei | undefined
  /** Of each account, in their order. */
  readonly balances: readonly AccountBalance[]
  /** The part of the balance that earns nothing; undefined where that is not known. */
  readonly idle: Wei | undefined
  /** What tells that, where it is not all or nothing. */
  readonly idleOutcomes: readonly Outcome[]
  /** Why balance or rate is not known. */
  readonly why: string | undefined
  /** What operators said of the rate where they did not say the same: it is then not known. */
  readonly claims?: readonly Claim[]
  readonly rateOutcome: Outcome | undefined
}

export type WalletReading = {
  /** Each once. */
  readonly accounts: readonly Address[]
  readonly block: bigint
  readonly time: bigint
  readonly chainId: bigint
  readonly operator: string
  readonly assets: readonly AssetReading[]
  readonly holdings: Holdings
  readonly price: PriceReading
}

/** What one row of the wallet asks. */
type Asked = {
  readonly asset: WalletAsset
  readonly balances: readonly { readonly account: Address; readonly read: Read }[]
  /** Undefined where one token counts as one ETH. */
  readonly rate: Read | undefined
  /** The part of the asset that earns nothing, where accounts may have one. */
  readonly part: WalletAsset | undefined
  /** Of each account, in their order. */
  readonly partReads: readonly (readonly Read[])[]
}

function askedOf(
  pools: readonly TokenPool[],
  accounts: readonly Address[],
  add: (read: Read) => Read,
): Asked[] {
  const assets = walletAssets(pools)
  return assets
    .filter(({ partOf }) => partOf === undefined)
    .map(asset => {
      const part = assets.find(({ partOf }) => partOf === asset.id)
      return {
        asset,
        balances: accounts.map(account => ({ account, read: add(asset.balance(account)) })),
        rate: asset.kind === 'token' && asset.rate !== undefined ? add(asset.rate.read) : undefined,
        part,
        partReads:
          part === undefined ? [] : accounts.map(account => part.units.reads(account).map(read => add(read))),
      }
    })
}

type Answers = { readonly outcomeOf: (read: Read) => Outcome; readonly at: BlockAt }

/** Add up; one that is not known makes the sum unknown. */
const sumOf = (values: readonly (Wei | undefined)[]): Wei | undefined =>
  values.reduce((sum, value) => (sum === undefined || value === undefined ? undefined : sum + value), 0n)

/** Find the part of a balance that earns nothing. */
function idleOf({ asset: { kind }, part, partReads }: Asked, balance: Wei | undefined, answers: Answers) {
  const { outcomeOf, at } = answers
  if (kind === 'ether' || kind === 'plain') return { idle: balance, idleOutcomes: [] }
  if (part === undefined) return { idle: 0n, idleOutcomes: [] }
  const outcomes = partReads.map(reads => reads.map(outcomeOf))
  const idle = sumOf(
    outcomes.map(own => {
      const judged = judgeUnits(part, own, at)
      return 'units' in judged ? judged.units : undefined
    }),
  )
  return { idle, idleOutcomes: [...new Set(outcomes.flat())] }
}

function assetReading(asked: Asked, answers: Answers): AssetReading {
  const { asset } = asked
  const { outcomeOf, at } = answers
  const balances = asked.balances.map(({ account, read }): AccountBalance => {
    const outcome = outcomeOf(read)
    const judged = judgeBalance(asset, outcome, at)
    return 'units' in judged
      ? { account, balance: judged.units, why: undefined, outcome }
      : { account, balance: undefined, why: judged.why, outcome }
  })
  const rateOutcome = asked.rate === undefined ? undefined : outcomeOf(asked.rate)
  const valued =
    rateOutcome === undefined || asset.rate === undefined
      ? { rate: WAD }
      : judgeRate(asset.rate, rateOutcome, at)
  const { id, symbol, kind, unit, note, pool } = asset
  const balance = sumOf(balances.map(own => own.balance))
  return {
    ...{ id, symbol, kind, unit, note, poolId: pool?.id },
    rate: 'rate' in valued ? valued.rate : undefined,
    balance,
    balances,
    ...idleOf(asked, balance, answers),
    why: balances.find(({ why }) => why !== undefined)?.why ?? ('why' in valued ? valued.why : undefined),
    rateOutcome,
  }
}

/**
 * Read what accounts hold together of ETH, every pool's token and its siblings, with the rates and the ETH price, at the
 * head, in one eth_call to the one endpoint that may see the wallet.
 * @param accounts an account that is listed twice is counted once
 * @throws the classes of `errors.ts`; a single token's failure is told in its asset
 */
export async function readWallet(
  client: ChainClient,
  pools: readonly TokenPool[],
  accounts: readonly Address[],
  signal?: AbortSignal,
): Promise<WalletReading> {
  const own = eachOnce(accounts)
  const reads = createReadSet()
  const price = reads.add(readEtherPrice)
  const asked = askedOf(pools, own, reads.add)
  const answered = await readCalls(client, reads.all(), { block: 'latest', role: 'wallet', signal })
  const { block, time, chainId, operator } = answered
  const outcomeOf = outcomesBy(answered)
  const assets = asked.map(one => assetReading(one, { outcomeOf, at: answered }))
  return {
    ...{ accounts: own, block, time, chainId, operator, assets },
    holdings: valueHoldings(assets.map(({ id, balance, rate }) => ({ id, balance, rate }))),
    price: judgePrice(outcomeOf(price), time),
  }
}
