import axe, { type AxeResults } from 'axe-core'
import type { BrowserContext, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { WAD } from '../../src/math/fixedPoint.ts'
import { type Contracts, readContracts } from './support/contracts.ts'
import { skipTable, tabTo } from './support/keyboard.ts'
import { exactValue, hashOf, reportsRead, rowOf, untilHistoryRead } from './support/sight.ts'
import { type Stage, startStage } from './support/stage.ts'

const DAY = 86_400
const YEAR = 31_536_000
const ROUTE = '/?range=30d'
/** Two and a half ether: what is bought is no round number. */
const AMOUNT = (5n * WAD) / 2n

let stage: Stage
let contracts: Contracts
/** What one test has read serves the next. */
let warm: BrowserContext
let head: number
let page: Page

beforeAll(async () => {
  stage = await startStage({ days: 150 })
  contracts = readContracts(stage.chain)
  warm = await stage.browser.newContext({ locale: 'en-US' })
  head = Number((await contracts.client.getBlock()).timestamp)
})
afterEach(() => page.close())
afterAll(async () => {
  const { complaints } = await stage.clear()
  await stage.stop()
  expect(complaints).toEqual([])
})

const dayOf = (time: number): string => new Date(time * 1000).toISOString().slice(0, 10)
const daysBack = (days: number): string => dayOf(head - days * DAY)
const date = (): Locator => page.getByLabel('Staked on', { exact: true })
const amount = (): Locator => page.getByLabel('Amount in ETH', { exact: true })
const become = (): Locator => page.getByRole('table', { name: /^What the amount became since / })
const ahead = (): Locator => page.getByRole('table', { name: /^What the amount would become in a year/ })

/** Open the overview with all figures read. */
async function open(route: string, viewport?: { readonly width: number; readonly height: number }) {
  page = await stage.open(route, { context: warm, ...(viewport === undefined ? {} : { viewport }) })
  await untilHistoryRead(page)
  await reportsRead(page).waitFor()
  await date().waitFor()
}

/** A cell of a row by the header of its column. */
async function cellIn(table: Locator, name: string, column: string): Promise<Locator> {
  const headers = await table.getByRole('columnheader').allTextContents()
  const index = headers.findIndex(header => header.startsWith(column))
  if (index < 0) throw new RangeError(`No column “${column}” among ${headers.join(', ')}`)
  return table
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name }) })
    .locator('th, td')
    .nth(index)
}

const exactIn = async (table: Locator, name: string, column: string): Promise<string | null> =>
  (await cellIn(table, name, column)).getByRole('button').first().getAttribute('title')

describe('what if', () => {
  test('default: day and amount by the keyboard, and each pool as its own contract says', async () => {
    await open(ROUTE)
    await skipTable(page)
    await tabTo(page, date())
    const day = daysBack(100)
    for (const digit of day.replace(/(\d+)-(\d+)-(\d+)/, '$2$3$1')) await page.keyboard.press(digit)
    expect(await date().inputValue()).toBe(day)
    await tabTo(page, amount())
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type('2.5')
    await page.keyboard.press('Enter')
    expect(await hashOf(page)).toBe(`#/?range=30d&since=${day}&amount=2.5`)
    await become().waitFor()
    expect(await become().getByRole('row').count()).toBe(2 + contracts.pools.length)

    for (const { name, symbol, rateAt } of contracts.pools) {
      const worth = (await cellIn(become(), name, 'Worth today')).getByRole('button').first()
      await worth.focus()
      await page.keyboard.press('Enter')
      const receipt = page.getByRole('dialog', { name: `${symbol}: 2.5 ETH, today` })
      const calls = receipt.getByText(/^cast call/)
      await calls.nth(1).waitFor()
      const blocks = (await calls.allTextContents()).map(line =>
        BigInt(/--block (\d+)$/.exec(line)?.[1] ?? -1),
      )
      const [then = 0n, now = 0n] = await Promise.all(blocks.map(block => rateAt(block)))
      const [start, end] = await Promise.all(
        blocks.map(async blockNumber => Number((await contracts.client.getBlock({ blockNumber })).timestamp)),
      )
      // The first block of the grid on that day, of which there are two, and the newest of all.
      expect(dayOf(start ?? 0)).toBe(day)
      expect(end).toBe(head)
      const tokens = (AMOUNT * WAD) / then
      const worthNow = (tokens * now) / WAD
      expect(exactValue(await worth.getAttribute('title')), name).toBe(worthNow)
      expect(await receipt.textContent()).toContain('fees of entry and exit')
      await page.keyboard.press('Escape')
      await receipt.waitFor({ state: 'hidden' })
      expect(exactValue(await exactIn(become(), name, 'Bought')), name).toBe(tokens)
      const gain = (await exactIn(become(), name, 'Gain')) ?? ''
      expect(exactValue(gain.replace('−', '-')), name).toBe(worthNow - AMOUNT)
      const growth = Number.parseFloat(((await exactIn(become(), name, 'Growth')) ?? '').replace('−', '-'))
      const ratio = Number(now) / Number(then)
      expect(growth, name).toBeCloseTo((ratio - 1) * 100, 5)
      const yearly = Number.parseFloat(((await exactIn(become(), name, 'Per year')) ?? '').replace('−', '-'))
      expect(yearly, name).toBeCloseTo((ratio ** (YEAR / ((end ?? 0) - (start ?? 0))) - 1) * 100, 5)
    }
    expect(await (await cellIn(become(), 'Not staking', 'Worth today')).innerText()).toContain('2.5000')
  })

  test('behavior: the year ahead is the yield of the table carried on, and says that it is a projection', async () => {
    await open(`${ROUTE}&since=${daysBack(30)}&amount=10`)
    await ahead().waitFor()
    await page
      .getByText(/^A projection, not a promise: /)
      .first()
      .waitFor()
    for (const { name } of contracts.pools) {
      const yearly = await exactIn(ahead(), name, 'APY, 30 d')
      const shown = await rowOf(page, name)
        .first()
        .getByRole('button', { name: /^−?[\d.]+\s*%$/ })
        .first()
        .getAttribute('title')
      expect(shown, name).toContain(yearly ?? 'nothing')
      const worth = exactValue(await exactIn(ahead(), name, 'In a year'))
      const expected = 10 * (1 + Number.parseFloat((yearly ?? '').replace('−', '-')) / 100)
      expect(Number(worth) / 1e18, name).toBeCloseTo(expected, 6)
    }
    const figure = (await cellIn(ahead(), 'Lido', 'In a year')).getByRole('button').first()
    await figure.click()
    const receipt = page.getByRole('dialog', { name: 'wstETH: 10 ETH in a year, a projection' })
    await receipt.getByText('amount × (1 + APY), rounded down to 18 decimals', { exact: true }).waitFor()
  })

  test.each([
    ['since=2999-01-01&amount=1', '2999-01-01 has not come yet: choose a day that has passed.'],
    ['since=2026-02-31&amount=1', '“2026-02-31” is not a day of the calendar: write it as 2025-03-01.'],
    ['since=&amount=1', 'Choose a day.'],
    ['since=2012-01-01&amount=1', /^No pool had a token that early: what can be read begins on /],
    [
      `since=${dayOf(Date.now() / 1000 - 20 * DAY)}&amount=0`,
      'Nothing grows to nothing: enter more than 0 ETH.',
    ],
    [`since=${dayOf(Date.now() / 1000 - 20 * DAY)}&amount=-3`, 'An amount below 0 cannot be staked.'],
    [`since=${dayOf(Date.now() / 1000 - 20 * DAY)}&amount=1e5`, /^“1e5” is not an amount of ETH: /],
    [
      `since=${dayOf(Date.now() / 1000 - 20 * DAY)}&amount=999999999999`,
      /^There are only about 120 million ETH/,
    ],
    [
      `since=${dayOf(Date.now() / 1000 - 20 * DAY)}&amount=0.0000000000000000001`,
      'ETH has 18 decimals; this amount has more.',
    ],
  ])('behavior: %s gets its sentence, and no figure that is none', async (query, sentence) => {
    await open(`${ROUTE}&${query}`)
    await page.getByText(sentence, { exact: true }).waitFor()
    expect(await page.locator('body').innerText()).not.toMatch(/NaN|Infinity|undefined|Invalid/)
  })

  test('behavior: a link shows the same as was asked, and Clear takes it away', async () => {
    await open(ROUTE)
    await date().fill(daysBack(25))
    await amount().fill('0.75')
    await page.getByRole('button', { name: 'Work it out' }).click()
    await become().waitFor()
    const [asked, hash] = [await become().innerText(), await hashOf(page)]
    await page.close()
    await open(hash.slice(1))
    await become().waitFor()
    expect(await become().innerText()).toBe(asked)
    const yearly = (await cellIn(become(), 'Lido', 'Per year')).getByRole('button')
    expect(await yearly.textContent()).toContain(' are too short to tell of a year')
    expect([await date().inputValue(), await amount().inputValue()]).toEqual([daysBack(25), '0.75'])
    await page.getByRole('button', { name: 'Clear' }).click()
    await become().waitFor({ state: 'detached' })
    expect(await hashOf(page)).toBe('#/?range=30d')
  })

  test.each([
    [390, 'light'],
    [360, 'dark'],
    [320, 'light'],
  ] as const)('behavior: at %s px, %s, it fits and axe finds nothing in it', async (width, colorScheme) => {
    // So long is no other amount.
    await open(`${ROUTE}&since=${daysBack(30)}&amount=9876.54321`, { width, height: 800 })
    await page.emulateMedia({ colorScheme })
    await become().waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    const card = page.locator('section', { has: date() }).last()
    await card.evaluate(section => section.setAttribute('data-looked-at', ''))
    await page.evaluate(axe.source)
    const { violations, passes }: AxeResults = await page.evaluate('axe.run("[data-looked-at]")')
    expect(passes.length).toBeGreaterThan(5)
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.target.join(' ')}`)).toEqual([])
  })
})
