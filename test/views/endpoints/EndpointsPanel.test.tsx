import { act, screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { PUBLIC_ENDPOINTS } from '../../../src/chain/endpoints.ts'
import { Disagreement, RateLimited } from '../../../src/chain/errors.ts'
import type { EndpointSettings } from '../../../src/queries/endpoints.ts'
import { EndpointsPanel } from '../../../src/views/endpoints/EndpointsPanel.tsx'
import { A, B, LOCAL, MAINNET, OWN, renderConnected, requestOf, stubNetwork } from './support.tsx'

beforeEach(() => localStorage.clear())

const renderPanel = (config = LOCAL, chosen: Partial<EndpointSettings> = {}) =>
  renderConnected(<EndpointsPanel />, config, chosen)

const rows = () =>
  within(screen.getByRole('list', { name: /order of preference/ }))
    .getAllByRole('checkbox')
    .map(box => box.closest('li') as HTMLElement)
const rowOf = (operator: string): HTMLElement =>
  screen.getByRole('checkbox', { name: operator }).closest('li') as HTMLElement
const names = () => rows().map(row => row.querySelector('label')?.textContent)
const marksOf = (operator: string) =>
  within(within(rowOf(operator)).getByRole('list', { name: `What ${operator} has shown` }))
    .getAllByRole('listitem')
    .map(item => item.textContent)
const press = (name: string | RegExp) => screen.getByRole('button', { name })
const [FIRST, SECOND] = ['127.0.0.1:1001', '127.0.0.1:1002']

describe('what is listed', () => {
  test('default: who, where, what they say about tracking and what they are asked for', () => {
    renderPanel(MAINNET)
    expect(names()).toEqual(PUBLIC_ENDPOINTS.map(({ operator }) => operator))
    for (const { operator, url, note } of PUBLIC_ENDPOINTS) {
      const { textContent } = rowOf(operator)
      expect(textContent).toContain(new URL(url).host)
      if (note !== undefined) expect(textContent).toContain(note)
    }
    expect(rowOf('PublicNode').textContent).toContain('Says that it does not track.')
    expect(rowOf('PublicNode').textContent).toContain('Asked for: newest block, wallet.')
    expect(rowOf('Alchemy').textContent).toContain('keeps some data')
    expect(rowOf('MEV Blocker').textContent).toContain('2 at once, 1 s apart; logs of 10,000 blocks')
    expect(screen.getByText(/operators’ own words, as listed by Chainlist/)).toBeDefined()
    expect(screen.getByText(/an endpoint is never taken from a link/)).toBeDefined()
  })

  test('behavior: whoever tracks is off, and says so', () => {
    renderPanel(MAINNET)
    const off = rows().filter(row => !(within(row).getByRole('checkbox') as HTMLInputElement).checked)
    expect(off).toEqual([rowOf('Tenderly')])
    expect(rowOf('Tenderly').textContent).toContain('Says that it tracks.')
    expect(rowOf('Tenderly').textContent).toContain('Off: it is not asked.')
  })

  test('behavior: only those that may can be chosen to see the wallet, and one of them does', () => {
    renderPanel(MAINNET)
    const seers = screen.getAllByRole('radio') as HTMLInputElement[]
    expect(seers.map(({ checked }) => checked)).toEqual([true, false])
    expect(screen.getByRole('radio', { name: 'sees the wallet: PublicNode' })).toBe(seers[0])
    expect(screen.getByRole('radio', { name: 'sees the wallet: MEV Blocker' })).toBe(seers[1])
  })

  test('behavior: each step of the ladder is told in words, not tried until it was', () => {
    const { session } = renderPanel()
    const untried = ['reachable', 'right chain', 'fresh head', 'archive', 'logs'].map(
      rung => `· ${rung}: not tried yet`,
    )
    expect(marksOf(FIRST)).toEqual(untried)
    act(() => {
      const [standing] = session().client.standings
      standing?.noteRung('head', true)
      standing?.noteRung('logs', false)
      standing?.noteRung('proof', true)
      session().client.ledger.add(requestOf())
    })
    expect(marksOf(FIRST)).toEqual([
      '✓ reachable: yes',
      '· right chain: not tried yet',
      '✓ fresh head: yes',
      '· archive: not tried yet',
      '✗ logs: no',
      '✓ proofs: yes',
    ])
    expect(marksOf(SECOND)).toEqual(untried)
  })

  test('behavior: the last refusal with its age and class, its own words behind a disclosure', () => {
    vi.useFakeTimers({ now: 1_790_000_000_000, toFake: ['Date'] })
    const { session } = renderPanel()
    const failure = new RateLimited('wants fewer requests', { operator: FIRST, body: '{"code":-32005}' })
    act(() => {
      const [standing] = session().client.standings
      standing?.noteFailure({ method: 'eth_call', role: 'head' }, failure)
      session().client.ledger.add(requestOf())
    })
    vi.useRealTimers()
    const row = within(rowOf(FIRST))
    expect(row.getByText(/^Last refusal, 0 s ago:/).textContent).toBe(
      `Last refusal, 0 s ago: ${FIRST} wants fewer requests. RateLimited`,
    )
    expect(row.getByText('{"code":-32005}').closest('details')).toHaveProperty('open', false)
    expect(rowOf(FIRST).textContent).toContain('8 at once, without a pause, slowed to 300 ms after a refusal')
    expect(rowOf(SECOND).textContent).not.toContain('refusal')
  })

  test('behavior: one that was set aside says why', () => {
    const { session } = renderPanel()
    act(() => {
      session().client.setAside(SECOND, new Disagreement('gave other figures', { operator: SECOND }))
      session().client.ledger.add(requestOf())
    })
    expect(rowOf(SECOND).textContent).toContain(`Set aside in this visit: ${SECOND} gave other figures.`)
    expect(rowOf(FIRST).textContent).not.toContain('Set aside')
  })

  test('behavior: blocks of logs as learned', () => {
    const { session } = renderPanel()
    act(() => {
      session().client.memory.remember(A, { span: 1_024n, isStated: true })
      session().client.ledger.add(requestOf())
    })
    expect(rowOf(FIRST).textContent).toContain('logs of 1,024 blocks at once, as it says')
  })
})

describe('what can be chosen', () => {
  test('default: off and on again', async () => {
    const { user, session } = renderPanel()
    await user.click(screen.getByRole('checkbox', { name: FIRST }))
    expect(session().client.endpoints.map(({ url }) => url)).toEqual([B])
    expect(names()).toEqual([FIRST, SECOND])
    // Who sees the wallet is among those that are on.
    expect(screen.getAllByRole('radio')).toEqual([
      screen.getByRole('radio', { name: `sees the wallet: ${SECOND}`, checked: true }),
    ])
    expect(screen.getByText(`${FIRST} is off.`)).toBeDefined()
    await user.click(screen.getByRole('checkbox', { name: FIRST }))
    expect(session().client.endpoints.map(({ url }) => url)).toEqual([A, B])
  })

  test('behavior: the last one stays on, and the row says why until something else is chosen', async () => {
    const { user, session } = renderPanel()
    await user.click(screen.getByRole('checkbox', { name: FIRST }))
    await user.click(screen.getByRole('checkbox', { name: SECOND }))
    expect(session().client.endpoints.map(({ url }) => url)).toEqual([B])
    expect(screen.getByRole('checkbox', { name: SECOND })).toHaveProperty('checked', true)
    expect(within(rowOf(SECOND)).getByRole('alert').textContent).toMatch(/^One endpoint has to stay on/)
    await user.click(screen.getByRole('checkbox', { name: FIRST }))
    expect(screen.queryByRole('alert')).toBeNull()
  })

  test('behavior: so does the last that gives the newest block', async () => {
    const switched = Object.fromEntries(
      PUBLIC_ENDPOINTS.filter(({ operator, roles }) => roles.includes('head') && operator !== 'dRPC').map(
        ({ url }) => [url, false],
      ),
    )
    const { user, session } = renderPanel(MAINNET, { switched })
    const before = session().client.endpoints
    expect(before.length).toBeGreaterThan(2)
    await user.click(screen.getByRole('checkbox', { name: 'dRPC' }))
    expect(within(rowOf('dRPC')).getByRole('alert').textContent).toContain('newest block')
    expect(session().client.endpoints).toBe(before)
    expect(screen.getByText(/None that is on may see a wallet/)).toBeDefined()
  })

  test('behavior: moved by the keyboard, the focus stays on the button and the place is announced', async () => {
    const { user, session } = renderPanel(MAINNET)
    const up = press('Move dRPC up')
    up.focus()
    await user.keyboard('{Enter}')
    expect(names().slice(1, 4)).toEqual(['MEV Blocker', 'dRPC', 'blockmachine'])
    expect(screen.getByText('dRPC is now 3 of 8.')).toBeDefined()
    expect(document.activeElement).toBe(press('Move dRPC up'))
    await user.keyboard('{Enter}{Enter}')
    expect(names()[0]).toBe('dRPC')
    expect(session().client.endpoints[0]?.operator).toBe('dRPC')
    // At the end of the list there is nothing to do, and the focus is not lost.
    expect(press('Move dRPC up').getAttribute('aria-disabled')).toBe('true')
    await user.keyboard('{Enter}')
    expect(names()[0]).toBe('dRPC')
    expect(document.activeElement).toBe(press('Move dRPC up'))
    press('Move PublicNode down').focus()
    await user.keyboard('{Enter}')
    expect(names().slice(0, 3)).toEqual(['dRPC', 'MEV Blocker', 'PublicNode'])
    expect(document.activeElement).toBe(press('Move PublicNode down'))
    expect(press('Move Tenderly down').getAttribute('aria-disabled')).toBe('true')
  })

  test('behavior: another one sees the wallet', async () => {
    const { user, session } = renderPanel()
    expect(session().choice.walletUrl).toBe(A)
    await user.click(screen.getByRole('radio', { name: `sees the wallet: ${SECOND}` }))
    expect(session().choice.walletUrl).toBe(B)
    expect(session().client.endpoints.map(({ url }) => url)).toEqual([A, B])
    expect(screen.getByText(`${SECOND} alone sees the wallet.`)).toBeDefined()
  })

  test('behavior: only own nodes can be removed, and the last that is on cannot', async () => {
    const { user, session } = renderPanel(LOCAL, { own: [OWN], switched: { [A]: false, [B]: false } })
    expect(screen.getAllByRole('button', { name: /^Remove/ })).toEqual([press('Remove: 127.0.0.1:1003')])
    await user.click(press('Remove: 127.0.0.1:1003'))
    expect(within(rowOf('127.0.0.1:1003')).getByRole('alert')).toBeDefined()
    await user.click(screen.getByRole('checkbox', { name: FIRST }))
    await user.click(press('Remove: 127.0.0.1:1003'))
    expect(names()).toEqual([FIRST, SECOND])
    expect(session().choice.settings.own).toEqual([])
  })

  test('behavior: where the browser does not keep a choice it says so', async () => {
    const { user, session } = renderPanel()
    const words = /This browser does not keep it: it lasts as long as the page/
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('The quota has been exceeded.', 'QuotaExceededError')
    })
    expect(screen.queryByText(words)).toBeNull()
    await user.click(screen.getByRole('checkbox', { name: FIRST }))
    expect(screen.getByText(words)).toBeDefined()
    expect(session().client.endpoints.map(({ url }) => url)).toEqual([B])
    vi.restoreAllMocks()
    await user.click(screen.getByRole('checkbox', { name: FIRST }))
    expect(screen.queryByText(words)).toBeNull()
  })
})

describe('Check now', () => {
  test('default: the ladder is climbed, each finding shown, and the marks follow', async () => {
    const network = stubNetwork()
    const { user } = renderPanel()
    await user.click(press(`Check now: ${SECOND}`))
    await within(rowOf(SECOND)).findByText(/Gave 1 known log\./)
    expect(within(rowOf(SECOND)).getByText(/Serves chain 31337\./)).toBeDefined()
    expect(marksOf(SECOND).map(mark => mark?.slice(0, 1))).toEqual(['✓', '✓', '✓', '✓', '✓'])
    expect(marksOf(FIRST)[0]).toBe('· reachable: not tried yet')
    expect(new Set(network.asked.map(({ url }) => url))).toEqual(new Set([B]))
    expect(press(`Check now: ${SECOND}`)).toBeDefined()
  })

  test('behavior: of one that is off too, which is not asked otherwise', async () => {
    const network = stubNetwork()
    network.reply = (_, method) => (method === 'eth_getLogs' ? { result: [] } : undefined)
    const { user } = renderPanel(LOCAL, { switched: { [A]: false } })
    await user.click(press(`Check now: ${FIRST}`))
    await within(rowOf(FIRST)).findByText(/no logs for blocks in which there are some/)
    expect(marksOf(FIRST)).toEqual([
      '✓ reachable: yes',
      '✓ right chain: yes',
      '✓ fresh head: yes',
      '✓ archive: yes',
      '✗ logs: no',
    ])
  })

  test('behavior: cancelled, its request ends and no other follows', async () => {
    const network = stubNetwork()
    network.reply = (_, method) => (method === 'eth_getBlockByNumber' ? 'hang' : undefined)
    const { user } = renderPanel()
    await user.click(press(`Check now: ${FIRST}`))
    await waitFor(() => expect(network.asked.map(({ method }) => method)).toContain('eth_getBlockByNumber'))
    expect(screen.getByText('Checking…')).toBeDefined()
    await user.click(press(`Cancel: ${FIRST}`))
    expect(network.asked.at(-1)?.signal.aborted).toBe(true)
    expect(screen.queryByText('Checking…')).toBeNull()
    expect(press(`Check now: ${FIRST}`)).toBeDefined()
    expect(network.asked).toHaveLength(2)
    expect(screen.queryByRole('alert')).toBeNull()
  })
})
