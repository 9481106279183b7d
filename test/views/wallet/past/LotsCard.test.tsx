import { screen, within } from '@testing-library/react'
import { describe, expect, test, vi } from 'vitest'
import type { WalletPast } from '../../../../src/math/walletPast.ts'
import * as files from '../../../../src/views/ui/saveFile.ts'
import { LotsCard } from '../../../../src/views/wallet/past/LotsCard.tsx'
import { stubDialog } from '../../support/browser.ts'
import { renderPage } from '../../support/render.tsx'
import {
  DAYS,
  type Day,
  heldOf,
  holder,
  manyHeld,
  pastOf,
  RETH,
  STETH,
  sourceOf,
  TRANSFERS,
  transferOf,
  unsureHolder,
  WSTETH,
} from './pastSupport.tsx'

const renderLots = (past: WalletPast = holder(), chainId: bigint | undefined = 31_337n) =>
  renderPage(<LotsCard source={sourceOf(past)} held={heldOf(past)} chainId={chainId} />)

const table = (name: string) => within(screen.getByRole('table', { name }))
const cells = (name: string, row: RegExp): (string | null)[] =>
  within(table(name).getByRole('row', { name: row }))
    .getAllByRole('cell')
    .map(({ textContent }) => textContent)

const SUMS = 'Cost, worth and gains by token'

/** A second purchase, so that the two methods differ: 10 at 1.1 and 2,000 dollars, then 5 at 1.11 and 2,050. */
const twice = () =>
  pastOf(
    DAYS.map((day, place) => ({
      ...day,
      units: { [RETH]: (day.units[RETH] ?? 0n) + (place >= 2 ? 5_000n : 0n) },
    })),
    { transfers: [...TRANSFERS.slice(0, 1), transferOf(RETH, 2n, 5_000n), ...TRANSFERS.slice(1)] },
  )

describe('LotsCard', () => {
  test('behavior: the lots of few tokens are shown at once, those of many on demand, with how many there are', async () => {
    const tokens = () => screen.getAllByRole('group').filter(({ tagName }) => tagName === 'DETAILS')
    const summaries = () => tokens().map(group => group.querySelector('summary')?.textContent)
    const areOpen = () => tokens().map(group => group.hasAttribute('open'))
    const { unmount } = renderLots()
    expect(summaries()).toEqual(['rETH 1 lot held, 1 given away'])
    expect(areOpen()).toEqual([true])
    unmount()
    const units = { [RETH]: 1n, [STETH]: 1n, [WSTETH]: 1n }
    renderLots(pastOf(DAYS.map(day => ({ ...day, units, rates: { ...day.rates, [STETH]: 1_200n } }))))
    expect(summaries()).toEqual(['wstETH 1 lot held', 'stETH 1 lot held', 'rETH 1 lot held'])
    expect(areOpen()).toEqual([false, false, false])
  })

  test('default: what is held with its cost, and what was given away with its gain', () => {
    renderLots()
    expect(cells('rETH: lots still held', /2025-12-31/)).toEqual([
      '10.0000',
      '1.10000',
      '11.0000ETH$22,000',
      '6.0000',
      // Six tenths of it.
      '6.6000ETH$13,200',
      '6.7800ETH$14,916',
      '0.1800ETH$1,716',
    ])
    expect(cells('rETH: given away', /2026-01-02/)).toEqual([
      '4.0000',
      '1.11000',
      '4.4400ETH$9,324',
      '4.4000ETH$8,800',
      '0.0400ETH$524.00',
    ])
    expect(cells(SUMS, /^rETH/)).toEqual([
      '6.6000ETH$13,200',
      '6.7800ETH$14,916',
      '0.1800ETH$1,716',
      '0.0400ETH$524.00',
    ])
    expect(
      screen.getByText(/Not tax advice; tokens lent, pooled or wrapped elsewhere are not seen/),
    ).toBeDefined()
  })

  test('behavior: the method changes what given away tokens had cost, and not what all is worth', async () => {
    const { user } = renderLots(twice())
    expect(cells('rETH: given away', /2026-01-02/)[3]).toMatch(/4\.4000ETH/)
    expect(table('rETH: lots still held').getAllByRole('row')).toHaveLength(3)
    await user.click(screen.getByRole('radio', { name: 'Average cost' }))
    // 4 of 15 that cost 11 and, at a rate between 1.10 and 1.11, about 5.525 ETH.
    expect(cells('rETH: given away', /2026-01-02/)[3]).toMatch(/^≈ 4\.4066ETH/)
    expect(cells(SUMS, /^rETH/)[1]).toBe('12.4300ETH$27,346')
  })

  test('behavior: what rests on a cost that is not exact is marked, and nothing else is', async () => {
    const { user } = renderLots(twice())
    const marked = (name: string, row: RegExp) => cells(name, row).map(cell => cell?.startsWith('≈'))
    const [LOTS, GONE] = ['rETH: lots still held', 'rETH: given away']
    // The four that went are of the ten that came at a known rate.
    expect(marked(GONE, /2026-01-02/)).toEqual([false, false, false, false, false])
    expect(marked(LOTS, /2025-12-31/)).toEqual([false, false, false, false, false, false, false])
    expect(marked(SUMS, /^rETH/)).toEqual([true, false, true, false])
    await user.click(screen.getByRole('radio', { name: 'Average cost' }))
    expect(marked(GONE, /2026-01-02/)).toEqual([false, false, false, true, true])
    expect(marked(LOTS, /2025-12-31/)).toEqual([false, false, false, false, true, false, true])
    expect(marked(SUMS, /^rETH/)).toEqual([true, false, true, true])
  })

  test('behavior: what is only known to lie between two moments is marked', () => {
    renderLots(unsureHolder())
    const [lot] = table('rETH: lots still held').getAllByRole('rowheader')
    expect(lot?.textContent).toBe('between 2025-12-30 00:00 UTC and 2026-01-01 00:00 UTC')
    expect(cells('rETH: lots still held', /between/)[1]).toBe('≈ 1.10500')
    expect(cells('rETH: lots still held', /between/)[2]).toMatch(/^≈ 11\.0500ETH≈ \$/)
    expect(screen.getByText(/≈ marks what is not known to the block/)).toBeDefined()
    expect(cells(SUMS, /^rETH/).map(cell => cell?.startsWith('≈'))).toEqual([true, false, true, true])
  })

  test('behavior: what was there at first, and what is no longer held, say so', () => {
    renderLots(pastOf(DAYS.slice(1), { transfers: [transferOf(RETH, 2n, -4_000n)] }))
    expect(screen.getByText('there at the first block read')).toBeDefined()
  })

  test('behavior: sold out, only what was given away is listed', () => {
    const days: Day[] = [...DAYS.slice(0, 2), { ...(DAYS[2] as Day), units: { [RETH]: 0n } }]
    renderLots(pastOf(days, { transfers: [transferOf(RETH, 1n, 10_000n), transferOf(RETH, 2n, -10_000n)] }))
    expect(screen.getByText('None of it is held now.')).toBeDefined()
    expect(screen.queryByRole('table', { name: 'rETH: lots still held' })).toBeNull()
    expect(cells(SUMS, /^rETH/)[0]).toBe('0ETH$0.00')
  })

  test('behavior: a loss has the colour of losses', () => {
    const days = DAYS.map(day => ({ ...day, rates: { [RETH]: 2_230n - (day.rates[RETH] ?? 0n) } }))
    renderLots(pastOf(days, { transfers: TRANSFERS }))
    const gain = cells('rETH: given away', /2026-01-02/)[4]
    expect(gain).toMatch(/^−0\.0400ETH/)
    const [figure] = screen.getAllByRole('button', { name: '−0.0400ETH' })
    expect(figure?.closest('[data-falls="true"]')).not.toBeNull()
  })

  test('behavior: dollars of a moment without a price are not known, and neither are their sums', () => {
    renderLots(
      pastOf(
        DAYS.map((day, place) => (place === 1 ? { units: day.units, rates: day.rates } : day)),
        { transfers: TRANSFERS },
      ),
    )
    const why = 'not known: The price of ether of that time is not known.'
    expect(cells('rETH: lots still held', /2025-12-31/)[2]).toBe(`11.0000ETH–${why}`)
    expect(cells(SUMS, /^rETH/)[0]).toBe(`6.6000ETH–${why}`)
    expect(cells(SUMS, /^rETH/)[1]).toBe('6.7800ETH$14,916')
  })

  test('behavior: one form that became another is labelled, and counts as out and in', () => {
    const rates = { [WSTETH]: 1_200n, [STETH]: 1_200n }
    const past = pastOf(
      [
        { units: { [WSTETH]: 0n, [STETH]: 0n }, rates },
        { units: { [WSTETH]: 0n, [STETH]: 5_000n }, rates },
        { units: { [WSTETH]: 5_000n, [STETH]: 0n }, rates },
      ],
      {
        transfers: [
          transferOf(STETH, 1n, 5_000n),
          transferOf(STETH, 2n, -5_000n, '0xwrap'),
          transferOf(WSTETH, 2n, 5_000n, '0xwrap'),
        ],
      },
    )
    renderLots(past)
    expect(screen.getAllByText('wrapped')).toHaveLength(2)
    expect(screen.getByText(/“wrapped”, it counts as one given away and the other acquired/)).toBeDefined()
    expect(screen.getByText(/Amounts are shares of stETH/)).toBeDefined()
  })

  test('behavior: without wraps nothing is said of them', () => {
    renderLots()
    expect(screen.queryByText(/“wrapped”/)).toBeNull()
  })

  test('behavior: a long list grows by fifty', async () => {
    const days: Day[] = Array.from({ length: 121 }, (_, place) => ({
      units: { [RETH]: BigInt(place) * 1_000n },
      rates: { [RETH]: 1_100n },
      price: 2_000n,
    }))
    const { user } = renderLots(pastOf(days))
    const lots = table('rETH: lots still held').getByText('Acquired').closest('table')
    const rows = () => lots?.tBodies[0]?.rows.length
    expect(rows()).toBe(50)
    await user.click(screen.getByText('Show 50 more of 70'))
    expect(rows()).toBe(100)
    expect(document.activeElement?.textContent).toBe('Show 20 more')
    await user.click(screen.getByText('Show 20 more'))
    expect(rows()).toBe(120)
    expect(document.activeElement).toBe(lots?.tBodies[0]?.rows[100])
    expect(screen.queryByText(/^Show/)).toBeNull()
  })

  test('behavior: of many tokens the others come when asked for, and the focus goes to the first of them', async () => {
    const { user } = renderLots(manyHeld(9))
    const summaries = () => [...document.querySelectorAll<HTMLElement>('details > summary')]
    expect(summaries()).toHaveLength(6)
    await user.click(screen.getByRole('button', { name: 'Show 3 more' }))
    expect(summaries()).toHaveLength(9)
    expect(document.activeElement).toBe(summaries()[6])
  })

  test('behavior: a lot and a disposal open their receipts', async () => {
    stubDialog()
    const { user } = renderLots()
    await user.click(screen.getByRole('button', { name: '11.0000ETH' }))
    const dialog = within(await screen.findByRole('dialog'))
    expect(await dialog.findByText('Worth then: 10 × 1.1 = 11 ETH = 22,000 USD')).toBeDefined()
    expect(dialog.getByText('Unrealised, worth less cost: 0.18 ETH = 1,716 USD')).toBeDefined()
    await user.click(dialog.getByRole('button', { name: 'Close' }))
    await user.click(screen.getByRole('button', { name: '4.4400ETH' }))
    expect(await dialog.findByText('Gain, proceeds less cost: 0.04 ETH = 524 USD')).toBeDefined()
    await user.click(dialog.getByRole('button', { name: 'Close' }))
    await user.click(table(SUMS).getByRole('button', { name: '0.0400ETH' }))
    expect(await dialog.findByRole('heading', { name: 'rETH: realised gain' })).toBeDefined()
  })

  test('behavior: a receipt says that a cost is estimated', async () => {
    stubDialog()
    const { user } = renderLots(twice())
    await user.click(screen.getByRole('radio', { name: 'Average cost' }))
    await user.click(screen.getByRole('button', { name: '4.4400ETH' }))
    const dialog = within(await screen.findByRole('dialog'))
    expect(await dialog.findByText(/^Its cost is estimated/)).toBeDefined()
    expect(dialog.queryByText(/^Estimated/)).toBeNull()
    await user.click(dialog.getByRole('button', { name: 'Close' }))
    await user.click(screen.getByRole('button', { name: '11.0000ETH' }))
    expect(await dialog.findByText(/^Its cost is estimated/)).toBeDefined()
  })

  test('behavior: files hold the lots by the chosen method, and are named after the block alone', async () => {
    const saveFile = vi.spyOn(files, 'saveFile').mockImplementation(() => undefined)
    const { user } = renderLots(twice())
    await user.click(screen.getByRole('radio', { name: 'Average cost' }))
    await user.click(screen.getByRole('button', { name: 'CSV' }))
    await vi.waitFor(() => expect(saveFile).toHaveBeenCalledTimes(1))
    const [name, type, content] = saveFile.mock.calls[0] ?? []
    expect([name, type]).toEqual(['poolglass-wallet-4.csv', 'text/csv'])
    expect(content).toContain('average')
    await user.click(screen.getByRole('button', { name: 'JSON with receipts' }))
    await vi.waitFor(() => expect(saveFile).toHaveBeenCalledTimes(2))
    expect(JSON.parse(String(saveFile.mock.calls[1]?.[2]))).toBeTypeOf('object')
  })

  test('behavior: a file that cannot be made says so', async () => {
    vi.spyOn(files, 'saveFile').mockImplementation(() => {
      throw new TypeError('no room')
    })
    const { user } = renderLots()
    await user.click(screen.getByRole('button', { name: 'CSV' }))
    expect((await screen.findByRole('alert')).textContent).toBe('Nothing was saved. no room')
  })
})
