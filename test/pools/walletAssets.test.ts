import { encodeFunctionData, getAddress, parseAbiItem, toFunctionSelector } from 'viem'
import { describe, expect, test } from 'vitest'
import { WAD } from '../../src/math/fixedPoint.ts'
import { tokenPools } from '../../src/pools/index.ts'
import { readBalance, readEtherBalance } from '../../src/pools/infrastructure.ts'
import { type WalletAsset, walletAssets } from '../../src/pools/walletAssets.ts'

const ACCOUNT = '0x52908400098527886E0F7030069857D2E4169EE7'
const OETH = '0x856c4Efb76C1D1AE02e20CEB03A2A6a08b0b8dC3'

const assets = walletAssets(tokenPools)
const assetOf = (id: string): WalletAsset =>
  assets.find(asset => asset.id === id || asset.symbol === id) ?? expect.unreachable(`no ${id}`)
const namesOf = (kind: WalletAsset['kind']): string[] =>
  assets.filter(asset => asset.kind === kind).map(({ symbol }) => symbol)

/** All that an asset asks of one account, and its rate. */
const readsOf = ({ balance, units, rate }: WalletAsset) => [
  balance(ACCOUNT),
  ...units.reads(ACCOUNT),
  ...(rate === undefined ? [] : [rate.read]),
]

describe('walletAssets', () => {
  test('default: ETH, the token of every pool, and what stands beside them', () => {
    expect(namesOf('ether')).toEqual(['ETH'])
    expect(namesOf('token')).toEqual(tokenPools.map(({ token }) => token.symbol))
    expect(namesOf('rebasing').sort()).toEqual(['OETH', 'aETHb', 'eETH', 'stETH'])
    expect(namesOf('plain').sort()).toEqual(['OETH', 'frxETH', 'pxETH'])
    expect(new Set(assets.map(({ id }) => id)).size).toBe(assets.length)
  })

  test('behavior: the same objects each time', () => {
    expect(walletAssets(tokenPools)).toBe(assets)
    expect(walletAssets([...tokenPools])).not.toBe(assets)
  })

  test('behavior: selectors are those of the signatures, and viem encodes the calls alike', () => {
    for (const read of assets.flatMap(readsOf)) {
      const item = parseAbiItem([`function ${read.signature}`] as readonly string[])
      expect(toFunctionSelector(`function ${read.signature}`)).toBe(read.callData.slice(0, 10))
      expect(encodeFunctionData({ abi: [item], args: read.args })).toBe(read.callData)
      expect(getAddress(read.address.toLowerCase())).toBe(read.address)
    }
  })

  test('behavior: only a part of another asset has no row of its own, and its balance is that one’s', () => {
    const parts = assets.filter(({ partOf }) => partOf !== undefined)
    expect(parts.map(({ id, partOf }) => [id, partOf])).toEqual([[`${OETH}:still`, OETH]])
    const balances = assets.filter(({ partOf }) => partOf === undefined).map(asset => asset.balance(ACCOUNT))
    expect(new Set(balances.map(({ address, callData }) => address + callData)).size).toBe(balances.length)
  })

  test.each([
    ['ETH', [readEtherBalance(ACCOUNT).callData], 'none', undefined],
    ['rETH', [readBalance(OETH, ACCOUNT).callData], 'tokens', '0xe6aa216c'],
    ['stETH', ['0xf5eb42dc'], 'shares', '0x7a28fb88'],
    ['eETH', ['0xce7c2ac2'], 'shares', '0x561bddf8'],
    ['aETHb', ['0x9bbb02da'], 'net', '0x6c58d43d'],
    [OETH, ['0xe5c4fffe', '0x7a46a9c5', '0x70a08231'], 'net', '0x7a46a9c5'],
    [`${OETH}:still`, ['0xe5c4fffe', '0x7a46a9c5', '0x70a08231'], 'net', undefined],
    ['frxETH', ['0x70a08231'], 'tokens', undefined],
    ['pxETH', ['0x70a08231'], 'tokens', undefined],
  ] as const)('behavior: %s is asked its units and its rate as published', (id, units, moves, rate) => {
    const asset = assetOf(id)
    expect(asset.units.reads(ACCOUNT).map(({ callData }) => callData.slice(0, 10))).toEqual(
      units.map(text => text.slice(0, 10)),
    )
    expect(asset.moves).toBe(moves)
    expect(asset.rate?.read.callData.slice(0, 10)).toBe(rate)
  })

  test.each(['rETH', 'stETH', 'eETH', 'aETHb', 'frxETH'])(
    'behavior: units of %s are the first word, its rate the word itself',
    id => {
      const { units, rate } = assetOf(id)
      expect(units.of([[7n]])).toBe(7n)
      if (rate !== undefined) expect(rate.of(11n)).toBe(11n)
    },
  )

  test('behavior: credits in rebasing are units by a rate that rises as their number falls', () => {
    const { units, rate } = assetOf(OETH)
    const [credits, perToken] = [18n * 10n ** 26n, 9n * 10n ** 26n]
    const words = [[credits, perToken, 1n], [perToken], [2n * WAD]]
    const held = units.of(words)
    expect(held).toBe(18n * 10n ** 17n)
    const worth = rate?.of(perToken) ?? 0n
    expect(worth).toBe(10n ** 45n / perToken)
    // What OETH's own balanceOf makes of them: credits × 1e18 ÷ creditsPerToken.
    expect(((held ?? 0n) * worth) / WAD).toBe((credits * WAD) / perToken - 1n)
    expect(assetOf(`${OETH}:still`).units.of(words)).toBe(0n)
    expect(rate?.of(0n)).toBe(0n)
  })

  test('behavior: credits that are not what the balance is made of are no units', () => {
    const perToken = 9n * 10n ** 26n
    const unitsFor = (balance: bigint) =>
      assetOf(OETH).units.of([[18n * 10n ** 26n, perToken, 1n], [perToken], [balance]])
    expect(unitsFor(2n * WAD + 10n)).toBe(18n * 10n ** 17n)
    expect(unitsFor(2n * WAD - 10n)).toBe(18n * 10n ** 17n)
    // Others have given their yield to this account: their credits are among its own.
    expect(unitsFor(2n * WAD - 11n)).toBeUndefined()
    expect(unitsFor(WAD)).toBeUndefined()
    expect(assetOf(OETH).units.of([[0n, 0n, 0n], [0n], [0n]])).toBe(0n)
  })

  test('behavior: an account outside rebasing holds its balance as it is, and no credits', () => {
    const words = [[5n * WAD, WAD, 1n], [9n * 10n ** 26n], [5n * WAD]]
    expect(assetOf(OETH).units.of(words)).toBe(0n)
    expect(assetOf(`${OETH}:still`).units.of(words)).toBe(5n * WAD)
  })

  test('behavior: rates are judged by the rules of their pools; stETH is older than its wrapper', () => {
    for (const { pool, rate, firstBlock, symbol } of assets) {
      if (rate === undefined || pool === undefined) continue
      expect(rate.bounds).toBe(pool.bounds)
      expect(rate.firstBlock).toBe(firstBlock)
      expect(firstBlock).toBe(symbol === 'stETH' ? 11_473_216n : pool.firstBlock)
    }
    expect(assetOf('cbETH').rate?.zeroUntil).toBeGreaterThan(0n)
    expect(assetOf('cbETH').readableBy).toBe(assetOf('cbETH').pool?.readableBy)
    expect(assetOf('stETH').readableBy).toBe(11_473_216n)
  })

  test('behavior: each says what its value counts, and those that are no ETH say so in words', () => {
    for (const { unit, note, partOf } of assets)
      if (unit !== 'ETH' && partOf === undefined) expect(note).toContain(`1 ${unit} `)
    expect(assetOf('stETH').unit).toBe('ETH')
    expect(assetOf('sfrxETH').unit).toBe('frxETH')
  })
})
