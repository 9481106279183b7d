import type { Seconds } from './fixedPoint.ts'

/** A newest block as it was seen: its own time, and what the device's clock said then. */
export type HeadSeen = { readonly time: Seconds; readonly at: Seconds }

/** What newest blocks say of the device's clock. `by` is how far it is off, above zero. */
export type ClockVerdict = { readonly kind: 'behind' | 'ahead'; readonly by: Seconds }

/** A block's time is never further in the future: nodes refuse it by 15 s. Twice that is left to slow clocks. */
const MOST_AHEAD: Seconds = 30n

/** Blocks so old may be those of an endpoint that lags a little; older ones, of none that keeps up. */
const MOST_AGE: Seconds = 600n

/** So long must blocks have kept pace with the clock before their age is laid to it: one that stands still is stale. */
const LEAST_WATCH: Seconds = 20n

/** By so much may the pace of blocks differ from that of the clock: two slots. */
const PLAY: Seconds = 24n

/**
 * Judge the device's clock by newest blocks. One from its future proves that it is behind. That it is ahead, or that
 * whoever is asked is far behind and keeps so, shows in blocks that are old and yet come at the pace of the clock.
 * @param seen ascending by `at`; undefined where nothing speaks against the clock
 */
export function judgeClock(seen: readonly HeadSeen[]): ClockVerdict | undefined {
  const last = seen.at(-1)
  if (last === undefined) return undefined
  const age = last.at - last.time
  if (age < -MOST_AHEAD) return { kind: 'behind', by: -age }
  if (age <= MOST_AGE) return undefined
  const keepsPace = seen.some(({ time, at }) => {
    const [watched, passed] = [last.at - at, last.time - time]
    const difference = watched > passed ? watched - passed : passed - watched
    return watched >= LEAST_WATCH && passed > 0n && difference <= PLAY
  })
  return keepsPace ? { kind: 'ahead', by: age } : undefined
}
