import { type Course, middleOf, type WeiWad } from './course.ts'
import { type BlockNumber, mulDivDown, type Seconds, WAD, type Wad } from './fixedPoint.ts'
import { byBlock, type Moment } from './moment.ts'

/** Ether's worth that came into a wallet's stake, negative where it went out. */
export type Flow = { readonly block: BlockNumber; readonly time: Seconds; readonly ether: WeiWad }

export type ReplayPoint = {
  readonly block: BlockNumber
  readonly time: Seconds
  /** In WeiWad; undefined before the pool's rate is known. */
  readonly value: bigint | undefined
}

/** List what came into and went out of several holdings together, each at its worth then. Ascending. */
export function flowsOf(courses: readonly Course[]): Flow[] {
  const flows = courses.flatMap(({ marks: [first], moves }): Flow[] => [
    ...(first === undefined || first.units === 0n
      ? []
      : [{ block: first.block, time: first.time, ether: first.units * first.rate }]),
    ...moves.map(({ block, time, units, rate }) => ({
      block,
      time,
      ether: units * middleOf(rate).value,
    })),
  ])
  return flows.sort(byBlock)
}

/** What the same ether is worth if it only lay there: what came in less what went out, at each moment. */
export const replayWithout = (flows: readonly Flow[], moments: readonly Moment[]): ReplayPoint[] =>
  replay(flows, moments, () => WAD)

/**
 * Put the same ether into another pool, in and out on the same dates, at that pool's rates.
 * @param rateAt the pool's rate at a moment; undefined where it is not known
 * @returns no values at all where the pool had no rate when the first ether came in: there is nothing to compare
 */
export function replay(
  flows: readonly Flow[],
  moments: readonly Moment[],
  rateAt: (moment: Moment) => Wad | undefined,
): ReplayPoint[] {
  // Units times WAD, so that many small moves do not add up their roundings.
  let units: bigint | undefined = 0n
  let next = 0
  return moments.map(moment => {
    const rate = rateAt(moment)
    for (let flow = flows[next]; flow !== undefined && flow.block <= moment.block; flow = flows[next]) {
      units =
        rate === undefined || units === undefined || rate === 0n
          ? undefined
          : units + mulDivDown(flow.ether, WAD, rate)
      next += 1
    }
    const isThere = rate !== undefined && units !== undefined
    const value = isThere ? mulDivDown(units as bigint, rate, WAD) : undefined
    return { block: moment.block, time: moment.time, value }
  })
}
