import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  differingPools,
  disputesAmong,
  isSameReading,
  outvotedOperators,
  settledSamples,
  strangeSamples,
} from '../../src/math/compareSamples.ts'
import { DAY, WAD } from '../../src/math/fixedPoint.ts'
import type { Reading, Sample } from '../../src/math/sample.ts'

const known = (rate: bigint, supply = 5n, pooled = 7n): Reading => ({ state: 'known', rate, supply, pooled })
/** A reading with what a market feed told beside it. */
const priced = (rate: bigint, market: bigint): Reading => ({
  state: 'known',
  rate,
  supply: 5n,
  pooled: 7n,
  market,
})
const notYet: Reading = { state: 'notYet' }
const unknown: Reading = { state: 'unknown', why: 'silent' }

const said = (operator: string, readings: Record<string, Reading>, at: Partial<Sample> = {}): Sample => ({
  block: 10n,
  time: 1_000n,
  operator,
  readings,
  ...at,
})

describe('isSameReading', () => {
  test('default: to the wei, in every figure', () => {
    expect(isSameReading(known(1n), known(1n))).toBe(true)
    expect(isSameReading(known(1n), known(2n))).toBe(false)
    expect(isSameReading(known(1n, 5n), known(1n, 6n))).toBe(false)
    expect(isSameReading(known(1n, 5n, 7n), known(1n, 5n, 8n))).toBe(false)
  })

  test('behavior: another market is a difference, one that is not known is none', () => {
    expect(isSameReading(priced(1n, 3n), priced(1n, 3n))).toBe(true)
    expect(isSameReading(priced(1n, 3n), priced(1n, 4n))).toBe(false)
    expect(isSameReading(priced(1n, 3n), known(1n))).toBe(true)
    expect(isSameReading(known(1n), priced(1n, 3n))).toBe(true)
    expect(isSameReading(priced(1n, 3n), known(2n))).toBe(false)
    expect(isSameReading(priced(1n, 3n), priced(2n, 3n))).toBe(false)
  })

  test('behavior: not yet is a fact, not to know is none', () => {
    expect(isSameReading(notYet, notYet)).toBe(true)
    expect(isSameReading(notYet, known(1n))).toBe(false)
    expect(isSameReading(unknown, unknown)).toBe(false)
    expect(isSameReading(undefined, undefined)).toBe(false)
  })
})

describe('differingPools', () => {
  test('default: the pools about which two samples differ', () => {
    const one = said('A', { a: known(1n), b: known(2n), c: notYet })
    const other = said('B', { a: known(1n), b: known(3n), c: known(1n) })
    expect(differingPools(one, other)).toEqual(['b', 'c'])
    expect(differingPools(one, { ...one, operator: 'B' })).toEqual([])
  })

  test('behavior: where one does not know or was not asked, there is nothing to compare', () => {
    expect(differingPools(said('A', { a: unknown, b: known(1n) }), said('B', { a: known(1n) }))).toEqual([])
  })

  test('behavior: another time or number of the block is a difference in everything', () => {
    const one = said('A', { a: known(1n), b: unknown })
    expect(differingPools(one, said('B', { a: known(1n), b: unknown }, { time: 1_001n }))).toEqual(['a'])
    expect(differingPools(one, said('B', { a: known(1n) }, { block: 11n }))).toEqual(['a'])
  })
})

test('disputesAmong: what each claims, for the pools in dispute only', () => {
  const samples = [
    said('A', { a: known(1n), b: known(2n) }),
    said('B', { a: known(1n), b: known(3n) }),
    said('C', { a: known(1n), b: known(4n) }),
  ]
  expect(disputesAmong(samples)).toEqual([
    {
      poolKey: 'b',
      claims: [
        { operator: 'A', reading: known(2n) },
        { operator: 'B', reading: known(3n) },
        { operator: 'C', reading: known(4n) },
      ],
    },
  ])
  expect(disputesAmong(samples.slice(0, 1))).toEqual([])
})

describe('outvotedOperators', () => {
  const right = { a: known(1n) }
  const wrong = { a: known(2n) }

  test('default: who contradicts two that agree, wherever it stands', () => {
    expect(outvotedOperators([said('A', wrong), said('B', right), said('C', right)])).toEqual(['A'])
    expect(outvotedOperators([said('A', right), said('B', wrong), said('C', right)])).toEqual(['B'])
    expect(outvotedOperators([said('A', right), said('B', right), said('C', wrong)])).toEqual(['C'])
  })

  const everyOrder = (samples: readonly Sample[]): Sample[][] =>
    samples.flatMap((first, index) => {
      const rest = samples.filter((_, other) => other !== index)
      return [
        [first, ...rest],
        [first, ...rest.toReversed()],
      ]
    })

  test('behavior: who does not know is on nobody’s side, in any order', () => {
    const silent: readonly Record<string, Reading>[] = [{ a: known(1n) }, { a: unknown }, {}]
    for (const readings of silent) {
      const samples = [
        said('A', { a: priced(1n, 3n) }),
        said('B', { a: priced(1n, 4n) }),
        said('C', readings),
      ]
      for (const order of everyOrder(samples)) expect(outvotedOperators(order)).toBeUndefined()
    }
  })

  test('behavior: what one of two does not know does not save whom both contradict elsewhere', () => {
    const samples = [
      said('A', { a: priced(1n, 3n), b: known(1n) }),
      said('B', { a: priced(1n, 4n), b: known(2n) }),
      said('C', { a: known(1n), b: known(1n) }),
    ]
    for (const order of everyOrder(samples)) expect(outvotedOperators(order)).toEqual(['B'])
  })

  test('behavior: a market that two contradict outvotes like a rate', () => {
    const samples = [3n, 4n, 3n].map((market, index) => said('ABC'.charAt(index), { a: priced(1n, market) }))
    for (const order of everyOrder(samples)) expect(outvotedOperators(order)).toEqual(['B'])
  })

  test('behavior: nobody is outvoted where all agree, and nothing is settled where no two do', () => {
    expect(outvotedOperators([said('A', right), said('B', right)])).toEqual([])
    expect(outvotedOperators([said('A', right), said('B', wrong)])).toBeUndefined()
    expect(
      outvotedOperators([said('A', right), said('B', wrong), said('C', { a: known(3n) })]),
    ).toBeUndefined()
  })
})

describe('strangeSamples', () => {
  const day = (index: number, rate: bigint): Sample =>
    said('A', { a: known(rate) }, { block: BigInt(index), time: BigInt(index) * DAY })
  const daily = (...rates: readonly bigint[]): Sample[] => rates.map((rate, index) => day(index, rate))
  const at = (samples: readonly Sample[], dust = 0n): bigint[] =>
    strangeSamples(samples, new Map([['a', dust]])).map(({ block }) => block)

  test('default: a wrong answer among right ones makes itself and both neighbours strange', () => {
    const rate = 11n * 10n ** 17n
    expect(at(daily(rate, rate + 10n ** 14n, (rate * 101n) / 100n, rate + 3n * 10n ** 14n))).toEqual([
      1n,
      2n,
      3n,
    ])
  })

  test('behavior: the smallest fall is strange, unless it is dust', () => {
    expect(at(daily(WAD, WAD - 1n))).toEqual([0n, 1n])
    expect(at(daily(WAD, WAD - 1n), 1n)).toEqual([])
    expect(at(daily(WAD, WAD - 2n), 1n)).toEqual([0n, 1n])
  })

  test('behavior: a rise is strange where no yield is so high, counted by time', () => {
    const risen = (days: number, rate: bigint): Sample => day(days, rate)
    // 0.15 % in a day and a half is the most that is ordinary.
    expect(at([day(0, WAD), risen(1, WAD + 15n * 10n ** 14n)])).toEqual([])
    expect(at([day(0, WAD), risen(1, WAD + 15n * 10n ** 14n + 1n)])).toEqual([0n, 1n])
    expect(at([day(0, WAD), risen(30, WAD + 15n * 10n ** 14n + 1n)])).toEqual([])
  })

  test('behavior: gaps are stepped over, pools not named are left alone', () => {
    const gap = said('A', { a: unknown }, { block: 1n, time: DAY })
    expect(at([day(0, WAD), gap, day(2, WAD - 1n)])).toEqual([0n, 2n])
    expect(strangeSamples(daily(WAD, 1n), new Map([['b', 0n]]))).toEqual([])
  })

  test('behavior: any honest yield below 30 % a year passes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.bigInt({ min: 0n, max: 8n * 10n ** 14n }), { minLength: 2, maxLength: 40 }),
        steps => {
          let rate = WAD
          const samples = steps.map((step, index) => {
            rate += (rate * step) / WAD
            return day(index, rate)
          })
          expect(at(samples)).toEqual([])
        },
      ),
    )
  })
})

describe('settledSamples', () => {
  const day = (index: number, rate: bigint): Sample =>
    said('A', { a: known(rate) }, { block: BigInt(index), time: BigInt(index) * DAY })
  const at = (samples: readonly Sample[], reach = DAY): bigint[] =>
    settledSamples(samples, new Map([['a', 0n]]), reach).map(({ block }) => block)

  test('default: between two near neighbours, without falling or leaping', () => {
    expect(at([day(0, WAD), day(1, WAD), day(2, WAD), day(3, WAD)])).toEqual([1n, 2n])
    expect(at([day(0, WAD), day(1, WAD), day(2, WAD - 1n), day(3, WAD), day(4, WAD), day(5, WAD)])).toEqual([
      3n,
      4n,
    ])
  })

  test('behavior: a neighbour out of reach says nothing, on either side', () => {
    const samples = [day(0, WAD), day(1, WAD), day(3, WAD), day(4, WAD), day(5, WAD)]
    expect(at(samples)).toEqual([4n])
    expect(at(samples, 2n * DAY)).toEqual([1n, 3n, 4n])
  })
})
