import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mulDivDown, mulDivUp, WAD, YEAR } from '../../src/math/fixedPoint.ts'
import { PowerOutOfRange } from '../../src/math/power.ts'
import { EmptySpan, impliedApr, impliedApy, NonPositiveRate } from '../../src/math/yield.ts'
import { lidoRebases, type ReportRow, reportPairs, reportRows } from '../support/vectors.ts'

/** Percent with so many decimals, rounded half up: the way the known answers were printed. */
function percent(fraction: bigint, decimals: number): string {
  const unit = 10n ** BigInt(decimals)
  const rounded = mulDivDown(2n * fraction * 100n * unit + WAD, 1n, 2n * WAD)
  return `${rounded / unit}.${(rounded % unit).toString().padStart(decimals, '0')}`
}

const rowAt = (block: bigint): ReportRow => {
  const row = reportRows.find(one => one.block === block)
  expect(row, `row of block ${block}`).toBeDefined()
  return row as ReportRow
}

const at = (time: bigint, rate: bigint) => ({ time, rate })
const rate = fc.bigInt({ min: WAD / 2n, max: 3n * WAD })
/** A growth of 10^-9 to 2 %, the most that Rocket Pool's contract takes in one report. */
const growth = fc.bigInt({ min: 10n ** 9n, max: WAD / 50n })
const withinYear = fc.bigInt({ min: 86_400n, max: YEAR })

describe('known answers', () => {
  test.each(reportRows)(
    'behavior: the rate of rETH report $block',
    ({ totalEth, rethSupply, rate: known }) => {
      expect(mulDivDown(totalEth, WAD, rethSupply)).toBe(known)
    },
  )

  test.each(reportPairs)('behavior: rETH $from to $to', pair => {
    const [from, to] = [rowAt(pair.from), rowAt(pair.to)]
    const bothTold = from.slotTimestamp !== undefined && to.slotTimestamp !== undefined
    const [start, end] = bothTold ? [from.slotTimestamp, to.slotTimestamp] : [from.time, to.time]
    expect((end ?? 0n) - (start ?? 0n)).toBe(pair.seconds)
    expect(to.rate - from.rate).toBe(pair.growth)
    const ends = [at(start ?? 0n, from.rate), at(end ?? 0n, to.rate)] as const
    expect(impliedApr(...ends)).toBe(pair.apr)
    expect(percent(impliedApy(...ends), 8)).toBe(pair.apyPercent)
  })

  test('behavior: there are 20 reports and 19 pairs', () => {
    expect([reportRows.length, reportPairs.length, lidoRebases.length]).toEqual([20, 19, 4])
  })

  test.each(lidoRebases)('behavior: Lido over $timeElapsed s is $aprPercent %', rebase => {
    const ray = 10n ** 27n
    const before = mulDivDown(rebase.preTotalEther, ray, rebase.preTotalShares)
    const after = mulDivDown(rebase.postTotalEther, ray, rebase.postTotalShares)
    const apr = impliedApr(at(0n, before), at(rebase.timeElapsed, after))
    expect(percent(apr, 6)).toBe(rebase.aprPercent)
  })
})

describe('impliedApr and impliedApy', () => {
  test('default', () => {
    const ends = [at(100n, WAD), at(100n + YEAR, (WAD * 104n) / 100n)] as const
    expect(impliedApr(...ends)).toBe(40_000_000_000_000_000n)
    expect(impliedApy(...ends)).toBe(40_000_000_000_000_000n)
  })

  test('behavior: half a year of 2 % is 4 % simple and 4.04 % compounded', () => {
    const ends = [at(0n, WAD), at(YEAR / 2n, (WAD * 102n) / 100n)] as const
    expect(impliedApr(...ends)).toBe(40_000_000_000_000_000n)
    expect(impliedApy(...ends)).toBe(40_400_000_000_000_000n)
  })

  test('behavior: no change is 0, a value and not a gap', () => {
    expect(impliedApr(at(0n, WAD), at(5n, WAD))).toBe(0n)
    expect(impliedApy(at(0n, WAD), at(5n, WAD))).toBe(0n)
  })

  test('behavior: the unit of the rate does not matter', () => {
    const scale = fc.bigInt({ min: 1n, max: 10n ** 12n })
    fc.assert(
      fc.property(rate, growth, withinYear, scale, (start, step, seconds, factor) => {
        const end = start + mulDivDown(start, step, WAD)
        const [a, b] = [at(0n, start), at(seconds, end)]
        const [c, d] = [at(0n, start * factor), at(seconds, end * factor)]
        expect(impliedApr(c, d)).toBe(impliedApr(a, b))
        expect(impliedApy(c, d)).toBe(impliedApy(a, b))
      }),
    )
  })

  test('behavior: only the distance in time matters', () => {
    fc.assert(
      fc.property(
        rate,
        growth,
        withinYear,
        fc.bigInt({ min: 0n, max: 10n ** 10n }),
        (start, step, span, from) => {
          const end = start + mulDivDown(start, step, WAD)
          expect(impliedApy(at(from, start), at(from + span, end))).toBe(
            impliedApy(at(0n, start), at(span, end)),
          )
        },
      ),
    )
  })

  test('behavior: the APYs of the parts of a span compose to the APY of the whole', () => {
    fc.assert(
      fc.property(rate, growth, growth, withinYear, (start, first, second, half) => {
        const middle = start + mulDivDown(start, first, WAD)
        const end = middle + mulDivDown(middle, second, WAD)
        const left = WAD + impliedApy(at(0n, start), at(half, middle))
        const right = WAD + impliedApy(at(half, middle), at(2n * half, end))
        const whole = WAD + impliedApy(at(0n, start), at(2n * half, end))
        // Over two halves of equal length the whole is the geometric mean.
        const difference = whole * whole - left * right
        const slack = 2n * (left + right + whole)
        expect(difference < slack && difference > -slack).toBe(true)
      }),
    )
  })

  test('behavior: over at most a year APY ≥ APR > 0 for a rise', () => {
    fc.assert(
      fc.property(rate, growth, withinYear, (start, step, seconds) => {
        const ends = [at(0n, start), at(seconds, start + mulDivUp(start, step, WAD))] as const
        const [apr, apy] = [impliedApr(...ends), impliedApy(...ends)]
        expect(apr > 0n && apy >= apr).toBe(true)
      }),
    )
  })

  test('behavior: over more than a year APY ≤ APR for a rise', () => {
    const years = fc.bigInt({ min: YEAR, max: 6n * YEAR })
    fc.assert(
      fc.property(rate, growth, years, (start, step, seconds) => {
        const ends = [at(0n, start), at(seconds, start + mulDivUp(start, step, WAD))] as const
        const [apr, apy] = [impliedApr(...ends), impliedApy(...ends)]
        expect(apy > 0n && apy <= apr).toBe(true)
      }),
    )
  })

  test('behavior: a fall stays a fall', () => {
    fc.assert(
      fc.property(rate, fc.bigInt({ min: 1n, max: WAD / 100n }), withinYear, (start, fall, seconds) => {
        const ends = [at(0n, start), at(seconds, start - fall)] as const
        expect(impliedApr(...ends) < 0n).toBe(true)
        expect(impliedApy(...ends) < 0n).toBe(true)
      }),
    )
  })

  test('behavior: a fall cannot lose more than everything', () => {
    expect(impliedApy(at(0n, WAD), at(86_400n, (WAD * 98n) / 100n))).toBeGreaterThan(-WAD)
    expect(impliedApr(at(0n, WAD), at(86_400n, (WAD * 98n) / 100n))).toBe(-7_300_000_000_000_000_000n)
  })

  test('error: EmptySpan', () => {
    for (const compute of [impliedApr, impliedApy]) {
      expect(() => compute(at(5n, WAD), at(5n, WAD))).toThrow(EmptySpan)
      expect(() => compute(at(5n, WAD), at(4n, WAD))).toThrow(EmptySpan)
    }
  })

  test('error: NonPositiveRate', () => {
    for (const compute of [impliedApr, impliedApy]) {
      expect(() => compute(at(0n, 0n), at(1n, WAD))).toThrow(NonPositiveRate)
      expect(() => compute(at(0n, WAD), at(1n, -1n))).toThrow(NonPositiveRate)
    }
  })

  test('error: PowerOutOfRange', () => {
    const ends = [at(0n, WAD), at(12n, (WAD * 101n) / 100n)] as const
    expect(() => impliedApy(...ends)).toThrow(PowerOutOfRange)
    expect(impliedApr(...ends)).toBeGreaterThan(0n)
  })
})

describe('a rise is divided by the rate at the start, not by one', () => {
  // What adapters of a large aggregator showed until July 2026, in hundredths of a percent, and what was true.
  test.each([
    ['cbETH', 284n, 250n],
    ['ETHx', 232n, 209n],
    ['mETH', 235n, 214n],
    ['weETH', 252n, 229n],
    ['LsETH', 323n, 305n],
    ['cdcETH', 156n, 144n],
  ])('default: %s', (_, shown, truth) => {
    const start = (WAD * shown) / truth
    const day = 86_400n
    const rise = (WAD * shown * day) / (10_000n * YEAR)
    const hundredths = (value: bigint) => (value * 10_000n + WAD / 2n) / WAD
    expect(hundredths((rise * YEAR) / day)).toBe(shown)
    expect(hundredths(impliedApr(at(0n, start), at(day, start + rise)))).toBe(truth)
  })
})
