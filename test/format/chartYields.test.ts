import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chartYield, chartYieldAt, chartYields } from '../../src/format/chartYields.ts'
import { chartPercent } from '../../src/format/number.ts'
import { DAY, WAD } from '../../src/math/fixedPoint.ts'
import type { RatePoint } from '../../src/math/series.ts'
import { impliedApr, impliedApy } from '../../src/math/yield.ts'
import { reportPairs, reportRows } from '../support/vectors.ts'

const at = (measuredAt: bigint, rate: bigint): RatePoint => ({
  measuredAt,
  notBefore: measuredAt,
  landedAt: measuredAt,
  block: measuredAt,
  rate,
  evidence: 'report',
})

describe('chartYield', () => {
  test.each(reportPairs)('default: the known answer of $from to $to', ({ from, to, seconds, apyPercent }) => {
    const [start, end] = [from, to].map(block => reportRows.find(row => row.block === block)?.rate ?? 0n)
    const drawn = chartYield(at(0n, start ?? 0n), at(seconds, end ?? 0n), 'apy')
    expect(drawn).toBeCloseTo(Number(apyPercent), 7)
  })

  test('behavior: it equals the exact figure to nine digits, falls included', () => {
    const rates = fc.bigInt({ min: (9n * WAD) / 10n, max: 2n * WAD })
    const spans = fc.bigInt({ min: 3_600n, max: 2_000n * DAY })
    fc.assert(
      fc.property(rates, fc.bigInt({ min: -20n, max: 40n }), spans, (rate, basisPoints, span) => {
        const end = rate + (rate * basisPoints) / 100_000n
        const [from, to] = [at(0n, rate), at(span, end)]
        for (const [measure, exact] of [
          ['apr', impliedApr],
          ['apy', impliedApy],
        ] as const) {
          const wanted = chartPercent(exact({ time: 0n, rate }, { time: span, rate: end }))
          const drawn = chartYield(from, to, measure) ?? Number.NaN
          expect(Math.abs(drawn - wanted)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(wanted)))
        }
      }),
    )
  })

  test('behavior: no time between the ends, or growth beyond all numbers, draws nothing', () => {
    expect(chartYield(at(5n, WAD), at(5n, 2n * WAD), 'apy')).toBeNull()
    expect(chartYield(at(6n, WAD), at(5n, 2n * WAD), 'apr')).toBeNull()
    expect(chartYield(at(0n, WAD), at(1n, 2n * WAD), 'apy')).toBeNull()
  })

  test('behavior: a rate that stands still is 0, which is a value', () => {
    expect(chartYield(at(0n, WAD), at(DAY, WAD), 'apy')).toBe(0)
  })
})

describe('chartYields', () => {
  test('default: a value where a window starts somewhere, null where it does not', () => {
    const points = [at(0n, WAD), at(DAY, (101n * WAD) / 100n), at(2n * DAY, (102n * WAD) / 100n)]
    const drawn = chartYields(points, ['oneRate', 'historyTooShort', 0], 'apr')
    expect(drawn.slice(0, 2)).toEqual([null, null])
    expect(drawn[2]).toBeCloseTo(365, 10)
  })

  test('behavior: one of them alone is the same, and beyond the series there is none', () => {
    const points = [at(0n, WAD), at(DAY, (101n * WAD) / 100n)]
    const own = { points, starts: ['oneRate', 0] as const }
    expect(chartYieldAt(own, 1, 'apr')).toBe(chartYields(points, own.starts, 'apr')[1])
    expect([chartYieldAt(own, 0, 'apr'), chartYieldAt(own, 2, 'apr')]).toEqual([null, null])
  })
})
