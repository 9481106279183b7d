import { describe, expect, test } from 'vitest'
import type { AssetReading } from '../../src/chain/readWallet.ts'
import { DAY, WAD, YEAR } from '../../src/math/fixedPoint.ts'
import type { Live } from '../../src/queries/live.ts'
import { earned, earnedTogether, type Outlook, outlookOf } from '../../src/queries/outlook.ts'
import { poolsOf } from '../support/livePools.ts'
import { assetReading, walletReading } from '../support/walletReadings.ts'

const ETH = WAD
const PERCENT = WAD / 100n
const rate = (12n * ETH) / 10n
const OETH = '0x856c4Efb76C1D1AE02e20CEB03A2A6a08b0b8dC3'
const STETH = '0xae7ab96520DE3A18E5e111B5EaAb095312D7fE84'

const ether = assetReading('ETH', 4n * ETH, ETH, { idle: 4n * ETH })
const reth = assetReading('rETH', 10n * ETH, rate, { poolId: 'rocket-pool' })
const steth = assetReading(STETH, 36n * ETH, ETH, { poolId: 'lido', kind: 'rebasing' })
const oethWith = (idle: bigint | undefined) =>
  assetReading(OETH, 4n * ETH, ETH, { poolId: 'origin', kind: 'rebasing', idle })

const YIELDS = new Map([
  ['rocket-pool', 4n * PERCENT],
  ['lido', 2n * PERCENT],
  ['origin', 3n * PERCENT],
])

function outlook(
  assets: readonly AssetReading[],
  { live = poolsOf(1_000n * ETH), yields = YIELDS }: { live?: Live | undefined; yields?: typeof YIELDS } = {},
) {
  return outlookOf(walletReading(assets), {
    live,
    yieldOf: poolId => {
      const apy = yields.get(poolId ?? '')
      return apy === undefined ? { why: `No yield of ${poolId}.` } : { result: { apy }, of: poolId }
    },
  })
}

const prospectOf = ({ prospects }: Outlook, id: string) => prospects.get(id) ?? expect.unreachable(id)

describe('outlookOf', () => {
  test('default: what is held earns by its value at the yield of its pool', () => {
    const none = assetReading('ankrETH', 0n, rate, { poolId: 'ankr' })
    const given = outlook([ether, reth, none])
    expect([...given.prospects]).toEqual([
      ['ETH', { kind: 'still', rest: 4n * ETH }],
      [
        'rETH',
        {
          ...{ kind: 'earns', base: 12n * ETH, rest: 0n },
          own: { result: { apy: 4n * PERCENT }, of: 'rocket-pool' },
        },
      ],
    ])
    expect(given.weighted).toMatchObject({
      ...{ staked: 12n * ETH, whole: 16n * ETH, missing: [] },
      ...{ ofStaked: 4n * PERCENT, ofWhole: 3n * PERCENT },
    })
  })

  test('behavior: what counts as ether as it is earns nothing', () => {
    const plain = assetReading('frxETH', 2n * ETH, ETH, { poolId: 'frax', kind: 'plain' })
    const given = outlook([plain])
    expect(prospectOf(given, 'frxETH')).toEqual({ kind: 'still', rest: 2n * ETH })
    expect(given.weighted).toMatchObject({ staked: 0n, whole: 2n * ETH, missing: [] })
  })

  test('behavior: over a year it earns its APY, together the sum', () => {
    const given = outlook([ether, reth, steth])
    const [one, other] = [prospectOf(given, 'rETH'), prospectOf(given, STETH)]
    expect(earned(one, YEAR)).toBe((48n * ETH) / 100n)
    expect(earned(other, YEAR)).toBe((72n * ETH) / 100n)
    expect(earned(prospectOf(given, 'ETH'), YEAR)).toBe(0n)
    for (const span of [DAY, 30n * DAY, YEAR])
      expect(earnedTogether(given, span)).toBe((earned(one, span) ?? 0n) + (earned(other, span) ?? 0n))
    // (12 × 4 % + 36 × 2 %) ÷ 48, and ÷ 52 with the ether.
    expect(given.weighted.ofStaked).toBe((25n * PERCENT) / 10n)
    expect(given.weighted.ofWhole).toBe((120n * PERCENT) / 52n)
  })

  test('behavior: a yield that is not known leaves the whole unknown, with a reason', () => {
    const given = outlook([reth, steth], { yields: new Map([['rocket-pool', PERCENT]]) })
    expect(prospectOf(given, STETH)).toEqual({
      ...{ kind: 'unknown', base: 36n * ETH, why: 'No yield of lido.' },
    })
    expect(given.weighted).toMatchObject({ missing: [STETH], ofStaked: undefined, ofWhole: undefined })
    expect(earned(prospectOf(given, STETH), YEAR)).toBeUndefined()
    expect(earnedTogether(given, YEAR)).toBeUndefined()
  })

  test('behavior: an asset without a value is in no total and earns nobody knows what', () => {
    const silent = assetReading('rETH', 10n * ETH, undefined, { poolId: 'rocket-pool' })
    const given = outlook([silent, steth])
    expect(prospectOf(given, 'rETH')).toEqual({ kind: 'unknown', base: undefined, why: 'It was silent.' })
    expect(given.shares.get('rETH')).toEqual({ why: 'It was silent.' })
    expect(given.weighted).toMatchObject({ staked: 36n * ETH, whole: 36n * ETH, missing: [] })
  })

  test.each([
    ['all of it', 0n, { kind: 'earns', base: 4n * ETH, rest: 0n }],
    ['a part', ETH, { kind: 'earns', base: 3n * ETH, rest: ETH }],
    ['none of it', 4n * ETH, { kind: 'still', rest: 4n * ETH }],
    [
      'nobody knows how much',
      undefined,
      { kind: 'unknown', base: 4n * ETH, why: expect.stringContaining('rebasing') },
    ],
  ])('behavior: where %s rebases, that alone earns', (_, idle, prospect) => {
    const given = outlook([oethWith(idle)])
    expect(prospectOf(given, OETH)).toMatchObject(prospect)
    expect(given.weighted).toMatchObject({
      ...{ staked: 4n * ETH - (idle ?? 0n), whole: 4n * ETH, missing: idle === undefined ? [OETH] : [] },
    })
  })
})

describe('shares', () => {
  test('default: of all that stands behind the pool, where the asset is in that', () => {
    const { shares } = outlook([ether, reth, steth, oethWith(0n)])
    expect(shares.get('rETH')).toMatchObject({ value: (12n * PERCENT) / 10n })
    expect(shares.get(STETH)).toMatchObject({
      ...{ value: (36n * PERCENT) / 10n, own: { pool: { id: 'lido' } } },
    })
    expect(shares.get(OETH)).toEqual({ why: `${OETH} is not in the supply that is read of Origin.` })
    expect(shares.get('ETH')).toEqual({ why: 'ETH is of no pool.' })
  })

  test('behavior: none of a supply that is not known, is nothing, or was not read', () => {
    const shareIn = (live: Live | undefined) =>
      outlookOf(walletReading([reth]), { live, yieldOf: () => ({ why: '' }) }).shares.get('rETH')
    expect(shareIn(poolsOf(0n))).toEqual({ why: 'The supply of the pool is not known.' })
    const silent = poolsOf(1n).pools.map(own => ({ ...own, reading: { state: 'unknown', why: '' } as const }))
    expect(shareIn({ ...poolsOf(1n), pools: silent })).toEqual({
      why: 'The supply of the pool is not known.',
    })
    expect(shareIn(undefined)).toEqual({ why: 'The supply of the pool has not been read.' })
  })
})
