import type { Browser } from 'playwright-core'
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
} from './firstFigureTrace.ts'
import { buildSite, serveSite } from './site.ts'
import { startSlowEndpoint } from './slowEndpoint.ts'

const HELP = `Usage: npm run bench

Traces the way from the page's script to its first figure in Chromium, ten first visits with an endpoint that answers
100 ms late. Ends with 1 where the page asks more than once, or the figure is painted too late at the median.`

const DELAY = 100
const VISITS = 10
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

/** Visit the page for the first time, under trace. */
async function visit(browser: Browser, places: Places): Promise<FirstFigure> {
  const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1320, height: 900 } })
  try {
    const page = await context.newPage()
    await page.addInitScript(WATCH)
    await browser.startTracing(page, { categories: CATEGORIES })
    await page.goto(places.page)
    await page.waitForFunction(name => performance.getEntriesByName(name).length > 0, PAINTED_MARK)
    // The end of the answer's own event may be written a moment after what follows from it.
    await page.waitForTimeout(200)
    const trace: { readonly traceEvents: readonly TraceEvent[] } = JSON.parse(
      (await browser.stopTracing()).toString(),
    )
    return firstFigureOf(trace.traceEvents, places.endpoint)
  } finally {
    await context.close()
  }
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
  // Once unmeasured: a browser is slow the first time.
  await visit(browser, places)
  const visits: FirstFigure[] = []
  let exchanges = 0
  for (let count = 0; count < VISITS; count += 1) {
    endpoint.take()
    visits.push(await visit(browser, places))
    const seen = endpoint.take()
    exchanges = Math.max(exchanges, seen.indexOf('POST') + 1)
  }
  const all: readonly FirstFigures[] = [{ name: 'First visit', exchanges, visits }]
  print(`\nChromium ${browser.version()}: from the page’s script to its first figure.`)
  print(firstFigureText(all, DELAY))
  print(
    'An exchange is a way to the endpoint and back. A page that asks another origin in JSON makes two of one request: ' +
      'the browser asks for leave (OPTIONS) before it sends it.',
  )
  const broken = brokenFirstFigures(all, DELAY)
  for (const words of broken) complain(`Budget broken: ${words}.`)
  print(broken.length === 0 ? '\nThe first figure is within its budget.' : '')
  return broken.length === 0 ? 0 : 1
}

await runCommand('answers', firstFigure)
