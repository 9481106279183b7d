import { DAY, type Seconds, WAD, type Wad } from '../../../src/math/fixedPoint.ts'
import type { Report } from '../../../src/math/report.ts'
import type { Reading, Sample } from '../../../src/math/sample.ts'
import { poolKey, type TokenPool } from '../../../src/pools/definePool.ts'

export const DAYS = 5 * 365
const FIRST_BLOCK = 10_000_000n
const SECONDS_PER_BLOCK = 12n
const MEASURED_BEFORE: Seconds = 600n

/** What fifteen pools had over five years, up to a moment. */
export type FiveYears = {
  /** One a day, ascending; the last is of the last day's end. */
  readonly samples: readonly Sample[]
  /** One a day for each pool, by its id. */
  readonly reports: ReadonlyMap<string, readonly Report[]>
}

/** Daily rates that grow by about a basis point each: more in some pools than in others, and not every season the same. */
function ratesOf(place: number): Wad[] {
  let rate = WAD + BigInt(place) * (WAD / 100n)
  return Array.from({ length: DAYS }, (_, day) => {
    const season = Math.floor(day / 60 + place) % 7
    rate += (rate * BigInt(60 + place * 3 + season + ((day * 31 + place) % 9))) / 1_000_000n
    return rate
  })
}

/** A report at noon, an hour early or late. */
function reportOf(rate: Wad, { start, day, place }: { start: Seconds; day: number; place: number }): Report {
  const wobble = BigInt((day * 7_919 + place * 104_729) % 7_200) - 3_600n
  const since = BigInt(day) * DAY + DAY / 2n + wobble
  const time = start + since
  return {
    rate,
    measured: { kind: 'time', time: time - MEASURED_BEFORE },
    log: {
      block: FIRST_BLOCK + since / SECONDS_PER_BLOCK,
      index: BigInt(place),
      address: '0x00',
      topics: ['0x00'],
      data: '0x',
      transaction: `0x${day.toString(16).padStart(64, '0')}`,
      time,
      operator: 'Bench',
    },
  }
}

/** A price that goes up and down by up to a percent. */
const priceOf = (day: number, place: number): Wad =>
  (WAD * BigInt(9_900 + ((day * 37 + place * 11) % 201))) / 10_000n

function readingOf(
  { market }: TokenPool,
  rate: Wad,
  { day, place }: { day: number; place: number },
): Reading {
  const supply = WAD * BigInt(100_000 * (place + 1) + ((day * 613) % 5_000) + day * 20)
  const price = priceOf(day, place)
  return {
    state: 'known',
    rate,
    supply,
    pooled: (supply * rate) / WAD,
    ...(market.kind === 'none' ? {} : { market: market.prices === 'unit' ? price : (price * rate) / WAD }),
  }
}

/** Make up five years of daily reports and samples that agree with each other, the same each time. */
export function makeFiveYears(pools: readonly TokenPool[], now: Seconds): FiveYears {
  const start = now - BigInt(DAYS) * DAY
  const rates = pools.map((_, place) => ratesOf(place))
  const reports = pools.map(({ id }, place): readonly [string, Report[]] => [
    id,
    (rates[place] ?? []).map((rate, day) => reportOf(rate, { start, day, place })),
  ])
  const samples = Array.from({ length: DAYS }, (_, day): Sample => {
    const since = BigInt(day + 1) * DAY
    const known = pools.map((pool, place): readonly [string, Reading] => [
      poolKey(pool),
      readingOf(pool, rates[place]?.[day] ?? WAD, { day, place }),
    ])
    return {
      block: FIRST_BLOCK + since / SECONDS_PER_BLOCK,
      time: start + since,
      readings: Object.fromEntries(known),
      operator: 'Bench',
    }
  })
  return { samples, reports: new Map(reports) }
}
