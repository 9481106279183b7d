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
  await rowOf(page, row).waitFor()
  // A column that a narrow screen leaves out has its cells all the same.
  const headers = await rowOf(page, row)
    .locator('xpath=ancestor::table[1]')
    .locator('thead th')
    .allTextContents()
  const exact = headers.findIndex(header => header.replace(/ [↑↓]$/, '') === column)
  const index = exact < 0 ? headers.findIndex(header => header.startsWith(column)) : exact
  if (index < 0) throw new RangeError(`No column “${column}” among ${headers.join(', ')}`)
  return rowOf(page, row).locator('th, td').nth(index)
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
