import type { Course } from '../../../math/course.ts'
import { type BlockNumber, DAY, type Seconds } from '../../../math/fixedPoint.ts'
import type { WalletPast } from '../../../math/walletPast.ts'
import type { WalletAsset } from '../../../pools/walletAssets.ts'
import type { HeldAsset } from './held.ts'

/** The first block in which something is known to have been held. */
function firstBlock(courses: readonly Course[]): BlockNumber | undefined {
  const blocks = courses.flatMap(({ marks, moves }) => [
    ...moves.slice(0, 1).map(({ block }) => block),
    ...marks
      .filter(({ units }) => units !== 0n)
      .slice(0, 1)
      .map(({ block }) => block),
  ])
  return blocks.reduce<BlockNumber | undefined>(
    (least, block) => (least === undefined || block < least ? block : least),
    undefined,
  )
}

/** A stretch before the first holding in which a shorter one would not have been seen. */
export type Unseen = { readonly before: Seconds; readonly gap: Seconds }

/**
 * Find how far apart the blocks are that were read before the first holding: what came and went between two of them was
 * not seen, unless their logs were searched.
 * @returns undefined where nothing longer than a day can have been missed
 */
export function unseenBefore({ moments, courses, searchedFrom }: WalletPast): Unseen | undefined {
  const first = firstBlock(courses)
  const early = moments.filter(
    ({ block }) =>
      first !== undefined && block <= first && (searchedFrom === undefined || block < searchedFrom),
  )
  const last = early.at(-1)
  const gap = early.slice(1).reduce((most, { time }, place) => {
    const apart = time - (early[place]?.time ?? time)
    return apart > most ? apart : most
  }, 0n)
  return last === undefined || gap < DAY ? undefined : { before: last.time, gap }
}

/** List what cannot be told as of the newest moment: held then, but at no known rate, or not known to be held. */
export function unreadable(
  { moments }: WalletPast,
  held: readonly HeldAsset[],
  assets: readonly WalletAsset[],
): WalletAsset[] {
  const last = moments.at(-1)
  const stale = new Set(held.filter(({ course }) => course.isStale).map(({ asset }) => asset.id))
  return assets.filter(
    ({ id, kind }) =>
      kind !== 'ether' && (stale.has(id) || (last !== undefined && last.units[id] === undefined)),
  )
}
