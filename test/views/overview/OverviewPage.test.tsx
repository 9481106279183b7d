import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import { NoEndpointServed, Unreachable } from '../../../src/chain/errors.ts'
import { isTokenPool } from '../../../src/pools/definePool.ts'
import { pools } from '../../../src/pools/index.ts'
import { OverviewPage } from '../../../src/views/overview/OverviewPage.tsx'
import { KIND_LABELS, KINDS, type Kind } from '../../../src/views/state/viewState.ts'
import { stubSize } from '../support/browser.ts'
import { renderPage } from '../support/render.tsx'
import { createWorld } from '../support/world.ts'

const isSample = ({ role, method }: { role: string; method: string }): boolean =>
  role === 'archive' && method === 'eth_call'

describe('OverviewPage', () => {
  test('default: the sentence, the table and the chart from one reading', async () => {
    stubSize()
    const { world } = renderPage(<OverviewPage />, { path: '/?range=30d' })
    expect(await screen.findByText(/samples$/)).toBeDefined()
    const title = await screen.findByRole('heading', {
      level: 1,
      name: /^Over the last 30 days, Rocket Pool .*: 3\.37\s% a\syear/,
    })
    expect(title).toBeDefined()
    const table = screen.getByRole('table')
    // A row for every pool below that of the headings.
    expect(within(table).getAllByRole('row')).toHaveLength(pools.length + 1)
    expect(screen.getByRole('heading', { name: 'Implied APY, 30 d window' })).toBeDefined()
    expect(world.asked.filter(({ role, method }) => role === 'head' && method === 'eth_call')).toHaveLength(1)
  })

  test('behavior: pending until the first answer', async () => {
    const world = createWorld()
    world.hold = () => true
    renderPage(<OverviewPage />, { world })
    expect(screen.getByText('Reading the pools')).toBeDefined()
    expect(screen.queryByRole('table')).toBeNull()
    world.release()
    expect(await screen.findByRole('table')).toBeDefined()
  })

  test('behavior: rates stand while history is still to come, and yields say why they do not', async () => {
    const world = createWorld()
    world.hold = isSample
    renderPage(<OverviewPage />, { world, path: '/?range=30d' })
    const row = await screen.findByRole('row', { name: /^Rocket Pool/ })
    expect(row.textContent).toContain('1.10300ETH')
    await waitFor(() =>
      expect(row.textContent).toContain('not known: The rate has not changed in the samples read so far.'),
    )
  })

  test('error: NoEndpointServed is told once for the table and once for the history', async () => {
    const world = createWorld()
    world.refuse = () => new NoEndpointServed([new Unreachable('is gone', { operator: 'dRPC' })])
    renderPage(<OverviewPage />, { world })
    const chart = await screen.findByText('Could not read the history.')
    expect(chart.closest('[role="alert"]')?.textContent).toContain('dRPC is gone')
    const table = screen.getByText('Could not read the pools.')
    expect(table.closest('[role="alert"]')?.textContent).toContain('dRPC is gone')
    expect(screen.getAllByRole('alert')).toHaveLength(2)
    expect(screen.queryByRole('table')).toBeNull()
  })
})

const names = (): (string | undefined)[] =>
  screen.getAllByRole('rowheader').map(header => header.querySelector('a')?.textContent)
const legend = (): (string | undefined)[] =>
  screen.getAllByRole('checkbox').map(box => box.closest('label')?.textContent ?? undefined)
const choice = (name: string) =>
  within(screen.getByRole('group', { name: 'Kind of pool' })).getByRole('radio', { name })
const ofKind = (kind: Kind) => pools.filter(({ category }) => kind === 'all' || category === kind)

describe('kind of pool', () => {
  test.each(KINDS)('default: %s of the address alone in table and chart', async kind => {
    stubSize()
    renderPage(<OverviewPage />, { path: `/?range=30d&kind=${kind}` })
    await screen.findByRole('table')
    expect(choice(KIND_LABELS[kind])).toHaveProperty('checked', true)
    expect(new Set(names())).toEqual(new Set(ofKind(kind).map(({ name }) => name)))
    expect(names()).toHaveLength(ofKind(kind).length)
    const drawn = ofKind(kind).filter(isTokenPool)
    if (drawn.length > 0) await waitFor(() => expect(legend()).toEqual(drawn.map(({ name }) => name)))
  })

  test('behavior: chosen, in the address, and the share stays that of all', async () => {
    stubSize()
    const { user } = renderPage(<OverviewPage />, { path: '/?range=30d' })
    const shareOf = (name: RegExp) =>
      within(screen.getByRole('row', { name })).getAllByRole('cell')[6]?.textContent
    await screen.findByRole('row', { name: /^Binance/ })
    await waitFor(() => expect(shareOf(/^Binance/)).toMatch(/^\d/))
    const before = shareOf(/^Binance/)
    await user.click(choice('Exchanges'))
    await waitFor(() => expect(new Set(names())).toEqual(new Set(['Coinbase', 'Binance'])))
    expect(location.hash).toBe('#/?range=30d&kind=exchange')
    expect(shareOf(/^Binance/)).toBe(before)
    // The sentence speaks of what is listed.
    const sentence = screen.getByRole('heading', { level: 1 })
    await waitFor(() => expect(sentence.textContent).toMatch(/Coinbase .* of 2\sexchanges/))
  })

  test('behavior: a kind that nobody knows lists all', async () => {
    renderPage(<OverviewPage />, { path: '/?kind=bank' })
    await screen.findByRole('table')
    expect(names()).toHaveLength(pools.length)
  })
})
