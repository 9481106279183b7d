import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import axe, { type AxeResults } from 'axe-core'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectNoSideways, expectOutline } from './access.ts'
import type { Scene } from './scenes.ts'
import type { Stage } from './stage.ts'

const PICTURES = join(import.meta.dirname, '../../../test-output/screenshots')
const NARROW = [1280, 1150, 1024, 900, 768, 390, 360, 320]
const THEMES = ['light', 'dark'] as const
/** What is seen at first, and about as much again below it: whole pages would take minutes to paint. */
const SIZES = [
  { width: 360, height: 1600 },
  { width: 768, height: 1600 },
  { width: 1440, height: 1400 },
]

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

/** Keep a picture of a scene at each size and in each theme: "wallet-360-dark.png". */
async function keepPictures(page: Page, name: string): Promise<void> {
  for (const size of SIZES) {
    await page.setViewportSize(size)
    for (const colorScheme of THEMES) {
      await page.emulateMedia({ colorScheme })
      const path = join(PICTURES, `${name}-${size.width}-${colorScheme}.png`)
      await page.screenshot({ path, animations: 'disabled' })
      expect(existsSync(path)).toBe(true)
    }
  }
}

/**
 * Go through scenes: axe finds nothing on them in either theme, their landmarks and headings are in order, they fit on
 * narrow screens, and their pictures are kept.
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

    test('default: axe finds nothing in either theme, and its landmarks and headings are in order', async () => {
      await expectOutline(page)
      for (const colorScheme of THEMES) {
        await page.emulateMedia({ colorScheme })
        expect(await violationsOn(page), colorScheme).toEqual([])
      }
    })

    test('default: its pictures are kept', () => keepPictures(page, name))

    test('behavior: it does not scroll sideways on a narrow screen', async () => {
      for (const width of NARROW) {
        await page.setViewportSize({ width, height: 800 })
        await expectNoSideways(page, `at ${width} px`)
      }
    })
  })
}
