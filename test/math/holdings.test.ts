import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { WAD } from '../../src/math/fixedPoint.ts'
import { etherInDollars, RepeatedHolding, valueHoldings, valueInEther } from '../../src/math/holdings.ts'

describe('valueHoldings', () => {
  test('default', () => {
    const { items, total, missing } = valueHoldings([
      { id: 'ETH', balance: 2n * WAD, rate: WAD },
      { id: 'rETH', balance: 10n * WAD, rate: 1_157_806_956_973_282_849n },
    ])
    expect(items.map(({ id, value }) => [id, value])).toEqual([
      ['ETH', 2n * WAD],
      ['rETH', 11_578_069_569_732_828_490n],
    ])
    expect(total).toBe(13_578_069_569_732_828_490n)
    expect(missing).toEqual([])
  })

  test('behavior: what is not known is listed as missing and is not in the total', () => {
    const { items, total, missing } = valueHoldings([
      { id: 'a', balance: undefined, rate: WAD },
      { id: 'b', balance: 5n, rate: undefined },
      { id: 'c', balance: 7n, rate: WAD },
      { id: 'd', balance: undefined, rate: undefined },
    ])
    expect(items.map(({ value }) => value)).toEqual([undefined, undefined, 7n, undefined])
    expect(total).toBe(7n)
    expect(missing).toEqual(['a', 'b', 'd'])
  })

  test('behavior: nothing of a token is worth nothing, its rate known or not', () => {
    const { items, missing } = valueHoldings([
      { id: 'a', balance: 0n, rate: undefined },
      { id: 'b', balance: 0n, rate: WAD },
    ])
    expect(items.map(({ value }) => value)).toEqual([0n, 0n])
    expect(missing).toEqual([])
  })

  test('behavior: a wallet with nothing listed is worth nothing', () => {
    expect(valueHoldings([])).toEqual({ items: [], total: 0n, missing: [] })
  })

  test('behavior: the total is the sum of the items, whatever their order', () => {
    const balances = fc.array(fc.bigInt({ min: 0n, max: 10n ** 26n }), { maxLength: 8 })
    fc.assert(
      fc.property(balances, fc.bigInt({ min: WAD, max: 2n * WAD }), (amounts, rate) => {
        const holdings = amounts.map((balance, index) => ({ id: `${index}`, balance, rate }))
        const { total } = valueHoldings(holdings)
        expect(valueHoldings([...holdings].reverse()).total).toBe(total)
        expect(total).toBe(amounts.reduce((sum, balance) => sum + (balance * rate) / WAD, 0n))
      }),
    )
  })

  test('error: RepeatedHolding', () => {
    const once = { id: 'rETH', balance: 1n, rate: WAD }
    expect(() => valueHoldings([once, { ...once, balance: 2n }])).toThrow(RepeatedHolding)
  })
})

test('behavior: value in ETH is rounded down, as the contracts do', () => {
  expect(valueInEther(1n, (WAD * 19n) / 10n)).toBe(1n)
  expect(valueInEther(3n, WAD - 1n)).toBe(2n)
  expect(valueInEther(0n, WAD)).toBe(0n)
})

test('behavior: dollars come from a price with 8 decimals, rounded down', () => {
  expect(etherInDollars(2n * WAD, 3_000_12345678n)).toBe(6_000_246_913_560_000_000_000n)
  expect(etherInDollars(1n, 99_999_999n)).toBe(0n)
})
