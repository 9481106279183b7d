import { type Claim, disputesAmong } from '../math/compareSamples.ts'
import type { BlockNumber, Seconds } from '../math/fixedPoint.ts'
import type { Sample } from '../math/sample.ts'
import type { TokenPool } from '../pools/definePool.ts'
import type { ChainClient } from './client.ts'
import type { Live } from './readLive.ts'
import { sampleOf } from './readSnapshot.ts'
import { askSecondOpinion, type Verdict } from './secondOpinion.ts'

/** What other operators say of the live figures, and of which block. */
export type Agreement = {
  readonly block: BlockNumber
  readonly time: Seconds
  readonly verdict: Verdict
  /** Pools that cannot be shown, by pool key: operators differ about them, and say what. */
  readonly doubts: ReadonlyMap<string, { readonly why: string; readonly claims: readonly Claim[] }>
}

/**
 * Ask another operator for the headline figures of the same block, in one eth_call. That it is the same block follows
 * from its number, its time and the hash of the block before it, which the call itself tells.
 */
export async function readAgreement(
  client: ChainClient,
  pools: readonly TokenPool[],
  live: Live,
  signal?: AbortSignal,
): Promise<Agreement> {
  const { block, time, parentHash } = live
  const request = { pools, role: 'head', parentHash, signal } as const
  const figures = sampleOf(live)
  const verdict = await askSecondOpinion(client, figures, request)
  return { block, time, verdict, doubts: doubtsOf(figures, verdict) }
}

/** Disputed pools say who differs; after a refutation all is read again, and what was wrong is not shown meanwhile. */
function doubtsOf(figures: Sample, verdict: Verdict): Agreement['doubts'] {
  if (verdict.kind === 'disputed')
    return new Map(
      verdict.disputes.map(({ poolKey, claims }) => [
        poolKey,
        { why: disputeInWords(claims, figures), claims },
      ]),
    )
  if (verdict.kind !== 'refuted') return new Map()
  const disputes = disputesAmong([figures, verdict.sample])
  const why = `${verdict.operators.join(' and ')} contradict ${figures.operator}: it is read again from others.`
  return new Map(disputes.map(({ poolKey, claims }) => [poolKey, { why, claims }]))
}

/** Say who differs, and that nobody here can tell who is right. */
export function disputeInWords(
  claims: readonly { readonly operator: string }[],
  at: { readonly block: BlockNumber },
): string {
  const who = claims.map(({ operator }) => operator).join(' and ')
  return `${who} give different figures for block ${at.block}. Only one of them can be right, so none is shown as right.`
}
