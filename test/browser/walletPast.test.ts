import { readFileSync } from 'node:fs'
import type { Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { PLACES } from '../../src/embedded/addresses.ts'
import { landingBlock } from '../../src/embedded/schedule.ts'
import { type Contracts, readContracts } from './support/contracts.ts'
import { choose, tabTo } from './support/keyboard.ts'
import { violationsOn } from './support/look.ts'
import { type Call, isArchiveCall } from './support/proxy.ts'
import { exactValue, hashOf } from './support/sight.ts'
import { type Stage, startStage } from './support/stage.ts'

const DAYS = 150
const WAD = 10n ** 18n
/** The demo wallet with rETH alone got it on this day, after its report. */
const BOUGHT = landingBlock(Math.floor((DAYS * 37) / 100))
const HELD = 32n * WAD

let stage: Stage
let contracts: Contracts

beforeAll(async () => {
  stage = await startStage({ days: DAYS })
  contracts = readContracts(stage.chain)
})
afterEach(async () => {
  expect((await stage.clear()).complaints).toEqual([])
})
afterAll(() => stage.stop())

const account = (): string => stage.chain.demoWallets.rethOnly
const heading = (page: Page): Locator => page.getByText(/^Earned since /)
/** The figure beside it: the first button after the words. */
const total = (page: Page): Locator =>
  heading(page).locator('xpath=ancestor::*[.//button][1]').getByRole('button').first()
const untilRead = (page: Page): Promise<void> => page.getByText('exact to the wei').waitFor()
const lots = (page: Page): Locator => page.getByRole('table', { name: 'rETH: lots still held' })
const carries = ({ params }: Call): boolean =>
  JSON.stringify(params).toLowerCase().includes(account().slice(2).toLowerCase())

/** What it earned, from two plain questions to the contract. */
async function earned(): Promise<bigint> {
  const rateAt = (blockNumber: bigint): Promise<bigint> =>
    contracts.client.readContract({
      address: PLACES.reth,
      abi: [
        {
          type: 'function',
          name: 'getExchangeRate',
          stateMutability: 'view',
          inputs: [],
          outputs: [{ type: 'uint256' }],
        },
      ],
      functionName: 'getExchangeRate',
      blockNumber,
    })
  return (HELD * ((await rateAt(stage.chain.headBlock)) - (await rateAt(BOUGHT)))) / WAD
}

describe('a wallet’s past', () => {
  test('default: by the keyboard alone, from the pasted address to what it earned, its lots and a file', async () => {
    const page = await stage.open('/')
    await tabTo(page, page.getByRole('textbox', { name: 'Wallet address' }))
    await page.keyboard.insertText(account())
    await page.keyboard.press('Enter')
    await untilRead(page)
    expect(await hashOf(page)).toBe('#/wallet')
    const figure = total(page)
    expect(exactValue(await figure.getAttribute('title'))).toBe(await earned())

    await tabTo(page, figure)
    await page.keyboard.press('Enter')
    const receipt = page.getByRole('dialog')
    await receipt.getByText(/rETH/).first().waitFor()
    await page.keyboard.press('Escape')
    await receipt.waitFor({ state: 'hidden' })

    await choose(page, 'What is drawn over time', 'Earned in ETH')
    await tabTo(page, page.getByRole('button', { name: 'Table', exact: true }))
    await page.keyboard.press('Enter')
    await page
      .getByRole('table', { name: /Earned/ })
      .nth(1)
      .waitFor()

    await choose(page, 'Which lot goes first', 'Average cost')
    expect(await lots(page).getByRole('row').count()).toBe(2)
    await tabTo(page, page.getByRole('button', { name: 'CSV' }))
    const coming = page.waitForEvent('download')
    await page.keyboard.press('Enter')
    const download = await coming
    // The name of a file tells nobody whose wallet it was.
    expect(download.suggestedFilename()).toBe(`poolglass-wallet-${stage.chain.headBlock}.csv`)
    const lines = readFileSync(await download.path(), 'utf8')
      .trim()
      .split('\r\n')
    expect(lines).toHaveLength(2)
    expect(lines[1]).toContain(`,${BOUGHT},`)
    expect(lines[1]).toContain(',32,')
  })

  test('behavior: nothing about it is stored, and it is not in the address, before and after a reload', async () => {
    const page = await stage.open('/')
    await page.getByRole('textbox', { name: 'Wallet address' }).fill(account())
    await page.keyboard.press('Enter')
    await untilRead(page)
    const kept = await page.evaluate(async () => {
      const texts = [location.href, JSON.stringify(history.state), JSON.stringify({ ...localStorage })]
      for (const { name = '' } of await indexedDB.databases()) {
        const base = await new Promise<IDBDatabase>((resolve, reject) => {
          const opening = indexedDB.open(name)
          opening.onsuccess = () => resolve(opening.result)
          opening.onerror = () => reject(opening.error)
        })
        for (const store of base.objectStoreNames) {
          const all = await new Promise<unknown[]>((resolve, reject) => {
            const getting = base.transaction(store).objectStore(store).getAll()
            getting.onsuccess = () => resolve(getting.result)
            getting.onerror = () => reject(getting.error)
          })
          texts.push(JSON.stringify(all, (_, value) => (typeof value === 'bigint' ? `${value}` : value)))
        }
        base.close()
      }
      return texts.join('\n').toLowerCase()
    })
    expect(kept.length).toBeGreaterThan(100)
    expect(kept).not.toContain(account().slice(2).toLowerCase())
    await page.reload()
    await page.getByText(/Paste one address or several/).waitFor()
    expect(await page.getByText(account()).count()).toBe(0)
  })

  test('behavior: it is stopped and gone on with, and no block is asked for twice', async () => {
    let old = 0
    stage.proxy.treat(call => {
      if (!isArchiveCall(call) || !carries(call)) return 'pass'
      old += 1
      return old > 20 ? 'hold' : 'pass'
    })
    const { length } = stage.proxy.calls
    const page = await stage.open(`/wallet/${account()}`)
    await page.getByRole('button', { name: 'Stop' }).click()
    await page.getByText(/, stopped/).waitFor()
    stage.proxy.release()
    await page.getByRole('button', { name: 'Go on' }).click()
    await untilRead(page)
    const blocks = stage.proxy.calls
      .slice(length)
      .filter(call => isArchiveCall(call) && carries(call) && call.method === 'eth_call')
      .map(({ params }) => params[1])
    // Those on their way when it was stopped were asked again.
    expect(blocks.length - new Set(blocks).size).toBeLessThanOrEqual(4)
    expect(new Set(blocks).size).toBeGreaterThan(50)
  })

  test('behavior: an endpoint without old state says so, and the holdings stay', async () => {
    stage.proxy.treat(call =>
      isArchiveCall(call) && carries(call)
        ? {
            status: 200,
            body: '{"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"missing trie node abc (path ) state is not available"}}',
          }
        : 'pass',
    )
    const page = await stage.open(`/wallet/${account()}`)
    await page.getByRole('alert').filter({ hasText: 'Could not read the wallet’s past' }).waitFor()
    expect(await page.getByRole('row', { name: /^rETH/ }).count()).toBe(1)
  })

  test('behavior: an endpoint without logs leaves balances, and the ± that they leave', async () => {
    stage.proxy.treat(({ method }) =>
      method === 'eth_getLogs'
        ? {
            status: 200,
            body: '{"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"the method eth_getLogs does not exist/is not available"}}',
          }
        : 'pass',
    )
    const page = await stage.open(`/wallet/${account()}`)
    await page.getByText('The wallet’s past has been read.').waitFor({ state: 'attached' })
    await page.getByText(/What moved is told by balances alone/).waitFor()
    await page.getByText(/what came and went between two of them is not seen/).waitFor()
    const title = await total(page).getAttribute('title')
    const [low, high] = [...(title ?? '').matchAll(/[\d.]+/g)].map(([text]) => exactValue(`${text} ETH`))
    const truth = await earned()
    expect(low !== undefined && high !== undefined && low < high && low <= truth && truth <= high).toBe(true)
  })

  test.each([
    ['light', 390],
    ['dark', 390],
    ['light', 360],
    ['dark', 1_320],
  ] as const)('behavior: in %s at %d px it fits, and axe finds nothing in it', async (colorScheme, width) => {
    const page = await stage.open(`/wallet/${stage.chain.demoWallets.everything}`, {
      colorScheme,
      viewport: { width, height: 844 },
    })
    await untilRead(page)
    await page.getByRole('application').waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    expect(await violationsOn(page)).toEqual([])
  })
})
