import type { RateChange } from '../math/course.ts'
import type { BlockNumber } from '../math/fixedPoint.ts'
import type { TokenPool } from '../pools/definePool.ts'
import type { WalletAsset } from '../pools/walletAssets.ts'
import type { ChainClient } from './client.ts'
import { logParams, readLogAnswer } from './logAnswer.ts'

/** How often an endpoint is asked where its failures may pass. */
const ROUNDS = 4

/** Pools whose rate changes at their event and nowhere else: of the others a place says nothing. */
const isStrict = ({ accrual, dust, reports }: TokenPool): boolean =>
  accrual === 'report' && dust === undefined && reports.length > 0

/**
 * Find at which places of a block the rates of assets changed by a report, from the endpoint that sees the wallet, in one
 * eth_getLogs. Of pools whose ordinary transactions move the rate as well nothing is told.
 * @throws the classes of `errors.ts`
 */
export async function readRatePlaces(
  client: ChainClient,
  assets: readonly WalletAsset[],
  block: BlockNumber,
  signal?: AbortSignal,
): Promise<RateChange[]> {
  const pools = [...new Set(assets.flatMap(({ pool }) => pool ?? []))].filter(isStrict)
  const events = pools.flatMap(pool =>
    pool.reports.flatMap(({ addresses, topic }) =>
      addresses.map(address => ({ pool, address: address.toLowerCase(), topic: topic.toLowerCase() })),
    ),
  )
  if (events.length === 0) return []
  const selection = {
    addresses: [...new Set(pools.flatMap(({ reports }) => reports.flatMap(({ addresses }) => addresses)))],
    topics: [...new Set(pools.flatMap(({ reports }) => reports.map(({ topic }) => topic)))],
  }
  const piece = { from: block, to: block }
  const { value: logs } = await client.ask({
    method: 'eth_getLogs',
    params: logParams(selection, piece),
    role: 'wallet',
    isAnonymous: true,
    rounds: ROUNDS,
    block,
    signal,
    read: (result, operator) => readLogAnswer(result, operator, selection, piece),
  })
  return logs.flatMap(({ address, topics: [topic], index }) =>
    events
      .filter(event => event.address === address && event.topic === topic)
      .flatMap(({ pool }) =>
        assets
          .filter(asset => asset.pool === pool && asset.rate !== undefined)
          .map(({ id }) => ({ asset: id, block, index })),
      ),
  )
}
