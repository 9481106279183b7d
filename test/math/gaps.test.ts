import { describe, expect, test } from 'vitest'
import { gapsOf } from '../../src/math/gaps.ts'
import type { Reading, Sample } from '../../src/math/sample.ts'
import type { RatePoint } from '../../src/math/series.ts'

const DAY = 86_400n

/** A sample a day: a rate, or the letter of what it is instead. */
const samples = (...values: readonly (bigint | 'u' | 'n' | '-')[]): Sample[] =>
  values.map((value, index) => {
    const reading: Reading =
      typeof value === 'bigint'
        ? { state: 'known', rate: value, supply: 1n, pooled: 1n }
        : value === 'n'
          ? { state: 'notYet' }
          : { state: 'unknown', why: 'test' }
    return {
      block: BigInt(index) * 10n,
      time: BigInt(index) * DAY,
      readings: value === '-' ? {} : { own: reading },
      operator: 'test',
    }
  })

const report = (block: bigint, rate: bigint): RatePoint => ({
  measuredAt: block,
  notBefore: block,
  landedAt: block,
  block,
  rate,
  evidence: 'report',
})

const stairs = { accrual: 'report' } as const
const slope = { accrual: 'continuous' } as const

describe('gapsOf', () => {
  test('default: from the first sample that could not tell to the first that can again', () => {
    for (const rules of [stairs, slope])
      expect(gapsOf(samples(100n, 100n, 'u', '-', 200n, 200n), 'own', [], rules)).toEqual([
        { from: 2n * DAY, until: 4n * DAY },
      ])
  })

  test('behavior: what is not known up to now has no end', () => {
    expect(gapsOf(samples(100n, 'u', 'u'), 'own', [], stairs)).toEqual([{ from: DAY, until: undefined }])
  })

  test('behavior: nothing before the first rate is a gap, and nothing of another pool', () => {
    expect(gapsOf(samples('n', 'u', '-', 100n), 'own', [], stairs)).toEqual([])
    expect(gapsOf(samples(100n, 'u', 200n), 'other', [], stairs)).toEqual([])
    expect(gapsOf([], 'own', [], stairs)).toEqual([])
  })

  test('behavior: a staircase that stands where it stood has none, a slope has', () => {
    expect(gapsOf(samples(100n, 'u', 100n), 'own', [], stairs)).toEqual([])
    expect(gapsOf(samples(100n, 'u', 100n), 'own', [], slope)).toHaveLength(1)
    const dust = 10n ** 16n
    expect(gapsOf(samples(100n, 'u', 101n), 'own', [], { ...stairs, dust })).toEqual([])
    expect(gapsOf(samples(100n, 'u', 102n), 'own', [], { ...stairs, dust })).toHaveLength(1)
  })

  test('behavior: reports that are believed tell what samples could not', () => {
    const read = samples(100n, 'u', 200n)
    expect(gapsOf(read, 'own', [report(15n, 200n)], stairs)).toEqual([])
    expect(gapsOf(read, 'own', [report(20n, 200n)], stairs)).toEqual([])
    expect(gapsOf(read, 'own', [report(0n, 100n), report(21n, 200n)], stairs)).toHaveLength(1)
    expect(gapsOf(read, 'own', [{ ...report(15n, 200n), evidence: 'sample' }], stairs)).toHaveLength(1)
  })
})
