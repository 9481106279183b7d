import { screen, within } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import { RateLimited } from '../../../src/chain/errors.ts'
import { WAD } from '../../../src/math/fixedPoint.ts'
import { ankr } from '../../../src/pools/ankr.ts'
import { tokenPools } from '../../../src/pools/index.ts'
import { readBalance, readEtherBalance, readEtherPrice } from '../../../src/pools/infrastructure.ts'
import { lido } from '../../../src/pools/lido.ts'
import { rocketPool } from '../../../src/pools/rocketPool.ts'
import { WalletPage } from '../../../src/views/wallet/WalletPage.tsx'
import { stubDialog } from '../support/browser.ts'
import { priceWords } from '../support/facts.ts'
import { renderPage } from '../support/render.tsx'
import { ACCOUNT, createWorld, NOW, OPERATOR, type World } from '../support/world.ts'

const balance = (token: { readonly address: `0x${string}` }) => readBalance(token.address, ACCOUNT)

/** Half an ether and ten rETH at 1.103: 11.53 ETH, at 2,000 dollars each. */
function createHolder(): World {
  const world = createWorld()
  world.record(readEtherBalance(ACCOUNT), WAD / 2n)
  world.record(balance(rocketPool.token), 10n * WAD)
  return world
}

const renderWallet = (world = createHolder(), text: string = ACCOUNT) =>
  renderPage(<WalletPage text={text} />, { world })
const total = (name: string) => screen.findByRole('button', { name })
const rows = (): (string | null)[] =>
  within(screen.getByRole('table'))
    .getAllByRole('rowheader')
    .map(({ textContent }) => textContent)
const cells = (name: RegExp): (string | null)[] =>
  within(screen.getByRole('row', { name }))
    .getAllByRole('cell')
    .map(({ textContent }) => textContent)

describe('WalletPage', () => {
  test('default: total, holdings with shares, and where it was read', async () => {
    renderWallet()
    expect((await total('11.5300ETH')).title).toBe('11.53 ETH')
    expect(screen.getByRole('button', { name: '$23,060' }).title).toBe('1 ETH = 2,000 USD')
    expect(rows()).toEqual(['ETH', 'rETH'])
    expect(cells(/^ETH/)).toEqual(['0.5000ETH', '1', '0.5000ETH', '$1,000', '4.3 %'])
    expect(cells(/^rETH/)).toEqual(['10.0000rETH', '1.10300', '11.0300ETH', '$22,060', '95.7 %'])
    const others = tokenPools.flatMap(({ token, siblings }) =>
      [token, ...siblings].map(({ symbol }) => symbol),
    )
    expect(screen.getByText(/^None of /).textContent).toBe(
      `None of ${others.filter(symbol => symbol !== 'rETH').join(', ')}.`,
    )
    expect(screen.getByText(/^Read at block 800, 2026-08-27 12:00 UTC/).textContent).toContain(OPERATOR)
    expect(screen.getByText(ACCOUNT)).toBeDefined()
  })

  test('behavior: one call for everything, to a wallet endpoint', async () => {
    const { world } = renderWallet()
    await total('11.5300ETH')
    const mine = world.asked.filter(({ role }) => role === 'wallet')
    expect(mine).toMatchObject([{ method: 'eth_call', role: 'wallet' }])
    // The rates are held against the live ones, which name no wallet.
    expect(world.asked.every(({ role }) => role === 'wallet' || role === 'head')).toBe(true)
  })

  test('behavior: an address in small letters is the same wallet', async () => {
    renderWallet(createHolder(), `  ${ACCOUNT.toLowerCase()} `)
    expect(await total('11.5300ETH')).toBeDefined()
    expect(screen.getByText(ACCOUNT)).toBeDefined()
  })

  test('behavior: pending until the answer', async () => {
    const world = createHolder()
    world.hold = () => true
    renderWallet(world)
    expect(screen.getByText('Reading the wallet')).toBeDefined()
    world.release()
    expect(await total('11.5300ETH')).toBeDefined()
    expect(screen.queryByText('Reading the wallet')).toBeNull()
  })

  test.each([
    ['0x123', /^An address has 40 digits after 0x; this one has 3/],
    ['vitalik.eth', /is a name/],
    [`0x${'g'.repeat(40)}`, /only the digits 0 to 9 and the letters a to f/],
    ['0x52908400098527886E0F7030069857D2e4169EE7', /do not match its checksum/],
  ])('error: InvalidAddress for %s, and nothing is asked', (text, words) => {
    const { world } = renderWallet(createHolder(), text)
    expect(screen.getByRole('alert').textContent).toMatch(words)
    expect(world.asked).toEqual([])
  })

  test('behavior: an empty wallet is said to be empty', async () => {
    renderWallet(createWorld())
    expect(await screen.findByText(/^This address holds no ETH and none of the tokens/)).toBeDefined()
    expect(screen.queryByRole('table')).toBeNull()
  })

  test('behavior: a token that could not be read is named, is no 0, and is not in the total', async () => {
    const world = createHolder()
    world.record(balance(ankr.token), 'reverts')
    renderWallet(world)
    await total('11.5300ETH')
    expect(screen.getByText('Without ankrETH, which could not be read.')).toBeDefined()
    const [held, rate, value, dollars, share] = cells(/^ankrETH/)
    expect(rate).toBe('1.20150')
    for (const cell of [held, value, dollars, share])
      expect(cell).toBe('–not known: The contract refused balanceOf.')
  })

  test('behavior: a wallet with nothing but an unreadable token is not empty', async () => {
    const world = createWorld()
    world.record(balance(ankr.token), 'reverts')
    renderWallet(world)
    expect(await screen.findByText('Without ankrETH, which could not be read.')).toBeDefined()
    expect(screen.queryByText(/^This address holds no ETH/)).toBeNull()
  })

  test('behavior: a rate that could not be read hides the value and not the balance', async () => {
    const world = createHolder()
    world.record(rocketPool.rate, 'reverts')
    renderWallet(world)
    // Balance and value of the ether, and the total.
    expect(await screen.findAllByRole('button', { name: '0.5000ETH' })).toHaveLength(3)
    const [held, rate, value] = cells(/^rETH/)
    expect(held).toBe('10.0000rETH')
    expect(rate).toMatch(/^–not known: The contract refused getExchangeRate/)
    expect(value).toBe(rate)
    expect(screen.getByText('Without rETH, which could not be read.')).toBeDefined()
  })

  test('behavior: dollars that are not known say why, and ETH stays', async () => {
    const world = createHolder()
    world.record(readEtherPrice, priceWords(200_000_000_000n, NOW - 86_401n))
    renderWallet(world)
    await total('11.5300ETH')
    const why = 'The ETH/USD feed was not updated for more than its heartbeat of 24 h.'
    expect(cells(/^rETH/)[3]).toBe(`–not known: ${why}`)
    expect(screen.getAllByTitle(why)).toHaveLength(3)
    expect(screen.queryByText(/\$/)).toBeNull()
  })

  test('behavior: rebasing forms stand in rows of their own and are counted once', async () => {
    const world = createWorld()
    world.record(balance(lido.token), 2n * WAD)
    world.record(balance(lido.siblings[0]), 3n * WAD)
    world.record(balance(ankr.siblings[0]), 4n * WAD)
    renderWallet(world)
    // 2 × 1.153 + 3 + 4
    expect(await total('9.3060ETH')).toBeDefined()
    expect(rows().map(name => name?.split(/The|ankrETH locked/)[0])).toEqual(['aETHb', 'wstETH', 'stETH'])
    expect(cells(/^stETH/).slice(0, 3)).toEqual(['3.0000stETH', '1', '3.0000ETH'])
    expect(cells(/^aETHb/).slice(0, 3)).toEqual(['4.0000aETHb', '1', '4.0000ETH'])
  })

  test('behavior: dust is neither rounded away nor rounded up', async () => {
    const world = createWorld()
    world.record(readEtherBalance(ACCOUNT), 7n)
    renderWallet(world)
    expect(await screen.findAllByRole('button', { name: '<0.000001ETH' })).toHaveLength(3)
    expect(cells(/^ETH/)[0]).toBe('<0.000001ETH')
  })

  test('error: RateLimited says so and can be tried again', async () => {
    const world = createHolder()
    world.refuse = () => new RateLimited('wants fewer requests', { operator: 'dRPC' })
    const { user } = renderWallet(world)
    const note = await screen.findByRole('alert')
    expect(note.textContent).toContain('Could not read the wallet. dRPC wants fewer requests')
    world.refuse = () => undefined
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await total('11.5300ETH')).toBeDefined()
  })

  test.each([
    ['11.5300ETH', /^Total of 0x5290/, '11.53 ETH'],
    ['$23,060', /^Total of 0x5290.*, in US dollars$/, '23,060 USD'],
    ['10.0000rETH', /^rETH of 0x5290/, '10 rETH'],
    ['1.10300', /^rETH: ETH per token$/, '1.103 per rETH'],
    ['11.0300ETH', /^rETH of 0x5290/, '11.03 ETH'],
    ['$22,060', /^rETH of 0x5290.*, in US dollars$/, '22,060 USD'],
    ['95.7 %', /^rETH: share of 0x5290/, '95.6635 %'],
  ])('behavior: the figure %s opens its receipt', async (name, title, value) => {
    stubDialog()
    const { user } = renderWallet()
    await user.click(await total(name))
    const dialog = await screen.findByRole('dialog')
    expect(await within(dialog).findByText(value)).toBeDefined()
    expect(within(dialog).getByRole('heading', { level: 2 }).textContent).toMatch(title)
  })
})
