import type { Seconds } from './fixedPoint.ts'

/** A newest block as it was seen: its own time, and what the device's clock said then. */
export type HeadSeen = { readonly time: Seconds; readonly at: Seconds }

/** What newest blocks say of the device's clock. `by` is how far it is off, above zero. */
export type ClockVerdict = { readonly kind: 'behind' | 'ahead'; readonly by: Seconds }

/** A block's time is never further in the future: nodes refuse it by 15 s. Twice that is left to slow clocks. */
const MOST_AHEAD: Seconds = 30n

/** Blocks so old may be those of an endpoint that lags a little; older ones, of none that keeps up. */
const MOST_AGE: Seconds = 600n

/**
 * So long must blocks have kept pace with the clock before their age is laid to it: one that stands still is stale, and
 * one that catches up, or falls behind, shows it only over more time than `PLAY`.
 */
const LEAST_WATCH: Seconds = 120n

/** By so much may the pace of blocks differ from that of the clock: two slots. */
const PLAY: Seconds = 24n

/** By less than this, a verdict that was given stays as it was: one that changes with each block is told each time. */
const STEP: Seconds = 60n

const distance = (one: Seconds, other: Seconds): Seconds => (one > other ? one - other : other - one)

/** Whether blocks came at the pace of the clock since the oldest one seen, give or take `play`. */
function keepsPace(seen: readonly HeadSeen[], play: Seconds): boolean {
  const [first, last] = [seen[0], seen.at(-1)]
  if (first === undefined || last === undefined) return false
  const [watched, passed] = [last.at - first.at, last.time - first.time]
  return watched >= LEAST_WATCH && passed > 0n && distance(watched, passed) <= play
}

function kindOf(
  seen: readonly HeadSeen[],
  before: ClockVerdict['kind'] | undefined,
): ClockVerdict['kind'] | undefined {
  const last = seen.at(-1)
  if (last === undefined) return undefined
  const age = last.at - last.time
  if (-age > (before === 'behind' ? MOST_AHEAD / 2n : MOST_AHEAD)) return 'behind'
  const isKept = before === 'ahead'
  if (age <= (isKept ? MOST_AGE - STEP : MOST_AGE)) return undefined
  return keepsPace(seen, isKept ? 2n * PLAY : PLAY) ? 'ahead' : undefined
}

/**
 * Judge the device's clock by newest blocks. One from its future proves that it is behind. That it is ahead, or that
 * whoever is asked is far behind and keeps so, shows in blocks that are old and yet come at the pace of the clock.
 * @param seen ascending by `at`
 * @param before the verdict on the same blocks without the last: it is given up less easily than it is given
 * @returns undefined where nothing speaks against the clock
 */
export function judgeClock(seen: readonly HeadSeen[], before?: ClockVerdict): ClockVerdict | undefined {
  const last = seen.at(-1)
  const kind = kindOf(seen, before?.kind)
  if (last === undefined || kind === undefined) return undefined
  const by = distance(last.at, last.time)
  return before?.kind === kind && distance(before.by, by) <= STEP ? before : { kind, by }
}
