import { screen, waitFor } from '@testing-library/react'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { EndpointSettings } from '../../../src/queries/endpoints.ts'
import { useSession } from '../../../src/queries/session.ts'
import { AddEndpoint } from '../../../src/views/endpoints/AddEndpoint.tsx'
import { A, B, LOCAL, MAINNET, OWN, renderConnected, stubNetwork } from './support.tsx'

beforeEach(() => localStorage.clear())

/** The form, and a way to choose something else beside it. */
function Form() {
  const { choice } = useSession()
  const choose = (settings: EndpointSettings): void => void choice.choose(settings)
  return (
    <>
      <AddEndpoint choose={choose} />
      <button type="button" onClick={() => choose({ ...choice.settings, wallet: B })}>
        elsewhere
      </button>
    </>
  )
}

async function add(text: string, config = LOCAL) {
  const network = stubNetwork()
  const page = renderConnected(<Form />, config)
  const field = screen.getByRole('textbox', { name: 'URL' })
  await page.user.click(field)
  await page.user.paste(text)
  const go = () => page.user.click(screen.getByRole('button', { name: 'Check and add' }))
  return { ...page, network, field, go, known: () => page.session().choice.known.map(({ url }) => url) }
}

describe('AddEndpoint', () => {
  test('default: checked step by step, saved, and asked first', async () => {
    const { go, network, session, known, field } = await add(` ${OWN} `)
    await go()
    expect(await screen.findByText('127.0.0.1:1003 is saved and asked first.')).toBeDefined()
    for (const finding of [/Serves chain 31337/, /Newest block 100/, /too short/, /Gave 1 known log/])
      expect(screen.getByText(finding)).toBeDefined()
    expect(known()).toEqual([OWN, A, B])
    expect(session().client.endpoints.map(({ url }) => url)).toEqual([OWN, A, B])
    expect(network.asked.map(({ url, method }) => `${url} ${method}`)).toEqual([
      `${OWN} eth_chainId`,
      `${OWN} eth_getBlockByNumber`,
      `${OWN} eth_getLogs`,
    ])
    expect(field).toHaveProperty('value', '')
    // What the check found is known of it from now on.
    await waitFor(() => expect(session().client.standings[0]?.rungs.get('logs')).toBe(true))
    expect(session().client.ledger.entries()).toHaveLength(3)
  })

  test.each([
    ['', /is not a URL/],
    ['not a url', /is not a URL/],
    ['javascript:alert(1)', /javascript:/],
    ['https://me:secret@example.org', /name and password/],
    ['http://example.org', /not encrypted/],
    ['http://[::1]:8545', /instead of \[::1\]/],
    [`${A}/`, /in the list already, as 127\.0\.0\.1:1001/],
  ])('error: InvalidEndpoint for %j, with the reason and without a request', async (text, reason) => {
    const { go, network, known, field, user } = await add(text)
    await go()
    expect((await screen.findByRole('alert')).textContent).toMatch(reason)
    expect(field.getAttribute('aria-invalid')).toBe('true')
    expect(network.asked).toEqual([])
    expect(known()).toEqual([A, B])
    await user.type(field, 'x')
    expect(screen.queryByRole('alert')).toBeNull()
  })

  test('behavior: one of the public ones is in the list already', async () => {
    const { go, network } = await add('https://eth.drpc.org/', MAINNET)
    await go()
    expect((await screen.findByRole('alert')).textContent).toContain('as dRPC')
    expect(network.asked).toEqual([])
  })

  test('error: Unreachable is not saved', async () => {
    const { go, network, known } = await add(OWN)
    network.reply = () => ({ status: 502, body: '' })
    await go()
    expect((await screen.findByRole('alert')).textContent).toContain('It is not saved')
    expect(screen.getByText(/HTTP 502/)).toBeDefined()
    expect(known()).toEqual([A, B])
    expect(localStorage.getItem('poolglass:endpoints:local')).toBeNull()
  })

  test('error: WrongChain is not saved', async () => {
    const { go, network, known } = await add(OWN)
    network.reply = (_, method) => (method === 'eth_chainId' ? { result: '0xa' } : undefined)
    await go()
    expect((await screen.findByRole('alert')).textContent).toContain('It is not saved')
    expect(screen.getByText(/serves chain 10/)).toBeDefined()
    expect(known()).toEqual([A, B])
  })

  test('error: StaleHead is not saved where the chain has a clock', async () => {
    const { go, network, known } = await add(OWN, MAINNET)
    network.reply = (_, method) => (method === 'eth_chainId' ? { result: '0x1' } : undefined)
    await go()
    expect((await screen.findByRole('alert')).textContent).toContain('It is not saved')
    expect(screen.getByText(/does not follow the chain/)).toBeDefined()
    expect(known()).not.toContain(OWN)
  })

  test('behavior: without logs it is saved, and what follows is said', async () => {
    const { go, network, known } = await add(OWN)
    network.reply = (_, method) => (method === 'eth_getLogs' ? { result: [] } : undefined)
    await go()
    expect(
      await screen.findByText(
        '127.0.0.1:1003 is saved and asked first. It gives no logs: history is then read from others.',
      ),
    ).toBeDefined()
    expect(known()[0]).toBe(OWN)
  })

  test('behavior: without old state and logs neither', async () => {
    const { go, network } = await add(OWN)
    const head = { number: '0x400', timestamp: '0x6ab00000', hash: `0x${'ab'.repeat(32)}` }
    network.reply = (_, method) => {
      if (method === 'eth_getBlockByNumber') return { result: head }
      return method === 'eth_chainId' ? undefined : { status: 403, body: 'Archive requests require a token' }
    }
    await go()
    expect(await screen.findByText(/It gives no old state and no logs/)).toBeDefined()
  })

  test('behavior: cancelled, nothing is saved and nothing more is asked', async () => {
    const { go, network, known, user } = await add(OWN)
    network.reply = (_, method) => (method === 'eth_getLogs' ? 'hang' : undefined)
    await go()
    await waitFor(() => expect(network.asked).toHaveLength(3))
    await user.click(screen.getByRole('button', { name: 'Cancel' }))
    expect(network.asked[2]?.signal.aborted).toBe(true)
    expect(await screen.findByRole('button', { name: 'Check and add' })).toBeDefined()
    expect(known()).toEqual([A, B])
    expect(screen.queryByRole('alert')).toBeNull()
  })

  test('behavior: closing the panel ends the check', async () => {
    const { go, network, unmount } = await add(OWN)
    network.reply = () => 'hang'
    await go()
    await waitFor(() => expect(network.asked).toHaveLength(1))
    expect(network.asked[0]?.signal.aborted).toBe(false)
    unmount()
    expect(network.asked[0]?.signal.aborted).toBe(true)
    expect(localStorage.getItem('poolglass:endpoints:local')).toBeNull()
  })

  test('behavior: what is chosen while it is checked is not undone', async () => {
    const { go, network, session, user } = await add(OWN)
    let letGo = (): void => undefined
    const waiting = new Promise<void>(resolve => {
      letGo = resolve
    })
    const fetching = fetch
    vi.stubGlobal('fetch', async (...args: Parameters<typeof fetch>) => {
      await waiting
      return fetching(...args)
    })
    await go()
    await user.click(screen.getByRole('button', { name: 'elsewhere' }))
    letGo()
    await screen.findByText(/is saved and asked first/)
    expect(session().choice.settings).toMatchObject({ wallet: B, own: [OWN] })
    expect(network.asked).toHaveLength(3)
  })
})
