import { describe, expect, test } from 'vitest'
import type { AssetReading } from '../../src/chain/readWallet.ts'
import { WAD } from '../../src/math/fixedPoint.ts'
import { exitsOf } from '../../src/queries/exits.ts'
import type { LivePool } from '../../src/queries/live.ts'
import { liveOf, livePool } from '../support/livePools.ts'
import { assetReading, walletReading } from '../support/walletReadings.ts'

const ETH = WAD
const rate = (12n * ETH) / 10n
const reth = assetReading('rETH', 10n * ETH, rate, { poolId: 'rocket-pool' })

/** The way out of the only holding. */
function exitOf(asset: AssetReading, own: LivePool) {
  const exits = exitsOf(walletReading([asset]), liveOf(own))
  expect(exits).toHaveLength(1)
  return exits[0] ?? expect.unreachable()
}

describe('exitsOf', () => {
  test('default: as much at once as the protocol has, at most the value', () => {
    const paid = (has: bigint) => exitOf(reth, livePool('rocket-pool', has)).paid
    expect(exitOf(reth, livePool('rocket-pool', ETH))).toMatchObject({ asset: reth, value: 12n * ETH })
    expect(paid(100n * ETH)).toMatchObject({ kind: 'paid', now: 12n * ETH })
    expect(paid(5n * ETH)).toMatchObject({ kind: 'paid', now: 5n * ETH, fact: { value: 5n * ETH } })
    expect(paid(0n)).toMatchObject({ kind: 'paid', now: 0n })
  })

  test('behavior: the market pays the premium more, or the discount less', () => {
    const market = (premium: bigint) => exitOf(reth, livePool('rocket-pool', 0n, premium)).market
    expect(market(-ETH / 100n)).toEqual({
      ...{ ether: (1_188n * ETH) / 100n, premium: -ETH / 100n, isNoise: false },
    })
    expect(market(ETH / 100n)).toMatchObject({ ether: (1_212n * ETH) / 100n })
  })

  test('behavior: what the contracts do not tell is not known', () => {
    const { paid, market } = exitOf(reth, livePool('rocket-pool', undefined))
    expect(paid).toEqual({ kind: 'unknown', why: 'It was silent.' })
    expect(market).toEqual({ why: 'It was silent.' })
  })

  test('behavior: a value that is not known has no way out in figures', () => {
    const valueless = assetReading('rETH', 10n * ETH, undefined, { poolId: 'rocket-pool' })
    const why = 'The value of the rETH is not known.'
    expect(exitOf(valueless, livePool('rocket-pool', ETH, 0n))).toMatchObject({
      ...{ value: undefined, paid: { kind: 'unknown', why }, market: { why } },
    })
  })

  test('behavior: a closed protocol pays nobody, a queue nothing at once, nor does a token for its other form', () => {
    const cbeth = assetReading('cbETH', ETH, rate, { poolId: 'coinbase' })
    expect(exitOf(cbeth, livePool('coinbase', ETH)).paid).toEqual({
      ...{ kind: 'closed', why: 'No redemption is open to holders.' },
    })
    const wsteth = assetReading('wstETH', ETH, rate, { poolId: 'lido' })
    expect(exitOf(wsteth, livePool('lido', ETH)).paid).toEqual({ kind: 'later' })
    const other = exitOf({ ...reth, kind: 'plain' }, livePool('rocket-pool', ETH))
    expect(other.paid).toEqual({ kind: 'later' })
  })

  test('behavior: without a feed the market’s price is not known', () => {
    const ankreth = assetReading('ankrETH', ETH, rate, { poolId: 'ankr' })
    expect(exitOf(ankreth, livePool('ankr', ETH, 0n)).market).toEqual({
      why: 'No feed of a market price of ankrETH on Ethereum is known.',
    })
  })

  test('behavior: a feed of the token prices its rebasing form, and not what its rate counts', () => {
    const eeth = assetReading('eETH', ETH, ETH, { poolId: 'ether-fi', kind: 'rebasing' })
    expect(exitOf(eeth, livePool('ether-fi', 0n, ETH / 100n)).market).toMatchObject({
      ether: (101n * ETH) / 100n,
    })
    const pxeth = assetReading('pxETH', ETH, ETH, { poolId: 'dinero', kind: 'plain' })
    expect(exitOf(pxeth, livePool('dinero', undefined, ETH / 100n)).market).toEqual({
      why: 'The feed prices apxETH, not pxETH.',
    })
    // Frax's feed prices frxETH itself.
    const frxeth = assetReading('frxETH', ETH, ETH, { poolId: 'frax', kind: 'plain' })
    expect(exitOf(frxeth, livePool('frax', undefined, -ETH / 100n)).market).toMatchObject({
      ether: (99n * ETH) / 100n,
    })
  })

  test('behavior: what is not held has no way out, and ETH needs none', () => {
    const none = assetReading('rETH', 0n, rate, { poolId: 'rocket-pool' })
    const live = liveOf(livePool('rocket-pool', ETH))
    expect(exitsOf(walletReading([assetReading('ETH', ETH, ETH), none]), live)).toEqual([])
  })

  test('behavior: the largest holding comes first', () => {
    const wsteth = assetReading('wstETH', 11n * ETH, rate, { poolId: 'lido' })
    const live = liveOf(livePool('rocket-pool', ETH), livePool('lido', ETH))
    const symbols = exitsOf(walletReading([reth, wsteth]), live).map(({ asset }) => asset.symbol)
    expect(symbols).toEqual(['wstETH', 'rETH'])
  })
})
