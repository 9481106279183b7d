import { toFunctionSelector } from 'viem'
import { describe, expect, test } from 'vitest'
import { WAD } from '../../src/math/fixedPoint.ts'
import { aboutPool, aboutToken } from '../../src/pools/about.ts'
import { tokenPools } from '../../src/pools/index.ts'
import { poolOf, readsOf } from './lookup.ts'
import { NO_FEEDS } from './publishedFacts.ts'

// Mistakes that look right: each of these calls answers a number, and a wrong one.

const callDataOf = (id: string): string[] => readsOf(poolOf(id)).map(({ callData }) => callData.slice(0, 10))
const selector = (signature: string): string => toFunctionSelector(`function ${signature}`)

describe('rates', () => {
  test('behavior: Stader’s rate is asked of the manager, since the oracle answers a block first', () => {
    const { rate, supply } = poolOf('stader')
    const [manager, oracle] = [
      '0xcf5EA1b38380f6aF39068375516Daf40Ed70D299',
      '0xF64bAe65f6f2a5277571143A24FaaFDFC0C2a737',
    ]
    expect(rate.address).toBe(manager)
    expect(supply.address).toBe(poolOf('stader').token.address)
    // The same selector at the oracle is a struct of three words.
    for (const read of readsOf(poolOf('stader')).filter(({ address }) => address === oracle))
      expect(read.words).toBe(3)
  })

  test.each([
    ['dinero', 'convertToAssets(uint256)', 'assetsPerShare()'],
    ['mantle', 'mETHToETH(uint256)', 'ethToMETH(uint256)'],
    ['ankr', 'sharesToBonds(uint256)', 'ratio()'],
    ['ankr', 'sharesToBonds(uint256)', 'bondsToShares(uint256)'],
    ['lido', 'stEthPerToken()', 'tokensPerStEth()'],
    ['swell', 'swETHToETHRate()', 'ethToSwETHRate()'],
    ['liquid-collective', 'underlyingBalanceFromShares(uint256)', 'sharesFromUnderlyingBalance(uint256)'],
    ['ether-fi', 'getRate()', 'getWeETHByeETH(uint256)'],
    ['rocket-pool', 'getExchangeRate()', 'getRethValue(uint256)'],
    ['origin', 'convertToAssets(uint256)', 'rebasingCreditsPerTokenHighres()'],
    ['frax', 'convertToAssets(uint256)', 'convertToShares(uint256)'],
    ['stakewise', 'convertToAssets(uint256)', 'convertToShares(uint256)'],
  ])('behavior: %s is asked %s, and never %s', (id, right, wrong) => {
    expect(callDataOf(id)[0]).toBe(selector(right))
    expect(callDataOf(id)).not.toContain(selector(wrong))
  })

  test('behavior: StakeWise’s rate is asked of the controller, not of a price feed', () => {
    expect(poolOf('stakewise').rate).toMatchObject({
      address: '0x2A261e60FB14586B474C208b1B7AC6D0f5000306',
      args: [WAD],
    })
  })

  test.each(['frax', 'stakewise', 'stader', 'mantle', 'origin', 'dinero'])(
    'behavior: no event of %s counts as a report of its rate',
    id => {
      expect(poolOf(id).reports).toEqual([])
    },
  )
})

describe('markets', () => {
  test.each(['stakewise', 'liquid-collective', 'binance', 'ankr'])(
    'behavior: %s has no price, rather than its own rate as one',
    id => {
      expect(poolOf(id).market.kind).toBe('none')
    },
  )

  test('behavior: no feed is a rate in the shape of a price, nor in US dollars', () => {
    const feeds = tokenPools.flatMap(({ market }) =>
      market.kind === 'feed' ? [market.feed.toLowerCase()] : [],
    )
    expect(feeds.length).toBeGreaterThan(0)
    expect(NO_FEEDS.filter(address => feeds.includes(address.toLowerCase()))).toEqual([])
    expect(new Set(feeds).size).toBe(feeds.length)
  })

  test('behavior: no feed is a contract that the pool itself lists', () => {
    const own = tokenPools.filter(
      pool =>
        pool.market.kind === 'feed' &&
        aboutPool(pool)
          .contracts.map(({ address }): string => address)
          .includes(pool.market.feed),
    )
    expect(own.map(({ id }) => id)).toEqual([])
  })

  test('behavior: Lido’s feed prices stETH, so wstETH is not held against it', () => {
    expect(poolOf('lido').market).toMatchObject({ prices: 'unit', name: 'Chainlink stETH/ETH' })
  })
})

describe('totals', () => {
  test.each([
    ['lido', '0xae7ab96520DE3A18E5e111B5EaAb095312D7fE84'],
    ['ether-fi', '0x308861A430be4cce5502d0A12724771Fc6DaF216'],
  ])('behavior: %s takes the total of the whole product, of which its wrapper is a part', (id, address) => {
    const { pooled, token } = poolOf(id)
    expect(pooled).toMatchObject({ address, signature: 'getTotalPooledEther() view returns (uint256)' })
    expect(pooled?.address).not.toBe(token.address)
  })

  test.each(tokenPools)('behavior: $id never takes its supply for its total', ({ supply, pooled, token }) => {
    expect(supply).toMatchObject({ address: token.address, words: 1 })
    expect(supply.callData).toBe(selector('totalSupply()'))
    expect(pooled?.callData).not.toBe(supply.callData)
  })

  test('behavior: Ankr’s aETHb is no supply of its own', () => {
    const { supply, siblings, pooled } = poolOf('ankr')
    expect([supply.address, pooled]).toEqual(['0xE95A203B1a91a908F9B9CE46459d101078c2c3cb', undefined])
    expect(siblings.map(({ symbol }) => symbol)).toEqual(['aETHb'])
  })

  test.each([
    ['binance', /BNB Smart Chain.*not in this figure/],
    ['lido', /wrapped or not.*since Lido V3 it includes ether of external vaults/],
    ['ether-fi', /wrapped or not.*[Rr]estaking.*outside the rate/],
    ['ether-fi', /points are outside the rate/],
    ['coinbase', /on Ethereum.*other chains.*unconfirmed/],
    ['ankr', /aETHb.*not added again/],
    ['stakewise', /no osETH was minted is not in this figure/],
  ])('behavior: the note on the supply of %s says %s', (id, words) => {
    expect(aboutToken(poolOf(id)).supply).toMatch(words)
  })

  test.each(tokenPools)('behavior: $id says where its supply comes from', pool => {
    expect(aboutToken(pool).supply).toMatch(/\.$/)
  })
})
