import { screen } from '@testing-library/react'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { type Past, past } from '../../../src/views/overview/past.ts'
import { stubSize } from '../support/browser.ts'
import { renderPage } from '../support/render.tsx'

const PAST = '../../../src/views/overview/past.ts'

afterEach(() => {
  vi.doUnmock(PAST)
  vi.resetModules()
})

/** A page that was just opened: nothing is kept from another one. */
async function openProbe(importer: () => Promise<Past>) {
  vi.resetModules()
  const { usePast } = await import('../../../src/views/overview/usePast.ts')
  const Probe = () => {
    const loaded = usePast(importer)
    const state = loaded.past === undefined ? 'nothing' : 'the past'
    return (
      <button type="button" onClick={loaded.load}>
        {state}, {loaded.error?.message ?? 'no error'}
      </button>
    )
  }
  return { Probe, ...renderPage(<Probe />) }
}

describe('usePast', () => {
  test('default: nothing at first, then all, and at once on the way back', async () => {
    const importer = vi.fn(async () => past)
    const { Probe, unmount } = await openProbe(importer)
    expect(screen.getByText('nothing, no error')).toBeDefined()
    expect(await screen.findByText('the past, no error')).toBeDefined()
    unmount()
    renderPage(<Probe />)
    expect(screen.getByText('the past, no error')).toBeDefined()
    expect(importer).toHaveBeenCalledTimes(1)
  })

  test('behavior: what cannot be loaded is said, and tried again when asked', async () => {
    const importer = vi.fn(async () => past)
    importer.mockRejectedValueOnce(new TypeError('Failed to fetch'))
    const { user } = await openProbe(importer)
    await user.click(await screen.findByText('nothing, Reload the page: a part of it is gone.'))
    expect(await screen.findByText('the past, no error')).toBeDefined()
  })

  test('behavior: the overview says so and keeps its live figures', async () => {
    stubSize()
    vi.resetModules()
    vi.doMock(PAST, () => {
      throw new TypeError('Failed to fetch')
    })
    const { OverviewPage } = await import('../../../src/views/overview/OverviewPage.tsx')
    const { renderPage: renderAnew } = await import('../support/render.tsx')
    renderAnew(<OverviewPage />, { path: '/?range=30d' })
    const note = await screen.findByText('Could not read the yields.')
    expect(note.closest('[role="alert"]')?.textContent).toContain('a part of it is gone')
    const row = await screen.findByRole('row', { name: /^Rocket Pool/ })
    expect(row.textContent).toContain('1.10300ETH')
    expect(row.textContent).toContain('not known: The history has not been loaded yet.')
  })
})
