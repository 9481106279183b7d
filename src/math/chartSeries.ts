import type { Seconds } from './fixedPoint.ts'

export type YieldMeasure = 'apy' | 'apr'

/** Longest time between two samples: what a start of a window may be off by while history is still coarse. */
export const largestGap = (times: readonly Seconds[]): Seconds =>
  times.reduce((gap, time, index) => {
    const before = times[index - 1] ?? time
    return time - before > gap ? time - before : gap
  }, 0n)
