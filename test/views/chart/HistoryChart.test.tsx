import { act, render } from '@testing-library/react'
import { beforeEach, describe, expect, test } from 'vitest'
import { tokenPools } from '../../../src/pools/index.ts'
import type { ChartLine, ChartMark, Drawing } from '../../../src/views/chart/drawing.ts'
import { HistoryChart } from '../../../src/views/chart/HistoryChart.tsx'
import { FORMATS } from '../../../src/views/chart/measures.ts'
import { stubMedia, stubSize } from '../support/browser.ts'

const DAY = 86_400
const FROM = 1_780_012_800

type Values = readonly (number | null)[]

const STYLES: readonly (readonly [name: string, colour: string, dash: string | undefined])[] = [
  ['Alpha', 'red', undefined],
  ['Beta', 'blue', '6 3'],
  ['Gamma', 'green', '2 3'],
]

const pointsOf = (values: Values) => values.map((y, index) => ({ x: FROM + index * DAY, y }))

const linesOf = (...series: readonly Values[]): ChartLine[] =>
  series.map((values, index) => {
    const [name = '', colour = '', dash] = STYLES[index] ?? []
    return { id: name, name, colour, dash, points: pointsOf(values), isStairs: true, marks: [] }
  })

const drawingOf = (lines: readonly ChartLine[]): Drawing => ({
  lines,
  from: FROM,
  until: FROM + (Math.max(1, ...lines.map(({ points }) => points.length)) - 1) * DAY,
  title: 'Implied APY from May to June',
  formatValue: value => `${value} %`,
  tipOf: () => undefined,
  choose: () => undefined,
})

function draw(lines: readonly ChartLine[], change: Partial<Drawing> = {}) {
  const { container } = render(<HistoryChart {...drawingOf(lines)} {...change} />)
  const all = (selector: string): Element[] => [...container.querySelectorAll(selector)]
  const numberOf = (element: Element, name: string): number => Number(element.getAttribute(name))
  return {
    container,
    all,
    paths: all('[data-line]').map(path => path.getAttribute('d') ?? ''),
    strokes: all('[data-line]').map(path => path.getAttribute('stroke')),
    dashes: all('[data-line]').map(path => path.getAttribute('stroke-dasharray')),
    yTicks: all('.recharts-yAxis-tick-labels text').map(text => text.textContent?.replace('\u00a0', ' ')),
    xTicks: all('.recharts-xAxis-tick-labels text').map(({ textContent }) => textContent),
    ends: all('[class*=_end_] text').map(({ textContent }) => textContent),
    tops: all('[class*=_end_] text').map(text => numberOf(text, 'y')),
    /** Where the horizontal lines of the plot lie. */
    ticks: all('.recharts-cartesian-grid-horizontal line').map(line => numberOf(line, 'y1')),
    symbols: all('[class*=_symbol_]').map(path => path.getAttribute('d')?.replace(/M[\d.,-]+/g, 'M') ?? ''),
  }
}

beforeEach(stubSize)

describe('HistoryChart', () => {
  test('default: a line for each pool, in its colour and dash, with ticks and its name at the end', () => {
    const { paths, strokes, dashes, yTicks, xTicks, ends } = draw(
      linesOf([1, 1.5, 2], [2, 2.5, 3], [3, 3.5, 3.9]),
    )
    expect(strokes).toEqual(['red', 'blue', 'green'])
    expect(dashes).toEqual([null, '6 3', '2 3'])
    expect(new Set(paths).size).toBe(3)
    expect(yTicks).toEqual(['1 %', '2 %', '3 %', '4 %'])
    expect(xTicks.length).toBeGreaterThan(1)
    expect(ends).toEqual(['Gamma', 'Beta', 'Alpha'])
  })

  test('behavior: it is a picture with a name', () => {
    const { all } = draw(linesOf([1, 2]))
    expect(all('svg[role=img] > title').map(({ textContent }) => textContent)).toEqual([
      'Implied APY from May to June',
    ])
  })

  test('behavior: stairs hold a value until the next one; others go straight to it', () => {
    const [stair] = draw(linesOf([1, 2, 2])).paths
    expect(stair).toMatch(/^M[\d.]+,[\d.]+H[\d.]+V[\d.]+H[\d.]+$/)
    const straight = linesOf([1, 2, 3]).map(line => ({ ...line, isStairs: false }))
    expect(draw(straight).paths[0]).toMatch(/^M[\d.]+,[\d.]+(L[\d.]+,[\d.]+){2}$/)
  })

  test.each([true, false])('behavior: a gap stays a gap (stairs: %s)', isStairs => {
    const pieces = (values: Values) =>
      draw(linesOf(values).map(line => ({ ...line, isStairs }))).paths[0]?.match(/M/g)?.length
    expect(pieces([1, 2, 3, 4, 5])).toBe(1)
    expect(pieces([1, 2, null, 4, 5])).toBe(2)
  })

  test('behavior: a value between two gaps has a symbol', () => {
    const lonely = linesOf([null, 2, null, 4, 5]).map(line => ({ ...line, isStairs: false }))
    const symbolsOf = (lines: readonly ChartLine[]) => draw(lines).symbols[0]?.match(/M/g)?.length ?? 0
    const rest = linesOf([null, null, null, 4, 5]).map(line => ({ ...line, isStairs: false }))
    expect(symbolsOf(lonely)).toBe(symbolsOf(rest) + 1)
  })

  test('behavior: names at the ends never cover each other, and a line that is over has none', () => {
    const { tops, ends } = draw(linesOf([1, 1, 2], [1, 1, 2.001], [5, null, null]))
    expect(ends).toEqual(['Beta', 'Alpha'])
    expect((tops[1] ?? 0) - (tops[0] ?? 0)).toBeGreaterThanOrEqual(16)
  })

  test.each([
    ['all at the foot', (_: number) => 1],
    ['all at the top', (_: number) => 9],
    ['all in the middle', (_: number) => 5],
    ['in two bunches', (index: number) => (index % 2 === 0 ? 1 : 9)],
    ['spread out', (index: number) => 1 + (index * 8) / (tokenPools.length - 1)],
  ])('behavior: the names of all pools, %s, do not overlap and stay beside the plot', (_, endAt) => {
    const lines = tokenPools.map(
      ({ id, name }, index): ChartLine => ({
        id,
        name,
        colour: 'red',
        dash: undefined,
        // The first line holds the axis at both its ends.
        points: pointsOf([index === 0 ? 9 : 1, endAt(index)]),
        isStairs: true,
        marks: [],
      }),
    )
    const { tops, ends, ticks } = draw(lines)
    expect(new Set(ends)).toEqual(new Set(lines.map(({ name }) => name)))
    expect(ends).toHaveLength(tokenPools.length)
    for (const [index, top] of tops.slice(1).entries())
      expect(top - (tops[index] ?? 0)).toBeGreaterThanOrEqual(15.9)
    expect(ticks.length).toBeGreaterThan(1)
    expect(tops[0]).toBeGreaterThanOrEqual(Math.min(...ticks) - 0.5)
    expect(tops.at(-1)).toBeLessThanOrEqual(Math.max(...ticks) + 0.5)
  })

  test('behavior: a name with room around it stands where its line ends', () => {
    const { tops, ticks } = draw(linesOf([1, 5], [9, 9], [1, 1]))
    const [high, low] = [Math.min(...ticks), Math.max(...ticks)]
    // 9, 5 and 1 on an axis from 0 to 10
    for (const [index, value] of [9, 5, 1].entries())
      expect(tops[index]).toBeCloseTo(high + ((10 - value) / 10) * (low - high), 0)
  })

  test('behavior: a narrow screen has symbols but no names at the ends, and gets them when it is widened', () => {
    const resize = stubMedia(560)
    const { container } = render(<HistoryChart {...drawingOf(linesOf([1, 2], [2, 3], [3, 4]))} />)
    const named = () => container.querySelectorAll('[class*=_end_]').length
    expect([named(), container.querySelectorAll('[class*=_symbol_]').length]).toEqual([0, 3])
    act(() => resize(561))
    expect(named()).toBe(3)
    act(() => resize(320))
    expect(named()).toBe(0)
  })

  test('behavior: lines differ in dash and symbol, so that colour is never needed', () => {
    const { symbols } = draw(linesOf([1, 2], [2, 3], [3, 4]))
    expect(new Set(symbols.slice(0, 3)).size).toBe(3)
  })

  test.each([
    ['rate', [1.082_31, 1.082_34], ['1.0823', '1.0824']],
    ['rate', [1.0823, 1.0826], ['1.0823', '1.0824', '1.0825', '1.0826', '1.0827']],
    ['yield', [2.701, 2.704], ['2.701 %', '2.702 %', '2.703 %', '2.704 %']],
    ['premium', [-0.25, 0.25], ['−0.4 %', '−0.2 %', '0.0 %', '0.2 %', '0.4 %']],
    ['growth', [1, 1.5], ['1.0', '1.1', '1.2', '1.3', '1.4', '1.5']],
  ] as const)('behavior: no two ticks of the %s are written alike over %j', (shown, values, written) => {
    const { yTicks } = draw(linesOf(values), { formatValue: FORMATS[shown] })
    expect(yTicks).toEqual(written)
  })

  test.each([2.5, -2.5, 0])('behavior: a flat line at %s has room on both sides', value => {
    const { yTicks, paths } = draw(linesOf([value, value]))
    const ticks = yTicks.map(tick => Number.parseFloat(tick ?? ''))
    expect(Math.min(...ticks)).toBeLessThan(value)
    expect(Math.max(...ticks)).toBeGreaterThan(value)
    expect(paths[0]).not.toContain('NaN')
  })

  test.each([
    ['nothing known', [[null, null]]],
    ['no points', [[]]],
    ['no lines', []],
  ])('behavior: %s is no failure', (_, series) => {
    const { ends, paths, container } = draw(linesOf(...series))
    expect(ends).toEqual([])
    expect(paths.join('')).toBe('')
    expect(container.innerHTML).not.toMatch(/NaN|Infinity/)
  })

  test('behavior: one point alone is drawn, and nothing of it is no number', () => {
    const { symbols, container } = draw(linesOf([2.5]))
    expect(symbols.join('')).toContain('M')
    expect(container.innerHTML).not.toMatch(/NaN|Infinity/)
  })

  test('behavior: zero has a line of its own where values lie on both sides, and below it is a loss', () => {
    expect(draw(linesOf([1, 2])).all('[class*=_zero_], [class*=_loss_]')).toHaveLength(0)
    const fallen = draw(linesOf([1, -2, 1]))
    const [zero = ''] = fallen.all('[class*=_zero_]').map(path => path.getAttribute('d') ?? '')
    const place = fallen.ticks[fallen.yTicks.indexOf('0 %')] ?? -1
    expect(Number(/,([\d.]+)H/.exec(zero)?.[1])).toBeCloseTo(place, 0)
    expect(fallen.all('[class*=_loss_]')).toHaveLength(1)
    // A price below the rate is no loss of the pool's.
    const prices = linesOf([1, -2, 1]).map(line => ({ ...line, isStairs: false }))
    const below = draw(prices)
    expect([below.all('[class*=_zero_]').length, below.all('[class*=_loss_]').length]).toEqual([1, 0])
  })
})

describe('marks', () => {
  const mark = (kind: ChartMark['kind'], day: number): ChartMark => ({ kind, x: FROM + day * DAY, y: 2 })
  const marked = (...marks: readonly ChartMark[]): ChartLine[] =>
    linesOf([2, 2, 2, 2, 3]).map(line => ({ ...line, marks }))
  const keyOf = (container: Element) =>
    [...container.querySelectorAll('[class*=_key_] span')].map(one => one.textContent?.trim())

  test('default: each kind has a shape and words of its own, and a key', () => {
    const { all, container } = draw(marked(mark('late', 1), mark('fall', 2), mark('exceptional', 3)))
    expect(all('svg g > title').map(({ textContent }) => textContent)).toEqual([
      'Alpha: one exceptional report',
      'Alpha: fall',
      'Alpha: late report',
    ])
    const shapes = all('g > [class*=_exceptional_], g > [class*=_fall_], g > [class*=_late_]').map(path =>
      path.getAttribute('d')?.replace(/^M[\d.,]+/, ''),
    )
    expect(new Set(shapes).size).toBe(3)
    expect(all('g > [class*=_fall_]').map(path => path.getAttribute('fill'))).toEqual(['var(--down)'])
    expect(keyOf(container)).toEqual(['one exceptional report', 'fall', 'late report'])
  })

  test('behavior: the key names only what is in sight', () => {
    const { container, all } = draw(marked(mark('late', 1), mark('fall', 400)))
    expect(keyOf(container)).toEqual(['late report'])
    expect(all('g > [class*=_fall_]')).toHaveLength(0)
    expect(keyOf(draw(marked()).container)).toEqual([])
  })

  test('behavior: of very many late reports some are drawn, of falls all', () => {
    const many = (kind: ChartMark['kind']) =>
      Array.from({ length: 500 }, (_, index) => ({ ...mark(kind, 0), x: FROM + index * 500 }))
    const { all } = draw(marked(...many('late'), ...many('fall')))
    const count = (selector: string) => all(selector)[0]?.getAttribute('d')?.match(/M/g)?.length ?? 0
    expect(count('g > [class*=_fall_]')).toBe(500)
    expect(count('g > [class*=_late_]')).toBeGreaterThan(50)
    expect(count('g > [class*=_late_]')).toBeLessThanOrEqual(101)
  })
})
