import { describe, expect, test } from 'vitest'
import { exitReports, exitText } from '../../../src/cli/read/walletExit.ts'
import { WAD } from '../../../src/math/fixedPoint.ts'
import { liveOf, livePool } from '../../support/livePools.ts'
import { assetReading, walletReading } from '../../support/walletReadings.ts'

const ETH = WAD
const rate = (12n * ETH) / 10n
const reth = assetReading('rETH', 10n * ETH, rate, { poolId: 'rocket-pool' })

describe('exitReports', () => {
  test('default', () => {
    const live = liveOf(livePool('rocket-pool', 5n * ETH, -ETH / 100n))
    expect(exitReports(walletReading([reth]), live)).toMatchObject([
      {
        ...{ symbol: 'rETH', pool: 'rocket-pool', valueWei: `${12n * ETH}` },
        ...{ paidNowWei: `${5n * ETH}`, paidNowWhy: null },
        ...{ marketWei: `${(1_188n * ETH) / 100n}`, premiumWad: `${-ETH / 100n}`, marketWhy: null },
        figures: [{ label: 'Ether for burning rETH now', value: `${5n * ETH}` }, { unit: 'wei of ETH' }],
      },
    ])
  })

  test('behavior: what is not known is null beside why, never 0', () => {
    const [own] = exitReports(walletReading([reth]), liveOf(livePool('rocket-pool', undefined)))
    expect(own).toMatchObject({
      ...{ paidNowWei: null, paidNowWhy: 'It was silent.' },
      ...{ marketWei: null, premiumWad: null, marketWhy: 'It was silent.' },
    })
    const valueless = assetReading('rETH', 10n * ETH, undefined, { poolId: 'rocket-pool' })
    const [other] = exitReports(walletReading([valueless]), liveOf(livePool('rocket-pool', ETH, 0n)))
    expect(other).toMatchObject({ valueWei: null, paidNowWei: null, marketWei: null })
    expect(other?.paidNowWhy).toContain('rETH')
  })

  test('behavior: a closed protocol pays nobody, a queue nothing at once', () => {
    const held = (symbol: string, poolId: string) => assetReading(symbol, ETH, rate, { poolId })
    const reports = exitReports(
      walletReading([held('cbETH', 'coinbase'), held('wstETH', 'lido')]),
      liveOf(livePool('coinbase', ETH), livePool('lido', ETH)),
    )
    expect(reports.map(({ paidNowWei, paidNowWhy }) => [paidNowWei, paidNowWhy])).toEqual([
      [null, 'No redemption is open to holders.'],
      [null, 'Nothing is paid at once, or it is not read how much.'],
    ])
  })
})

describe('exitText', () => {
  test('default', () => {
    const live = liveOf(livePool('rocket-pool', 5n * ETH, -ETH / 100n))
    const lines = exitText(exitReports(walletReading([reth]), live)).split('\n')
    expect(lines[2]?.replaceAll(/\s+/g, ' ')).toBe('rETH 12.000000000 5.000000000 11.880000000 -1.00 %')
    expect(lines).toContain('  Ether for burning rETH now: 5.0000 ETH')
  })

  test('behavior: what is not known is not written as 0', () => {
    const text = exitText(exitReports(walletReading([reth]), liveOf(livePool('rocket-pool', undefined))))
    expect(text.split('\n')[2]?.replaceAll(/\s+/g, ' ')).toBe('rETH 12.000000000 – – –')
    expect(text).toContain('Ether for burning rETH now: ? (It was silent.)')
  })
})
