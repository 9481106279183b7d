import type { Page } from 'playwright-core'
import { type Call, isArchiveCall, isHeadCall, type Treatment } from './proxy.ts'
import { cellOf, goToChart, rowOf, untilFiguresKept, untilHistoryRead } from './sight.ts'
import type { OpenOptions, Stage } from './stage.ts'

const RANGE = 'range=90d'

/** A state of the page that somebody may meet: how to open it, until all of it is there. */
export type Scene = {
  readonly name: string
  readonly options?: Pick<OpenOptions, 'viewport' | 'colorScheme'>
  /** Needs a browser that has stored nothing yet. */
  readonly isCold?: true
  readonly open: (stage: Stage, options: OpenOptions) => Promise<Page>
}

async function openOverview(stage: Stage, options: OpenOptions): Promise<Page> {
  const page = await stage.open(`/?${RANGE}`, options)
  await untilHistoryRead(page)
  await goToChart(page, 3)
  return page
}

async function openWallet(stage: Stage, options: OpenOptions): Promise<Page> {
  const page = await stage.open(`/wallet/${stage.chain.demoWallets.everything}`, options)
  await rowOf(page, /^rETH/).first().waitFor()
  await page.getByText('exact to the wei').waitFor()
  await page.getByRole('application').waitFor()
  return page
}

async function openReceipt(stage: Stage, options: OpenOptions): Promise<Page> {
  const page = await openOverview(stage, options)
  await (await cellOf(page, 'Rocket Pool', 'Implied APY')).getByRole('button').click()
  await page
    .getByRole('dialog')
    .getByText(/^cast call/)
    .nth(1)
    .waitFor()
  return page
}

/** Every page and state of the site, as tests of look and access go through them. */
export const SCENES: readonly Scene[] = [
  { name: 'overview', open: openOverview },
  {
    name: 'overview-table',
    open: async (stage, options) => {
      const page = await openOverview(stage, options)
      await page.getByRole('button', { name: 'Table', exact: true }).click()
      await page.getByRole('table').nth(1).waitFor()
      return page
    },
  },
  {
    name: 'pool',
    open: async (stage, options) => {
      const page = await stage.open(`/pool/rocket-pool?${RANGE}`, options)
      await untilHistoryRead(page)
      await page.getByRole('application').waitFor()
      return page
    },
  },
  {
    name: 'staked',
    open: async (stage, options) => {
      const page = await stage.open('/pool/staked', options)
      await page.getByRole('heading', { level: 1, name: /^Staked/ }).waitFor()
      return page
    },
  },
  { name: 'wallet', open: openWallet },
  {
    name: 'wallet-reading',
    open: async (stage, options) => {
      let old = 0
      stage.proxy.treat(call => {
        if (isArchiveCall(call)) old += 1
        return old > 40 && isArchiveCall(call) ? 'hold' : 'pass'
      })
      const page = await stage.open(`/wallet/${stage.chain.demoWallets.everything}`, options)
      await page.getByText(/^Earned since /).waitFor()
      await page.getByRole('button', { name: 'Stop' }).waitFor()
      return page
    },
  },
  {
    name: 'wallet-start',
    open: async (stage, options) => {
      const page = await stage.open('/wallet', options)
      await page.getByText(/Paste one address or several/).waitFor()
      return page
    },
  },
  {
    name: 'wallet-empty',
    open: async (stage, options) => {
      const page = await stage.open(`/wallet/${stage.chain.demoWallets.nothing}`, options)
      await page.getByText('This address holds no ETH').waitFor()
      return page
    },
  },
  {
    name: 'wallet-wrong',
    open: async (stage, options) => {
      const page = await stage.open('/', options)
      await page.getByRole('textbox', { name: 'Wallet address' }).fill('0x1234')
      await page.keyboard.press('Enter')
      await page.getByRole('alert').waitFor()
      return page
    },
  },
  {
    name: 'method',
    open: async (stage, options) => {
      const page = await stage.open('/method', options)
      await page.getByRole('heading', { name: 'About the numbers' }).waitFor()
      return page
    },
  },
  {
    name: 'nowhere',
    open: async (stage, options) => {
      const page = await stage.open('/nowhere', options)
      await page.getByRole('heading', { name: 'No such page' }).waitFor()
      return page
    },
  },
  { name: 'receipt', open: openReceipt },
  {
    name: 'endpoints',
    open: async (stage, options) => {
      const page = await stage.open('/method', options)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.getByRole('button', { name: /^block / }).click()
      await page.getByRole('dialog').getByRole('listitem').first().waitFor()
      return page
    },
  },
  {
    name: 'ignored',
    open: async (stage, options) => {
      const page = await stage.open('/pool/terra?range=10y&hide=all&x=1', options)
      await page.getByText(/^Not all of this link could be followed/).waitFor()
      return page
    },
  },
  {
    name: 'loading',
    isCold: true,
    open: async (stage, options) => {
      stage.proxy.treat(call => (isHeadCall(call) ? 'hold' : 'pass'))
      const page = await stage.open(`/?${RANGE}`, options)
      await page.getByText('Reading the pools').waitFor({ state: 'attached' })
      await page.getByText('Looking for the blocks…').waitFor()
      return page
    },
  },
  {
    name: 'half-read',
    isCold: true,
    open: async (stage, options) => {
      let samples = 0
      let most = 12
      const slow = (call: Call): Treatment => {
        if (isArchiveCall(call)) samples += 1
        return samples > most ? 'hold' : 'pass'
      }
      stage.proxy.treat(slow)
      const page = await stage.open(`/?${RANGE}`, options)
      await page.getByText(/^\d+ of \d+ samples$/).waitFor()
      // Drawn now and then only: a second burst shows what the first has brought.
      most = 60
      stage.proxy.release()
      stage.proxy.treat(slow)
      await page.getByText(/^\d\d of \d+ samples$/).waitFor()
      await page.getByRole('progressbar').waitFor()
      await page.getByRole('application').waitFor()
      return page
    },
  },
  {
    name: 'kept',
    open: async (stage, options) => {
      const visit = await openOverview(stage, options)
      await untilFiguresKept(visit)
      await visit.close()
      stage.proxy.treat(() => ({ status: 503, body: '' }))
      const page = await stage.open(`/?${RANGE}`, options)
      await page.getByText(/samples, as kept on this device$/).waitFor()
      await page.getByRole('application').waitFor()
      return page
    },
  },
  {
    name: 'failing',
    isCold: true,
    open: async (stage, options) => {
      stage.proxy.treat(() => ({ status: 503, body: '' }))
      const page = await stage.open(`/?${RANGE}`, options)
      await page.getByText('Could not read the history.').waitFor()
      await page.getByText('Could not read the pools.').waitFor()
      return page
    },
  },
]
