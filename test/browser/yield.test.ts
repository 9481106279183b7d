import type { BrowserContext, Locator, Page } from 'playwright-core'
import { getAddress, type Hex, parseAbiItem } from 'viem'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { WAD } from '../../src/math/fixedPoint.ts'
import { readContracts } from './support/contracts.ts'
import { type Call, isLogs, REFUSED } from './support/proxy.ts'
import {
  cellOf,
  click,
  exactValue,
  PATIENT,
  reportsRead,
  rowOf,
  untilHistoryRead,
  yieldCellOf,
} from './support/sight.ts'
import { type Stage, startStage } from './support/stage.ts'

const REPORTING = ['Rocket Pool', 'Ankr', 'Lido'] as const
const DAYS = ['7 d', '30 d', '90 d'] as const
const ROUTE = '/?range=30d'
const TRUTH = 300
const YEAR = 31_536_000

/** A page at work may take longer to draw than `expect.poll` waits by itself. */
const DRAWN = { timeout: 10_000 }

async function openRead(stage: Stage, route: string, context?: BrowserContext): Promise<Page> {
  const page = await stage.open(route, context === undefined ? {} : { context })
  await untilHistoryRead(page)
  await reportsRead(page).waitFor()
  return page
}

/** Choose a window, and wait until the table shows it. */
async function chooseWindow(page: Page, window: string): Promise<void> {
  await click(page, 'Window of the yield, table', window)
  await page.getByRole('columnheader', { name: `Implied APY, ${window}` }).waitFor()
  await untilHistoryRead(page)
}

describe('3.00 % a year, reports two hours early or late', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await startStage({ days: 130, scenario: { steadyApy: (3n * WAD) / 100n, jitter: 7_200n } })
  })
  afterEach(async () => {
    expect((await stage.clear()).complaints).toEqual([])
  })
  afterAll(() => stage.stop())

  test('default: with samples the truth is in the band, and with reports the figure is the truth', async () => {
    stage.proxy.treat(call => (isLogs(call) ? 'hold' : 'pass'))
    const page = await stage.open(ROUTE, { before: PATIENT })
    await untilHistoryRead(page)
    for (const window of DAYS) {
      await chooseWindow(page, window)
      for (const pool of REPORTING) {
        await expect.poll(async () => (await yieldCellOf(page, pool)).off, DRAWN).toBeGreaterThan(0)
        const { basisPoints, off = 0, under } = await yieldCellOf(page, pool)
        // Two roundings lie between the figures and what they stand for.
        expect(Math.abs(basisPoints - TRUTH), `${pool} ${under}`).toBeLessThanOrEqual(off + 1)
      }
    }
    stage.proxy.release()
    await reportsRead(page).waitFor()
    for (const window of DAYS) {
      await chooseWindow(page, window)
      for (const pool of REPORTING) {
        await expect.poll(async () => (await yieldCellOf(page, pool)).under, DRAWN).toMatch(/reports, exact$/)
        const { basisPoints, under } = await yieldCellOf(page, pool)
        expect(basisPoints, `${pool} ${under}`).toBe(TRUTH)
        const [span, count] = under.split(', ').map(part => Number.parseFloat(part))
        expect(Math.abs((span ?? 0) - Number.parseInt(window, 10)), under).toBeLessThan(1)
        expect(count).toBe(Number.parseInt(window, 10))
      }
    }
    await click(page, 'Range', '90 d')
    await click(page, 'Window of the yield, table', '30 d')
    await page.getByText(/^Reports of the last 100(\.\d)? d read/).waitFor()
  })

  test('behavior: the receipt shows both ends as events that anybody finds again, and the formula between them', async () => {
    const page = await openRead(stage, ROUTE)
    await expect.poll(async () => (await yieldCellOf(page, 'Rocket Pool')).under, DRAWN).toMatch(/exact$/)
    await (await cellOf(page, 'Rocket Pool', 'Implied APY')).getByRole('button').click()
    const receipt = page.getByRole('dialog', { name: 'rETH: implied APY' })
    const ends = receipt.locator('section', { has: page.getByRole('heading', { level: 3 }) })
    await ends.nth(1).waitFor()
    expect(await ends.getByRole('heading', { level: 3 }).allTextContents()).toEqual([
      'R₁, the rate at the start',
      'R₂, the rate at the end',
    ])
    const host = new URL(stage.proxy.url).host
    const told: { readonly rate: bigint; readonly measured: bigint }[] = []
    for (const end of await ends.all()) {
      const terms = await termsOf(end)
      const one = await eventBehind(stage, terms)
      expect([host, `${host} alone`]).toContain(terms['Given by'])
      expect(exactValue(terms['Rate'] ?? '')).toBe(one.rate)
      told.push(one)
    }
    const [start, last] = told as [(typeof told)[0], (typeof told)[0]]
    const span = Number(last.measured - start.measured)
    const grown = Number(last.rate) / Number(start.rate)
    expect((grown ** (YEAR / span) - 1) * 100).toBeCloseTo(3, 7)
    await receipt.getByText('(R₂ ÷ R₁)^(year ÷ Δt) − 1, year = 31,536,000 s', { exact: true }).waitFor()
    const [r1, r2] = [start.rate, last.rate].map(
      rate => `1.${(rate - WAD).toString().padStart(18, '0').replace(/0+$/, '')}`,
    )
    await receipt
      .getByText(`(${r2} ÷ ${r1})^(31536000 ÷ ${span}) − 1 = 3.000000 %`, { exact: true })
      .waitFor()
    await receipt
      .getByText(
        /^Exact: both ends are reports, at the times that their oracle measured, as (one|two) operators? tells?\.$/,
      )
      .waitFor()
    await receipt.getByText(`Read from ${host}.`, { exact: true }).waitFor()
  })

  test('behavior: a second visit asks for no old logs again', async () => {
    const context = await stage.browser.newContext({ locale: 'en-US' })
    const asked = () => stage.proxy.calls.filter(isLogs).map(firstBlockOf)
    const before = asked().length
    await (await openRead(stage, ROUTE, context)).close()
    const first = asked().slice(before)
    // Sixty days, two blocks a day: a visit that asked for nothing old would prove nothing.
    const old = stage.chain.headBlock - 100n
    expect(first.some(block => block < old)).toBe(true)
    const page = await openRead(stage, ROUTE, context)
    await expect.poll(async () => (await yieldCellOf(page, 'Ankr')).under, DRAWN).toMatch(/reports, exact$/)
    const second = asked().slice(before + first.length)
    expect(second.length).toBeGreaterThan(0)
    expect(second.filter(block => block < old)).toEqual([])
  })

  test('behavior: reports that the endpoint refuses leave the samples, the reason and a way to ask again', async () => {
    stage.proxy.treat(call => (isLogs(call) ? REFUSED : 'pass'))
    const page = await stage.open(ROUTE, { clock: true })
    await untilHistoryRead(page)
    const why = page
      .getByRole('status')
      .filter({ hasText: /^The reports could not be read, so samples are used\./ })
    const again = page.getByRole('button', { name: 'Read the reports again' })
    await why.waitFor()
    expect(await why.textContent()).toContain(new URL(stage.proxy.url).host)
    for (const pool of REPORTING) {
      const { basisPoints, off = 0, under } = await yieldCellOf(page, pool)
      expect(under).toContain(' changes, ±')
      expect(Math.abs(basisPoints - TRUTH), under).toBeLessThanOrEqual(off + 1)
    }
    expect(await page.getByRole('progressbar').count()).toBe(0)
    // Refused on principle: asked again at once it would say the same, so it is spared for a minute.
    const asked = stage.proxy.calls.filter(isLogs).length
    const failedAgain = untilSaidAgain(page, 'The reports could not be read')
    await again.click()
    await failedAgain
    expect(stage.proxy.calls.filter(isLogs)).toHaveLength(asked)
    stage.proxy.release()
    await page.clock.fastForward(61_000)
    await again.click()
    await reportsRead(page).waitFor()
    await expect.poll(async () => (await yieldCellOf(page, 'Lido')).under, DRAWN).toMatch(/reports, exact$/)
    expect((await yieldCellOf(page, 'Lido')).basisPoints).toBe(TRUTH)
  })
})

/** Wait until words that the page says are gone and come back, as they are when the same thing fails once more. */
const untilSaidAgain = (page: Page, words: string): Promise<void> =>
  page.evaluate(
    said =>
      new Promise<void>(resolve => {
        let isGone = false
        new MutationObserver((_, observer) => {
          const isSaid = document.body.textContent.includes(said)
          if (isSaid && isGone) {
            observer.disconnect()
            resolve()
          }
          isGone ||= !isSaid
        }).observe(document.body, { subtree: true, childList: true })
      }),
    words,
  )

const firstBlockOf = ({ params }: Call): bigint =>
  BigInt((params[0] as { readonly fromBlock: Hex }).fromBlock)

/** The terms of a list and what stands beside them. */
const termsOf = (list: Locator): Promise<Record<string, string>> =>
  list
    .locator('dt')
    .evaluateAll(terms =>
      Object.fromEntries(
        terms.map(term => [term.textContent ?? '', term.nextElementSibling?.textContent ?? '']),
      ),
    )

const BALANCES_UPDATED = parseAbiItem(
  'event BalancesUpdated(uint256 indexed block, uint256 slotTimestamp, uint256 totalEth, uint256 stakingEth, uint256 rethSupply, uint256 blockTimestamp)',
)

/** Find the event that a receipt names, by its transaction and by its `cast logs` line, and what it and the contract say. */
async function eventBehind({ chain }: Stage, terms: Record<string, string>) {
  const { client, pools } = readContracts(chain)
  const [, from, to, address] =
    /^cast logs --from-block (\d+) --to-block (\d+) --address (0x\w{40}) (0x\w{64})/.exec(
      terms['See it again'] ?? '',
    ) ?? []
  expect(from).toBe(to)
  const block = BigInt(from ?? '')
  const found = await client.getLogs({
    address: getAddress(address ?? ''),
    event: BALANCES_UPDATED,
    fromBlock: block,
    toBlock: block,
  })
  expect(found.map(log => log.transactionHash)).toEqual([terms['Transaction']])
  const { logs } = await client.getTransactionReceipt({ hash: terms['Transaction'] as Hex })
  expect(logs.map(log => log.data)).toContain(terms['Data'])
  const { slotTimestamp = 0n, totalEth = 0n, rethSupply = 1n } = found[0]?.args ?? {}
  for (const [name, value] of Object.entries({ slotTimestamp, totalEth, rethSupply }))
    expect(terms[name]).toBe(value.toString())
  const rate = (totalEth * WAD) / rethSupply
  expect(await pools.find(({ name }) => name === 'Rocket Pool')?.rateAt(block)).toBe(rate)
  return { rate, measured: slotTimestamp }
}

/** Which of the figures that fell have the colour of a loss, and which of the others. */
const lossColours = (page: Page): Promise<unknown> =>
  page.evaluate(`(() => {
    const probe = document.body.appendChild(document.createElement('i'))
    probe.style.color = 'var(--down)'
    const loss = getComputedStyle(probe).color
    probe.remove()
    const redOf = falls => {
      const figures = [...document.querySelectorAll('[data-falls="' + falls + '"]')]
      const red = figures.filter(one => getComputedStyle(one).color === loss)
      return red.length === 0 ? 'none' : red.length === figures.length ? 'all' : 'some'
    }
    return { falls: redOf(true), others: redOf(false) }
  })()`)

describe('one report of 7 %, a fall of 0.5 %, and a silence of three days', () => {
  let stage: Stage
  /** What one test has read serves the next. */
  let warm: BrowserContext
  beforeAll(async () => {
    stage = await startStage({
      days: 70,
      scenario: {
        steadyApy: (3n * WAD) / 100n,
        exceptional: { daysAgo: 12, apy: (7n * WAD) / 100n },
        fall: { daysAgo: 2, fraction: WAD / 200n, pool: 'lido' },
        silentDays: 3,
      },
    })
    warm = await stage.browser.newContext({ locale: 'en-US' })
  })
  afterAll(async () => {
    const { complaints } = await stage.clear()
    await stage.stop()
    expect(complaints).toEqual([])
  })

  const headline = (page: Page, term: string): Locator =>
    page.locator('dt', { hasText: new RegExp(`^${term}$`) }).locator('xpath=following-sibling::dd[1]')

  test('behavior: an exceptional report is marked, and its median is told beside the yield of the ends', async () => {
    const page = await openRead(stage, '/pool/rocket-pool?range=30d', warm)
    await expect
      .poll(() => headline(page, 'Median of single reports, APY').innerText(), DRAWN)
      .toMatch(/^3\.00/)
    // One day in thirty earned 7 % a year, the others 3 %.
    const ends = ((1.07 * 1.03 ** 29) ** (1 / 30) - 1) * 100
    expect(await headline(page, 'Implied APY, 30 d').innerText()).toContain(ends.toFixed(2))
    expect(ends.toFixed(2)).toBe('3.13')
    const mark = page.locator('g', {
      has: page.locator('title', { hasText: 'Rocket Pool: one exceptional report' }),
    })
    await expect.poll(() => mark.last().locator('path').getAttribute('d'), DRAWN).toMatch(/^M[\d.]+,[\d.]+m/)
    await page.locator('p', { hasText: /^\s*one exceptional report\s*$/ }).waitFor()
    const marked = page.getByRole('row').filter({ hasText: 'report, exceptional' })
    expect(await marked.count()).toBe(1)
    expect(await marked.getByRole('cell').nth(3).innerText()).toMatch(/^7\.00/)
  })

  test('behavior: a fall is negative, in the colour of a loss, and told in words', async () => {
    const page = await openRead(stage, ROUTE, warm)
    const cell = await cellOf(page, 'Lido', 'Implied APY')
    // 29 days of 3 % a year, and one that took a two-hundredth.
    const expected = (0.995 * 1.03 ** (29 / 365)) ** (365 / 30) - 1
    await expect.poll(() => cell.innerText(), DRAWN).toMatch(/^−/)
    expect((await yieldCellOf(page, 'Lido')).basisPoints).toBe(Math.round(expected * 10_000))
    expect(await lossColours(page)).toEqual({ falls: 'all', others: 'none' })
    await cell.getByRole('button').click()
    const receipt = page.getByRole('dialog')
    await receipt.getByText('The rate fell: holders lost over this time.').waitFor()
    await page.keyboard.press('Escape')
    await receipt.waitFor({ state: 'hidden' })

    const pool = await openRead(stage, '/pool/lido?range=30d', warm)
    const fall = pool.getByRole('row').filter({ hasText: 'report, fall' })
    await fall.waitFor()
    expect(await headline(pool, 'Implied APY, 30 d').innerText()).toMatch(/^−/)
    expect(await lossColours(pool)).toEqual({ falls: 'all', others: 'none' })
    expect(await fall.getByRole('cell').nth(2).innerText()).toMatch(/^−50\.00/)
    expect(await pool.locator('title', { hasText: 'Lido: fall' }).count()).toBe(1)
    await pool.locator('p', { hasText: /^\s*fall\s*$/ }).waitFor()
  })

  test('behavior: a silence has its badge and its age, and the yield is still that of the reports', async () => {
    const page = await openRead(stage, `${ROUTE}&window=7d`, warm)
    await expect
      .poll(async () => (await yieldCellOf(page, 'Rocket Pool')).under, DRAWN)
      .toMatch(/reports, exact$/)
    expect((await yieldCellOf(page, 'Rocket Pool')).basisPoints).toBe(TRUTH)
    expect(
      await rowOf(page, 'Rocket Pool').getByRole('rowheader').getByText('late', { exact: true }).count(),
    ).toBe(1)
    expect(await (await cellOf(page, 'Rocket Pool', 'Last report')).innerText()).toBe('late, 3 d')
    for (const pool of ['Ankr', 'Lido'])
      expect(await rowOf(page, pool).getByText('late').count(), pool).toBe(0)
  })
})
