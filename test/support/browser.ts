import { type Browser, chromium } from 'playwright-core'
import { findBrowser } from './findBrowser.ts'

const quietArgs = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
]

/** Start the browser that `findBrowser` names, headless and without traffic of its own. Installs nothing. */
export function launchBrowser(extraArgs: readonly string[] = []): Promise<Browser> {
  const { path } = findBrowser({ install: false })
  return chromium.launch({ executablePath: path, args: [...quietArgs, ...extraArgs] })
}
