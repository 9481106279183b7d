import { settledSamples, strangeSamples } from '../math/compareSamples.ts'
import { type BlockNumber, DAY, type Seconds } from '../math/fixedPoint.ts'
import type { Sample, SampleArchive } from '../math/sample.ts'
import { byBlock } from '../math/series.ts'
import type { TokenPool } from '../pools/definePool.ts'
import { dustByPool } from './reviewSamples.ts'

export type SampleKeeper = {
  /** Take a sample that may be kept; it is, as soon as its neighbours speak for it. */
  readonly take: (sample: Sample) => Promise<void>
  /** Keep what has been reviewed, and drop what fell or leaped and nobody has confirmed. */
  readonly finish: (confirmed: ReadonlySet<BlockNumber>) => Promise<void>
  /** Keep what neighbours speak for and forget the rest: the reading has ended early. */
  readonly leave: () => Promise<void>
}

export type KeeperOptions = {
  readonly archive: SampleArchive
  readonly identity: string
  /** The last block that can no longer change. */
  readonly finalized: BlockNumber
  readonly pools: readonly TokenPool[]
  /** All samples of the reading, by block. */
  readonly samples: ReadonlyMap<BlockNumber, Sample>
  /** Whether samples come from several operators, so that a wrong one stands out among its neighbours. */
  readonly hasOthers: boolean
}

/** Samples between two looks at what may be kept. */
const BATCH = 16
/** Time within which a neighbour is near: the finest samples are a day apart, and some are missing. */
const REACH: Seconds = 3n * DAY

/** Only facts are stored, and only what can no longer change. */
function storable(sample: Sample, finalized: BlockNumber): Sample | undefined {
  if (sample.block > finalized) return undefined
  const facts = Object.entries(sample.readings).filter(([, { state }]) => state !== 'unknown')
  return facts.length === 0 ? undefined : { ...sample, readings: Object.fromEntries(facts) }
}

/**
 * Keep samples for ever, but for those that an operator may have made up. Of a single node they are kept as they come;
 * of several operators once near neighbours agree with them, or a review has.
 */
export function createSampleKeeper(options: KeeperOptions): SampleKeeper {
  const { archive, identity, finalized, pools, samples, hasOthers } = options
  const dustOf = dustByPool(pools)
  const waiting = new Set<BlockNumber>()
  let taken = 0
  const ordered = (): Sample[] => [...samples.values()].sort(byBlock)

  async function keep(chosen: readonly Sample[]): Promise<void> {
    const facts = chosen.flatMap(sample => storable(sample, finalized) ?? [])
    for (const { block } of chosen) waiting.delete(block)
    if (facts.length > 0) await archive.keep(identity, facts)
  }

  const keepSettled = (): Promise<void> =>
    keep(settledSamples(ordered(), dustOf, REACH).filter(({ block }) => waiting.has(block)))

  return {
    take: async sample => {
      if (!hasOthers) return keep([sample])
      waiting.add(sample.block)
      taken += 1
      if (taken % BATCH === 0) await keepSettled()
    },
    finish: async confirmed => {
      const strange = new Set(strangeSamples(ordered(), dustOf).map(({ block }) => block))
      const isSound = (block: BlockNumber): boolean => confirmed.has(block) || !strange.has(block)
      await keep(
        ordered().filter(({ block }) => (waiting.has(block) || confirmed.has(block)) && isSound(block)),
      )
    },
    leave: keepSettled,
  }
}
