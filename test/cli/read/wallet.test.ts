import { describe, expect, test } from 'vitest'
import type { WalletReading } from '../../../src/chain/readWallet.ts'
import { HOLDS_NONE, walletCsv, walletReport, walletText } from '../../../src/cli/read/wallet.ts'
import type { WhoReport } from '../../../src/cli/read/walletWho.ts'
import { ACCOUNT, assetReading as asset, walletReading as reading } from '../../support/walletReadings.ts'

const WHO: WhoReport = { address: ACCOUNT, name: null, nameBlock: null, nameHosts: [], note: null }
const reportOf = (reading: WalletReading, who: readonly WhoReport[] = [WHO]) => walletReport(reading, who)

const ETHER = 10n ** 18n
const ether = asset('ETH', ETHER, ETHER)
const token = asset('wstETH', 2n * ETHER, (ETHER * 5n) / 4n)

describe('walletReport', () => {
  test('default', () => {
    const report = reportOf(reading([ether, token], 2_000n * 10n ** 8n))
    expect(report).toMatchObject({
      totalWei: `${(ETHER * 7n) / 2n}`,
      totalUsdWad: `${7_000n * ETHER}`,
      why: null,
      note: null,
      block: '7',
    })
    expect(report.assets[1]).toMatchObject({
      balanceWei: `${2n * ETHER}`,
      valueWei: `${(ETHER * 5n) / 2n}`,
      valueUsdWad: `${5_000n * ETHER}`,
    })
  })

  test('behavior: a total with an unknown part is unknown', () => {
    const report = reportOf(reading([ether, asset('wstETH', 2n * ETHER, undefined)], 10n ** 8n))
    expect(report).toMatchObject({
      totalWei: null,
      totalUsdWad: null,
      knownWei: `${ETHER}`,
      why: expect.stringContaining('wstETH'),
    })
  })

  test('behavior: without a price there are no dollars, and why', () => {
    const report = reportOf(reading([ether, token]))
    expect(report).toMatchObject({ totalUsdWad: null, why: 'The feed is old.' })
    expect(report.assets[0]).toMatchObject({
      valueWei: `${ETHER}`,
      valueUsdWad: null,
      why: 'The feed is old.',
    })
    expect(walletText(report, reading([ether, token])).match(/The feed is old/g)).toHaveLength(1)
  })

  test('behavior: every form says as what a unit that is not ETH is counted', () => {
    const note = 'Counted as if 1 frxETH were 1 ETH.'
    const noted = reading([ether, token, { ...asset('sfrxETH', ETHER, ETHER), note }], 10n ** 8n)
    const report = reportOf(noted)
    expect(report.assets.map(one => one.note)).toEqual([null, null, note])
    const [header = '', ...records] = walletCsv(report).trimEnd().split('\r\n')
    expect(header.split(',').at(-1)).toBe('note')
    expect(records.map(record => record.split(',').at(-1))).toEqual(['', '', note])
    const lines = walletText(report, noted).split('\n')
    expect(lines.indexOf(`sfrxETH: ${note}`)).toBeGreaterThan(
      lines.findIndex(line => line.startsWith('Total')),
    )
  })

  test('behavior: ETH alone is none of these tokens, an unknown balance may be one', () => {
    expect(reportOf(reading([ether, asset('wstETH', 0n, ETHER)])).note).toBe(HOLDS_NONE)
    expect(reportOf(reading([ether, asset('wstETH', undefined, ETHER)])).note).toBeNull()
  })

  test('behavior: CSV has a record for each asset', () => {
    const lines = walletCsv(reportOf(reading([ether, token])))
      .trimEnd()
      .split('\r\n')
    expect(lines).toHaveLength(3)
    expect(lines[2]).toContain(`wstETH,lido,${2n * ETHER},`)
  })

  test('behavior: less than a millionth of an ETH is dust, unless a part is not known', () => {
    const crumb = asset('wstETH', 1n, ETHER)
    expect(reportOf(reading([asset('ETH', 0n, ETHER), crumb])).note).toContain('is dust')
    expect(reportOf(reading([ether, crumb])).note).toBeNull()
    expect(reportOf(reading([asset('rETH', undefined, ETHER), crumb])).note).toBeNull()
    expect(reportOf(reading([asset('wstETH', 10n ** 12n, ETHER)])).note).toBeNull()
  })

  test('behavior: of several accounts each, by its name, and what it holds', () => {
    const other: WhoReport = {
      ...{ address: `0x${'34'.repeat(20)}`, name: 'glass.eth', nameBlock: '7', nameHosts: ['a.example'] },
      note: 'This address is a contract.',
    }
    const report = reportOf(reading([ether, token]), [WHO, other])
    expect(report.accounts).toEqual([WHO, other])
    expect(report.balances).toMatchObject([
      { account: ACCOUNT, symbol: 'ETH', balanceWei: `${ETHER}` },
      { account: ACCOUNT, symbol: 'wstETH', balanceWei: `${2n * ETHER}` },
    ])
    const text = walletText(report, reading([ether, token]))
    for (const part of ['glass.eth at block 7', 'a.example was told', 'is a contract', `${ACCOUNT}: 2.000`])
      expect(text).toContain(part)
  })
})
