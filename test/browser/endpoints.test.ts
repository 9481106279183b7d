import { readFileSync } from 'node:fs'
import axe, { type AxeResults } from 'axe-core'
import type { Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { tabTo } from './support/keyboard.ts'
import { type Call, type FaultyProxy, isHeadCall, startProxy } from './support/proxy.ts'
import { fence, rowOf, untilHistoryRead } from './support/sight.ts'
import { type Stage, startStage } from './support/stage.ts'

const ROUTE = '/?range=30d'
const HOUR = 3_600n

let stage: Stage
/** A second node, which the reader adds, and one that nobody ever chose. */
let own: FaultyProxy
let stranger: FaultyProxy

beforeAll(async () => {
  // A head ahead of the clock is fresh for as long as the tests run.
  stage = await startStage({ days: 40, now: BigInt(Math.floor(Date.now() / 1_000)) + HOUR })
  own = await startProxy(stage.chain.url)
  stranger = await startProxy(stage.chain.url)
})
afterEach(async () => {
  expect((await stage.clear()).complaints).toEqual([])
  expect(stranger.calls).toEqual([])
  own.release()
})
afterAll(async () => {
  await own?.die()
  await stranger?.die()
  await stage?.stop()
})

const hostOf = ({ url }: FaultyProxy): string => new URL(url).host
const pillOf = (page: Page): Locator => page.getByRole('banner').getByRole('button', { name: /^block / })

async function openPanel(page: Page): Promise<Locator> {
  await pillOf(page).click()
  const panel = page.getByRole('dialog', { name: 'Endpoints' })
  await panel.getByRole('checkbox', { name: hostOf(stage.proxy) }).waitFor()
  return panel
}

async function addOwn(panel: Locator): Promise<void> {
  await panel.getByRole('textbox', { name: 'URL' }).fill(own.url)
  await panel.getByRole('button', { name: 'Check and add' }).click()
  await panel.getByText(`${hostOf(own)} is saved and asked first.`).waitFor()
}

async function openWithOwn(): Promise<{ page: Page; panel: Locator }> {
  const page = await stage.open(ROUTE)
  await rowOf(page, 'Lido').waitFor()
  const panel = await openPanel(page)
  await addOwn(panel)
  return { page, panel }
}

const orderIn = (panel: Locator): Promise<string[]> =>
  panel
    .getByRole('list', { name: /order of preference/ })
    .locator('label:has([type="checkbox"])')
    .allTextContents()

/** What a node was asked since a moment ago. */
function since(node: FaultyProxy): () => readonly Call[] {
  const { length } = node.calls
  return () => node.calls.slice(length)
}

describe('own nodes', () => {
  test('default: checked step by step, saved, asked first, and still there after a reload', async () => {
    const asked = since(own)
    const { page, panel } = await openWithOwn()
    for (const finding of [/Serves chain 31337/, /Newest block/, /Keeps state back to/, /known logs/])
      await panel.getByText(finding).waitFor()
    expect(asked()[0]?.method).toBe('eth_chainId')
    expect(await orderIn(panel)).toEqual([hostOf(own), hostOf(stage.proxy)])
    const again = since(own)
    await page.reload()
    await rowOf(page, 'Lido').waitFor()
    expect(again().filter(isHeadCall).length).toBeGreaterThan(0)
    await pillOf(page)
      .filter({ hasText: `${hostOf(own)} and ${hostOf(stage.proxy)} agree` })
      .waitFor()
    expect(await page.getByRole('contentinfo').textContent()).toContain(
      `the address that you paste goes to ${hostOf(own)} alone`,
    )
  })

  test('behavior: what cannot be asked is refused with the reason, and nothing leaves the page', async () => {
    const page = await stage.open(ROUTE)
    await untilHistoryRead(page)
    const panel = await openPanel(page)
    const field = panel.getByRole('textbox', { name: 'URL' })
    for (const [text, reason] of [
      ['not a url', /is not a URL/],
      ['javascript:alert(1)', /only http and https/],
      ['https://me:secret@example.org', /name and password/],
      ['http://example.org', /not encrypted/],
      [stage.proxy.url, /in the list already/],
    ] as const) {
      await field.fill(text)
      await page.keyboard.press('Enter')
      await panel.getByRole('alert').filter({ hasText: reason }).waitFor()
    }
    expect((await stage.clear()).hosts).toEqual(['127.0.0.1'])
  })

  test('error: Unreachable is not saved, and the page goes on as it was', async () => {
    const page = await stage.open(ROUTE)
    await rowOf(page, 'Lido').waitFor()
    const panel = await openPanel(page)
    own.treat(() => ({ status: 200, body: '<html>Welcome</html>' }))
    await panel.getByRole('textbox', { name: 'URL' }).fill(own.url)
    await panel.getByRole('button', { name: 'Check and add' }).click()
    await panel.getByRole('alert').filter({ hasText: 'It is not saved' }).waitFor()
    expect(await orderIn(panel)).toEqual([hostOf(stage.proxy)])
  })
})

describe('the reader’s choice', () => {
  test('default: one that is off is asked nothing, then and after a reload', async () => {
    const { page, panel } = await openWithOwn()
    await panel.getByRole('checkbox', { name: hostOf(stage.proxy) }).click()
    await pillOf(page)
      .filter({ hasText: hostOf(own) })
      .waitFor()
    await fence(page, stage.proxy)
    const asked = since(stage.proxy)
    await page.reload()
    await untilHistoryRead(page)
    await fence(page, stage.proxy)
    expect(asked().map(({ method }) => method)).toEqual([expect.stringMatching(/^test_fence/)])
    // The last one stays on.
    const after = await openPanel(page)
    await after.getByRole('checkbox', { name: hostOf(own) }).click()
    await after.getByRole('alert').filter({ hasText: 'has to stay on' }).waitFor()
    expect(await after.getByRole('checkbox', { name: hostOf(own) }).isChecked()).toBe(true)
  })

  test('behavior: moved by the keyboard alone, the focus stays, and the order holds after a reload', async () => {
    const { page, panel } = await openWithOwn()
    const down = panel.getByRole('button', { name: `Move ${hostOf(own)} down` })
    await tabTo(page, down)
    await page.keyboard.press('Enter')
    expect(await orderIn(panel)).toEqual([hostOf(stage.proxy), hostOf(own)])
    expect(await down.evaluate(button => button === document.activeElement)).toBe(true)
    await page.keyboard.press('Escape')
    await panel.waitFor({ state: 'hidden' })
    expect(await pillOf(page).evaluate(button => button === document.activeElement)).toBe(true)
    const asked = since(stage.proxy)
    await page.reload()
    await rowOf(page, 'Lido').waitFor()
    expect(asked().filter(isHeadCall).length).toBeGreaterThan(0)
  })

  test('behavior: the address goes to the one chosen alone; the ledger says so and is saved as CSV', async () => {
    const account = stage.chain.demoWallets.everything
    const carries = ({ params }: Call): boolean =>
      JSON.stringify(params).toLowerCase().includes(account.slice(2).toLowerCase())
    const { page, panel } = await openWithOwn()
    await panel.getByRole('radio', { name: `sees the wallet: ${hostOf(stage.proxy)}` }).click()
    await page.keyboard.press('Escape')
    const [chosen, other] = [since(stage.proxy), since(own)]
    await page.getByRole('textbox', { name: 'Wallet address' }).fill(account)
    await page.keyboard.press('Enter')
    await rowOf(page, /^rETH/).first().waitFor()
    // Its past is read, too: some hundred requests, and all that carry the address at the same endpoint.
    await page.getByText(/^Earned since /).waitFor()
    await page.getByText(/exact to the wei/).waitFor({ timeout: 30_000 })
    await fence(page, stage.proxy)
    const seen = chosen().filter(carries).length
    expect(seen).toBeGreaterThan(0)
    expect(other().filter(carries)).toEqual([])

    const again = await openPanel(page)
    const sums = again.getByRole('table', { name: /by operator/ })
    const withAddress = (node: FaultyProxy): Promise<string | null> =>
      sums
        .getByRole('row')
        .filter({ hasText: hostOf(node) })
        .locator('td')
        .last()
        .textContent()
    expect(await withAddress(stage.proxy)).toBe(String(chosen().filter(carries).length))
    expect(await withAddress(own)).toBe('0')
    const coming = page.waitForEvent('download')
    await again.getByRole('button', { name: 'Save as CSV' }).click()
    const download = await coming
    expect(download.suggestedFilename()).toMatch(/^poolglass-requests-\d{4}-\d\d-\d\d\.csv$/)
    const lines = readFileSync(await download.path(), 'utf8')
      .trim()
      .split('\r\n')
    expect(lines[0]).toBe(
      'time,operator,host,method,bytesOut,bytesIn,milliseconds,outcome,refusal,carriedAddress',
    )
    expect(lines.filter(line => line.endsWith(',true')).length).toBeGreaterThanOrEqual(seen)
    expect(lines.filter(line => line.endsWith(',true') && line.includes(hostOf(own)))).toEqual([])
    expect(lines.some(line => line.includes(`${hostOf(own)},eth_chainId`))).toBe(true)
  })

  test('behavior: a link chooses nothing, whatever it says and wherever', async () => {
    const evil = encodeURIComponent(stranger.url)
    for (const search of ['', `?rpc=${evil}&own=${evil}&endpoints=${evil}`]) {
      const page = await stage.open(`/?rpc=${evil}&own=${evil}&order=${evil}&wallet=${evil}`)
      await page.evaluate(text => history.replaceState(null, '', `/${text}${location.hash}`), search)
      await page.reload()
      await rowOf(page, 'Lido').waitFor()
      const panel = await openPanel(page)
      expect(await orderIn(panel)).toEqual([hostOf(stage.proxy)])
      expect(await page.evaluate(() => localStorage.getItem('poolglass:endpoints:embedded'))).toBeNull()
    }
    expect(stranger.calls).toEqual([])
  })
})

/** What axe finds in the open panel. The debugger's evaluation is not subject to the page's policy. */
async function violationsOn(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const { violations, passes }: AxeResults = await page.evaluate('axe.run(document)')
  expect(passes.length).toBeGreaterThan(10)
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}, ${failureSummary}`),
  )
}

describe('the panel itself', () => {
  test.each([
    ['wide', 1_320, 'light'],
    ['on a phone, dark', 390, 'dark'],
  ] as const)('default: axe finds nothing in it, %s', async (_, width, colorScheme) => {
    const page = await stage.open(ROUTE, { viewport: { width, height: 844 }, colorScheme })
    await untilHistoryRead(page)
    const panel = await openPanel(page)
    await addOwn(panel)
    await panel.getByRole('button', { name: `Check now: ${hostOf(stage.proxy)}` }).click()
    await panel
      .getByText(/known logs/)
      .nth(1)
      .waitFor()
    expect(await violationsOn(page)).toEqual([])
  })

  test('behavior: neither it nor the page scrolls sideways, and its controls are large enough for a finger', async () => {
    const page = await stage.open(ROUTE, { viewport: { width: 360, height: 800 } })
    await untilHistoryRead(page)
    const panel = await openPanel(page)
    await addOwn(panel)
    for (const width of [768, 360, 320]) {
      await page.setViewportSize({ width, height: 800 })
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
      const [inner, outer] = await panel.evaluate(one => [one.scrollWidth, one.clientWidth])
      expect(inner, `at ${width} px`).toBeLessThanOrEqual(outer ?? 0)
    }
    for (const control of await panel.locator('button, label').all()) {
      const box = await control.boundingBox()
      if ((await control.innerText()) === 'URL') continue
      expect(box?.height, await control.innerText()).toBeGreaterThanOrEqual(44)
    }
  })

  test('behavior: where a part of it is gone it says so, and the figures stay', async () => {
    // A page that is kept on the device has all its parts there.
    const context = await stage.browser.newContext({ locale: 'en-US', serviceWorkers: 'block' })
    const page = await stage.open(ROUTE, { context })
    await rowOf(page, 'Lido').waitFor()
    await page.route('**/EndpointsPanel-*.js', route => route.abort())
    await tabTo(page, pillOf(page))
    await page.keyboard.press('Enter')
    const panel = page.getByRole('dialog', { name: 'Endpoints' })
    await panel.getByText('Reload the page: a part of it is gone.').waitFor()
    await page.keyboard.press('Escape')
    await panel.waitFor({ state: 'hidden' })
    expect(await rowOf(page, 'Lido').count()).toBe(1)
    expect(await pillOf(page).evaluate(button => button === document.activeElement)).toBe(true)
    // The browser's own word on the part that is gone.
    expect((await stage.clear()).complaints.join()).toContain('ERR_FAILED')
  })
})
