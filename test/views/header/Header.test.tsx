import { screen, waitFor } from '@testing-library/react'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { Header } from '../../../src/views/header/Header.tsx'
import { useLook } from '../../../src/views/state/walletMemory.ts'
import { renderPage } from '../support/render.tsx'
import { ACCOUNT } from '../support/world.ts'

const OTHER = '0xae78736Cd615f374D3085123A210448E74Fc6393'

beforeEach(() => localStorage.clear())

function renderHeader({ theme = 'system', path = '/' } = {}) {
  const onTheme = vi.fn()
  const page = renderPage(
    <>
      <Header theme={theme} onTheme={onTheme} />
      <Shown />
    </>,
    { path },
  )
  return { ...page, onTheme, field: screen.getByLabelText<HTMLInputElement>('Wallet address or ENS name') }
}

/** Show what the field leads to, as the page behind it would. */
function Shown() {
  return <p data-testid="look">{useLook()?.text ?? 'nothing'}</p>
}
const looked = () => screen.getByTestId('look').textContent

describe('address field', () => {
  test('default: an address leads to its holdings, whatever its case, and stays out of URL and history', async () => {
    const { user, field } = renderHeader()
    await user.type(field, ` ${ACCOUNT.toLowerCase()} {Enter}`)
    await waitFor(() => expect(location.hash).toBe('#/wallet'))
    expect(looked()).toBe(ACCOUNT)
    expect(JSON.stringify(history.state)).not.toMatch(/0x/i)
    expect(screen.queryByRole('alert')).toBeNull()
    expect(field.value).toBe('')
    expect(localStorage.length).toBe(0)
  })

  test('behavior: several, and names', async () => {
    const { user, field } = renderHeader()
    await user.type(field, `${OTHER}, glass.eth ${ACCOUNT}{Enter}`)
    await waitFor(() => expect(looked()).toBe(`${OTHER},glass.eth,${ACCOUNT}`))
  })

  test('behavior: lines that are pasted stay apart, where the cursor is', async () => {
    const { user, field } = renderHeader()
    await user.type(field, 'first.eth ')
    await user.paste('a.eth\r\nb.eth\nc.eth')
    expect(field.value).toBe('first.eth a.eth b.eth c.eth')
    await user.type(field, '{Enter}')
    await waitFor(() => expect(looked()).toBe('first.eth,a.eth,b.eth,c.eth'))
  })

  test('behavior: what was chosen before stays chosen', async () => {
    const { user, field } = renderHeader({ path: '/pool/ankr?window=7d&as=apr' })
    await user.type(field, ACCOUNT)
    await user.click(screen.getByRole('button', { name: 'Look' }))
    await waitFor(() => expect(location.hash).toBe('#/wallet?window=7d&as=apr'))
    expect(looked()).toBe(ACCOUNT)
  })

  test('error: InvalidWallet is said at the field, the page stays, and typing on clears it', async () => {
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

  test('behavior: nothing typed leads to the page that says what to type', async () => {
    const { user } = renderHeader({ path: '/?range=90d' })
    await user.click(screen.getByRole('button', { name: 'Look' }))
    await waitFor(() => expect(location.hash).toBe('#/wallet?range=90d'))
    expect(looked()).toBe('nothing')
  })

  test('behavior: what is remembered is offered at the field, and nothing is where nothing is', async () => {
    const offered = (container: HTMLElement) =>
      [...container.querySelectorAll('option')].map(({ value }) => value)
    const { user, container, field, unmount } = renderHeader()
    await user.click(field)
    await user.type(field, 'x')
    expect(container.querySelector('datalist')).toBeNull()
    unmount()
    const wallets = [['glass.eth', OTHER], [ACCOUNT]]
    localStorage.setItem('poolglass:wallets', JSON.stringify({ version: 1, wallets }))
    const again = renderHeader()
    expect(again.container.querySelector('datalist')).toBeNull()
    await again.user.click(again.field)
    await waitFor(() => expect(offered(again.container)).toEqual([`glass.eth ${OTHER}`, ACCOUNT]))
    expect(again.field.getAttribute('list')).toBe(again.container.querySelector('datalist')?.id)
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
