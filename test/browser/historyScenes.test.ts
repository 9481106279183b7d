import type { BrowserContext } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { HISTORY_SCENES } from './support/historyScenes.ts'
import { goThrough } from './support/look.ts'
import { type Stage, startStage } from './support/stage.ts'

let stage: Stage
let warm: BrowserContext

beforeAll(async () => {
  stage = await startStage({ days: 100 })
  warm = await stage.browser.newContext({ locale: 'en-US' })
})
afterAll(() => stage.stop())

goThrough(HISTORY_SCENES, () => ({ stage, warm }))
