import { getAddress } from 'viem'
import { describe, expect, test } from 'vitest'
import type { WalletAsset, WalletReading } from '../../../src/chain/readWallet.ts'
import { HOLDS_NONE, walletCsv, walletReport, walletText } from '../../../src/cli/read/wallet.ts'
import { valueHoldings } from '../../../src/math/holdings.ts'
import { readBalance, readEtherPrice } from '../../../src/pools/infrastructure.ts'

const account = getAddress(`0x${'12'.repeat(20)}`)
const outcome = { read: readBalance(account, account), success: true, returnData: '0x' } as const
const asset = (id: string, balance: bigint | undefined, rate: bigint | undefined): WalletAsset => ({
  id,
  symbol: id,
  poolId: id === 'ETH' ? undefined : 'lido',
  rate,
  balance,
  note: undefined,
  why: balance === undefined || rate === undefined ? 'It was silent.' : undefined,
  balanceOutcome: outcome,
  rateOutcome: undefined,
})
const reading = (assets: readonly WalletAsset[], answer?: bigint): WalletReading => ({
  account,
  block: 7n,
  time: 1_700_000_000n,
  chainId: 1n,
  operator: 'A',
  assets,
  holdings: valueHoldings(assets),
  price: {
    price: answer === undefined ? undefined : { answer, updatedAt: 1_699_999_990n },
    ...(answer === undefined ? { why: 'The feed is old.' } : {}),
    outcome: { ...outcome, read: readEtherPrice },
  },
})

const ETHER = 10n ** 18n
const ether = asset('ETH', ETHER, ETHER)
const token = asset('wstETH', 2n * ETHER, (ETHER * 5n) / 4n)

describe('walletReport', () => {
  test('default', () => {
    const report = walletReport(reading([ether, token], 2_000n * 10n ** 8n))
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
    const report = walletReport(reading([ether, asset('wstETH', 2n * ETHER, undefined)], 10n ** 8n))
    expect(report).toMatchObject({
      totalWei: null,
      totalUsdWad: null,
      knownWei: `${ETHER}`,
      why: expect.stringContaining('wstETH'),
    })
  })

  test('behavior: without a price there are no dollars, and why', () => {
    const report = walletReport(reading([ether, token]))
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
    const report = walletReport(noted)
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
    expect(walletReport(reading([ether, asset('wstETH', 0n, ETHER)])).note).toBe(HOLDS_NONE)
    expect(walletReport(reading([ether, asset('wstETH', undefined, ETHER)])).note).toBeNull()
  })

  test('behavior: CSV has a record for each asset', () => {
    const lines = walletCsv(walletReport(reading([ether, token])))
      .trimEnd()
      .split('\r\n')
    expect(lines).toHaveLength(3)
    expect(lines[2]).toContain(`wstETH,lido,${2n * ETHER},`)
  })
})
