import type { Page } from 'playwright-core'
import { isLogs, REFUSED } from './proxy.ts'
import type { Scene } from './scenes.ts'
import { goToChart, reportsRead, untilHistoryRead } from './sight.ts'
import type { OpenOptions, Stage } from './stage.ts'

const PHONE = { width: 390, height: 844 }
const DAY = 86_400_000

const dayBefore = (days: number): string => new Date(Date.now() - days * DAY).toISOString().slice(0, 10)

/** Open a page until all that it draws of the past is there. */
async function openDrawn(stage: Stage, options: OpenOptions, route: string): Promise<Page> {
  const page = await stage.open(route, options)
  await untilHistoryRead(page)
  await reportsRead(page).waitFor()
  await goToChart(page)
  return page
}

const drawn =
  (route: string) =>
  (stage: Stage, options: OpenOptions): Promise<Page> =>
    openDrawn(stage, options, route)

async function openWhatIf(stage: Stage, options: OpenOptions): Promise<Page> {
  const page = await openDrawn(stage, options, `/?range=30d&since=${dayBefore(60)}&amount=12.5`)
  await page.getByRole('table', { name: /^What the amount became since / }).waitFor()
  await page.getByRole('table', { name: /^What the amount would become in a year/ }).waitFor()
  return page
}

/** The pages and states that tell of the past: measures, ranges, reports, and what would have been. */
export const HISTORY_SCENES: readonly Scene[] = [
  { name: 'growth', open: drawn('/?range=30d&show=growth') },
  { name: 'supply', open: drawn('/?range=30d&show=supply') },
  { name: 'premium', open: drawn('/?range=30d&show=premium') },
  { name: 'custom-range', open: drawn(`/?range=30d&from=${dayBefore(20)}&until=${dayBefore(10)}`) },
  {
    name: 'custom-range-wrong',
    options: { viewport: PHONE },
    open: drawn(`/?range=30d&from=${dayBefore(10)}&until=${dayBefore(20)}`),
  },
  {
    name: 'crosshair',
    open: async (stage, options) => {
      const page = await openDrawn(stage, options, '/?range=30d')
      await page.getByRole('application').focus()
      await page.keyboard.press('ArrowLeft')
      await page.keyboard.press('Shift+ArrowLeft')
      await page.keyboard.press('Shift+ArrowLeft')
      await page.getByRole('application').locator('dl').waitFor()
      return page
    },
  },
  { name: 'what-if', open: openWhatIf },
  {
    name: 'pool-reports',
    options: { viewport: PHONE, colorScheme: 'dark' },
    open: drawn('/pool/rocket-pool?range=30d'),
  },
  {
    name: 'reports-refused',
    isCold: true,
    open: async (stage, options) => {
      stage.proxy.treat(call => (isLogs(call) ? REFUSED : 'pass'))
      const page = await stage.open('/?range=30d', options)
      await page.getByText(/^The reports could not be read/).waitFor()
      await page.locator('summary').click()
      await page
        .getByRole('listitem')
        .filter({ hasText: /HTTP|offer|refused|127\.0\.0\.1/ })
        .waitFor()
      return page
    },
  },
]
