import { strangeSamples } from '../math/compareSamples.ts'
import type { BlockNumber, Wad } from '../math/fixedPoint.ts'
import type { Reading, Sample } from '../math/sample.ts'
import { byBlock } from '../math/series.ts'
import { poolKey, type TokenPool } from '../pools/definePool.ts'
import type { ChainClient } from './client.ts'
import { Disagreement } from './errors.ts'
import { disputeInWords } from './readAgreement.ts'
import { askSecondOpinion } from './secondOpinion.ts'

/** A sample that others have looked at too; `isConfirmed` where they say the same. */
export type Reviewed = { readonly sample: Sample; readonly isConfirmed: boolean; readonly isAlone?: true }

/** Have others read a sample's block, and take what two of them say. */
async function review(
  client: ChainClient,
  pools: readonly TokenPool[],
  sample: Sample,
  signal: AbortSignal | undefined,
): Promise<Reviewed> {
  const verdict = await askSecondOpinion(client, sample, { pools, role: 'archive', isHasty: true, signal })
  switch (verdict.kind) {
    case 'agreed':
      return { sample, isConfirmed: true }
    case 'refuted':
      return { sample: verdict.sample, isConfirmed: true }
    case 'alone':
      return { sample, isConfirmed: false, isAlone: true }
    case 'disputed': {
      const unknown = verdict.disputes.map(({ poolKey: key, claims }): [string, Reading] => [
        key,
        { state: 'unknown', why: disputeInWords(claims, sample) },
      ])
      const readings = { ...sample.readings, ...Object.fromEntries(unknown) }
      return { sample: { ...sample, readings }, isConfirmed: false }
    }
  }
}

/** Relative rounding of each pool's rate (WAD), by pool key. */
export const dustByPool = (pools: readonly TokenPool[]): ReadonlyMap<string, Wad> =>
  new Map(pools.map(pool => [poolKey(pool), pool.dust ?? 0n]))

/**
 * Have falls and leaps of a rate read again by others: what is true stays, what one operator made up is replaced, and so
 * is all else that it gave. A sample is looked at once; replacing one may make its neighbours strange, which follow.
 * @param samples all samples of the reading, by block; changed in place
 */
export async function* reviewSamples(
  client: ChainClient,
  pools: readonly TokenPool[],
  samples: Map<BlockNumber, Sample>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Reviewed, void> {
  const dustOf = dustByPool(pools)
  const seen = new Set<BlockNumber>()
  const isFromLiar = ({ operator }: Sample): boolean =>
    client.standings.some(
      ({ endpoint, setAside }) => endpoint.operator === operator && setAside() instanceof Disagreement,
    )
  const next = (): Sample[] => {
    const ordered = [...samples.values()].sort(byBlock)
    const doubtful = new Set([...strangeSamples(ordered, dustOf), ...ordered.filter(isFromLiar)])
    return [...doubtful].filter(({ block }) => !seen.has(block))
  }
  for (let strange = next(); strange.length > 0; strange = next())
    for (const sample of strange) {
      seen.add(sample.block)
      const reviewed = await review(client, pools, sample, signal)
      samples.set(sample.block, reviewed.sample)
      // Nobody else answers just now, and would not for the next one either.
      if (reviewed.isAlone === true) return
      yield reviewed
    }
}
