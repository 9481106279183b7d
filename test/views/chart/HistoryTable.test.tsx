import { render, screen, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { describe, expect, test } from 'vitest'
import { HistoryTable } from '../../../src/views/chart/HistoryTable.tsx'

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
})
