import { useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import { formatBlock, formatExact } from '../../../format/number.ts'
import { disputedRates, type RateDispute } from '../../../math/compareMoments.ts'
import type { Sample } from '../../../math/sample.ts'
import type { WalletPast } from '../../../math/walletPast.ts'
import { poolKey } from '../../../pools/definePool.ts'
import { historyQuery } from '../../../queries/history.ts'
import { useSession } from '../../../queries/session.ts'
import { RANGES, rangeSeconds, useViewState, windowSeconds } from '../../state/viewState.ts'
import callouts from '../../ui/Callout.module.css'
import type { HeldAsset } from './held.ts'

type Props = { readonly past: WalletPast; readonly held: readonly HeldAsset[] }

const NONE: readonly Sample[] = []

/** The longest history that this visit has read so far, from others than the wallet's endpoint. It asks for none. */
function useSamples(): readonly Sample[] {
  const session = useSession()
  const [state] = useViewState()
  const window = windowSeconds(state.window)
  return useQueries({
    queries: RANGES.map(range => ({
      ...historyQuery(session, { range: rangeSeconds(range), window }),
      enabled: false,
    })),
    combine: results =>
      results.reduce<readonly Sample[]>((longest, { data }) => {
        const samples = data?.samples ?? NONE
        return samples.length > longest.length ? samples : longest
      }, NONE),
  })
}

function Dispute({
  dispute,
  held,
  operator,
}: {
  dispute: RateDispute
  held: readonly HeldAsset[]
  operator: string
}) {
  const { asset, block, rate, others } = dispute
  const symbol = held.find(one => one.asset.id === asset)?.asset.symbol ?? asset
  const told = others.map(
    other => `${other.operator} gives ${formatExact(other.rate)} at block ${formatBlock(other.block)}`,
  )
  return (
    <li>
      {symbol} at block {formatBlock(block)}: {operator} gives {formatExact(rate)}, {told.join(', ')}.
    </li>
  )
}

/** Say where a rate of the past contradicts what another operator gave for the same time. */
export function RateDisputes({ past, held }: Props) {
  const samples = useSamples()
  const disputes = useMemo(() => {
    const compared = held.flatMap(({ asset }) =>
      asset.kind === 'token' && asset.pool !== undefined
        ? [{ asset: asset.id, poolKey: poolKey(asset.pool) }]
        : [],
    )
    return disputedRates(past.moments, samples, compared)
  }, [past.moments, samples, held])
  if (disputes.length === 0) return null
  return (
    <div className={callouts['callout']} data-tone="warning" role="alert">
      <p>
        <strong>{past.operator} contradicts other operators.</strong> One of them is wrong, so do not count on
        what was earned until you have read the past from another endpoint.
      </p>
      <ul>
        {disputes.slice(0, 3).map(dispute => (
          <Dispute
            key={`${dispute.asset} ${dispute.block}`}
            dispute={dispute}
            held={held}
            operator={past.operator}
          />
        ))}
      </ul>
      {disputes.length > 3 ? <p>And {disputes.length - 3} more.</p> : null}
    </div>
  )
}
