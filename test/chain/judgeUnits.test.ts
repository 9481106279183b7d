import { describe, expect, test } from 'vitest'
import type { Outcome } from '../../src/chain/blockReading.ts'
import { judgeBalance, judgeUnits } from '../../src/chain/judgeUnits.ts'
import { WAD } from '../../src/math/fixedPoint.ts'
import { MOST_ETHER } from '../../src/pools/definePool.ts'
import { tokenPools } from '../../src/pools/index.ts'
import { walletAssets } from '../../src/pools/walletAssets.ts'
import { LATE, LOCAL_BLOCK, outcome, words } from './fakeChain.ts'

const ACCOUNT = '0x52908400098527886E0F7030069857D2E4169EE7'
const assetOf = (symbol: string) =>
  walletAssets(tokenPools).find(asset => asset.symbol === symbol) ?? expect.unreachable(symbol)
const [rETH, ETH, OETH] = [assetOf('rETH'), assetOf('ETH'), assetOf('OETH')]

const told = (returnData: `0x${string}`, success = true, asset = rETH): Outcome[] =>
  asset.units.reads(ACCOUNT).map(read => outcome(read, returnData, success))
const early = { ...LATE, block: rETH.readableBy - 1n }

describe('judgeUnits', () => {
  test('default: what the contract tells', () => {
    expect(judgeUnits(rETH, told(words(7n)), LATE)).toEqual({ units: 7n })
    expect(judgeUnits(rETH, told(words(0n)), LATE)).toEqual({ units: 0n })
  })

  test('behavior: nothing is held of what is not there yet', () => {
    expect(judgeUnits(rETH, told('0x'), early)).toEqual({ units: 0n })
    expect(judgeUnits(rETH, told('0x', false), early)).toEqual({ units: 0n })
    expect(judgeUnits(rETH, told('0x'), LOCAL_BLOCK)).toEqual({ units: 0n })
  })

  test('behavior: silence where the token surely is, and a refusal of a local one, is not 0', () => {
    for (const [outcomes, at] of [
      [told('0x'), LATE],
      [told('0x', false), LATE],
      [told('0x', false), LOCAL_BLOCK],
      [told(words(1n, 2n)), LATE],
      [told('0x00'), LATE],
    ] as const)
      expect(judgeUnits(rETH, outcomes, at)).toEqual({ why: expect.any(String) })
  })

  test('behavior: an older contract that does not tell shares may hold some all the same', () => {
    const aETHb = assetOf('aETHb')
    const before = { ...LATE, block: aETHb.readableBy - 1n }
    expect(judgeUnits(aETHb, told('0x', false, aETHb), before)).toEqual({ why: expect.any(String) })
    expect(judgeUnits(aETHb, told('0x', true, aETHb), before)).toEqual({ units: 0n })
  })

  test('behavior: what the contract tells counts, even before it was thought to be there', () => {
    expect(judgeUnits(rETH, told(words(7n)), { ...LATE, block: 1n })).toEqual({ units: 7n })
  })

  test('behavior: ETH is not told where there is no Multicall3, on any chain', () => {
    for (const at of [LATE, LOCAL_BLOCK, { ...LATE, block: 5n }])
      expect(judgeUnits(ETH, told('0x', true, ETH), at)).toEqual({
        why: expect.stringContaining('Multicall3'),
      })
  })

  test('behavior: more than there is ether is nothing to count', () => {
    expect(judgeUnits(rETH, told(words(MOST_ETHER)), LATE)).toEqual({ units: MOST_ETHER })
    expect(judgeUnits(rETH, told(words(MOST_ETHER + 1n)), LATE)).toEqual({ why: expect.any(String) })
  })

  test('behavior: one silent word of several leaves the units unknown', () => {
    const [credits, perToken, balance] = OETH.units.reads(ACCOUNT)
    if (credits === undefined || perToken === undefined || balance === undefined)
      return expect.unreachable('three reads')
    const good = [
      outcome(credits, words(9n * 10n ** 26n, 9n * 10n ** 26n, 1n)),
      outcome(perToken, words(9n * 10n ** 26n)),
      outcome(balance, words(WAD)),
    ]
    expect(judgeUnits(OETH, good, LATE)).toEqual({ units: 9n * 10n ** 17n })
    const other = good.map((one, index) => (index === 2 ? outcome(balance, words(WAD / 2n)) : one))
    expect(judgeUnits(OETH, other, LATE)).toEqual({ why: expect.stringContaining('shares') })
    for (const place of [0, 1, 2]) {
      const silent = good.map((one, index) => (index === place ? { ...one, success: false } : one))
      expect(judgeUnits(OETH, silent, LATE)).toEqual({ why: expect.any(String) })
    }
  })
})

describe('judgeBalance', () => {
  test('default: the token’s own balance, not the units behind it', () => {
    const read = OETH.balance(ACCOUNT)
    expect(judgeBalance(OETH, outcome(read, words(3n)), LATE)).toEqual({ units: 3n })
    expect(judgeBalance(OETH, outcome(read, '0x'), LATE)).toEqual({ why: expect.any(String) })
    expect(judgeBalance(OETH, outcome(read, '0x'), { ...LATE, block: 1n })).toEqual({
      why: expect.any(String),
    })
    expect(judgeBalance(OETH, outcome(read, '0x'), LOCAL_BLOCK)).toEqual({ units: 0n })
    expect(judgeBalance(OETH, outcome(read, '0x', false), LATE)).toEqual({
      why: 'The contract refused balanceOf.',
    })
  })
})
