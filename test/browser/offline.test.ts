import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { violationsOn } from './support/look.ts'
import { isHeadCall } from './support/proxy.ts'
import { cellOf, rowOf, untilFiguresKept, untilHistoryRead } from './support/sight.ts'
import { type Stage, startStage } from './support/stage.ts'

const ROUTE = '/?range=90d'

let stage: Stage
let context: BrowserContext

beforeAll(async () => {
  stage = await startStage({ days: 150 })
})
afterAll(() => stage.stop())

afterEach(() => context.close())

/** One visit that reads everything and installs the shell, then a page of its own on which the test goes on. */
async function afterOneVisit(): Promise<{ page: Page; rate: string; complaints: string[] }> {
  context = await stage.browser.newContext({ locale: 'en-US' })
  const page = await stage.open(ROUTE, { context })
  await untilHistoryRead(page)
  await untilFiguresKept(page)
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
  })
  const rate = await (await cellOf(page, /^Rocket Pool/, 'Rate')).innerText()
  const complaints: string[] = []
  page.on('pageerror', error => complaints.push(error.message))
  page.on('console', message => {
    // What Chromium says by itself of a request without a network cannot be silenced, and says nothing to a reader.
    if (message.type() === 'error' && !/net::ERR_|Failed to load resource/.test(message.text()))
      complaints.push(message.text())
  })
  return { page, rate, complaints }
}

describe('after one visit, without a network', () => {
  test('default: the page opens with the last figures and their age, and draws the history', async () => {
    const { page, rate, complaints } = await afterOneVisit()
    await context.setOffline(true)
    await page.reload()
    await page.getByText('This device is offline.').waitFor()
    const cell = await cellOf(page, /^Rocket Pool/, 'Rate')
    expect((await cell.innerText()).split('\n')[0]).toBe(rate.split('\n')[0])
    expect(await cell.innerText()).toMatch(/\d+ (s|min|h|d) ago$/)
    await page.getByText(/samples, as kept on this device$/).waitFor()
    await page.getByRole('application').locator('[data-line]').nth(2).waitFor()
    expect(await (await cellOf(page, /^Rocket Pool/, 'Implied APY')).innerText()).toMatch(/^\d+\.\d\d ?%/)
    expect(await page.getByRole('alert').count()).toBe(0)
    expect(await violationsOn(page)).toEqual([])
    expect(complaints).toEqual([])
  })

  test('behavior: every page opens, and another range comes from what is kept', async () => {
    const { page, complaints } = await afterOneVisit()
    await context.setOffline(true)
    await page.reload()
    await rowOf(page, /^Lido/).waitFor()
    const go = (route: string) => page.evaluate(hash => location.assign(hash), route)
    await go('#/?range=30d')
    await page.getByText(/samples, as kept on this device$/).waitFor()
    await page.getByRole('application').locator('[data-line]').nth(2).waitFor()
    for (const [route, title] of [
      ['#/pool/rocket-pool', /^Rocket Pool/],
      ['#/pool/staked', /^Staked/],
      ['#/wallet', /^Wallet|^Look up/],
      [`#/wallet/${stage.chain.demoWallets.everything}`, /./],
      ['#/method', /^About the numbers/],
      ['#/nowhere', /^No such page/],
    ] as const) {
      await go(route)
      await page.getByRole('heading', { level: 1, name: title }).waitFor()
    }
    await go('#/')
    await page.getByRole('button', { name: /^no answer|^connecting/ }).click()
    await page.getByRole('dialog').getByRole('heading').first().waitFor()
    expect(complaints).toEqual([])
  })

  test('behavior: it comes back by itself', async () => {
    const { page } = await afterOneVisit()
    await context.setOffline(true)
    await page.reload()
    await page.getByText('This device is offline.').waitFor()
    await page.getByText(/samples, as kept on this device$/).waitFor()
    await context.setOffline(false)
    await page.getByText('This device is offline.').waitFor({ state: 'detached' })
    await untilHistoryRead(page)
    expect(await (await cellOf(page, /^Rocket Pool/, 'Rate')).innerText()).not.toContain('ago')
  })
})

describe('endpoints that give nothing', () => {
  test('behavior: the figures of the last visit stand in, and say whose they are', async () => {
    const { page } = await afterOneVisit()
    stage.proxy.treat(() => ({ status: 503, body: '' }))
    await page.reload()
    await page.getByText('No endpoint answers.').waitFor()
    await page
      .getByText(/The figures are those of block [\d,]+, .* UTC, as 127\.0\.0\.1:\d+ gave them/)
      .waitFor()
    // It is asked again at the next block, by itself.
    stage.proxy.treat(() => 'pass')
    await page.getByText('No endpoint answers.').waitFor({ state: 'detached' })
  })

  test('behavior: an endpoint that is slow is waited for, with the last figures meanwhile', async () => {
    const { page } = await afterOneVisit()
    stage.proxy.treat(call => (isHeadCall(call) ? 'hold' : 'pass'))
    await page.reload()
    await page.getByText('The endpoints have not answered yet.').waitFor()
    await rowOf(page, /^Lido/).waitFor()
    stage.proxy.release()
    stage.proxy.treat(() => 'pass')
    await page.getByText('The endpoints have not answered yet.').waitFor({ state: 'detached' })
  })
})

describe('a clock that is wrong by a day', () => {
  const DAY = 86_400_000
  const shiftClock = (by: number): string => `{
    const { now } = Date
    Date.now = () => now() + ${by}
  }`

  test('behavior: behind: the first block tells, and the figures stand', async () => {
    context = await stage.browser.newContext({ locale: 'en-US' })
    const page = await stage.open(ROUTE, { context, before: shiftClock(-DAY) })
    await untilHistoryRead(page)
    await page.getByText(/newest block lies \d\d h in the future/).waitFor()
    expect(await (await cellOf(page, /^Rocket Pool/, 'Implied APY')).innerText()).toMatch(/^\d+\.\d\d ?%/)
  })

  test('behavior: ahead: figures stand, and the pill says how old the block seems', async () => {
    context = await stage.browser.newContext({ locale: 'en-US' })
    const page = await stage.open(ROUTE, { context, before: shiftClock(DAY) })
    await untilHistoryRead(page)
    await page.getByRole('button', { name: /24 h ago, old/ }).waitFor()
    expect(await (await cellOf(page, /^Rocket Pool/, 'Implied APY')).innerText()).toMatch(/^\d+\.\d\d ?%/)
  })
})
