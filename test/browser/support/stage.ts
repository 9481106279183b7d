import type { Browser, BrowserContext, Page } from 'playwright-core'
import type { PageConfig } from '../../../src/cli/pageConfig.ts'
import { servePage } from '../../../src/cli/start/servePage.ts'
import {
  type EmbeddedChain,
  type EmbeddedChainOptions,
  startEmbeddedChain,
} from '../../../src/embedded/start.ts'
import { launchBrowser } from '../../support/browser.ts'
import { type FaultyProxy, startProxy } from './proxy.ts'

export type OpenOptions = {
  /** A context to open one more page in, with all that it has stored. */
  readonly context?: BrowserContext
  readonly viewport?: { readonly width: number; readonly height: number }
  readonly colorScheme?: 'light' | 'dark'
  /** Run before the page's own scripts. */
  readonly before?: string
  /** A clock that can be moved by hand. */
  readonly clock?: boolean
}

/** Everything that a browser test needs: a chain, a proxy in front of it, the built page, and a browser. */
export type Stage = {
  readonly browser: Browser
  readonly chain: EmbeddedChain
  readonly proxy: FaultyProxy
  /** Open the page at a route, `/` or `/pool/ankr?range=90d`; in a context of its own unless one is given. */
  readonly open: (route: string, options?: OpenOptions) => Promise<Page>
  /** Close all pages, set the proxy right, and give what the browser complained about and whom the pages asked. */
  readonly clear: () => Promise<{ readonly complaints: readonly string[]; readonly hosts: readonly string[] }>
  readonly stop: () => Promise<void>
}

/** What the page must never do, said where it can be heard. */
const REPORT_VIOLATIONS = `document.addEventListener('securitypolicyviolation', event =>
  console.error('Content-Security-Policy: ' + event.violatedDirective + ' ' + event.blockedURI))`

const WIDE = { width: 1320, height: 900 }

/** Start a stage. A short history with still blocks, unless told otherwise; nothing stays behind where it fails. */
export async function startStage(options: EmbeddedChainOptions = {}): Promise<Stage> {
  const endings: (() => unknown)[] = []
  const stop = async (): Promise<void> => {
    for (const end of endings.splice(0).toReversed()) await end()
  }
  try {
    return await build(options, end => endings.push(end), stop)
  } catch (error) {
    await stop()
    throw error
  }
}

async function build(
  options: EmbeddedChainOptions,
  atEnd: (end: () => unknown) => void,
  stop: () => Promise<void>,
): Promise<Stage> {
  const chain = await startEmbeddedChain({ days: 400, live: false, ...options })
  atEnd(() => chain.stop())
  const proxy = await startProxy(chain.url)
  atEnd(() => proxy.die())
  const config: PageConfig = {
    chain: 'embedded',
    rpc: [proxy.url],
    grid: '2',
    exampleWallet: chain.demoWallets.everything,
  }
  const address = await servePage(config, 0, { atEnd })
  const browser = await launchBrowser()
  atEnd(() => browser.close())

  const complaints: string[] = []
  const hosts = new Set<string>()
  const listen = (page: Page): void => {
    page.on('console', message => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
    })
    page.on('pageerror', error => complaints.push(error.stack ?? error.message))
    page.on('request', request => {
      const { protocol, hostname } = new URL(request.url())
      if (protocol !== 'data:') hosts.add(hostname)
    })
  }
  const open: Stage['open'] = async (route, options = {}) => {
    const { context, before, clock, viewport = WIDE, colorScheme = 'light' } = options
    const page = await (context ?? (await browser.newContext({ locale: 'en-US' }))).newPage()
    listen(page)
    await page.setViewportSize(viewport)
    await page.emulateMedia({ colorScheme })
    await page.addInitScript(REPORT_VIOLATIONS)
    if (before !== undefined) await page.addInitScript(before)
    if (clock === true) await page.clock.install()
    await page.goto(`${address}#${route}`)
    return page
  }
  const clear: Stage['clear'] = async () => {
    await Promise.all(browser.contexts().map(context => context.close()))
    proxy.release()
    const seen = { complaints: complaints.splice(0), hosts: [...hosts] }
    hosts.clear()
    return seen
  }
  return { browser, chain, proxy, open, clear, stop }
}
