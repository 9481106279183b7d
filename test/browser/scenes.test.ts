import type { BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { goThrough, violationsOn } from './support/look.ts'
import { SCENES } from './support/scenes.ts'
import { rowOf } from './support/sight.ts'
import { type Stage, startStage } from './support/stage.ts'

/** CSS pixels: the least for a finger. */
const TOUCH = 44

let stage: Stage
/** What one scene has stored serves the next, so that history is read once. */
let warm: BrowserContext

beforeAll(async () => {
  stage = await startStage({ days: 150 })
  warm = await stage.browser.newContext({ locale: 'en-US' })
})
afterAll(() => stage.stop())

goThrough(SCENES, () => ({ stage, warm }))

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
    await page.getByRole('heading', { level: 1 }).waitFor()
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
