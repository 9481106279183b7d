import { screen, within } from '@testing-library/react'
import { describe, expect, test, vi } from 'vitest'
import { YieldControls } from '../../../src/views/ui/YieldControls.tsx'
import { renderPage } from '../support/render.tsx'

const chosen = (group: string): string[] =>
  within(screen.getByRole('group', { name: group }))
    .getAllByRole<HTMLInputElement>('radio')
    .filter(({ checked }) => checked)
    .map(({ labels }) => labels?.[0]?.textContent ?? '')

const WINDOW = 'Window of the yield, table'
const MEASURE = 'Yield as, table'

describe('YieldControls', () => {
  test('default: 30 days and APY', () => {
    renderPage(<YieldControls context="table" />)
    expect([chosen(WINDOW), chosen(MEASURE)]).toEqual([['30 d'], ['APY']])
  })

  test('behavior: a choice is kept in the address, and the rest of the address stays', async () => {
    const { user } = renderPage(<YieldControls context="table" />, { path: '/pool/ankr?range=90d' })
    await user.click(screen.getByRole('radio', { name: '7 d' }))
    expect(chosen(WINDOW)).toEqual(['7 d'])
    await user.click(screen.getByRole('radio', { name: 'APR' }))
    expect(location.hash).toBe('#/pool/ankr?range=90d&window=7d&as=apr')
  })

  test('behavior: back to the usual choice, the address is plain again', async () => {
    const { user } = renderPage(<YieldControls context="table" />, { path: '/?as=apr' })
    expect(chosen(MEASURE)).toEqual(['APR'])
    await user.click(screen.getByRole('radio', { name: 'APY' }))
    expect(location.hash).toBe('#/')
  })

  test('behavior: arrow keys move within one group and do not touch the other', async () => {
    // jsdom has no CSS.escape, with which user-event finds the radios of a group.
    vi.stubGlobal('CSS', { escape: (text: string) => text.replace(/[^\w-]/g, '\\$&') })
    const { user } = renderPage(<YieldControls context="table" />)
    await user.tab()
    await user.keyboard('{ArrowRight}')
    expect([chosen(WINDOW), chosen(MEASURE)]).toEqual([['90 d'], ['APY']])
  })

  test('behavior: two sets of controls show the same choice', async () => {
    const { user } = renderPage(
      <>
        <YieldControls context="table" />
        <YieldControls context="chart" />
      </>,
    )
    const table = screen.getByRole('group', { name: MEASURE })
    await user.click(within(table).getByRole('radio', { name: 'APR' }))
    expect([chosen(MEASURE), chosen('Yield as, chart')]).toEqual([['APR'], ['APR']])
  })
})
