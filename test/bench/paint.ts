import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CDPSession, Page } from 'playwright-core'
import { build, preview } from 'vite'
import { splitOptions } from '../../src/cli/common/options.ts'
import { complain, print } from '../../src/cli/common/output.ts'
import { type CommandContext, runCommand } from '../../src/cli/common/runCommand.ts'
import { launchBrowser } from '../support/browser.ts'
import { findBrowser } from '../support/findBrowser.ts'
import { DAYS } from './page/fiveYears.ts'
import type { Shot } from './page/meter.ts'
import { brokenPaints, type PaintSeries, paintText, SLOWED } from './paintReport.ts'

const HELP = `Usage: npm run bench

Times how soon the built page paints in Chromium after a click, with fifteen pools over five years of daily reports, at
full speed and with the processor slowed four times. Ends with 1 where a median breaks its budget.`

const PAGE = join(import.meta.dirname, 'page')
const CONFIG = join(import.meta.dirname, '../../vite.config.ts')
const HOST = '127.0.0.1'
const CLICKS = 20
/** Milliseconds that a finger stays on the button. */
const PRESS = 40

const CARD = 'section[aria-labelledby="history-title"]'

/** The page did not do what was to be timed. */
class NothingToTime extends Error {
  override readonly name = 'NothingToTime'
}

/** A choice, and the options that are clicked one after the other, again and again. The one before the first is chosen. */
type Choice = { readonly name: string; readonly legend: string; readonly options: readonly string[] }

const CHOICES: readonly Choice[] = [
  { name: 'Range: 1 y, 90 d, 1 y, all', legend: 'Range', options: ['1 y', '90 d', '1 y', 'All'] },
  {
    name: 'Window: 90 d, 1 y, 7 d, 30 d',
    legend: 'Window of the yield, chart',
    options: ['90 d', '1 y', '7 d', '30 d'],
  },
  {
    name: 'What is shown: five measures',
    legend: 'What the chart shows',
    options: ['Rate', 'Growth', 'Supply', 'Premium', 'Yield'],
  },
]

/** Build the page that is timed as the real one is built, in a folder that goes with the command. */
async function servePage(atEnd: CommandContext['atEnd']): Promise<string> {
  const outDir = await mkdtemp(join(tmpdir(), 'poolglass-bench-'))
  atEnd(() => rm(outDir, { recursive: true, force: true }))
  process.env['NODE_ENV'] = 'production'
  const shared = { root: PAGE, logLevel: 'error', publicDir: false } as const
  await build({ ...shared, configFile: CONFIG, build: { outDir, emptyOutDir: true } })
  const listening = process.listeners('SIGTERM')
  const server = await preview({
    ...shared,
    configFile: false,
    build: { outDir },
    preview: { host: HOST, port: 0, strictPort: true },
  })
  // vite would end the process before the folder is gone; the command ends vite.
  for (const listener of process.listeners('SIGTERM'))
    if (!listening.includes(listener)) process.off('SIGTERM', listener)
  atEnd(() => server.close())
  const address = server.httpServer.address()
  if (address === null || typeof address === 'string') throw new NothingToTime('The page has no address.')
  return `http://${HOST}:${address.port}/`
}

/** Click with the mouse, and wait until the page is at rest again. */
async function clickOn(page: Page, selector: string, follows: boolean): Promise<Shot> {
  const target = page.locator(selector)
  await target.scrollIntoViewIfNeeded()
  const box = await target.boundingBox()
  if (box === null) throw new NothingToTime(`Nothing to click on: ${selector}`)
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  await page.mouse.move(x, y)
  await page.evaluate(() => window.paintMeter?.arm())
  await page.mouse.click(x, y, { delay: PRESS })
  const shot = await page.evaluate(chart => window.paintMeter?.take(chart), follows)
  if (shot === undefined) throw new NothingToTime('The page has no meter.')
  return shot
}

async function timeChoice(page: Page, { legend, options }: Choice): Promise<Shot[]> {
  const shots: Shot[] = []
  for (let click = 0; click < CLICKS; click += 1) {
    const option = options[click % options.length]
    const selector = `${CARD} fieldset:has(legend:text-is("${legend}")) label:text-is("${option}")`
    const shot = await clickOn(page, selector, true)
    if (shot.drawn === undefined) throw new NothingToTime(`The chart did not follow "${option}".`)
    shots.push(shot)
  }
  return shots
}

async function timeIdle(page: Page): Promise<Shot[]> {
  const shots: Shot[] = []
  for (let click = 0; click < CLICKS; click += 1) shots.push(await clickOn(page, `${CARD} h2`, false))
  return shots
}

async function timeAll(page: Page, browser: CDPSession): Promise<PaintSeries[]> {
  const all: PaintSeries[] = []
  for (const slowdown of [1, SLOWED]) {
    await browser.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
    all.push({ name: 'A click on nothing', slowdown, shots: await timeIdle(page), isIdle: true })
    for (const choice of CHOICES)
      all.push({ name: choice.name, slowdown, shots: await timeChoice(page, choice) })
  }
  await browser.send('Emulation.setCPUThrottlingRate', { rate: 1 })
  return all
}

/** Open the overview over all five years, with all reports, and wait until it stands. */
async function openPage(page: Page, address: string): Promise<void> {
  page.on('pageerror', error => complain(error.stack ?? error.message))
  await page.goto(`${address}#/?range=all`)
  await page.locator(`${CARD} path[data-line]`).nth(14).waitFor({ state: 'attached' })
  await clickOn(page, `${CARD} button:text-is("Read those of the whole range")`, true)
}

async function paint({ args, atEnd }: CommandContext): Promise<number> {
  const { values } = splitOptions(args, { help: { type: 'boolean' } })
  if (values['help'] === true) {
    print(HELP)
    return 0
  }
  findBrowser({ install: true })
  const address = await servePage(atEnd)
  const browser = await launchBrowser()
  atEnd(() => browser.close())
  const page = await browser.newPage({ viewport: { width: 1320, height: 900 }, locale: 'en-US' })
  await openPage(page, address)
  const count = await page.evaluate(() => window.paintMeter?.count())
  const all = await timeAll(page, await page.context().newCDPSession(page))
  if ((await page.evaluate(() => window.paintMeter?.waiting())) !== 0)
    throw new NothingToTime('The page waited for figures that nobody gives.')
  print(
    `\nChromium ${browser.version()}: the overview with ${count?.lines} pools over ${DAYS} days, ` +
      `${count?.points} reports; the chart of all of them draws ${count?.lines} lines with corners at ${count?.rows} times.`,
  )
  print(paintText(all))
  print(
    'Figures of this run on this machine, whatever else it was doing: the clicks on nothing show its part. ' +
      'To next paint is the browser’s own account, in steps of 8 ms, 16 where it is less; to frame is the same by ' +
      'animation frame; to chart is when the lines have followed, which they do after the choice itself is shown.',
  )
  const broken = brokenPaints(all)
  for (const words of broken) complain(`Budget broken: ${words}.`)
  print(broken.length === 0 ? '\nAll paints are within their budgets.' : '')
  return broken.length === 0 ? 0 : 1
}

await runCommand('answers', paint)
