import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Host, makeNextVersion, startHost } from './support/host.ts'
import { cellOf } from './support/sight.ts'
import { type Stage, startStage } from './support/stage.ts'

const KEPT = 'This page is kept on this device and opens without a network.'
const NEWER = 'A new version is ready.'
const LAZY: readonly (readonly [string, string])[] = [
  ['#/method', 'About the numbers'],
  ['#/pool/lido', 'Lido wstETH'],
  ['#/wallet', 'Wallet'],
]

/** Layout shifts that no reader caused, added up. */
const WATCH_SHIFTS = `window.shifts = 0
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifts += entry.value
}).observe({ type: 'layout-shift', buffered: true })`

let stage: Stage
const hosts: Host[] = []

beforeAll(async () => {
  stage = await startStage()
})
afterEach(async () => {
  for (const host of hosts.splice(0)) await host.stop()
})
afterAll(() => stage.stop())

const untilKept = (page: Page): Promise<void> => page.getByText(KEPT).waitFor()

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true })

/** Go to a page within the page, and wait for it. */
async function follow(page: Page, [hash, title]: readonly [string, string]): Promise<void> {
  await page.evaluate(to => location.assign(to), hash)
  await heading(page, title).waitFor()
}

const versionOf = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => document.documentElement.dataset['version'])

const namesOfCaches = (page: Page): Promise<string[]> => page.evaluate(() => caches.keys())

/** A reader of a static host, where nobody but that host is asked. */
async function createReader(): Promise<{ context: BrowserContext; failed: string[] }> {
  const context = await stage.browser.newContext({ locale: 'en-US' })
  await context.route(/^https:/, route => route.abort())
  const failed: string[] = []
  context.on('requestfailed', request => {
    if (request.url().startsWith('http:')) failed.push(request.url())
  })
  return { context, failed }
}

async function startSite(path: string): Promise<Host> {
  const host = await startHost(path)
  hosts.push(host)
  return host
}

describe('without a network, after one visit', () => {
  test('default: the page opens, and each of its pages, and nothing is loud but what asks the chain', async () => {
    const context = await stage.browser.newContext({ locale: 'en-US' })
    const first = await stage.open('/', { context })
    await (await cellOf(first, 'Lido', 'Rate')).waitFor()
    await untilKept(first)
    const address = first.url()
    await first.close()
    await context.setOffline(true)
    const page = await context.newPage()
    const failed: string[] = []
    const loud: string[] = []
    page.on('console', message => {
      const isOfChain = message.location().url.startsWith(stage.proxy.url)
      if (message.type() === 'error' && !isOfChain) loud.push(message.text())
    })
    context.on('requestfailed', request => {
      // The worker asks the server first, in vain, and answers all the same.
      const isOfPage = request.serviceWorker() === null
      if (isOfPage && !request.url().startsWith(stage.proxy.url)) failed.push(request.url())
    })
    await page.goto(address)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.getByRole('heading', { name: 'Pools', exact: true }).waitFor()
    for (const place of LAZY) await follow(page, place)
    expect([failed, loud]).toEqual([[], []])
    await context.close()
  })

  test('behavior: the server’s own page comes first as long as there is one', async () => {
    const context = await stage.browser.newContext({ locale: 'en-US' })
    const first = await stage.open('/', { context })
    await untilKept(first)
    await context.route(first.url().replace(/#.*/, ''), async route => {
      const response = await route.fetch()
      const html = (await response.text()).replace('<body>', '<body data-start="second">')
      await route.fulfill({ response, body: html })
    })
    await first.reload()
    expect(await first.evaluate(() => navigator.serviceWorker.controller?.scriptURL)).toMatch(
      /\/sw\.js\?live$/,
    )
    expect(await first.locator('body').getAttribute('data-start')).toBe('second')
    await context.close()
  })
})

describe('on a static host, below a path', () => {
  test('default: kept within that path, and opened from there without the host', async () => {
    const host = await startSite('/some/path/')
    const { context, failed } = await createReader()
    const page = await context.newPage()
    await page.goto(host.url)
    await untilKept(page)
    expect(await namesOfCaches(page)).toEqual([`poolglass ${host.url} ${await versionOf(page)}`])
    expect(host.missing).toEqual([])
    await host.stop()
    for (const start of ['', 'index.html', '?from=elsewhere']) {
      await page.goto(`${host.url}${start}`)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.getByRole('heading', { name: 'Pools', exact: true }).waitFor()
    }
    for (const place of LAZY) await follow(page, place)
    expect(failed).toEqual([])
    expect(await page.evaluate(() => fetch('./assets/none-00000000.js').then(String, () => 'refused'))).toBe(
      'refused',
    )
    await context.close()
  })

  test('behavior: installed from there, with its icons', async () => {
    const host = await startSite('/some/path/')
    const { context } = await createReader()
    const page = await context.newPage()
    await page.goto(`${host.url}index.html`)
    const session = await context.newCDPSession(page)
    const { url, errors, data } = await session.send('Page.getAppManifest')
    expect([url, errors]).toEqual([`${host.url}manifest.webmanifest`, []])
    const { icons } = JSON.parse(data ?? '') as { icons: { src: string; sizes: string }[] }
    for (const { src, sizes } of icons.filter(icon => icon.src.endsWith('.png'))) {
      const size = await page.evaluate(async address => {
        const image = new Image()
        image.src = address
        await image.decode()
        return `${image.naturalWidth}x${image.naturalHeight}`
      }, `./${src}`)
      expect(size).toBe(sizes)
    }
    expect(await page.evaluate(() => fetch('./social.png').then(({ status }) => status))).toBe(200)
    expect(host.missing).toEqual([])
    await context.close()
  })
})

test('behavior: a part that nobody has any more says what to do', async () => {
  const host = await startSite('/')
  const { context } = await createReader()
  await context.route(/\/MethodPage-/, route => route.abort())
  const page = await context.newPage()
  await page.goto(`${host.url}#/method`)
  await page.getByRole('alert').filter({ hasText: 'Reload the page: a part of it is gone.' }).waitFor()
  await context.close()
})

describe('a new version', () => {
  test('default: it waits, is told, and comes whole; pages of the old one keep their parts', async () => {
    const host = await startSite('/')
    const { context, failed } = await createReader()
    const page = await context.newPage()
    await page.goto(host.url)
    await untilKept(page)
    const other = await context.newPage()
    await other.goto(host.url)
    const old = await versionOf(page)

    host.publish(await makeNextVersion(['MethodPage', 'PoolPage', 'WalletPage']))
    // What a browser does by itself at each visit.
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update())
    const notice = page.getByRole('status').filter({ hasText: NEWER })
    await notice.waitFor()
    expect(await page.getByRole('alert').filter({ hasText: NEWER }).count()).toBe(0)
    expect(await namesOfCaches(page)).toHaveLength(2)

    // The old page loads a part that the host has no more; a visit meanwhile is one of the old version, too.
    await follow(page, ['#/method', 'About the numbers'])
    const third = await context.newPage()
    await third.goto(host.url)
    expect(await versionOf(third)).toBe(old)
    await third.close()

    await notice.getByRole('button', { name: 'Reload for the new version' }).click()
    await expect.poll(() => versionOf(page).catch(() => old)).not.toBe(old)
    await untilKept(page)
    expect(await page.getByText(NEWER).count()).toBe(0)
    for (const place of LAZY) await follow(page, place)

    // The tab whose worker was replaced is told as well, and goes on in its own version until its reader reloads.
    await other.getByRole('status').filter({ hasText: NEWER }).waitFor()
    expect(await versionOf(other)).toBe(old)
    for (const place of LAZY) await follow(other, place)
    await other.getByRole('button', { name: 'Reload for the new version' }).click()
    await expect.poll(() => versionOf(other).catch(() => old)).toBe(await versionOf(page))
    expect([host.missing, failed]).toEqual([[], []])
    await context.close()
  })

  test('behavior: half a version is none, and the page goes on with its own', async () => {
    const host = await startSite('/')
    const { context } = await createReader()
    const page = await context.newPage()
    await page.goto(host.url)
    await untilKept(page)
    const next = await makeNextVersion(['MethodPage'])
    rmSync(join(next, 'favicon.svg'))
    host.publish(next)
    await page.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration()
      await registration?.update()
      const worker = registration?.installing
      await new Promise<void>(resolve => {
        if (worker == null) return resolve()
        worker.addEventListener('statechange', () => {
          if (worker.state === 'redundant') resolve()
        })
      })
    })
    expect(await namesOfCaches(page)).toEqual([`poolglass ${host.url} ${await versionOf(page)}`])
    expect(await page.getByText(NEWER).count()).toBe(0)
    await follow(page, ['#/method', 'About the numbers'])
    await context.close()
  })
})

describe('before the page’s script has come', () => {
  const boxOf = (page: Page, selector: string) => page.locator(selector).first().boundingBox()

  test.each([
    { width: 1320, height: 900 },
    { width: 360, height: 740 },
  ])('default: the overview stands where it will stay, at $width px', async viewport => {
    const host = await startSite('/')
    const { context } = await createReader()
    let release = (): void => undefined
    const held = new Promise<void>(resolve => {
      release = resolve
    })
    await context.route(/assets\/index-[^/]+\.js$/, async route => {
      await held
      await route.continue()
    })
    const page = await context.newPage()
    await page.setViewportSize(viewport)
    await page.addInitScript(WATCH_SHIFTS)
    await page.goto(host.url, { waitUntil: 'commit' })
    await page.getByText('Reading the contracts…').waitFor()
    const [early, earlyHead] = [await boxOf(page, 'h1'), await boxOf(page, 'header')]
    expect(early?.y).toBeGreaterThan(40)
    expect(await page.locator('[inert]').count()).toBe(1)
    release()
    await page.locator('footer').waitFor()
    expect(await page.locator('[inert]').count()).toBe(0)
    const [late, lateHead] = [await boxOf(page, 'h1'), await boxOf(page, 'header')]
    expect(Math.abs((late?.y ?? 0) - (early?.y ?? 0))).toBeLessThanOrEqual(1)
    expect(Math.abs((lateHead?.height ?? 0) - (earlyHead?.height ?? 0))).toBeLessThanOrEqual(1)
    expect(await page.evaluate('window.shifts')).toBeLessThan(0.01)
    await context.close()
  })

  test('behavior: a script that cannot be had is said', async () => {
    const host = await startSite('/')
    const { context } = await createReader()
    await context.route(/assets\/index-[^/]+\.js$/, route => route.abort())
    const page = await context.newPage()
    await page.goto(host.url)
    await page.getByRole('alert').filter({ hasText: 'The page could not be loaded. Reload it.' }).waitFor()
    await context.close()
  })
})
