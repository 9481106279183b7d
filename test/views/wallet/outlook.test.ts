import { describe, expect, test } from 'vitest'
import { readWallet } from '../../../src/chain/readWallet.ts'
import { DAY, WAD, YEAR } from '../../../src/math/fixedPoint.ts'
import { readBalance, readEtherBalance } from '../../../src/pools/infrastructure.ts'
import { lido } from '../../../src/pools/lido.ts'
import { origin } from '../../../src/pools/origin.ts'
import { rocketPool } from '../../../src/pools/rocketPool.ts'
import { yieldOf } from '../../../src/views/overview/poolFigures.ts'
import { earned, earnedTogether, type Outlook, outlookOf } from '../../../src/views/wallet/outlook.ts'
import { words } from '../support/facts.ts'
import { readFigures } from '../support/figures.ts'
import { ACCOUNT, createWorld, pooledOf, type World } from '../support/world.ts'

const rETH = rocketPool.token.address
const [stETH] = lido.siblings
const [OETH] = origin.siblings

function createHolder(): World {
  const world = createWorld()
  world.record(readEtherBalance(ACCOUNT), WAD)
  world.record(readBalance(rETH, ACCOUNT), 10n * WAD)
  world.record(readBalance(stETH.address, ACCOUNT), 5n * WAD)
  return world
}

async function outlook(world = createHolder(), change: Partial<Parameters<typeof outlookOf>[1]> = {}) {
  const { client, tokenPools } = world.session
  const wallet = await readWallet(client, tokenPools, [ACCOUNT])
  const { series, live } = await readFigures(world)
  const given = outlookOf(wallet, { series, live, isRead: true, window: '30d', ...change })
  return { wallet, series, live, given }
}

const prospectOf = ({ prospects }: Outlook, id: string) => prospects.get(id) ?? expect.unreachable(id)

describe('outlookOf', () => {
  test('default: what is held earns by its value at the yield of its pool', async () => {
    const { given, series } = await outlook()
    expect([...given.prospects.keys()]).toEqual(['ETH', rETH, stETH.address])
    const own = series.find(({ pool }) => pool.id === 'rocket-pool') ?? expect.unreachable()
    expect(prospectOf(given, rETH)).toMatchObject({ kind: 'earns', base: 11_030n * 10n ** 15n, rest: 0n })
    expect(prospectOf(given, rETH)).toHaveProperty('result', yieldOf(own))
    expect(prospectOf(given, stETH.address)).toMatchObject({ kind: 'earns', base: 5n * WAD })
    expect(prospectOf(given, 'ETH')).toEqual({ kind: 'still', rest: WAD })
    expect(given.weighted).toMatchObject({
      staked: 16_030n * 10n ** 15n,
      whole: 17_030n * 10n ** 15n,
      missing: [],
    })
  })

  test('behavior: over a year it earns its APY, together the sum', async () => {
    const { given } = await outlook()
    const [one, other] = [prospectOf(given, rETH), prospectOf(given, stETH.address)]
    if (one.kind !== 'earns' || other.kind !== 'earns') return expect.unreachable('both earn')
    expect(earned(one, YEAR)).toBe((one.base * one.result.apy) / WAD)
    expect(earned(prospectOf(given, 'ETH'), YEAR)).toBe(0n)
    for (const span of [DAY, 30n * DAY, YEAR])
      expect(earnedTogether(given, span)).toBe((earned(one, span) ?? 0n) + (earned(other, span) ?? 0n))
    const product = one.base * one.result.apy + other.base * other.result.apy
    expect(given.weighted.ofStaked).toBe(product / given.weighted.staked)
    expect(given.weighted.ofWhole).toBe(product / given.weighted.whole)
  })

  test('behavior: a yield that is not known leaves the whole unknown, with a reason', async () => {
    const { series } = await outlook()
    const { given } = await outlook(createHolder(), {
      series: series.map(own => (own.pool.id === 'lido' ? { ...own, points: [], starts: [] } : own)),
    })
    expect(prospectOf(given, stETH.address)).toEqual({
      kind: 'unknown',
      base: 5n * WAD,
      why: 'No rate has been read yet.',
    })
    expect(given.weighted).toMatchObject({
      missing: [stETH.address],
      ofStaked: undefined,
      ofWhole: undefined,
    })
    expect(earnedTogether(given, YEAR)).toBeUndefined()
    expect(earned(prospectOf(given, stETH.address), YEAR)).toBeUndefined()
    const early = await outlook(createHolder(), { series: [], isRead: false })
    expect(prospectOf(early.given, rETH)).toMatchObject({
      why: 'The rates of the past are still being read.',
    })
  })

  test('behavior: an asset without a value is in no total and earns nobody knows what', async () => {
    const world = createHolder()
    world.record(rocketPool.rate, 'reverts')
    const { given } = await outlook(world)
    expect(prospectOf(given, rETH)).toMatchObject({ kind: 'unknown', base: undefined })
    expect(given.weighted).toMatchObject({ staked: 5n * WAD, whole: 6n * WAD })
  })

  test('behavior: only the part of OETH that rebases earns', async () => {
    const world = createWorld()
    world.record(readBalance(OETH.address, ACCOUNT), 4n * WAD)
    const all = await outlook(world)
    expect(prospectOf(all.given, OETH.address)).toMatchObject({ kind: 'earns', base: 4n * WAD, rest: 0n })
    world.record(OETH.credits(ACCOUNT), words(4n * WAD, WAD, 1n))
    const none = await outlook(world)
    expect(prospectOf(none.given, OETH.address)).toEqual({ kind: 'still', rest: 4n * WAD })
    world.record(OETH.credits(ACCOUNT), 'reverts')
    const unclear = await outlook(world)
    expect(prospectOf(unclear.given, OETH.address)).toMatchObject({
      kind: 'unknown',
      base: 4n * WAD,
      why: expect.stringContaining('rebasing'),
    })
  })

  test('behavior: where one account of two rebases, its part alone earns', async () => {
    const world = createWorld()
    world.record(readBalance(OETH.address, ACCOUNT), 4n * WAD)
    const { wallet, series, live } = await outlook(world)
    const assets = wallet.assets.map(asset => (asset.id === OETH.address ? { ...asset, idle: WAD } : asset))
    const given = outlookOf({ ...wallet, assets }, { series, live, isRead: true, window: '30d' })
    expect(prospectOf(given, OETH.address)).toMatchObject({ kind: 'earns', base: 3n * WAD, rest: WAD })
    expect(given.weighted).toMatchObject({ staked: 3n * WAD, whole: 4n * WAD })
  })

  test('behavior: the share of the pool is of all that stands behind it, where the asset is in that', async () => {
    const world = createHolder()
    world.record(readBalance(OETH.address, ACCOUNT), WAD)
    const { given } = await outlook(world)
    expect(given.shares.get(stETH.address)).toMatchObject({ value: (5n * WAD * WAD) / pooledOf(lido) })
    // 400,000 tokens at 1.103.
    expect(given.shares.get(rETH)).toMatchObject({ value: (10n * WAD) / 400_000n })
    expect(given.shares.get(OETH.address)).toEqual({
      why: 'OETH is not in the supply that is read of Origin.',
    })
    expect(given.shares.get('ETH')).toHaveProperty('why')
    const { given: early } = await outlook(world, { live: undefined })
    expect(early.shares.get(rETH)).toEqual({ why: 'The supply of the pool has not been read.' })
  })
})
