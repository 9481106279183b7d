import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { byWorth } from '../../src/math/byWorth.ts'
import { WAD } from '../../src/math/fixedPoint.ts'
import { valueHoldings } from '../../src/math/holdings.ts'

/** Order assets that are worth so much each, by their places. */
function ordered(...values: readonly (bigint | undefined)[]): (bigint | undefined)[] {
  const assets = values.map((balance, place) => ({ id: `${place}`, balance, rate: WAD }))
  return byWorth({ assets, holdings: valueHoldings(assets) }).map(({ balance }) => balance)
}

describe('byWorth', () => {
  test('default', () => {
    expect(ordered(1n, 3n, 0n, 2n)).toEqual([3n, 2n, 1n, 0n])
  })

  test('behavior: what is not known comes before all', () => {
    expect(ordered(1n, undefined, 3n)).toEqual([undefined, 3n, 1n])
    expect(ordered(undefined, 1n)).toEqual([undefined, 1n])
  })

  test('behavior: what is worth the same stays in its order, and the list that is given as it is', () => {
    const assets = ['b', 'a', 'c'].map(id => ({ id, balance: id === 'c' ? 2n : 1n, rate: WAD }))
    const holdings = valueHoldings(assets)
    expect(byWorth({ assets, holdings }).map(({ id }) => id)).toEqual(['c', 'b', 'a'])
    expect(assets.map(({ id }) => id)).toEqual(['b', 'a', 'c'])
  })

  test('behavior: the same assets, each worth at least what follows', () => {
    const amounts = fc.array(fc.option(fc.bigInt({ min: 0n, max: 9n }), { nil: undefined }))
    fc.assert(
      fc.property(amounts, values => {
        const given = ordered(...values)
        const known = given.filter(value => value !== undefined)
        const missing = values.filter(value => value === undefined)
        expect(given.slice(0, missing.length)).toEqual(missing)
        expect(known).toEqual(
          values.filter(value => value !== undefined).toSorted((one, other) => (one > other ? -1 : 1)),
        )
      }),
    )
  })
})
