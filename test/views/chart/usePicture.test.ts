import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DAY, WAD } from '../../../src/math/fixedPoint.ts'
import type { RatePoint } from '../../../src/math/series.ts'
import type { TokenPool } from '../../../src/pools/definePool.ts'
import { frax } from '../../../src/pools/frax.ts'
import { tokenPools } from '../../../src/pools/index.ts'
import { lido } from '../../../src/pools/lido.ts'
import { rocketPool } from '../../../src/pools/rocketPool.ts'
import { notesOf } from '../../../src/views/chart/notes.ts'
import { pictureOf } from '../../../src/views/chart/usePicture.ts'
import { SHOWN, type ViewState } from '../../../src/views/state/viewState.ts'
import {
  dayAt,
  JULY,
  moving,
  rate,
  reported,
  sampled,
  samplesFrom,
  seriesFrom,
  viewOf,
} from './pastSupport.ts'

const daily = (from: bigint, to: bigint): RatePoint[] =>
  Array.from({ length: Number(to - from) + 1 }, (_, index) =>
    reported(from + BigInt(index), rate(8n * (from + BigInt(index)))),
  )

type Change = Partial<Parameters<typeof pictureOf>[0]> & { readonly show?: Partial<ViewState> }

const draw = (series: Parameters<typeof pictureOf>[0]['series'], { show, ...change }: Change = {}) =>
  pictureOf({
    series,
    samples: [],
    view: viewOf({ window: '7d', ...show }),
    from: JULY + 20n * DAY,
    until: JULY + 30n * DAY,
    choose: () => undefined,
    ...change,
  })

const dayTime = (day: bigint): bigint => JULY + day * DAY

const withoutMarket = tokenPools.find(({ market }) => market.kind === 'none') as TokenPool

describe('the yield', () => {
  test('default: stairs from the start of the range to its end, each value in force until the next', () => {
    const { drawing } = draw([seriesFrom(rocketPool, daily(0n, 28n))])
    const [line] = drawing?.lines ?? []
    expect([drawing?.from, drawing?.until]).toEqual([dayAt(20), dayAt(30)])
    expect(line?.isStairs).toBe(true)
    // From the 20th to the 28th, and the 28th's value held until the 30th.
    expect(line?.points.map(({ x }) => x)).toEqual([20, 21, 22, 23, 24, 25, 26, 27, 28, 30].map(dayAt))
    expect(line?.points.at(-1)?.y).toBe(line?.points.at(-2)?.y)
    expect(line?.points[0]?.y).toBeCloseTo(2.96, 1)
  })

  test('behavior: a range between two reports begins with the value in force', () => {
    const { drawing } = draw([seriesFrom(rocketPool, daily(0n, 28n))], { from: JULY + 20n * DAY + 600n })
    const [first] = drawing?.lines[0]?.points ?? []
    expect(first?.x).toBe(dayAt(20) + 600)
    expect(first?.y).toBe(draw([seriesFrom(rocketPool, daily(0n, 28n))]).drawing?.lines[0]?.points[0]?.y)
  })

  test('behavior: where there is no yield there is a gap, and nothing before the first point', () => {
    const points = [...daily(0n, 10n), ...daily(22n, 30n)]
    const { drawing } = draw([seriesFrom(rocketPool, points)], { from: JULY - 5n * DAY })
    const known = drawing?.lines[0]?.points ?? []
    // Nothing is known from before the first of July: the chart starts there.
    expect(drawing?.from).toBe(dayAt(0))
    expect(known[0]).toEqual({ x: dayAt(0), y: null })
    // Where the start would lie more than half a window from where it belongs.
    expect(known.filter(({ y }) => y === null).map(({ x }) => x)).toEqual(
      [0, 1, 2, 3, 22, 23, 24, 25].map(dayAt),
    )
  })

  test('behavior: a fall is negative, marked, and never clamped', () => {
    const points = daily(0n, 28n).map((point, index) =>
      index < 25 ? point : { ...point, rate: (point.rate * 995n) / 1000n },
    )
    const { drawing } = draw([seriesFrom(rocketPool, points)])
    const [line] = drawing?.lines ?? []
    expect(line?.marks.filter(({ kind }) => kind === 'fall').map(({ x }) => x)).toEqual([dayAt(25)])
    const [mark] = line?.marks ?? []
    expect(mark?.y).toBe(line?.points.find(({ x }) => x === dayAt(25))?.y)
    expect(mark?.y).toBeLessThan(-10)
    expect(drawing?.tipOf('rocket-pool', dayAt(25))?.value).toMatch(/^−\d\d\.\d{4} %$/)
  })

  test('behavior: one exceptional report and a late one are marked where they are', () => {
    const points = daily(0n, 28n)
      .filter((_, index) => index !== 22 && index !== 23)
      .map(point => (point.block < 1_026n ? point : { ...point, rate: point.rate + rate(11n) - WAD }))
    const { drawing } = draw([seriesFrom(rocketPool, points)])
    const marks = drawing?.lines[0]?.marks.map(({ x, kind }) => [x, kind])
    expect(marks).toEqual([
      [dayAt(24), 'late'],
      [dayAt(26), 'exceptional'],
    ])
  })

  test('behavior: the tip is exact, with span, count and how sure', () => {
    const { drawing } = draw([
      seriesFrom(rocketPool, daily(0n, 28n)),
      seriesFrom(
        lido,
        daily(0n, 28n).map(({ block, rate: value }) => sampled(block - 1_000n, value)),
      ),
    ])
    expect(drawing?.tipOf('rocket-pool', dayAt(27) + 100)).toEqual({
      value: '2.9574 %',
      detail: '7 d, 7 reports, exact',
    })
    expect(drawing?.tipOf('lido', dayAt(27) + 100)?.detail).toMatch(/^7 d, 7 changes, ±0\.\d\d %$/)
    expect(drawing?.tipOf('rocket-pool', dayAt(-1))).toBeUndefined()
    expect(drawing?.tipOf('nobody', dayAt(27))).toBeUndefined()
  })
})

describe('the other measures', () => {
  test('default: a rate holds where it is reported and goes straight where it moves', () => {
    const { drawing } = draw(
      [
        seriesFrom(rocketPool, daily(0n, 28n)),
        seriesFrom(
          frax,
          daily(0n, 28n).map(({ block, rate: value }) => moving(block - 1_000n, value)),
        ),
      ],
      { show: { shown: 'rate' } },
    )
    expect(drawing?.lines.map(({ isStairs }) => isStairs)).toEqual([true, false])
    expect(drawing?.lines[0]?.points.at(-1)).toEqual({ x: dayAt(30), y: 1.00224 })
    // What moves all the time is not known after its last sample.
    expect(drawing?.lines[1]?.points.at(-1)).toEqual({ x: dayAt(28), y: 1.00224 })
    expect(drawing?.tipOf('rocket-pool', dayAt(28) + 5)).toEqual({
      value: '1.00224 ETH',
      detail: 'block 1,028, report measured 2026-07-29 00:00 UTC',
    })
    expect(drawing?.tipOf(frax.id, dayAt(28))).toEqual({
      value: '1.00224 frxETH',
      detail: 'block 1,028, sample of 2026-07-29 00:00 UTC',
    })
  })

  test('behavior: growth starts with 1 at the start of the range, or at a younger pool’s first point', () => {
    const picture = draw([seriesFrom(rocketPool, daily(0n, 28n)), seriesFrom(lido, daily(25n, 28n))], {
      show: { shown: 'growth' },
    })
    const [old, young] = picture.drawing?.lines ?? []
    expect(old?.points[0]).toEqual({ x: dayAt(20), y: 1 })
    expect(young?.points[0]).toEqual({ x: dayAt(25), y: 1 })
    expect(old?.points.at(-1)?.y).toBeCloseTo(1.00224 / 1.0016, 12)
    expect(notesOf(picture)).toEqual(['Lido: known from later on only, so the line starts there, with 1.'])
    expect(picture.drawing?.tipOf('rocket-pool', dayAt(28))).toEqual({
      value: '1.000638977635782747 ETH',
      detail: 'since 2026-07-21 00:00 UTC; block 1,028, report measured 2026-07-29 00:00 UTC',
    })
  })

  test('behavior: supply and premium have a gap where a sample does not know them', () => {
    const known = { rate: WAD, supply: 1_000n * WAD, market: (101n * WAD) / 100n }
    const { market: _, ...silent } = known
    const samples = samplesFrom(rocketPool, ['notYet', known, 'unknown', silent, known])
    const series = [seriesFrom(rocketPool, [sampled(1n, WAD, true)])]
    const whole = { samples, from: undefined, until: undefined }
    const supply = draw(series, { ...whole, show: { shown: 'supply' } })
    expect(supply.drawing?.lines[0]?.points.map(({ y }) => y)).toEqual([1_000, null, 1_000, 1_000])
    const premium = draw(series, { ...whole, show: { shown: 'premium' } })
    expect(premium.drawing?.lines[0]?.points.map(({ y }) => y)).toEqual([1, null, null, 1])
    expect(premium.drawing?.lines[0]?.isStairs).toBe(false)
    expect(premium.drawing?.tipOf('rocket-pool', dayAt(4))).toEqual({
      value: '+1.0000 %',
      detail: 'block 1,004, sample of 2026-07-05 00:00 UTC',
    })
    expect(premium.drawing?.tipOf('rocket-pool', dayAt(3))).toEqual({
      value: 'not known',
      detail: 'The market’s feed told no usable price then.',
    })
  })

  test('behavior: a pool without a market’s feed is named, and not drawn as 0', () => {
    const known = { rate: WAD, supply: WAD }
    const samples = samplesFrom(withoutMarket, [known, known])
    const picture = draw([seriesFrom(withoutMarket, [sampled(0n, WAD, true), sampled(1n, rate(1n))])], {
      samples,
      from: undefined,
      until: undefined,
      show: { shown: 'premium' },
    })
    expect(picture.drawing).toBeUndefined()
    expect(notesOf(picture).join()).toContain(
      `No contract tells a market’s price of ${withoutMarket.name}, so their premium is not known.`,
    )
  })
})

describe('the sentence of the chart', () => {
  test('default', () => {
    const { drawing } = draw([seriesFrom(rocketPool, daily(0n, 28n)), seriesFrom(lido, daily(0n, 26n))])
    expect(drawing?.title).toMatch(
      /^Implied APY, 7 d window of 2 pools, Jul 21, 2026 to Jul 31, 2026: at the end between 2\.96 % \(.+\) and 2\.96 % \(.+\)\.$/,
    )
    expect(draw([seriesFrom(rocketPool, daily(0n, 28n))]).drawing?.title).toBe(
      'Implied APY, 7 d window of Rocket Pool, Jul 21, 2026 to Jul 31, 2026: 2.96 % throughout.',
    )
  })

  test('behavior: of one pool, how far it went and where it is', () => {
    const { drawing } = draw([seriesFrom(rocketPool, daily(0n, 28n))], { show: { shown: 'rate' } })
    expect(drawing?.title).toMatch(
      /^Exchange rate of Rocket Pool, .*: between 1\.\d{4} and (1\.\d{4}), at the end \1\.$/,
    )
  })
})

describe('what bad input gets', () => {
  test.each([
    ['no pool', [], 'No pool is chosen.'],
    ['no report', [seriesFrom(rocketPool, [])], 'No rate has been read in this range.'],
    [
      'a range before the pool existed',
      [seriesFrom(rocketPool, daily(40n, 50n))],
      'No rate has been read in this range.',
    ],
    [
      'one report only',
      [seriesFrom(rocketPool, daily(25n, 25n))],
      'No yield is known in this range: for a window of 7 d it takes two changes of rate about so far apart.',
    ],
  ])('behavior: %s is a sentence', (_, series, why) => {
    const picture = draw(series)
    expect(picture.drawing).toBeUndefined()
    expect(picture.whyNothing).toBe(why)
  })

  test('behavior: one report only has a rate, and a growth of none', () => {
    const series = [seriesFrom(rocketPool, daily(25n, 25n))]
    expect(draw(series, { show: { shown: 'rate' } }).drawing?.lines[0]?.points).toEqual([
      { x: dayAt(25), y: 1.002 },
      { x: dayAt(30), y: 1.002 },
    ])
    expect(draw(series, { show: { shown: 'growth' } }).drawing?.lines[0]?.points.map(({ y }) => y)).toEqual([
      1, 1,
    ])
    expect(notesOf(draw(series))).toContain(
      'No yield of Rocket Pool: The rate has not changed in the samples read so far.',
    )
  })

  test('behavior: a window longer than the history is told, beside those that have one', () => {
    const picture = draw([seriesFrom(rocketPool, daily(0n, 28n)), seriesFrom(lido, daily(26n, 28n))])
    expect(picture.drawing?.lines.map(({ id }) => id)).toEqual(['rocket-pool'])
    expect(notesOf(picture)).toEqual([
      'The window of 7 d is longer than what is known of Lido, so there is no yield.',
    ])
  })

  test('behavior: a range that begins before all pools starts with the first of them, and says so', () => {
    const picture = draw([seriesFrom(rocketPool, daily(0n, 28n))], {
      from: JULY - 400n * DAY,
      show: { shown: 'rate' },
    })
    expect(picture.drawing?.from).toBe(dayAt(0))
    expect(notesOf(picture)).toEqual(['Nothing is known from before Jul 1, 2026, so the chart starts there.'])
  })

  test('behavior: whatever the points, nothing drawn is outside the range, infinite or no number', () => {
    const point = fc.record({ gap: fc.bigInt(0n, 20n * DAY), step: fc.bigInt(-50_000n, 50_000n) })
    fc.assert(
      fc.property(
        fc.array(point, { maxLength: 30 }),
        fc.constantFrom(...SHOWN),
        fc.bigInt(-50n, 300n),
        fc.bigInt(-50n, 300n),
        (steps, shown, from, until) => {
          let time = JULY
          const points = steps.map(({ gap, step }, index): RatePoint => {
            time += gap
            const value = rate(100_000n + step)
            return {
              ...sampled(0n, value),
              measuredAt: time,
              notBefore: time,
              landedAt: time,
              block: BigInt(index),
            }
          })
          const picture = draw([seriesFrom(rocketPool, points)], {
            from: JULY + from * DAY,
            until: JULY + until * DAY,
            samples: samplesFrom(rocketPool, ['unknown', { rate: WAD, supply: 0n, market: WAD }]),
            show: { shown },
          })
          expect([...notesOf(picture), picture.whyNothing].join()).not.toMatch(/NaN|Infinity|undefined/)
          const { drawing } = picture
          if (drawing === undefined) return
          expect(drawing.title).not.toMatch(/NaN|Infinity|undefined/)
          for (const { x, y } of drawing.lines.flatMap(line => [...line.points, ...line.marks])) {
            expect(x).toBeGreaterThanOrEqual(drawing.from)
            expect(x).toBeLessThanOrEqual(drawing.until)
            if (y !== null) expect(Number.isFinite(y)).toBe(true)
            expect(drawing.tipOf('rocket-pool', x)?.value).not.toMatch(/NaN|Infinity|undefined/)
          }
        },
      ),
    )
  })
})

describe('time of which nothing is known', () => {
  const gap = { from: dayTime(23n), until: dayTime(26n) }
  const late = daily(0n, 22n).concat(daily(26n, 28n))

  test('default: no stairs go through it, and they go on where the rate is found again', () => {
    const own = { ...seriesFrom(rocketPool, late), gaps: [gap] }
    for (const shown of ['rate', 'growth'] as const) {
      const { drawing } = draw([own], { show: { shown } })
      const points = drawing?.lines[0]?.points ?? []
      expect(points.filter(({ y }) => y === null).map(({ x }) => x)).toEqual([dayAt(23)])
      expect(points.find(({ x }) => x === dayAt(26))?.y).toBeGreaterThan(0.9)
      expect(drawing?.tipOf('rocket-pool', dayAt(24))?.value).toMatch(/not known|could not be read/)
      expect(drawing?.tipOf('rocket-pool', dayAt(26))?.value).not.toMatch(/not known|could not be read/)
    }
  })

  test('behavior: up to now the stairs end where it begins, and that is said', () => {
    const own = {
      ...seriesFrom(rocketPool, daily(0n, 22n)),
      gaps: [{ from: dayTime(23n), until: undefined }],
    }
    const picture = draw([own])
    expect(picture.drawing?.lines[0]?.points.at(-1)?.y).toBeNull()
    expect(notesOf(picture)).toContain('The rate of Rocket Pool could not be read from Jul 24, 2026 to now.')
  })

  test('behavior: several are counted, those out of sight are not told, and supply has none of its own', () => {
    const gaps = [{ from: dayTime(1n), until: dayTime(2n) }, { from: dayTime(21n), until: dayTime(22n) }, gap]
    const own = { ...seriesFrom(rocketPool, late), gaps }
    expect(notesOf(draw([own]))).toContain(
      'The rate of Rocket Pool could not be read from Jul 24, 2026 to Jul 27, 2026, and once before.',
    )
    expect(notesOf(draw([own], { show: { shown: 'supply' } })).join()).not.toContain('could not be read from')
  })
})
