import { render, screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { Connected } from '../../src/app/Connected.tsx'
import { queries } from '../../src/app/connect.ts'
import type { PageConfig } from '../../src/app/pageConfig.ts'
import { loadEndpointSettings, NO_SETTINGS, saveEndpointSettings } from '../../src/store/endpointSettings.ts'
import { stubDialog, stubSize } from '../views/support/browser.ts'
import { visit } from '../views/support/render.tsx'

const [A, B] = ['http://127.0.0.1:8545', 'http://127.0.0.1:9545']
const CONFIG: PageConfig = { chain: 'local', rpc: [A, B], grid: 1n, exampleWallet: undefined }

/** Nobody answers, and it is written down who was asked. */
function stubNetwork(): string[] {
  const asked: string[] = []
  vi.stubGlobal('fetch', async (url: string) => {
    asked.push(url)
    throw new TypeError('Failed to fetch')
  })
  return asked
}

async function openPanel() {
  const user = userEvent.setup()
  await user.click(await screen.findByText(/connecting|no endpoint answers/))
  const dialog = await screen.findByRole('dialog', { name: 'Endpoints' })
  await within(dialog).findByRole('checkbox', { name: '127.0.0.1:8545' })
  return { user, dialog: within(dialog) }
}

const footer = (): string => screen.getByRole('contentinfo').textContent

beforeEach(() => {
  stubSize()
  stubDialog()
  localStorage.clear()
  // The page has one of them, and what failed in the test before is not tried again at once.
  queries.clear()
})

describe('Connected', () => {
  test('default: a choice connects the page anew, with the panel still open, and is kept', async () => {
    const asked = stubNetwork()
    visit('/method')
    render(<Connected config={CONFIG} />)
    const { user, dialog } = await openPanel()
    expect(footer()).toContain('It asks 127.0.0.1:8545, 127.0.0.1:9545.')
    await user.click(dialog.getByRole('checkbox', { name: '127.0.0.1:8545' }))
    expect(footer()).toContain('It asks 127.0.0.1:9545.')
    expect(footer()).toContain('goes to 127.0.0.1:9545 alone')
    expect(dialog.getByRole('checkbox', { name: '127.0.0.1:8545' })).toHaveProperty('checked', false)
    expect(loadEndpointSettings('local').switched).toEqual({ [A]: false })
    await waitFor(() => expect(asked.at(-1)).toBe(B))
  })

  test('behavior: what was chosen in an earlier visit is in effect from the first request', async () => {
    saveEndpointSettings('local', { ...NO_SETTINGS, switched: { [A]: false } })
    const asked = stubNetwork()
    visit('/method')
    render(<Connected config={CONFIG} />)
    await waitFor(() => expect(asked.length).toBeGreaterThan(0))
    expect(new Set(asked)).toEqual(new Set([B]))
  })

  test('behavior: a link chooses nothing', async () => {
    const asked = stubNetwork()
    const evil = 'http://127.0.0.1:6666'
    visit(`/method?rpc=${encodeURIComponent(evil)}&endpoints=${encodeURIComponent(evil)}`)
    render(<Connected config={CONFIG} />)
    await waitFor(() => expect(asked.length).toBeGreaterThan(1))
    expect(asked).not.toContain(evil)
    expect(footer()).toContain('It asks 127.0.0.1:8545, 127.0.0.1:9545.')
    expect(localStorage.getItem('poolglass:endpoints:local')).toBeNull()
  })
})
