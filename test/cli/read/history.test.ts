import { describe, expect, test } from 'vitest'
import type { Snapshot } from '../../../src/chain/readSnapshot.ts'
import { type HistoryInput, historyReport } from '../../../src/cli/read/history.ts'
import { historyCsv, historyDoubts, historyText } from '../../../src/cli/read/historyOutput.ts'
import type { Report } from '../../../src/math/report.ts'
import type { Reading, Sample } from '../../../src/math/sample.ts'
import { aboutTokenless } from '../../../src/pools/about.ts'
import { poolKey, type TokenPool } from '../../../src/pools/definePool.ts'
import { frax } from '../../../src/pools/frax.ts'
import { readEtherPrice } from '../../../src/pools/infrastructure.ts'
import { lido } from '../../../src/pools/lido.ts'
import { staked } from '../../../src/pools/staked.ts'

const DAY = 86_400n
const YEAR = 365n * DAY
const START = 1_600_000_000n

const known = (rate: bigint): Reading => ({ state: 'known', rate, supply: 5n, pooled: 6n })
const sample = (block: bigint, time: bigint, reading: Reading): Sample => ({
  block,
  time,
  operator: 'A',
  readings: { [poolKey(lido)]: reading },
})

const RATE = 10n ** 18n
const samples = [
  sample(10n, START, known(RATE)),
  sample(20n, START + DAY, { state: 'unknown', why: 'It was silent.' }),
  sample(30n, START + YEAR, known((RATE * 103n) / 100n)),
  sample(40n, START + YEAR + DAY, known((RATE * 103n) / 100n)),
]
const head: Snapshot = {
  block: 40n,
  time: START + YEAR + DAY,
  chainId: 1n,
  operator: 'A',
  url: 'http://a',
  pools: [],
  price: { price: undefined, outcome: { read: readEtherPrice, success: false, returnData: '0x' } },
}
const input: HistoryInput = {
  pools: [lido, staked],
  samples,
  head,
  grid: 10n,
  range: undefined,
  window: YEAR,
}

describe('historyReport', () => {
  test('default', () => {
    const [pool] = historyReport(input).pools
    const last = pool?.points.at(-1)
    expect(pool?.points.map(({ block, rateWad }) => [block, rateWad])).toEqual([
      ['10', RATE.toString()],
      ['20', null],
      ['30', '1030000000000000000'],
      ['40', '1030000000000000000'],
    ])
    expect(last).toMatchObject({
      aprWad: '30000000000000000',
      spanSeconds: YEAR.toString(),
      fromBlock: '10',
      toBlock: '30',
      steps: '1',
      evidence: 'samples',
      yieldWhy: null,
      supplyWei: '5',
      pooledWei: '6',
    })
    expect(pool?.latest.aprWad).toBe('30000000000000000')
  })

  test('behavior: what cannot be computed is null beside why', () => {
    const [pool] = historyReport(input).pools
    const [first, silent] = pool?.points ?? []
    expect(first).toMatchObject({ apyWad: null, why: null, yieldWhy: expect.stringMatching(/\w/) })
    expect(silent).toMatchObject({ apyWad: null, why: 'It was silent.', yieldWhy: 'It was silent.' })
  })

  test('behavior: samples before the range serve the yield and are not shown', () => {
    const [pool] = historyReport({ ...input, range: 2n * DAY }).pools
    expect(pool?.points.map(({ block }) => block)).toEqual(['30', '40'])
    expect(pool?.points[0]?.aprWad).toBe('30000000000000000')
  })

  test('behavior: a start half a window off is too far', () => {
    const [pool] = historyReport({ ...input, window: YEAR / 3n }).pools
    expect(pool?.latest).toMatchObject({ apyWad: null, yieldWhy: expect.stringMatching(/window/) })
  })

  test('behavior: a pool without a token says why', () => {
    const [, pool] = historyReport(input).pools
    expect(pool).toMatchObject({ points: [], why: aboutTokenless(staked).reason })
  })

  test('behavior: every form holds the same figures', () => {
    const report = historyReport(input)
    const lines = historyCsv(report).split('\r\n')
    expect(lines).toHaveLength(1 + samples.length + 1 + 1)
    expect(lines[4]).toContain('1030000000000000000')
    expect(historyText(report)).toContain('1.030000000000  3.00 %')
    expect(historyText({ ...report, windowSeconds: null })).not.toContain('%')
  })

  test('behavior: each rate is told in its pool’s own unit', () => {
    const own = samples.map(({ readings, ...at }) => ({
      ...at,
      readings: { ...readings, [poolKey(frax)]: known(RATE) },
    }))
    const text = historyText(historyReport({ ...input, pools: [lido, frax], samples: own }))
    expect(text).toMatch(/^ *Block +Time +ETH per wstETH +APY +frxETH per sfrxETH +APY$/m)
  })

  test('behavior: before its first rate nothing is claimed about contracts', () => {
    const [pool] = historyReport({ ...input, samples: [sample(10n, START, { state: 'notYet' })] }).pools
    expect(pool?.points[0]).toMatchObject({
      rateWad: null,
      why: 'It had no rate yet at this block: its contract, its first token or its first rate came later.',
    })
  })
})

describe('historyReport with reports', () => {
  const HOUR = 3_600n
  const DAYS = 8
  /** 0.01 % a day, and twice that on the fifth. */
  const rateOf = (day: number): bigint => RATE + BigInt(day < 5 ? day : day + 1) * 10n ** 14n
  const blockOf = (day: number): bigint => BigInt(day) * 100n
  const timeOf = (day: number): bigint => START + BigInt(day) * DAY
  const days = Array.from({ length: DAYS }, (_, day) => day)
  const daily: readonly Sample[] = days.map(day => ({
    block: blockOf(day),
    time: timeOf(day),
    operator: 'A',
    readings: { [poolKey(lido)]: known(rateOf(day)), [poolKey(frax)]: known(rateOf(day)) },
  }))
  const last = daily.at(-1) ?? expect.unreachable()

  /** It lands two hours before the sample that shows it, and was measured an hour before that, on some days two. */
  const reportOf = (day: number): Report => ({
    rate: rateOf(day),
    measured: { kind: 'time', time: timeOf(day) - (day % 3 === 0 ? 4n : 3n) * HOUR },
    log: {
      block: blockOf(day) - 10n,
      index: 0n,
      address: '0xae',
      topics: [],
      data: '0x',
      transaction: '0xfe',
      time: timeOf(day) - 2n * HOUR,
      operator: 'B',
    },
  })
  const reports: NonNullable<HistoryInput['reports']> = {
    reports: new Map([['lido', days.slice(1).map(reportOf)]]),
    blockTimes: new Map(),
    covered: [{ from: 0n, to: last.block }],
    doubts: [],
    malformed: [],
    timesMissing: 0,
  }
  const { log } = reportOf(3)
  const told = (own: readonly Report[]) => ({ ...reports, reports: new Map([['lido', own]]) })
  const daysBefore: HistoryInput = {
    ...input,
    pools: [lido],
    samples: daily,
    reports,
    head: { ...head, block: last.block, time: last.time },
    window: 6n * DAY,
  }
  const poolOf = (change: Partial<HistoryInput>) =>
    historyReport({ ...daysBefore, ...change }).pools[0] ?? expect.unreachable()
  const textOf = (change: Partial<HistoryInput>) => historyText(historyReport({ ...daysBefore, ...change }))

  test('default: yields go from measurement to measurement and say so', () => {
    const { latest, points, contradictions } = poolOf({})
    const growth = rateOf(7) - rateOf(1)
    expect(latest).toMatchObject({
      aprWad: ((growth * YEAR * 10n ** 18n) / (rateOf(1) * 6n * DAY)).toString(),
      apyLowWad: latest.apyWad,
      apyHighWad: latest.apyWad,
      spanSeconds: (6n * DAY).toString(),
      steps: '6',
      evidence: 'reports',
      fromBlock: '90',
      toBlock: '690',
    })
    expect(contradictions).toEqual([])
    // The window of the day before starts at the first sample of all.
    expect(points.map(({ toBlock, evidence }) => [toBlock, evidence]).slice(-2)).toEqual([
      ['590', 'mixed'],
      ['690', 'reports'],
    ])
    expect(points.at(-1)?.apyWad).toBe(latest.apyWad)
  })

  test('behavior: single reports are told apart where all are known', () => {
    const { spread } = poolOf({}).latest
    const yearly = (from: number, to: number, span: bigint) =>
      (Number(rateOf(to)) / Number(rateOf(from))) ** (Number(YEAR) / Number(span)) - 1
    const [low, median, high] = [
      yearly(6, 7, 25n * HOUR),
      yearly(1, 2, 24n * HOUR),
      yearly(4, 5, 24n * HOUR),
    ].map(value => value * 1e18)
    expect(spread?.count).toBe('6')
    expect(Number(spread?.lowWad) / (low ?? 0)).toBeCloseTo(1, 6)
    expect(Number(spread?.medianWad) / (median ?? 0)).toBeCloseTo(1, 6)
    expect(Number(spread?.highWad) / (high ?? 0)).toBeCloseTo(1, 6)
    // A report is missing: nobody knows what it gave.
    const without = days.slice(1).filter(day => day !== 4)
    const holed = poolOf({ reports: told(without.map(reportOf)) }).latest
    expect(holed).toMatchObject({ spread: null, evidence: 'reports', steps: '6' })
    expect(poolOf({ reports: undefined }).latest).toMatchObject({ spread: null, evidence: 'samples' })
    // Of two within an hour the second says nothing about a year.
    const twice = {
      rate: rateOf(3) - 10n ** 13n,
      measured: { kind: 'time', time: timeOf(3) - 5n * HOUR },
      log: { ...log, block: 280n, time: timeOf(3) - 3n * HOUR },
    } as const
    const own = days.slice(1).flatMap(day => (day === 3 ? [twice, reportOf(day)] : [reportOf(day)]))
    expect(poolOf({ reports: told(own) }).latest).toMatchObject({ steps: '7', spread: { count: '6' } })
  })

  test('behavior: an end that only a sample tells leaves the yield open within its band', () => {
    const { latest } = poolOf({ reports: told(days.slice(1, -1).map(reportOf)) })
    expect(latest).toMatchObject({ evidence: 'mixed', toBlock: '700' })
    // It changed at the latest when it was seen.
    expect(latest.apyLowWad).toBe(latest.apyWad)
    expect(BigInt(latest.apyHighWad ?? 0)).toBeGreaterThan(BigInt(latest.apyWad ?? 0))
  })

  test('behavior: the text says how many reports a yield rests on, and how sure it is', () => {
    expect(textOf({})).toContain(
      'Lido: implied APY 4.35 % over 6 d, 6 reports, exact, blocks 90 to 690; the 6 single reports gave a median of',
    )
    expect(textOf({ reports: told(days.slice(1, -1).map(reportOf)) })).toMatch(
      /over 6\.1 d, 6 changes, ±1\.12 %, blocks 90 to 700$/m,
    )
    expect(textOf({ reports: undefined })).toMatch(
      /over 6 d, 6 changes, blocks 100 to 700, between \d\.\d\d % and \d\.\d\d % by these samples$/m,
    )
    expect(textOf({ window: DAY })).toContain('over 25 h, 1 report, exact')
  })

  test('behavior: a rate that moves all the time has no steps to count', () => {
    const { latest } = poolOf({ pools: [frax] })
    expect(latest).toMatchObject({ steps: null, evidence: 'samples', apyLowWad: latest.apyWad })
    expect(textOf({ pools: [frax] })).toContain('over 6 d, exact, blocks')
  })

  test('behavior: a yield of the past rests on what had landed, not on what was measured later', () => {
    const { points } = poolOf({ window: 2n * DAY })
    expect(points.map(({ toBlock }) => toBlock).slice(3)).toEqual(['290', '390', '490', '590', '690'])
    // It lands with the very sample that shows it.
    const [, second] = days.map(reportOf)
    const late = [{ ...(second ?? expect.unreachable()), log: { ...log, block: 100n, time: timeOf(1) } }]
    const own = poolOf({ reports: told(late), samples: daily.slice(0, 2), window: DAY })
    expect(own.points.map(({ toBlock }) => toBlock)).toEqual([null, '100'])
    expect(own.latest).toMatchObject({ evidence: 'mixed' })
  })

  test('behavior: what events say and contracts do not is told of its pool', () => {
    const wrong = { ...reportOf(3), rate: rateOf(3) + RATE / 500n }
    const own = days.slice(1).map(day => (day === 3 ? wrong : reportOf(day)))
    const change = { reports: told(own) }
    expect(poolOf(change).contradictions).toEqual([
      {
        fromBlock: '201',
        toBlock: '300',
        toldWad: wrong.rate.toString(),
        sampledWad: rateOf(3).toString(),
      },
    ])
    expect(textOf(change)).toContain(
      'Lido: events tell another rate than its contract does 1 time, last in blocks 201 to 300. The contract’s answers are used there.',
    )
  })

  test('behavior: what is in doubt is told, in numbers and in words', () => {
    const doubtful = historyReport({
      ...daysBefore,
      reports: {
        ...reports,
        doubts: [
          { from: 5n, to: 9n, why: 'Nobody else.' },
          { from: 1_001n, to: 2_500n, why: 'Nobody else.' },
          { from: 3_000n, to: 3_100n, isDisputed: true, why: 'A and B tell different events.' },
        ],
        malformed: [{ poolId: 'lido', log, why: 'A rate of 5 is not possible.' }],
        timesMissing: 2,
      },
    })
    expect(doubtful).toMatchObject({
      doubts: [
        { fromBlock: '5', toBlock: '9', isDisputed: false, why: 'Nobody else.' },
        { fromBlock: '1001', toBlock: '2500', isDisputed: false, why: 'Nobody else.' },
        { fromBlock: '3000', toBlock: '3100', isDisputed: true, why: 'A and B tell different events.' },
      ],
      malformedReports: [
        {
          pool: 'lido',
          block: '290',
          contract: '0xae',
          transaction: '0xfe',
          why: 'A rate of 5 is not possible.',
        },
      ],
      timesMissing: '2',
    })
    const words = [
      'A and B tell different events, so samples are used there.',
      '1,505 blocks were found empty by one operator only, and no other could be asked.',
      'An event of lido in block 290 is left out: A rate of 5 is not possible.',
      'Nobody gave the time of 2 blocks that reports name as measured.',
    ]
    expect(historyDoubts(doubtful)).toEqual(words)
    expect(historyText(doubtful).split('\n').slice(-5)).toEqual(['', ...words])
    const one = { fromBlock: '9', toBlock: '9', isDisputed: false, why: 'Nobody else.' }
    expect(historyDoubts({ ...doubtful, doubts: [one], timesMissing: '1' })).toEqual([
      '1 block was found empty by one operator only, and no other could be asked.',
      'An event of lido in block 290 is left out: A rate of 5 is not possible.',
      'Nobody gave the time of 1 block that a report names as measured.',
    ])
  })

  test('behavior: nothing is said where nothing is in doubt, and all is null where no report was read', () => {
    const sure = historyReport(daysBefore)
    expect(sure).toMatchObject({ doubts: [], malformedReports: [], timesMissing: '0' })
    expect(historyDoubts(sure)).toEqual([])
    const plain = historyReport({ ...daysBefore, reports: undefined })
    expect(plain).toMatchObject({ doubts: null, malformedReports: null, timesMissing: null })
    expect(plain.pools[0]?.contradictions).toBeNull()
    expect(historyDoubts(plain)).toEqual([])
  })

  test('behavior: CSV says of each yield what it rests on', () => {
    const [header = '', ...records] = historyCsv(historyReport(daysBefore)).trimEnd().split('\r\n')
    const names = header.split(',')
    const cells = records.at(-1)?.split(',') ?? []
    expect([cells[names.indexOf('steps')], cells[names.indexOf('evidence')]]).toEqual(['6', 'reports'])
  })

  test('behavior: each pool has its own reports', () => {
    const pools: readonly TokenPool[] = [frax, lido]
    const own = historyReport({ ...daysBefore, pools }).pools
    expect(own.map(({ pool, latest }) => [pool, latest.evidence])).toEqual([
      ['frax', 'samples'],
      ['lido', 'reports'],
    ])
  })
})
