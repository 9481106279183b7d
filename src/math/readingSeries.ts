import type { BlockNumber, Seconds } from './fixedPoint.ts'
import type { KnownReading, Sample } from './sample.ts'

/** One value of a pool at one block, and who told it. Where it is not known there, a line has a gap. */
export type ReadingPoint<Value> = {
  readonly time: Seconds
  readonly block: BlockNumber
  readonly value: Value | undefined
  readonly operator: string
}

/**
 * List what one pool's readings give, sample by sample. Blocks at which the pool was not there yet are left out; at
 * those at which nothing is known of it the value is undefined.
 * @param samples in the order that is wanted
 */
export function readingSeries<Value>(
  samples: readonly Sample[],
  poolKey: string,
  pick: (reading: KnownReading) => Value | undefined,
): ReadingPoint<Value>[] {
  return samples.flatMap(({ time, block, operator, readings }) => {
    const reading = readings[poolKey]
    if (reading?.state === 'notYet') return []
    const value = reading?.state === 'known' ? pick(reading) : undefined
    return [{ time, block, value, operator }]
  })
}
