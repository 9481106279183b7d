import { screen, within } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import type { WalletPast } from '../../../../src/math/walletPast.ts'
import { ReplayCard } from '../../../../src/views/wallet/past/ReplayCard.tsx'
import { stubDialog } from '../../support/browser.ts'
import { renderPage } from '../../support/render.tsx'
import {
  DAYS,
  type Day,
  heldOf,
  holder,
  pastOf,
  RETH,
  sourceOf,
  TRANSFERS,
  transferOf,
  unsureHolder,
  WSTETH,
} from './pastSupport.tsx'

const renderReplay = (past: WalletPast = holder()) =>
  renderPage(<ReplayCard source={sourceOf(past)} held={heldOf(past)} />)

const rows = (): (string | null)[][] =>
  screen
    .getAllByRole('row')
    .slice(1)
    .map(row => [...row.children].map(({ textContent }) => textContent))

describe('ReplayCard', () => {
  test('default: this wallet, no staking and every other pool, the most first', () => {
    renderReplay()
    // 11 came at 1.2 and 4.44 went at 1.2: 5.4666… wstETH, now at 1.26, and never rounded up.
    expect(rows()).toEqual([
      ['Lido wstETH', '6.8879ETH', '+0.1079ETH', '+1.59%'],
      ['This wallet', '6.7800ETH', 'what the others are held against'],
      ['Rocket Pool rETH', '6.7800ETH', '0ETH', '0.00%'],
      ['No staking', '6.5600ETH', '−0.2200ETH', '−3.24%'],
    ])
    const [worse] = screen.getAllByRole('button', { name: '−0.2200ETH' })
    expect(worse?.closest('[data-falls="true"]')).not.toBeNull()
  })

  test('behavior: pools whose rate was not known at first are named, not compared', () => {
    const days = DAYS.map((day, place) =>
      place === 1 ? { ...day, rates: { [RETH]: day.rates[RETH] ?? 0n } } : day,
    )
    renderReplay(pastOf(days, { transfers: TRANSFERS }))
    const out = screen.getByText(/Left out, since no rate of theirs is known for Dec 31, 2025/)
    expect(out.textContent).toMatch(/came in: .*Lido.*\./)
    expect(out.textContent).toContain('ankr'.replace('a', 'A'))
    expect(screen.queryByRole('rowheader', { name: /Lido/ })).toBeNull()
  })

  test('behavior: one whose rate is missing later is left out for that', () => {
    const days = DAYS.map((day, place) =>
      place === 4 ? { ...day, rates: { [RETH]: day.rates[RETH] ?? 0n } } : day,
    )
    renderReplay(pastOf(days, { transfers: TRANSFERS }))
    expect(screen.getByText(/could not be read at one of the dates: Lido\./)).toBeDefined()
  })

  test('behavior: what is estimated is marked, the wallet’s own worth is not', () => {
    renderReplay(unsureHolder())
    const byName = new Map(rows().map(([name, worth]) => [name, worth]))
    expect(byName.get('This wallet')).toBe('6.7800ETH')
    expect(byName.get('No staking')).toMatch(/^≈ /)
    expect(screen.getByText(/≈: of some moves the rate is known only to lie between/)).toBeDefined()
  })

  test('behavior: a move in a block that was not read is marked, since the other pool’s rate is of a later one', () => {
    const [start, , , , end] = DAYS as [Day, Day, Day, Day, Day]
    const later = { block: 2n, units: { [RETH]: 10_000n }, rates: { ...start.rates, [WSTETH]: 1_230n } }
    const days: Day[] = [start, later, { ...end, block: 3n, units: later.units }]
    const worthOf = (name: string) => rows().find(([one]) => one === name)?.[1]
    const { unmount } = renderReplay(pastOf(days, { transfers: [transferOf(RETH, 2n, 10_000n)] }))
    expect(worthOf('Lido wstETH')).toMatch(/^\d/)
    unmount()
    renderReplay(pastOf(days, { transfers: [transferOf(RETH, 1n, 10_000n)] }))
    expect(worthOf('Lido wstETH')).toMatch(/^≈ /)
    expect(screen.getByText(/or the block was not read/)).toBeDefined()
  })

  test('behavior: with nothing held now there is no percentage', () => {
    const sold: Day[] = [...DAYS.slice(0, 4), { ...(DAYS[4] as Day), units: { [RETH]: 0n } }]
    renderReplay(pastOf(sold, { transfers: [...TRANSFERS, transferOf(RETH, 4n, -6_000n)] }))
    const none = rows().find(([name]) => name === 'No staking')
    expect(none?.[3]).toMatch(/not known: Nothing is held now/)
  })

  test('behavior: a row opens its receipt', async () => {
    stubDialog()
    const { user } = renderReplay()
    await user.click(screen.getByRole('button', { name: '+0.1079ETH' }))
    const dialog = within(await screen.findByRole('dialog'))
    expect(
      await dialog.findByText('More than this wallet: 0.107999999999999999 ETH = 1.5929 %'),
    ).toBeDefined()
    expect(dialog.getByText('The rate now')).toBeDefined()
    expect(WSTETH).toMatch(/^0x/)
  })
})
