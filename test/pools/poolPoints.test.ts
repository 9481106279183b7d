import { describe, expect, test } from 'vitest'
import { type BlockNumber, type Seconds, WAD, type Wad } from '../../src/math/fixedPoint.ts'
import type { MeasuredAt, Report } from '../../src/math/report.ts'
import type { Sample } from '../../src/math/sample.ts'
import { poolKey, type TokenPool } from '../../src/pools/definePool.ts'
import { frax } from '../../src/pools/frax.ts'
import { lido } from '../../src/pools/lido.ts'
import { poolPoints, type ReportsRead } from '../../src/pools/poolPoints.ts'
import { rocketPool } from '../../src/pools/rocketPool.ts'

const DAILY = 7_200n
const START = 1_700_000_000n
const HOUR = 3_600n
const FIRST: BlockNumber = 18_000_000n

/** Slots of 12 s without an empty one. */
const timeOf = (block: BlockNumber): Seconds => START + (block - FIRST) * 12n
const blockOf = (day: number): BlockNumber => FIRST + BigInt(day) * DAILY
const rateOf = (day: number): Wad => WAD + BigInt(day) * 10n ** 14n

const POOLS: readonly TokenPool[] = [lido, rocketPool, frax]

/** All pools have the same rate, a new one each day. */
const samples: readonly Sample[] = [0, 1, 2, 3].map(day => ({
  block: blockOf(day),
  time: timeOf(blockOf(day)),
  operator: 'A',
  readings: Object.fromEntries(
    POOLS.map(pool => [poolKey(pool), { state: 'known', rate: rateOf(day), supply: 1n, pooled: 1n }]),
  ),
}))

/** The report of a day: it lands an hour before the sample that shows it. */
function reportOf(day: number, measured: MeasuredAt, change: Partial<Report> = {}): Report {
  const block = blockOf(day) - 300n
  const log = {
    block,
    index: 0n,
    address: lido.token.address,
    topics: [],
    data: '0x',
    transaction: '0x',
    time: timeOf(block),
    operator: 'B',
  } as const
  return { rate: rateOf(day), measured, log, ...change }
}

const measuredOf = (day: number): Seconds => timeOf(blockOf(day)) - 5n * HOUR

const told = (reports: Readonly<Record<string, readonly Report[]>>): ReportsRead => ({
  reports: new Map(Object.entries(reports)),
  blockTimes: new Map(),
  covered: [{ from: blockOf(0), to: blockOf(3) }],
})

const daily = [1, 2, 3].map(day => reportOf(day, { kind: 'time', time: measuredOf(day) }))

const read = (reports: ReportsRead | undefined, chainId = 1n) =>
  poolPoints(POOLS, { samples, chainId, reports })

const timesOf = (points: readonly { readonly measuredAt: Seconds }[] | undefined) =>
  points?.map(({ measuredAt }) => measuredAt)

const sampled = samples.map(({ time }) => time)

describe('poolPoints', () => {
  test('default: where reports are read, rates date from what their oracle measured', () => {
    const [own, other] = read(told({ lido: daily, 'rocket-pool': [] }))
    expect(own?.pool).toBe(lido)
    expect(own?.points.map(({ evidence }) => evidence)).toEqual(['sample', 'report', 'report', 'report'])
    expect(timesOf(own?.points.slice(1))).toEqual([1, 2, 3].map(measuredOf))
    expect(own?.points.map(({ rate }) => rate)).toEqual([0, 1, 2, 3].map(rateOf))
    expect(own?.contradictions).toEqual([])
    expect(other?.pool).toBe(rocketPool)
    expect(timesOf(other?.points)).toEqual(sampled)
  })

  test('behavior: without reports samples alone tell', () => {
    for (const own of read(undefined)) {
      expect(timesOf(own.points)).toEqual(sampled)
      expect(own.points.every(({ evidence }) => evidence === 'sample')).toBe(true)
      expect(own.contradictions).toEqual([])
    }
  })

  test('behavior: of a rate that moves all the time every sample counts, whatever events say', () => {
    const [, , own] = read(told({ frax: daily }))
    expect(own?.pool).toBe(frax)
    expect(own?.points.map(({ evidence }) => evidence)).toEqual(samples.map(() => 'sample'))
    expect(own?.points.map(({ notBefore }) => notBefore)).toEqual(sampled)
  })

  test('behavior: a block that was measured has its header’s time, or what the slots around it leave open', () => {
    const block = blockOf(2) - 2_000n
    const reports = [reportOf(2, { kind: 'block', block })]
    // An hour later than slots allow, so that it can come from nowhere else.
    const header = timeOf(block) + HOUR
    const pointOf = (own: ReportsRead, chainId: bigint) =>
      read(own, chainId)[1]?.points.find(({ report }) => report !== undefined)
    const plain = told({ 'rocket-pool': reports })
    expect(pointOf({ ...plain, blockTimes: new Map([[block, header]]) }, 1n)).toMatchObject({
      measuredAt: header,
      notBefore: header,
    })
    const exact = timeOf(block)
    expect(pointOf(plain, 1n)).toMatchObject({ measuredAt: exact, notBefore: exact })
    // Another chain's blocks may be a second apart.
    const elsewhere = pointOf(plain, 31_337n)
    expect(elsewhere?.notBefore).toBeLessThan(exact)
    expect(elsewhere?.measuredAt).toBeGreaterThan(exact)
  })

  test('behavior: where an event tells another rate the sample is believed, and that is told', () => {
    const wrong = rateOf(2) + WAD / 1_000n
    const reports = daily.map((report, index) => (index === 1 ? { ...report, rate: wrong } : report))
    const [own] = read(told({ lido: reports }))
    expect(own?.points.map(({ rate }) => rate)).toEqual([0, 1, 2, 3].map(rateOf))
    expect(own?.points.map(({ evidence }) => evidence)).toEqual(['sample', 'report', 'sample', 'report'])
    const blocks = { from: blockOf(1) + 1n, to: blockOf(2) }
    expect(own?.contradictions).toEqual([{ ...blocks, told: wrong, sampled: rateOf(2) }])
    // Where not all logs are there, the last of them may be missing.
    const [partly] = read({
      ...told({ lido: reports }),
      covered: [{ from: blocks.from + 1n, to: blocks.to }],
    })
    expect(partly?.contradictions).toEqual([])
  })
})
