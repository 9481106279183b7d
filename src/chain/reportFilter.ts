import { type BlockNumber, DAY, WAD, type Wad } from '../math/fixedPoint.ts'
import { type Interval, lengthOf } from '../math/intervals.ts'
import type { Reading, Sample } from '../math/sample.ts'
import { fingerprint, poolKey, type TokenPool } from '../pools/definePool.ts'
import { MAINNET_GRID } from './client.ts'
import type { LogFilter } from './logFilter.ts'

/** The blocks whose reports are wanted, and what is known of them. */
export type ReportRange = Interval & {
  /** Samples of the same range, ascending, as far as they were verified. */
  readonly samples: readonly Sample[]
  readonly finalized: BlockNumber
  /** Spacing of the chain's samples in blocks. */
  readonly grid: bigint
}

/** Known intervals are chosen one in each of so many parts of a range: enough for endpoints that forget old logs. */
const PARTS = 24n

/** A move must be at least this great to be a report for sure: Lido's totals round by a wei without one. */
const SURE_STEP: Wad = WAD / 1_000_000n

/** So many reports a day come at all hours. */
const MANY = 6n
/** Half a day of mainnet, and a day and a half, in blocks of 12 s. */
const SHORT_SILENCE: bigint = 3_600n
const LONG_SILENCE: bigint = 10_800n

/** A pool whose rate changes at its event and nowhere else, from a block on. */
type Speaker = { readonly key: string; readonly since: BlockNumber }

function speakersOf(pools: readonly TokenPool[]): Speaker[] {
  const strict = pools.filter(
    ({ accrual, dust, reports }) => accrual === 'report' && dust === undefined && reports.length > 0,
  )
  return strict.map(pool => {
    const since = pool.reports.reduce((last, event) => {
      const first = event.since ?? 0n
      return first > last ? first : last
    }, 0n)
    return { key: poolKey(pool), since }
  })
}

function isStep(before: Reading | undefined, after: Reading | undefined): boolean {
  if (before?.state !== 'known' || after?.state !== 'known') return false
  const move = after.rate > before.rate ? after.rate - before.rate : before.rate - after.rate
  return move * WAD >= before.rate * SURE_STEP
}

/**
 * Find blocks that surely hold a log, as a step between two samples proves. Two pools must tell so wherever there are
 * two: an endpoint that shows no log there is given up, and one event may be declared wrongly here.
 */
export function knownReports(pools: readonly TokenPool[], range: ReportRange): Interval[] {
  const { samples, from, to, finalized } = range
  const speakers = speakersOf(pools)
  const enough = speakers.length > 1 ? 2 : 1
  const last = finalized < to ? finalized : to
  const narrowest = new Map<bigint, Interval>()
  for (const [index, after] of samples.entries()) {
    const before = samples[index - 1]
    if (before === undefined || before.block + 1n < from || after.block > last) continue
    const interval = { from: before.block + 1n, to: after.block }
    const telling = speakers.filter(
      ({ key, since }) => interval.from >= since && isStep(before.readings[key], after.readings[key]),
    )
    if (telling.length < enough) continue
    const part = ((interval.to - from) * PARTS) / lengthOf(range)
    const best = narrowest.get(part)
    if (best === undefined || lengthOf(interval) <= lengthOf(best)) narrowest.set(part, interval)
  }
  return [...narrowest.values()]
}

/** Blocks after which it is strange that nobody reports. A chain of another pace than mainnet has its reports at once. */
function quietBlocks(pools: readonly TokenPool[], { samples, grid }: ReportRange): bigint {
  const [first] = samples
  const there = pools.filter(pool => first?.readings[poolKey(pool)]?.state === 'known')
  const daily = there.reduce(
    (sum, { cadence, reports }) => (reports.length > 0 ? sum + DAY / cadence : sum),
    0n,
  )
  return grid === MAINNET_GRID && daily >= MANY ? SHORT_SILENCE : LONG_SILENCE
}

/** Describe the logs of all pools' reports as one filter, so that one request serves them all. */
export function reportFilter(pools: readonly TokenPool[], range: ReportRange): LogFilter {
  const events = pools.flatMap(({ reports }) => reports)
  const addresses = [...new Set(events.flatMap(event => event.addresses))].sort()
  const topics = [...new Set(events.map(({ topic }) => topic))].sort()
  return {
    key: `reports@${fingerprint([...addresses, ...topics].join().toLowerCase())}`,
    addresses,
    topics,
    known: knownReports(pools, range),
    quiet: quietBlocks(pools, range),
  }
}
