import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import axe, { type AxeResults } from 'axe-core'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SCENES } from './support/scenes.ts'
import { rowOf } from './support/sight.ts'
import { type Stage, startStage } from './support/stage.ts'

const PICTURES = join(import.meta.dirname, '../../test-output/screenshots')
/** CSS pixels: the least for a finger. */
const TOUCH = 44
const NARROW = [1280, 1150, 1024, 900, 768, 390, 360, 320]

let stage: Stage
/** What one scene has stored serves the next, so that history is read once. */
let warm: BrowserContext

beforeAll(async () => {
  mkdirSync(PICTURES, { recursive: true })
  stage = await startStage({ days: 150 })
  warm = await stage.browser.newContext({ locale: 'en-US' })
})
afterAll(() => stage.stop())

/** What axe finds, as "rule: element, why". The debugger's evaluation is not subject to the page's policy. */
async function violationsOn(page: Page): Promise<string[]> {
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

describe.each(SCENES)('$name', ({ name, options, isCold, open }) => {
  let page: Page

  beforeAll(async () => {
    page = await open(stage, { ...options, ...(isCold === true ? {} : { context: warm }) })
  })
  afterAll(async () => {
    stage.proxy.release()
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

describe('axe', () => {
  test('behavior: it does find what is wrong', async () => {
    const page = await stage.open('/method')
    await page.getByRole('heading', { name: 'About the numbers' }).waitFor()
    await page.evaluate(() => document.querySelector('h1')?.setAttribute('role', 'nonsense'))
    expect((await violationsOn(page)).join()).toContain('aria-roles: h1')
  })
})

describe('touch', () => {
  test('default: the controls of the header are large enough for a finger', async () => {
    const page = await stage.open('/method', { viewport: { width: 360, height: 800 } })
    const controls = await page.getByRole('banner').locator('input, button').all()
    expect(controls).toHaveLength(4)
    for (const control of controls) {
      const box = await control.boundingBox()
      expect(box?.height, String(control)).toBeGreaterThanOrEqual(TOUCH)
      expect(box?.width, String(control)).toBeGreaterThanOrEqual(TOUCH)
    }
  })

  test('behavior: the choices over the table and the chart are large enough for a finger', async () => {
    const page = await stage.open('/?range=30d', { viewport: { width: 360, height: 800 } })
    await rowOf(page, 'Lido').waitFor()
    await page.getByRole('group', { name: 'Range', exact: true }).waitFor()
    const choices = await page
      .locator('label')
      .filter({ has: page.getByRole('radio') })
      .all()
    expect(choices.length).toBeGreaterThan(10)
    for (const choice of choices) {
      const box = await choice.boundingBox()
      expect(box?.height, await choice.innerText()).toBeGreaterThanOrEqual(TOUCH)
    }
  })
})
