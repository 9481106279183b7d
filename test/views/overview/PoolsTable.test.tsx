import { act, screen, within } from '@testing-library/react'
import { useState } from 'react'
import { describe, expect, test } from 'vitest'
import { WAD } from '../../../src/math/fixedPoint.ts'
import { ankr } from '../../../src/pools/ankr.ts'
import { isTokenPool, type TokenPool } from '../../../src/pools/definePool.ts'
import { pools, tokenPools } from '../../../src/pools/index.ts'
import { rocketPool } from '../../../src/pools/rocketPool.ts'
import { staked } from '../../../src/pools/staked.ts'
import { PoolsTable } from '../../../src/views/overview/PoolsTable.tsx'
import { past } from '../../../src/views/overview/past.ts'
import type { TableRow } from '../../../src/views/overview/tableRows.ts'
import { stubDialog } from '../support/browser.ts'
import { premiumOf } from '../support/facts.ts'
import { readFigures } from '../support/figures.ts'
import { renderPage } from '../support/render.tsx'
import { createWorld, HEAD, milli, pooledOf, rateOf, rising } from '../support/world.ts'

const short = new Intl.NumberFormat('en-US', {
  notation: 'compact',
  minimumSignificantDigits: 4,
  maximumSignificantDigits: 4,
})
const dollars = new Intl.NumberFormat('en-US', {
  style: 'currency',
  currency: 'USD',
  notation: 'compact',
  maximumSignificantDigits: 3,
})

/** A value of 18 decimals, cut. */
const decimal = (value: bigint, places: number): string =>
  `${value / WAD}.${`${value % WAD}`.padStart(18, '0').slice(0, places)}`

/** What stands behind a pool: its own total, or 400,000 tokens at their rate. */
const poolTotal = (pool: TokenPool): bigint =>
  pool.pooled === undefined ? 400_000n * rateOf(pool)(HEAD) : pooledOf(pool)

async function renderTable({
  world = createWorld(),
  change = (row: TableRow): TableRow => row,
  measure = 'apy' as 'apy' | 'apr',
  isWhole = true,
} = {}) {
  const { live, rows } = await readFigures(world, measure)
  const page = renderPage(
    <PoolsTable
      live={live}
      rows={isWhole ? rows.map(change) : rows.map(({ pool, live: own }) => ({ pool, live: own }))}
      past={isWhole ? past : undefined}
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
const first = (): string | undefined => screen.getAllByRole('rowheader')[0]?.querySelector('a')?.textContent
const sorted = (): string[] =>
  screen
    .getAllByRole('columnheader')
    .filter(header => !['none', null].includes(header.getAttribute('aria-sort')))
    .map(header => `${header.textContent} ${header.getAttribute('aria-sort')}`)

describe('PoolsTable', () => {
  test('default: every pool with its own figures, the best yield first, and Staked with its reason', async () => {
    await renderTable()
    expect([...names()].sort()).toEqual(
      pools
        .map(pool => `${pool.name} ${isTokenPool(pool) ? pool.token.symbol : 'institutional, no token'}`)
        .sort(),
    )
    // The lower a rate that rises by the same steps, the more it earns; ankrETH rises by half.
    expect(first()).toBe('Rocket Pool')
    expect(names().at(-2)).toBe('Ankr ankrETH')
    expect(names().at(-1)).toBe('Staked institutional, no token')
    // 1.103/1.1 in 30 days is 3.37 % a year; 0.003/1.1 more ether in 30 days.
    expect(cells(/^Rocket Pool/)).toEqual([
      '1.10300ETH',
      '3.37%30 d, 30 changes, ±0.15',
      '',
      '',
      '+0.3%',
      '441.2KETH$882M',
      expect.stringMatching(/^\d\.\d%$/),
      '10%',
      '−1.20%',
      '3 h',
    ])
    expect(cells(/^Staked/)).toEqual(['Nothing on chain is attributable to it. Why'])
    expect(screen.getByRole('link', { name: 'Why' }).getAttribute('href')).toBe('#/pool/staked')
  })

  test.each(tokenPools.map(pool => [pool.name, pool] as const))(
    'default: the figures of %s are its own, in its unit',
    async (name, pool) => {
      await renderTable()
      const [rate, , , , , supply, share, fee, premium] = cells(new RegExp(`^${name} `))
      const [now, pooled] = [rateOf(pool)(HEAD), poolTotal(pool)]
      expect(rate).toBe(`${decimal(now, 5)}${pool.unit}`)
      expect(supply).toBe(
        `${short.format(Number(pooled / WAD))}${pool.unit}${dollars.format(Number(pooled / WAD) * 2_000)}`,
      )
      const total = tokenPools.reduce((sum, other) => sum + poolTotal(other), 0n)
      expect(Number.parseFloat(share ?? '')).toBeCloseTo(Number((pooled * 100_000n) / total) / 1_000, 1)
      expect(fee).toMatch(
        { read: /^10%$/, published: /^(10|25)%published$/, unknown: /^–not known: / }[pool.fee.kind],
      )
      const over = Number(premiumOf(pool)) / 1e16
      if (pool.market.kind === 'none') expect(premium).toBe(`–not known: ${pool.market.why}`)
      else {
        expect(Number.parseFloat(premium?.replace('−', '-') ?? '')).toBeCloseTo(over, 1)
        expect(premium?.includes('within noise')).toBe(Math.abs(over) < 0.5)
      }
    },
  )

  test('behavior: live figures stand before what works out the past is there, and sort', async () => {
    const { user } = await renderTable({ isWhole: false })
    const dash = '–not known: The history has not been loaded yet.'
    expect(cells(/^Rocket Pool/)).toEqual([
      '1.10300ETH',
      dash,
      '',
      '',
      dash,
      '441.2KETH$882M',
      dash,
      '10%',
      '−1.20%',
      dash,
    ])
    const listed = names()
    for (const name of [/^Implied/, 'Supply, 30 d', 'Share', 'Last report']) {
      await user.click(screen.getByRole('button', { name }))
      expect(names()).toEqual(listed)
    }
    await user.click(screen.getByRole('button', { name: 'Rate' }))
    expect(names()[0]).toBe('Ankr ankrETH')
  })

  describe('when the first yields come', () => {
    async function growing() {
      stubDialog()
      const world = createWorld()
      const { live, rows } = await readFigures(world, 'apy')
      const few = rows.map(({ pool, live: own }) => ({ pool, live: own }))
      let grow: () => void = () => undefined
      function Growing() {
        const [isWhole, setIsWhole] = useState(false)
        grow = () => setIsWhole(true)
        return (
          <PoolsTable
            live={live}
            rows={isWhole ? rows : few}
            past={isWhole ? past : undefined}
            tokenless={[staked]}
            measure="apy"
            windowLabel="30 d"
            rangeLabel="30 d"
          />
        )
      }
      const { user } = renderPage(<Growing />, { world })
      return { user, grow: () => act(() => grow()) }
    }
    const row = () => screen.getByRole('row', { name: /^Rocket Pool/ })

    test('default: other rows take the place of those that are there', async () => {
      const { grow } = await growing()
      const before = row()
      grow()
      expect(before.isConnected).toBe(false)
      expect(first()).toBe('Rocket Pool')
    })

    test('behavior: the focus stays on the link that a reader is on', async () => {
      const { grow } = await growing()
      const link = within(row()).getByRole('link', { name: 'Rocket Pool' })
      link.focus()
      grow()
      expect(cells(/^Rocket Pool/)[1]).toMatch(/^3\.37%/)
      expect(first()).toBe('Rocket Pool')
      expect(document.activeElement).toBe(link)
      expect(link.isConnected).toBe(true)
    })

    test('behavior: a receipt that is open gives the focus back to its figure', async () => {
      const { user, grow } = await growing()
      const figure = within(row()).getByRole('button', { name: '1.10300ETH' })
      await user.click(figure)
      const dialog = await screen.findByRole('dialog')
      grow()
      await user.click(within(dialog).getByRole('button', { name: 'Close' }))
      expect(document.activeElement).toBe(figure)
    })
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
    const [rate, , , , , supply, share] = cells(/^Ankr/)
    expect(rate).toBe(
      '–not known: The contract refused sharesToBonds(uint256 amount) view returns (uint256).',
    )
    expect(supply).toBe(rate)
    expect(share).toBe('–not known: The supply of this pool is not known.')
    for (const pool of tokenPools.filter(({ id }) => id !== 'ankr'))
      expect(cells(new RegExp(`^${pool.name} `))[0]).toBe(`${decimal(rateOf(pool)(HEAD), 5)}${pool.unit}`)
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
    expect(cells(/^Ankr/)[0]).toBe(
      '–not known: The token has no rate at this block: its contract is not there, or tells of none yet.',
    )
    expect(cells(/^Ankr/)[1]).toBe('–not known: No rate has been read yet.')
  })

  test('behavior: a fall has a minus sign, and in a yield its mark; a supply that shrinks is no loss', async () => {
    const world = createWorld()
    world.record(rocketPool.rate, rising(milli(1_100n), -WAD / 10_000n))
    await renderTable({ world })
    const [, earned = '', , , change = ''] = cells(/^Rocket Pool/)
    expect(earned).toMatch(/^−3\.27%/)
    expect(change).toBe('−0.3%')
    const falls = (name: RegExp) => [
      ...screen.getByRole('row', { name }).querySelectorAll('[data-falls="true"]'),
    ]
    expect(falls(/^Rocket Pool/).map(({ textContent }) => textContent)).toEqual(['−3.27'])
    expect(falls(/^Ankr/)).toEqual([])
  })

  test('behavior: a report that is late is a mark beside the name', async () => {
    await renderTable({
      change: row => ({
        ...row,
        report: {
          kind: 'age',
          age: { least: 1n, most: 1n },
          isLate: row.pool.id === 'lido',
          isTold: true,
        },
      }),
    })
    expect(names().filter(name => name?.endsWith('late') === true)).toEqual(['Lido wstETHlate'])
  })

  test('behavior: a change that is not known has a reason and is no 0', async () => {
    await renderTable({ change: row => ({ ...row, change: { why: 'Nobody was there.' } }) })
    expect(cells(/^Lido/)[4]).toBe('–not known: Nobody was there.')
  })

  test('behavior: sorted by keyboard, with Staked always last', async () => {
    const { user } = await renderTable()
    expect(sorted()).toEqual(['Implied APY, 30 d ↓ descending'])
    screen.getByRole('button', { name: 'Rate' }).focus()
    await user.keyboard('{Enter}')
    expect(sorted()).toEqual(['Rate ↓ descending'])
    const order = (): (string | undefined)[] => names().map(name => name?.split(' ')[0])
    const falling = order()
    expect([falling[0], falling.at(-2), falling.at(-1)]).toEqual(['Ankr', 'Rocket', 'Staked'])
    await user.keyboard(' ')
    expect(sorted()).toEqual(['Rate ↑ ascending'])
    expect(order()).toEqual([...falling.slice(0, -1).toReversed(), 'Staked'])
  })

  test('behavior: names sort from A first, figures from the largest', async () => {
    const { user } = await renderTable()
    await user.click(screen.getByRole('button', { name: 'Pool' }))
    expect(sorted()).toEqual(['Pool ↑ ascending'])
    expect(names()[0]).toBe('Ankr ankrETH')
    await user.click(screen.getByRole('button', { name: 'Supply' }))
    expect(names()[0]).toBe('Lido wstETH')
    await user.click(screen.getByRole('button', { name: 'Share' }))
    expect([sorted(), names()[0]]).toEqual([['Share ↓ descending'], 'Lido wstETH'])
  })

  test('behavior: a pool without a yield is last both ways', async () => {
    const world = createWorld()
    world.record(rocketPool.rate, WAD)
    const { user } = await renderTable({ world })
    const order = () => names().map(name => name?.split(' ')[0])
    expect(order().slice(-2)).toEqual(['Rocket', 'Staked'])
    expect(order()[0]).toBe('Lido')
    await user.click(screen.getByRole('button', { name: /^Implied APY/ }))
    expect(order().slice(-2)).toEqual(['Rocket', 'Staked'])
    expect(order()[0]).toBe('Ankr')
    expect(cells(/^Rocket Pool/)[1]).toMatch(/^–not known: The rate has not changed/)
  })

  test.each([
    ['1.10300ETH', 'rETH: exchange rate', '1.103 ETH per rETH'],
    ['3.37%', 'rETH: implied APY', /^3\.369179 %$/],
    ['441.2KETH', 'Rocket Pool: supply', '441,200 ETH'],
    ['$882M', 'Rocket Pool: supply in US dollars', '882,400,000 USD'],
    ['+0.3%', 'Rocket Pool: change of supply', /^0\.272727 %$/],
    [/^\d\.\d%$/, 'Rocket Pool: share of all pools listed', /^1\.\d{4} %$/],
    ['10%', 'Rocket Pool: fee', '10.0000 % of the rewards'],
    ['−1.20%', 'rETH: premium or discount', '−1.2000 %'],
    ['3 h', 'Rocket Pool: last report', '2026-08-27 09:00 UTC'],
  ])('behavior: the figure %s opens its receipt', async (name, title, value) => {
    stubDialog()
    const { user } = await renderTable()
    const row = within(screen.getByRole('row', { name: /^Rocket Pool/ }))
    await user.click(row.getByRole('button', { name }))
    const dialog = await screen.findByRole('dialog')
    expect(await within(dialog).findByText(value)).toBeDefined()
    expect(within(dialog).getByRole('heading', { level: 2 }).textContent).toBe(title)
  })
})
