import { screen, within } from '@testing-library/react'
import { beforeEach, describe, expect, test } from 'vitest'
import type { WalletPast } from '../../../../src/math/walletPast.ts'
import { OverTimeCard } from '../../../../src/views/wallet/past/OverTimeCard.tsx'
import { stubDialog, stubSize } from '../../support/browser.ts'
import { renderPage } from '../../support/render.tsx'
import {
  DAYS,
  heldOf,
  holder,
  pastOf,
  STETH,
  sourceOf,
  TRANSFERS,
  unsureHolder,
  WSTETH,
} from './pastSupport.tsx'

const renderTime = (past: WalletPast = holder()) =>
  renderPage(<OverTimeCard source={sourceOf(past)} held={heldOf(past)} />)

const both = () =>
  pastOf(
    DAYS.map(day => ({ ...day, units: { ...day.units, [WSTETH]: 2_000n } })),
    { transfers: TRANSFERS },
  )

const rows = (): string[][] =>
  screen
    .getAllByRole('row')
    .slice(1)
    .map(row =>
      within(row)
        .getAllByRole('cell')
        .map(({ textContent }) => textContent ?? ''),
    )

beforeEach(stubSize)

describe('OverTimeCard', () => {
  test('default: a chart of what the wallet was worth, with a sentence for those who cannot see it', async () => {
    renderTime()
    const chart = await screen.findByRole('application')
    const sentence = 'Value of the stake in ETH, from 0 ETH on Dec 30, 2025 to 6.7800 ETH on Jan 3, 2026.'
    expect(chart.getAttribute('aria-label')).toBe(sentence)
    expect(chart.querySelectorAll('[data-line]')).toHaveLength(1)
    expect(screen.getByText(/the lines between them are straight/).textContent).toContain(sentence)
  })

  test('behavior: all tokens together and each, told apart by more than colour', async () => {
    renderTime(both())
    const lines = [...(await screen.findByRole('application')).querySelectorAll('[data-line]')]
    expect(lines).toHaveLength(3)
    expect(new Set(lines.map(line => line.getAttribute('stroke-dasharray'))).size).toBe(3)
    expect(
      within(screen.getByRole('list'))
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent?.trim()),
    ).toEqual(['All', 'rETH', 'wstETH'])
  })

  test('behavior: two tokens of one pool have its colour and their own dashes', async () => {
    renderTime(
      pastOf(
        DAYS.map(day => ({
          ...day,
          units: { [WSTETH]: 1_000n, [STETH]: 1_000n },
          rates: { ...day.rates, [STETH]: 1_200n },
        })),
      ),
    )
    const [, ...own] = [...(await screen.findByRole('application')).querySelectorAll('[data-line]')]
    expect(own).toHaveLength(2)
    expect(new Set(own.map(line => line.getAttribute('stroke'))).size).toBe(1)
    expect(new Set(own.map(line => line.getAttribute('stroke-dasharray'))).size).toBe(2)
  })

  test('behavior: the crosshair follows the keys and says what was read', async () => {
    const { user } = renderTime()
    const chart = await screen.findByRole('application')
    chart.focus()
    await user.keyboard('{End}')
    expect(within(chart).getByText(/2026-01-03 00:00 UTC, rETH 6\.7800 ETH/)).toBeDefined()
  })

  test('behavior: a table of the same points, newest first', async () => {
    const { user } = renderTime()
    const button = screen.getByRole('button', { name: 'Table' })
    await user.click(button)
    expect(button.getAttribute('aria-pressed')).toBe('true')
    expect(rows()).toEqual([['6.7800 ETH'], ['6.6600 ETH'], ['11.1000 ETH'], ['11.0000 ETH'], ['0 ETH']])
    expect(screen.queryByRole('application')).toBeNull()
  })

  test('behavior: in dollars, and what was earned with its doubt', async () => {
    const { user } = renderTime(unsureHolder())
    await user.click(screen.getByRole('button', { name: 'Table' }))
    await user.click(screen.getByRole('radio', { name: 'Value in USD' }))
    expect(rows()[0]).toEqual(['$14,916'])
    await user.click(screen.getByRole('radio', { name: 'Earned in ETH' }))
    expect(rows()[0]).toEqual(['0.2100 ETH ± 0.0900'])
    expect(screen.getByText(/the middle is drawn/)).toBeDefined()
  })

  test('behavior: what is not known is no 0', async () => {
    const { user } = renderTime(pastOf(DAYS.map(({ units, rates }) => ({ units, rates }))))
    await user.click(screen.getByRole('radio', { name: 'Value in USD' }))
    await user.click(screen.getByRole('button', { name: 'Table' }))
    expect(rows()[0]?.[0]).toMatch(/^–not known/)
  })

  test('behavior: one moment makes no line', () => {
    renderTime(pastOf(DAYS.slice(1, 2)))
    expect(screen.getByText('There are no two moments yet to draw a line between.')).toBeDefined()
  })

  test('behavior: a point of the table opens its receipt', async () => {
    stubDialog()
    const { user } = renderTime()
    await user.click(screen.getByRole('button', { name: 'Table' }))
    await user.click(screen.getByRole('button', { name: '6.7800 ETH' }))
    const dialog = within(await screen.findByRole('dialog'))
    expect(await dialog.findByText('6 × 1.13 = 6.78 ETH')).toBeDefined()
    expect(dialog.getByRole('heading', { level: 2 }).textContent).toBe(
      'rETH: value in ETH on 2026-01-03 00:00 UTC',
    )
  })
})
