import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import axe, { type AxeResults } from 'axe-core'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Scene } from './scenes.ts'
import type { Stage } from './stage.ts'

const PICTURES = join(import.meta.dirname, '../../../test-output/screenshots')
const NARROW = [1280, 1150, 1024, 900, 768, 390, 360, 320]

/** What axe finds, as "rule: element, why". The debugger's evaluation is not subject to the page's policy. */
export async function violationsOn(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const { violations, passes }: AxeResults = await page.evaluate('axe.run(document)')
  // A run that looked at nothing would be no proof.
  expect(passes.length).toBeGreaterThan(10)
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}, ${failureSummary}`),
  )
}

/** What sticks out of the screen to the right, where the page can be scrolled sideways. */
const STICKING_OUT = `document.documentElement.scrollWidth <= innerWidth ? [] :
  [...document.querySelectorAll('body *')]
    .filter(element => element.getBoundingClientRect().right > innerWidth + 0.5)
    .map(element => element.tagName + ' ' + element.className + ' ' + (element.textContent ?? '').slice(0, 40))`

/**
 * Go through scenes: axe finds nothing on them, they fit on narrow screens, and their pictures are kept.
 * @param give the stage, and a context in which what one scene has stored serves the next
 */
export function goThrough(
  scenes: readonly Scene[],
  give: () => { stage: Stage; warm: BrowserContext },
): void {
  beforeAll(() => {
    mkdirSync(PICTURES, { recursive: true })
  })

  describe.each(scenes)('$name', ({ name, options, isCold, open }) => {
    let page: Page

    beforeAll(async () => {
      const { stage, warm } = give()
      page = await open(stage, { ...options, ...(isCold === true ? {} : { context: warm }) })
    })
    afterAll(async () => {
      give().stage.proxy.release()
      await page.close()
    })

    test('default: axe finds nothing, and its picture is kept', async () => {
      const path = join(PICTURES, `${name}.png`)
      await page.screenshot({ path, fullPage: !name.startsWith('receipt'), animations: 'disabled' })
      expect(existsSync(path)).toBe(true)
      expect(await violationsOn(page)).toEqual([])
    })

    test('behavior: it does not scroll sideways on a narrow screen', async () => {
      for (const width of NARROW) {
        await page.setViewportSize({ width, height: 800 })
        expect(await page.evaluate(STICKING_OUT), `at ${width} px`).toEqual([])
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
      }
    })
  })
}
