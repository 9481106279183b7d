import { describe, expect, test } from 'vitest'
import type { Live, LivePool } from '../../../src/chain/readLive.ts'
import { exitReports, exitText } from '../../../src/cli/read/walletExit.ts'
import { WAD } from '../../../src/math/fixedPoint.ts'
import type { TokenPool } from '../../../src/pools/definePool.ts'
import { tokenPools } from '../../../src/pools/index.ts'
import { assetReading, walletReading } from '../../support/walletReadings.ts'

const ETH = WAD
const UNREAD = { why: 'It was silent.', outcomes: [] } as const

function poolNamed(id: string): TokenPool {
  const found = tokenPools.find(pool => pool.id === id)
  if (found === undefined) throw new TypeError(`There is no ${id}.`)
  return found
}

/** A pool whose every exit figure is `exit`, and whose market pays `premium`. */
function livePool(id: string, exit: bigint | undefined, premium?: bigint): LivePool {
  const pool = poolNamed(id)
  const told = exit === undefined ? UNREAD : { value: exit, outcomes: [] }
  return {
    ...{ pool, reading: { state: 'unknown', why: 'It was silent.' } },
    facts: {
      ...{ lastReport: undefined, streamEnd: undefined, fee: UNREAD, market: UNREAD },
      premium:
        premium === undefined ? UNREAD : { value: { fraction: premium, isNoise: false }, outcomes: [] },
      exit: pool.exit.figures.map(() => told),
    },
  } as unknown as LivePool
}

const liveOf = (...pools: readonly LivePool[]) => ({ pools }) as unknown as Live

const rate = (12n * ETH) / 10n
const reth = assetReading('rETH', 10n * ETH, rate, { poolId: 'rocket-pool' })

describe('exitReports', () => {
  test('default: as much at once as the protocol has, at most the value', () => {
    const [rich] = exitReports(walletReading([reth]), liveOf(livePool('rocket-pool', 100n * ETH)))
    expect(rich).toMatchObject({ valueWei: `${12n * ETH}`, paidNowWei: `${12n * ETH}`, paidNowWhy: null })
    const [poor] = exitReports(walletReading([reth]), liveOf(livePool('rocket-pool', 5n * ETH)))
    expect(poor).toMatchObject({ paidNowWei: `${5n * ETH}` })
    const [dry] = exitReports(walletReading([reth]), liveOf(livePool('rocket-pool', 0n)))
    expect(dry).toMatchObject({ paidNowWei: '0' })
  })

  test('behavior: the market pays the premium more, or the discount less', () => {
    const [own] = exitReports(walletReading([reth]), liveOf(livePool('rocket-pool', 0n, -ETH / 100n)))
    expect(own).toMatchObject({ marketWei: `${(1_188n * ETH) / 100n}`, premiumWad: `${-ETH / 100n}` })
  })

  test('behavior: what is not known is null beside why, never 0', () => {
    const [own] = exitReports(walletReading([reth]), liveOf(livePool('rocket-pool', undefined)))
    expect(own).toMatchObject({
      ...{ paidNowWei: null, paidNowWhy: 'It was silent.', marketWei: null, marketWhy: 'It was silent.' },
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
    expect(reports.map(({ paidNowWei }) => paidNowWei)).toEqual([null, null])
    expect(reports[0]?.paidNowWhy).toBe('No redemption is open to holders.')
    expect(reports[1]?.paidNowWhy).not.toBe(reports[0]?.paidNowWhy)
  })

  test('behavior: a feed that prices the token says nothing of what its rate counts', () => {
    const plain = assetReading('pxETH', ETH, ETH, { poolId: 'dinero', kind: 'plain' })
    const [own] = exitReports(walletReading([plain]), liveOf(livePool('dinero', undefined, ETH / 100n)))
    expect(own).toMatchObject({
      marketWei: null,
      premiumWad: null,
      marketWhy: expect.stringContaining('pxETH'),
    })
  })

  test('behavior: what is not held has no way out, and ETH needs none', () => {
    const none = assetReading('rETH', 0n, rate, { poolId: 'rocket-pool' })
    const live = liveOf(livePool('rocket-pool', ETH))
    expect(exitReports(walletReading([assetReading('ETH', ETH, ETH), none]), live)).toEqual([])
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
