import { act, screen } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import { Footer } from '../../src/app/Footer.tsx'
import { announceShell } from '../../src/queries/shell.ts'
import { renderPage } from '../views/support/render.tsx'
import { createWorld, OPERATOR } from '../views/support/world.ts'

function renderFooter(walletUrl: string | undefined): string {
  const world = createWorld()
  const session = { ...world.session, choice: { ...world.session.choice, walletUrl } }
  renderPage(<Footer />, { world: { ...world, session } })
  return screen.getByRole('contentinfo').textContent
}

describe('Footer', () => {
  test('default: who is asked, and who alone sees the address', () => {
    const text = renderFooter('http://test')
    expect(text).toContain(`It asks ${OPERATOR}. Whoever is asked sees your internet address`)
    expect(text).toContain(`the address that you paste goes to ${OPERATOR} alone.`)
  })

  test('behavior: where none may see a wallet it says so', () => {
    const text = renderFooter(undefined)
    expect(text).toContain('no address that you paste goes anywhere')
    expect(text).not.toContain('alone')
  })

  test('behavior: it says that the page is kept where it is, and nothing where it is not', () => {
    announceShell({ isKept: false })
    expect(renderFooter(undefined)).not.toContain('kept on this device')
    act(() => announceShell({ isKept: true }))
    expect(screen.getByRole('contentinfo').textContent).toContain(
      'This page is kept on this device and opens without a network.',
    )
    act(() => announceShell({ isKept: false }))
  })

  test.each([
    [true, 'A newer version could not be kept on this device.'],
    [false, 'This version could not be kept on this device.'],
  ])('behavior: where a version could not be kept and it is kept itself: %s', (isKept, words) => {
    announceShell({ isKept, problem: new TypeError('Failed to fetch') })
    expect(renderFooter(undefined)).not.toContain('could not be kept')
    act(() => announceShell({ isKept, lacksVersion: true }))
    expect(screen.getByText(words)).toBeDefined()
    act(() => announceShell({ isKept: false }))
  })
})
