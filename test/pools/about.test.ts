import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { aboutPool, aboutToken, aboutTokenless, NothingAbout } from '../../src/pools/about.ts'
import { pools, tokenPools } from '../../src/pools/index.ts'
import { lido } from '../../src/pools/lido.ts'
import { staked } from '../../src/pools/staked.ts'

const filesIn = (folder: string): string[] =>
  readdirSync(join(import.meta.dirname, '../../src/pools', folder)).filter(name => name.endsWith('.ts'))

describe('aboutPool', () => {
  test('default: a pool with a token, and one without', () => {
    expect(aboutPool(lido)).toBe(aboutToken(lido))
    expect(aboutPool(lido).summary).toContain('stETH')
    expect(aboutPool(staked)).toBe(aboutTokenless(staked))
    expect(aboutTokenless(staked).reason).toContain('Nothing on chain')
  })

  test('behavior: every pool has words of its own, in a file of its name', () => {
    const words = pools.map(aboutPool)
    expect(new Set(words).size).toBe(pools.length)
    expect(new Set(words.map(({ summary }) => summary)).size).toBe(pools.length)
    const files = filesIn('about')
    expect(files).toHaveLength(pools.length)
    expect(files.filter(name => !filesIn('.').includes(name))).toEqual([])
  })

  test.each(tokenPools)('behavior: what is said about $id is about its token and no other', pool => {
    const { contracts } = aboutPool(pool)
    expect(contracts.map(({ address }) => address)).toContain(pool.token.address)
  })

  test.each(tokenPools)('behavior: what is said about $id has a figure that it is said of', pool => {
    const { fee, market, lastReport } = aboutToken(pool)
    expect(fee === undefined || pool.fee.kind === 'read').toBe(true)
    expect(market === undefined || pool.market.kind === 'feed').toBe(true)
    expect(lastReport === undefined).toBe(pool.lastReport === undefined)
    for (const words of [fee, market, lastReport]) expect(words ?? '.').toMatch(/\.$/)
  })

  test('error: NothingAbout', () => {
    expect(() => aboutPool({ ...lido, id: 'nobody' })).toThrow(NothingAbout)
    expect(() => aboutPool({ ...staked, id: 'lido' })).toThrow(NothingAbout)
  })
})
