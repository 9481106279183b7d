import { screen, waitFor } from '@testing-library/react'
import { describe, expect, test, vi } from 'vitest'
import { Header } from '../../../src/views/header/Header.tsx'
import { renderPage } from '../support/render.tsx'
import { ACCOUNT } from '../support/world.ts'

function renderHeader({ theme = 'system', path = '/' } = {}) {
  const onTheme = vi.fn()
  const page = renderPage(<Header theme={theme} onTheme={onTheme} />, { path })
  return { ...page, onTheme, field: screen.getByRole('textbox', { name: 'Wallet address' }) }
}

describe('address field', () => {
  test('default: an address leads to its holdings, whatever its case', async () => {
    const { user, field } = renderHeader()
    await user.type(field, ` ${ACCOUNT.toLowerCase()} {Enter}`)
    await waitFor(() => expect(location.hash).toBe(`#/wallet/${ACCOUNT}`))
    expect(screen.queryByRole('alert')).toBeNull()
  })

  test('behavior: what was chosen before stays chosen', async () => {
    const { user, field } = renderHeader({ path: '/pool/ankr?window=7d&as=apr' })
    await user.type(field, ACCOUNT)
    await user.click(screen.getByRole('button', { name: 'Look' }))
    await waitFor(() => expect(location.hash).toBe(`#/wallet/${ACCOUNT}?window=7d&as=apr`))
  })

  test('error: InvalidAddress is said at the field, the page stays, and typing on clears it', async () => {
    const { user, field } = renderHeader({ path: '/method' })
    await user.type(field, '0x123{Enter}')
    const note = await screen.findByRole('alert')
    expect(note.textContent).toContain('this one has 3')
    expect(field.getAttribute('aria-invalid')).toBe('true')
    expect(field.getAttribute('aria-describedby')).toBe(note.id)
    expect(location.hash).toBe('#/method')
    await user.type(field, '4')
    expect(screen.queryByRole('alert')).toBeNull()
    expect(field.getAttribute('aria-invalid')).toBe('false')
  })

  test('behavior: nothing typed is told what to type', async () => {
    const { user } = renderHeader()
    await user.click(screen.getByRole('button', { name: 'Look' }))
    expect((await screen.findByRole('alert')).textContent).toContain('starts with 0x')
  })
})

describe('wordmark', () => {
  test('default: to the overview with what was chosen', () => {
    renderHeader({ path: '/method?range=90d' })
    expect(screen.getByRole('link', { name: 'Poolglass' }).getAttribute('href')).toBe('#/?range=90d')
  })
})

describe('theme', () => {
  test.each([
    ['system', 'light'],
    ['light', 'dark'],
    ['dark', 'system'],
    ['pink', 'light'],
  ])('default: from %s to %s', async (theme, next) => {
    const { user, onTheme } = renderHeader({ theme })
    await user.click(screen.getByRole('button', { name: /^Colours/ }))
    expect(onTheme.mock.calls).toEqual([[next]])
  })

  test('behavior: the button says what is and what will be', () => {
    renderHeader({ theme: 'dark' })
    expect(screen.getByRole('button', { name: 'Colours: dark. Switch to as the system.' })).toBeDefined()
  })
})
