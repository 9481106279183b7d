import fc from 'fast-check'
import type { RateChange, Transfer } from '../../src/math/course.ts'
import { WAD } from '../../src/math/fixedPoint.ts'
import type { Moment } from '../../src/math/moment.ts'

/** Something that happens in a block, in its order: units that come or go, or a report. */
export type Happening = { readonly move: bigint } | { readonly rate: bigint }

/** What happens to one asset, block by block from block 1 on; nothing is held before, and the rate is 1. */
export type World = readonly (readonly Happening[])[]

/** A rate of so many percent of 1. */
export const percentOf = (percent: bigint): bigint => (WAD * percent) / 100n

/** Two at 1.00, two at 1.10, three go at 1.20; one is left at 1.20. */
export const SALE: World = [
  [{ move: 2n * WAD }],
  [{ rate: percentOf(110n) }, { move: 2n * WAD }],
  [{ rate: percentOf(120n) }, { move: -3n * WAD }],
]

const ASSET = 'asset'
const GENESIS = 1_600_000_000n
export const BLOCK_TIME = 12n

/** What is true after a block. */
export type Truth = { readonly units: bigint; readonly rate: bigint; readonly earned: bigint }

/** Follow a world by its own definition: the units held before each change of the rate times the change. */
export function follow(world: World): Truth[] {
  let truth: Truth = { units: 0n, rate: WAD, earned: 0n }
  const after = [truth]
  for (const block of world) {
    for (const happening of block) {
      if ('move' in happening) truth = { ...truth, units: truth.units + happening.move }
      else {
        const earned = truth.earned + truth.units * (happening.rate - truth.rate)
        truth = { ...truth, rate: happening.rate, earned }
      }
    }
    after.push(truth)
  }
  return after
}

/** What reading a block of a world gives. */
export function momentAt(truths: readonly Truth[], block: number): Moment {
  const { units, rate } = truths[block] as Truth
  return {
    block: BigInt(block),
    time: GENESIS + BigInt(block) * BLOCK_TIME,
    price: 2_000_00000000n + BigInt(block),
    units: { [ASSET]: units },
    rates: { [ASSET]: rate },
  }
}

/** What reading all logs of a world gives. */
export function logsOf(world: World): { transfers: Transfer[]; changes: RateChange[] } {
  const transfers: Transfer[] = []
  const changes: RateChange[] = []
  for (const [place, happenings] of world.entries()) {
    for (const [index, happening] of happenings.entries()) {
      const at = { asset: ASSET, block: BigInt(place + 1), index: BigInt(index) }
      if ('rate' in happening) changes.push(at)
      else
        transfers.push({
          ...at,
          transaction: `0x${place + 1}`,
          units: happening.move,
          counterpart: '0xother',
        })
    }
  }
  return { transfers, changes }
}

export const REPORTING = { id: ASSET, accrual: 'report' } as const

/** Worlds in which no more leaves than is there, with at most one report in a block, which may be a fall. */
export const worlds: fc.Arbitrary<World> = fc
  .array(
    fc.record({
      moves: fc.array(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), { maxLength: 3 }),
      report: fc.option(fc.record({ step: fc.bigInt({ min: -50n, max: 400n }), place: fc.nat({ max: 3 }) })),
    }),
    { minLength: 2, maxLength: 24 },
  )
  .map(blocks => {
    let [units, rate] = [0n, WAD]
    return blocks.map(({ moves, report }) => {
      const happenings: Happening[] = []
      for (const wanted of moves) {
        const move = wanted < -units ? -units : wanted
        units += move
        if (move !== 0n) happenings.push({ move })
      }
      if (report === null) return happenings
      const step = (rate * report.step) / 1_000_000n
      if (step === 0n) return happenings
      rate += step
      happenings.splice(Math.min(report.place, happenings.length), 0, { rate })
      return happenings
    })
  })
