import { screen, within } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import { DAY, type Seconds, WAD } from '../../../src/math/fixedPoint.ts'
import type { RatePoint } from '../../../src/math/series.ts'
import { frax } from '../../../src/pools/frax.ts'
import { rocketPool } from '../../../src/pools/rocketPool.ts'
import type { PoolSeries } from '../../../src/views/overview/poolFigures.ts'
import { StepsList } from '../../../src/views/pool/StepsList.tsx'
import { stubDialog } from '../support/browser.ts'
import { renderPage } from '../support/render.tsx'

/** Midnight of 1 July 2026, UTC. */
const JULY = 1_782_864_000n

const point = (index: number, rate: bigint, time: Seconds = JULY + BigInt(index) * DAY): RatePoint => ({
  measuredAt: time,
  notBefore: index === 0 ? undefined : time - DAY,
  landedAt: time,
  block: BigInt(1_000 + index),
  rate,
  evidence: 'sample',
})

const seriesOf = (points: readonly RatePoint[], pool: PoolSeries['pool'] = rocketPool): PoolSeries => ({
  pool,
  points,
  starts: [],
  contradictions: [],
  gaps: [],
  operators: new Map(points.map(({ block }) => [block, `Operator of ${block}`])),
})

const rising = (count: number): RatePoint[] =>
  Array.from({ length: count }, (_, index) => point(index, WAD + (BigInt(index) * WAD) / 10_000n))

const renderSteps = (own: PoolSeries, isComplete = true) =>
  renderPage(<StepsList own={own} isComplete={isComplete} />)

const rows = (): (string | null)[][] =>
  screen
    .getAllByRole('row')
    .slice(1)
    .map(row => [...row.querySelectorAll('th, td')].map(({ textContent }) => textContent))

describe('StepsList', () => {
  test('default: newest first, with block, rate, basis points and what a year of it would give', () => {
    renderSteps(
      seriesOf([point(0, WAD), point(1, WAD + WAD / 10_000n), point(2, WAD + (3n * WAD) / 10_000n)]),
    )
    expect(screen.getByRole('heading', { name: 'Reports' })).toBeDefined()
    expect(rows()).toEqual([
      // 1.0003 ÷ 1.0001 a day is 1.99980002 basis points, 7.57 % compounded for 365 days
      ['2026-07-03 00:00 UTC', '1,002', '1.00030ETH', '2.00', '7.57%', 'sample'],
      // 1.0001^365 − 1
      ['2026-07-02 00:00 UTC', '1,001', '1.00010ETH', '1.00', '3.72%', 'sample'],
    ])
    expect(screen.getByTitle('1.999800 basis points')).toBeDefined()
    expect(screen.getByTitle('not before 2026-07-02 00:00 UTC')).toBeDefined()
    expect(screen.queryByText(/still being read/)).toBeNull()
  })

  test('behavior: a fall has its minus and its mark, in both columns', () => {
    renderSteps(seriesOf([point(0, WAD), point(1, WAD - WAD / 1_000n)]))
    expect(rows()[0]?.slice(3)).toEqual(['−10.00', expect.stringMatching(/^−30\.\d\d%$/), 'sample, fall'])
    expect(document.querySelectorAll('[data-falls="true"]')).toHaveLength(2)
  })

  test('behavior: a rise has no mark', () => {
    renderSteps(seriesOf(rising(2)))
    expect(document.querySelectorAll('[data-falls="true"]')).toHaveLength(0)
  })

  test('behavior: a month at first, all on request', async () => {
    const { user } = renderSteps(seriesOf(rising(41)))
    expect(rows()).toHaveLength(31)
    expect(rows()[0]?.[1]).toBe('1,040')
    await user.click(screen.getByRole('button', { name: 'Show all 40' }))
    expect(rows()).toHaveLength(40)
    expect(rows().at(-1)?.[1]).toBe('1,001')
    expect(screen.queryByRole('button', { name: /^Show all/ })).toBeNull()
  })

  test('behavior: 31 changes need no button', () => {
    renderSteps(seriesOf(rising(32)))
    expect(rows()).toHaveLength(31)
    expect(screen.queryByRole('button', { name: /^Show all/ })).toBeNull()
  })

  test('behavior: two changes seconds apart say nothing about a year', () => {
    renderSteps(seriesOf([point(0, WAD, JULY), point(1, 2n * WAD, JULY + 1n)]))
    expect(rows()[0]?.slice(3)).toEqual([
      '10,000.00',
      '–not known: The two rates are too close in time to say anything about a year.',
      'sample',
    ])
  })

  test('behavior: a rate that moves with every block has samples and no reports', () => {
    renderSteps(seriesOf(rising(2), frax), false)
    expect(screen.getByRole('heading', { name: 'Rate, sample by sample' })).toBeDefined()
    expect(screen.getByRole('columnheader', { name: 'Time' })).toBeDefined()
    expect(
      screen.getByText(/each sample is exact at its own block\. .*Samples are still being read\.$/),
    ).toBeDefined()
    expect(rows()[0]?.[2]).toBe('1.00010frxETH')
  })

  test('behavior: nothing seen is said, without a table', () => {
    for (const points of [[], rising(1)]) {
      const page = renderSteps(seriesOf(points))
      expect(screen.getByText('No change of rate has been seen in the samples read so far.')).toBeDefined()
      expect(screen.queryByRole('table')).toBeNull()
      page.unmount()
    }
  })

  test('behavior: the receipt of a step names who gave either end', async () => {
    stubDialog()
    const { user } = renderSteps(seriesOf(rising(3)))
    await user.click(screen.getByTitle('1.0002'))
    const dialog = await screen.findByRole('dialog')
    expect(await within(dialog).findByText('(1.0002 ÷ 1.0001 − 1) × 10,000')).toBeDefined()
    expect(within(dialog).getByText('Read from Operator of 1001 and Operator of 1002.')).toBeDefined()
  })
})
