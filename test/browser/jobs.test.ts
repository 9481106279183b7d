import type { Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Contracts, readContracts } from './support/contracts.ts'
import { choose, skipTable, tabTo } from './support/keyboard.ts'
import { cellOf, click, exactValue, hashOf, rowOf, untilHistoryRead } from './support/sight.ts'
import { type OpenOptions, type Stage, startStage } from './support/stage.ts'

// The three jobs of the page, each by the keyboard alone, and by a finger on a small screen.

let stage: Stage
let contracts: Contracts

beforeAll(async () => {
  stage = await startStage({ days: 100 })
  contracts = readContracts(stage.chain)
})
afterEach(async () => {
  expect((await stage.clear()).complaints).toEqual([])
})
afterAll(() => stage.stop())

/** A way to use the page: what a reader does to press something, to choose, and to write. */
type Hand = {
  readonly options: () => Promise<OpenOptions>
  readonly press: (page: Page, target: Locator) => Promise<void>
  readonly choose: (page: Page, group: string, option: string) => Promise<void>
  readonly write: (page: Page, field: Locator, text: string) => Promise<void>
  /** The control of the window that is in reach: a phone shows it once, over the table. */
  readonly windows: string
  /** Go on from the table of pools to the chart. */
  readonly toChart: (page: Page) => Promise<void>
  /** Leave a dialog. */
  readonly leave: (page: Page, dialog: Locator) => Promise<void>
}

const KEYBOARD: Hand = {
  options: async () => ({}),
  press: async (page, target) => {
    await tabTo(page, target)
    await page.keyboard.press('Enter')
  },
  choose,
  write: async (page, field, text) => {
    await tabTo(page, field)
    await page.keyboard.insertText(text)
    await page.keyboard.press('Enter')
  },
  windows: 'Window of the yield, chart',
  toChart: skipTable,
  leave: async (page, dialog) => {
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
  },
}

const FINGER: Hand = {
  options: async () => ({
    viewport: { width: 360, height: 740 },
    context: await stage.browser.newContext({ locale: 'en-US', hasTouch: true }),
  }),
  press: (_, target) => target.tap(),
  choose: (page, group, option) =>
    page.getByRole('group', { name: group, exact: true }).getByText(option, { exact: true }).tap(),
  write: async (page, field, text) => {
    await field.tap()
    await page.keyboard.insertText(text)
    await page.getByRole('banner').getByRole('button', { name: 'Look' }).tap()
  },
  windows: 'Window of the yield, table',
  toChart: async () => undefined,
  leave: async (_, dialog) => {
    await dialog.getByRole('button', { name: 'Close' }).tap()
    await dialog.waitFor({ state: 'hidden' })
  },
}

describe.each([
  ['the keyboard', 'light', KEYBOARD],
  ['the keyboard', 'dark', KEYBOARD],
  ['a finger at 360 px', 'light', FINGER],
  ['a finger at 360 px', 'dark', FINGER],
] as const)('by %s, %s', { timeout: 120_000 }, (_, colorScheme, hand) => {
  const open = async (route: string): Promise<Page> => {
    const page = await stage.open(route, { ...(await hand.options()), colorScheme })
    await rowOf(page, 'Lido').waitFor()
    return page
  }

  test('default: the rate of a pool is the contract’s own, and its receipt says where from', async () => {
    const page = await open('/?range=30d')
    const { rateAt, token } =
      contracts.pools.find(({ symbol }) => symbol === 'wstETH') ?? expect.unreachable()
    const rate = (await cellOf(page, 'Lido', 'Rate')).getByRole('button')
    expect(exactValue(await rate.getAttribute('title'))).toBe(await rateAt())
    await hand.press(page, rate)
    const receipt = page.getByRole('dialog')
    await receipt.getByText(`cast call ${token} "stEthPerToken()(uint256)"`).waitFor()
    await hand.leave(page, receipt)
    await hand.press(page, rowOf(page, 'Lido').getByRole('link', { name: 'Lido' }))
    await page.getByRole('heading', { level: 1, name: 'Lido wstETH' }).waitFor()
    await expect.poll(() => page.title()).toBe('Lido (wstETH): rate and implied APY · Poolglass')
  })

  test('default: two pools are compared over another range and window, as a table', async () => {
    const page = await open('/?range=30d')
    await untilHistoryRead(page)
    await hand.toChart(page)
    await hand.choose(page, 'Range', '90 d')
    await hand.choose(page, hand.windows, '7 d')
    await untilHistoryRead(page)
    const legend = page.getByRole('group', { name: 'Pools in the chart' })
    const others = (await legend.getByRole('checkbox').all()).length
    await hand.press(page, page.getByRole('button', { name: 'Table', exact: true }))
    const table = page.getByRole('region', { name: /, as a table$/ })
    const names = await table.getByRole('columnheader').allTextContents()
    expect(names.length).toBe(others + 1)
    const row = table.getByRole('row').nth(5)
    for (const name of ['Lido', 'Rocket Pool'])
      expect(await row.locator('th, td').nth(names.indexOf(name)).innerText()).toMatch(/^−?\d+\.\d\d\s?%/)
    expect(await hashOf(page)).toMatch(/^#\/\?(?=.*range=90d)(?=.*window=7d)/)
  })

  test('default: a wallet is looked up, and what it has earned is read', async () => {
    const page = await open('/?range=30d')
    await hand.write(
      page,
      page.getByRole('textbox', { name: 'Wallet address' }),
      stage.chain.demoWallets.rethOnly,
    )
    await page.getByRole('heading', { level: 1, name: 'Wallet' }).waitFor()
    const held = (await cellOf(page, /^rETH/, 'Balance')).locator('[title]')
    const { token } = contracts.pools.find(({ symbol }) => symbol === 'rETH') ?? expect.unreachable()
    const balance = await contracts.balance(token, stage.chain.demoWallets.rethOnly as `0x${string}`)
    expect(exactValue(await held.getAttribute('title'))).toBe(balance)
    await page.getByText('exact to the wei').waitFor()
    const earned = page.getByRole('table', { name: /^Earned in ETH/ })
    await earned.waitFor()
    const figure = earned.getByRole('row').filter({ hasText: 'rETH' }).getByRole('button').first()
    await hand.press(page, figure)
    const receipt = page.getByRole('dialog')
    await receipt
      .getByText(/^cast call/)
      .first()
      .waitFor()
    await hand.leave(page, receipt)
    expect(await hashOf(page)).toMatch(/^#\/wallet(\?|$)/)
    expect(await page.title()).toBe('Wallet · Poolglass')
  })
})

describe('a choice made on the way', () => {
  test('behavior: two pools alone are in the link, which opens the same again', async () => {
    const hidden = contracts.pools.length
    const page = await stage.open('/?range=30d&window=7d&sort=name-reversed&as=apr&kind=protocol')
    await rowOf(page, 'Lido').waitFor()
    const names = await page.getByRole('table').first().getByRole('rowheader').allInnerTexts()
    await click(page, 'Pools in the chart', 'Lido')
    await click(page, 'What the chart shows', 'Rate')
    const again = await stage.open((await hashOf(page)).slice(1))
    await rowOf(again, 'Lido').waitFor()
    expect(await again.getByRole('table').first().getByRole('rowheader').allInnerTexts()).toEqual(names)
    expect(names.length).toBeLessThan(hidden)
    expect(await again.getByRole('checkbox', { name: 'Lido' }).isChecked()).toBe(false)
    await again.getByRole('heading', { level: 2, name: 'Exchange rate' }).waitFor()
    const column = again.getByRole('columnheader', { name: /^Pool/ })
    expect(await column.getAttribute('aria-sort')).toBe('descending')
    await column.getByRole('button').click()
    await expect.poll(() => hashOf(again)).toContain('sort=name')
    await expect.poll(() => column.getAttribute('aria-sort')).toBe('ascending')
  })
})
