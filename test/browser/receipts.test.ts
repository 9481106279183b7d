import axe, { type AxeResults } from 'axe-core'
import type { Locator, Page } from 'playwright-core'
import { type Hex, numberToHex } from 'viem'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createRpc } from '../../src/embedded/rpc.ts'
import { rocketPool } from '../../src/pools/rocketPool.ts'
import { tabTo } from './support/keyboard.ts'
import { type Call, type FaultyProxy, startProxy } from './support/proxy.ts'
import { exactValue } from './support/sight.ts'
import { type Stage, startStage } from './support/stage.ts'

let stage: Stage
/** The second operator: an own node, by its address on this machine. */
let second: FaultyProxy

beforeAll(async () => {
  stage = await startStage({ days: 40 })
  second = await startProxy(stage.chain.url)
})
afterEach(async () => {
  second.release()
  expect((await stage.clear()).complaints).toEqual([])
})
afterAll(async () => {
  await second?.die()
  await stage?.stop()
})

const nameOf = ({ url }: { readonly url: string }): string => new URL(url).host

/** Open a page that asks both, the stage's own first. */
function open(route: string): Promise<Page> {
  const settings = { own: [second.url], order: [stage.proxy.url, second.url] }
  return stage.open(route, {
    before: `localStorage.setItem('poolglass:endpoints:embedded', ${JSON.stringify(JSON.stringify(settings))})`,
  })
}

/** Open the receipt of rETH's rate by the keyboard. */
async function openRate(): Promise<{
  readonly page: Page
  readonly receipt: Locator
  readonly figure: Locator
}> {
  const page = await open('/pool/rocket-pool?range=30d')
  const figure = page.locator('dt', { hasText: /^Rate$/ }).locator('xpath=following-sibling::dd[1]//button')
  await tabTo(page, figure)
  await page.keyboard.press('Enter')
  const receipt = page.getByRole('dialog', { name: 'rETH: exchange rate' })
  await receipt.getByText(/recomputed from the header that/).waitFor()
  return { page, receipt, figure }
}

async function press(page: Page, button: Locator): Promise<void> {
  await tabTo(page, button)
  await page.keyboard.press('Enter')
}

/** What axe finds in the receipt. */
async function violationsIn(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const { violations, passes }: AxeResults = await page.evaluate('axe.run("dialog[open]")')
  expect(passes.length).toBeGreaterThan(5)
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join()}`)
}

const isAgain = ({ method, params }: Call): boolean =>
  method === 'eth_call' && typeof params[1] === 'object' && params[1] !== null

describe('receipt', () => {
  test('default: hash, a second operator and a proof, all by the keyboard', async () => {
    const { page, receipt, figure } = await openRate()
    const rpc = createRpc(stage.chain.url)
    const block = BigInt((await receipt.getByText(/^cast call/).innerText()).split('--block ')[1] ?? '')
    const { hash } = await rpc<{ readonly hash: Hex }>('eth_getBlockByNumber', [numberToHex(block), false])
    await receipt.getByText(hash, { exact: true }).waitFor()

    await press(page, receipt.getByRole('button', { name: 'Read it again from another operator' }))
    await receipt.getByText(`${nameOf(stage.proxy)} and ${nameOf(second)} gave the same.`).waitFor()
    await receipt.getByText(`${nameOf(second)}, the same, asked again by the block’s hash:`).waitFor()
    expect(second.calls.filter(isAgain).map(({ params }) => params[1])).toEqual([
      { blockHash: hash, requireCanonical: true },
    ])
    await receipt.getByText(/^Nobody else is left to ask/).waitFor()

    await press(page, receipt.getByRole('button', { name: 'Prove it: Rate' }))
    await receipt.getByText(/^Proven from block \d+’s state root:$/).waitFor()
    const rate = await rpc<Hex>('eth_call', [
      { to: rocketPool.rate.address, data: rocketPool.rate.callData },
      numberToHex(block),
    ])
    const proven = await receipt.getByText(/, the same as the rate above\.$/).innerText()
    expect(exactValue(proven.replace(',', ' '))).toBe(BigInt(rate))
    await receipt.getByText(`is one that ${nameOf(stage.proxy)} and ${nameOf(second)} agree on.`).waitFor()
    expect(await violationsIn(page)).toEqual([])

    await page.keyboard.press('Escape')
    await receipt.waitFor({ state: 'hidden' })
    expect(await figure.evaluate(element => element === document.activeElement)).toBe(true)
  })

  test('behavior: an operator that lies is shown with both values', async () => {
    const { page, receipt } = await openRate()
    const rate = await receipt
      .locator('dd')
      .filter({ hasText: /^0x0{40}/ })
      .first()
      .locator('code')
      .innerText()
    const lie = `${rate.slice(0, -1)}${rate.endsWith('1') ? '2' : '1'}`
    second.treat(call =>
      isAgain(call) ? { change: answer => answer.replace(rate.slice(2), lie.slice(2)) } : 'pass',
    )
    await press(page, receipt.getByRole('button', { name: 'Read it again from another operator' }))
    await receipt.getByText(`${nameOf(second)}, different, asked again by the block’s hash:`).waitFor()
    for (const raw of [rate, lie]) await receipt.getByText(raw, { exact: true }).waitFor()
    const who = receipt.getByRole('region', { name: 'Who gave it' })
    expect(await who.innerText()).toContain(`${nameOf(stage.proxy)} and ${nameOf(second)} differ: `)
    expect(await violationsIn(page)).toEqual([])
  })

  test('behavior: a wallet is shown to a second operator only after a word about it', async () => {
    const account = stage.chain.demoWallets.everything
    const page = await open(`/wallet/${account}`)
    const sees = ({ params }: Call): boolean =>
      JSON.stringify(params).includes(account.slice(2).toLowerCase())
    await press(page, page.getByRole('row', { name: /^rETH/ }).getByRole('button').first())
    const receipt = page.getByRole('dialog')
    await receipt.getByText(/recomputed from the header that/).waitFor()
    await press(
      page,
      receipt.getByRole('button', { name: /^Read it again from another operator, which will see/ }),
    )
    await receipt.getByText(`${nameOf(second)} will see the address ${account}`).waitFor()
    expect(await violationsIn(page)).toEqual([])
    expect(second.calls.some(sees)).toBe(false)
    await press(page, receipt.getByRole('button', { name: `Let ${nameOf(second)} see it` }))
    await receipt.getByText(`${nameOf(stage.proxy)} and ${nameOf(second)} gave the same.`).waitFor()
    expect(second.calls.some(sees)).toBe(true)
  })
})
