import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { tokenPools } from '../../src/pools/index.ts'
import { isArchiveCall, isHeadCall } from './support/proxy.ts'
import { fence, reportsRead, rowOf, untilHistoryRead } from './support/sight.ts'
import { type Stage, startStage } from './support/stage.ts'

let stage: Stage

beforeAll(async () => {
  stage = await startStage()
})
afterEach(async () => {
  expect((await stage.clear()).complaints).toEqual([])
})
afterAll(() => stage.stop())

/** The page can hear that it is hidden; what it does then is its own affair. */
const setVisibility = (state: 'hidden' | 'visible') => `
  Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => '${state}' })
  Object.defineProperty(document, 'hidden', { configurable: true, get: () => ${state === 'hidden'} })
  document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))`

/** A block and a moment, in milliseconds: the page looks for a new head. */
const NEXT_BLOCK = 13_000

describe('requests', () => {
  test('default: the first figures take one request with one eth_call', async () => {
    const { calls, treat } = stage.proxy
    const already = calls.length
    // Whatever else the page asks is kept waiting: the figures have to do without it.
    treat(() => (calls.length > already + 1 ? 'hold' : 'pass'))
    const page = await stage.open('/')
    for (const { name } of tokenPools)
      await rowOf(page, name)
        .getByRole('button', { name: /^\d\.\d{5} ?[a-zA-Z]+$/ })
        .waitFor()
    await fence(page, { url: stage.chain.url, calls })
    const [first, ...others] = calls.slice(already)
    expect(first).toMatchObject({ method: 'eth_call', params: [expect.anything(), 'latest'] })
    expect(others.filter(({ method }) => method === 'eth_call')).toEqual([])
  })

  test('behavior: a second visit reads the history out of the browser and only its tail anew', async () => {
    const { calls } = stage.proxy
    const page = await stage.open('/')
    await untilHistoryRead(page)
    const words = await page.getByText(/^\d+ of \d+ samples$/).textContent()
    const first = calls.length
    await page.reload()
    await untilHistoryRead(page)
    const again = calls.slice(first)
    expect(again.filter(isHeadCall)).toHaveLength(1)
    expect(again.filter(isArchiveCall).length).toBeLessThanOrEqual(2)
    expect(await page.getByText(/^\d+ of \d+ samples$/).textContent()).toBe(words)
    // So it is in another tab, and on another page of the site.
    const second = calls.length
    const other = await stage.open('/pool/lido', { context: page.context() })
    await untilHistoryRead(other)
    expect(calls.slice(second).filter(isArchiveCall).length).toBeLessThanOrEqual(2)
  })

  test('behavior: a visible page follows the head, a hidden one asks nothing', async () => {
    const { calls } = stage.proxy
    const page = await stage.open('/?range=30d', { clock: true })
    await untilHistoryRead(page)
    await reportsRead(page).waitFor()
    const heads = () => calls.filter(isHeadCall).length
    const before = heads()
    await page.clock.fastForward(NEXT_BLOCK)
    await expect.poll(heads).toBe(before + 1)

    await page.evaluate(setVisibility('hidden'))
    const whileVisible = calls.length
    for (let block = 0; block < 60; block += 1) await page.clock.fastForward(NEXT_BLOCK)
    await fence(page, stage.proxy)
    expect(calls.slice(whileVisible).map(({ method }) => method)).toEqual([`test_fence${whileVisible}`])

    await page.evaluate(setVisibility('visible'))
    await expect.poll(heads).toBe(before + 2)
  })

  test('behavior: nobody but the chosen endpoint and the page’s own server is asked', async () => {
    const page = await stage.open('/?range=30d')
    await untilHistoryRead(page)
    await page.getByRole('application').waitFor()
    for (const route of ['/pool/ankr?range=30d', '/pool/staked', '/method', '/nowhere'])
      await page.evaluate(hash => location.assign(hash), `#${route}`)
    await page.getByRole('heading', { name: 'No such page' }).waitFor()
    await page.evaluate(hash => location.assign(hash), `#/wallet/${stage.chain.demoWallets.everything}`)
    await rowOf(page, /^rETH/).first().waitFor()
    expect((await stage.clear()).hosts).toEqual(['127.0.0.1'])
  })
})
