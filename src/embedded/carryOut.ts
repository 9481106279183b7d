import { type Hex, hexToBigInt } from 'viem'
import { KEEPER, OPERATOR } from './addresses.ts'
import type { Miner } from './build.ts'
import { encodeKeeperRun, type KeeperCall } from './keeperCall.ts'
import type { Rpc } from './rpc.ts'
import { SLOT } from './schedule.ts'

/** A block was asked of a chain that mines by itself. */
export class ChainIsLive extends Error {
  override name = 'ChainIsLive'

  constructor() {
    super(
      'A live chain mines by itself, in its own time. Start it with `live: false` to have it carry out calls.',
    )
  }
}

/** Give the time (seconds) of a block 12 s after the newest one. */
export async function nextTime(rpc: Rpc): Promise<bigint> {
  const { timestamp } = await rpc<{ timestamp: Hex }>('eth_getBlockByNumber', ['latest', false])
  return hexToBigInt(timestamp) + SLOT
}

/**
 * Have the keeper make calls in a new block of a chain, 12 s after its newest one or at a time (seconds); give its
 * number.
 *
 * The calls are tried first: where one reverts, no block is mined. Throws ChainIsLive or EmbeddedRpcFailed.
 */
export async function carryOut(
  { rpc, miner, live }: { rpc: Rpc; miner: Miner; live: boolean },
  calls: readonly KeeperCall[],
  time?: bigint,
): Promise<bigint> {
  if (live) throw new ChainIsLive()
  await rpc('eth_call', [{ from: OPERATOR, to: KEEPER, data: encodeKeeperRun(calls) }, 'latest'])
  await miner.mine(time ?? (await nextTime(rpc)), calls)
  await miner.assertDone()
  // Tests mine blocks of their own too, which the miner does not count.
  return hexToBigInt(await rpc<Hex>('eth_blockNumber'))
}
