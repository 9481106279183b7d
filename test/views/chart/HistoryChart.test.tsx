import { act, render } from '@testing-library/react'
import { beforeEach, describe, expect, test } from 'vitest'
import { type ChartRow, chartRows } from '../../../src/format/chartRows.ts'
import { DAY, WAD } from '../../../src/math/fixedPoint.ts'
import { tokenPools } from '../../../src/pools/index.ts'
import { type ChartLine, HistoryChart } from '../../../src/views/chart/HistoryChart.tsx'
import { stubMedia, stubSize } from '../support/browser.ts'
import { timeOf } from '../support/world.ts'

const LINES: readonly ChartLine[] = [
  { id: 'a', name: 'Alpha', colour: 'red', dash: undefined },
  { id: 'b', name: 'Beta', colour: 'blue', dash: '6 3' },
  { id: 'c', name: 'Gamma', colour: 'green', dash: '2 3' },
]

const rowsOf = (...series: readonly (readonly (number | null)[])[]): ChartRow[] =>
  (series[0] ?? []).map((_, index) => ({
    x: 1_780_000_000 + index * 86_400,
    values: series.map(values => values[index] ?? null),
  }))

function draw(rows: readonly ChartRow[], lines = LINES) {
  const { container } = render(
    <HistoryChart rows={rows} lines={lines} title="Implied APY" formatValue={value => `${value} %`} />,
  )
  const all = (selector: string): Element[] => [...container.querySelectorAll(selector)]
  return {
    paths: all('.recharts-line path').map(path => path.getAttribute('d') ?? ''),
    strokes: all('.recharts-line path').map(path => path.getAttribute('stroke')),
    dashes: all('.recharts-line path').map(path => path.getAttribute('stroke-dasharray')),
    yTicks: all('.recharts-yAxis-tick-labels text').map(({ textContent }) => textContent),
    xTicks: all('.recharts-xAxis-tick-labels text').map(({ textContent }) => textContent),
    ends: all('li').map(({ textContent }) => textContent),
    /** Where the horizontal lines of the plot lie. */
    ticks: all('.recharts-cartesian-grid-horizontal line').map(line => Number(line.getAttribute('y1'))),
    tops: all('li').map(end => Number.parseFloat((end as HTMLElement).style.top)),
  }
}

beforeEach(stubSize)

describe('HistoryChart', () => {
  test('default: a line for each pool, in its colour and dash, with ticks and its name at the end', () => {
    const { paths, strokes, dashes, yTicks, xTicks, ends } = draw(
      rowsOf([1, 1.5, 2], [2, 2.5, 3], [3, 3.5, 3.9]),
    )
    expect(strokes).toEqual(['red', 'blue', 'green'])
    expect(dashes).toEqual([null, '6 3', '2 3'])
    expect(new Set(paths).size).toBe(3)
    expect(yTicks).toEqual(['1 %', '2 %', '3 %', '4 %'])
    expect(xTicks.length).toBeGreaterThan(0)
    expect(ends).toEqual(['Gamma', 'Beta', 'Alpha'])
  })

  test('behavior: stairs: a value holds until the next one', () => {
    const [path = ''] = draw(rowsOf([1, 2, 2]), LINES.slice(0, 1)).paths
    const points = [...path.matchAll(/[ML]([\d.]+),([\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)])
    const [start, corner, up] = points
    expect(points.length).toBeGreaterThanOrEqual(5)
    expect(corner?.[1]).toBe(start?.[1])
    expect(corner?.[0]).toBeGreaterThan(start?.[0] ?? Number.NaN)
    expect(up?.[0]).toBe(corner?.[0])
    // Higher is nearer to the top.
    expect(up?.[1]).toBeLessThan(corner?.[1] ?? Number.NaN)
  })

  test('behavior: a gap stays a gap', () => {
    const [whole = ''] = draw(rowsOf([1, 2, 3, 4, 5]), LINES.slice(0, 1)).paths
    const [broken = ''] = draw(rowsOf([1, 2, null, 4, 5]), LINES.slice(0, 1)).paths
    expect(whole.match(/M/g)).toHaveLength(1)
    expect(broken.match(/M/g)).toHaveLength(2)
  })

  test('behavior: values of the chain are drawn, and not only numbers of the test', () => {
    const points = [10n, 20n, 30n].map(block => ({
      time: timeOf(block),
      value: WAD + (block * WAD) / 1_000n,
    }))
    const rows = chartRows([{ id: 'a', points }], {
      from: undefined,
      until: timeOf(30n) + DAY,
      isFraction: false,
    })
    const { paths, yTicks } = draw(rows, LINES.slice(0, 1))
    expect(paths[0]).toMatch(/^M[\d.]+,[\d.]+L/)
    expect(yTicks).toEqual(['1.01 %', '1.015 %', '1.02 %', '1.025 %', '1.03 %'])
  })

  test('behavior: names at the ends never cover each other, and a line without an end has none', () => {
    const { tops, ends } = draw(rowsOf([1, 2], [1, 2.001], [5, null]))
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
    const lines = tokenPools.map(({ id, name }) => ({ id, name, colour: 'red', dash: undefined }))
    // The first row holds the axis at both its ends.
    const { tops, ends, ticks } = draw(
      rowsOf(...lines.map((_line, index) => [index === 0 ? 9 : 1, endAt(index)])),
      lines,
    )
    expect(ends).toHaveLength(tokenPools.length)
    expect(new Set(ends)).toEqual(new Set(lines.map(({ name }) => name)))
    for (const [index, top] of tops.slice(1).entries())
      expect(top - (tops[index] ?? 0)).toBeGreaterThanOrEqual(16)
    expect(ticks.length).toBeGreaterThan(1)
    expect(tops[0]).toBeGreaterThanOrEqual(Math.min(...ticks) - 0.5)
    expect(tops.at(-1)).toBeLessThanOrEqual(Math.max(...ticks) + 0.5)
  })

  test('behavior: a name with room around it stands where its line ends', () => {
    const { tops, ticks } = draw(rowsOf([1, 5], [9, 9], [1, 1]))
    const [high, low] = [Math.min(...ticks), Math.max(...ticks)]
    // 9, 5 and 1 on an axis from 0 to 10
    for (const [index, value] of [9, 5, 1].entries())
      expect(tops[index]).toBeCloseTo(high + ((10 - value) / 10) * (low - high), 0)
  })

  test('behavior: a narrow screen has no names at the ends, and gets them when it is widened', () => {
    const resize = stubMedia(560)
    const { container } = render(
      <HistoryChart rows={rowsOf([1, 2], [2, 3], [3, 4])} lines={LINES} title="APY" formatValue={String} />,
    )
    expect(container.querySelectorAll('li')).toHaveLength(0)
    act(() => resize(561))
    expect(container.querySelectorAll('li')).toHaveLength(3)
    act(() => resize(320))
    expect(container.querySelectorAll('li')).toHaveLength(0)
  })

  test.each([2.5, -2.5, 0])('behavior: a flat line at %s has room on both sides', value => {
    const { yTicks, paths } = draw(rowsOf([value, value]), LINES.slice(0, 1))
    const ticks = yTicks.map(tick => Number.parseFloat(tick ?? ''))
    expect(Math.min(...ticks)).toBeLessThan(value)
    expect(Math.max(...ticks)).toBeGreaterThan(value)
    expect(paths[0]).not.toContain('NaN')
  })

  test('behavior: nothing known is no failure', () => {
    const { ends, paths } = draw(rowsOf([null, null]), LINES.slice(0, 1))
    expect(ends).toEqual([])
    expect(paths.join('')).not.toMatch(/\d/)
  })
})
