import { screen, within } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import { NetworkPill } from '../../../src/views/header/NetworkPill.tsx'
import { stubDialog } from '../support/browser.ts'
import { renderPage } from '../support/render.tsx'
import { OPERATOR } from '../support/world.ts'

async function renderPill() {
  stubDialog()
  const page = renderPage(<NetworkPill />)
  await screen.findByText(/^800$/)
  return { ...page, pill: screen.getByRole('button') }
}

describe('EndpointsDialog', () => {
  test('default: opened by the pill, with a title and a way out at once, and the endpoints after that', async () => {
    const { user, pill } = await renderPill()
    expect(pill.getAttribute('aria-haspopup')).toBe('dialog')
    expect(screen.queryByRole('dialog')).toBeNull()
    await user.click(pill)
    const dialog = screen.getByRole('dialog', { name: 'Endpoints' })
    const close = within(dialog).getByRole('button', { name: 'Close' })
    expect(document.activeElement).toBe(close)
    expect(await within(dialog).findByRole('checkbox', { name: OPERATOR })).toBeDefined()
    expect(document.activeElement).toBe(close)
    expect(
      within(dialog)
        .getAllByRole('heading')
        .map(heading => heading.textContent),
    ).toEqual(['Endpoints', 'Add your own node', 'Requests of this visit'])
  })

  test('behavior: opened and closed by the keyboard, the focus is back on the pill, and again', async () => {
    const { user, pill } = await renderPill()
    pill.focus()
    for (const _ of [1, 2]) {
      await user.keyboard('{Enter}')
      const dialog = screen.getByRole('dialog', { name: 'Endpoints' })
      await within(dialog).findByRole('checkbox', { name: OPERATOR })
      within(dialog).getByRole('button', { name: 'Close' }).focus()
      await user.keyboard('{Enter}')
      expect(screen.queryByRole('dialog')).toBeNull()
      expect(document.activeElement).toBe(pill)
    }
  })
})
