import { render, screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { describe, expect, test } from 'vitest'
import { lido } from '../../../src/pools/lido.ts'
import { rocketPool } from '../../../src/pools/rocketPool.ts'
import type { ChartLine } from '../../../src/views/chart/drawing.ts'
import { HistoryTable } from '../../../src/views/chart/HistoryTable.tsx'
import type { Drawn } from '../../../src/views/chart/tracks.ts'
import { stubDialog } from '../support/browser.ts'
import { readFigures } from '../support/figures.ts'
import { renderPage } from '../support/render.tsx'
import { createWorld, HEAD, timeOf } from '../support/world.ts'

/** 2026-08-01 and -02, noon UTC */
const [FIRST, SECOND] = [1_785_585_600, 1_785_672_000]

const line = (id: string, name: string, points: ChartLine['points']): ChartLine => ({
  id,
  name,
  colour: 'red',
  dash: undefined,
  points,
  isStairs: true,
  marks: [],
})

const DRAWN: Drawn = { shown: 'yield', measure: 'apy', from: undefined, samples: [] }

function renderTable(
  lines = [
    line('a', 'Alpha', [
      { x: FIRST, y: 2.5 },
      { x: SECOND, y: -0.25 },
    ]),
    line('b', 'Beta', [
      { x: FIRST, y: null },
      { x: SECOND, y: 0 },
    ]),
  ],
) {
  const user = userEvent.setup()
  render(
    <HistoryTable
      caption="Implied APY"
      lines={lines}
      extent={{ from: FIRST, until: lines[0]?.points.at(-1)?.x ?? SECOND }}
      formatValue={value => `${value} %`}
      series={[]}
      drawn={DRAWN}
    />,
  )
  return user
}

describe('HistoryTable', () => {
  test('default: newest first, a day and a value for each pool', () => {
    renderTable()
    expect(screen.getAllByRole('columnheader').map(({ textContent }) => textContent)).toEqual([
      'Time',
      'Alpha',
      'Beta',
    ])
    const rows = screen.getAllByRole('row').slice(1)
    expect(rows.map(row => within(row).getByRole('rowheader').textContent)).toEqual([
      '2026-08-02 12:00 UTC',
      '2026-08-01 12:00 UTC',
    ])
    expect(
      rows.map(row =>
        within(row)
          .getAllByRole('cell')
          .map(({ textContent }) => textContent),
      ),
    ).toEqual([
      ['-0.25 %', '0 %'],
      ['2.5 %', 'not known'],
    ])
  })

  test('behavior: its points are copied for a spreadsheet, an unknown one as nothing', async () => {
    const user = renderTable()
    await user.click(screen.getByRole('button', { name: /Copy the points/ }))
    expect(await navigator.clipboard.readText()).toBe(
      ['time\tAlpha\tBeta', '2026-08-01T12:00:00.000Z\t2.5\t', '2026-08-02T12:00:00.000Z\t-0.25\t0'].join(
        '\n',
      ),
    )
  })

  test('behavior: a fall is coloured', () => {
    renderTable()
    expect(screen.getByText('-0.25 %').closest('td')?.dataset['falls']).toBe('true')
    expect(screen.getByText('2.5 %').closest('td')?.dataset['falls']).toBe('false')
  })

  test('behavior: four hundred rows at first, newest first, and the rest when asked', async () => {
    const points = Array.from({ length: 500 }, (_, hour) => ({ x: FIRST + hour * 3_600, y: hour }))
    const user = renderTable([line('a', 'Alpha', points)])
    // By hand: roles of five hundred rows take long.
    const values = (): (string | null)[] =>
      [...document.querySelectorAll('td')].map(({ textContent }) => textContent)
    expect(values()).toHaveLength(400)
    expect(values()[0]).toBe('499 %')
    await user.click(screen.getByText('Show 100 more of 100'))
    expect(values()).toHaveLength(500)
    expect(values().at(-1)).toBe('0 %')
    expect(screen.queryByText(/^Show/)).toBeNull()
    expect(document.activeElement).toBe(document.querySelectorAll('tbody tr')[400])
  })

  test('behavior: what moves all the time has a value where it was read, and no other', async () => {
    const slope = {
      ...line('b', 'Beta', [
        { x: FIRST, y: 1 },
        { x: FIRST + 7_200, y: 3 },
      ]),
      isStairs: false,
    }
    const stairs = line('a', 'Alpha', [
      { x: FIRST, y: 5 },
      { x: FIRST + 3_600, y: 6 },
    ])
    const user = renderTable([slope, stairs])
    expect([...document.querySelectorAll('td')].map(({ textContent }) => textContent)).toEqual([
      ...['3 %', '6 %'],
      ...['not read', '6 %'],
      ...['1 %', '5 %'],
    ])
    await user.click(screen.getByRole('button', { name: /Copy the points/ }))
    expect((await navigator.clipboard.readText()).split('\n')[2]).toBe('2026-08-01T13:00:00.000Z\t\t6')
  })

  test('behavior: without what is behind them, values open nothing', () => {
    renderTable()
    expect(screen.getAllByRole('button')).toHaveLength(1)
  })
})

describe('the receipts of its values', () => {
  const POOLS = [rocketPool, lido]

  async function renderValues(shown: Drawn['shown'], pools = POOLS) {
    stubDialog()
    const world = createWorld()
    const { series, history } = await readFigures(world, 'apy', 7n * 86_400n)
    const own = pools
      .map(({ id }) => series.find(({ pool }) => pool.id === id))
      .filter(one => one !== undefined)
    const times = [2n, 1n, 0n].map(back => Number(timeOf(HEAD - back)))
    const page = renderPage(
      <HistoryTable
        caption="Rate"
        extent={{ from: times[0] ?? 0, until: times[2] ?? 0 }}
        lines={pools.map(({ id, name }) =>
          line(
            id,
            name,
            times.map(x => ({ x, y: 1 })),
          ),
        )}
        formatValue={value => `${value}`}
        series={own}
        drawn={{ shown, measure: 'apy', from: timeOf(HEAD - 20n), samples: history.samples }}
      />,
      { world },
    )
    const value = (row: number, column: number): HTMLElement =>
      within(
        within(screen.getAllByRole('row')[row] as HTMLElement).getAllByRole('cell')[column] as HTMLElement,
      ).getByRole('button')
    return { ...page, value }
  }

  test('default: a rate with the sample in force', async () => {
    const { user, value } = await renderValues('rate')
    await user.click(value(2, 1))
    const dialog = await screen.findByRole('dialog', { name: /^wstETH: exchange rate on 2026-08-26/ })
    expect(dialog.textContent).toContain(`Block${HEAD - 1n}, 2026-08-26 12:00 UTC`)
    expect(dialog.textContent).toContain('stEthPerToken() view returns (uint256)')
  })

  test('behavior: a yield with its two rates', async () => {
    const { user, value } = await renderValues('yield')
    await user.click(value(1, 0))
    const dialog = await screen.findByRole('dialog', { name: 'rETH: implied APY' })
    expect(dialog.textContent).toContain(`Block${HEAD - 7n}, `)
    expect(dialog.textContent).toContain(`Block${HEAD}, `)
  })

  test('behavior: a growth with the rate at the start and the rate then', async () => {
    const { user, value } = await renderValues('growth')
    await user.click(value(1, 0))
    const dialog = await screen.findByRole('dialog', { name: /^rETH: growth of 1 ETH until 2026-08-27/ })
    expect(dialog.textContent).toContain('R₂ ÷ R₁1.103 ÷ 1.101 = 1.00181653042688465')
    expect(dialog.textContent).toContain(`Block${HEAD - 20n}, `)
    expect(dialog.textContent).toContain(`Block${HEAD}, `)
  })

  test('behavior: a supply with the calls of its sample, or the contract’s own total', async () => {
    const { user, value } = await renderValues('supply')
    await user.click(value(2, 0))
    const dialog = await screen.findByRole('dialog', { name: /^Rocket Pool: supply on 2026-08-26/ })
    expect(dialog.textContent).toContain('400,000 × 1.1029 = 441,160 ETH')
    expect(dialog.textContent).toContain('totalSupply() view returns (uint256)')
    expect(dialog.textContent).toContain('getExchangeRate() view returns (uint256)')
    await user.click(value(1, 1))
    const other = await screen.findByRole('dialog', { name: /^Lido: supply on 2026-08-27/ })
    expect(other.textContent).toContain('The contract’s own total.')
    expect(other.textContent).toContain('getTotalPooledEther() view returns (uint256)')
  })

  test('behavior: a premium with the rate of its block and the way to ask the feed', async () => {
    const { user, value } = await renderValues('premium')
    await user.click(value(2, 0))
    const dialog = await screen.findByRole('dialog', { name: /^rETH: premium or discount on 2026-08-26/ })
    expect(dialog.textContent).toContain('market price ÷ rate − 1')
    expect(dialog.textContent).toMatch(/÷ 1\.1029 − 1/)
    expect(dialog.textContent).toContain(`latestRoundData()`)
    expect(dialog.textContent).toContain(`--block ${HEAD - 1n}`)
  })

  test('behavior: one stop of the Tab key, and the arrow keys go on from there', async () => {
    const { user, value } = await renderValues('rate')
    await user.tab()
    await user.tab()
    expect(document.activeElement).toBe(value(1, 0))
    await user.tab()
    expect(document.activeElement?.closest('table')).toBeNull()
    value(1, 0).focus()
    for (const [key, row, column] of [
      ['ArrowUp', 1, 0],
      ['ArrowLeft', 1, 0],
      ['ArrowRight', 1, 1],
      ['ArrowRight', 1, 1],
      ['ArrowDown', 2, 1],
      ['ArrowDown', 3, 1],
      ['ArrowDown', 3, 1],
      ['ArrowLeft', 3, 0],
      ['ArrowUp', 2, 0],
    ] as const) {
      await user.keyboard(`{${key}}`)
      expect(document.activeElement).toBe(value(row, column))
    }
    await user.keyboard('{Enter}')
    expect(await screen.findByRole('dialog', { name: /^rETH: exchange rate on 2026-08-26/ })).toBeDefined()
  })
})
