import { describe, expect, test } from 'vitest'
import { replayReport, replayText } from '../../../src/cli/read/walletReplay.ts'
import { WAD } from '../../../src/math/fixedPoint.ts'
import type { WalletPast } from '../../../src/math/walletPast.ts'
import { tokenPools } from '../../../src/pools/index.ts'
import { assetNamed, pastOf } from '../../support/walletPasts.ts'
import { percentOf } from '../../support/walletWorld.ts'

const ETH = WAD
const pools = tokenPools.filter(({ id }) => ['rocket-pool', 'lido', 'ankr'].includes(id))

/** rETH: 2 ETH in at 1.00, worth 2.40; wstETH goes from 1.00 to 1.50 meanwhile; of ankrETH nothing is known. */
function past(): WalletPast {
  const told = pastOf({
    rETH: [[{ move: 2n * ETH }], [{ rate: percentOf(120n) }]],
    wstETH: [[], [{ rate: percentOf(150n) }]],
  })
  return { ...told, courses: told.courses.slice(0, 1) }
}

describe('replayReport', () => {
  test('default', () => {
    const report = replayReport(past(), pools)
    expect(report).toMatchObject({
      ...{ ownWei: `${(24n * ETH) / 10n}`, unstakedWei: `${2n * ETH}`, isEstimated: false },
    })
    const row = (id: string) => report?.pools.find(({ pool }) => pool === id)
    expect(row('lido')).toMatchObject({
      ...{ valueWei: `${3n * ETH}`, differenceWei: `${(6n * ETH) / 10n}`, why: null },
    })
    expect(row('rocket-pool')).toMatchObject({ valueWei: `${(24n * ETH) / 10n}`, differenceWei: '0' })
  })

  test('behavior: a move in a block that was not read is estimated, though its own rate is known', () => {
    const worlds = {
      rETH: [[{ move: 2n * ETH }], [], [{ rate: percentOf(120n) }]],
      wstETH: [[], [{ rate: percentOf(150n) }], []],
    }
    const estimates = [1, 2].map(every => {
      const told = pastOf(worlds, { every })
      return replayReport({ ...told, courses: told.courses.slice(0, 1) }, pools)?.isEstimated
    })
    expect(estimates).toEqual([false, true])
  })

  test('behavior: a pool whose rate is not known has no value, and why', () => {
    const row = replayReport(past(), pools)?.pools.find(({ pool }) => pool === 'ankr')
    expect(row).toMatchObject({ valueWei: null, differenceWei: null, why: expect.stringMatching(/\w/) })
  })

  test('behavior: nothing was held, so there is nothing to compare', () => {
    expect(replayReport({ ...past(), courses: [] }, pools)).toBeNull()
  })
})

describe('replayText', () => {
  test('default: the highest first, those without a rate named', () => {
    const report = replayReport({ ...past(), unsure: 1 }, pools)
    if (report === null) throw new TypeError('Nothing was held.')
    const lines = replayText(report).split('\n')
    expect(lines.slice(2).map(line => line.replaceAll(/\s+/g, ' '))).toEqual([
      'this wallet 2.400000000',
      'no staking 2.000000000 -0.400000000',
      'wstETH 3.000000000 0.600000000',
      'rETH 2.400000000 0.000000000',
      expect.stringContaining('≈'),
      expect.stringContaining(assetNamed('ankrETH').symbol),
    ])
  })
})
