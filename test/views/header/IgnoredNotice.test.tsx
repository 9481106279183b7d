import { act, screen, waitFor } from '@testing-library/react'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { NoEndpointServed, Unreachable } from '../../../src/chain/errors.ts'
import { IgnoredNotice } from '../../../src/views/header/IgnoredNotice.tsx'
import { LateNotices } from '../../../src/views/header/LateNotices.tsx'
import { renderPage, visit } from '../support/render.tsx'
import { createWorld } from '../support/world.ts'

const LINK = /^Not all of this link could be followed\. Ignored: /
const spoken = (): (string | null)[] =>
  [...document.querySelectorAll('p')].map(({ textContent }) => textContent)

afterEach(() => localStorage.clear())

describe('IgnoredNotice', () => {
  test('default: a link that can be followed has no notice', () => {
    renderPage(<IgnoredNotice />, { path: '/?range=90d&hide=ankr&utm_source=mail' })
    expect(spoken()).toEqual([])
  })

  test('behavior: one notice names all that is ignored, and can be closed', async () => {
    const { user } = renderPage(<IgnoredNotice />, { path: '/?range=10y&hide=terra&x=1' })
    expect(spoken()).toEqual([
      'Not all of this link could be followed. Ignored: the range “10y”, so it is 1 y; the hidden pool “terra”; “x”, which the page does not know. Close',
    ])
    await user.click(screen.getByRole('button', { name: 'Close' }))
    expect(spoken()).toEqual([])
  })

  test('behavior: closed by keyboard, the focus goes to the heading of the page', async () => {
    const { user } = renderPage(
      <>
        <IgnoredNotice />
        <main>
          <h1>About the numbers</h1>
        </main>
      </>,
      { path: '/?range=10y' },
    )
    screen.getByRole('button', { name: 'Close' }).focus()
    await user.keyboard('{Enter}')
    expect(document.activeElement).toBe(screen.getByRole('heading', { name: 'About the numbers' }))
  })

  test('behavior: closed for this link, said again for another', async () => {
    const { user } = renderPage(<IgnoredNotice />, { path: '/?range=10y' })
    await user.click(screen.getByRole('button', { name: 'Close' }))
    act(() => {
      visit('/pool/ankr?range=10y')
      dispatchEvent(new HashChangeEvent('hashchange'))
    })
    expect(spoken()).toEqual([])
    act(() => {
      visit('/pool/ankr?range=20y')
      dispatchEvent(new HashChangeEvent('hashchange'))
    })
    expect(screen.getByText(LINK).textContent).toContain('“20y”')
  })

  test('behavior: closed, and then a link that can be followed: nothing is said', async () => {
    const { user } = renderPage(<IgnoredNotice />, { path: '/?range=10y' })
    await user.click(screen.getByRole('button', { name: 'Close' }))
    act(() => {
      visit('/?range=90d')
      dispatchEvent(new HashChangeEvent('hashchange'))
    })
    expect(screen.queryByText(LINK)).toBeNull()
  })

  test('behavior: what a hostile link holds is text, and short', () => {
    const hostile = `<img src=x onerror=alert(1)>${'a'.repeat(9_000)}\u202e`
    const { container } = renderPage(<IgnoredNotice />, {
      path: `/?range=${encodeURIComponent(hostile)}&${encodeURIComponent(hostile)}=1`,
    })
    expect(container.querySelector('img')).toBeNull()
    expect(screen.getByText(LINK).textContent).toContain('“<img src=x onerror=alert(1)>aaaaaaaaaaa…”')
    expect(container.textContent?.length).toBeLessThan(250)
  })

  test('behavior: what is stored and cannot be read is told until it is closed, and stays stored', async () => {
    localStorage.setItem('poolglass:theme', 'pink')
    localStorage.setItem('poolglass:endpoints:local', '{"own":["http://127.0.0.1:8545"],"order":7}')
    const first = renderPage(<IgnoredNotice />)
    const [text] = spoken()
    expect(text).toContain('The stored colours cannot be read, so they are the system’s.')
    expect(text).toContain('cannot be read and counts as not chosen: their order.')
    await first.user.click(screen.getByRole('button', { name: 'Close' }))
    expect(spoken()).toEqual([])
    expect(localStorage.getItem('poolglass:theme')).toBe('pink')
    first.unmount()
    renderPage(<IgnoredNotice />)
    expect(spoken()).toEqual([])
  })

  test.each([
    ['poolglass:endpoints:local', '{', /choice of endpoints cannot be read, so the usual ones are asked/],
    ['poolglass:wallets', '{"version":9}', /Not all remembered wallets can be read/],
  ])('behavior: %s stored as %s has its sentence', (key, stored, sentence) => {
    localStorage.setItem(key, stored)
    renderPage(<IgnoredNotice />)
    expect(screen.getByText(sentence)).toBeDefined()
  })

  test.each([
    ['QuotaExceededError', /storage for this page is full/],
    ['SecurityError', /keeps no settings for this page/],
  ])('behavior: %s where something is stored has its sentence', (name, sentence) => {
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('no', name)
    })
    renderPage(<IgnoredNotice />)
    expect(screen.getByText(sentence)).toBeDefined()
  })

  test('behavior: an own node that is stored and may not be asked is named', () => {
    const world = createWorld()
    const { choice } = world.session
    const settings = { ...choice.settings, own: ['http://test', 'ftp://mine'] }
    const session = { ...world.session, choice: { ...choice, settings } }
    renderPage(<IgnoredNotice />, { world: { ...world, session } })
    expect(spoken()).toEqual([
      'Your node “ftp://mine” is not asked: a page may ask https addresses, and http on this machine. Close',
    ])
  })
})

describe('LateNotices', () => {
  test('default: nothing is looked for before the first figures', async () => {
    const world = createWorld()
    world.hold = () => true
    renderPage(<LateNotices />, { world, path: '/?range=10y' })
    await waitFor(() => expect(world.asked.length).toBeGreaterThan(0))
    expect(spoken()).toEqual([])
    act(() => world.release())
    expect(await screen.findByText(LINK)).toBeDefined()
  })

  test('behavior: one region is there before there is anything to hear, and stays', async () => {
    const world = createWorld()
    world.hold = () => true
    const { user } = renderPage(<LateNotices />, { world, path: '/?range=10y' })
    const region = screen.getByRole('status')
    expect(region.textContent).toBe('')
    act(() => world.release())
    const notice = await screen.findByText(LINK)
    expect(region.contains(notice)).toBe(true)
    expect(screen.getAllByRole('status')).toEqual([region])
    await user.click(screen.getByRole('button', { name: 'Close' }))
    expect(region.isConnected).toBe(true)
    expect(region.textContent).toBe('')
  })

  test('behavior: a page without figures says it too', async () => {
    const world = createWorld()
    world.refuse = () => new NoEndpointServed([new Unreachable('is gone', { operator: 'dRPC' })])
    renderPage(<LateNotices />, { world, path: '/?range=10y' })
    expect(await screen.findByText(LINK)).toBeDefined()
    // What came asks once more for itself, and not again for having come.
    await new Promise(resolve => setTimeout(resolve, 100))
    const { length } = world.asked
    await new Promise(resolve => setTimeout(resolve, 300))
    expect(world.asked.length).toBe(length)
    expect(screen.getByText(LINK)).toBeDefined()
  })
})
