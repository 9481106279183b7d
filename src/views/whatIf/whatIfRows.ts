import type { Wad, Wei } from '../../math/fixedPoint.ts'
import type { KnownReading, Sample } from '../../math/sample.ts'
import { type Growth, growthBetween, type Held, heldSince, inAYear } from '../../math/whatIf.ts'
import { isYield, type WindowYield } from '../../math/window.ts'
import { poolKey, type TokenPool } from '../../pools/definePool.ts'
import type { Live, LivePool } from '../../queries/live.ts'
import { whyNoReading } from '../overview/FactCells.tsx'
import { WHY_NO_YIELD } from '../overview/poolFigures.ts'
import type { FirstRow } from '../overview/sortRows.ts'

/** What a pool's own rates made of an amount since a sample. */
export type PastCase = {
  readonly live: Live
  readonly own: LivePool
  readonly sample: Sample
  readonly then: KnownReading
  readonly now: KnownReading
  readonly growth: Growth
}

export type PastRow = { readonly pool: TokenPool } & ({ readonly known: PastCase } | { readonly why: string })

function pastOf(live: Live, { pool, live: own }: FirstRow, sample: Sample): PastRow {
  const then = sample.readings[poolKey(pool)]
  if (then === undefined) return { pool, why: 'Its rate of that day was not read.' }
  if (then.state === 'notYet')
    return { pool, why: 'No token yet: no contract told a rate of it on that day.' }
  if (then.state === 'unknown') return { pool, why: then.why }
  const now = own.reading
  if (now.state !== 'known') return { pool, why: whyNoReading(own) }
  if (sample.time >= live.time) return { pool, why: 'The newest reading is no younger than that day’s.' }
  const growth = growthBetween({ time: sample.time, rate: then.rate }, { time: live.time, rate: now.rate })
  return { pool, known: { live, own, sample, then, now, growth } }
}

/** Sort what is known by a value, highest first; what is not known stays behind it. */
function bestFirst<Row>(rows: readonly Row[], worthOf: (row: Row) => bigint | undefined): Row[] {
  const known = rows.filter(row => worthOf(row) !== undefined)
  known.sort((one, other) => {
    const [a, b] = [worthOf(one) ?? 0n, worthOf(other) ?? 0n]
    return a > b ? -1 : a < b ? 1 : 0
  })
  return [...known, ...rows.filter(row => worthOf(row) === undefined)]
}

/** Not staking, as a row among the others: it neither grows nor falls. */
const NOT_STAKING = { pool: undefined } as const
type NotStaking = typeof NOT_STAKING

/** Every pool since a sample, and not staking among them, the best first. */
export function pastRows(
  live: Live,
  rows: readonly FirstRow[],
  sample: Sample,
): readonly (PastRow | NotStaking)[] {
  const all = [NOT_STAKING, ...rows.map(row => pastOf(live, row, sample))]
  return bestFirst<PastRow | NotStaking>(all, row => {
    if (row.pool === undefined) return 0n
    return 'known' in row ? row.known.growth.fraction : undefined
  })
}

/** What the amount became; undefined where there is no amount. */
export const heldOf = ({ then, now }: PastCase, amount: Wei | undefined): Held | undefined =>
  amount === undefined ? undefined : heldSince(amount, then.rate, now.rate)

/** A pool with the yield of the chosen window carried on. */
export type AheadCase = {
  readonly pool: TokenPool
  readonly result: WindowYield
  /** Who gave the sample of a block. */
  readonly operators: ReadonlyMap<bigint, string>
}

export type AheadRow =
  | { readonly pool: TokenPool; readonly known: AheadCase }
  | { readonly pool: TokenPool; readonly why: string }

const NO_OPERATORS: ReadonlyMap<bigint, string> = new Map()

function aheadOf({ pool, live: own, result, series }: FirstRow): AheadRow {
  if (own.reading.state !== 'known') return { pool, why: whyNoReading(own) }
  if (result === undefined) return { pool, why: 'The history has not been loaded yet.' }
  if (!isYield(result)) return { pool, why: WHY_NO_YIELD[result.why] }
  return { pool, known: { pool, result, operators: series?.operators ?? NO_OPERATORS } }
}

/** Every pool in a year, if its yield held, and not staking among them, the best first. */
export function aheadRows(rows: readonly FirstRow[]): readonly (AheadRow | NotStaking)[] {
  return bestFirst<AheadRow | NotStaking>([NOT_STAKING, ...rows.map(aheadOf)], row => {
    if (row.pool === undefined) return 0n
    return 'known' in row ? row.known.result.apy : undefined
  })
}

/** An amount after a year at a yield, and what came to it. */
export function projected(amount: Wei, apy: Wad): { readonly worth: Wei; readonly gain: Wei } {
  const worth = inAYear(amount, apy)
  return { worth, gain: worth - amount }
}
