import { screen, within } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import { NoEndpointServed, Unreachable } from '../../../src/chain/errors.ts'
import { OverviewPage } from '../../../src/views/overview/OverviewPage.tsx'
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
    const title = await screen.findByRole('heading', { level: 1, name: /between 1\.53\s% and 3\.37\s%/ })
    expect(title).toBeDefined()
    const table = screen.getByRole('table')
    expect(within(table).getAllByRole('row')).toHaveLength(5)
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
    expect(row.textContent).toContain('not known: The rate has not changed in the samples read so far.')
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
