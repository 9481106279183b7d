import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createRpc } from '../../src/embedded/rpc.ts'
import { tokenPools } from '../../src/pools/index.ts'
import { launchBrowser } from '../support/browser.ts'
import {
  announced,
  expectRoomForLargeText,
  LARGE_TEXT,
  LISTEN_FROM_START,
  listen,
  movingParts,
  smallTargets,
} from './support/access.ts'
import { violationsOn } from './support/look.ts'
import { isArchiveCall, isHeadCall } from './support/proxy.ts'
import { goToChart, reportsRead, rowOf, untilHistoryRead } from './support/sight.ts'
import { type OpenOptions, type Stage, startStage } from './support/stage.ts'

let stage: Stage

beforeAll(async () => {
  stage = await startStage({ days: 40 })
})
afterEach(async () => {
  const { complaints } = await stage.clear()
  // The browser tells of a refused request itself.
  expect(complaints.filter(text => !text.includes('503'))).toEqual([])
})
afterAll(() => stage.stop())

/** Open the overview until all of it is drawn and nothing more is asked. */
async function openWhole(options: OpenOptions = {}, route = '/?range=30d'): Promise<Page> {
  const page = await stage.open(route, options)
  await untilHistoryRead(page)
  await reportsRead(page).waitFor()
  await page.getByRole('application').locator('[data-line]').nth(2).waitFor()
  return page
}

const BLOCK_TIME = 12_000
const blockShown = (page: Page) => page.getByRole('button', { name: /^block / })

describe('what is announced', () => {
  test('default: nothing while ten blocks pass, and then that reading has failed', async () => {
    const page = await openWhole({ clock: true })
    const rpc = createRpc(stage.chain.url)
    await listen(page)
    for (let block = 0; block < 10; block += 1) {
      const before = await blockShown(page).locator('b').textContent()
      await rpc('anvil_mine', ['0x1', '0xc'])
      await page.clock.fastForward(BLOCK_TIME + 100)
      await expect.poll(() => blockShown(page).locator('b').textContent()).not.toBe(before)
    }
    expect(await announced(page)).toEqual([])
    stage.proxy.treat(() => ({ status: 503, body: '' }))
    await expect
      .poll(async () => {
        await page.clock.fastForward(BLOCK_TIME)
        return (await announced(page)).join()
      })
      .toContain('alert: Could not read the pools again.')
  })

  test('default: that a load has ended', async () => {
    const page = await openWhole({ before: LISTEN_FROM_START })
    const texts = await announced(page)
    expect(texts.filter(text => /status: ([\d,]+) of \1 samples/.test(text)).length).toBeGreaterThan(0)
    expect(texts.filter(text => /^status: Reports .*read: exact/.test(text))).toHaveLength(1)
    expect(texts.filter(text => text.startsWith('alert'))).toEqual([])
  })
})

/** Where the page is scrolled to, in CSS pixels. */
const scrolled = (page: Page): Promise<number> => page.evaluate('scrollY')
const focused = (page: Page): Promise<string> => page.evaluate('document.activeElement.tagName')

describe('going from page to page', () => {
  test('default: a link leads to the top and the heading of its page, and back to where one was', async () => {
    const page = await openWhole()
    expect(await focused(page)).toBe('BODY')
    const link = page.getByRole('contentinfo').getByRole('link', { name: 'About the numbers' })
    await link.scrollIntoViewIfNeeded()
    const before = await scrolled(page)
    expect(before).toBeGreaterThan(500)
    await link.click()
    await page.getByRole('heading', { level: 1, name: 'About the numbers' }).waitFor()
    await expect.poll(() => focused(page)).toBe('H1')
    expect(await scrolled(page)).toBe(0)
    expect(await page.title()).toBe('About the numbers · Poolglass')
    await page.goBack()
    await rowOf(page, 'Lido').waitFor()
    await expect.poll(async () => Math.abs((await scrolled(page)) - before)).toBeLessThan(80)
    expect(await page.title()).toMatch(/^Poolglass: /)
  })

  test('behavior: Tab goes on from the heading, which shows where it is', async () => {
    const page = await openWhole()
    await page.getByRole('link', { name: 'Lido', exact: true }).focus()
    await page.keyboard.press('Enter')
    const heading = page.getByRole('heading', { level: 1, name: 'Lido wstETH' })
    await heading.waitFor()
    await expect.poll(() => focused(page)).toBe('H1')
    await page.keyboard.press('Tab')
    expect(await page.evaluate(`document.querySelector('main').contains(document.activeElement)`)).toBe(true)
  })
})

describe('stillness', () => {
  const loading = async (reducedMotion: 'reduce' | 'no-preference'): Promise<Page> => {
    stage.proxy.treat(call => (isHeadCall(call) || isArchiveCall(call) ? 'hold' : 'pass'))
    const page = await stage.open('/?range=30d')
    await page.emulateMedia({ reducedMotion })
    await page.getByText('Reading the pools').waitFor({ state: 'attached' })
    return page
  }

  test('default: whoever asks for it has nothing that moves', async () => {
    const page = await loading('reduce')
    expect(await movingParts(page)).toEqual([])
    stage.proxy.release()
    await untilHistoryRead(page)
    await page.getByRole('application').locator('[data-line]').first().waitFor()
    expect(await movingParts(page)).toEqual([])
    for (const place of ['/pool/lido', `/wallet/${stage.chain.demoWallets.rethOnly}`, '/method']) {
      await page.evaluate(hash => location.assign(hash), `#${place}`)
      await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor()
      expect(await movingParts(page), place).toEqual([])
    }
  })

  test('behavior: what moves for others is found', async () => {
    const page = await loading('no-preference')
    expect((await movingParts(page)).length).toBeGreaterThan(0)
  })
})

/** The chosen radio button of each group and one that is not: how they look where all colours are the system's. */
const CHOICES = `[...document.querySelectorAll('fieldset')].flatMap(fieldset => {
  const labels = [...fieldset.querySelectorAll('label:has([type=radio])')]
  const lookOf = label => {
    const { color, backgroundColor, borderTopColor, borderBottomColor, borderTopStyle, outlineStyle, textDecorationLine, fontWeight } = getComputedStyle(label)
    return [color, backgroundColor, borderTopColor, borderBottomColor, borderTopStyle, outlineStyle, textDecorationLine, fontWeight].join(' ')
  }
  const isChosen = label => label.querySelector('input').checked
  const [chosen, other] = [labels.find(isChosen), labels.find(label => !isChosen(label))]
  return chosen === undefined || other === undefined ? [] : [[lookOf(chosen), lookOf(other)]]
})`

describe('forced colours', () => {
  test.each(['light', 'dark'] as const)(
    'default: on %s lines are seen, and what is chosen differs',
    async colorScheme => {
      const page = await openWhole({ colorScheme })
      await page.emulateMedia({ colorScheme, forcedColors: 'active' })
      expect(await page.evaluate(`matchMedia('(forced-colors: active)').matches`)).toBe(true)
      const paper = await page.evaluate('getComputedStyle(document.body).backgroundColor')
      const strokes = await page
        .getByRole('application')
        .locator('path[data-line]')
        .evaluateAll(lines => lines.map(line => getComputedStyle(line).stroke))
      expect(strokes).toHaveLength(tokenPools.length)
      expect(strokes.filter(stroke => stroke === paper || stroke === 'none')).toEqual([])
      const choices: [string, string][] = await page.evaluate(CHOICES)
      expect(choices.length).toBeGreaterThan(3)
      for (const [chosen, other] of choices) expect(chosen).not.toBe(other)
      expect(await violationsOn(page)).toEqual([])
    },
  )
})

describe('large text', () => {
  let large: Browser
  let context: BrowserContext

  beforeAll(async () => {
    large = await launchBrowser(LARGE_TEXT)
    context = await large.newContext({ locale: 'en-US' })
  })
  afterAll(() => large.close())

  const open = async (route: string): Promise<Page> => {
    const page = await stage.open(route, { context })
    await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor()
    await blockShown(page).waitFor()
    return page
  }

  test.each(['/method', '/wallet', '/nowhere', '/pool/staked', '/pool/terra?range=10y'])(
    'default: %s has room for text twice as large',
    async route => {
      const page = await open(route)
      await expectRoomForLargeText(page)
      await page.close()
    },
  )

  test.each(['/?range=90d', '/pool/rocket-pool?range=90d', 'wallet'])(
    'default: %s, full, has room for text twice as large',
    async route => {
      const page = await open(route === 'wallet' ? `/wallet/${stage.chain.demoWallets.everything}` : route)
      // A wallet's chart is another one.
      if (route === 'wallet') await page.getByRole('application').waitFor()
      else await goToChart(page)
      await expectRoomForLargeText(page)
      await page.close()
    },
  )

  test('default: the panel of endpoints has room for text twice as large', async () => {
    const page = await open('/method')
    await blockShown(page).click()
    await page.getByRole('dialog').getByRole('heading').first().waitFor()
    await expectRoomForLargeText(page)
    await page.close()
  })
})

describe('touch', () => {
  const places: readonly (readonly [string, string, (page: Page) => Promise<unknown>])[] = [
    ['overview', '/?range=30d', page => goToChart(page)],
    ['pool', '/pool/lido?range=30d', page => goToChart(page)],
    ['wallet', '/wallet/everything', page => page.getByText('exact to the wei').waitFor()],
    ['wallet-start', '/wallet', page => page.getByText(/Paste one address or several/).waitFor()],
    ['method', '/method', page => page.getByRole('heading', { name: 'About the numbers' }).waitFor()],
    ['lost', '/nowhere', page => page.getByRole('heading', { name: 'No such page' }).waitFor()],
    ['ignored', '/method?range=10y', page => page.getByText(/^Not all of this link/).waitFor()],
    [
      'endpoints',
      '/method',
      async page => {
        await blockShown(page).click()
        await page.getByRole('dialog').getByRole('listitem').first().waitFor()
      },
    ],
    [
      'receipt',
      '/?range=30d',
      async page => {
        await rowOf(page, 'Lido').getByRole('button').first().click()
        await page
          .getByRole('dialog')
          .getByText(/^cast call/)
          .first()
          .waitFor()
      },
    ],
  ]

  test.each(places)(
    'default: on a phone the controls of %s are large enough for a finger',
    async (_, route, ready) => {
      const context = await stage.browser.newContext({ locale: 'en-US', hasTouch: true })
      const page = await stage.open(route.replace('everything', stage.chain.demoWallets.everything), {
        context,
        viewport: { width: 360, height: 800 },
      })
      await ready(page)
      expect(await smallTargets(page)).toEqual([])
    },
  )
})
