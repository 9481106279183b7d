import { describe, expect, test, vi } from 'vitest'
import type { EventLog } from '../../src/math/eventLog.ts'
import { WAD } from '../../src/math/fixedPoint.ts'
import { createReportDecoder, decodeReports } from '../../src/pools/decodeReports.ts'
import type { TokenPool } from '../../src/pools/definePool.ts'
import { MalformedEvent } from '../../src/pools/eventWords.ts'
import { tokenPools } from '../../src/pools/index.ts'
import { logOf, reportArguments } from '../support/reportLogs.ts'
import { lidoRebases, reportRows } from '../support/vectors.ts'
import { poolOf, reportOf } from './lookup.ts'

const RATE = 1_140_271_960_618_816_802n
const TIME = 1_725_516_767n

const reporting = tokenPools.filter(({ reports }) => reports.length > 0)
const events = reporting.flatMap(pool =>
  pool.reports.map((event, index) => ({ id: pool.id, index, pool, event })),
)
const argumentsOf = (id: string) => reportArguments(id, { rate: RATE, block: 90n, time: TIME - 767n })

const only = (logs: readonly EventLog[], id: string, pools: readonly TokenPool[] = tokenPools) => {
  const { reports, malformed } = decodeReports(pools, logs)
  expect(malformed).toEqual([])
  return reports.get(id) ?? expect.unreachable(`no reports of ${id}`)
}

describe('every event', () => {
  test.each(events)('default: $id $index as viem encodes it, at each of its contracts', ({ id, event }) => {
    for (const address of event.addresses) {
      const log = logOf(event, argumentsOf(id), {
        address: address.toLowerCase() as `0x${string}`,
        time: TIME,
      })
      const [report] = only([log], id)
      const off = (report?.rate ?? 0n) - RATE
      expect(off < 0n ? -off : off).toBeLessThanOrEqual(id === 'ankr' ? 10n : 0n)
      expect(report?.log).toBe(log)
    }
  })

  test.each(events)('behavior: $id $index with a word or a topic less is malformed', ({ id, event }) => {
    const log = logOf(event, argumentsOf(id))
    const short = { ...log, data: log.data.slice(0, -64) as `0x${string}` }
    const bare = { ...log, topics: [...log.topics, log.topics[0] ?? '0x'] }
    const { reports, malformed } = decodeReports(tokenPools, [short, bare])
    expect(reports.get(id)).toEqual([])
    expect(malformed.map(one => [one.log, one.poolId])).toEqual([
      [short, id],
      [bare, id],
    ])
    for (const { why } of malformed) expect(why).not.toBe('')
  })

  test.each(events)('behavior: $id $index at a contract of nobody is passed over', ({ id, event }) => {
    const strangers = [
      // Coinbase's updater, and rswETH.
      '0x9b37180d847b27adc13c2277299045c1237ae281',
      '0xfae103dc9cf190ed75350761e95403b7b8afa6c0',
    ] as const
    const logs = strangers.map(address => logOf(event, argumentsOf(id), { address }))
    const { reports, malformed } = decodeReports(tokenPools, logs)
    expect([...reports.values()].flat()).toEqual([])
    expect(malformed).toEqual([])
  })

  test.each(events)('behavior: $id $index is found whatever the case of its letters', ({ id, event }) => {
    const { topics, ...log } = logOf(event, argumentsOf(id))
    const loud = (hex: string) => `0x${hex.slice(2).toUpperCase()}` as const
    expect(only([{ ...log, address: loud(log.address), topics: topics.map(loud) }], id)).toHaveLength(1)
  })
})

describe('which pool', () => {
  test('default: every reporting pool has its list, ascending by block and place', () => {
    const [swell, lido] = [reportOf('swell'), reportOf('lido')]
    const logs = [
      logOf(swell, argumentsOf('swell'), { block: 300n }),
      logOf(lido, argumentsOf('lido'), { block: 200n, index: 10n }),
      logOf(swell, argumentsOf('swell'), { block: 100n }),
      logOf(lido, argumentsOf('lido'), { block: 200n, index: 9n }),
    ]
    const { reports } = decodeReports(tokenPools, logs)
    expect([...reports.keys()]).toEqual(reporting.map(({ id }) => id))
    const places = (id: string) => reports.get(id)?.map(({ log }) => [log.block, log.index])
    expect(places('swell')).toEqual([
      [100n, 0n],
      [300n, 0n],
    ])
    expect(places('lido')).toEqual([
      [200n, 9n],
      [200n, 10n],
    ])
    expect(places('ankr')).toEqual([])
  })

  test('behavior: one topic, two pools, and each has its own', () => {
    const [coinbase, binance] = [reportOf('coinbase'), reportOf('binance')]
    expect(coinbase.topic).toBe(binance.topic)
    const given = (newExchangeRate: bigint) => ({ oracle: 1n, newExchangeRate })
    const logs = [logOf(coinbase, given(WAD)), logOf(binance, given(2n * WAD), { index: 1n })]
    expect(only(logs, 'coinbase').map(({ rate }) => rate)).toEqual([WAD])
    expect(only(logs, 'binance').map(({ rate }) => rate)).toEqual([2n * WAD])
  })

  test('behavior: Rocket Pool’s old event at a new contract is passed over, and the other way round', () => {
    const [old, young] = [reportOf('rocket-pool', 0), reportOf('rocket-pool', 1)]
    const at = ({ addresses }: typeof old) => ({ address: addresses[0]?.toLowerCase() as `0x${string}` })
    const given = argumentsOf('rocket-pool')
    expect(only([logOf(old, given, at(young)), logOf(young, given, at(old))], 'rocket-pool')).toEqual([])
  })

  test('behavior: a log without topics, and another event of a pool’s contract, are passed over', () => {
    const log = logOf(reportOf('lido'), argumentsOf('lido'))
    expect(
      only(
        [
          { ...log, topics: [] },
          { ...log, topics: [`0x${'12'.repeat(32)}`] },
        ],
        'lido',
      ),
    ).toEqual([])
  })

  test('behavior: pools without reports have none, and none are none', () => {
    const { reports } = decodeReports([poolOf('frax'), poolOf('lido')], [])
    expect([...reports]).toEqual([['lido', []]])
  })
})

describe('when it was measured', () => {
  test.each(reportRows)('default: the report of block $block, by the events of its time', row => {
    const { block, slotTimestamp, time, rate } = row
    const index = slotTimestamp === undefined ? 0 : 1
    const given = { ...row, slotTimestamp: slotTimestamp ?? 0n, blockTimestamp: time }
    const log = logOf(reportOf('rocket-pool', index), given, { block: block + 60n, time })
    const measured =
      slotTimestamp === undefined ? { kind: 'block', block } : { kind: 'time', time: slotTimestamp }
    expect(only([log], 'rocket-pool')).toEqual([{ rate, measured, log }])
  })

  test.each(lidoRebases)('behavior: Lido’s after $timeElapsed s', rebase => {
    const { aprPercent: _, ...totals } = rebase
    const log = logOf(reportOf('lido'), { ...totals, reportTimestamp: TIME }, { time: TIME + 600n })
    const rate = (rebase.postTotalEther * WAD) / rebase.postTotalShares
    expect(only([log], 'lido')).toEqual([{ rate, measured: { kind: 'time', time: TIME }, log }])
  })

  test.each(['ankr', 'coinbase', 'binance', 'swell', 'liquid-collective', 'ether-fi'])(
    'behavior: %s tells nothing but its landing',
    id => {
      expect(only([logOf(reportOf(id), argumentsOf(id))], id)[0]?.measured).toEqual({ kind: 'landing' })
    },
  )

  test('behavior: a block after the log’s own is malformed, the log’s own is not', () => {
    const event = reportOf('rocket-pool', 0)
    const logs = [100n, 101n].map(block => logOf(event, { ...argumentsOf('rocket-pool'), block }))
    const { reports, malformed } = decodeReports(tokenPools, logs)
    expect(reports.get('rocket-pool')?.map(({ measured }) => measured)).toEqual([
      { kind: 'block', block: 100n },
    ])
    expect(malformed.map(({ log }) => log)).toEqual(logs.slice(1))
  })

  test('behavior: a time after the log’s is malformed where the log has one', () => {
    const event = reportOf('lido')
    const given = { ...argumentsOf('lido'), reportTimestamp: TIME }
    const logs = [{ time: TIME - 1n }, { time: TIME }, {}].map((time, index) =>
      logOf(event, given, { ...time, index: BigInt(index) }),
    )
    const { reports, malformed } = decodeReports(tokenPools, logs)
    expect(malformed.map(({ log }) => log)).toEqual(logs.slice(0, 1))
    expect(reports.get('lido')?.map(({ log }) => log)).toEqual(logs.slice(1))
  })
})

describe('rates that cannot be', () => {
  const { lowest, highest } = poolOf('coinbase').bounds
  test.each([
    [0n, false],
    [lowest - 1n, false],
    [lowest, true],
    [highest, true],
    [highest + 1n, false],
    [RATE * 10n ** 9n, false],
  ])('default: %s is a report: %s', (newExchangeRate, isReport) => {
    const log = logOf(reportOf('coinbase'), { oracle: 1n, newExchangeRate })
    const { reports, malformed } = decodeReports(tokenPools, [log])
    expect(reports.get('coinbase')).toHaveLength(isReport ? 1 : 0)
    expect(malformed).toHaveLength(isReport ? 0 : 1)
  })

  test.each(['ankr', 'lido', 'liquid-collective', 'ether-fi'])(
    'behavior: %s without any shares is malformed, not a division by nothing',
    id => {
      const { malformed } = decodeReports(tokenPools, [logOf(reportOf(id), {})])
      expect(malformed.map(({ poolId }) => poolId)).toEqual([id])
    },
  )

  test('behavior: a failure that is not the log’s is not hidden among the malformed', () => {
    const [event] = poolOf('coinbase').reports
    if (event === undefined) return expect.unreachable('no event')
    const rate = (): bigint => {
      throw new RangeError('a definition that is wrong')
    }
    const pool = { ...poolOf('coinbase'), reports: [{ ...event, rate }] }
    expect(() => decodeReports([pool], [logOf(event, argumentsOf('coinbase'))])).toThrow(RangeError)
  })
})

describe('createReportDecoder', () => {
  test('default: a log that comes again is not decoded again, and gives the same report', () => {
    const [event] = poolOf('swell').reports
    if (event === undefined) return expect.unreachable('no event')
    const rate = vi.fn(event.rate)
    const decode = createReportDecoder([{ ...poolOf('swell'), reports: [{ ...event, rate }] }])
    const logs = [1n, 2n].map(block => logOf(event, argumentsOf('swell'), { block }))
    const first = decode(logs.slice(1))
    const both = decode(logs)
    expect(rate).toHaveBeenCalledTimes(2)
    expect(both.reports.get('swell')?.[1]).toBe(first.reports.get('swell')?.[0])
    expect(first.reports.get('swell')).toHaveLength(1)
  })

  test('error: MalformedEvent for a definition that cannot be read', () => {
    const [event] = poolOf('swell').reports
    if (event === undefined) return expect.unreachable('no event')
    const pool = { ...poolOf('swell'), reports: [{ ...event, signature: 'Reprice(uint256)' }] }
    expect(() => createReportDecoder([pool])).toThrow(MalformedEvent)
  })
})
