import { screen } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import { Footer } from '../../src/app/Footer.tsx'
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
})
