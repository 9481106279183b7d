import { screen, within } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import type { WalletPast } from '../../../../src/math/walletPast.ts'
import { frax } from '../../../../src/pools/frax.ts'
import type { WalletPastReading } from '../../../../src/queries/walletPast.ts'
import { EarnedCard } from '../../../../src/views/wallet/past/EarnedCard.tsx'
import { stubDialog } from '../../support/browser.ts'
import { renderPage } from '../../support/render.tsx'
import {
  DAYS,
  heldOf,
  holder,
  manyHeld,
  pastOf,
  RETH,
  readingOf,
  sourceOf,
  TRANSFERS,
  timeOf,
  transferOf,
  unsureHolder,
  WSTETH,
} from './pastSupport.tsx'

function renderEarned(past: WalletPast = holder(), over: Partial<WalletPastReading> = {}) {
  const { reading, ...buttons } = readingOf(past, over)
  const page = renderPage(<EarnedCard source={sourceOf(past)} held={heldOf(past)} reading={reading} />)
  return { ...page, ...buttons }
}

const headline = (): string => screen.getByText(/^Earned since/).closest('div')?.textContent ?? ''
const row = (name: RegExp): (string | null)[] =>
  within(screen.getByRole('row', { name }))
    .getAllByRole('cell')
    .map(({ textContent }) => textContent)

/** Two tokens, of which one loses. */
const both = () =>
  pastOf(
    DAYS.map(day => ({ ...day, units: { ...day.units, [WSTETH]: 2_000n } })),
    { transfers: TRANSFERS },
  )

const names = (): (string | null)[] => screen.getAllByRole('rowheader').map(({ textContent }) => textContent)

describe('EarnedCard', () => {
  test('behavior: of many tokens the first stand below the sum of all, and the others when asked for', async () => {
    const { user } = renderEarned(manyHeld(9))
    expect(names()).toHaveLength(7)
    expect(names()[0]).toBe('Total')
    // A tenth of 9 + 8 + … + 1 thousandths: those that are not shown count.
    expect(row(/^Total/)[0]).toBe('0.0045')
    await user.click(screen.getByRole('button', { name: 'Show 3 more' }))
    expect(names()).toHaveLength(10)
    expect(screen.queryByRole('button', { name: /^Show/ })).toBeNull()
    expect(document.activeElement).toBe(screen.getAllByRole('rowheader')[7]?.closest('tr'))
  })

  test('default: since when, how much in ETH, in dollars at the newest price, and by token and period', () => {
    renderEarned()
    expect(headline()).toContain('Earned since Dec 31, 2025: 0.2200ETH')
    // 0.22 × 2,200
    expect(headline()).toContain('$484.00 at the newest price, not at those of the days')
    expect(screen.getAllByRole('columnheader').map(({ textContent }) => textContent)).toEqual([
      'ETH',
      'All',
      '30 days',
      '90 days',
      '1 year',
      '2026',
      '2025',
    ])
    const cut = 'since Dec 30, 2025'
    expect(row(/^rETH/)).toEqual([
      '0.2200',
      `0.2200${cut}`,
      `0.2200${cut}`,
      `0.2200${cut}`,
      '0.1200',
      `0.1000${cut}`,
    ])
    expect(screen.queryByRole('row', { name: /^Total/ })).toBeNull()
    expect(screen.getByText(/exact to the wei/).textContent).toContain('Up to block 4, 2026-01-03 00:00 UTC')
  })

  test('behavior: several tokens have a total', () => {
    renderEarned(both())
    // 2 × 0.06
    expect(row(/^wstETH/)[0]).toBe('0.1200')
    expect(row(/^Total/)[0]).toBe('0.3400')
    expect(headline()).toContain('0.3400ETH')
  })

  test('behavior: a loss keeps its sign and has the colour of losses', () => {
    const days = DAYS.map(day => ({
      ...day,
      rates: { ...day.rates, [RETH]: 2_230n - (day.rates[RETH] ?? 0n) },
    }))
    renderEarned(pastOf(days, { transfers: TRANSFERS }))
    expect(row(/^rETH/)[0]).toBe('−0.2200')
    const [figure] = screen.getAllByRole('button', { name: '−0.2200' })
    expect(figure?.closest('[data-falls="true"]')).not.toBeNull()
    expect(headline()).toContain('-$484.00'.replace('-', '−'))
  })

  test('behavior: what balances tell has its doubt, and says so', () => {
    renderEarned(unsureHolder())
    // 10 at 1.10 to 1.11, and 4 at 1.11 to 1.13: from 0.20 − 0.08 + 0.1 … 0.3
    expect(row(/^rETH/)[0]).toBe('0.2100 ± 0.0900')
    expect(headline()).toContain('≈ $462.00')
    expect(screen.queryByText(/exact to the wei/)).toBeNull()
    expect(screen.getByText(/From balances at 3 moments: what came and went between/)).toBeDefined()
    expect(headline()).toContain('since a day between Dec 30, 2025 and Jan 1, 2026')
  })

  test('behavior: logs that leave moves in doubt are not exact', () => {
    renderEarned(holder({ unsure: 1 }))
    expect(screen.queryByText(/exact to the wei/)).toBeNull()
    expect(screen.getByText(/1 move is not known to the block/)).toBeDefined()
  })

  test('behavior: dollars that are not known say why', () => {
    renderEarned(pastOf(DAYS.map(({ units, rates }) => ({ units, rates }))))
    expect(screen.getByTitle('The price of ether at the newest block is not known.')).toBeDefined()
    expect(screen.queryByText(/\$/)).toBeNull()
  })

  test('behavior: a period in which one token was not read has no total, and says which', () => {
    const late = frax.token.address
    const days = DAYS.map((day, place) => ({
      ...day,
      units: place < 3 ? day.units : { ...day.units, [late]: 1_000n },
      rates: { ...day.rates, [late]: 1_150n },
    }))
    renderEarned(pastOf(days))
    expect(row(/^sfrxETH/)[5]).toMatch(/not known: Not known of sfrxETH/)
    expect(row(/^Total/)[5]).toMatch(/not known: Not known of sfrxETH/)
    expect(row(/^rETH/)[5]).toMatch(/^0\.1/)
    expect(screen.getByText(/1 frxETH is counted as 1 ETH, which no contract promises/)).toBeDefined()
    expect(screen.getByRole('row', { name: /^sfrxETHin frxETH/ })).toBeDefined()
  })

  test('behavior: while it is read it can be stopped', async () => {
    const { user, stop } = renderEarned(unsureHolder({ isOver: false }), { state: 'reading' })
    expect(screen.getByRole('progressbar', { name: 'Reading the wallet’s past' })).toBeDefined()
    expect(screen.getByText('3 moments from 42 requests, 2 moves not exact yet')).toBeDefined()
    await user.click(screen.getByRole('button', { name: 'Stop' }))
    expect(stop).toHaveBeenCalledTimes(1)
    expect(screen.queryByRole('button', { name: 'Go on' })).toBeNull()
  })

  test('behavior: what was stopped, and what paused, can go on', async () => {
    const first = renderEarned(unsureHolder({ isOver: false }), { state: 'stopped' })
    await first.user.click(screen.getByRole('button', { name: 'Go on' }))
    expect(first.goOn).toHaveBeenCalledTimes(1)
    expect(screen.queryByRole('progressbar')).toBeNull()
    first.unmount()
    const second = renderEarned(unsureHolder({ isPaused: true }))
    expect(screen.getByText(/paused: more could be read/)).toBeDefined()
    await second.user.click(screen.getByRole('button', { name: 'Go on' }))
    expect(second.goOn).toHaveBeenCalledTimes(1)
  })

  test('behavior: what is over has nothing to go on with', () => {
    renderEarned()
    expect(screen.queryByRole('button', { name: /Go on|Stop|Search|Read again/ })).toBeNull()
  })

  test('behavior: a search for transfers says what it takes before it is made', async () => {
    const { user, start } = renderEarned(unsureHolder({ searchCost: 1_234n }))
    await user.click(screen.getByRole('button', { name: 'Search the transfers too: about 1,234 requests' }))
    expect(start).toHaveBeenCalledWith('logs')
  })

  test('behavior: why transfers are not searched for is told', () => {
    renderEarned(unsureHolder({ noLogs: 'A serves no logs of events.' }))
    expect(
      screen.getByText('What moved is told by balances alone. A serves no logs of events.'),
    ).toBeDefined()
  })

  test('behavior: a past that has grown old can be read anew', async () => {
    const { user, renew } = renderEarned(holder(), { now: timeOf(4n) + 3_601n })
    await user.click(screen.getByRole('button', { name: 'Read again up to now' }))
    expect(renew).toHaveBeenCalledTimes(1)
  })

  test('behavior: each figure opens a receipt with the numbers put in', async () => {
    stubDialog()
    const { user } = renderEarned(
      holder({ transfers: [transferOf(RETH, 1n, 10_000n, '0xabc'), ...TRANSFERS.slice(1)] }),
    )
    const [figure] = within(screen.getByRole('row', { name: /^rETH/ })).getAllByRole('button')
    if (figure !== undefined) await user.click(figure)
    const dialog = within(await screen.findByRole('dialog'))
    expect(await dialog.findByRole('heading', { name: 'rETH: earned, all' })).toBeDefined()
    expect(dialog.getByText('Value at the end: 6 × 1.13 = 6.78 ETH')).toBeDefined()
    expect(dialog.getByText('Value at the start: 0 × 1.1 = 0 ETH')).toBeDefined()
    expect(dialog.getByText('6.78 − 0 − 11 + 4.44 = 0.22 ETH')).toBeDefined()
    expect(
      dialog.getByText(
        /^1\. 2025-12-31 00:00 UTC, block 1: 10 rETH came in at a rate of 1\.1, transaction 0xabc/,
      ),
    ).toBeDefined()
    expect(
      dialog.getByText(/^2\. 2026-01-02 00:00 UTC, block 3: 4 rETH went out at a rate of 1\.11/),
    ).toBeDefined()
    expect(dialog.getByText('Held at the end')).toBeDefined()
    // Nothing was held then, which no call needs to say.
    expect(dialog.queryByText('Held at the start')).toBeNull()
    expect(dialog.getByText('Rate at the end')).toBeDefined()
  })

  test('behavior: the headline’s receipts name the parts and the price', async () => {
    stubDialog()
    const { user } = renderEarned(both())
    await user.click(screen.getByRole('button', { name: '0.3400ETH' }))
    const dialog = within(await screen.findByRole('dialog'))
    expect(await dialog.findByText('wstETH: 0.12 ETH')).toBeDefined()
    expect(dialog.getByText('rETH: 0.22 ETH')).toBeDefined()
    await user.click(dialog.getByRole('button', { name: 'Close' }))
    await user.click(screen.getByRole('button', { name: '$748.00' }))
    expect(await dialog.findByText('748 USD')).toBeDefined()
    expect(dialog.getByText(/Chainlink’s ETH\/USD at block 4/)).toBeDefined()
  })
})
