import { describe, expect, test } from 'vitest'
import { disputedRates } from '../../src/math/compareMoments.ts'
import { WAD } from '../../src/math/fixedPoint.ts'
import type { Moment } from '../../src/math/moment.ts'
import type { Sample } from '../../src/math/sample.ts'

const moment = (block: bigint, rate: bigint): Moment => ({
  block,
  time: block * 12n,
  price: undefined,
  units: {},
  rates: { token: rate },
})
const sample = (block: bigint, rate: bigint | undefined): Sample => ({
  block,
  time: block * 12n,
  operator: 'other',
  readings: {
    pool: rate === undefined ? { state: 'notYet' } : { state: 'known', rate, supply: 1n, pooled: 1n },
  },
})
const samples = [sample(10n, WAD), sample(20n, WAD + 5n), sample(30n, WAD + 9n)]
const disputes = (moments: readonly Moment[], others = samples) =>
  disputedRates(moments, others, [{ asset: 'token', poolKey: 'pool' }])

describe('disputedRates', () => {
  test('default: at the same block a wei is too much', () => {
    expect(disputes([moment(10n, WAD), moment(20n, WAD + 5n)])).toEqual([])
    expect(disputes([moment(10n, WAD), moment(20n, WAD + 6n)])).toEqual([
      {
        asset: 'token',
        block: 20n,
        rate: WAD + 6n,
        others: [{ block: 20n, rate: WAD + 5n, operator: 'other' }],
      },
    ])
  })

  test('behavior: between two samples a hundredth more than either is too much, and as much less', () => {
    const [low, high] = [WAD - WAD / 100n, WAD + 5n + (WAD + 5n) / 100n]
    expect(disputes([moment(15n, low), moment(16n, high)])).toEqual([])
    expect(disputes([moment(15n, low - 1n), moment(16n, high + 1n)]).map(({ block }) => block)).toEqual([
      15n,
      16n,
    ])
  })

  test('behavior: before the first sample, after the last and where a pool was not there nothing is said', () => {
    expect(disputes([moment(5n, 2n * WAD), moment(35n, 2n * WAD)])).toEqual([])
    const young = [sample(10n, undefined), sample(20n, WAD)]
    expect(disputes([moment(10n, 2n * WAD), moment(15n, 2n * WAD)], young)).toEqual([])
    expect(disputes([moment(20n, 2n * WAD)], young).length).toBe(1)
  })

  test('behavior: what a moment does not know is no dispute', () => {
    expect(disputes([{ ...moment(20n, WAD), rates: {} }])).toEqual([])
  })
})
