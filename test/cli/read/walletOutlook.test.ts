import { describe, expect, test } from 'vitest'
import { outlookReport, outlookText, type Yields } from '../../../src/cli/read/walletOutlook.ts'
import { DAY, WAD } from '../../../src/math/fixedPoint.ts'
import { poolsOf } from '../../support/livePools.ts'
import { assetReading, walletReading } from '../../support/walletReadings.ts'

const ETH = WAD
const rate = (12n * ETH) / 10n
const window = 30n * DAY

const live = poolsOf(1_000n * ETH)

const yieldsOf = (...known: readonly (readonly [string, bigint])[]): Yields =>
  known.map(([pool, apy]) => ({
    pool,
    latest: {
      ...{ apyWad: `${apy}`, aprWad: `${apy}`, apyLowWad: `${apy - 1n}`, apyHighWad: `${apy + 1n}` },
      ...{ spanSeconds: `${window}`, steps: '30', evidence: 'samples', fromBlock: '1', toBlock: '2' },
      ...{ yieldWhy: null, spread: null },
    },
  }))

const OETH = '0x856c4Efb76C1D1AE02e20CEB03A2A6a08b0b8dC3'
const STETH = '0xae7ab96520DE3A18E5e111B5EaAb095312D7fE84'
const PERCENT = WAD / 100n
const reth = assetReading('rETH', 10n * ETH, rate, { poolId: 'rocket-pool' })
const ether = assetReading('ETH', 4n * ETH, ETH, { idle: 4n * ETH })
const yields = yieldsOf(['rocket-pool', 4n * PERCENT], ['lido', 2n * PERCENT])

describe('outlookReport', () => {
  test('default', () => {
    const report = outlookReport(walletReading([ether, reth]), { live, yields, window })
    expect(report.holdings[1]).toEqual({
      ...{ symbol: 'rETH', pool: 'rocket-pool', shareOfWalletWad: `${75n * PERCENT}` },
      ...{ shareOfPoolWad: `${(12n * PERCENT) / 10n}`, apyWad: `${4n * PERCENT}` },
      ...{ apyLowWad: `${4n * PERCENT - 1n}`, apyHighWad: `${4n * PERCENT + 1n}` },
      earnsPerDayWei: expect.stringMatching(/^1289\d{12}$/),
      earnsPer30DaysWei: expect.stringMatching(/^387\d{14}$/),
      earnsPerYearWei: expect.stringMatching(/^(?:480000000000000000|479999999999999999)$/),
      why: null,
    })
    // ETH earns nothing, and that is known.
    expect(report.holdings[0]).toMatchObject({ apyWad: '0', earnsPerYearWei: '0', shareOfPoolWad: null })
    expect(report).toMatchObject({
      ...{ windowSeconds: `${window}`, why: null },
      ...{ apyOfStakedWad: `${4n * PERCENT}`, apyOfWholeWad: `${3n * PERCENT}` },
    })
  })

  test('behavior: several yields are weighted by value', () => {
    const steth = assetReading('wstETH', 36n * ETH, ETH, { poolId: 'lido' })
    const report = outlookReport(walletReading([reth, steth]), { live, yields, window })
    expect(report.apyOfStakedWad).toBe(`${(25n * PERCENT) / 10n}`)
  })

  test('behavior: what takes no part in rebasing earns nothing, the rest does', () => {
    const oeth = assetReading(OETH, 4n * ETH, ETH, { poolId: 'origin', kind: 'rebasing', idle: 3n * ETH })
    const report = outlookReport(walletReading([oeth]), {
      ...{ live, window, yields: yieldsOf(['origin', 4n * PERCENT]) },
    })
    expect(report.holdings[0]?.earnsPerYearWei).toMatch(/^(?:40000000000000000|39999999999999999)$/)
    expect(report).toMatchObject({ apyOfStakedWad: `${4n * PERCENT}`, apyOfWholeWad: `${PERCENT}` })
    // Credits are in no sum that is read of the pool; stETH is in Lido's.
    expect(report.holdings[0]?.shareOfPoolWad).toBeNull()
    const steth = assetReading(STETH, 10n * ETH, ETH, { poolId: 'lido', kind: 'rebasing' })
    const lido = outlookReport(walletReading([steth]), { live, yields, window })
    expect(lido.holdings[0]?.shareOfPoolWad).toBe(`${PERCENT}`)
  })

  test('behavior: where one yield is not known, none of all together is, and each says why', () => {
    for (const unread of [yieldsOf(['lido', PERCENT]), { why: 'It was silent.' }]) {
      const report = outlookReport(walletReading([ether, reth]), { live, yields: unread, window })
      expect(report.holdings[1]).toMatchObject({
        apyWad: null,
        earnsPerDayWei: null,
        why: expect.stringMatching(/\w/),
      })
      expect(report).toMatchObject({ apyOfStakedWad: null, apyOfWholeWad: null, why: 'Not known: rETH.' })
      expect(outlookText(report)).toContain('? rETH: ')
    }
  })

  test('behavior: without a value there is no share, of anything', () => {
    const silent = assetReading('rETH', 10n * ETH, undefined, { poolId: 'rocket-pool' })
    const report = outlookReport(walletReading([ether, silent]), { live, yields, window })
    for (const { shareOfWalletWad, shareOfPoolWad } of report.holdings)
      expect([shareOfWalletWad, shareOfPoolWad]).toEqual([null, null])
    expect(report).toMatchObject({ why: 'Not known: rETH.' })
  })

  test('behavior: a wallet of which nothing earns has no yield, and says so', () => {
    const report = outlookReport(walletReading([ether]), { live, yields, window })
    expect(report).toMatchObject({ apyOfStakedWad: null, why: 'Nothing of it earns.' })
  })
})

describe('outlookText', () => {
  test('default', () => {
    const report = outlookReport(walletReading([ether, reth]), { live, yields, window })
    const lines = outlookText(report)
      .split('\n')
      .map(line => line.replaceAll(/\s+/g, ' '))
    expect(lines[3]).toMatch(/^rETH 75\.00 % 1\.20 % 4\.00 % 0\.00128\d+ 0\.0387\d+ 0\.(?:480|479)\d+$/)
    expect(lines).toContain('Together 4.00 % over what earns, 3.00 % over everything.')
  })
})
