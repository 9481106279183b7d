import { act, render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { App, createQueries } from '../../src/app/App.tsx'
import type { Pool } from '../../src/pools/definePool.ts'
import { staked } from '../../src/pools/staked.ts'
import { stubSize } from '../views/support/browser.ts'
import { createTestQueries, visit } from '../views/support/render.tsx'
import { ACCOUNT, createWorld, OPERATOR } from '../views/support/world.ts'

function renderApp(path: string) {
  visit(path)
  const world = createWorld()
  const view = render(<App session={world.session} queries={createTestQueries()} />)
  return { ...view, world, user: userEvent.setup() }
}

const follow = (path: string): void =>
  act(() => {
    visit(path)
    dispatchEvent(new HashChangeEvent('hashchange'))
  })

const theme = (): string | undefined => document.documentElement.dataset['theme']
const title = (name: string | RegExp) => screen.findByRole('heading', { level: 1, name })

beforeEach(() => {
  stubSize()
  localStorage.clear()
})
afterEach(() => {
  delete document.documentElement.dataset['theme']
})

describe('routes', () => {
  test.each([
    ['/', /^What Ethereum’s staking pools earn|^Over the last 30 days/],
    ['/?range=30d', /^What Ethereum’s staking pools earn|^Over the last 30 days/],
    ['/pool/ankr', 'Ankr ankrETH'],
    ['/pool/terra', 'No such pool'],
    [`/wallet/${ACCOUNT}`, 'Wallet'],
    ['/method', 'About the numbers'],
    ['/nowhere', 'No such page'],
    ['/wallet', 'Wallet'],
    ['/wallet/0x12/0x34', 'No such page'],
  ])('default: #%s', async (path, name) => {
    renderApp(path)
    expect(await title(name)).toBeDefined()
  })

  test('behavior: the frame stands around every page, with whom it asks', async () => {
    renderApp('/nowhere')
    expect(screen.getByRole('banner')).toBeDefined()
    expect(screen.getByRole('contentinfo').textContent).toContain(
      `It asks ${OPERATOR}. Whoever is asked sees`,
    )
    expect(screen.getByRole('main')).toBeDefined()
  })

  test('behavior: from the table to a pool and back to the overview', async () => {
    const { user } = renderApp('/?range=30d')
    await user.click(await screen.findByRole('link', { name: 'Ankr' }))
    expect(await title('Ankr ankrETH')).toBeDefined()
    await user.click(screen.getByRole('link', { name: 'Poolglass' }))
    expect(await screen.findByRole('heading', { name: 'Pools' })).toBeDefined()
  })

  test('behavior: an address pasted on any page leads to its holdings', async () => {
    const { user } = renderApp('/method')
    await user.type(screen.getByLabelText('Wallet address or ENS name'), `${ACCOUNT}{Enter}`)
    expect(await title('Wallet')).toBeDefined()
    expect(await screen.findByText(/^This address holds no ETH/)).toBeDefined()
  })

  test('error: InvalidWallet for an address in the fragment that cannot even be decoded', async () => {
    renderApp('/wallet/%E0%A4%A')
    expect(await title('Wallet')).toBeDefined()
    expect((await screen.findByRole('alert')).textContent).toContain('starts with 0x')
  })

  test('behavior: a page that fails does not take the next one with it', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined)
    visit('/pool/ankr')
    const { session } = createWorld()
    const broken = { ...staked, id: 'ankr', contracts: undefined } as unknown as Pool
    render(<App session={{ ...session, pools: [broken] }} queries={createTestQueries()} />)
    expect((await screen.findByRole('alert')).textContent).toContain(
      'Could not read this page on the screen.',
    )
    follow('/method')
    expect(await title('About the numbers')).toBeDefined()
    expect(screen.queryByRole('alert')).toBeNull()
  })
})

describe('titles', () => {
  test.each([
    ['/pool/ankr', 'Ankr (ankrETH): rate and implied APY · Poolglass'],
    ['/pool/staked', 'Staked: no token · Poolglass'],
    ['/pool/terra', 'No such pool · Poolglass'],
    ['/method', 'About the numbers · Poolglass'],
    ['/nowhere', 'No such page · Poolglass'],
    // Tabs and history are kept and sent elsewhere: they do not name what somebody looks at.
    [`/wallet/${ACCOUNT}`, 'Wallet · Poolglass'],
    ['/wallet/glass.eth', 'Wallet · Poolglass'],
  ])('default: #%s', async (path, words) => {
    document.title = 'Poolglass'
    const { unmount } = renderApp(path)
    await screen.findByRole('heading', { level: 1 })
    expect(document.title).toBe(words)
    unmount()
    expect(document.title).toBe('Poolglass')
  })

  test('behavior: the overview has the words of the page itself, also when it is come back to', async () => {
    document.title = 'Poolglass'
    const { user } = renderApp('/method')
    await title('About the numbers')
    await user.click(screen.getByRole('link', { name: 'Poolglass' }))
    await screen.findByRole('heading', { name: 'Pools' })
    expect(document.title).toBe('Poolglass')
  })
})

describe('arrival', () => {
  const focused = (): string | null | undefined => document.activeElement?.textContent

  test('default: a link leads to the heading of the page, and to its top', async () => {
    const { user } = renderApp('/?range=30d')
    document.documentElement.scrollTop = 500
    await user.click(await screen.findByRole('link', { name: 'Ankr' }))
    const heading = await title('Ankr ankrETH')
    expect(document.activeElement).toBe(heading)
    expect(document.documentElement.scrollTop).toBe(0)
    await user.click(screen.getByRole('link', { name: 'About the numbers' }))
    await title('About the numbers')
    expect(focused()).toBe('About the numbers')
  })

  test('behavior: the first page leaves the focus where it is', async () => {
    renderApp('/method')
    await title('About the numbers')
    expect(document.activeElement).toBe(document.body)
  })

  test('behavior: another query is the same page', async () => {
    renderApp('/method')
    await title('About the numbers')
    document.documentElement.scrollTop = 500
    follow('/method?range=90d')
    expect(document.activeElement).toBe(document.body)
    expect(document.documentElement.scrollTop).toBe(500)
  })

  test('behavior: a part of “About the numbers” is led to instead of its heading', async () => {
    renderApp('/nowhere')
    await title('No such page')
    const into = vi.fn()
    Element.prototype.scrollIntoView = into
    follow('/method/yield')
    await title('About the numbers')
    expect(focused()).toBe('Implied APY and APR')
    expect(into).toHaveBeenCalledOnce()
  })

  test('behavior: an address that nothing is at is named, as text and short', async () => {
    renderApp(`/nowhere/${'%3Cb%3E'.repeat(99)}`)
    await title('No such page')
    expect(screen.getByText(/^There is nothing at “\/nowhere\/(<b>)+<?b?…”\.$/)).toBeDefined()
    expect(screen.getByRole('link', { name: 'Go to the overview.' }).getAttribute('href')).toBe('#/')
  })
})

describe('theme', () => {
  const press = async (): Promise<void> =>
    userEvent.setup().click(screen.getByRole('button', { name: /^Colours/ }))

  test('default: that of the system, and a choice is applied', async () => {
    renderApp('/nowhere')
    expect(theme()).toBeUndefined()
    await press()
    expect(theme()).toBe('light')
    await press()
    expect(theme()).toBe('dark')
    await press()
    expect(theme()).toBeUndefined()
  })

  test('behavior: nothing is stored before somebody chooses, nor is what cannot be read overwritten', async () => {
    renderApp('/nowhere')
    expect(localStorage.length).toBe(0)
    localStorage.setItem('poolglass:theme', 'pink')
    renderApp('/nowhere')
    expect(localStorage.getItem('poolglass:theme')).toBe('pink')
  })

  test('behavior: a choice is kept until the next visit', async () => {
    const { unmount } = renderApp('/nowhere')
    await press()
    await press()
    unmount()
    delete document.documentElement.dataset['theme']
    renderApp('/nowhere')
    expect(theme()).toBe('dark')
    expect(screen.getByRole('button', { name: /^Colours: dark/ })).toBeDefined()
  })
})

describe('createQueries', () => {
  test('default: one more try for a moment without network, and no more', () => {
    const { queries } = createQueries().getDefaultOptions()
    expect(queries).toMatchObject({ retry: 1, throwOnError: false })
  })
})

describe('a keeper that cannot be loaded', () => {
  test('behavior: the page goes on, and says what it does without', async () => {
    vi.resetModules()
    vi.doMock('../../src/app/Keeper.tsx', () => {
      throw new Error('gone')
    })
    const { App: Partial } = await import('../../src/app/App.tsx')
    visit('/method')
    render(<Partial session={createWorld().session} queries={createTestQueries()} />)
    expect(await screen.findByText(/nothing is kept for a visit without a network/)).toBeDefined()
    expect(screen.getByRole('banner')).toBeDefined()
    vi.doUnmock('../../src/app/Keeper.tsx')
    vi.resetModules()
  })
})
