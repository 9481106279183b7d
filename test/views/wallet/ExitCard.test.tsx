import { screen, within } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import { readWallet } from '../../../src/chain/readWallet.ts'
import { WAD } from '../../../src/math/fixedPoint.ts'
import { ankr } from '../../../src/pools/ankr.ts'
import { coinbase } from '../../../src/pools/coinbase.ts'
import { readBalance, readEtherBalance } from '../../../src/pools/infrastructure.ts'
import { lido } from '../../../src/pools/lido.ts'
import { rocketPool } from '../../../src/pools/rocketPool.ts'
import { ExitCard } from '../../../src/views/wallet/ExitCard.tsx'
import { stubDialog } from '../support/browser.ts'
import { readLive } from '../support/figures.ts'
import { renderPage } from '../support/render.tsx'
import { ACCOUNT, createWorld, type World } from '../support/world.ts'

const COLLATERAL = rocketPool.exit.figures[0]?.read ?? expect.unreachable()

type Token = { readonly address: `0x${string}` }

function createHolder(...tokens: readonly Token[]): World {
  const world = createWorld()
  world.record(readEtherBalance(ACCOUNT), WAD)
  for (const { address } of tokens) world.record(readBalance(address, ACCOUNT), 10n * WAD)
  return world
}

async function read(world: World) {
  const { client, tokenPools } = world.session
  return { wallet: await readWallet(client, tokenPools, [ACCOUNT]), live: await readLive(world) }
}

async function renderExits(world: World) {
  const { wallet, live } = await read(world)
  return renderPage(<ExitCard wallet={wallet} live={live} />, { world })
}

const ways = (): string[] => screen.getAllByRole('definition').map(({ textContent }) => textContent ?? '')

describe('ExitCard', () => {
  test('behavior: of many tokens the ways out of the most valuable come first, the others when asked for', async () => {
    const world = createHolder(...createWorld().session.tokenPools.map(({ token }) => token))
    const { user } = await renderExits(world)
    expect(screen.getAllByRole('heading', { level: 3 })).toHaveLength(6)
    await user.click(screen.getByRole('button', { name: /^Show \d+ more$/ }))
    expect(screen.getAllByRole('heading', { level: 3 })).toHaveLength(world.session.tokenPools.length)
    expect(document.activeElement).toBe(screen.getAllByRole('heading', { level: 3 })[6]?.parentElement)
  })

  test('default: what the protocol pays now, and what the market makes of it', async () => {
    await renderExits(createHolder(rocketPool.token))
    expect(screen.getByRole('heading', { level: 2, name: 'Exit today' })).toBeDefined()
    expect(screen.getByRole('heading', { level: 3 }).textContent).toBe('rETH worth 11.0300 ETH')
    const [protocol, market] = ways()
    expect(protocol).toMatch(/^11\.0300ETH now, all of it/)
    // 11.03 × (1 − 1.2 %)
    expect(market).toBe('10.8976ETH −1.20 % discount')
    expect(screen.getByTitle('10.89764 ETH')).toBeDefined()
    expect(
      screen.getByText(/^Before gas.*Not tax advice; tokens lent, pooled or wrapped elsewhere/),
    ).toBeDefined()
  })

  test('behavior: no more now than the contract can pay, and the rest is told', async () => {
    const world = createHolder(rocketPool.token)
    world.record(COLLATERAL, 4n * WAD)
    await renderExits(world)
    expect(ways()[0]).toMatch(/^4\.0000ETH now; the other 7\.0300 ETH not now/)
  })

  test('behavior: a contract without ether pays nothing now, which is known', async () => {
    const world = createHolder(rocketPool.token)
    world.record(COLLATERAL, 0n)
    await renderExits(world)
    expect(ways()[0]).toMatch(/^0ETH now; the other 11\.0300 ETH not now/)
  })

  test('behavior: what can be paid is not known where the contract refuses', async () => {
    const world = createHolder(rocketPool.token)
    world.record(COLLATERAL, 'reverts')
    await renderExits(world)
    expect(ways()[0]).toMatch(/^–not known: The contract did not answer getTotalCollateral/)
  })

  test('behavior: a queue is told with its length, for the rebasing form too', async () => {
    await renderExits(createHolder(lido.token, lido.siblings[0]))
    const [wrapped, , plain] = ways()
    expect(wrapped).toContain('Withdrawals wait in a queue that is finalized in order.')
    expect(wrapped).toMatch(/Waiting in the queue: 1,021\.0000stETH/)
    expect(plain).toBe(wrapped)
  })

  test('behavior: where holders cannot redeem, it says so', async () => {
    await renderExits(createHolder(coinbase.token))
    expect(ways()[0]).toMatch(/^No redemption is open to holders\. Only customers of Coinbase/)
  })

  test('behavior: without a feed the market’s price is not known', async () => {
    await renderExits(createHolder(ankr.token))
    expect(ways()[1]).toBe('–not known: No feed of a market price of ankrETH on Ethereum is known.')
  })

  test('behavior: ETH needs no way out, and pending is said to be', async () => {
    const world = createHolder()
    const { wallet } = await read(world)
    const { container, unmount } = renderPage(<ExitCard wallet={wallet} live={undefined} />, { world })
    expect(within(container).queryByRole('heading')).toBeNull()
    unmount()
    const staked = createHolder(rocketPool.token)
    renderPage(<ExitCard wallet={(await read(staked)).wallet} live={undefined} />, { world: staked })
    expect(screen.getByText('Reading the ways out')).toBeDefined()
  })

  test.each([
    ['11.0300ETH', 'rETH: what the protocol pays now', 'min(11.03, 1,001)'],
    ['10.8976ETH', 'rETH: at the market’s price', '11.03 × (1 + −1.200000 %)'],
  ])('behavior: the figure %s opens its receipt', async (name, title, formula) => {
    stubDialog()
    const { user } = await renderExits(createHolder(rocketPool.token))
    await user.click(screen.getByRole('button', { name }))
    const dialog = await screen.findByRole('dialog')
    expect(await within(dialog).findByRole('heading', { level: 2, name: title })).toBeDefined()
    expect(within(dialog).getByText(formula)).toBeDefined()
  })
})
