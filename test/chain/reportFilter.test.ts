import { describe, expect, test } from 'vitest'
import { knownReports, type ReportRange, reportFilter } from '../../src/chain/reportFilter.ts'
import { WAD } from '../../src/math/fixedPoint.ts'
import type { Reading, Sample } from '../../src/math/sample.ts'
import { poolKey, type TokenPool } from '../../src/pools/definePool.ts'
import { tokenPools } from '../../src/pools/index.ts'
import { poolOf } from '../pools/lookup.ts'

const DAY_OF_BLOCKS = 7_200n
const START = 25_200_000n
const STEP = WAD / 10_000n

const known = (rate: bigint): Reading => ({ state: 'known', rate, supply: WAD, pooled: WAD })

/** Samples a day apart, at which each pool's rate is told by the day. */
function samplesOf(
  days: number,
  rateOf: (pool: TokenPool, day: bigint) => Reading,
  blockOf = (day: bigint) => START + day * DAY_OF_BLOCKS,
): Sample[] {
  return Array.from({ length: days }, (_, index) => {
    const day = BigInt(index)
    const readings = Object.fromEntries(tokenPools.map(pool => [poolKey(pool), rateOf(pool, day)]))
    return { block: blockOf(day), time: 1_700_000_000n + day * 86_400n, readings, operator: 'test' }
  })
}

const steady = (): Reading => known(WAD)
const rises = (pool: TokenPool, day: bigint): Reading =>
  known(WAD + (pool.accrual === 'report' ? day : 1n) * STEP)

/** Only these pools step, a day each. */
const stepping =
  (...ids: readonly string[]) =>
  ({ id }: TokenPool, day: bigint): Reading =>
    known(ids.includes(id) ? WAD + day * STEP : WAD)

const rangeOf = (samples: readonly Sample[], change: Partial<ReportRange> = {}): ReportRange => ({
  samples,
  from: samples[0]?.block ?? 0n,
  to: samples.at(-1)?.block ?? 0n,
  finalized: samples.at(-1)?.block ?? 0n,
  grid: DAY_OF_BLOCKS,
  ...change,
})

const knownOf = (samples: readonly Sample[], change: Partial<ReportRange> = {}) =>
  knownReports(tokenPools, rangeOf(samples, change))

const day = (index: bigint) => ({
  from: START + (index - 1n) * DAY_OF_BLOCKS + 1n,
  to: START + index * DAY_OF_BLOCKS,
})

describe('knownReports', () => {
  test('default: the blocks between two samples at which two pools stepped', () => {
    expect(knownOf(samplesOf(3, stepping('coinbase', 'swell')))).toEqual([day(1n), day(2n)])
    expect(knownOf(samplesOf(3, steady))).toEqual([])
  })

  test('behavior: one pool alone is not enough where there are two', () => {
    const samples = samplesOf(3, stepping('coinbase'))
    expect(knownOf(samples)).toEqual([])
    expect(knownReports([poolOf('coinbase')], rangeOf(samples))).toEqual([day(1n), day(2n)])
  })

  test.each(['stakewise', 'frax', 'dinero', 'mantle', 'stader', 'origin', 'ether-fi', 'liquid-collective'])(
    'behavior: %s proves nothing: its rate also moves without an event',
    id => {
      const samples = samplesOf(3, stepping(id, 'coinbase'))
      expect(knownOf(samples)).toEqual([])
      expect(knownReports([poolOf(id)], rangeOf(samples))).toEqual([])
    },
  )

  test('behavior: a rate that moves with every block proves nothing, whatever its events', () => {
    const samples = samplesOf(3, stepping('coinbase'))
    expect(knownReports([{ ...poolOf('coinbase'), accrual: 'continuous' }], rangeOf(samples))).toEqual([])
  })

  test('behavior: Lido proves something only where all of the blocks have its event', () => {
    const since = 17_272_708n
    // The first ends before it, the second begins a block before it, the third lies wholly after.
    const samples = samplesOf(
      4,
      stepping('lido', 'coinbase'),
      index => since - 7_202n + index * DAY_OF_BLOCKS,
    )
    expect(knownOf(samples)).toEqual([{ from: since + 7_199n, to: since + 14_398n }])
    const exact = samplesOf(2, stepping('lido', 'coinbase'), index => since - 1n + index * DAY_OF_BLOCKS)
    expect(knownOf(exact)).toEqual([{ from: since, to: since - 1n + DAY_OF_BLOCKS }])
  })

  test('behavior: a wei is no report', () => {
    const rounding = ({ id }: TokenPool, index: bigint) =>
      known(['lido', 'coinbase'].includes(id) ? WAD + index : WAD)
    expect(knownOf(samplesOf(3, rounding))).toEqual([])
  })

  test('behavior: a fall is a step', () => {
    const falling = ({ id }: TokenPool, index: bigint) =>
      known(['ankr', 'coinbase'].includes(id) ? 2n * WAD - index * STEP : WAD)
    expect(knownOf(samplesOf(2, falling))).toEqual([day(1n)])
  })

  test.each<[string, Reading]>([
    ['not known', { state: 'unknown', why: 'test' }],
    ['not there yet', { state: 'notYet' }],
  ])('behavior: a rate that was %s before proves nothing', (_, before) => {
    const samples = samplesOf(3, (pool, index) => (index === 0n ? before : rises(pool, index)))
    expect(knownOf(samples)).toEqual([day(2n)])
  })

  test('behavior: a pool that a sample leaves out proves nothing', () => {
    const [first, ...rest] = samplesOf(3, rises)
    if (first === undefined) return expect.unreachable('no sample')
    expect(knownOf([{ ...first, readings: {} }, ...rest])).toEqual([day(2n)])
  })

  test('behavior: nothing that may still change, and nothing outside of the range', () => {
    const samples = samplesOf(6, rises)
    expect(knownOf(samples, { finalized: day(3n).to })).toEqual([day(1n), day(2n), day(3n)])
    expect(knownOf(samples, { finalized: day(3n).to - 1n })).toEqual([day(1n), day(2n)])
    expect(knownOf(samples, { to: day(2n).to })).toEqual([day(1n), day(2n)])
    expect(knownOf(samples, { from: day(4n).from })).toEqual([day(4n), day(5n)])
    expect(knownOf(samples, { from: day(4n).from + 1n })).toEqual([day(5n)])
  })

  test('behavior: a few dozen at most, the narrowest, over the whole range', () => {
    // Every tenth is two hours long.
    let block = START
    const samples = samplesOf(400, rises).map((sample, index) => {
      block += index % 10 === 5 ? 600n : DAY_OF_BLOCKS
      return { ...sample, block }
    })
    const range = rangeOf(samples)
    const chosen = knownReports(tokenPools, range)
    expect(chosen).toHaveLength(24)
    expect(chosen.every(({ from, to }) => to - from + 1n === 600n)).toBe(true)
    const [first, last] = [chosen[0]?.from ?? 0n, chosen.at(-1)?.to ?? 0n]
    const part = (range.to - range.from) / 24n
    expect(first).toBeLessThan(range.from + part)
    expect(last).toBeGreaterThan(range.to - part)
  })
})

describe('reportFilter', () => {
  const range = rangeOf(samplesOf(3, rises))

  test('default: all contracts and events of all pools, each once', () => {
    const { addresses, topics, key, known: proofs } = reportFilter(tokenPools, range)
    const events = tokenPools.flatMap(({ reports }) => reports)
    expect(new Set(addresses)).toEqual(new Set(events.flatMap(event => event.addresses)))
    expect(new Set(topics)).toEqual(new Set(events.map(({ topic }) => topic)))
    expect(addresses).toHaveLength(new Set(addresses).size)
    expect(topics).toHaveLength(new Set(topics).size)
    // Coinbase's and Binance's is one.
    expect(topics.length).toBeLessThan(events.length)
    expect(proofs).toEqual([day(1n), day(2n)])
    expect(key).toMatch(/^reports@[0-9a-f]{8}$/)
  })

  test('behavior: the key is of contracts and events, whatever their order and the range', () => {
    const { key } = reportFilter(tokenPools, range)
    expect(reportFilter([...tokenPools].reverse(), { ...range, from: 5n, samples: [] }).key).toBe(key)
    expect(reportFilter(tokenPools.slice(1), range).key).not.toBe(key)
    const [first, ...rest] = tokenPools
    const [event, ...others] = first?.reports ?? []
    if (first === undefined || event === undefined) return expect.unreachable('no event')
    const elsewhere = { ...event, addresses: [poolOf('lido').token.address] }
    const changed = { ...first, reports: [elsewhere, ...others] }
    expect(reportFilter([changed, ...rest], range).key).not.toBe(key)
  })

  test('behavior: silence is strange after half a day where many report, else after a day and a half', () => {
    expect(reportFilter(tokenPools, range).quiet).toBe(3_600n)
    expect(reportFilter([poolOf('coinbase')], range).quiet).toBe(10_800n)
    const early = samplesOf(3, ({ id }) => (id === 'coinbase' ? known(WAD) : { state: 'notYet' }))
    expect(reportFilter(tokenPools, rangeOf(early)).quiet).toBe(10_800n)
    // There all report at once.
    expect(reportFilter(tokenPools, { ...range, grid: 2n }).quiet).toBe(10_800n)
  })

  test('behavior: pools without reports have no filter', () => {
    expect(reportFilter([poolOf('frax')], range)).toMatchObject({ addresses: [], topics: [], known: [] })
  })
})
