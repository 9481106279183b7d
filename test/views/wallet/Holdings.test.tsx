import { screen, within } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import { RateLimited } from '../../../src/chain/errors.ts'
import { WAD } from '../../../src/math/fixedPoint.ts'
import { ankr } from '../../../src/pools/ankr.ts'
import { frax } from '../../../src/pools/frax.ts'
import { tokenPools } from '../../../src/pools/index.ts'
import { readBalance, readEtherBalance, readEtherPrice } from '../../../src/pools/infrastructure.ts'
import { lido } from '../../../src/pools/lido.ts'
import { origin } from '../../../src/pools/origin.ts'
import { rocketPool } from '../../../src/pools/rocketPool.ts'
import { walletAssets } from '../../../src/pools/walletAssets.ts'
import { Holdings } from '../../../src/views/wallet/Holdings.tsx'
import { stubDialog } from '../support/browser.ts'
import { priceWords, words } from '../support/facts.ts'
import { renderPage } from '../support/render.tsx'
import { ACCOUNT, createWorld, NOW, OPERATOR, type World } from '../support/world.ts'

const SECOND = '0xde709f2102306220921060314715629080e2fb77'

const balance = (token: { readonly address: `0x${string}` }, account: `0x${string}` = ACCOUNT) =>
  readBalance(token.address, account)

/** Half an ether and ten rETH at 1.103: 11.53 ETH, at 2,000 dollars each. */
function createHolder(): World {
  const world = createWorld()
  world.record(readEtherBalance(ACCOUNT), WAD / 2n)
  world.record(balance(rocketPool.token), 10n * WAD)
  return world
}

/** Another account that holds nothing. */
function addSecond(world: World): void {
  for (const asset of walletAssets(tokenPools))
    for (const read of [asset.balance(SECOND), ...asset.units.reads(SECOND).slice(0, 1)])
      world.record(read, words(...Array.from({ length: read.words }, () => 0n)))
}

const renderWallet = (world = createHolder(), accounts: readonly string[] = [ACCOUNT]) =>
  renderPage(<Holdings accounts={accounts} />, { world })
const button = (name: string) => screen.findByRole('button', { name })
/** Wait until what the rows earn is known. */
const yields = () => screen.findAllByText(/^at /)
const rows = (): (string | null)[] =>
  within(screen.getByRole('table'))
    .getAllByRole('rowheader')
    .map(({ textContent }) => textContent)
const cells = (name: RegExp): (string | null)[] =>
  within(screen.getByRole('row', { name }))
    .getAllByRole('cell')
    .map(({ textContent }) => textContent)

describe('Holdings', () => {
  test('default: total, holdings with shares and earnings, and where it was read', async () => {
    renderWallet()
    expect((await button('11.5300ETH')).title).toBe('11.53 ETH')
    expect(screen.getByRole('button', { name: '$23,060' }).title).toBe('1 ETH = 2,000 USD')
    expect(rows()).toEqual(['rETH', 'ETH'])
    // (1.103 ÷ 1.1)^(365 ÷ 30) − 1 = 3.3692 %, of 11.03 ETH.
    await yields()
    expect(cells(/^ETH/)).toEqual([
      '0.5000ETH',
      '1',
      '0.5000ETH',
      '$1,000',
      '4.3 %',
      '',
      '0ETH',
      '0ETH',
      '0ETH',
    ])
    const [held, rate, value, dollars, share, ofPool, day, month, year] = cells(/^rETH/)
    expect([held, rate, value, dollars, share, ofPool]).toEqual([
      '10.0000rETH',
      '1.10300',
      '11.0300ETH',
      '$22,060',
      '95.7 %',
      '<0.01 %',
    ])
    expect([day, month, year]).toEqual(['0.001001ETH', '0.0300ETH', '0.3716ETHat 3.37 %'])
    const others = walletAssets(tokenPools)
      .filter(({ partOf }) => partOf === undefined)
      .map(({ symbol }) => symbol)
    expect(screen.getByText(/^None of /).textContent).toBe(
      `None of ${others.filter(symbol => !['ETH', 'rETH'].includes(symbol)).join(', ')}.`,
    )
    expect(screen.getByText(/^Read at block 800, 2026-08-27 12:00 UTC/).textContent).toContain(OPERATOR)
    expect(screen.getAllByText(/tokens lent, pooled or wrapped elsewhere are not seen/).length).toBe(1)
    expect(screen.getAllByText(/Not tax advice/).length).toBe(1)
  })

  test('behavior: one call for the wallet, whatever else the page reads', async () => {
    const { world } = renderWallet()
    await yields()
    const mine = world.asked.filter(({ role }) => role === 'wallet')
    expect(mine).toMatchObject([{ method: 'eth_call', role: 'wallet' }])
  })

  test('behavior: pending until the answer', async () => {
    const world = createHolder()
    world.hold = () => true
    renderWallet(world)
    expect(screen.getByText('Reading the wallet')).toBeDefined()
    world.release()
    expect(await button('11.5300ETH')).toBeDefined()
    expect(screen.queryByText('Reading the wallet')).toBeNull()
  })

  test('behavior: while the past is read, what the wallet earns is a dash with its reason, and never 0', async () => {
    const world = createHolder()
    world.hold = ({ role }) => role === 'archive'
    renderWallet(world)
    await button('11.5300ETH')
    const why = 'The rates of the past are still being read.'
    expect(cells(/^rETH/).slice(6)).toEqual(Array.from({ length: 3 }, () => `–not known: ${why}`))
    expect(screen.getAllByTitle(`The yield of rETH is not known. ${why}`).length).toBe(5)
    // What earns nothing is known to.
    expect(cells(/^ETH/).slice(6)).toEqual(['0ETH', '0ETH', '0ETH'])
    world.release()
    await yields()
    expect(screen.queryByTitle(/is not known/)).toBeNull()
  })

  test('behavior: the weighted yield is told on what is staked and on everything', async () => {
    renderWallet()
    await yields()
    expect(screen.getByText(/^Weighted APY:/).textContent).toBe(
      'Weighted APY: 3.37% on what is staked, 3.22% on everything that is held.',
    )
    expect(screen.getByText(/^Earns/, { selector: 'p' }).textContent).toMatch(
      /^Earns 0\.\d+ETH a day, 0\.\d+ETH in 30 days, 0\.3716ETH a year at the yields of the last 30 days\.$/,
    )
  })

  test('behavior: without stake nothing is said of a yield', async () => {
    const world = createWorld()
    world.record(readEtherBalance(ACCOUNT), WAD / 2n)
    renderWallet(world)
    expect(await screen.findAllByRole('button', { name: '0.5000ETH' })).toHaveLength(3)
    expect(screen.queryByText(/^Weighted APY/)).toBeNull()
    expect(screen.queryByText(/^Earns/, { selector: 'p' })).toBeNull()
    expect(screen.queryByRole('heading', { name: 'Exit today' })).toBeNull()
  })

  test('behavior: an empty wallet is said to be empty', async () => {
    renderWallet(createWorld())
    expect(await screen.findByText(/^This address holds no ETH and none of the tokens/)).toBeDefined()
    expect(screen.queryByRole('table')).toBeNull()
  })

  test('behavior: several addresses are one wallet, and each asset says who holds how much', async () => {
    const world = createHolder()
    addSecond(world)
    world.record(balance(rocketPool.token, SECOND), 5n * WAD)
    const { user } = renderWallet(world, [SECOND, ACCOUNT])
    // 11.53 + 5 × 1.103
    expect(await button('17.0450ETH')).toBeDefined()
    const row = within(screen.getByRole('row', { name: /^rETH/ }))
    await user.click(row.getByText('By address'))
    expect(row.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
      '0x5290…9EE7 10.0000',
      '0xde70…fb77 5.0000',
    ])
  })

  test('behavior: two empty addresses are said to be empty', async () => {
    const world = createWorld()
    addSecond(world)
    renderWallet(world, [SECOND, ACCOUNT])
    expect(await screen.findByText(/^These addresses hold no ETH and none of the tokens/)).toBeDefined()
  })

  test('behavior: a token that could not be read is named, is no 0, and is not in the total', async () => {
    const world = createHolder()
    world.record(balance(ankr.token), 'reverts')
    renderWallet(world)
    await button('11.5300ETH')
    expect(screen.getByText('Without ankrETH, which could not be read.')).toBeDefined()
    const [held, rate, ...others] = cells(/^ankrETH/)
    expect(rate).toBe('1.20150')
    for (const cell of [held, ...others]) expect(cell).toBe('–not known: The contract refused balanceOf.')
  })

  test('behavior: one address whose balance is refused leaves the sum unknown, and says whose it is', async () => {
    const world = createHolder()
    addSecond(world)
    world.record(balance(rocketPool.token, SECOND), 'reverts')
    renderWallet(world, [SECOND, ACCOUNT])
    expect(await screen.findByText('Without rETH, which could not be read.')).toBeDefined()
    const items = within(screen.getByRole('row', { name: /^rETH/ })).getAllByRole('listitem')
    expect(items.map(({ textContent }) => textContent)).toEqual([
      '0x5290…9EE7 10.0000',
      '0xde70…fb77 not known: The contract refused balanceOf.',
    ])
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
    expect(await screen.findByText('Without rETH, which could not be read.')).toBeDefined()
    const [held, rate, value] = cells(/^rETH/)
    expect(held).toBe('10.0000rETH')
    expect(rate).toMatch(/^–not known: The contract refused getExchangeRate/)
    expect(value).toBe(rate)
  })

  test('behavior: dollars that are not known say why, and ETH stays', async () => {
    const world = createHolder()
    world.record(readEtherPrice, priceWords(200_000_000_000n, NOW - 86_401n))
    renderWallet(world)
    await button('11.5300ETH')
    const why = 'The ETH/USD feed was not updated for more than its heartbeat of 24 h.'
    expect(cells(/^rETH/)[3]).toBe(`–not known: ${why}`)
    expect(screen.getAllByTitle(why)).toHaveLength(3)
    expect(screen.queryByText(/\$/)).toBeNull()
  })

  test('behavior: rebasing forms stand in rows of their own, are counted once and earn as their pools do', async () => {
    const world = createWorld()
    world.record(balance(lido.token), 2n * WAD)
    world.record(balance(lido.siblings[0]), 3n * WAD)
    world.record(balance(ankr.siblings[0]), 4n * WAD)
    renderWallet(world)
    // 2 × 1.153 + 3 + 4
    expect(await button('9.3060ETH')).toBeDefined()
    expect(rows().map(name => name?.split(/The|ankrETH locked/)[0])).toEqual(['aETHb', 'stETH', 'wstETH'])
    expect(cells(/^stETH/).slice(0, 3)).toEqual(['3.0000stETH', '1', '3.0000ETH'])
    expect(cells(/^aETHb/).slice(0, 3)).toEqual(['4.0000aETHb', '1', '4.0000ETH'])
    await screen.findAllByText(/^at /)
    const rateOf = (row: RegExp) => cells(row)[8]?.split('at ')[1]
    expect(rateOf(/^stETH/)).toBe(rateOf(/^wstETH/))
    expect(rateOf(/^aETHb/)).not.toBe(rateOf(/^wstETH/))
  })

  test('behavior: plain tokens earn nothing, stand in no supply and count as what they are', async () => {
    const world = createWorld()
    world.record(balance(frax.siblings[0]), 3n * WAD)
    renderWallet(world)
    expect(await screen.findAllByRole('button', { name: '3.0000ETH' })).toHaveLength(2)
    const row = cells(/^frxETH/)
    expect(row.slice(0, 3)).toEqual(['3.0000frxETH', '1', '3.0000ETH'])
    expect(row[5]).toBe('–not known: frxETH is not in the supply that is read of Frax.')
    expect(row.slice(6)).toEqual(['0ETH', '0ETH', '0ETH'])
    expect(screen.getByRole('rowheader', { name: /1 frxETH were 1 ETH/ })).toBeDefined()
  })

  test('behavior: OETH outside rebasing is not counted on to earn', async () => {
    const world = createWorld()
    const [oeth] = origin.siblings
    world.record(balance(oeth), 4n * WAD)
    world.record(oeth.credits(ACCOUNT), words(4n * WAD, WAD, 1n))
    renderWallet(world)
    expect(await screen.findAllByRole('button', { name: '4.0000ETH' })).toHaveLength(2)
    expect(cells(/^OETH/).slice(6)).toEqual(['0ETH', '0ETH', '0ETH'])
    expect(screen.queryByText(/^Weighted APY/)).toBeNull()
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
    world.refuse = ({ role }) =>
      role === 'wallet' ? new RateLimited('wants fewer requests', { operator: 'dRPC' }) : undefined
    const { user } = renderWallet(world)
    const note = await screen.findByRole('alert')
    expect(note.textContent).toContain('Could not read the wallet. dRPC wants fewer requests')
    world.refuse = () => undefined
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await button('11.5300ETH')).toBeDefined()
  })

  test.each([
    ['11.5300ETH', /^Total of 0x5290/, '11.53 ETH'],
    ['$23,060', /^Total of 0x5290.*, in US dollars$/, '23,060 USD'],
    ['10.0000rETH', /^rETH of 0x5290/, '10 rETH'],
    ['1.10300', /^rETH: ETH per token$/, '1.103 per rETH'],
    ['$22,060', /^rETH of 0x5290.*, in US dollars$/, '22,060 USD'],
    ['95.7 %', /^rETH: share of 0x5290/, '95.6635 %'],
    ['<0.01 %', /^rETH: share of Rocket Pool$/, /^0\.\d+ %$/],
    ['3.22%', /^Weighted APY of 0x5290/, /^3\.22\d+ %$/],
  ])('behavior: the figure %s opens its receipt', async (name, title, value) => {
    stubDialog()
    const { user } = renderWallet()
    await yields()
    await user.click(await button(name))
    const dialog = await screen.findByRole('dialog')
    expect((await within(dialog).findAllByText(value)).length).toBeGreaterThan(0)
    expect(within(dialog).getByRole('heading', { level: 2 }).textContent).toMatch(title)
  })
})
