import { setTimeout as pause } from 'node:timers/promises'
import type { Browser, Page } from 'playwright-core'
import { splitOptions } from '../../src/cli/common/options.ts'
import { complain, print } from '../../src/cli/common/output.ts'
import { type CommandContext, runCommand } from '../../src/cli/common/runCommand.ts'
import { EMBEDDED_GRID } from '../../src/embedded/schedule.ts'
import { startEmbeddedChain } from '../../src/embedded/start.ts'
import { launchBrowser } from '../support/browser.ts'
import { findBrowser } from '../support/findBrowser.ts'
import {
  brokenFirstFigures,
  FIGURE_MARK,
  type FirstFigure,
  type FirstFigures,
  firstFigureOf,
  firstFigureText,
  PAINTED_MARK,
  type TraceEvent,
  type Visit,
} from './firstFigureTrace.ts'
import { buildSite, serveSite } from './site.ts'
import { startSlowEndpoint } from './slowEndpoint.ts'

const HELP = `Usage: npm run bench

Traces the way from the page's script to its first figure in Chromium, with an endpoint that answers after 100 ms: ten
first visits, and ten by browsers that may ask the endpoint already. Ends with 1 where the page asks more than once, or
the figure is painted too late at the median, beside what an empty page takes to ask.`

const DELAY = 100
const VISITS = 10
/** Milliseconds between two visits. */
const QUIET = 1_500
const CATEGORIES = ['devtools.timeline', 'v8', 'blink.user_timing']

/** Mark when a rate stands in the table, and the end of the frame that paints it. */
const WATCH = `new MutationObserver((_, observer) => {
  const rates = [...document.querySelectorAll('tbody td button')]
  if (!rates.some(({ textContent }) => /^\\d\\.\\d{5}/.test(textContent))) return
  observer.disconnect()
  performance.mark('${FIGURE_MARK}')
  const afterFrame = new MessageChannel()
  afterFrame.port1.onmessage = () => performance.mark('${PAINTED_MARK}')
  requestAnimationFrame(() => afterFrame.port2.postMessage(undefined))
}).observe(document, { subtree: true, childList: true, characterData: true })`

type Places = { readonly page: string; readonly endpoint: string }

/** Run in an empty page: ask the endpoint the least there is to ask, and give the milliseconds until it has answered. */
async function ask(url: string): Promise<number> {
  const asked = performance.now()
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"jsonrpc":"2.0","id":1,"method":"eth_chainId","params":[]}',
  })
  await answer.text()
  return performance.now() - asked
}

/** Open the page, under trace. */
async function trace(browser: Browser, page: Page, places: Places): Promise<FirstFigure> {
  await page.addInitScript(WATCH)
  await browser.startTracing(page, { categories: CATEGORIES })
  await page.goto(places.page)
  await page.waitForFunction(name => performance.getEntriesByName(name).length > 0, PAINTED_MARK)
  // The end of the answer's own event may be written a moment after what follows from it.
  await page.waitForTimeout(200)
  const read: { readonly traceEvents: readonly TraceEvent[] } = JSON.parse(
    (await browser.stopTracing()).toString(),
  )
  return firstFigureOf(read.traceEvents, places.endpoint)
}

async function inNewContext<Value>(browser: Browser, work: (page: Page) => Promise<Value>): Promise<Value> {
  const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1320, height: 900 } })
  try {
    return await work(await context.newPage())
  } finally {
    await context.close()
    // The node still works on what the page has asked for.
    await pause(QUIET)
  }
}

/** Visit the page as one who was never there, then as one whose browser has just been allowed to ask the endpoint. */
async function visits(
  browser: Browser,
  places: Places,
  exchangesOf: () => number,
): Promise<readonly [Visit, Visit]> {
  exchangesOf()
  const first = await inNewContext(browser, page => trace(browser, page, places))
  const whenNew = exchangesOf()
  return inNewContext(browser, async page => {
    await page.goto(`${places.page}robots.txt`)
    const bare = await page.evaluate(ask, places.endpoint)
    const bareAllowed = await page.evaluate(ask, places.endpoint)
    exchangesOf()
    const next = await trace(browser, page, places)
    return [
      { ...first, bare, exchanges: whenNew },
      { ...next, bare: bareAllowed, exchanges: exchangesOf() },
    ] as const
  })
}

async function firstFigure({ args, atEnd }: CommandContext): Promise<number> {
  const { values } = splitOptions(args, { help: { type: 'boolean' } })
  if (values['help'] === true) {
    print(HELP)
    return 0
  }
  findBrowser({ install: true })
  const chain = await startEmbeddedChain({ days: 400, live: false })
  atEnd(() => chain.stop())
  const endpoint = await startSlowEndpoint(chain.url, DELAY, atEnd)
  const config = { chain: 'embedded', rpc: [endpoint.url], grid: String(EMBEDDED_GRID) } as const
  const { url: page } = await serveSite(await buildSite(atEnd), config, atEnd)
  const browser = await launchBrowser()
  atEnd(() => browser.close())
  const places = { page, endpoint: endpoint.url }
  const exchangesOf = (): number => endpoint.take().indexOf('POST') + 1
  // Once unmeasured: a browser is slow the first time.
  await visits(browser, places, exchangesOf)
  const all: (readonly [Visit, Visit])[] = []
  for (let count = 0; count < VISITS; count += 1) all.push(await visits(browser, places, exchangesOf))
  const kinds: readonly FirstFigures[] = [
    { name: 'First visit', visits: all.map(([first]) => first) },
    { name: 'Allowed to ask', visits: all.map(([, next]) => next) },
  ]
  print(`\nChromium ${browser.version()}: from the page’s script to its first figure.`)
  print(firstFigureText(kinds, DELAY))
  print(
    'An exchange is a way to the endpoint and back. A page that asks another origin in JSON makes two of one request: ' +
      'the browser asks whether it may (OPTIONS) before it sends it, and remembers the answer for some seconds. ' +
      '“Empty page” is what such an exchange takes from a page that does nothing else.',
  )
  const broken = brokenFirstFigures(kinds)
  for (const words of broken) complain(`Budget broken: ${words}.`)
  print(broken.length === 0 ? '\nThe first figure is within its budget.' : '')
  return broken.length === 0 ? 0 : 1
}

await runCommand('answers', firstFigure)
