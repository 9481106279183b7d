import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { getAddress } from 'viem'
import { describe, expect, test } from 'vitest'
import { DAY, WAD } from '../../src/math/fixedPoint.ts'
import { aboutPool, aboutToken } from '../../src/pools/about.ts'
import { isTokenPool, poolKey } from '../../src/pools/definePool.ts'
import { pools, tokenPools } from '../../src/pools/index.ts'
import { addressesOf, poolOf } from './lookup.ts'
import { EXITS, FEEDS, FEES, FIRST_BLOCKS, MADE_WITHIN, RATES, REAL_RATES } from './publishedFacts.ts'

const tokens = readFileSync(join(import.meta.dirname, '../../src/styles/tokens.css'), 'utf8')

/** When the beacon chain began, in seconds and in blocks of its deposit contract: nothing was staked before. */
const BEACON = { genesis: 1_606_824_023n, depositContract: 11_052_984n }

const repeated = (values: readonly unknown[]): unknown[] =>
  values.filter((value, index) => values.indexOf(value) !== index)

describe('every pool', () => {
  test('default: the pools that were asked for, in their order', () => {
    const ids =
      'rocket-pool ankr staked lido coinbase binance frax stakewise stader mantle swell liquid-collective'
    expect(pools.slice(0, 15).map(({ id }) => id)).toEqual([
      ...ids.split(' '),
      'ether-fi',
      'origin',
      'dinero',
    ])
    expect(tokenPools).toEqual(pools.filter(isTokenPool))
  })

  test('behavior: ids, names, symbols, colours, tokens and keys are unique', () => {
    expect(repeated(pools.map(({ id }) => id))).toEqual([])
    expect(repeated(pools.map(({ name }) => name))).toEqual([])
    expect(repeated(tokenPools.map(({ token }) => token.symbol))).toEqual([])
    expect(repeated(tokenPools.map(({ colour }) => colour))).toEqual([])
    expect(repeated(tokenPools.map(poolKey))).toEqual([])
    // No token counts for two pools, nor as a token and a sibling.
    const counted = tokenPools.flatMap(({ token, siblings }) => [token, ...siblings])
    expect(repeated(counted.map(({ address }) => address))).toEqual([])
  })

  test('behavior: each colour is in the palette', () => {
    const missing = tokenPools.filter(({ colour }) => !tokens.includes(`--pool-${colour}:`))
    expect(missing.map(({ id, colour }) => `${id}: ${colour}`)).toEqual([])
    // The neutral one is nobody's.
    expect(tokenPools.filter(({ colour }) => !Number.isInteger(colour) || colour < 1)).toEqual([])
  })

  test.each(pools)('behavior: $id can stand in a URL, has a category, contracts, and https links', pool => {
    expect(pool.id).toMatch(/^[a-z]+(-[a-z]+)*$/)
    expect(['protocol', 'exchange', 'restaking', 'institution', 'wrapper']).toContain(pool.category)
    expect(aboutPool(pool).contracts.length).toBeGreaterThan(0)
    expect(aboutPool(pool).links.length).toBeGreaterThan(0)
    for (const { url, label } of aboutPool(pool).links) {
      expect(new URL(url).protocol).toBe('https:')
      expect(label).not.toBe('')
    }
    expect(aboutPool(pool).summary).toMatch(/\.$/)
  })

  test.each(pools)('behavior: the addresses of $id carry a right checksum', pool => {
    const addresses = aboutPool(pool).contracts.map(({ address }): string => address)
    if (isTokenPool(pool)) addresses.push(...addressesOf(pool))
    if (isTokenPool(pool) && pool.market.kind === 'feed') addresses.push(pool.market.feed)
    // viem would mend the letters of any address: only an equal text proves that none was mistyped.
    for (const address of addresses) expect(getAddress(address.toLowerCase())).toBe(address)
  })

  test.each(pools)('behavior: $id lists no contract twice', pool => {
    const { contracts } = aboutPool(pool)
    expect(repeated(contracts.map(({ address }) => address))).toEqual([])
    expect(repeated(contracts.map(({ name }) => name))).toEqual([])
  })

  test.each(pools.filter(pool => !isTokenPool(pool)))('behavior: $id says why it has no figures', pool => {
    expect(aboutPool(pool)).toHaveProperty('reason', expect.stringMatching(/\.$/))
  })
})

describe('every pool with a token', () => {
  test.each(tokenPools)('behavior: contracts that $id reads are among those it lists', pool => {
    const listed = aboutPool(pool).contracts.map(({ address }) => address)
    for (const address of addressesOf(pool)) expect(listed).toContain(address)
  })

  test.each(tokenPools)('behavior: the bounds of $id hold rates, and no number of another scale', pool => {
    const isWithin = (rate: bigint) => pool.bounds.lowest <= rate && rate <= pool.bounds.highest
    // Every token began at 1, and most of those read here are below 1.3.
    for (const rate of [WAD, (13n * WAD) / 10n]) expect(isWithin(rate)).toBe(true)
    for (const scale of [0n, 4n, 6n, 8n, 9n, 15n, 16n, 19n, 21n, 27n])
      expect(isWithin((11n * 10n ** scale) / 10n)).toBe(false)
    const strangers = [0n, 1n, 2n ** 256n - 1n, 26_000_000n, 1_790_000_000n, WAD / 2n, 3n * WAD]
    for (const rate of strangers) expect(isWithin(rate)).toBe(false)
  })

  test.each(Object.entries(REAL_RATES))('behavior: the bounds of %s hold a real rate', (id, real) => {
    const { lowest, highest } = poolOf(id).bounds
    expect(lowest < real && real < highest).toBe(true)
  })

  // Not of every token: at 1.086 the inverse is 0.921, as low as a rate may fall, and only the call tells them apart.
  test.each(['rocket-pool', 'ankr', 'lido', 'coinbase'])(
    'behavior: the bounds of %s refuse its inverse',
    id => {
      const real = REAL_RATES[id] ?? expect.unreachable(`no real rate of ${id}`)
      expect(WAD ** 2n / real < poolOf(id).bounds.lowest).toBe(true)
    },
  )

  test.each(tokenPools)('behavior: $id is younger than the beacon chain, and reports within days', pool => {
    const { firstBlock, readableBy, zeroUntil, cadence } = pool
    expect(firstBlock).toBeGreaterThan(BEACON.depositContract)
    if (readableBy !== undefined) expect(readableBy).toBeGreaterThan(firstBlock)
    if (zeroUntil !== undefined) {
      expect(zeroUntil).toBeGreaterThan(BEACON.genesis)
      // Seconds, not milliseconds.
      expect(zeroUntil).toBeLessThan(2n * BEACON.genesis)
    }
    expect(cadence >= 3600n && cadence <= 7n * DAY).toBe(true)
  })

  test.each(Object.entries(FIRST_BLOCKS))('behavior: %s is read from its published block on', (id, block) => {
    expect(poolOf(id).firstBlock).toBe(block)
  })

  test.each(Object.entries(MADE_WITHIN))('behavior: %s may refuse while it may not exist', (id, blocks) => {
    const { firstBlock, readableBy } = poolOf(id)
    expect(firstBlock).toBeLessThanOrEqual(blocks[0])
    expect(readableBy).toBeGreaterThanOrEqual(blocks[1])
  })

  test('behavior: only cbETH answers 0 without being empty, until the day of its first rate has passed', () => {
    const { zeroUntil } = poolOf('coinbase')
    expect(zeroUntil).toBe(BigInt(Date.UTC(2022, 5, 17)) / 1000n)
  })

  test.each(tokenPools.flatMap(({ id, dust }) => (dust === undefined ? [] : [{ id, dust }])))(
    'behavior: dust of $id is less than any report',
    ({ dust }) => {
      expect(dust > 0n && dust <= WAD / 100_000n).toBe(true)
    },
  )

  test.each(['ether-fi', 'mantle'])('behavior: %s, whose users move its rate by rounding, has dust', id => {
    expect(poolOf(id).dust).toBe(WAD / 1_000_000n)
  })

  test.each(
    tokenPools.flatMap(({ id, lastReport }) => (lastReport === undefined ? [] : [{ id, lastReport }])),
  )('behavior: $id tells its last report in a word of the answer', ({ id, lastReport }) => {
    const { read, word = 0, less, gives } = lastReport
    expect(word >= 0 && word < read.words).toBe(true)
    // Only a time has an end to count back from.
    expect(less === undefined || gives === 'time').toBe(true)
    expect(less === undefined || (less > 0n && less <= 7n * DAY)).toBe(true)
    expect(aboutToken({ id }).lastReport).toMatch(/\.$/)
  })

  test.each(tokenPools)('behavior: only a stream of $id has an end', pool => {
    expect(pool.accrual === 'continuous' || pool.streamEnd === undefined).toBe(true)
  })

  test('behavior: Stader’s oracle tells a block, first of its words', () => {
    expect(poolOf('stader').lastReport).toMatchObject({ gives: 'block' })
    expect(poolOf('stader').lastReport?.word ?? 0).toBe(0)
  })

  test('behavior: seven days are taken off the end of Dinero’s stream, and nothing off Frax’s beginning', () => {
    expect(poolOf('dinero').lastReport).toMatchObject({ gives: 'time', less: 7n * DAY })
    expect(poolOf('frax').lastReport?.less).toBeUndefined()
  })

  test.each(['rocket-pool', 'frax', 'swell', 'dinero'])('behavior: %s tells the time of its report', id => {
    expect(poolOf(id).lastReport).toMatchObject({ gives: 'time' })
    expect(poolOf(id).lastReport?.word ?? 0).toBe(0)
  })
})

describe('exits', () => {
  test.each(tokenPools)('behavior: $id says how to leave, and of what its figures are', pool => {
    const { exit } = pool
    expect(aboutToken(pool).exit).toMatch(/\.$/)
    expect(repeated(exit.figures.map(({ label }) => label))).toEqual([])
    for (const figure of exit.figures)
      expect(figure.kind === 'share' ? figure.whole > 0n : figure.unit !== '').toBe(true)
  })

  test.each(Object.entries(EXITS))('behavior: the figures of %s count what is published', (id, published) => {
    const { figures } = poolOf(id).exit
    expect(figures.map(figure => (figure.kind === 'share' ? figure.whole : figure.unit))).toEqual(published)
  })
})

describe('fees', () => {
  test.each(tokenPools)(
    'behavior: the fee of $id is read as a part of a whole, or has a source',
    ({ fee }) => {
      if (fee.kind === 'read') {
        expect(fee.reads.length).toBeGreaterThan(0)
        expect(fee.reads.map(({ words }) => words)).toEqual(fee.reads.map(() => 1))
        expect(fee.whole > 0n).toBe(true)
      } else if (fee.kind === 'published') {
        expect(fee.fraction > 0n && fee.fraction < WAD).toBe(true)
        expect(fee.source).not.toBe('')
        expect(fee.date).toMatch(/^20\d\d-\d\d-\d\d$/)
        expect(new Date(fee.date).toISOString().slice(0, 10)).toBe(fee.date)
      } else expect(fee.why).toMatch(/\.$/)
    },
  )

  test.each(Object.entries(FEES))('behavior: the fee of %s is as published', (id, published) => {
    const { fee } = poolOf(id)
    expect(fee.kind === 'unknown').toBe(published === undefined)
    expect(fee).toMatchObject(published ?? {})
  })
})

describe('rates and markets', () => {
  test.each(Object.entries(RATES))('behavior: %s counts and grows as published', (id, [unit, accrual]) => {
    expect(poolOf(id)).toMatchObject({ unit, accrual })
  })

  test.each(Object.entries(FEEDS))(
    'behavior: %s is priced by the published feed or none',
    (id, published) => {
      const { market } = poolOf(id)
      if (published === 'none') expect(market.kind).toBe('none')
      else expect(market).toMatchObject({ kind: 'feed', feed: published[0], prices: published[1] })
    },
  )

  test.each(tokenPools)('behavior: the feed of $id is named after what it prices, in ETH', pool => {
    const { market, token } = pool
    if (market.kind === 'none') expect(market.why).toMatch(/\.$/)
    else {
      expect(market.name).toMatch(/\w\/ETH$/)
      expect(market.name.endsWith(` ${token.symbol}/ETH`)).toBe(market.prices === 'token')
    }
  })

  test.each(tokenPools.filter(({ unit }) => unit !== 'ETH'))(
    'behavior: $id says that it counts $unit',
    pool => {
      const said = aboutToken(pool)
      expect(said.supply).toContain(pool.unit)
      if (pool.market.kind === 'feed') expect(said.market).toContain(pool.unit)
    },
  )
})
