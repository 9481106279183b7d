import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Contracts, readContracts } from './support/contracts.ts'
import { choose, tabTo } from './support/keyboard.ts'
import { isArchiveCall } from './support/proxy.ts'
import { cellOf, exactValue, reportsRead, rowOf, untilHistoryRead } from './support/sight.ts'
import { type Stage, startStage } from './support/stage.ts'

const YEAR = 31_536_000
const DAY = 86_400
const GRID = 2n

let stage: Stage
let contracts: Contracts

beforeAll(async () => {
  stage = await startStage({ days: 60 })
  contracts = readContracts(stage.chain)
})
afterEach(async () => {
  expect((await stage.clear()).complaints).toEqual([])
})
afterAll(() => stage.stop())

/** Open the overview with its live figures alone. */
const openLive = () => {
  stage.proxy.treat(call => (isArchiveCall(call) ? 'hold' : 'pass'))
  return stage.open('/')
}

const poolOf = (name: string) => {
  const pool = contracts.pools.find(one => one.name === name)
  if (pool === undefined) throw new RangeError(name)
  return pool
}

describe('live rates', () => {
  test('default: all fifteen pools are there, with the rate and the supply that their contracts give', async () => {
    const page = await openLive()
    await page.getByText('Embedded chain, simulated values').waitFor()
    expect(contracts.pools).toHaveLength(14)
    for (const { name, rateAt, pooled } of contracts.pools) {
      const rate = (await cellOf(page, name, 'Rate')).getByRole('button')
      const supply = (await cellOf(page, name, 'Supply')).getByRole('button').first()
      expect(exactValue(await rate.getAttribute('title'))).toBe(await rateAt())
      expect(exactValue(await supply.getAttribute('title'))).toBe(await pooled())
      // What is read at a glance is the beginning of the exact figure.
      const [whole = '', digits = ''] = ((await rate.textContent()) ?? '')
        .replace(/[a-zA-Z]+$/, '')
        .split('.')
      expect(digits).toHaveLength(5)
      expect(((await rate.getAttribute('title')) ?? '').padEnd(20, '0')).toMatch(
        new RegExp(`^${whole}\\.${digits}`),
      )
    }
    expect(await rowOf(page, 'Staked').textContent()).toContain('Nothing on chain is attributable to it.')
    expect(await page.getByText(`block ${stage.chain.headBlock}`, { exact: true }).count()).toBe(1)
  })

  test('behavior: each yield is what the contract says at the two blocks of its receipt', async () => {
    const page = await stage.open('/?range=30d')
    await untilHistoryRead(page)
    await reportsRead(page).waitFor()
    for (const { name, symbol, rateAt } of contracts.pools) {
      const figure = (await cellOf(page, name, 'Implied APY')).getByRole('button')
      const shown = Number.parseFloat((await figure.getAttribute('title')) ?? '')
      // That Tab reaches figures is shown below; here it would go round the page for each.
      await figure.focus()
      await page.keyboard.press('Enter')
      const receipt = page.getByRole('dialog', { name: `${symbol}: implied APY` })
      const commands = receipt.getByText(/^cast call/)
      await commands.nth(1).waitFor()
      const [start, end] = await Promise.all(
        (await commands.allTextContents()).map(async line => {
          const block = BigInt(/--block (\d+)$/.exec(line)?.[1] ?? -1)
          const { timestamp } = await contracts.client.getBlock({ blockNumber: block })
          return { block, time: Number(timestamp), rate: await rateAt(block) }
        }),
      )
      if (start === undefined || end === undefined) throw new RangeError('The receipt has no two calls')
      const said = (await receipt.textContent()) ?? ''
      // Between the times that were measured: those of the blocks, unless an event tells of an earlier one.
      const span = Number(/31536000 ÷ (\d+)/.exec(said)?.[1])
      const lag = /slotTimestamp|reportTimestamp/.test(said) ? DAY / 2 : 0
      expect(Math.abs(span - (end.time - start.time))).toBeLessThanOrEqual(lag)
      expect(Math.abs(span - 30 * DAY)).toBeLessThan(1.5 * DAY)
      expect(end.rate).toBe(await rateAt())
      // The start is a change of rate: a sample earlier it was another.
      expect(await rateAt(start.block - GRID)).not.toBe(start.rate)
      const apy = 100 * ((Number(end.rate) / Number(start.rate)) ** (YEAR / span) - 1)
      expect(shown).toBeCloseTo(apy, 5)
      expect(said).toContain(`${shown.toFixed(6)} %`)
      await page.keyboard.press('Escape')
      await receipt.waitFor({ state: 'hidden' })
    }
  })

  test('behavior: sorting, by the keyboard, turns the order round and says so', async () => {
    const page = await openLive()
    const listed = [...contracts.pools.map(({ name }) => name), 'Staked']
    const names = async () =>
      (await page.getByRole('rowheader').getByRole('link').allTextContents()).filter(name =>
        listed.includes(name),
      )
    const rate = page.getByRole('columnheader', { name: 'Rate' })
    const rates = await Promise.all(
      contracts.pools.map(async ({ name, rateAt }) => ({ name, rate: await rateAt() })),
    )
    const rising = rates.sort((a, b) => (a.rate < b.rate ? -1 : 1)).map(({ name }) => name)
    await tabTo(page, rate.getByRole('button'))
    await page.keyboard.press('Enter')
    expect(await rate.getAttribute('aria-sort')).toBe('descending')
    expect(await names()).toEqual([...rising.toReversed(), 'Staked'])
    await page.keyboard.press('Enter')
    expect(await rate.getAttribute('aria-sort')).toBe('ascending')
    expect(await names()).toEqual([...rising, 'Staked'])
  })

  test('behavior: the keyboard can pass the table by', async () => {
    const page = await openLive()
    await rowOf(page, 'Lido').waitFor()
    await tabTo(page, page.getByRole('button', { name: 'Skip to the chart' }))
    await page.keyboard.press('Enter')
    const title = page.getByRole('heading', { name: /^Implied APY/ })
    expect(await title.evaluate(element => element === document.activeElement)).toBe(true)
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.closest('table') ?? null)).toBeNull()
  })

  test('behavior: a kind of pool is chosen by the keyboard, in table and chart, and a link shows the same', async () => {
    const page = await openLive()
    await choose(page, 'Kind of pool', 'Exchanges')
    // The choice is painted at once, the table follows.
    const names = async () =>
      (await page.getByRole('rowheader').getByRole('link').allTextContents()).toSorted()
    await expect.poll(names).toEqual(['Binance', 'Coinbase'])
    expect(new URL(page.url()).hash).toBe('#/?kind=exchange')
    expect(await page.getByRole('checkbox').count()).toBe(2)
    const other = await stage.open('/?kind=institution')
    await rowOf(other, 'Staked').waitFor()
    expect((await other.getByRole('rowheader').getByRole('link').allTextContents()).toSorted()).toEqual([
      'Liquid Collective',
      'Staked',
    ])
  })

  test('behavior: a figure that is not known says why when it is asked, by the keyboard', async () => {
    const page = await openLive()
    const dash = (await cellOf(page, 'StakeWise', 'Premium')).getByRole('button')
    await tabTo(page, dash)
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Not known' })
    await dialog.getByText('No feed of a market price is confirmed.').waitFor()
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
    expect(await dash.evaluate(element => element === document.activeElement)).toBe(true)
  })

  test('behavior: the reason of a pool without a token is one key away', async () => {
    const page = await openLive()
    await tabTo(page, rowOf(page, 'Staked').getByRole('link', { name: 'Why' }))
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: /Staked/ }).waitFor()
    expect(new URL(page.url()).hash).toBe('#/pool/staked')
    await page.getByText('the public label sets that once named it withdrew the name').waitFor()
  })
})

describe('receipt', () => {
  test('default: Enter opens it, it holds all that repeats the call, Escape gives the focus back', async () => {
    const { rateAt, token } = poolOf('Rocket Pool')
    const page = await openLive()
    const figure = (await cellOf(page, 'Rocket Pool', 'Rate')).getByRole('button')
    await tabTo(page, figure)
    await page.keyboard.press('Enter')
    const receipt = page.getByRole('dialog', { name: 'rETH: exchange rate' })
    const said = async (term: string) =>
      (await receipt
        .locator('dt', { hasText: term })
        .locator('xpath=following-sibling::dd[1]')
        .textContent()) ?? ''
    expect(await said('Block')).toMatch(new RegExp(`^${stage.chain.headBlock}, \\d{4}-\\d\\d-\\d\\d`))
    expect(await said('Contract')).toBe(token)
    expect(await said('Call data')).toBe('0xe6aa216c')
    expect(BigInt(await said('Raw answer'))).toBe(await rateAt())
    expect(await said('Repeat it')).toContain(
      `cast call ${token} "getExchangeRate()(uint256)" --block ${stage.chain.headBlock}`,
    )
    await page.keyboard.press('Escape')
    await receipt.waitFor({ state: 'hidden' })
    expect(await figure.evaluate(element => element === document.activeElement)).toBe(true)
  })

  test('behavior: the focus stays inside while it is open, and Close gives it back too', async () => {
    const page = await openLive()
    const figure = (await cellOf(page, 'Lido', 'Supply')).getByRole('button').first()
    await tabTo(page, figure)
    await page.keyboard.press('Enter')
    const receipt = page.getByRole('dialog', { name: 'Lido: supply' })
    const close = receipt.getByRole('button', { name: 'Close' })
    await receipt.getByText(/^cast call/).waitFor()
    await tabTo(page, receipt.getByRole('button', { name: /^Copy the command/ }))
    await tabTo(page, close, 'Shift+Tab')
    await page.keyboard.press('Enter')
    await receipt.waitFor({ state: 'hidden' })
    expect(await figure.evaluate(element => element === document.activeElement)).toBe(true)
  })
})
