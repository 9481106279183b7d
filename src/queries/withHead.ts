import { type Snapshot, sampleOf } from '../chain/readSnapshot.ts'
import type { Sample } from '../math/sample.ts'

/** Put the head, which is read every block, behind the samples, which are not. */
export const withHead = (samples: readonly Sample[], head: Snapshot | undefined): readonly Sample[] => {
  const last = samples.at(-1)
  if (head === undefined || (last !== undefined && last.block >= head.block)) return samples
  return [...samples, sampleOf(head)]
}
