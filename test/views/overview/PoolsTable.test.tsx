import { screen, within } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import { WAD } from '../../../src/math/fixedPoint.ts'
import { ankr } from '../../../src/pools/ankr.ts'
import { rocketPool } from '../../../src/pools/rocketPool.ts'
import { staked } from '../../../src/pools/staked.ts'
import { PoolsTable } from '../../../src/views/overview/PoolsTable.tsx'
import type { TableRow } from '../../../src/views/overview/tableRows.ts'
import { stubDialog } from '../support/browser.ts'
import { readFigures } from '../support/figures.ts'
import { renderPage } from '../support/render.tsx'
import { createWorld, HEAD, milli, rising } from '../support/world.ts'

async function renderTable({
  world = createWorld(),
  change = (row: TableRow): TableRow => row,
  measure = 'apy' as 'apy' | 'apr',
} = {}) {
  const { live, rows } = await readFigures(world, measure)
  const page = renderPage(
    <PoolsTable
      live={live}
      rows={rows.map(change)}
      tokenless={[staked]}
      measure={measure}
      windowLabel="30 d"
      rangeLabel="30 d"
    />,
    { world },
  )
  return page
}

const names = (): (string | null)[] => screen.getAllByRole('rowheader').map(({ textContent }) => textContent)
const cells = (name: RegExp): (string | null)[] =>
  within(screen.getByRole('row', { name }))
    .getAllByRole('cell')
    .map(({ textContent }) => textContent)
const sorted = (): string[] =>
  screen
    .getAllByRole('columnheader')
    .filter(header => !['none', null].includes(header.getAttribute('aria-sort')))
    .map(header => `${header.textContent} ${header.getAttribute('aria-sort')}`)

/** A rate that stood still for the last days. */
const silentFor = (days: bigint) => (block: bigint) =>
  rising(milli(1_100n), WAD / 10_000n)(block < HEAD - days ? block : HEAD - days)

describe('PoolsTable', () => {
  test('default: three pools with their figures and the block, and Staked with its reason', async () => {
    await renderTable()
    expect(names()).toEqual([
      'Rocket Pool rETH',
      'Lido wstETH',
      'Ankr ankrETH',
      'Staked institutional, no token',
    ])
    // 1.103/1.1 in 30 days is 3.37 % a year; 0.003/1.1 more ether in 30 days.
    expect(cells(/^Rocket Pool/)).toEqual([
      '1.10300ETH',
      expect.stringMatching(/^3\.37%30 d, ±0\.12$/),
      '',
      '',
      '441.2KETH',
      '+0.3%',
      'within 24 h',
      '800',
    ])
    expect(cells(/^Staked/)).toEqual(['Nothing on chain is attributable to it. Why'])
    expect(screen.getByRole('link', { name: 'Why' }).getAttribute('href')).toBe('#/pool/staked')
  })

  test('behavior: APR where APR is chosen', async () => {
    await renderTable({ measure: 'apr' })
    expect(screen.getByRole('columnheader', { name: /Implied APR, 30 d/ })).toBeDefined()
    // 0.003 ÷ 1.1 × 365 ÷ 30
    expect(cells(/^Rocket Pool/)[1]).toMatch(/^3\.32%/)
  })

  test('behavior: a pool that cannot be read shows a dash with the reason, and the others stay', async () => {
    const world = createWorld()
    world.record(ankr.rate, 'reverts')
    await renderTable({ world })
    const [rate, , , , supply] = cells(/^Ankr/)
    expect(rate).toBe(
      '–not known: The contract refused sharesToBonds(uint256 amount) view returns (uint256).',
    )
    expect(supply).toBe(rate)
    expect(cells(/^Rocket Pool/)[0]).toBe('1.10300ETH')
    expect(cells(/^Lido/)[0]).toBe('1.15300ETH')
  })

  test('behavior: an impossible rate is not shown', async () => {
    const world = createWorld()
    world.record(ankr.rate, block => (block === HEAD ? 40n * WAD : milli(1_200n)))
    await renderTable({ world })
    expect(cells(/^Ankr/)[0]).toMatch(/^–not known: The rate is outside what is possible/)
  })

  test('behavior: a token that is not there yet is said to have no rate', async () => {
    const world = createWorld()
    world.record(ankr.rate, '0x')
    world.record(ankr.supply, '0x')
    await renderTable({ world })
    expect(cells(/^Ankr/)[0]).toBe('–not known: The token has no rate at this block.')
    expect(cells(/^Ankr/)[1]).toBe('–not known: No rate has been read yet.')
  })

  test('behavior: a fall has a minus sign, and in a yield its mark; a supply that shrinks is no loss', async () => {
    const world = createWorld()
    world.record(rocketPool.rate, rising(milli(1_100n), -WAD / 10_000n))
    await renderTable({ world })
    const [, earned = '', , , , change = ''] = cells(/^Rocket Pool/)
    expect(earned).toMatch(/^−3\.27%/)
    expect(change).toBe('−0.3%')
    const falls = (name: RegExp) => [
      ...screen.getByRole('row', { name }).querySelectorAll('[data-falls="true"]'),
    ]
    expect(falls(/^Rocket Pool/).map(({ textContent }) => textContent)).toEqual(['−3.27'])
    expect(falls(/^Ankr/)).toEqual([])
  })

  test('behavior: a rate that stands still is late after one and a half times its cadence', async () => {
    const world = createWorld()
    world.record(rocketPool.rate, silentFor(3n))
    const page = await renderTable({ world })
    expect(cells(/^Rocket Pool/)[6]).toBe('late, within 4 d')
    expect(cells(/^Ankr/)[6]).toBe('within 24 h')
    page.unmount()
    const { cadence } = rocketPool
    const least = (cadence * 3n) / 2n
    await renderTable({ change: row => ({ ...row, age: { least, most: least } }) })
    expect(cells(/^Rocket Pool/)[6]).toBe('36 h')
  })

  test('behavior: a change that is not known has a reason and is no 0', async () => {
    await renderTable({ change: row => ({ ...row, change: undefined, age: undefined }) })
    const [, , , , , change, age] = cells(/^Lido/)
    expect(change).toBe('–not known: No sample from 30 days ago has been read.')
    expect(age).toBe('–not known: No change of rate has been seen in the samples yet.')
  })

  test('behavior: sorted by keyboard, with Staked always last', async () => {
    const { user } = await renderTable()
    expect(sorted()).toEqual(['Implied APY, 30 d ↓ descending'])
    screen.getByRole('button', { name: 'Rate' }).focus()
    await user.keyboard('{Enter}')
    expect(sorted()).toEqual(['Rate ↓ descending'])
    expect(names().map(name => name?.split(' ')[0])).toEqual(['Ankr', 'Lido', 'Rocket', 'Staked'])
    await user.keyboard(' ')
    expect(sorted()).toEqual(['Rate ↑ ascending'])
    expect(names().map(name => name?.split(' ')[0])).toEqual(['Rocket', 'Lido', 'Ankr', 'Staked'])
  })

  test('behavior: names sort from A first, figures from the largest', async () => {
    const { user } = await renderTable()
    await user.click(screen.getByRole('button', { name: 'Pool' }))
    expect(sorted()).toEqual(['Pool ↑ ascending'])
    expect(names()[0]).toBe('Ankr ankrETH')
    await user.click(screen.getByRole('button', { name: 'Supply' }))
    expect(names()[0]).toBe('Lido wstETH')
  })

  test('behavior: a pool without a yield is last both ways', async () => {
    const world = createWorld()
    world.record(rocketPool.rate, WAD)
    const { user } = await renderTable({ world })
    const order = () => names().map(name => name?.split(' ')[0])
    expect(order()).toEqual(['Lido', 'Ankr', 'Rocket', 'Staked'])
    await user.click(screen.getByRole('button', { name: /^Implied APY/ }))
    expect(order()).toEqual(['Ankr', 'Lido', 'Rocket', 'Staked'])
    expect(cells(/^Rocket Pool/)[1]).toMatch(/^–not known: The rate has not changed/)
  })

  test.each([
    ['1.10300ETH', 'rETH: exchange rate', '1.103 ETH per rETH'],
    ['3.37%', 'rETH: implied APY', /^3\.369179 %$/],
    ['441.2KETH', 'Rocket Pool: supply', '441,200 ETH'],
  ])('behavior: the figure %s opens its receipt', async (name, title, value) => {
    stubDialog()
    const { user } = await renderTable()
    await user.click(screen.getByRole('button', { name }))
    const dialog = await screen.findByRole('dialog')
    expect(within(dialog).getByRole('heading', { level: 2 }).textContent).toBe(title)
    expect(await within(dialog).findByText(value)).toBeDefined()
  })
})
