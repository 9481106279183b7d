import { describe, expect, test } from 'vitest'
import { WAD } from '../../src/math/fixedPoint.ts'
import { definePool, isTokenPool, poolKey, type TokenPool } from '../../src/pools/definePool.ts'
import { lido } from '../../src/pools/lido.ts'
import { defineRead } from '../../src/pools/read.ts'
import { staked } from '../../src/pools/staked.ts'

const pool: TokenPool = lido
const other = '0x1d8f8f00cfa6758d7bE78336684788Fb0ee0Fa46'

describe('poolKey', () => {
  test('default: the id and a fingerprint, the same each time', () => {
    expect(poolKey(pool)).toMatch(/^lido@[0-9a-f]{8}$/)
    expect(poolKey({ ...pool })).toBe(poolKey(pool))
  })

  test.each<[string, Partial<TokenPool>]>([
    ['the function of the rate', { rate: defineRead(pool.rate.address, 'getRate() view returns (uint256)') }],
    ['the contract of the rate', { rate: defineRead(other, pool.rate.signature) }],
    ['the contract of the supply', { supply: defineRead(other, pool.supply.signature) }],
    [
      'the function of the pooled ETH',
      { pooled: defineRead(pool.supply.address, 'getTotalShares() view returns (uint256)') },
    ],
    [
      'an argument',
      { rate: defineRead(pool.rate.address, 'sharesToBonds(uint256 amount) view returns (uint256)', [WAD]) },
    ],
    ['what is refused as impossible', { bounds: { ...pool.bounds, highest: 3n * WAD } }],
  ])('behavior: %s changes the key', (_, change) => {
    expect(poolKey({ ...pool, ...change })).not.toBe(poolKey(pool))
  })

  test('behavior: two arguments make two keys', () => {
    const of = (amount: bigint) =>
      poolKey({
        ...pool,
        rate: defineRead(pool.rate.address, 'sharesToBonds(uint256) view returns (uint256)', [amount]),
      })
    expect(of(WAD)).not.toBe(of(2n * WAD))
  })

  test('behavior: a pool that stops reading its pooled ETH has another key', () => {
    const { pooled: _, ...without } = pool
    expect(poolKey(without)).not.toBe(poolKey(pool))
  })

  test('behavior: words, colours and links change nothing', () => {
    const reworded = { ...pool, name: 'L', summary: 's', supplyNote: 'n', colour: 9, links: [], cadence: 1n }
    expect(poolKey(reworded)).toBe(poolKey(pool))
  })
})

test('behavior: a pool is what was defined, and has a token or not', () => {
  expect(definePool(lido)).toBe(lido)
  expect([isTokenPool(lido), isTokenPool(staked)]).toEqual([true, false])
})
