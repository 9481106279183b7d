import { describe, expect, test } from 'vitest'
import { mergeEvidence } from '../../src/math/evidence.ts'
import { DAY, WAD } from '../../src/math/fixedPoint.ts'
import { marksOf } from '../../src/math/marks.ts'
import { observationsOf } from '../../src/math/series.ts'
import { isYield, rollingStarts, yieldEndingAt } from '../../src/math/window.ts'
import { poolKey } from '../../src/pools/definePool.ts'
import { tokenPools } from '../../src/pools/index.ts'
import { DAYS, makeFiveYears } from './page/fiveYears.ts'

const NOW = 1_790_000_000n
const data = makeFiveYears(tokenPools, NOW)

describe('makeFiveYears', () => {
  test.each(tokenPools)('default: $name has a report a day, and its samples say the same', pool => {
    const reports = data.reports.get(pool.id) ?? []
    const observations = observationsOf(data.samples, poolKey(pool))
    const { points, contradictions } = mergeEvidence(
      observations,
      {
        reports,
        covered: [{ from: 0n, to: data.samples.at(-1)?.block ?? 0n }],
        timeOf: () => undefined,
      },
      pool,
    )
    expect(reports).toHaveLength(DAYS)
    expect(contradictions).toEqual([])
    expect(points.filter(({ evidence }) => evidence === 'report')).toHaveLength(DAYS - 1)
    expect(marksOf(points, pool).filter(({ kind }) => kind === 'fall')).toEqual([])
  })

  test('behavior: samples are daily and end now', () => {
    const times = data.samples.map(({ time }) => time)
    expect(times.at(-1)).toBe(NOW)
    expect(new Set(times.slice(1).map((time, index) => time - (times[index] ?? 0n)))).toEqual(new Set([DAY]))
  })

  test('behavior: yields are those of staked ether, and differ from pool to pool', () => {
    const yields = tokenPools.map(pool => {
      const reports = data.reports.get(pool.id) ?? []
      const points = reports.map(({ rate, log }) => ({
        measuredAt: log.time ?? 0n,
        notBefore: log.time,
        landedAt: log.time ?? 0n,
        block: log.block,
        rate,
        evidence: 'report' as const,
      }))
      const result = yieldEndingAt(points, rollingStarts(points, 7n * DAY, 3n * DAY), points.length - 1)
      return isYield(result) ? result.apy : 0n
    })
    for (const apy of yields) expect(apy > 2n * 10n ** 16n && apy < 5n * 10n ** 16n).toBe(true)
    expect(new Set(yields).size).toBe(tokenPools.length)
  })

  test.each(tokenPools)(
    'behavior: what the market pays of $name is within a percent, where there is one',
    pool => {
      const { market } = pool
      const premiums = data.samples.map(({ readings }) => {
        const reading = readings[poolKey(pool)]
        if (reading?.state !== 'known' || reading.market === undefined) return undefined
        const rate = market.kind === 'feed' && market.prices === 'unit' ? WAD : reading.rate
        return ((reading.market - rate) * 10_000n) / rate
      })
      const known = premiums.filter(premium => premium !== undefined)
      expect(known).toHaveLength(market.kind === 'feed' ? DAYS : 0)
      expect(known.filter(premium => premium < -100n || premium > 100n)).toEqual([])
      expect(new Set(known).size > 100).toBe(market.kind === 'feed')
    },
  )
})
