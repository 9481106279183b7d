import { render } from '@testing-library/react'
import { beforeEach, describe, expect, test } from 'vitest'
import { type ChartRow, chartRows } from '../../../src/format/chartRows.ts'
import { DAY, WAD } from '../../../src/math/fixedPoint.ts'
import { type ChartLine, HistoryChart } from '../../../src/views/chart/HistoryChart.tsx'
import { stubSize } from '../support/browser.ts'
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
