import type { BlockNumber, Wad } from './fixedPoint.ts'
import type { Moment } from './moment.ts'
import type { Sample } from './sample.ts'

/** A rate of a moment that cannot be true if what another operator gave is. */
export type RateDispute = {
  readonly asset: string
  readonly block: BlockNumber
  readonly rate: Wad
  /** What others gave: for the same block one rate, else those of the samples before and after it. */
  readonly others: readonly { readonly block: BlockNumber; readonly rate: Wad; readonly operator: string }[]
}

/** An asset and the key of the readings that hold its rate. */
export type Compared = { readonly asset: string; readonly poolKey: string }

/** How far a rate may leave those around it, as a part of them: more than any report between two samples moved one. */
const ROOM = 100n

type Told = RateDispute['others'][number]

const toldBy = ({ block, readings, operator }: Sample, key: string): Told[] => {
  const reading = readings[key]
  return reading?.state === 'known' ? [{ block, rate: reading.rate, operator }] : []
}

function isPossible(rate: Wad, others: readonly Told[]): boolean {
  const rates = others.map(other => other.rate)
  const lowest = rates.reduce((a, b) => (a < b ? a : b))
  const highest = rates.reduce((a, b) => (a > b ? a : b))
  return rate >= lowest - lowest / ROOM && rate <= highest + highest / ROOM
}

type Around = { readonly before: Sample | undefined; readonly after: Sample | undefined }

/** What others gave where it speaks against a rate; nothing where it does not, or where they gave nothing. */
function against(rate: Wad, block: BlockNumber, { before, after }: Around, poolKey: string): readonly Told[] {
  if (after === undefined) return []
  const next = toldBy(after, poolKey)
  if (after.block === block && next.length > 0) return next.filter(other => other.rate !== rate)
  const around = before === undefined ? [] : [...toldBy(before, poolKey), ...next]
  return around.length < 2 || isPossible(rate, around) ? [] : around
}

/**
 * Hold the rates of moments against samples that other operators gave: at the same block they must be the same, between
 * two samples not far from both. A wallet is shown to one operator only, so what it held stands on that one's word; what
 * its tokens were worth need not.
 * @param samples ascending by block
 */
export function disputedRates(
  moments: readonly Moment[],
  samples: readonly Sample[],
  compared: readonly Compared[],
): RateDispute[] {
  let next = 0
  return moments.flatMap(({ block, rates }) => {
    while (next < samples.length && (samples[next]?.block ?? block) < block) next += 1
    const around = { before: samples[next - 1], after: samples[next] }
    return compared.flatMap(({ asset, poolKey }): RateDispute[] => {
      const rate = rates[asset]
      const others = rate === undefined ? [] : against(rate, block, around, poolKey)
      return rate === undefined || others.length === 0 ? [] : [{ asset, block, rate, others }]
    })
  })
}
