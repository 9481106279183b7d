import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mergeEvidence } from '../../src/math/evidence.ts'
import { DAY, mulDivDown, WAD, YEAR } from '../../src/math/fixedPoint.ts'
import { marksOf } from '../../src/math/marks.ts'
import { medianOf } from '../../src/math/perReport.ts'
import { premiumOver } from '../../src/math/premium.ts'
import type { Report } from '../../src/math/report.ts'
import { isStep, type RatePoint } from '../../src/math/series.ts'
import { growthBetween, SHORTEST_SPAN } from '../../src/math/whatIf.ts'
import { yieldBand } from '../../src/math/window.ts'
import { etherFi } from '../../src/pools/etherFi.ts'
import { pools, tokenPools } from '../../src/pools/index.ts'
import { believed, cbethReports, cbethSamples, cbethYields, EVERYTHING } from '../support/cbethEvidence.ts'
import { count, percent } from '../support/digits.ts'
import { methodExamples } from '../support/methodExamples.ts'
import { cbethRates, dividedByOne, lidoWeek, weethSteps } from '../support/tokenRates.ts'
import { lidoRebases, reportPairs } from '../support/vectors.ts'

const written = readFileSync(new URL('../../METHOD.md', import.meta.url), 'utf8')

/** The sections of the document by their headings. */
const sections = new Map(
  written
    .split(/^## /m)
    .slice(1)
    .map((text): [string, string] => [text.slice(0, text.indexOf('\n')), text.slice(text.indexOf('\n'))]),
)

const linesOf = (heading: string): string[] =>
  [...(sections.get(heading) ?? '').matchAll(/^ {4}(?<line>.+)$/gm)].map(
    ({ groups }) => groups?.['line'] ?? '',
  )

/** A section's words, however its lines are broken. */
const wordsOf = (heading: string): string => (sections.get(heading) ?? '').replace(/\s+/g, ' ')

const RULES = { accrual: 'report' } as const
const [september, october] = cbethReports as readonly [Report, Report]

/** What becomes of cbETH's updates where their events tell other rates. */
const merged = (rates: readonly bigint[]) =>
  mergeEvidence(
    cbethSamples,
    {
      ...EVERYTHING,
      reports: rates.map((rate, index) => {
        // One block each, the last in its own.
        const before = BigInt(rates.length - 1 - index)
        const { block, time = 0n } = september.log
        const log = { ...september.log, block: block - before, time: time - 12n * before }
        return { ...september, rate, log }
      }),
    },
    RULES,
  )

const isBelieved = (rates: readonly bigint[]): boolean =>
  merged(rates).points.some(({ evidence }) => evidence === 'report')

describe('METHOD.md', () => {
  test.each(Object.entries(methodExamples))('default: the examples of "%s"', (heading, lines) => {
    expect(linesOf(heading)).toEqual(lines)
  })

  test('behavior: no section has an example that is not computed here', () => {
    const withExamples = [...sections.keys()].filter(heading => linesOf(heading).length > 0)
    expect(withExamples.sort()).toEqual(Object.keys(methodExamples).sort())
  })

  test('behavior: the known answers of others stand in it as they were published', () => {
    const given = linesOf('Implied APR and APY').join('\n')
    const week = reportPairs.find(({ from }) => from === 20_632_311n)
    expect(given).toContain(`APR = 2.22988651 %, APY = ${week?.apyPercent} %`)
    expect(lidoRebases).toHaveLength(4)
    for (const { timeElapsed, aprPercent } of lidoRebases)
      expect(given).toContain(`${count(timeElapsed)} s: APR = ${aprPercent} %`)
    const clock = linesOf('The two ends of a window').join('\n')
    for (const range of ['2.57 to 3.43 %', '2.90 to 3.10 %', '2.97 to 3.03 %']) expect(clock).toContain(range)
    const singles = linesOf('Single reports').join('\n')
    for (const known of ['7.34 % once', 'mean 3.71 %', 'median 3.16 %']) expect(singles).toContain(known)
  })

  test('behavior: every pool has its rate in it, and every pool with reports its event', () => {
    const [rates, reports] = [wordsOf('Rate'), wordsOf('Reports')]
    for (const { name } of pools) expect(rates).toContain(`| ${name} |`)
    for (const { name, reports: events } of tokenPools) {
      expect(reports.includes(name), name).toBe(events.length > 0)
      for (const { signature } of events)
        expect(reports).toContain(`\`${signature.slice(0, signature.indexOf('('))}\``)
    }
  })

  test('behavior: the pools that measure before they report, and by how much', () => {
    const lagging = tokenPools.filter(({ lag }) => lag !== undefined)
    expect(lagging.map(({ name }) => name).sort()).toEqual(['Lido', 'Rocket Pool'])
    for (const { lag } of lagging) expect(lag).toBe(6n * 3_600n)
    expect(wordsOf('How sure: the ±')).toContain('for these two each end may lie up to 6 h earlier still')
  })

  test('behavior: the pools with dust, and how much', () => {
    const dusty = tokenPools.filter(({ dust }) => dust !== undefined)
    expect(dusty.map(({ name }) => name).sort()).toEqual(['Liquid Collective', 'Mantle', 'ether.fi'])
    for (const { dust } of dusty) expect(dust).toBe(WAD / 1_000_000n)
  })
})

describe('what METHOD.md says in words', () => {
  test('behavior: dust is no step, a rebase is one', () => {
    expect(isStep(...weethSteps.withoutEvent, etherFi.dust)).toBe(false)
    expect(isStep(...weethSteps.withEvent, etherFi.dust)).toBe(true)
  })

  test('behavior: a report is believed to 10 wei', () => {
    const { rate } = september
    expect([rate, rate + 10n, rate - 10n].map(one => isBelieved([one]))).toEqual([true, true, true])
    expect([rate + 11n, rate - 11n].map(one => isBelieved([one]))).toEqual([false, false])
    const wrong = merged([rate + 11n])
    expect(wrong.contradictions).toHaveLength(1)
    expect(wrong.points).toContainEqual(expect.objectContaining({ rate, evidence: 'sample' }))
  })

  test('behavior: a report is believed up to 10 wei beyond the samples', () => {
    const { low, high } = believed
    expect([low, high].map(one => isBelieved([one, september.rate]))).toEqual([true, true])
    expect([low - 1n, high + 1n].map(one => isBelieved([one, september.rate]))).toEqual([false, false])
  })

  test('behavior: reports give exactly what happened, and the band of samples holds it', () => {
    const { byReports, bySamples } = cbethYields
    expect(byReports.span).toBe(cbethRates.october.time - cbethRates.september.time)
    expect([byReports.start.report, byReports.end.report]).toEqual([september, october])
    for (const measure of ['apr', 'apy'] as const) {
      const exact = byReports[measure]
      expect(yieldBand(byReports, measure)).toEqual({ low: exact, high: exact })
      const band = yieldBand(bySamples, measure)
      expect(band !== undefined && band.low < exact && exact < band.high).toBe(true)
    }
  })

  test('behavior: a rate divided by 1 is too high by the rate itself', () => {
    for (const { shown, right } of dividedByOne) {
      const ratio = mulDivDown(shown, WAD, right)
      expect(ratio > (WAD * 105n) / 100n && ratio < (WAD * 114n) / 100n).toBe(true)
    }
  })

  test('behavior: the mean and the median of the seven days fit the one that stood out', () => {
    const { day, low, high, mean, median } = lidoWeek
    const others = (7n * mean - day) / 6n
    expect(low <= others && others <= high && low <= median && median <= high).toBe(true)
    expect(medianOf([low, low, others, median, high, high, day])).toBe(median)
  })

  test('behavior: 7.34 % amid 2.7 to 3.3 % is exceptional whatever the others are', () => {
    const { day, low, high } = lidoWeek
    const apr = fc.bigInt({ min: low, max: high })
    const month = fc.array(apr, { minLength: 30, maxLength: 30 })
    fc.assert(
      fc.property(month, fc.integer({ min: 0, max: 30 }), (others, place) => {
        const points = daily(others.toSpliced(place, 0, day))
        const marks = marksOf(points, { cadence: DAY })
        expect(marks).toContainEqual({ index: place + 1, kind: 'exceptional' })
      }),
      { numRuns: 50 },
    )
  })

  test('behavior: up to three deviations are not exceptional, more are', () => {
    // Of 31 the median is 3.0 % and the median deviation 0.1 points.
    const others = Array.from({ length: 30 }, (_, day) => [290n, 300n, 310n][day % 3] as bigint)
    const marksWith = (apr: bigint) => marksOf(daily(others.toSpliced(15, 0, apr)), { cadence: DAY })
    expect(marksWith(329n)).toEqual([])
    expect(marksWith(331n)).toEqual([{ index: 16, kind: 'exceptional' }])
  })

  test('behavior: the report after 172,800 s is late, one after a day and a half is not', () => {
    const { beforeGap, afterGap } = cbethRates
    const points = [beforeGap, afterGap].map(pointAt)
    expect(marksOf(points, { cadence: DAY })).toEqual([{ index: 1, kind: 'late' }])
    const onTime = { ...afterGap, time: beforeGap.time + (3n * DAY) / 2n }
    expect(marksOf([beforeGap, onTime].map(pointAt), { cadence: DAY })).toEqual([])
  })

  test('behavior: below half a percent a premium is noise', () => {
    expect(premiumOver((1_004_999n * WAD) / 1_000_000n, WAD).isNoise).toBe(true)
    expect(premiumOver((1_005n * WAD) / 1_000n, WAD).isNoise).toBe(false)
  })

  test('behavior: growth is given as so much a year over 30 days and more', () => {
    const { previous } = cbethRates
    const later = (span: bigint) => ({ time: previous.time + span, rate: previous.rate + 1_000_000n })
    expect(SHORTEST_SPAN).toBe(30n * DAY)
    expect(growthBetween(previous, later(30n * DAY)).apy).toBeDefined()
    expect(growthBetween(previous, later(30n * DAY - 1n)).apy).toBeUndefined()
  })

  test('behavior: percents are rounded as they are printed', () => {
    expect([percent(22_298_865_129_400_289n, 8), percent(0n, 2), percent(WAD, 0)]).toEqual([
      '2.22988651',
      '0.00',
      '100',
    ])
  })
})

/** Daily reports of given APRs, in hundredths of a percent. */
function daily(aprs: readonly bigint[]): RatePoint[] {
  let rate = WAD
  return [0n, ...aprs].map((apr, day) => {
    rate += mulDivDown(rate * apr, DAY, 10_000n * YEAR)
    return pointAt({ block: BigInt(day), time: BigInt(day) * DAY, rate })
  })
}

function pointAt({ block, time, rate }: { block: bigint; time: bigint; rate: bigint }): RatePoint {
  return { measuredAt: time, notBefore: time, landedAt: time, block, rate, evidence: 'report' }
}
