import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { expectNoSideways } from './support/access.ts'
import { isHeadCall } from './support/proxy.ts'
import { click, hashOf, rowOf, untilHistoryRead } from './support/sight.ts'
import { type Stage, startStage } from './support/stage.ts'

let stage: Stage

beforeAll(async () => {
  stage = await startStage({ days: 40 })
})
afterEach(async () => {
  expect((await stage.clear()).complaints).toEqual([])
})
afterAll(() => stage.stop())

const NARROWEST = { width: 320, height: 640 }
const title = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true })
const linkNotice = (page: Page) => page.getByText(/^Not all of this link could be followed/)

/** Expect that the page can be used: its figures are there, and a choice is followed. */
async function expectUsable(page: Page): Promise<void> {
  await rowOf(page, 'Lido').getByRole('button').first().waitFor()
  await click(page, 'Range', '30 d')
  await expect.poll(() => hashOf(page)).toContain('range=30d')
  await untilHistoryRead(page)
}

describe('a link', () => {
  test('default: asks for what there is not: the page says what it ignored, and goes on', async () => {
    const query = 'range=10y&window=-1&show=__proto__&as=APY&kind=bank&hide=all,lido&sort=colour&x=1'
    const page = await stage.open(`/?${query}`, { viewport: NARROWEST })
    const notice = linkNotice(page)
    await notice.waitFor()
    for (const word of ['10y', '-1', '__proto__', 'APY', 'bank', 'all', 'colour', 'x'])
      expect(await notice.textContent()).toContain(`“${word}”`)
    expect(await notice.textContent()).not.toContain('lido')
    await expectNoSideways(page, 'notice')
    await notice.getByRole('button', { name: 'Close' }).click()
    await notice.waitFor({ state: 'detached' })
    await expectUsable(page)
    expect(await page.getByRole('checkbox', { name: 'Lido' }).isChecked()).toBe(false)
    expect(await page.getByRole('checkbox', { name: 'Ankr' }).isChecked()).toBe(true)
  })

  test('behavior: of which all can be followed has no notice, also where others follow its readers', async () => {
    const page = await stage.open('/?range=30d&hide=ankr&sort=name&utm_source=mail&fbclid=7')
    await untilHistoryRead(page)
    // Looked for by then, as the figures are there.
    await page.waitForFunction(
      `performance.getEntriesByType('resource').some(({ name }) => name.includes('IgnoredNotice'))`,
    )
    expect(await linkNotice(page).count()).toBe(0)
  })

  test('behavior: to no pool and to no page names what was asked for and leads to the overview', async () => {
    const page = await stage.open('/pool/terra?range=30d', { viewport: NARROWEST })
    await title(page, 'No such pool').waitFor()
    await page.getByText(/^“terra” is not a pool that Poolglass reads/).waitFor()
    expect(await page.title()).toBe('No such pool · Poolglass')
    await page.evaluate(`location.hash = '#/nowhere/${'x'.repeat(5_000)}<img>'`)
    await title(page, 'No such page').waitFor()
    await page.getByText(/^There is nothing at “\/nowhere\/x+…”/).waitFor()
    await expectNoSideways(page, 'no such page')
    await page.getByRole('link', { name: 'Go to the overview.' }).click()
    await rowOf(page, 'Lido').waitFor()
  })

  test('behavior: with a hostile text shows it as text, short and the right way round', async () => {
    const hostile = encodeURIComponent(`<script>document.title='x'</script>\u202e${'a'.repeat(60_000)}`)
    const page = await stage.open(`/?range=${hostile}&${hostile}=1&hide=${hostile}`, { viewport: NARROWEST })
    const text = await linkNotice(page).textContent()
    expect(text?.length).toBeLessThan(300)
    expect(text).not.toContain('\u202e')
    expect(await page.title()).toMatch(/^Poolglass: /)
    await expectNoSideways(page, 'hostile')
    await expectUsable(page)
  })

  test('behavior: that hides five hundred pools hides those that there are', async () => {
    const many = Array.from({ length: 500 }, (_, index) => `pool-${index}`)
    const page = await stage.open(`/?range=30d&hide=${[...many, 'lido'].join()}`)
    await page.getByText('“pool-0”, “pool-1”, “pool-2” and 497 more').waitFor()
    await untilHistoryRead(page)
    expect(await page.getByRole('checkbox', { name: 'Lido' }).isChecked()).toBe(false)
    await click(page, 'Pools in the chart', 'Lido')
    expect(await hashOf(page)).not.toContain('lido')
  })

  test('behavior: with its choices before the # says that they are not read', async () => {
    const page = await stage.open('/')
    const { origin, pathname } = new URL(page.url())
    await page.goto(`${origin}${pathname}?range=90d&v=2#/method`)
    await linkNotice(page).filter({ hasText: '“range” before the #' }).waitFor()
    await title(page, 'About the numbers').waitFor()
  })

  test('behavior: says it also where no figure comes', async () => {
    stage.proxy.treat(call => (isHeadCall(call) ? { status: 503, body: '' } : 'pass'))
    const page = await stage.open('/method?range=10y')
    await linkNotice(page).waitFor()
    await title(page, 'About the numbers').waitFor()
    // The browser tells of each 503 itself.
    const { complaints } = await stage.clear()
    expect(complaints.filter(text => !text.includes('503'))).toEqual([])
  })
})

const stored = (entries: Readonly<Record<string, string>>): string =>
  `for (const [key, value] of Object.entries(${JSON.stringify(entries)})) localStorage.setItem(key, value)`

describe('what was stored', () => {
  test('behavior: by another version is said once, the rest is kept, and the page goes on', async () => {
    const context = await stage.browser.newContext({ locale: 'en-US' })
    const node = stage.proxy.url
    const broken = {
      'poolglass:theme': 'pink',
      'poolglass:endpoints:embedded': JSON.stringify({ own: [node, 7], order: 'mine', switched: null }),
      'poolglass:wallets': '{"version":1,"wallets":[["glass.eth"],["no name"]]}',
    }
    const page = await stage.open('/', {
      context,
      before: `if (localStorage.length === 0) { ${stored(broken)} }`,
    })
    const notice = page.getByRole('status').filter({ hasText: 'The stored colours cannot be read' })
    await notice.filter({ hasText: 'nodes of your own, their order, which are on and off' }).waitFor()
    await notice.filter({ hasText: 'Not all remembered wallets can be read' }).waitFor()
    await expectUsable(page)
    await notice.getByRole('button', { name: 'Close' }).click()
    await page.reload()
    await expectUsable(page)
    expect(await notice.count()).toBe(0)
    // Another version may still read what this one cannot.
    expect(await page.evaluate(`localStorage.getItem('poolglass:theme')`)).toBe('pink')
    await page.evaluate(`location.hash = '#/wallet'`)
    await page.getByRole('button', { name: 'glass.eth', exact: true }).waitFor()
  })

  test('behavior: broken beyond reading leaves the usual endpoints, and says so', async () => {
    const page = await stage.open('/', {
      before: stored({ 'poolglass:endpoints:embedded': '{"own":["http' }),
    })
    await page
      .getByText(/^The stored choice of endpoints cannot be read, so the usual ones are asked/)
      .waitFor()
    await expectUsable(page)
  })

  test('behavior: a node that may not be asked is named and not asked', async () => {
    const settings = JSON.stringify({ own: ['http://node.example:8545'], order: [], switched: {} })
    const page = await stage.open('/', { before: stored({ 'poolglass:endpoints:embedded': settings }) })
    await page.getByText(/^Your node “http:\/\/node\.example:8545” is not asked/).waitFor()
    await expectUsable(page)
    expect((await stage.clear()).hosts).toEqual(['127.0.0.1'])
  })
})

const FULL = `Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }`
const DENIED = `Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError') } })`
const NOTHING_AT_ALL = `${DENIED}; Object.defineProperty(window, 'indexedDB', { get() { throw new DOMException('denied', 'SecurityError') } })`
/** Room for a database, none for what is put into it. */
const NO_ROOM = `IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError') }`

const SETTINGS_FULL = /^The browser’s storage for this page is full/
const NO_SETTINGS = /^This browser keeps no settings for this page/
const NO_HISTORY = /^This browser does not let the page keep what it has read/

describe('a browser that keeps nothing', () => {
  test.each([
    ['has no room for settings', FULL, [SETTINGS_FULL]],
    ['throws on access', DENIED, [NO_SETTINGS]],
    ['throws on access to everything', NOTHING_AT_ALL, [NO_SETTINGS, NO_HISTORY]],
    ['has no room for history', NO_ROOM, [NO_HISTORY]],
  ])('behavior: that %s is said once, and all pages work', async (_, before, sentences) => {
    const page = await stage.open('/?range=30d', { before, viewport: NARROWEST })
    for (const sentence of sentences) {
      await page.getByText(sentence).waitFor()
      expect(await page.getByText(sentence).count()).toBe(1)
    }
    await expectNoSideways(page, 'notice')
    await expectUsable(page)
    // A choice is followed for as long as the page is open.
    await page.getByRole('button', { name: /^Colours: as the system/ }).click()
    expect(await page.evaluate('document.documentElement.dataset.theme')).toBe('light')
    await page.evaluate(`location.hash = '#/wallet/${stage.chain.demoWallets.rethOnly}'`)
    await rowOf(page, /^rETH/).first().waitFor()
    for (const sentence of sentences) expect(await page.getByText(sentence).count()).toBe(1)
  })
})
