import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { PLACES } from '../../src/embedded/addresses.ts'
import { type Contracts, readContracts } from './support/contracts.ts'
import { tabTo } from './support/keyboard.ts'
import { isArchiveCall } from './support/proxy.ts'
import { cellOf, exactValue, hashOf, rowOf } from './support/sight.ts'
import { type Stage, startStage } from './support/stage.ts'

let stage: Stage
let contracts: Contracts

beforeAll(async () => {
  stage = await startStage({ days: 40 })
  contracts = readContracts(stage.chain)
})
afterEach(async () => {
  expect((await stage.clear()).complaints).toEqual([])
})
afterAll(() => stage.stop())

/** Paste a text into the header's field and press Enter. */
async function look(page: Page, text: string): Promise<void> {
  await tabTo(page, page.getByRole('textbox', { name: 'Wallet address' }))
  await page.keyboard.insertText(text)
  await page.keyboard.press('Enter')
}

async function openLive(): Promise<Page> {
  stage.proxy.treat(call => (isArchiveCall(call) ? 'hold' : 'pass'))
  const page = await stage.open('/')
  await rowOf(page, 'Lido').waitFor()
  return page
}

const holding = async (page: Page, symbol: string) => {
  const row = new RegExp(`^${symbol}`)
  const titleOf = async (column: string) =>
    (await cellOf(page, row, column)).locator('[title]').getAttribute('title')
  return {
    balance: exactValue(await titleOf('Balance')),
    value: exactValue(await titleOf('Value')),
  }
}

const dollars = (text: string | null): number => Number((text ?? '').replace(/[$,]/g, ''))

describe('wallet', () => {
  test('default: pasted by the keyboard, each balance is the contract’s own, and the total is their sum', async () => {
    const account = stage.chain.demoWallets.everything
    const page = await openLive()
    await look(page, `  ${account.toLowerCase()} `)
    await page.getByText(account, { exact: true }).waitFor()
    expect(await hashOf(page)).toBe('#/wallet')
    await rowOf(page, /^ETH$/).first().waitFor()
    const ether = await contracts.client.getBalance({ address: account })
    const WAD = 10n ** 18n
    const rebasing = [
      { symbol: 'aETHb', token: PLACES.aethB, rate: WAD },
      { symbol: 'stETH', token: PLACES.steth, rate: WAD },
      { symbol: 'eETH', token: '0x35fA164735182de50811E8e2E824cFb9B6118ac2', rate: WAD } as const,
      { symbol: 'OETH', token: '0x856c4Efb76C1D1AE02e20CEB03A2A6a08b0b8dC3', rate: WAD } as const,
    ]
    const tokens = await Promise.all(
      contracts.pools.map(async ({ symbol, token, rateAt }) => ({ symbol, token, rate: await rateAt() })),
    )
    const listed = new Set(['ETH'])
    expect((await holding(page, 'ETH$')).balance).toBe(ether)
    for (const { symbol, token, rate } of [...rebasing, ...tokens]) {
      const balance = await contracts.balance(token, account)
      expect(balance).toBeGreaterThan(0n)
      expect(await rowOf(page, new RegExp(`^${symbol}\\b`)).count()).toBe(1)
      expect(await holding(page, `${symbol}\\b`)).toEqual({ balance, value: (balance * rate) / WAD })
      listed.add(symbol)
    }
    // The rows just held against their contracts, and those of pools that came since.
    const values = await page.getByRole('row').locator('td:nth-child(4) [title]').all()
    const titles = await Promise.all(values.map(value => value.getAttribute('title')))
    expect(titles.length).toBeGreaterThanOrEqual(listed.size)
    const sum = titles.map(title => exactValue(title)).reduce((one, other) => one + other, 0n)
    const [total, inDollars] = await page.getByRole('main').locator('p > button').all()
    expect(exactValue((await total?.getAttribute('title')) ?? null)).toBe(sum)
    const price = await contracts.price()
    expect(await inDollars?.getAttribute('title')).toBe('1 ETH = 3,000 USD')
    expect(price).toBe(3_000_00000000n)
    expect(dollars((await inDollars?.textContent()) ?? null)).toBeCloseTo(Number((sum * 3_000n) / WAD), -1)
    const parts = await page.getByRole('row').locator('td:nth-child(5)').allTextContents()
    const added = parts.map(dollars).reduce((one, other) => one + other, 0)
    expect(added).toBeCloseTo(Number((sum * 3_000n) / WAD), -1)
  })

  test('behavior: a figure of the wallet opens its receipt by the keyboard', async () => {
    const page = await stage.open(`/wallet/${stage.chain.demoWallets.everything}`)
    const value = (await cellOf(page, /^wstETH/, 'Value')).getByRole('button')
    await tabTo(page, value)
    await page.keyboard.press('Enter')
    const receipt = page.getByRole('dialog')
    await receipt.getByText(`cast call ${PLACES.wsteth} "balanceOf(address)(uint256)"`).waitFor()
    await receipt.getByText(`cast call ${PLACES.wsteth} "stEthPerToken()(uint256)"`).waitFor()
    await page.keyboard.press('Escape')
    await receipt.waitFor({ state: 'hidden' })
  })

  test('behavior: a wallet with one token has one row for it and names what it has not', async () => {
    const page = await stage.open(`/wallet/${stage.chain.demoWallets.rethOnly}`)
    await rowOf(page, /^rETH/).first().waitFor()
    await page.getByText(/^None of .*ankrETH, aETHb, wstETH, stETH, cbETH, .*apxETH.*\.$/).waitFor()
    const holdings = page.getByRole('table').first()
    expect(await holdings.getByRole('rowheader', { name: /stETH|ankrETH|aETHb/ }).count()).toBe(0)
  })

  test('behavior: an address with nothing says so', async () => {
    const page = await openLive()
    await look(page, stage.chain.demoWallets.nothing)
    await page.getByText('This address holds no ETH and none of the tokens').waitFor()
    expect(await page.getByRole('table').count()).toBe(0)
  })
})

// One letter of a right one is in the other case.
const wrongChecksum = '0x52908400098527886e0F7030069857D2E4169EE7'

describe('not an address', () => {
  test.each([
    ['malformed', '0x1234', 'An address has 40 digits after 0x; this one has 4.'],
    ['no address at all', 'hello', 'An Ethereum address starts with 0x'],
    ['a link', 'https://etherscan.io/address/0x1234', 'An Ethereum address starts with 0x'],
    ['a wrong checksum', wrongChecksum, 'do not match its checksum'],
  ])('error: InvalidWallet, %s, has its sentence and the page goes on', async (_, text, sentence) => {
    const page = await openLive()
    await look(page, text)
    const field = page.getByRole('textbox', { name: 'Wallet address' })
    await page.getByRole('alert').filter({ hasText: sentence }).waitFor()
    expect(await field.getAttribute('aria-invalid')).toBe('true')
    expect(await hashOf(page)).toBe('#/')
    await rowOf(page, 'Lido').waitFor()
    // Mended in place: the sentence goes, and Enter leads to the wallet.
    await field.selectText()
    await page.keyboard.insertText(stage.chain.demoWallets.rethOnly)
    expect(await page.getByRole('alert').count()).toBe(0)
    await page.keyboard.press('Enter')
    await rowOf(page, /^rETH/).first().waitFor()
  })

  test('error: InvalidWallet in a link has its sentence too', async () => {
    const page = await stage.open('/wallet/0x1234')
    await page.getByRole('alert').filter({ hasText: 'this one has 4' }).waitFor()
    await look(page, stage.chain.demoWallets.rethOnly)
    await rowOf(page, /^rETH/).first().waitFor()
  })
})

/** All that a page leaves behind in the browser and its history. */
const TRACES = `JSON.stringify([location.href, history.state, { ...localStorage }, { ...sessionStorage }])`

/** The calls that reached the endpoint and name an account, by method. */
const namingCalls = (account: string, since = 0): string[] =>
  stage.proxy.calls
    .slice(since)
    .filter(call => JSON.stringify(call.params).toLowerCase().includes(account.slice(2).toLowerCase()))
    .map(({ method }) => method)

describe('input', () => {
  test('default: several accounts, typed by the keyboard, are one wallet that the browser does not keep', async () => {
    const { rethOnly, nothing } = stage.chain.demoWallets
    const page = await openLive()
    await look(page, '')
    const field = page.getByRole('textbox', { name: 'Addresses or ENS names' })
    await tabTo(page, field)
    await page.keyboard.insertText(`${rethOnly}\n${nothing}`)
    await tabTo(page, page.getByRole('button', { name: 'Look at the wallet' }))
    const before = stage.proxy.calls.length
    await page.keyboard.press('Enter')
    await rowOf(page, /^rETH/).first().waitFor()
    await page.getByText('Change the addresses').waitFor()
    const traces: string = await page.evaluate(TRACES)
    for (const account of [rethOnly, nothing])
      expect(traces.toLowerCase()).not.toContain(account.toLowerCase())
    // Both in the one call; what stands at each is asked apart.
    await expect.poll(() => namingCalls(nothing, before)).toEqual(['eth_call', 'eth_getCode'])
    await page.reload()
    await page.getByText('Paste one address or several').waitFor()
    expect(await page.getByRole('table').count()).toBe(0)
  })

  test('behavior: going back leads to the wallet looked at before', async () => {
    const { rethOnly, nothing } = stage.chain.demoWallets
    const page = await openLive()
    await look(page, rethOnly)
    await rowOf(page, /^rETH/).first().waitFor()
    await look(page, nothing)
    await page.getByText('This address holds no ETH').waitFor()
    await page.goBack()
    await page.getByText(rethOnly, { exact: true }).waitFor()
    await rowOf(page, /^rETH/).first().waitFor()
    await page.goBack()
    await rowOf(page, 'Lido').waitFor()
  })

  test('behavior: lines pasted into the header stay apart', async () => {
    const { rethOnly, nothing } = stage.chain.demoWallets
    const page = await openLive()
    const field = page.getByRole('textbox', { name: 'Wallet address' })
    await field.focus()
    await field.evaluate((input, text) => {
      const data = new DataTransfer()
      data.setData('text', text)
      input.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
      )
    }, `${rethOnly}\n${nothing}`)
    await page.keyboard.press('Enter')
    await page.getByText(nothing, { exact: true }).waitFor()
    await rowOf(page, /^rETH/).first().waitFor()
  })

  test('behavior: a name leads to its account, with the block, and nobody else is asked', async () => {
    const page = await openLive()
    await look(page, 'RETH.glass.eth')
    await page.getByText(stage.chain.demoWallets.rethOnly, { exact: true }).waitFor()
    await page
      .getByText(/RETH\.glass\.eth, read as reth\.glass\.eth is this address at block [\d,]+/)
      .waitFor()
    await rowOf(page, /^rETH/).first().waitFor()
    expect((await stage.clear()).hosts).toEqual(['127.0.0.1'])
  })

  test('error: a name without address, one that nobody has and one that is none each have their sentence', async () => {
    const page = await openLive()
    for (const [name, sentence] of [
      ['nothing.glass.eth', 'exists and leads to no address'],
      ['nobody.eth', 'There is no name'],
      ['under_score.eth', 'is no name by the ENS standard'],
    ] as const) {
      await look(page, name)
      await page.getByRole('main').getByRole('alert').filter({ hasText: sentence }).waitFor()
    }
  })

  test('behavior: a name kept elsewhere is looked up there only after a yes', async () => {
    const page = await openLive()
    const asked: string[] = []
    await page.route('https://gateway.invalid/**', route => {
      asked.push(route.request().url())
      return route.fulfill({ status: 404, headers: { 'access-control-allow-origin': '*' }, body: '' })
    })
    await look(page, 'far.glass.eth')
    await page.getByText('Ask gateway.invalid?').waitFor()
    expect(asked).toEqual([])
    await tabTo(page, page.getByRole('button', { name: 'Yes, ask' }))
    await page.keyboard.press('Enter')
    await page.getByRole('alert').filter({ hasText: 'gateway.invalid gave no address' }).waitFor()
    expect(asked).toHaveLength(1)
    // The browser tells of the 404 itself.
    const { complaints, hosts } = await stage.clear()
    expect(complaints.filter(text => !text.includes('404'))).toEqual([])
    expect(hosts).toEqual(['127.0.0.1', 'gateway.invalid'])
  })

  test('behavior: remembered at the reader’s wish, offered again, and forgotten', async () => {
    const account = stage.chain.demoWallets.rethOnly
    const page = await openLive()
    await look(page, account)
    await page.getByRole('checkbox', { name: 'Remember in this browser' }).check()
    await page.reload()
    await page.getByRole('heading', { name: 'Remembered in this browser' }).waitFor()
    await page.getByRole('button', { name: new RegExp(`^${account.slice(0, 6)}`) }).click()
    await rowOf(page, /^rETH/).first().waitFor()
    expect(await hashOf(page)).toBe('#/wallet')
    await page.getByRole('checkbox', { name: 'Remember in this browser' }).uncheck()
    expect(await page.evaluate(TRACES)).not.toContain(account)
  })

  test('behavior: on a phone the input is large enough for a finger and nothing sticks out', async () => {
    const page = await stage.open('/wallet', { viewport: { width: 360, height: 800 } })
    await page.getByRole('textbox', { name: 'Addresses or ENS names' }).fill(stage.chain.demoWallets.rethOnly)
    await page.getByRole('button', { name: 'Look at the wallet' }).click()
    await page.getByRole('button', { name: 'Change the addresses' }).click()
    await page.getByRole('checkbox').check()
    await page.getByRole('button', { name: 'Forget all' }).waitFor()
    for (const name of [
      'Change the addresses',
      'Look at the wallet',
      'Forget all',
      'Copy a link to this wallet',
    ]) {
      const box = await page.getByRole('button', { name }).boundingBox()
      expect(box?.height, name).toBeGreaterThanOrEqual(44)
    }
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    expect(width).toBeLessThanOrEqual(360)
  })
})
