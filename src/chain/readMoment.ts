import type { Address } from 'viem'
import { type BlockNumber, WAD, type Wad, type Wei } from '../math/fixedPoint.ts'
import type { Moment } from '../math/moment.ts'
import { MULTICALL3_FIRST_BLOCK, readEtherPrice } from '../pools/infrastructure.ts'
import type { Read } from '../pools/read.ts'
import type { WalletAsset } from '../pools/walletAssets.ts'
import { type BlockReading, type Outcome, outcomesBy } from './blockReading.ts'
import { type ChainClient, isMainnetOnly } from './client.ts'
import { judgePrice } from './judgeFeed.ts'
import { judgeRate } from './judgePool.ts'
import { judgeUnits } from './judgeUnits.ts'
import { readCalls } from './readCalls.ts'
import { createReadSet, eachOnce } from './readSet.ts'

/** How often an endpoint is asked where its failures may pass. */
const ROUNDS = 4

type MomentOptions = {
  readonly block: BlockNumber | 'latest'
  readonly signal?: AbortSignal | undefined
}

/** A moment and who told it. */
export type MomentReading = Moment & { readonly operator: string }

/** What one asset asks: its units for each account, and its rate where it has one. */
type Asked = {
  readonly asset: WalletAsset
  readonly units: readonly (readonly Read[])[]
  readonly rate: Read | undefined
}

/** Add up an asset over the accounts; undefined where one of them is not known. */
function sumOf(
  { asset, units }: Asked,
  outcomeOf: (read: Read) => Outcome,
  at: BlockReading,
): Wei | undefined {
  let sum = 0n
  for (const reads of units) {
    const judged = judgeUnits(asset, reads.map(outcomeOf), at)
    if ('why' in judged) return undefined
    sum += judged.units
  }
  return sum
}

function rateOf(
  { asset, rate }: Asked,
  outcomeOf: (read: Read) => Outcome,
  at: BlockReading,
): Wad | undefined {
  if (asset.rate === undefined || rate === undefined) return asset.rate === undefined ? WAD : undefined
  const judged = judgeRate(asset.rate, outcomeOf(rate), at)
  return 'rate' in judged ? judged.rate : undefined
}

/** Leave out what is not known. */
const known = (entries: readonly (readonly [string, bigint | undefined])[]): Record<string, bigint> =>
  Object.fromEntries(entries.flatMap(([id, value]) => (value === undefined ? [] : [[id, value]])))

/**
 * Read what accounts held of these assets at the end of a block, the assets' rates and the ETH price, in one eth_call to
 * the one endpoint that may see the wallet. Tokens that did not exist yet are held by nobody; what cannot be judged is
 * missing.
 * @throws the classes of `errors.ts`
 */
export async function readMoment(
  client: ChainClient,
  assets: readonly WalletAsset[],
  accounts: readonly Address[],
  { block, signal }: MomentOptions,
): Promise<MomentReading> {
  const reads = createReadSet()
  const price = reads.add(readEtherPrice)
  // Before Multicall3 each question is a request of its own: nothing is asked of what is not there yet.
  const isThere = ({ firstBlock }: WalletAsset): boolean =>
    block === 'latest' || !isMainnetOnly(client) || block >= firstBlock || block >= MULTICALL3_FIRST_BLOCK
  const own = eachOnce(accounts)
  const asked = assets.map((asset): Asked => {
    if (!isThere(asset)) return { asset, units: [], rate: undefined }
    return {
      asset,
      units: own.map(account => asset.units.reads(account).map(reads.add)),
      rate: asset.rate === undefined ? undefined : reads.add(asset.rate.read),
    }
  })
  // The past takes hundreds of calls: where one is refused for a while, it is waited for.
  const rounds = block === 'latest' ? undefined : ROUNDS
  const answered = await readCalls(client, reads.all(), { block, role: 'wallet', signal, rounds })
  const outcomeOf = outcomesBy(answered)
  return {
    block: answered.block,
    time: answered.time,
    operator: answered.operator,
    price: judgePrice(outcomeOf(price), answered.time).price?.answer,
    units: known(asked.map(one => [one.asset.id, sumOf(one, outcomeOf, answered)])),
    rates: known(asked.map(one => [one.asset.id, rateOf(one, outcomeOf, answered)])),
  }
}
