import { describe, expect, test } from 'vitest'
import { WAD } from '../../src/math/fixedPoint.ts'
import { tokenPools } from '../../src/pools/index.ts'
import { lidoRebases, reportRows } from '../support/vectors.ts'
import { eventOf, reportOf } from './lookup.ts'

describe('every report', () => {
  const reports = tokenPools.flatMap(({ id, reports, bounds }) =>
    reports.map((report, index) => ({ id, index, report, bounds })),
  )

  test.each(reports)('default: $id $index takes its rate from arguments of its event alone', ({ report }) => {
    const asked = new Set<string>()
    const args = new Proxy<Record<string, bigint>>(
      {},
      {
        get: (_, name) => {
          asked.add(String(name))
          return WAD
        },
      },
    )
    // Whatever is asked for is 1.0, and so is every quotient of it.
    expect(report.rate(args)).toBe(WAD)
    report.measured(args)
    expect(asked.size).toBeGreaterThan(0)
    const numbers = eventOf(report).inputs.filter(({ type }) => type.startsWith('uint'))
    for (const name of asked) expect(numbers.map(input => input.name)).toContain(name)
  })

  test.each(reports)(
    'behavior: $id $index without arguments gives no rate but 1 or one that is refused',
    row => {
      const { report, bounds } = row
      const rate = report.rate({})
      expect(rate === WAD || rate < bounds.lowest).toBe(true)
      expect(report.measured({})).toEqual({})
    },
  )

  test('behavior: whose topic is shared is told apart by its contracts', () => {
    for (const { report, id } of reports) {
      expect(report.addresses.length).toBeGreaterThan(0)
      const others = reports.filter(other => other.id !== id && other.report.topic === report.topic)
      for (const other of others)
        expect(report.addresses.filter(address => other.report.addresses.includes(address))).toEqual([])
    }
    // cbETH's and wBETH's, at the least.
    expect(reports.length).toBeGreaterThan(new Set(reports.map(({ report }) => report.topic)).size)
  })

  test('behavior: no contract with the same topic and other arguments is asked', () => {
    const strangers = [
      // Coinbase's updater, whose arguments are the caller and an amount.
      '0x9b37180d847B27ADC13C2277299045C1237Ae281',
      // rswETH.
      '0xFAe103DC9cf190eD75350761e95403b7b8aFa6c0',
    ]
    const asked = reports.flatMap(({ report }) => report.addresses.map(address => address.toLowerCase()))
    for (const stranger of strangers) expect(asked).not.toContain(stranger.toLowerCase())
  })
})

describe('Rocket Pool', () => {
  test.each(reportRows)('default: the report of block $block gives its rate', row => {
    const { block, totalEth, stakingEth, rethSupply, time } = row
    const [old, current] = [reportOf('rocket-pool', 0), reportOf('rocket-pool', 1)]
    expect(old.rate({ block, totalEth, stakingEth, rethSupply, time })).toBe(row.rate)
    expect(current.rate({ block, totalEth, stakingEth, rethSupply, slotTimestamp: 1n })).toBe(row.rate)
  })

  test('behavior: an empty pool counts as 1, as the token answers', () => {
    for (const index of [0, 1])
      expect(reportOf('rocket-pool', index).rate({ totalEth: 0n, rethSupply: 0n })).toBe(WAD)
  })

  test('behavior: reports are measured at their slot, or else at their block, never when they landed', () => {
    const args = {
      block: 20_682_453n,
      slotTimestamp: 1_725_516_000n,
      blockTimestamp: 1_725_516_767n,
      time: 1_725_516_767n,
    }
    expect(reportOf('rocket-pool', 0).measured(args)).toEqual({ block: 20_682_453n })
    expect(reportOf('rocket-pool', 1).measured(args)).toEqual({ measuredAt: 1_725_516_000n })
  })
})

describe('the other pools', () => {
  test.each([
    [882_643_143_435_334_753n, 1_132_960_707_209_371_965n],
    [882_718_285_663_503_849n, 1_132_864_262_858_608_623n],
  ])('behavior: Ankr’s ratio %s is turned the right way up', (newRatio, rate) => {
    // Worked examples of Ankr's documentation.
    expect(reportOf('ankr').rate({ newRatio })).toBe(rate)
    expect(reportOf('ankr').measured({ newRatio })).toEqual({})
  })

  test.each(lidoRebases)('behavior: Lido’s rebase after $timeElapsed s gives ether per share', rebase => {
    const { postTotalEther, postTotalShares } = rebase
    const { rate, measured } = reportOf('lido')
    expect(rate({ ...rebase, aprPercent: 0n })).toBe((postTotalEther * WAD) / postTotalShares)
    expect(measured({ reportTimestamp: 1_790_251_211n })).toEqual({ measuredAt: 1_790_251_211n })
  })

  test.each(['coinbase', 'binance'])('behavior: %s says its new rate', id => {
    const newExchangeRate = 1_140_271_960_618_816_802n
    expect(reportOf(id).rate({ newExchangeRate, oracle: 5n })).toBe(newExchangeRate)
    expect(reportOf(id).measured({ newExchangeRate })).toEqual({})
  })

  test('behavior: Swell’s second field is the rate, and no other', () => {
    const fields = ['newEthReserves', '', 'nodeOperatorRewards', 'swellTreasuryRewards', 'totalETHDeposited']
    const others = Object.fromEntries(fields.map((name, index) => [name, 900n * WAD + BigInt(index)]))
    const { rate, measured } = reportOf('swell')
    expect(rate({ ...others, newSwETHToETHRate: 1_100_000_000_000_000_007n })).toBe(
      1_100_000_000_000_000_007n,
    )
    expect(
      eventOf(reportOf('swell'))
        .inputs.map(({ name }) => name)
        .indexOf('newSwETHToETHRate'),
    ).toBe(1)
    expect(measured({ ...others })).toEqual({})
  })

  test('behavior: Liquid Collective’s rate is of the new totals, rounded down', () => {
    const totals = {
      _oldTotalUnderlyingBalance: 100n * WAD,
      _oldTotalSupply: 99n * WAD,
      _newTotalUnderlyingBalance: 200n * WAD,
      _newTotalSupply: 190n * WAD,
    }
    expect(reportOf('liquid-collective').rate(totals)).toBe(1_052_631_578_947_368_421n)
    expect(reportOf('liquid-collective').rate({ ...totals, _newTotalSupply: 0n })).toBe(0n)
  })

  test('behavior: ether.fi’s rate is ether by shares, rounded down', () => {
    const totals = { totalEthLocked: 2_100_000n * WAD, totalEEthShares: 1_930_000n * WAD }
    expect(reportOf('ether-fi').rate(totals)).toBe(1_088_082_901_554_404_145n)
    expect(reportOf('ether-fi').rate({ ...totals, totalEEthShares: 0n })).toBe(0n)
  })
})
