import { describe, expect, test } from 'vitest'
import { beginningOf, countedIn, nameOf, wrapsAmong } from '../../../../src/views/wallet/past/held.ts'
import {
  DAYS,
  type Day,
  heldOf,
  holder,
  pastOf,
  RETH,
  STETH,
  timeOf,
  transferOf,
  unsureHolder,
  WSTETH,
} from './pastSupport.tsx'

describe('heldAssets', () => {
  test('default: what was ever held, with what it is', () => {
    expect(heldOf(holder()).map(({ asset }) => nameOf(asset))).toEqual(['rETH'])
    const both = pastOf([
      { units: { [WSTETH]: 1n, [STETH]: 1n }, rates: { [WSTETH]: 1_200n, [STETH]: 1_200n } },
    ])
    expect(heldOf(both).map(({ asset }) => countedIn(asset))).toEqual(['wstETH', 'shares of stETH'])
  })
})

describe('beginningOf', () => {
  test('default: the block in which something came first', () => {
    expect(beginningOf(holder().courses)).toEqual({ since: timeOf(1n), time: timeOf(1n), isBefore: false })
  })

  test('behavior: between two moments where that is all that is known', () => {
    expect(beginningOf(unsureHolder().courses)).toEqual({
      since: timeOf(0n),
      time: timeOf(2n),
      isBefore: false,
    })
  })

  test('behavior: what was there already began before', () => {
    expect(beginningOf(pastOf(DAYS.slice(1)).courses)).toMatchObject({ time: timeOf(0n), isBefore: true })
    expect(beginningOf([])).toBeUndefined()
  })

  test('behavior: the earliest of several', () => {
    const days: Day[] = [
      { units: { [RETH]: 0n, [WSTETH]: 0n }, rates: {} },
      { units: { [RETH]: 0n, [WSTETH]: 1n }, rates: { [WSTETH]: 1_200n } },
      { units: { [RETH]: 1n, [WSTETH]: 1n }, rates: { [RETH]: 1_100n, [WSTETH]: 1_200n } },
    ]
    expect(beginningOf(pastOf(days).courses)?.time).toBe(timeOf(1n))
  })
})

describe('wrapsAmong', () => {
  const rates = { [RETH]: 1_100n, [WSTETH]: 1_200n, [STETH]: 1_200n }
  const days: Day[] = [
    { units: { [RETH]: 0n, [WSTETH]: 0n, [STETH]: 0n }, rates },
    { units: { [RETH]: 0n, [WSTETH]: 0n, [STETH]: 5_000n }, rates },
    { units: { [RETH]: 1_000n, [WSTETH]: 5_000n, [STETH]: 0n }, rates },
  ]
  const wrapsOf = (out: `0x${string}`) => {
    const held = heldOf(
      pastOf(days, {
        transfers: [
          transferOf(STETH, 1n, 5_000n),
          transferOf(STETH, 2n, -5_000n, out),
          transferOf(WSTETH, 2n, 5_000n, '0xwrap'),
          transferOf(RETH, 2n, 1_000n, '0xwrap'),
        ],
      }),
    )
    const isWrap = wrapsAmong(held)
    return held.flatMap(({ asset, course }) =>
      course.moves.filter(isWrap).map(({ block }) => `${asset.symbol} ${block}`),
    )
  }

  test('default: one form of a pool’s stake out and another in, in one transaction', () => {
    expect(wrapsOf('0xwrap').sort()).toEqual(['stETH 2', 'wstETH 2'])
  })

  test('behavior: two transactions are none', () => {
    expect(wrapsOf('0xother')).toEqual([])
  })
})
