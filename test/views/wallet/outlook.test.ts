import { describe, expect, test } from 'vitest'
import { readWallet } from '../../../src/chain/readWallet.ts'
import { WAD } from '../../../src/math/fixedPoint.ts'
import { readBalance, readEtherBalance } from '../../../src/pools/infrastructure.ts'
import { lido } from '../../../src/pools/lido.ts'
import { origin } from '../../../src/pools/origin.ts'
import { rocketPool } from '../../../src/pools/rocketPool.ts'
import { yieldOf } from '../../../src/views/overview/poolFigures.ts'
import { type WindowOutlook, windowOutlook } from '../../../src/views/wallet/outlook.ts'
import { words } from '../support/facts.ts'
import { readFigures } from '../support/figures.ts'
import { ACCOUNT, createWorld, type World } from '../support/world.ts'

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

async function outlook(world = createHolder(), change: Partial<Parameters<typeof windowOutlook>[1]> = {}) {
  const { client, tokenPools } = world.session
  const wallet = await readWallet(client, tokenPools, [ACCOUNT])
  const { series, live } = await readFigures(world)
  const given = windowOutlook(wallet, { series, live, isRead: true, window: '30d', ...change })
  return { wallet, series, live, given }
}

const prospectOf = ({ prospects }: WindowOutlook, id: string) => prospects.get(id) ?? expect.unreachable(id)

describe('windowOutlook', () => {
  test('default: what is held earns by its value at the yield of its pool', async () => {
    const { given, series } = await outlook()
    expect([...given.prospects.keys()]).toEqual(['ETH', rETH, stETH.address])
    const own = series.find(({ pool }) => pool.id === 'rocket-pool') ?? expect.unreachable()
    expect(prospectOf(given, rETH)).toMatchObject({ kind: 'earns', base: 11_030n * 10n ** 15n, rest: 0n })
    expect(prospectOf(given, rETH)).toHaveProperty('own', { series: own, result: yieldOf(own) })
    expect(prospectOf(given, stETH.address)).toMatchObject({ kind: 'earns', base: 5n * WAD })
    expect(prospectOf(given, 'ETH')).toEqual({ kind: 'still', rest: WAD })
    expect(given.weighted).toMatchObject({
      staked: 16_030n * 10n ** 15n,
      whole: 17_030n * 10n ** 15n,
      missing: [],
    })
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
    expect(given.weighted.missing).toEqual([stETH.address])
    const early = await outlook(createHolder(), { series: [], isRead: false })
    expect(prospectOf(early.given, rETH)).toMatchObject({
      why: 'The rates of the past are still being read.',
    })
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
})
