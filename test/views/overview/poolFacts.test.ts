import { describe, expect, test } from 'vitest'
import { DAY, WAD } from '../../../src/math/fixedPoint.ts'
import type { Sample } from '../../../src/math/sample.ts'
import type { RatePoint } from '../../../src/math/series.ts'
import { poolKey, type TokenPool } from '../../../src/pools/definePool.ts'
import { dinero } from '../../../src/pools/dinero.ts'
import { frax } from '../../../src/pools/frax.ts'
import { tokenPools } from '../../../src/pools/index.ts'
import { lido } from '../../../src/pools/lido.ts'
import { rocketPool } from '../../../src/pools/rocketPool.ts'
import { stader } from '../../../src/pools/stader.ts'
import { stakewise } from '../../../src/pools/stakewise.ts'
import type { LivePool } from '../../../src/queries/live.ts'
import { ageInWords, reportAgeOf, shareOf, wholeOf } from '../../../src/views/overview/poolFacts.ts'
import { livePoolOf, readLive } from '../support/figures.ts'
import { createWorld, pooledOf } from '../support/world.ts'

const NOW = 1_790_000_000n
type Facts = LivePool['facts']

async function withFacts({ id }: TokenPool, facts: Partial<Facts>): Promise<LivePool> {
  const own = livePoolOf(await readLive(createWorld()), id)
  return { ...own, facts: { ...own.facts, lastReport: undefined, streamEnd: undefined, ...facts } }
}

const told = <Value>(value: Value) => ({ value, outcomes: [] })
const silent = { why: 'The contract did not answer.', outcomes: [] }

const sample = (block: bigint, ago: bigint): Sample => ({
  block,
  time: NOW - ago,
  readings: {},
  operator: 'A',
})

/** A change that samples show: between `before` and `seen` seconds ago. */
const change = (before: bigint | undefined, seen: bigint): RatePoint => ({
  measuredAt: NOW - seen,
  notBefore: before === undefined ? undefined : NOW - before,
  landedAt: NOW - seen,
  block: 1n,
  rate: WAD,
  evidence: 'sample',
})

describe('reportAgeOf', () => {
  test('default: a time that a contract tells is exact, whatever the samples show', async () => {
    const own = await withFacts(rocketPool, { lastReport: told({ time: NOW - 3_600n }) })
    expect(reportAgeOf(own, [change(9n * DAY, 8n * DAY)], [], NOW)).toEqual({
      kind: 'age',
      age: { least: 3_600n, most: 3_600n },
      isLate: false,
      isTold: true,
    })
  })

  test('behavior: late is more than one and a half times the cadence of each pool, and not that itself', async () => {
    for (const pool of [rocketPool, { ...rocketPool, cadence: DAY / 4n }]) {
      const limit = (pool.cadence * 3n) / 2n
      for (const [age, isLate] of [
        [limit, false],
        [limit + 1n, true],
      ] as const) {
        const own = { ...(await withFacts(pool, { lastReport: told({ time: NOW - age }) })), pool }
        expect(reportAgeOf(own, [], [], NOW)).toMatchObject({ isLate })
        expect(
          reportAgeOf({ ...(await withFacts(lido, {})), pool }, [change(age + DAY, age)], [], NOW),
        ).toEqual({
          kind: 'age',
          age: { least: age, most: age + DAY },
          isLate,
          isTold: false,
        })
      }
    }
  })

  test('behavior: a block that a contract tells lies between the samples around it', async () => {
    const own = await withFacts(stader, { lastReport: told({ block: 15n }) })
    const samples = [sample(10n, 30_000n), sample(14n, 20_000n), sample(18n, 9_000n), sample(20n, 5n)]
    const age = (given: readonly Sample[]) => reportAgeOf(own, [change(7n, 6n)], given, NOW)
    expect(age(samples)).toMatchObject({ age: { least: 9_000n, most: 20_000n }, isTold: true })
    expect(age([...samples, sample(15n, 12_000n)])).toMatchObject({ age: { least: 12_000n, most: 12_000n } })
    expect(age(samples.slice(0, 2))).toMatchObject({ age: { least: 0n, most: 20_000n } })
    // Nothing before it: only the samples' own change is known.
    expect(age(samples.slice(2))).toMatchObject({ age: { least: 6n, most: 7n }, isTold: false })
  })

  test('behavior: what a contract fails to tell is taken from the samples and said to be', async () => {
    const own = await withFacts(rocketPool, { lastReport: silent })
    expect(reportAgeOf(own, [change(20_000n, 10_000n)], [], NOW)).toMatchObject({
      age: { least: 10_000n, most: 20_000n },
      isTold: false,
    })
  })

  test('behavior: no change was ever seen', async () => {
    const own = await withFacts(lido, {})
    for (const points of [[], [change(undefined, 10n)]])
      expect(reportAgeOf(own, points, [], NOW)).toEqual({
        kind: 'unknown',
        why: 'No change of rate has been seen in the samples yet.',
      })
  })

  test('behavior: a stream is flat after its end, and not at it', async () => {
    const running = told({ time: NOW - DAY })
    const at = async (pool: TokenPool, streamEnd: Facts['streamEnd']) =>
      reportAgeOf(await withFacts(pool, { lastReport: running, streamEnd }), [], [], NOW)
    for (const pool of [frax, dinero]) {
      expect(await at(pool, told(NOW - 1n))).toEqual({ kind: 'flat', since: 1n, isTold: true })
      for (const end of [told(NOW), told(NOW + 1n), silent])
        expect(await at(pool, end)).toMatchObject({ kind: 'age', age: { least: DAY } })
    }
  })

  test('behavior: a rate that moves with every block has no last report where no contract tells one', async () => {
    expect(reportAgeOf(await withFacts(stakewise, {}), [change(5n, 5n)], [], NOW)).toEqual({ kind: 'always' })
  })
})

describe('ageInWords', () => {
  test('default: exact, or within its longer end', () => {
    expect(ageInWords({ least: 3_600n * 5n, most: 3_600n * 5n })).toBe('5 h')
    expect(ageInWords({ least: 0n, most: 3n * DAY })).toBe('within 3 d')
  })
})

describe('wholeOf and shareOf', () => {
  const part = (share: ReturnType<typeof shareOf>): bigint => ('value' in share ? share.value : 0n)

  test('default: all shares together are one', async () => {
    const live = await readLive(createWorld())
    const whole = wholeOf(live, [])
    expect(whole).toMatchObject({ aged: [], missing: [] })
    const sum = live.pools.reduce((total, own) => total + part(shareOf(own, whole)), 0n)
    expect(sum).toBeLessThanOrEqual(WAD)
    expect(WAD - sum).toBeLessThan(BigInt(tokenPools.length))
    expect(shareOf(livePoolOf(live, 'lido'), whole)).toEqual({ value: (pooledOf(lido) * WAD) / whole.total })
  })

  test('behavior: a supply that is not known counts as the newest sample has it', async () => {
    const healthy = await readLive(createWorld())
    const world = createWorld()
    world.record(lido.rate, 'reverts')
    const live = await readLive(world)
    const known = (pooled: bigint) => ({ state: 'known', rate: WAD, supply: WAD, pooled }) as const
    const samples = [
      { ...sample(10n, 20n), readings: { [poolKey(lido)]: known(1n) } },
      { ...sample(11n, 10n), readings: { [poolKey(lido)]: known(pooledOf(lido)) } },
      {
        ...sample(12n, 5n),
        readings: { [poolKey(lido)]: { state: 'unknown', why: 'It reverts.' } as const },
      },
    ]
    const whole = wholeOf(live, samples)
    expect(whole.total).toBe(wholeOf(healthy, []).total)
    expect(whole.aged).toEqual([{ name: 'Lido', block: 11n }])
    // Nobody else's share grows because one pool cannot be read.
    const [now, before] = [live, healthy].map(one => livePoolOf(one, 'ankr'))
    if (now === undefined || before === undefined) throw new Error('no ankr')
    expect(shareOf(now, whole)).toEqual(shareOf(before, wholeOf(healthy, [])))
    expect(shareOf(livePoolOf(live, 'lido'), whole)).toHaveProperty('why')
  })

  test('behavior: without any sample of it there is no whole, and no share of anybody', async () => {
    const world = createWorld()
    world.record(lido.rate, 'reverts')
    const live = await readLive(world)
    const whole = wholeOf(live, [])
    expect(whole.missing).toEqual(['Lido'])
    for (const own of live.pools) expect(shareOf(own, whole)).toHaveProperty('why')
    expect(shareOf(livePoolOf(live, 'ankr'), whole)).toMatchObject({ why: expect.stringContaining('Lido') })
  })

  test('behavior: a token that is not there yet is no part of the whole, and a whole of nothing has none', async () => {
    const world = createWorld()
    world.record(lido.rate, '0x')
    const live = await readLive(world)
    expect(wholeOf(live, []).missing).toEqual([])
    expect(shareOf(livePoolOf(live, 'ankr'), { total: 0n, aged: [], missing: [] })).toHaveProperty('why')
  })
})
