import type { Wei } from './fixedPoint.ts'
import { type ReadingPoint, readingSeries } from './readingSeries.ts'
import type { Sample } from './sample.ts'

/** List what stood behind a pool's token at each sample, in wei of the unit of its rate. */
export const supplySeries = (samples: readonly Sample[], poolKey: string): readonly ReadingPoint<Wei>[] =>
  readingSeries(samples, poolKey, ({ pooled }) => pooled)
