import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { PLACES } from '../../src/embedded/addresses.ts'
import { createRpc } from '../../src/embedded/rpc.ts'
import { tokenPools } from '../../src/pools/index.ts'
import { skipTable, tabTo } from './support/keyboard.ts'
import { isArchiveCall, isHeadCall, type Treatment } from './support/proxy.ts'
import { cellOf, reportsRead, rowOf, untilHistoryRead } from './support/sight.ts'
import { type Stage, startStage } from './support/stage.ts'

let stage: Stage

beforeAll(async () => {
  stage = await startStage({ days: 40 })
})
afterEach(async () => {
  await stage.clear()
})
afterAll(() => stage.stop())

const NEXT_BLOCK = 13_000
const OTHERS = tokenPools.map(({ name }) => name).filter(name => name !== 'Ankr')
const ROUTE = '/?range=30d&window=7d'

const failureOf = (page: Page, what: string) =>
  page.getByRole('alert').filter({ hasText: new RegExp(`^Could not read ${what}`) })

/** Press Try again, and make sure that it is this which asks again, long before the page would by itself. */
async function tryAgain(page: Page, what: string, mend: () => unknown = stage.proxy.release): Promise<void> {
  // The history asks for the head too: as long as it still tries, it could be the one to mend the page.
  await page.getByText('Cancel', { exact: true }).waitFor({ state: 'detached' })
  await mend()
  if (what === 'the history') await skipTable(page)
  await tabTo(page, failureOf(page, what).getByRole('button', { name: 'Try again' }))
  const before = stage.proxy.calls.length
  await page.keyboard.press('Enter')
  await expect.poll(() => stage.proxy.calls.length, { timeout: 5_000 }).toBeGreaterThan(before)
}

const halfOfCall = (answer: string): string => {
  const { result, ...rest } = JSON.parse(answer)
  return JSON.stringify({ ...rest, result: result.slice(0, 2 + 64 * 9) })
}
const otherChain = (answer: string): string =>
  answer.replaceAll((31_337).toString(16).padStart(64, '0'), (17_000).toString(16).padStart(64, '0'))

const FAULTS: readonly (readonly [string, string, RegExp, Treatment])[] = [
  ['RateLimited', '429', /wants fewer requests; wait a minute/, { status: 429, body: 'Too Many Requests' }],
  [
    'UnexpectedReply',
    'a web page',
    /answered a web page instead of JSON-RPC; check that the URL/,
    {
      status: 200,
      body: '<!doctype html><html><body>Welcome</body></html>',
    },
  ],
  [
    'UnexpectedReply',
    'half a body',
    /answered something else instead of JSON-RPC/,
    {
      change: answer => answer.slice(0, answer.length / 2),
    },
  ],
  [
    'UnexpectedReply',
    'half a result',
    /answered half a result; ask another endpoint/,
    { change: halfOfCall },
  ],
  ['WrongChain', 'another chain', /serves chain 17000, not 31337; give the URL/, { change: otherChain }],
  ['Unreachable', 'a broken server', /is out of order \(HTTP 503\)/, { status: 503, body: '' }],
]

describe('an endpoint that fails from the start', () => {
  test.each(FAULTS)(
    'error: %s, %s, has its sentence, and no figure is shown',
    async (kind, _, sentence, fault) => {
      stage.proxy.treat(() => fault)
      const page = await stage.open(ROUTE)
      const failure = failureOf(page, 'the pools')
      await failure.filter({ hasText: sentence }).filter({ hasText: kind }).waitFor()
      await page.getByText('no endpoint answers').waitFor()
      expect(await rowOf(page, 'Lido').count()).toBe(0)
    },
  )

  test('error: Unreachable, switched off, says what to check, and Try again helps once it is back', async () => {
    await stage.proxy.die()
    try {
      const page = await stage.open(ROUTE)
      const failure = failureOf(page, 'the pools').filter({ hasText: 'Unreachable' })
      await failure.filter({ hasText: `cannot be reached at ${stage.proxy.url}` }).waitFor()
      await failureOf(page, 'the history').waitFor()
      await tryAgain(page, 'the pools', stage.proxy.revive)
      await rowOf(page, 'Lido').waitFor()
      await failure.waitFor({ state: 'detached' })
    } finally {
      await stage.proxy.revive()
    }
  })

  test('error: Unreachable, an endpoint that never answers is given up', async () => {
    stage.proxy.treat(() => 'hold')
    // Ten times faster than a reader's patience.
    const before =
      'const later = setTimeout; window.setTimeout = (run, time) => later(run, time >= 5000 ? time / 10 : time)'
    const page = await stage.open(ROUTE, { before })
    await failureOf(page, 'the pools').filter({ hasText: 'gave no answer within 6 s' }).waitFor()
    await tryAgain(page, 'the pools')
    await rowOf(page, 'Lido').waitFor()
  })
})

describe('an endpoint that fails later', () => {
  test('behavior: the old figures stay, with a note, until it is back', async () => {
    const page = await stage.open(ROUTE, { clock: true })
    await untilHistoryRead(page)
    await reportsRead(page).waitFor()
    const figures = () => page.getByRole('table').first().getByRole('button').allTextContents()
    const before = await figures()
    stage.proxy.treat(() => ({ status: 503, body: '' }))
    await page.clock.fastForward(NEXT_BLOCK)
    const note = failureOf(page, 'the pools again')
    // The page tries a second time after a second.
    await expect
      .poll(async () => {
        await page.clock.fastForward(200)
        return note.count()
      })
      .toBe(1)
    expect(await note.textContent()).toContain('The figures below are from an earlier reading.')
    expect(await figures()).toEqual(before)
    await tryAgain(page, 'the pools')
    await note.waitFor({ state: 'detached' })
  })

  test('behavior: without its history a page still shows the rates, and says what is missing', async () => {
    stage.proxy.treat(call => (isArchiveCall(call) ? { status: 429, body: '' } : 'pass'))
    const page = await stage.open(ROUTE)
    await failureOf(page, 'the history').filter({ hasText: 'RateLimited' }).waitFor()
    await rowOf(page, 'Lido')
      .getByRole('button', { name: /^\d\.\d{5} ?ETH$/ })
      .waitFor()
    await tryAgain(page, 'the history')
    await untilHistoryRead(page)
  })

  test('behavior: a wallet that cannot be read says so and can be tried again', async () => {
    stage.proxy.treat(call => (isHeadCall(call) ? { status: 503, body: '' } : 'pass'))
    const page = await stage.open(`/wallet/${stage.chain.demoWallets.everything}`)
    const failure = failureOf(page, 'the wallet')
    await failure.filter({ hasText: 'HTTP 503' }).waitFor()
    await tryAgain(page, 'the wallet')
    await rowOf(page, /^rETH/).first().waitFor()
  })
})

describe('a part of the page that is gone', () => {
  test('behavior: a receipt that cannot be loaded says so in its dialog, and the figures stay', async () => {
    // A page that is kept on the device has all its parts there.
    const context = await stage.browser.newContext({ locale: 'en-US', serviceWorkers: 'block' })
    const page = await stage.open(ROUTE, { context })
    await untilHistoryRead(page)
    await page.route('**/ReceiptBody-*.js', route => route.abort())
    const figure = (await cellOf(page, 'Lido', 'Rate')).getByRole('button')
    await figure.focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Reload the page: a part of it is gone.').waitFor()
    expect(await rowOf(page, 'Lido').count()).toBe(1)
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
    expect(await figure.evaluate(element => element === document.activeElement)).toBe(true)
  })
})

describe('a browser that keeps nothing', () => {
  test.each([
    ['missing', `Object.defineProperty(window, 'indexedDB', { value: undefined })`],
    ['blocked', `IDBFactory.prototype.open = () => { throw new DOMException('denied', 'SecurityError') }`],
  ])('error: StorageUnavailable, IndexedDB %s, is said and the figures are there', async (_, before) => {
    const page = await stage.open(ROUTE, { before })
    await page.getByText('This browser does not let the page keep what it has read').waitFor()
    await untilHistoryRead(page)
    await (await cellOf(page, 'Lido', 'Implied APY')).getByRole('button').waitFor()
    expect((await stage.clear()).complaints).toEqual([])
  })
})

describe('a chain that is not well', () => {
  test.each([
    // PUSH 0, PUSH 0, REVERT.
    ['refuses', '0x60006000fd'],
    // INVALID takes all the gas of the call that the others share.
    ['burns its gas', '0xfe'],
  ])(
    'behavior: one pool’s contract that %s is told in its row, the others are untouched',
    async (_, code) => {
      const own = await startStage({ days: 20 })
      try {
        const healthy = await own.open(ROUTE)
        await untilHistoryRead(healthy)
        await reportsRead(healthy).waitFor()
        const others = OTHERS
        const figuresOf = (page: Page) =>
          Promise.all(others.map(name => rowOf(page, name).getByRole('button').allTextContents()))
        const before = await figuresOf(healthy)
        await createRpc(own.chain.url)('anvil_setCode', [PLACES.ankrEth, code])
        const page = await own.open(ROUTE)
        await untilHistoryRead(page)
        await reportsRead(page).waitFor()
        for (const column of ['Rate', 'Supply']) {
          const text = await (await cellOf(page, 'Ankr', column)).textContent()
          expect(text).toContain('not known: The contract refused sharesToBonds(')
        }
        expect(await figuresOf(page)).toEqual(before)
        await page.evaluate(hash => location.assign(hash), `#/wallet/${own.chain.demoWallets.everything}`)
        await page.getByText('Without ankrETH, aETHb, which could not be read.').waitFor()
        await rowOf(page, /^rETH/).first().waitFor()
        expect((await own.clear()).complaints).toEqual([])
      } finally {
        await own.stop()
      }
    },
  )

  test('behavior: a head that stands still is called old', async () => {
    const hour = 3_600n
    const own = await startStage({ days: 20, now: BigInt(Math.floor(Date.now() / 1000)) - 2n * hour })
    try {
      const page = await own.open('/')
      await page.getByText(/^ · 2 h ago, old/).waitFor()
      await rowOf(page, 'Lido').waitFor()
      expect(await page.locator('[data-state="stale"]').count()).toBe(1)
    } finally {
      await own.stop()
    }
  })
})
