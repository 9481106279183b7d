import { type AbiEvent, getAddress, parseAbiItem, toEventSelector, toFunctionSelector } from 'viem'
import { describe, expect, test } from 'vitest'
import { WAD } from '../../src/math/fixedPoint.ts'
import { isTokenPool, poolKey, type ReportEvent, type TokenPool } from '../../src/pools/definePool.ts'
import { pools, tokenPools } from '../../src/pools/index.ts'
import { lidoRebases, reportRows } from '../support/vectors.ts'

/** Selectors and topics as others published or used them, not as computed from the definitions. */
const SELECTORS: Readonly<Record<string, readonly string[]>> = {
  'rocket-pool': ['0xe6aa216c', '0x18160ddd'],
  ankr: ['0x6c58d43d', '0x18160ddd'],
  lido: ['0x035faf82', '0x18160ddd', '0x37cfdaca'],
}
const TOPICS: Readonly<Record<string, readonly string[]>> = {
  'rocket-pool': [
    '0x7bbbb137fdad433d6168b1c75c714c72b8abe8d07460f0c0b433063e7bf1f394',
    '0xdd27295717c4fbd48b1840f846e18be6f0b7bd6b55608e697e53b15848cecdf9',
  ],
  ankr: ['0xb779c97cee7508e970bdead8c3ef0bd16f8c63dbba28fe88f7c7a56722fc564d'],
  lido: ['0xff08c3ef606d198e316ef5b822193c489965899eb4e3c248cea1a4626c3eda50'],
}
/** One figure that each token's contract answered on mainnet. */
const REAL_RATES: Readonly<Record<string, bigint>> = {
  'rocket-pool': 1_172_468_133_468_041_111n,
  ankr: 1_132_960_707_209_371_965n,
  lido: 1_244_787_728_742_679_575n,
}

const readsOf = ({ rate, supply, pooled }: TokenPool) => [
  rate,
  supply,
  ...(pooled === undefined ? [] : [pooled]),
]

const addressesOf = (pool: TokenPool) => [
  pool.token.address,
  ...readsOf(pool).map(({ address }) => address),
  ...pool.siblings.map(({ address }) => address),
  ...pool.reports.flatMap(({ addresses }) => addresses),
]

const reportOf = (id: string, index: number): ReportEvent =>
  tokenPools.find(pool => pool.id === id)?.reports[index] ??
  expect.unreachable(`${id} has no report ${index}`)

const eventOf = ({ signature }: ReportEvent): AbiEvent =>
  parseAbiItem([`event ${signature}`] as readonly string[]) as unknown as AbiEvent

describe('every pool', () => {
  test('default: the pools that were asked for, in their order', () => {
    expect(pools.map(({ id }) => id)).toEqual(['rocket-pool', 'ankr', 'staked', 'lido'])
    expect(tokenPools).toEqual(pools.filter(isTokenPool))
    expect(tokenPools).toHaveLength(3)
  })

  test('behavior: ids, names and colours are unique', () => {
    expect(new Set(pools.map(({ id }) => id)).size).toBe(pools.length)
    expect(new Set(pools.map(({ name }) => name)).size).toBe(pools.length)
    expect(new Set(tokenPools.map(({ colour }) => colour)).size).toBe(tokenPools.length)
  })

  test.each(pools)('behavior: $id can stand in a URL, has contracts and https links', pool => {
    expect(pool.id).toMatch(/^[a-z][a-z-]*$/)
    expect(pool.contracts.length).toBeGreaterThan(0)
    expect(pool.links.length).toBeGreaterThan(0)
    for (const { url, label } of pool.links) {
      expect(new URL(url).protocol).toBe('https:')
      expect(label).not.toBe('')
    }
    expect(pool.summary).toMatch(/\.$/)
  })

  test.each(pools)('behavior: the addresses of $id carry a right checksum', pool => {
    const addresses = [
      ...pool.contracts.map(({ address }) => address),
      ...(isTokenPool(pool) ? addressesOf(pool) : []),
    ]
    // viem would mend the letters of any address: only an equal text proves that none was mistyped.
    for (const address of addresses) expect(getAddress(address.toLowerCase())).toBe(address)
  })

  test.each(pools.filter(pool => !isTokenPool(pool)))('behavior: $id says why it has no figures', pool => {
    expect(pool).toHaveProperty('reason', expect.stringMatching(/\.$/))
  })
})

describe('every pool with a token', () => {
  test.each(tokenPools)('behavior: the calls of $id have the published selectors', pool => {
    expect(readsOf(pool).map(({ callData }) => callData.slice(0, 10))).toEqual(SELECTORS[pool.id])
    for (const { signature, callData } of readsOf(pool))
      expect(toFunctionSelector(`function ${signature}`)).toBe(callData.slice(0, 10))
  })

  test.each(tokenPools)('behavior: the reports of $id have the published topics', pool => {
    expect(pool.reports.map(report => toEventSelector(eventOf(report)))).toEqual(TOPICS[pool.id])
    for (const { addresses } of pool.reports) expect(addresses.length).toBeGreaterThan(0)
  })

  test.each(tokenPools)(
    'behavior: the bounds of $id hold a real rate, and neither 0 nor its inverse',
    pool => {
      const { lowest, highest } = pool.bounds
      const real = REAL_RATES[pool.id] ?? expect.unreachable(`no real rate of ${pool.id}`)
      expect(lowest < real && real < highest).toBe(true)
      expect(lowest > 0n && WAD ** 2n / real < lowest).toBe(true)
    },
  )

  test.each(tokenPools)('behavior: contracts that $id reads are among those it lists', pool => {
    const listed = pool.contracts.map(({ address }) => address)
    for (const address of addressesOf(pool)) expect(listed).toContain(address)
  })

  test.each(tokenPools)('behavior: $id was deployed on mainnet, reports daily and counts in ETH', pool => {
    expect(pool.firstBlock).toBeGreaterThan(10_000_000n)
    expect([pool.cadence, pool.unit]).toEqual([86_400n, 'ETH'])
  })

  test('behavior: no token counts for two pools, nor as a token and a sibling', () => {
    const tokens = tokenPools.flatMap(({ token, siblings }) => [
      token.address,
      ...siblings.map(({ address }) => address),
    ])
    expect(new Set(tokens).size).toBe(tokens.length)
  })

  test('behavior: keys of the sample store differ', () => {
    expect(new Set(tokenPools.map(poolKey)).size).toBe(tokenPools.length)
  })
})

describe('reports', () => {
  test.each(reportRows)('behavior: Rocket Pool’s report of block $block gives its rate', row => {
    const { block, totalEth, stakingEth, rethSupply, time } = row
    const [old, current] = [reportOf('rocket-pool', 0), reportOf('rocket-pool', 1)]
    expect(old.rate({ block, totalEth, stakingEth, rethSupply, time })).toBe(row.rate)
    expect(current.rate({ block, totalEth, stakingEth, rethSupply, slotTimestamp: 1n })).toBe(row.rate)
  })

  test('behavior: an empty Rocket Pool counts as 1, as its token answers', () => {
    expect(reportOf('rocket-pool', 0).rate({ totalEth: 0n, rethSupply: 0n })).toBe(WAD)
  })

  test('behavior: Rocket Pool’s reports are measured at their slot, or else at their block, never when they landed', () => {
    const args = {
      block: 20_682_453n,
      slotTimestamp: 1_725_516_000n,
      blockTimestamp: 1_725_516_767n,
      time: 1_725_516_767n,
    }
    expect(reportOf('rocket-pool', 0).measured(args)).toEqual({ block: 20_682_453n })
    expect(reportOf('rocket-pool', 1).measured(args)).toEqual({ measuredAt: 1_725_516_000n })
    expect(reportOf('rocket-pool', 1).measured({})).toEqual({})
  })

  test('behavior: Rocket Pool’s reference block is data in the older event and a topic in the newer', () => {
    const indexed = (index: number) =>
      eventOf(reportOf('rocket-pool', index))
        .inputs.filter(input => input.indexed === true)
        .map(({ name }) => name)
    expect([indexed(0), indexed(1)]).toEqual([[], ['block']])
  })

  test('behavior: Rocket Pool’s four contracts are split over the two events', () => {
    expect([0, 1].map(index => reportOf('rocket-pool', index).addresses)).toEqual([
      ['0x138313f102cE9a0662F826fCA977E3ab4D6e5539', '0x07FCaBCbe4ff0d80c2b1eb42855C0131b6cba2F4'],
      ['0x6Cc65bF618F55ce2433f9D8d827Fc44117D81399', '0x1D9F14C6Bfd8358b589964baD8665AdD248E9473'],
    ])
  })

  test('behavior: Ankr’s ratio is turned the right way up', () => {
    // Worked examples of Ankr's documentation.
    const { rate, measured } = reportOf('ankr', 0)
    expect(rate({ newRatio: 882_643_143_435_334_753n })).toBe(1_132_960_707_209_371_965n)
    expect(rate({ newRatio: 882_718_285_663_503_849n })).toBe(1_132_864_262_858_608_623n)
    expect(rate({ newRatio: 0n })).toBe(0n)
    expect(measured({ newRatio: 1n })).toEqual({})
  })

  test.each(lidoRebases)('behavior: Lido’s rebase after $timeElapsed s gives ether per share', rebase => {
    const { postTotalEther, postTotalShares } = rebase
    const { rate, measured } = reportOf('lido', 0)
    expect(rate({ ...rebase, aprPercent: 0n })).toBe((postTotalEther * WAD) / postTotalShares)
    expect(measured({ reportTimestamp: 1_790_251_211n })).toEqual({ measuredAt: 1_790_251_211n })
    expect(measured({})).toEqual({})
  })

  test('behavior: a rebase of nothing has no rate, which the bounds refuse', () => {
    expect(reportOf('lido', 0).rate({ postTotalEther: 0n, postTotalShares: 0n })).toBe(0n)
  })
})
