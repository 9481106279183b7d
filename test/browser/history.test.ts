import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { tokenPools } from '../../src/pools/index.ts'
import { choose, skipTable, tabTo } from './support/keyboard.ts'
import { isAggregate, isArchiveCall } from './support/proxy.ts'
import { fence, hashOf, PATIENT, reportsRead, untilHistoryRead } from './support/sight.ts'
import { type Stage, startStage } from './support/stage.ts'

let stage: Stage

beforeAll(async () => {
  stage = await startStage()
})
afterEach(async () => {
  expect((await stage.clear()).complaints).toEqual([])
})
afterAll(() => stage.stop())

const chosen = (page: Page, group: string) =>
  page
    .getByRole('group', { name: group, exact: true })
    .getByRole('radio', { checked: true })
    .evaluate(radio => radio.parentElement?.textContent)

const chartOf = (page: Page) => page.getByRole('application')
/** What the crosshair tells: its time, and the value of each line by its name. */
async function tipOf(
  page: Page,
): Promise<{ readonly time: string; readonly values: Record<string, string> }> {
  const list = chartOf(page).locator('dl')
  const [time, names, values] = await Promise.all([
    list.locator('xpath=preceding-sibling::p').innerText(),
    list.locator('dt').allTextContents(),
    list.locator('dd').allTextContents(),
  ])
  return { time, values: Object.fromEntries(names.map((name, index) => [name, values[index] ?? ''])) }
}
const historyTable = (page: Page) => page.getByRole('region').getByRole('table').last()

/** Whether four decimals and two say the same, "not known" included. */
const isSame = (exact: string, rounded: string): boolean =>
  exact === rounded || Math.abs(Number.parseFloat(exact) - Number.parseFloat(rounded)) < 0.0051

/** Open or close the table of the chart's points. */
async function pressTable(page: Page): Promise<void> {
  await skipTable(page)
  await tabTo(page, page.getByRole('button', { name: 'Table', exact: true }))
  await page.keyboard.press('Enter')
}

describe('history', () => {
  test('default: range, window, measure and figure are chosen by the keyboard, and a link shows the same', async () => {
    const page = await stage.open('/?range=30d')
    await page.getByRole('group', { name: 'What the chart shows', exact: true }).waitFor()
    await skipTable(page)
    await choose(page, 'What the chart shows', 'Rate')
    expect(await hashOf(page)).toBe('#/?range=30d&show=rate')
    await page.getByRole('heading', { name: 'Exchange rate', exact: true }).waitFor()
    await choose(page, 'What the chart shows', 'Yield')
    expect(await hashOf(page)).toBe('#/?range=30d')
    await choose(page, 'Range', '90 d')
    await choose(page, 'Window of the yield, chart', '7 d')
    await choose(page, 'Yield as, chart', 'APR')
    await tabTo(page, page.getByRole('checkbox', { name: 'Ankr' }))
    await page.keyboard.press('Space')
    const wanted = '#/?range=90d&window=7d&as=apr&hide=ankr'
    expect(await hashOf(page)).toBe(wanted)
    await untilHistoryRead(page)
    await pressTable(page)
    const table = await historyTable(page).allInnerTexts()
    expect(table.join()).not.toContain('Ankr')

    const other = await stage.open(wanted.slice(1))
    await untilHistoryRead(other)
    expect(await chosen(other, 'Range')).toBe('90 d')
    expect(await chosen(other, 'Window of the yield, chart')).toBe('7 d')
    expect(await chosen(other, 'Window of the yield, table')).toBe('7 d')
    expect(await chosen(other, 'Yield as, chart')).toBe('APR')
    expect(await other.getByRole('checkbox', { name: 'Ankr' }).isChecked()).toBe(false)
    await other.getByRole('heading', { name: 'Implied APR, 7 d window' }).waitFor()
    await other.getByRole('columnheader', { name: 'Implied APR, 7 d' }).waitFor()
    await pressTable(other)
    expect(await historyTable(other).allInnerTexts()).toEqual(table)
  })

  test('behavior: the arrow keys go through the time of the chart, and the table holds the same', async () => {
    const page = await stage.open('/?range=30d')
    await untilHistoryRead(page)
    await reportsRead(page).waitFor()
    await chartOf(page).waitFor()
    await skipTable(page)
    await tabTo(page, chartOf(page))
    const tips: Awaited<ReturnType<typeof tipOf>>[] = []
    for (const key of ['ArrowRight', ...Array.from({ length: 7 }, () => 'ArrowLeft'), 'Home']) {
      await page.keyboard.press(key)
      await expect.poll(async () => (await tipOf(page)).time).not.toBe(tips.at(-1)?.time)
      tips.push(await tipOf(page))
    }
    const times = tips.map(({ time }) => time)
    expect(times).toEqual(times.toSorted().toReversed())
    // Over thirty days a press goes from midnight to midnight.
    expect(times.slice(1, -1).filter(time => !time.endsWith('00:00 UTC'))).toEqual([])
    await pressTable(page)
    const table = historyTable(page)
    const [, ...names] = await table.getByRole('columnheader').allTextContents()
    expect(names).toHaveLength(tokenPools.length)
    const rows = await table
      .getByRole('row')
      .evaluateAll(all => all.map(row => [...row.children].map(({ textContent }) => textContent ?? '')))
    for (const { time, values } of tips) {
      expect(Object.keys(values).toSorted()).toEqual(names.toSorted())
      const inForce = rows.slice(1).find(([own = '']) => own <= time) ?? []
      for (const [index, name] of names.entries())
        expect(isSame(values[name] ?? '', inForce[index + 1] ?? ''), `${name} at ${time}`).toBe(true)
    }
  })

  test('behavior: a pool hidden from the legend leaves the chart, and comes back', async () => {
    const page = await stage.open('/?range=30d')
    await untilHistoryRead(page)
    const lines = chartOf(page).locator('[data-line]')
    await expect.poll(() => lines.count()).toBe(tokenPools.length)
    await skipTable(page)
    await tabTo(page, page.getByRole('checkbox', { name: 'Lido' }))
    await page.keyboard.press('Space')
    await expect.poll(() => lines.count()).toBe(tokenPools.length - 1)
    expect(await hashOf(page)).toBe('#/?range=30d&hide=lido')
    await page.keyboard.press('Space')
    await expect.poll(() => lines.count()).toBe(tokenPools.length)
    expect(await hashOf(page)).toBe('#/?range=30d')
  })

  test('behavior: a longer range reads only what is missing', async () => {
    const start = stage.proxy.calls.length
    const page = await stage.open('/?range=30d')
    await untilHistoryRead(page)
    const blocksOf = (from: number, to?: number) =>
      stage.proxy.calls.slice(from, to).flatMap(call => (isArchiveCall(call) ? [call.params[1]] : []))
    const middle = stage.proxy.calls.length
    const first = blocksOf(start, middle)
    expect(first.length).toBeGreaterThan(30)
    await skipTable(page)
    await choose(page, 'Range', '90 d')
    await expect.poll(() => blocksOf(middle).length).toBeGreaterThan(30)
    await untilHistoryRead(page)
    const second = blocksOf(middle)
    expect(second.filter(block => first.includes(block))).toEqual([])
  })
})

describe('cancel', () => {
  test('default: Cancel stops the requests, and Go on finishes without asking twice', async () => {
    const already = stage.proxy.calls.length
    // Before Multicall3 a sample is many calls.
    const samplesAsked = () => stage.proxy.calls.slice(already).filter(isArchiveCall).filter(isAggregate)
    // A slow endpoint: after 24 samples it keeps everything waiting.
    stage.proxy.treat(call => (isArchiveCall(call) && samplesAsked().length > 24 ? 'hold' : 'pass'))
    // The way by the keyboard may take longer than the page gives an endpoint: here it waits a minute.
    const page = await stage.open('/', { before: PATIENT })
    const progress = page.getByText(/^\d+ of \d+ samples$/)
    const soon = { timeout: 20_000 }
    await expect.poll(async () => Number.parseInt(await progress.innerText(), 10), soon).toBeGreaterThan(0)
    await expect.poll(() => samplesAsked().length, soon).toBeGreaterThan(24)
    await skipTable(page)
    await tabTo(page, page.getByRole('button', { name: 'Cancel' }))
    await page.keyboard.press('Enter')
    await page.getByText(/^\d+ of \d+ samples, stopped$/).waitFor()
    const asked = samplesAsked().length
    stage.proxy.release()
    await fence(page, stage.proxy)
    expect(samplesAsked()).toHaveLength(asked)

    await tabTo(page, page.getByRole('button', { name: 'Go on' }))
    await page.keyboard.press('Enter')
    await untilHistoryRead(page)
    const blocks = samplesAsked().map(({ params }) => params[1])
    const answered = new Set(blocks.slice(0, 24))
    expect(blocks.length).toBeGreaterThan(300)
    // cbETH answers 0 in its first days: that is not known, is never kept, and is asked again.
    const isSettled = (block: unknown): boolean => BigInt(String(block)) > 40n
    expect(blocks.slice(24).filter(block => answered.has(block) && isSettled(block))).toEqual([])
  })
})
