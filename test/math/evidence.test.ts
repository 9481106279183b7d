import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mergeEvidence, type ReportEvidence } from '../../src/math/evidence.ts'
import { WAD } from '../../src/math/fixedPoint.ts'
import type { MeasuredAt, Report } from '../../src/math/report.ts'
import { type Observation, type RatePoint, ratePoints } from '../../src/math/series.ts'
import { reportRows } from '../support/vectors.ts'

const SLOT = 12n
const rules = { accrual: 'report' } as const

const seen = (block: bigint, rate: bigint): Observation => ({ block, time: block * SLOT, rate })

const LANDING: MeasuredAt = { kind: 'landing' }

/** A report in a block; without a time it is of an endpoint that does not tell block times. */
const report = (
  block: bigint,
  rate: bigint,
  measured: MeasuredAt = LANDING,
  time: bigint | null = block * SLOT,
): Report => ({
  rate,
  measured,
  log: {
    block,
    index: 0n,
    address: '0xaa',
    topics: [],
    data: '0x',
    transaction: '0xbb',
    operator: 'test',
    ...(time === null ? {} : { time }),
  },
})

const at = (time: bigint): MeasuredAt => ({ kind: 'time', time })

const ALL = [{ from: 0n, to: 10n ** 9n }]
const NOTHING = (): undefined => undefined
const evidence = (reports: readonly Report[], more: Partial<ReportEvidence> = {}): ReportEvidence => ({
  reports,
  covered: ALL,
  timeOf: NOTHING,
  ...more,
})

const brief = (points: readonly RatePoint[]) =>
  points.map(({ measuredAt, notBefore, rate, evidence: kind }) => [kind, notBefore, measuredAt, rate])

describe('mergeEvidence', () => {
  test('default: a report replaces the step that it explains, at its measured time', () => {
    const told = report(15n, 5n, at(100n))
    const { points, contradictions } = mergeEvidence([seen(10n, 4n), seen(20n, 5n)], evidence([told]), rules)
    expect(points).toEqual([
      { measuredAt: 99n, notBefore: undefined, landedAt: 120n, block: 10n, rate: 4n, evidence: 'sample' },
      {
        measuredAt: 100n,
        notBefore: 100n,
        landedAt: 180n,
        block: 15n,
        rate: 5n,
        evidence: 'report',
        report: told,
      },
    ])
    expect(contradictions).toEqual([])
  })

  test('behavior: an event without a measured time was measured when it landed', () => {
    const { points } = mergeEvidence([seen(10n, 4n), seen(20n, 5n)], evidence([report(15n, 5n)]), rules)
    expect(brief(points).at(-1)).toEqual(['report', 180n, 180n, 5n])
  })

  test('behavior: several reports between two samples are all there', () => {
    const observations = [seen(10n, 400n), seen(20n, 700n)]
    const reports = [report(12n, 500n), report(15n, 600n), report(20n, 700n)]
    const { points } = mergeEvidence(observations, evidence(reports), rules)
    expect(points.map(({ rate, block }) => [block, rate])).toEqual([
      [10n, 400n],
      [12n, 500n],
      [15n, 600n],
      [20n, 700n],
    ])
  })

  test('behavior: a report that repeats the rate is no step, and hides no silence', () => {
    const observations = [seen(10n, 4n), seen(20n, 4n), seen(30n, 500n)]
    const reports = [report(15n, 4n), report(22n, 4n), report(25n, 500n), report(28n, 500n)]
    const { points, contradictions } = mergeEvidence(observations, evidence(reports), rules)
    expect(points.map(({ block, rate }) => [block, rate])).toEqual([
      [10n, 4n],
      [25n, 500n],
    ])
    expect(contradictions).toEqual([])
  })

  test('behavior: where no report landed though the rate moved, the step stays as samples show it', () => {
    const observations = [seen(10n, 400n), seen(20n, 500n), seen(30n, 600n)]
    const { points, contradictions } = mergeEvidence(observations, evidence([report(25n, 600n)]), rules)
    expect(brief(points)).toEqual([
      ['sample', undefined, 120n, 400n],
      ['sample', 120n, 240n, 500n],
      ['report', 300n, 300n, 600n],
    ])
    expect(contradictions).toEqual([])
  })

  test('behavior: a report that says something else than the sample after it is not believed, and that is said', () => {
    const observations = [seen(10n, WAD), seen(20n, WAD + 1_000n), seen(30n, WAD + 2_000n)]
    const reports = [report(15n, WAD + 9_000n), report(25n, WAD + 2_000n)]
    const { points, contradictions } = mergeEvidence(observations, evidence(reports), rules)
    expect(points.map(({ rate, evidence: kind }) => [kind, rate - WAD])).toEqual([
      ['sample', 0n],
      ['sample', 1_000n],
      ['report', 2_000n],
    ])
    expect(contradictions).toEqual([{ from: 11n, to: 20n, told: WAD + 9_000n, sampled: WAD + 1_000n }])
  })

  test('behavior: a false report where the rate stood still makes no point', () => {
    const observations = [seen(10n, WAD), seen(20n, WAD)]
    const { points, contradictions } = mergeEvidence(observations, evidence([report(15n, 2n * WAD)]), rules)
    expect(points).toHaveLength(1)
    expect(contradictions).toHaveLength(1)
  })

  test('behavior: of several reports between two samples none lies beyond both', () => {
    const merged = (between: bigint, dust?: bigint) =>
      mergeEvidence(
        [seen(10n, WAD), seen(20n, WAD + WAD / 1_000n)],
        evidence([report(12n, between), report(15n, WAD + WAD / 1_000n)]),
        { accrual: 'report', ...(dust === undefined ? {} : { dust }) },
      )
    expect(merged(WAD - 10n).points).toHaveLength(3)
    expect(merged(WAD + WAD / 1_000n + 10n).points).toHaveLength(3)
    for (const lie of [WAD - 11n, WAD + WAD / 1_000n + 11n]) {
      expect(merged(lie).points.map(({ evidence: kind }) => kind)).toEqual(['sample', 'sample'])
      expect(merged(lie).contradictions).toMatchObject([{ told: lie }])
      // Where transactions move the rate by dust, so much is no lie.
      expect(merged(lie, WAD / 1_000_000n).contradictions).toEqual([])
    }
  })

  test('behavior: a report that is missing as not all blocks are read is no contradiction', () => {
    const observations = [seen(10n, 400n), seen(20n, 600n)]
    const part = { covered: [{ from: 0n, to: 17n }] }
    const { points, contradictions } = mergeEvidence(observations, evidence([report(15n, 500n)], part), rules)
    expect(brief(points)).toEqual([
      ['sample', undefined, 120n, 400n],
      ['sample', 120n, 240n, 600n],
    ])
    expect(contradictions).toEqual([])
  })

  test('behavior: up to the newest sample, whose last blocks nobody has read for logs yet, reports count', () => {
    const part = { covered: [{ from: 0n, to: 17n }] }
    const { points } = mergeEvidence(
      [seen(10n, 400n), seen(20n, 500n)],
      evidence([report(15n, 500n)], part),
      rules,
    )
    expect(points.at(-1)?.evidence).toBe('report')
  })

  test('behavior: rounding and dust are no contradiction, more than dust is', () => {
    const dust = WAD / 1_000_000n
    const merged = (apart: bigint, own: bigint | undefined) =>
      mergeEvidence([seen(10n, WAD), seen(20n, 2n * WAD)], evidence([report(15n, 2n * WAD - apart)]), {
        accrual: 'report',
        ...(own === undefined ? {} : { dust: own }),
      }).points.at(-1)?.evidence
    expect(merged(10n, undefined)).toBe('report')
    expect(merged(11n, undefined)).toBe('sample')
    expect(merged(2n * dust, dust)).toBe('report')
    expect(merged(2n * dust + 1n, dust)).toBe('sample')
  })

  test('behavior: a report at the very sample explains it, one at the sample before does not', () => {
    const observations = [seen(10n, 400n), seen(20n, 500n)]
    expect(mergeEvidence(observations, evidence([report(20n, 500n)]), rules).points.at(-1)?.evidence).toBe(
      'report',
    )
    expect(mergeEvidence(observations, evidence([report(10n, 500n)]), rules).points.at(-1)?.evidence).toBe(
      'sample',
    )
    expect(mergeEvidence(observations, evidence([report(21n, 500n)]), rules).points.at(-1)?.evidence).toBe(
      'sample',
    )
  })

  describe('times', () => {
    const observations = [seen(10n, 400n), seen(20n, 500n)]
    const merged = (told: Report, timeOf: ReportEvidence['timeOf'] = NOTHING) =>
      brief(mergeEvidence(observations, evidence([told], { timeOf }), rules).points).at(-1)

    test('default: the reference block’s time, where the event tells a block', () => {
      const timeOf = (block: bigint) => ({ earliest: block * SLOT, latest: block * SLOT })
      expect(merged(report(15n, 500n, { kind: 'block', block: 13n }), timeOf)).toEqual([
        'report',
        156n,
        156n,
        500n,
      ])
    })

    test('behavior: as unsure as the reference block’s time, and never after the landing', () => {
      const timeOf = (block: bigint) =>
        block === 13n ? { earliest: 130n, latest: 200n } : { earliest: 175n, latest: 185n }
      expect(merged(report(15n, 500n, { kind: 'block', block: 13n }), timeOf)).toEqual([
        'report',
        130n,
        180n,
        500n,
      ])
    })

    test('behavior: a landing that nobody tells is as unsure as the blocks around it', () => {
      const timeOf = () => ({ earliest: 170n, latest: 190n })
      expect(merged(report(15n, 500n, LANDING, null), timeOf)).toEqual(['report', 170n, 190n, 500n])
    })

    test.each([
      [170n, 179n],
      [181n, 190n],
    ])(
      'behavior: a log’s time outside of %s to %s, where it must be, is not believed',
      (earliest, latest) => {
        expect(merged(report(15n, 500n), () => ({ earliest, latest }))).toEqual([
          'report',
          earliest,
          latest,
          500n,
        ])
      },
    )

    test('behavior: a report that cannot be placed in time leaves the step to the samples', () => {
      expect(merged(report(15n, 500n, LANDING, null))?.[0]).toBe('sample')
      expect(merged(report(15n, 500n, { kind: 'block', block: 13n }))?.[0]).toBe('sample')
      // Measured after it landed, or long before.
      expect(merged(report(15n, 500n, at(181n)))?.[0]).toBe('sample')
      const late = { ...report(15n, 500n, at(1n)), log: report(15n, 500n, LANDING, 172_802n).log }
      expect(merged(late)?.[0]).toBe('sample')
      expect(merged({ ...late, measured: at(2n) })?.[0]).toBe('report')
    })
  })

  test('behavior: a step seen late but landed before a report is put before it', () => {
    // The sample at block 20 shows 500; the report of 600 was measured before that sample and landed after it.
    const observations = [seen(10n, 400n), seen(20n, 500n), seen(30n, 600n)]
    const { points } = mergeEvidence(observations, evidence([report(25n, 600n, at(230n))]), rules)
    expect(brief(points)).toEqual([
      ['sample', undefined, 120n, 400n],
      ['sample', 120n, 229n, 500n],
      ['report', 230n, 230n, 600n],
    ])
  })

  test('behavior: reports told twice come out once each', () => {
    const observations = [seen(10n, 400n), seen(40n, 700n)]
    const reports = [
      report(12n, 500n, at(130n)),
      report(14n, 500n, at(130n)),
      report(20n, 700n, at(220n)),
      report(22n, 500n, at(130n)),
      report(23n, 700n, at(220n)),
    ]
    const { points } = mergeEvidence(observations, evidence(reports), rules)
    expect(points.map(({ measuredAt, rate, block }) => [measuredAt, rate, block])).toEqual([
      [120n, 400n, 10n],
      [130n, 500n, 12n],
      [220n, 700n, 20n],
    ])
  })

  test.each([
    ['before the one before it', [report(12n, 500n, at(130n)), report(14n, 700n, at(125n))]],
    ['at the same moment as the one before it', [report(12n, 500n, at(130n)), report(14n, 700n, at(130n))]],
  ])('behavior: a report that was measured %s is not believed', (_, reports) => {
    const observations = [seen(10n, 400n), seen(20n, 700n)]
    const { points, contradictions } = mergeEvidence(observations, evidence(reports), rules)
    expect(points.map(({ evidence: kind }) => kind)).toEqual(['sample', 'sample'])
    expect(contradictions).toMatchObject([{ from: 11n, to: 20n }])
  })

  test('behavior: nor one that was measured before a report of an earlier gap', () => {
    const observations = [seen(10n, 400n), seen(20n, 500n), seen(30n, 550n), seen(40n, 700n)]
    const reports = [report(15n, 500n, at(170n)), report(35n, 700n, at(160n))]
    const { points, contradictions } = mergeEvidence(observations, evidence(reports), rules)
    expect(points.map(({ evidence: kind, rate }) => [kind, rate])).toEqual([
      ['sample', 400n],
      ['report', 500n],
      ['sample', 550n],
      ['sample', 700n],
    ])
    expect(contradictions).toMatchObject([{ from: 31n, to: 40n }])
  })

  test('behavior: a report that took longer than usual to land is as unsure as that', () => {
    const observations = [seen(10n, 400n), seen(30_000n, 500n)]
    const measured = (lag: bigint) =>
      brief(
        mergeEvidence(observations, evidence([report(29_000n, 500n, at(200_000n))]), {
          accrual: 'report',
          lag,
        }).points,
      ).at(-1)
    // Landed 148,000 s after it was measured.
    expect(measured(148_000n)).toEqual(['report', 200_000n, 200_000n, 500n])
    expect(measured(147_999n)).toEqual(['report', 200_000n, 348_000n, 500n])
  })

  test('behavior: reports of a gap whose first blocks are not read are not all of them', () => {
    const observations = [seen(10n, 400n), seen(20n, 500n)]
    const merged = (covered: ReportEvidence['covered']) =>
      mergeEvidence(observations, evidence([report(15n, 500n)], { covered }), rules)
    expect(merged([{ from: 11n, to: 15n }]).points.at(-1)?.evidence).toBe('report')
    for (const covered of [[{ from: 12n, to: 20n }], [{ from: 11n, to: 14n }], []]) {
      expect(merged(covered).points.at(-1)?.evidence).toBe('sample')
      expect(merged(covered).contradictions).toEqual([])
    }
  })

  test('behavior: real reports out of order and twice make no fall', () => {
    // A public copy of these events lists 16,001,280 and its neighbours twice, out of order.
    const order = [15_995_520n, 16_001_280n, 16_502_400n, 15_995_520n, 16_001_280n, 16_502_400n]
    const rows = order.flatMap(block => reportRows.find(row => row.block === block) ?? [])
    const reports = rows.map(({ time, rate }, index) =>
      report(16_502_500n + BigInt(index), rate, at(time), time + 800n),
    )
    const last = rows.at(-1)?.rate ?? 0n
    const observations = [
      { block: 15_000_000n, time: 1_600_000_000n, rate: WAD },
      { block: 16_600_000n, time: 1_700_000_001n, rate: last },
    ]
    const { points } = mergeEvidence(observations, evidence(reports), rules)
    expect(points).toHaveLength(4)
    for (const [index, { rate }] of points.entries())
      expect(rate >= (points[index - 1]?.rate ?? 0n)).toBe(true)
  })

  test('behavior: no samples, no points; no reports, the samples’ own', () => {
    expect(mergeEvidence([], evidence([report(15n, 5n)]), rules).points).toEqual([])
    const observations = [seen(10n, 4n), seen(20n, 5n), seen(30n, 5n)]
    expect(mergeEvidence(observations, evidence([]), rules).points).toEqual(ratePoints(observations, rules))
  })

  test('behavior: however often it is sampled, true reports alone make the series', () => {
    const gaps = fc.array(fc.bigInt({ min: 2n, max: 40n }), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(gaps, fc.bigInt({ min: 1n, max: 90n }), (distances, spacing) => {
        let block = 1_000n
        const reports = distances.map((distance, index) => {
          block += distance
          return report(block, WAD + BigInt(index + 1) * 1_000n, at(block * SLOT - 6n))
        })
        const observations: Observation[] = []
        for (let sampled = 1_000n; sampled < block + spacing; sampled += spacing)
          observations.push(
            seen(sampled, reports.filter(({ log }) => log.block <= sampled).at(-1)?.rate ?? WAD),
          )
        const { points, contradictions } = mergeEvidence(observations, evidence(reports), rules)
        expect(points.slice(1).map(({ report: told }) => told)).toEqual(reports)
        expect(contradictions).toEqual([])
      }),
    )
  })

  test('behavior: whatever reports claim, the rate in force at each sample is the sample’s', () => {
    const lies = fc.array(
      fc.record({ block: fc.bigInt({ min: 90n, max: 220n }), rate: fc.bigInt({ min: WAD, max: 2n * WAD }) }),
      { maxLength: 20 },
    )
    const truths = fc.array(fc.bigInt({ min: WAD, max: 2n * WAD }), { minLength: 2, maxLength: 12 })
    fc.assert(
      fc.property(lies, truths, (claims, rates) => {
        const observations = rates.map((rate, index) => seen(100n + 10n * BigInt(index), rate))
        const reports = claims
          .sort((a, b) => (a.block < b.block ? -1 : 1))
          .map(({ block, rate }) => report(block, rate))
        const { points } = mergeEvidence(observations, evidence(reports), rules)
        for (const { time, rate } of observations) {
          const inForce = points.filter(({ landedAt }) => landedAt <= time).at(-1)?.rate ?? 0n
          const apart = inForce > rate ? inForce - rate : rate - inForce
          expect(apart <= 10n).toBe(true)
        }
        for (const [index, point] of points.entries())
          expect(point.measuredAt >= (points[index - 1]?.measuredAt ?? 0n)).toBe(true)
      }),
    )
  })
})
