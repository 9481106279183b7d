import { readFile } from 'node:fs/promises'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { tokenPools } from '../../src/pools/index.ts'
import { type Contracts, readContracts } from './support/contracts.ts'
import { choose, skipTable, tabTo } from './support/keyboard.ts'
import { click, hashOf, reportsRead, untilHistoryRead } from './support/sight.ts'
import { type Stage, startStage } from './support/stage.ts'

const DAY = 86_400
const DAYS = 100
const PRICED = tokenPools.filter(({ market }) => market.kind === 'feed').length
/** A page at work may take longer to draw than `expect.poll` waits by itself. */
const DRAWN = { timeout: 10_000 }

let stage: Stage
let contracts: Contracts
/** What one test has read serves the next. */
let warm: BrowserContext
/** The time of the newest block. */
let head: number

beforeAll(async () => {
  stage = await startStage({ days: DAYS })
  contracts = readContracts(stage.chain)
  warm = await stage.browser.newContext({ locale: 'en-US', acceptDownloads: true })
  head = Number((await contracts.client.getBlock()).timestamp)
})
let page: Page
afterEach(() => page.close())
afterAll(async () => {
  const { complaints } = await stage.clear()
  await stage.stop()
  expect(complaints).toEqual([])
})

const dayOf = (time: number): string => new Date(time * 1000).toISOString().slice(0, 10)
const chart = () => page.getByRole('application')
const lines = () => chart().locator('path[data-line]')
const plot = () => chart().locator('[class*="plot"]')

async function open(route: string): Promise<void> {
  page = await stage.open(route, { context: warm })
  await untilHistoryRead(page)
}

/** Open the overview with all its lines, and its reports. */
async function openWhole(): Promise<void> {
  await open('/?range=30d')
  await reportsRead(page).waitFor()
  await expect.poll(() => lines().count(), DRAWN).toBe(tokenPools.length)
}

/** The place in the plot of a time within the last thirty days. */
async function placeOf(time: number): Promise<{ readonly x: number; readonly y: number }> {
  await plot().scrollIntoViewIfNeeded()
  const box = await plot().boundingBox()
  if (box === null) throw new RangeError('The plot is not on the screen')
  const part = (time - (head - 30 * DAY)) / (30 * DAY)
  return { x: box.x + part * box.width, y: box.y + box.height / 2 }
}

/** A noon, so that a pixel more or less is the same day. */
const noon = (daysAgo: number): number => Math.floor((head - daysAgo * DAY) / DAY) * DAY + DAY / 2

describe('measures', () => {
  test.each([
    ['Rate', 'Exchange rate', tokenPools.length],
    ['Growth', 'Growth of 1 ETH', tokenPools.length],
    ['Supply', 'Supply in ETH', tokenPools.length],
    ['Premium', 'Market price over the rate', PRICED],
    ['Yield', 'Implied APY, 30 d window', tokenPools.length],
  ])('default: %s is drawn, a line for each pool that has it', async (option, title, count) => {
    await openWhole()
    if (option !== 'Yield') await click(page, 'What the chart shows', option)
    await page.getByRole('heading', { level: 2, name: title, exact: true }).waitFor()
    await expect.poll(() => lines().count(), DRAWN).toBe(count)
    const paths = await lines().evaluateAll(all =>
      all.map(line => `${line.getAttribute('data-line')} ${line.getAttribute('d')}`),
    )
    // Every one leads somewhere, and nowhere that is no place.
    expect(paths.filter(path => !/^[\w-]+ M-?[\d.]+,-?[\d.]+[HLV]/.test(path))).toEqual([])
    expect(
      paths
        .map(path => path.split(' ')[1])
        .join()
        .replace(/[\d.,\-MHLV]/g, ''),
    ).toBe('')
    expect(await chart().getAttribute('aria-label')).toContain(`${title} of ${count} pools, `)
  })
})

describe('range', () => {
  test('default: a button shows another part of time', async () => {
    await openWhole()
    await click(page, 'Range', '90 d')
    await expect.poll(() => hashOf(page)).toBe('#/?range=90d')
    const [from, until] = [head - 90 * DAY, head].map(time =>
      new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone: 'UTC' }).format(time * 1000),
    )
    await expect.poll(() => chart().getAttribute('aria-label'), DRAWN).toContain(`, ${from} to ${until}`)
  })

  test('behavior: dragging with the mouse shows what was dragged over, and Escape lets go', async () => {
    await openWhole()
    const [from, until] = [noon(20), noon(8)]
    const [start, end] = [await placeOf(from), await placeOf(until)]
    await page.mouse.move(start.x, start.y)
    await page.mouse.down()
    await page.mouse.move(end.x, end.y, { steps: 4 })
    await page.getByText(/, 12 d$/).waitFor()
    await page.keyboard.press('Escape')
    await page.mouse.up()
    expect(await hashOf(page)).toBe('#/?range=30d')

    await page.mouse.move(start.x, start.y)
    await page.mouse.down()
    await page.mouse.move(end.x, end.y, { steps: 4 })
    await page.mouse.up()
    const wanted = `#/?range=30d&from=${dayOf(from)}&until=${dayOf(until)}`
    await expect.poll(() => hashOf(page)).toBe(wanted)
    await expect.poll(() => lines().count(), DRAWN).toBe(tokenPools.length)
    expect(await page.getByLabel('From', { exact: true }).inputValue()).toBe(dayOf(from))
    await page.getByRole('button', { name: 'Reset' }).click()
    await expect.poll(() => hashOf(page)).toBe('#/?range=30d')
  })

  test('behavior: the keyboard marks a span and shows it, and goes from line to line', async () => {
    await openWhole()
    await skipTable(page)
    await tabTo(page, chart())
    const said = chart().locator('[aria-live="polite"]')
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => said.textContent()).toMatch(/ UTC, .+ % ?, .+\. 14 of 14 lines have a value\./)
    const highest = await said.textContent()
    await page.keyboard.press('ArrowDown')
    await expect.poll(() => said.textContent()).not.toBe(highest)
    // From now to the midnight before, and four midnights on.
    for (let press = 0; press < 5; press += 1) await page.keyboard.press('Shift+ArrowLeft')
    await expect.poll(() => said.textContent()).toContain(' Marked: ')
    await page.keyboard.press('Enter')
    const midnight = Math.floor(head / DAY) * DAY - (head % DAY === 0 ? DAY : 0)
    await expect
      .poll(() => hashOf(page))
      .toBe(`#/?range=30d&from=${dayOf(midnight - 4 * DAY)}&until=${dayOf(head - 1)}`)
    await expect.poll(() => lines().count(), DRAWN).toBe(tokenPools.length)
  })

  test('behavior: dates of one’s own are typed, and what is no range is said and changes nothing', async () => {
    await openWhole()
    await skipTable(page)
    await choose(page, 'Range', 'Custom')
    const [from, until] = [noon(25), noon(5)].map(dayOf) as [string, string]
    const typed = (day: string): string => day.replace(/(\d+)-(\d+)-(\d+)/, '$2$3$1')
    const hashes: string[] = []
    for (const [label, day] of [
      ['From', from],
      ['Until', until],
    ] as const) {
      await tabTo(page, page.getByLabel(label, { exact: true }))
      for (const digit of typed(day)) {
        await page.keyboard.press(digit)
        hashes.push(await hashOf(page))
      }
    }
    // The arrow keys went over all the buttons before.
    const wanted = `#/?range=all&from=${from}&until=${until}`
    await expect.poll(() => hashOf(page)).toBe(wanted)
    // Years that are being typed are not read: 0002 would be all there is.
    expect(hashes.filter(hash => /(from|until)=0/.test(hash))).toEqual([])
    await expect.poll(() => lines().count(), DRAWN).toBe(tokenPools.length)
    // What follows from a choice is drawn a moment later.
    const today = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone: 'UTC' }).format(
      head * 1000,
    )
    await expect.poll(() => chart().getAttribute('aria-label'), DRAWN).not.toContain(`to ${today}`)
    const label = await chart().getAttribute('aria-label')

    await tabTo(page, page.getByLabel('Until', { exact: true }), 'Shift+Tab')
    await page.getByLabel('Until', { exact: true }).fill(dayOf(noon(28)))
    await page.getByText('The last day lies before the first.', { exact: true }).waitFor()
    expect(await hashOf(page)).toBe(wanted)
    expect(await chart().getAttribute('aria-label')).toBe(label)
  })
})

/** What a page must never say, in its text or in what it is drawn with. */
const NONSENSE = `(() => {
  const drawn = [...document.querySelectorAll('path, rect, line, text, circle')].flatMap(one =>
    [...one.attributes].map(({ value }) => value))
  const titles = [...document.querySelectorAll('[title], [aria-label], [aria-description]')].flatMap(one =>
    [one.title, one.ariaLabel, one.getAttribute('aria-description')])
  const words = document.body.innerText.split('\\n')
  return [...words, ...drawn, ...titles].filter(text => /NaN|Infinity|undefined|Invalid|\\[object/.test(text ?? ''))
})()`

describe('bad links', () => {
  const day = (ago: number): string => dayOf(Math.floor(Date.now() / 1000) - ago * DAY)
  test.each([
    ['from=2999-01-01', 'The first day in the address lies in the future, so it is ignored.'],
    ['from=nonsense', 'The first day in the address is no day of the calendar, so it is ignored.'],
    [`until=${day(3)}`, 'The first day in the address is no day of the calendar, so it is ignored.'],
    [
      `from=${day(20)}&until=2026-02-31`,
      'The last day in the address is no day of the calendar: shown is until now.',
    ],
    [
      `from=${day(20)}&until=2999-01-01`,
      'The last day in the address lies in the future: shown is until now.',
    ],
    [
      `from=${day(10)}&until=${day(20)}`,
      'The last day in the address lies before the first, so both are ignored.',
    ],
    [
      `from=${day(10)}&until=${day(10)}`,
      'Both days in the address are the same: between them lies no time, so both are ignored.',
    ],
    ['from=2010-01-01', /^Nothing is known from before \w+ \d+, \d+, so the chart starts there\.$/],
    ['from=2010-01-01&until=2010-02-01', 'No rate has been read in this range.'],
    ['window=1y', /^No yield is known in this range: for a window of 1 y /],
    ['hide=all,,lido&range=banana&window=-1&as=NaN&show=__proto__&kind=0', undefined],
  ])('behavior: %s gets its sentence, and nothing that is no number', async (query, sentence) => {
    await open(query.startsWith('hide') ? `/?${query}` : `/?range=30d&${query}`)
    if (sentence !== undefined)
      await page.getByText(sentence, { exact: true }).filter({ visible: true }).first().waitFor()
    else
      await lines()
        .nth(tokenPools.length - 2)
        .waitFor()
    expect(await page.evaluate(NONSENSE)).toEqual([])
    // The table above stands by itself, whatever the chart is asked for.
    expect(await page.getByRole('table').first().getByRole('button').count()).toBeGreaterThan(100)
  })

  test('behavior: what would be no number is found', async () => {
    await openWhole()
    await lines()
      .first()
      .evaluate(line => line.setAttribute('data-x', 'NaN'))
    expect(await page.evaluate(NONSENSE)).toEqual(['NaN'])
  })
})

/** Save a file with a button of the chart. */
async function save(name: string): Promise<{ readonly name: string; readonly content: Buffer }> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name, exact: true }).click(),
  ])
  return { name: download.suggestedFilename(), content: await readFile(await download.path()) }
}

type FileRate = {
  readonly block: string
  readonly rate: string
  readonly evidence: 'report' | 'sample'
  readonly operator: string
  readonly event?: { readonly transaction: `0x${string}`; readonly data: string }
}

type FilePool = {
  readonly name: string
  readonly points: readonly { readonly value: string | null; readonly rates?: readonly number[] }[]
  readonly rates: readonly FileRate[]
}

/** Exact decimals as a fixed-point value. */
const wad = (text: string): bigint => {
  const [whole = '', fraction = ''] = text.split('.')
  return BigInt(whole + fraction.padEnd(18, '0'))
}

/** Hold a pool's part of a file against itself and against the pool's contract. */
async function confirm({ name, points, rates }: FilePool): Promise<void> {
  expect(points.length, name).toBeGreaterThan(20)
  const known = points.filter(({ value }) => value !== null)
  expect(known.length, name).toBeGreaterThan(20)
  for (const { rates: ends = [] } of known) {
    expect(ends.length).toBe(2)
    for (const end of ends) expect(rates[end], name).toBeDefined()
  }
  // A report's rate is what its arguments imply; the contract rounds, some more than others.
  const { dust = 10n } = tokenPools.find(pool => pool.name === name) ?? expect.unreachable()
  const { rateAt } = contracts.pools.find(pool => pool.name === name) ?? expect.unreachable()
  for (const { block, rate, operator } of [rates[0], rates.at(-1)].filter(one => one !== undefined)) {
    expect(operator).toBe(new URL(stage.proxy.url).host)
    const apart = (await rateAt(BigInt(block))) - wad(rate)
    expect(apart < 0n ? -apart : apart, `${name} at ${block}`).toBeLessThanOrEqual(dust)
  }
}

describe('points', () => {
  test('default: each value of the table opens the receipt of its very moment', async () => {
    await openWhole()
    await page.getByRole('button', { name: 'Table', exact: true }).click()
    const table = page.getByRole('region', { name: /, as a table$/ })
    const names = await table.getByRole('columnheader').allTextContents()
    const row = table.getByRole('row').nth(10)
    const column = names.indexOf('Lido')
    const value = row.locator('th, td').nth(column).getByRole('button')
    const shown = await value.innerText()
    // One stop for all of them; the arrows lead on.
    await table.getByRole('row').nth(1).getByRole('button').first().focus()
    for (let step = 1; step < column; step += 1) await page.keyboard.press('ArrowRight')
    for (let step = 1; step < 10; step += 1) await page.keyboard.press('ArrowDown')
    expect(await value.evaluate(button => button === document.activeElement)).toBe(true)
    await page.keyboard.press('Enter')
    const receipt = page.getByRole('dialog', { name: 'wstETH: implied APY' })
    await receipt
      .getByText(/^cast (call|logs) /)
      .first()
      .waitFor()
    const exact = /([−\d.]+) %/.exec((await receipt.innerText()).replace(/\s+/g, ' '))?.[1] ?? ''
    expect(Number(exact).toFixed(2)).toBe(Number.parseFloat(shown).toFixed(2))
  })

  test('behavior: a table of plain numbers', async () => {
    await openWhole()
    const { name, content } = await save('CSV')
    expect(name).toBe(`poolglass-14-pools-apy-${dayOf(head - 30 * DAY)}-to-${dayOf(head)}.csv`)
    const [header = [], ...rows] = content
      .toString()
      .trim()
      .split('\n')
      .map(line => line.split(','))
    expect(header).toEqual(['time', ...tokenPools.map(pool => `${pool.name} (APY in %)`)])
    expect(rows.length).toBeGreaterThan(30)
    const cells = rows.flatMap(([, ...values]) => values)
    expect(cells.length).toBe(rows.length * tokenPools.length)
    expect(cells.filter(cell => !/^(-?\d+(\.\d+)?)?$/.test(cell))).toEqual([])
    const times = rows.map(([time = '']) => time)
    expect(times.filter(time => Number.isNaN(Date.parse(time)))).toEqual([])
    expect(times).toEqual(times.toSorted())
  })

  test('behavior: a file with the receipt of every value, which the chain confirms', async () => {
    await openWhole()
    const { content } = await save('JSON with receipts')
    const file = JSON.parse(content.toString())
    expect(file).toMatchObject({
      schema: 'poolglass.history',
      isSimulated: true,
      shown: 'yield',
      window: '30d',
    })
    const pools: readonly FilePool[] = file.pools
    expect(pools.map(pool => pool.name)).toEqual(tokenPools.map(pool => pool.name))
    for (const pool of pools) await confirm(pool)
    const reported = pools.flatMap(({ rates }) => rates.filter(({ evidence }) => evidence === 'report'))
    expect(reported.length).toBeGreaterThan(200)
    const { event, block } = reported[0] ?? expect.unreachable()
    const mined = await contracts.client.getTransactionReceipt({ hash: event?.transaction ?? '0x' })
    expect(mined.blockNumber).toBe(BigInt(block))
    expect(mined.logs.map(({ data }) => data)).toContain(event?.data)
  })

  test('behavior: a picture of the chart, twice as sharp, with something on it', async () => {
    await openWhole()
    const box = await chart().locator('svg.recharts-surface').first().boundingBox()
    const { name, content } = await save('PNG')
    expect(name).toMatch(/^poolglass-14-pools-apy-.+\.png$/)
    expect(content.subarray(1, 4).toString()).toBe('PNG')
    const size = [content.readUInt32BE(16), content.readUInt32BE(20)]
    expect(Math.abs((size[0] ?? 0) - 2 * (box?.width ?? 0))).toBeLessThanOrEqual(2)
    // The chart, its title over it and its source below.
    expect(size[1]).toBeGreaterThan(2 * (box?.height ?? Number.POSITIVE_INFINITY))
    const blank = await warm.newPage()
    const colours = await blank.evaluate(
      async source => {
        const image = new Image()
        image.src = source
        await image.decode()
        const canvas = document.createElement('canvas')
        canvas.width = image.width
        canvas.height = image.height
        const context = canvas.getContext('2d')
        context?.drawImage(image, 0, 0)
        const data = new Uint32Array(context?.getImageData(0, 0, image.width, image.height).data.buffer ?? [])
        return new Set(data).size
      },
      `data:image/png;base64,${content.toString('base64')}`,
    )
    await blank.close()
    expect(colours).toBeGreaterThan(100)
  })
})
