import { act, screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { RateLimited } from '../../../src/chain/errors.ts'
import { MOST_ENTRIES } from '../../../src/pools/account.ts'
import { tokenPools } from '../../../src/pools/index.ts'
import { rocketPool } from '../../../src/pools/rocketPool.ts'
import { walletAssets } from '../../../src/pools/walletAssets.ts'
import { keepLook } from '../../../src/views/state/walletMemory.ts'
import { WalletPage } from '../../../src/views/wallet/WalletPage.tsx'
import { callback, leadsTo, lookup, notFound, question } from '../../support/names.ts'
import { stubMedia } from '../support/browser.ts'
import { renderPage } from '../support/render.tsx'
import { ACCOUNT, createWorld, HEAD, OPERATOR, type World } from '../support/world.ts'

const TOKEN = rocketPool.token.address
const ZERO = '0x0000000000000000000000000000000000000000'
const SHORT = '0x5290…9EE7'
const KEY = 'poolglass:wallets'

/** A chain on which nobody holds anything but, at the test's wish, ether. */
function createWallets(ether = 0n): World {
  const world = createWorld()
  for (const account of [ACCOUNT, TOKEN, ZERO] as const)
    for (const { id, balance, units } of walletAssets(tokenPools))
      for (const read of [balance(account), ...units.reads(account)])
        world.record(read, id === 'ETH' ? ether : `0x${'0'.repeat(64 * read.words)}`)
  return world
}

const renderLink = (text: string, world = createWallets()) =>
  renderPage(<WalletPage text={text} />, { world, path: `/wallet/${text}` })
const renderPlain = (world = createWallets()) =>
  renderPage(<WalletPage text={undefined} />, { world, path: '/wallet' })

/** What the wallet's endpoint was asked, in order. */
const askedOf = ({ asked }: World): string[] =>
  asked.filter(({ role }) => role === 'wallet').map(({ method }) => method)

const lines = async (): Promise<(string | null)[]> =>
  within(await screen.findByRole('list', { name: 'Accounts' }))
    .getAllByRole('listitem')
    .map(({ textContent }) => textContent)
const remarks = (): (string | null)[] =>
  within(screen.getByRole('list', { name: 'About these accounts' }))
    .queryAllByRole('listitem')
    .map(({ textContent }) => textContent)
const field = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Addresses or ENS names' })
const press = (name: string | RegExp) => screen.getByRole('button', { name })
const settled = (world: World) => waitFor(() => expect(askedOf(world)).toContain('eth_getCode'))

beforeEach(() => {
  localStorage.clear()
  stubMedia()
})

describe('without an address', () => {
  test('default: the field, what the page does, and nothing is asked of anybody', () => {
    const { world } = renderPlain()
    expect(screen.getByRole('heading', { level: 1, name: 'Wallet' })).toBeDefined()
    expect(field().value).toBe('')
    expect(screen.getByText(/^Paste one address or several/)).toBeDefined()
    expect(screen.queryByRole('heading', { name: 'Remembered in this browser' })).toBeNull()
    expect(world.asked).toEqual([])
    expect(localStorage.length).toBe(0)
  })

  test('behavior: what is looked at is in memory: neither URL, history nor storage hold it', async () => {
    const { user, world } = renderPlain()
    await user.type(field(), `${ACCOUNT}\n${TOKEN.toLowerCase()}`)
    await user.click(press('Look at the wallet'))
    expect(await lines()).toEqual([ACCOUNT, TOKEN])
    await settled(world)
    expect(location.hash).toBe('#/wallet')
    expect(JSON.stringify(history.state)).not.toMatch(/0x/i)
    expect(localStorage.length + sessionStorage.length).toBe(0)
    expect(document.activeElement).toBe(screen.getByRole('heading', { level: 1 }))
  })

  test('behavior: back and forward go between the looks of this visit', async () => {
    const { user } = renderPlain()
    await user.type(field(), ACCOUNT)
    await user.click(press('Look at the wallet'))
    expect(await lines()).toEqual([ACCOUNT])
    await user.click(press('Change the addresses'))
    await user.clear(field())
    await user.type(field(), TOKEN)
    await user.click(press('Look at the wallet'))
    expect(await lines()).toEqual([TOKEN])
    act(() => history.back())
    await waitFor(async () => expect(await lines()).toEqual([ACCOUNT]))
    act(() => history.back())
    expect(await screen.findByText(/^Paste one address or several/)).toBeDefined()
    act(() => history.forward())
    await waitFor(async () => expect(await lines()).toEqual([ACCOUNT]))
  })

  test('behavior: a history entry of another visit shows the empty page', () => {
    const { rerender } = renderPlain()
    act(() => {
      history.replaceState({ look: 'another-1' }, '')
      dispatchEvent(new PopStateEvent('popstate'))
    })
    rerender(<WalletPage text={undefined} />)
    expect(screen.queryByRole('list', { name: 'Accounts' })).toBeNull()
  })

  test.each([
    ['', /^Paste an address/],
    ['0x123', /^An address has 40 digits after 0x; this one has 3/],
    [`${ACCOUNT} 0x123`, /^Entry 2 of 2, “0x123”: An address has 40/],
    [Array.from({ length: MOST_ENTRIES + 1 }, (_, n) => `n${n}.eth`).join(' '), /^At most 20 addresses/],
  ])('error: InvalidWallet for “%s” stands at the field, and nothing is asked', async (text, words) => {
    const { user, world } = renderPlain()
    if (text !== '') await user.click(field())
    await user.paste(text)
    await user.click(press('Look at the wallet'))
    const note = screen.getByRole('alert')
    expect(note.textContent).toMatch(words)
    expect(field().getAttribute('aria-invalid')).toBe('true')
    expect(field().getAttribute('aria-describedby')).toContain(note.id)
    expect(world.asked).toEqual([])
    await user.type(field(), 'x')
    expect(screen.queryByRole('alert')).toBeNull()
  })
})

describe('with a link', () => {
  test('default: the address whole, once, and the URL stays', async () => {
    const { world } = renderLink(ACCOUNT.toLowerCase())
    expect(await lines()).toEqual([ACCOUNT])
    await settled(world)
    expect(location.hash).toBe(`#/wallet/${ACCOUNT.toLowerCase()}`)
    // Its past is read by calls at blocks of old, its holdings by one at the head.
    const now = world.asked.filter(({ role, block }) => role === 'wallet' && block === undefined)
    expect(now.filter(({ method }) => method === 'eth_call')).toHaveLength(1)
  })

  test('error: InvalidWallet has its sentence, and the field to mend it', async () => {
    const { user, world } = renderLink(`${ACCOUNT},0x52908400098527886e0F7030069857D2E4169EE7,glass.eth`)
    expect(screen.getByRole('alert').textContent).toMatch(/^Entry 2 of 3, .*do not match its checksum/)
    expect(field().value.split('\n')).toHaveLength(3)
    expect(world.asked).toEqual([])
    await user.clear(field())
    await user.type(field(), ACCOUNT)
    await user.click(press('Look at the wallet'))
    expect(location.hash).toBe('#/wallet')
  })
})

describe('names', () => {
  test('default: the address that a name leads to stands whole, with the block and who said it', async () => {
    const world = createWallets()
    world.record(question('glass.eth'), leadsTo(ACCOUNT))
    renderLink('Glass.eth', world)
    expect(await screen.findByText(ACCOUNT)).toBeDefined()
    expect((await lines())[0]).toContain(
      `Glass.eth, read as glass.eth is this address at block ${HEAD}, says ${OPERATOR}.`,
    )
    await settled(world)
    expect(world.asked.every(({ role }) => role === 'wallet' || role === 'head')).toBe(true)
  })

  test('behavior: a name and its address are one account', async () => {
    const world = createWallets()
    world.record(question('glass.eth'), leadsTo(ACCOUNT))
    const { user } = renderLink(`glass.eth,${ACCOUNT}`, world)
    await settled(world)
    await user.click(press('Copy a link to this wallet'))
    expect(await navigator.clipboard.readText()).toMatch(new RegExp(`#/wallet/${ACCOUNT}$`))
  })

  test('error: NameNotFound says which of several, and the others are not read', async () => {
    const world = createWallets()
    world.record(question('nobody.eth'), notFound('nobody.eth'))
    renderLink(`${ACCOUNT},nobody.eth`, world)
    expect((await screen.findByRole('alert')).textContent).toMatch(
      /^Entry 2 of 2: There is no name “nobody.eth”/,
    )
    expect(screen.getByText(/^The others are not read until this is mended/)).toBeDefined()
    // The one call is for the name.
    expect(askedOf(world)).toEqual(['eth_call'])
    expect(screen.queryByRole('button', { name: 'Copy a link to this wallet' })).toBeNull()
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull()
  })

  test('error: RateLimited can be tried again', async () => {
    const world = createWallets()
    world.record(question('glass.eth'), leadsTo(ACCOUNT))
    world.refuse = ({ role }) =>
      role === 'wallet' ? new RateLimited('wants fewer requests', { operator: 'dRPC' }) : undefined
    const { user } = renderLink('glass.eth', world)
    expect((await screen.findByRole('alert')).textContent).toContain(
      'Could not read the name glass.eth. dRPC',
    )
    world.refuse = () => undefined
    await user.click(press('Try again'))
    expect(await screen.findByText(ACCOUNT)).toBeDefined()
  })
})

describe('names kept outside the chain', () => {
  const farWorld = (): World => {
    const world = createWallets()
    world.record(question('far.eth'), lookup(['https://names.example.com/{data}']))
    world.record(callback('0xbeef'), leadsTo(ACCOUNT))
    return world
  }
  const stubGateway = () => {
    const fetched: string[] = []
    vi.stubGlobal('fetch', async ({ href }: URL) => {
      fetched.push(href)
      return Response.json({ data: '0xbeef' })
    })
    return fetched
  }

  test('default: the server is named, and asked only after a yes', async () => {
    const fetched = stubGateway()
    const { user } = renderLink('far.eth', farWorld())
    const question = await screen.findByRole('alert')
    expect(question.textContent).toContain('Ask names.example.com?')
    expect(fetched).toEqual([])
    await user.click(press('Yes, ask'))
    expect(await screen.findByText(ACCOUNT)).toBeDefined()
    expect((await lines())[0]).toContain('as names.example.com told its contract')
    expect(fetched).toEqual(['https://names.example.com/0x1234'])
  })

  test('behavior: after a no nobody is asked, and the reader may think better of it', async () => {
    const fetched = stubGateway()
    const { user } = renderLink('far.eth', farWorld())
    await screen.findByRole('alert')
    await user.click(press('No'))
    expect(screen.getByRole('alert').textContent).toContain('names.example.com was not asked.')
    expect(fetched).toEqual([])
    await user.click(press('Ask after all'))
    expect(await screen.findByText(ACCOUNT)).toBeDefined()
  })

  test('behavior: the yes holds for this look only', async () => {
    const fetched = stubGateway()
    const { user } = renderPlain(farWorld())
    const look = async (): Promise<void> => {
      await user.clear(field())
      await user.type(field(), 'far.eth')
      await user.click(press('Look at the wallet'))
    }
    await look()
    await user.click(await screen.findByRole('button', { name: 'Yes, ask' }))
    await screen.findByText(ACCOUNT)
    await user.click(press('Change the addresses'))
    await look()
    expect((await screen.findByRole('alert')).textContent).toContain('Ask names.example.com?')
    expect(screen.queryByText(ACCOUNT)).toBeNull()
    expect(fetched).toHaveLength(1)
  })

  test('error: GatewayFailed says so and can be tried again', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')))
    const world = farWorld()
    const { user } = renderLink('far.eth', world)
    await user.click(await screen.findByRole('button', { name: 'Yes, ask' }))
    expect(await screen.findByText(/names\.example\.com gave no address|gave no answer/)).toBeDefined()
    stubGateway()
    await user.click(press('Try again'))
    expect(await screen.findByText(ACCOUNT)).toBeDefined()
  })
})

describe('who it is', () => {
  const withCode = (code: string): World => {
    const world = createWallets()
    world.tamper = ({ method }, result) => (method === 'eth_getCode' ? code : result)
    return world
  }

  test('default: of an ordinary account nothing is said', async () => {
    const { world } = renderLink(ACCOUNT)
    await settled(world)
    expect(remarks()).toEqual([])
  })

  test.each([
    ['a contract', '0x60806040', 'This address is a contract: what it holds may belong to many people.'],
    [
      'a delegated account',
      `0xef0100${'ab'.repeat(20)}`,
      'A contract may act for this address (EIP-7702), besides the holder of its key.',
    ],
  ])('behavior: %s is told', async (_, code, words) => {
    renderLink(ACCOUNT, withCode(code))
    await waitFor(() => expect(remarks()).toEqual([words]))
  })

  test('behavior: dust is told as dust, and a little ether is not', async () => {
    const { unmount } = renderLink(ACCOUNT, createWallets(7n))
    await waitFor(() => expect(remarks()).toEqual([expect.stringContaining('is dust')]))
    unmount()
    const { world } = renderLink(ACCOUNT, createWallets(10n ** 12n))
    await settled(world)
    expect(remarks()).toEqual([])
  })

  test('behavior: of several, each has its own, and an endpoint that does not tell says nothing', async () => {
    const world = createWorld()
    world.refuse = ({ method }) => (method === 'eth_getCode' ? new RateLimited('wants fewer') : undefined)
    renderLink(`${ACCOUNT},${ZERO},${TOKEN}`, world)
    await waitFor(() => expect(remarks()).toHaveLength(2))
    expect(remarks()[0]).toMatch(/^0x0000…0000: Nobody has the key/)
    expect(remarks()[1]).toMatch(/^0xae78…6393: This is the contract of rETH itself/)
  })
})

describe('remembering', () => {
  const box = () => screen.findByRole<HTMLInputElement>('checkbox', { name: 'Remember in this browser' })

  test('default: off, stored when ticked, forgotten when unticked', async () => {
    const { user } = renderLink(`${ACCOUNT},${TOKEN}`)
    expect((await box()).checked).toBe(false)
    expect(localStorage.length).toBe(0)
    await user.click(await box())
    expect((await box()).checked).toBe(true)
    expect(JSON.parse(localStorage.getItem(KEY) ?? '')).toEqual({ version: 1, wallets: [[ACCOUNT, TOKEN]] })
    await user.click(await box())
    expect((await box()).checked).toBe(false)
    expect(localStorage.length).toBe(0)
  })

  test('behavior: a name is remembered as a name', async () => {
    const world = createWallets()
    world.record(question('glass.eth'), leadsTo(ACCOUNT))
    const { user } = renderLink('glass.eth', world)
    await user.click(await box())
    expect(localStorage.getItem(KEY)).toContain('["glass.eth"]')
    expect(localStorage.getItem(KEY)).not.toContain('0x')
  })

  test('behavior: a browser that is full is told of, and the box stays off', async () => {
    const { user } = renderLink(ACCOUNT)
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError')
    })
    await user.click(await box())
    expect((await screen.findByText(/storage for this page is full/)).getAttribute('role')).toBe('alert')
    expect((await box()).checked).toBe(false)
  })

  test('behavior: the remembered ones are listed, opened without their address in the URL, and forgotten', async () => {
    localStorage.setItem(
      KEY,
      JSON.stringify({ version: 1, wallets: [['glass.eth', TOKEN], [ACCOUNT], [TOKEN]] }),
    )
    const { user, world } = renderPlain()
    expect(screen.getByRole('heading', { name: 'Remembered in this browser' })).toBeDefined()
    await user.click(press('Forget glass.eth and 0xae78…6393'))
    expect(screen.queryByRole('button', { name: /glass\.eth/ })).toBeNull()
    expect(JSON.parse(localStorage.getItem(KEY) ?? '')).toMatchObject({ wallets: [[ACCOUNT], [TOKEN]] })
    await user.click(press(SHORT))
    expect(await lines()).toEqual([ACCOUNT])
    await settled(world)
    expect(location.hash).toBe('#/wallet')
    await user.click(press('Change the addresses'))
    await user.click(press('Forget all'))
    expect(localStorage.length).toBe(0)
    expect(screen.queryByRole('heading', { name: 'Remembered in this browser' })).toBeNull()
  })
})

describe('sharing', () => {
  const page = (): string => location.href.replace(/#.*/, '')

  test('default: the link holds the addresses, and the page says what that means', async () => {
    const world = createWallets()
    world.record(question('glass.eth'), leadsTo(ACCOUNT))
    const { user } = renderLink(`glass.eth,${TOKEN}`, world)
    const button = await screen.findByRole('button', { name: 'Copy a link to this wallet' })
    await user.click(button)
    expect(await navigator.clipboard.readText()).toBe(`${page()}#/wallet/${ACCOUNT},${TOKEN}`)
    expect(screen.getByText(/^Copied\. Whoever has the link sees this wallet too/)).toBeDefined()
  })

  test('behavior: where copying is forbidden the link is shown', async () => {
    const { user } = renderLink(ACCOUNT)
    vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new DOMException('no', 'NotAllowedError'))
    await user.click(await screen.findByRole('button', { name: 'Copy a link to this wallet' }))
    expect(await screen.findByText(`${page()}#/wallet/${ACCOUNT}`)).toBeDefined()
  })
})

test('behavior: a look may be begun from elsewhere', async () => {
  const { world } = renderPage(<WalletPage text={undefined} />, {
    world: createWallets(),
    path: '/wallet',
  })
  act(() => {
    history.pushState(keepLook(ACCOUNT), '', '#/wallet')
    dispatchEvent(new HashChangeEvent('hashchange'))
  })
  expect(await lines()).toEqual([ACCOUNT])
  await settled(world)
})
