import { DAY, type Seconds, WAD, type Wad } from './fixedPoint.ts'
import type { Reading, Sample } from './sample.ts'

/** What one operator said about a pool on which others do not agree with it. */
export type Claim = { readonly operator: string; readonly reading: Reading }

/** One pool at one block about which operators differ. */
export type Dispute = { readonly poolKey: string; readonly claims: readonly Claim[] }

/** Whether two market prices do not contradict each other: a feed that one could not ask says nothing of the other. */
const isSameMarket = (one: Wad | undefined, other: Wad | undefined): boolean =>
  one === undefined || other === undefined || one === other

/** Whether two readings are the same fact, to the wei. Not to know something is no fact. */
export function isSameReading(one: Reading | undefined, other: Reading | undefined): boolean {
  if (one === undefined || other === undefined || one.state !== other.state) return false
  if (one.state !== 'known' || other.state !== 'known') return one.state === 'notYet'
  const isSame = one.rate === other.rate && one.supply === other.supply && one.pooled === other.pooled
  return isSame && isSameMarket(one.market, other.market)
}

/** Whether a reading is a fact that another operator could contradict. */
const isFact = (reading: Reading | undefined): boolean => reading !== undefined && reading.state !== 'unknown'

/** Name the pools about which two samples of one block differ. Where one does not know, there is nothing to compare. */
export function differingPools(one: Sample, other: Sample): string[] {
  const keys = Object.keys(one.readings).filter(
    key => isFact(one.readings[key]) && isFact(other.readings[key]),
  )
  if (one.block !== other.block || one.time !== other.time) return keys
  return keys.filter(key => !isSameReading(one.readings[key], other.readings[key]))
}

/** Say what each of some operators claims about the pools on which not all of them agree. */
export function disputesAmong(samples: readonly Sample[]): Dispute[] {
  const keys = new Set(
    samples.flatMap((one, index) => samples.slice(index + 1).flatMap(other => differingPools(one, other))),
  )
  return [...keys].map(poolKey => ({
    poolKey,
    claims: samples.flatMap(({ operator, readings }) => {
      const reading = readings[poolKey]
      return reading === undefined ? [] : [{ operator, reading }]
    }),
  }))
}

type Side = 'with' | 'against' | 'unsettled'

/** Say where a sample stands to two that agree. To outvote it both must contradict it on one pool, not one of them. */
function sideOf(sample: Sample, one: Sample, other: Sample): Side {
  const [byOne, byOther] = [differingPools(one, sample), differingPools(other, sample)]
  if (byOne.length === 0 && byOther.length === 0) return 'with'
  return byOne.some(key => byOther.includes(key)) ? 'against' : 'unsettled'
}

/**
 * Find the operators that contradict two others who agree with each other.
 * @returns undefined where no two agree, or where what is disputed is known to one of them only
 */
export function outvotedOperators(samples: readonly Sample[]): string[] | undefined {
  for (const [index, one] of samples.entries())
    for (const other of samples.slice(index + 1)) {
      if (differingPools(one, other).length > 0) continue
      const sides = samples.map(sample => ({ sample, side: sideOf(sample, one, other) }))
      if (sides.some(({ side }) => side === 'unsettled')) continue
      return sides.filter(({ side }) => side === 'against').map(({ sample }) => sample.operator)
    }
  return undefined
}

/** Rise of a rate in a day that no pool has come near: about 44 % a year. */
const MOST_PER_DAY: Wad = WAD / 1_000n

/** Whether two neighbours of one pool's series want a second look: the rate fell, or rose as no yield does. */
function isStrange(before: Sample, after: Sample, key: string, dust: Wad): boolean {
  const [from, to] = [before.readings[key], after.readings[key]]
  if (from?.state !== 'known' || to?.state !== 'known') return false
  const move = to.rate - from.rate
  if (move < 0n) return -move * WAD > from.rate * dust
  return move * WAD * DAY > from.rate * MOST_PER_DAY * (after.time - before.time + DAY / 2n)
}

/**
 * List the samples, ascending by block, that stand between two near ones without falling or leaping: what an operator
 * made up would show there.
 * @param reach time within which a neighbour is near
 */
export function settledSamples(
  samples: readonly Sample[],
  dustOf: ReadonlyMap<string, Wad>,
  reach: Seconds,
): Sample[] {
  const strange = new Set(strangeSamples(samples, dustOf))
  return samples.filter((sample, index) => {
    const [before, after] = [samples[index - 1], samples[index + 1]]
    if (before === undefined || after === undefined || strange.has(sample)) return false
    return sample.time - before.time <= reach && after.time - sample.time <= reach
  })
}

/**
 * List the samples, ascending by block, that stand beside a fall or a leap of some pool's rate. Either may be true, and
 * either is what a wrong answer among right ones looks like.
 * @param dustOf each pool's relative rounding (WAD), below which a fall is none
 */
export function strangeSamples(samples: readonly Sample[], dustOf: ReadonlyMap<string, Wad>): Sample[] {
  const strange = new Set<Sample>()
  for (const [key, dust] of dustOf) {
    const known = samples.filter(({ readings }) => readings[key]?.state === 'known')
    for (const [index, after] of known.entries()) {
      const before = known[index - 1]
      if (before === undefined || !isStrange(before, after, key, dust)) continue
      strange.add(before)
      strange.add(after)
    }
  }
  return [...strange]
}
