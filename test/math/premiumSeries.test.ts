import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DivisionByZero, WAD } from '../../src/math/fixedPoint.ts'
import { premiumSeries } from '../../src/math/premiumSeries.ts'
import type { Reading, Sample } from '../../src/math/sample.ts'

const RATE = (11n * WAD) / 10n

const known = (rate: bigint, market?: bigint): Reading => ({
  state: 'known',
  rate,
  supply: WAD,
  pooled: WAD,
  ...(market !== undefined && { market }),
})
const samplesOf = (...readings: readonly Reading[]): Sample[] =>
  readings.map((reading, index) => ({
    block: BigInt(index),
    time: BigInt(index) * 100n,
    operator: 'A',
    readings: { 'a@1': reading },
  }))
const valuesOf = (prices: 'token' | 'unit', ...readings: readonly Reading[]) =>
  premiumSeries(samplesOf(...readings), 'a@1', prices).map(({ value }) => value)

describe('premiumSeries', () => {
  test('default: the price of each sample over the rate of the same, above and below 0', () => {
    const samples = samplesOf(known(RATE, (1_122n * WAD) / 1_000n), known(2n * WAD, (196n * WAD) / 100n))
    expect(premiumSeries(samples, 'a@1', 'token')).toEqual([
      { time: 0n, block: 0n, value: WAD / 50n, operator: 'A' },
      { time: 100n, block: 1n, value: -WAD / 50n, operator: 'A' },
    ])
  })

  test('behavior: a market that prices the unit is held against 1 ETH, whatever the rate', () => {
    const price = (997n * WAD) / 1_000n
    expect(valuesOf('unit', known(RATE, price), known(2n * WAD, price))).toEqual([
      (-3n * WAD) / 1_000n,
      (-3n * WAD) / 1_000n,
    ])
  })

  test('behavior: without a market or without a reading there is a gap, before the pool nothing', () => {
    const readings: Reading[] = [
      { state: 'notYet' },
      known(RATE, RATE),
      known(RATE),
      { state: 'unknown', why: 'silent' },
      known(RATE, RATE),
    ]
    for (const prices of ['token', 'unit'] as const) {
      const series = premiumSeries(samplesOf(...readings), 'a@1', prices)
      expect(series.map(({ block }) => block)).toEqual([1n, 2n, 3n, 4n])
      expect(series.map(({ value }) => value !== undefined)).toEqual([true, false, false, true])
    }
  })

  test('behavior: a price that is more than half away is rather of a wrong scale, as live', () => {
    const half = RATE / 2n
    expect(valuesOf('token', known(RATE, RATE + half), known(RATE, RATE - half))).toEqual([
      WAD / 2n,
      -WAD / 2n,
    ])
    for (const price of [RATE + half + 2n, RATE - half - 2n, RATE * 10n ** 10n, 1n])
      expect(valuesOf('token', known(RATE, price))).toEqual([undefined])
    expect(valuesOf('unit', known(RATE, 2n * WAD))).toEqual([undefined])
  })

  test('behavior: rate × (1 + premium) is the price, rounded down by less than a last digit', () => {
    const rates = fc.bigInt({ min: (9n * WAD) / 10n, max: 2n * WAD })
    const parts = fc.bigInt({ min: -WAD / 3n, max: WAD / 3n })
    fc.assert(
      fc.property(rates, parts, (rate, part) => {
        const price = rate + (rate * part) / WAD
        const [value] = valuesOf('token', known(rate, price))
        if (value === undefined) return expect.unreachable('no premium')
        expect(rate * (WAD + value) <= price * WAD).toBe(true)
        expect(rate * (WAD + value + 1n) > price * WAD).toBe(true)
      }),
    )
  })

  test('error: DivisionByZero for a rate of 0', () => {
    expect(() => valuesOf('token', known(0n, WAD))).toThrow(DivisionByZero)
  })
})
