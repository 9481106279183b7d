import { render, screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { describe, expect, test } from 'vitest'
import { lido } from '../../../src/pools/lido.ts'
import { rocketPool } from '../../../src/pools/rocketPool.ts'
import { HistoryTable } from '../../../src/views/chart/HistoryTable.tsx'
import { stubDialog } from '../support/browser.ts'
import { readFigures } from '../support/figures.ts'
import { renderPage } from '../support/render.tsx'
import { createWorld, HEAD, timeOf } from '../support/world.ts'

/** 2026-08-01 and -02, noon UTC */
const [FIRST, SECOND] = [1_785_585_600, 1_785_672_000]

function renderTable() {
  const user = userEvent.setup()
  render(
    <HistoryTable
      caption="Implied APY"
      rows={[
        { x: FIRST, values: [2.5, null] },
        { x: SECOND, values: [-0.25, 0] },
      ]}
      lines={[
        { id: 'a', name: 'Alpha', colour: 'red', dash: undefined },
        { id: 'b', name: 'Beta', colour: 'blue', dash: undefined },
      ]}
      formatValue={value => `${value} %`}
      series={[]}
      drawn={{ shown: 'yield', measure: 'apy' }}
    />,
  )
  return user
}

describe('HistoryTable', () => {
  test('default: newest first, a day and a value for each pool', () => {
    renderTable()
    expect(screen.getAllByRole('columnheader').map(({ textContent }) => textContent)).toEqual([
      'Day',
      'Alpha',
      'Beta',
    ])
    const rows = screen.getAllByRole('row').slice(1)
    expect(rows.map(row => within(row).getByRole('rowheader').textContent)).toEqual([
      'Aug 2, 2026',
      'Aug 1, 2026',
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

  test('behavior: without what is behind them, values open nothing', () => {
    renderTable()
    expect(screen.getAllByRole('button')).toHaveLength(1)
  })
})

describe('the receipts of its values', () => {
  const POOLS = [rocketPool, lido]

  async function renderValues(shown: 'rate' | 'yield') {
    stubDialog()
    const world = createWorld()
    const { series } = await readFigures(world, 'apy', 7n * 86_400n)
    const own = POOLS.map(({ id }) => series.find(({ pool }) => pool.id === id)).filter(
      one => one !== undefined,
    )
    const rows = [2n, 1n, 0n].map(back => ({
      x: Number(timeOf(HEAD - back)),
      values: [1, back === 2n ? null : 2],
    }))
    const page = renderPage(
      <HistoryTable
        caption="Rate"
        rows={rows}
        lines={POOLS.map(({ id, name }) => ({ id, name, colour: 'red', dash: undefined }))}
        formatValue={value => `${value}`}
        series={own}
        drawn={{ shown, measure: 'apy' }}
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
