import type { Hex } from 'viem'
import type { Claim } from '../math/compareSamples.ts'
import type { TokenPool } from '../pools/definePool.ts'
import { readParentHash } from '../pools/infrastructure.ts'
import type { Read } from '../pools/read.ts'
import { type BlockReading, type CallOptions, type Outcome, outcomesBy } from './blockReading.ts'
import type { ChainClient } from './client.ts'
import { factReads, factsOf, type PoolFacts } from './judgeFacts.ts'
import { readCalls } from './readCalls.ts'
import { type PoolReading, type Snapshot, snapshotOf, snapshotReads } from './readSnapshot.ts'

export type LivePool = PoolReading & {
  readonly facts: PoolFacts
  /** What operators said where they did not say the same: the reading is then not known. */
  readonly claims?: readonly Claim[]
}

/** A snapshot of the head with the facts that only matter now. */
export type Live = Omit<Snapshot, 'pools'> & {
  readonly pools: readonly LivePool[]
  /** Hash of the block before, as the call itself tells it. */
  readonly parentHash: Hex
  /** All that was asked, with what it gave. */
  readonly outcomes: readonly Outcome[]
  /** Read in an earlier visit and kept since: nobody could be asked for newer figures. */
  readonly isRecalled?: true
}

/** What a live reading of these pools asks: each question once. */
export const liveReads = (pools: readonly TokenPool[]): Read[] => [
  ...new Set([...snapshotReads(pools), ...pools.flatMap(factReads), readParentHash]),
]

/** Judge what a live reading's questions gave. */
export function liveOf(answered: BlockReading, pools: readonly TokenPool[]): Live {
  const outcomeOf = outcomesBy(answered)
  const snapshot = snapshotOf(answered, pools)
  return {
    ...snapshot,
    parentHash: outcomeOf(readParentHash).returnData,
    outcomes: answered.outcomes,
    pools: snapshot.pools.map(reading => ({ ...reading, facts: factsOf(reading, outcomeOf, answered) })),
  }
}

/**
 * Read all that is shown live, of every pool, at the head, in one eth_call.
 * @throws the classes of `errors.ts`; what one contract fails to tell is said in its place
 */
export async function readLive(
  client: ChainClient,
  pools: readonly TokenPool[],
  options: Omit<CallOptions, 'block'> & Partial<Pick<CallOptions, 'block'>>,
): Promise<Live> {
  return liveOf(await readCalls(client, liveReads(pools), { block: 'latest', ...options }), pools)
}
