import { bracketOfBlock, type ClockPoint, estimateBlock } from './blockClock.ts'
import { type BlockNumber, DAY, type Seconds } from './fixedPoint.ts'
import type { Interval } from './intervals.ts'

/** Time before the end at which the windows of the page start. */
const WINDOWS: readonly Seconds[] = [7n * DAY, 30n * DAY, 90n * DAY, 365n * DAY]

/** The days around the older ends move on so often only: a renewal soon after asks for the same. */
const STEP: Seconds = DAY / 2n

/** Between two blocks, where only one is known. */
const SLOT: Seconds = 12n

/** Estimate when a block was, from the known blocks around it or else the nearest two. */
function timeNear(clock: readonly ClockPoint[], block: BlockNumber): Seconds | undefined {
  const { before, after } = bracketOfBlock(clock, block)
  const known = before ?? after
  if (known === undefined) return undefined
  const other = before === undefined ? clock[1] : (after ?? clock.at(-2))
  const ahead = block - known.block
  if (other === undefined) return known.time + SLOT * ahead
  return known.time + (ahead * (other.time - known.time)) / (other.block - known.block)
}

/**
 * Name the days in which the windows that end now start and end: the newest day and a half, and two days around each
 * start, newest first. A window ends at a report that is a day old at most, so its start is sought around one window
 * before the middle of the newest day.
 * @param clock ascending; without any, no block has a time and there are no days
 * @param range the blocks of which there are logs: days are cut to it
 */
export function windowDays(clock: readonly ClockPoint[], range: Interval): Interval[] {
  const end = timeNear(clock, range.to)
  if (end === undefined) return []
  const middle = ((end - STEP / 2n) / STEP) * STEP
  const older = WINDOWS.map(window => ({
    from: estimateBlock(clock, middle - window - DAY),
    to: estimateBlock(clock, middle - window + DAY),
  }))
  const days = [{ from: estimateBlock(clock, end - DAY - DAY / 2n), to: range.to }, ...older]
  return days
    .map(({ from, to }) => ({
      from: from < range.from ? range.from : from,
      to: to > range.to ? range.to : to,
    }))
    .filter(({ from, to }) => from <= to)
}
