import { render, screen } from '@testing-library/react'
import { describe, expect, test, vi } from 'vitest'
import { NoSession } from '../../../src/queries/session.ts'
import { createSampleStore } from '../../../src/store/sampleStore.ts'
import { Notices } from '../../../src/views/header/Notices.tsx'
import { renderPage } from '../support/render.tsx'
import { ACCOUNT, createWorld } from '../support/world.ts'

const STORAGE = /does not let the page keep what it has read/

describe('Notices', () => {
  test('default: on mainnet with storage there is nothing to notice', () => {
    renderPage(<Notices />, { world: createWorld({ chain: 'mainnet' }) })
    expect(screen.getByRole('complementary', { name: 'Notices' }).textContent).toBe('')
  })

  test('behavior: simulated values carry a badge, with a wallet to look at', () => {
    renderPage(<Notices />, { world: createWorld({ chain: 'embedded', exampleWallet: ACCOUNT }) })
    expect(screen.getByText('Embedded chain, simulated values.')).toBeDefined()
    const link = screen.getByRole('link', { name: 'Look at an example wallet' })
    expect(link.getAttribute('href')).toBe(`#/wallet/${ACCOUNT}`)
  })

  test('behavior: no example wallet, no link to one', () => {
    renderPage(<Notices />, { world: createWorld({ chain: 'embedded' }) })
    expect(screen.queryByRole('link')).toBeNull()
  })

  test('behavior: a local node is named as such and not as simulated', () => {
    renderPage(<Notices />, { world: createWorld({ chain: 'local' }) })
    expect(screen.getByText(/^Local node/)).toBeDefined()
    expect(screen.queryByText(/simulated/)).toBeNull()
  })

  test('behavior: a browser that keeps nothing is told about as soon as that is known', async () => {
    const { session } = createWorld({ chain: 'mainnet' })
    // jsdom has no IndexedDB, as a browser in a private window.
    const world = { ...createWorld(), session: { ...session, store: createSampleStore() } }
    renderPage(<Notices />, { world })
    expect(screen.queryByText(STORAGE)).toBeNull()
    expect(await screen.findByText(STORAGE)).toBeDefined()
  })

  test('error: NoSession outside the page', () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined)
    expect(() => render(<Notices />)).toThrow(NoSession)
  })
})
