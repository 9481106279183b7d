import type { Locator, Page } from 'playwright-core'
import { parseUnits } from 'viem'
import type { FaultyProxy } from './proxy.ts'

/** Wait until the history on the screen is whole: "396 of 396 samples". */
export const untilHistoryRead = (page: Page): Promise<void> =>
  page
    .getByRole('status')
    .filter({ hasText: /^([\d,]+) of \1 samples$/ })
    .waitFor()

/** A row of a table by its header. */
export const rowOf = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) })

/** The cell of a row under a column, by the column's header or the words that it starts with. */
export async function cellOf(page: Page, row: string | RegExp, column: string): Promise<Locator> {
  // A wallet's tokens have rows in several tables, of which the first has what it holds.
  const found = rowOf(page, row).first()
  await found.waitFor()
  // A column that a narrow screen leaves out has its cells all the same.
  const headers = await found.locator('xpath=ancestor::table[1]').locator('thead th').allTextContents()
  const exact = headers.findIndex(header => header.replace(/ [↑↓]$/, '') === column)
  const index = exact < 0 ? headers.findIndex(header => header.startsWith(column)) : exact
  if (index < 0) throw new RangeError(`No column “${column}” among ${headers.join(', ')}`)
  return found.locator('th, td').nth(index)
}

/** Read an exact figure back from its title: "1.135482 ETH" as a fixed-point value. */
export function exactValue(title: string | null, decimals = 18): bigint {
  const [digits = ''] = (title ?? '').replaceAll(',', '').split(' ')
  return parseUnits(digits as `${number}`, decimals)
}

/** The part of the page's address that holds its view. */
export const hashOf = (page: Page): Promise<string> => page.evaluate(() => location.hash)

/** Send one request of the test's own after all that the page has sent, and wait until it has arrived. */
export async function fence(page: Page, { url, calls }: Pick<FaultyProxy, 'url' | 'calls'>): Promise<void> {
  const method = `test_fence${calls.length}`
  await page.evaluate(
    async request => {
      // Tasks that the page has queued come first.
      await new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve)))
      await fetch(request.url, {
        method: 'POST',
        body: JSON.stringify({ method: request.method, params: [] }),
      })
    },
    { url, method },
  )
}

/** The line that says how far the reports of the pools have been read: "Reports of the last 62 d read: exact where …". */
export const reportsRead = (page: Page): Locator =>
  page.getByRole('status').filter({ hasText: /^Reports( of the last [\d.]+ d)? read: exact/ })

/** Choose a radio button with the pointer. */
export const click = (page: Page, group: string, option: string): Promise<void> =>
  page.getByRole('group', { name: group, exact: true }).getByText(option, { exact: true }).click()

/** What a yield's cell says: "3.00%" over "30.1 d, 30 reports, exact". */
type YieldCell = {
  /** Hundredths of a percent. */
  readonly basisPoints: number
  readonly under: string
  /** Hundredths of a percent by which it may be off; undefined where the cell does not say. */
  readonly off: number | undefined
}

/** Read a yield's cell. */
export async function yieldCellOf(page: Page, row: string, column = 'Implied APY'): Promise<YieldCell> {
  const cell = await cellOf(page, row, column)
  const [figure = '', under = ''] = await cell
    .locator(':scope > span')
    .first()
    .locator(':scope > *')
    .allTextContents()
  const off = under.endsWith(', exact') ? '0' : /, ±([\d.]+)$/.exec(under)?.[1]
  return { basisPoints: hundredths(figure), under, off: off === undefined ? undefined : hundredths(off) }
}

const hundredths = (text: string): number =>
  Math.round(Number(text.replace('−', '-').replace(' ', '').replace('%', '')) * 100)

/** Let the page wait a minute for an endpoint, as the test holds it up for longer than the ten seconds that it gives. */
export const PATIENT =
  'const later = setTimeout; window.setTimeout = (run, time) => later(run, time === 10000 ? 60000 : time)'

/** Wait until the last figures are kept for a visit without a network, with the name of their history. */
export async function untilFiguresKept(page: Page): Promise<void> {
  const identities = (): Promise<unknown[]> =>
    page.evaluate(
      () =>
        new Promise<unknown[]>((resolve, reject) => {
          const opening = indexedDB.open('poolglass-last')
          opening.onerror = () => reject(opening.error)
          opening.onsuccess = () => {
            const database = opening.result
            if (!database.objectStoreNames.contains('samples')) {
              database.close()
              resolve([])
              return
            }
            const records = database.transaction('samples').objectStore('samples').getAll()
            records.onsuccess = () => {
              database.close()
              resolve(records.result.map(({ identity }) => identity))
            }
          }
        }),
    )
  for (let tries = 0; tries < 100; tries += 1) {
    if ((await identities()).some(identity => typeof identity === 'string')) return
    await page.waitForTimeout(100)
  }
  throw new Error('No figures were kept within 10 s.')
}

/** Go to the chart of history, which is drawn when somebody comes near, and wait for its first lines. */
export async function goToChart(page: Page, lines = 1): Promise<Locator> {
  await page.locator('#history-title').scrollIntoViewIfNeeded()
  const chart = page.getByRole('application')
  await chart
    .locator('[data-line]')
    .nth(lines - 1)
    .waitFor()
  return chart
}
