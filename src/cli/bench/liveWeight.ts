import { encodeAggregate } from '../../chain/multicall.ts'
import { frameReads } from '../../chain/readCalls.ts'
import { liveReads } from '../../chain/readLive.ts'
import { createRpc } from '../../embedded/rpc.ts'
import { tokenPools } from '../../pools/index.ts'
import { MULTICALL3 } from '../../pools/infrastructure.ts'

/** What the one live call weighs on a node. */
export type LiveWeight = {
  readonly innerCalls: number
  readonly gas: bigint
  /** Bytes of the call's data and of its answer. */
  readonly bytesOut: number
  readonly bytesIn: number
}

/** geth ends a call at 50 million gas where its operator sets nothing else; mainnet's contracts cost several times these. */
export const MOST_GAS = 8_000_000n
/** Bytes of an answer. Endpoints cut at megabytes; a phone pays for it every 12 s. */
export const MOST_BYTES = 32_000

/** Weigh the live call of all pools on a node. The embedded chain's contracts are simpler than mainnet's. */
export async function weighLiveCall(url: string): Promise<LiveWeight> {
  const rpc = createRpc(url)
  const reads = [...frameReads, ...liveReads(tokenPools)]
  const data = encodeAggregate(reads)
  const call = { to: MULTICALL3, data }
  const gas = BigInt(await rpc<string>('eth_estimateGas', [call, 'latest']))
  const answer = await rpc<string>('eth_call', [call, 'latest'])
  return { innerCalls: reads.length, gas, bytesOut: data.length / 2 - 1, bytesIn: answer.length / 2 - 1 }
}
