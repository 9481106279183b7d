import { mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { untilHistoryRead } from './support/sight.ts'
import { startStage } from './support/stage.ts'

const PICTURE = join(import.meta.dirname, '../../docs/overview.png')
const MOST_BYTES = 600_000

// Only when it is asked for: every run would give another picture and leave the tree changed.
test.runIf(process.env['UPDATE_PICTURES'] === '1')('default: the picture of the README', async () => {
  const stage = await startStage({ days: 1095 })
  try {
    const page = await stage.open('/')
    await untilHistoryRead(page)
    await page.getByRole('application').waitFor()
    mkdirSync(join(PICTURE, '..'), { recursive: true })
    await page.screenshot({ path: PICTURE, fullPage: true, animations: 'disabled' })
    expect(statSync(PICTURE).size).toBeLessThan(MOST_BYTES)
    expect((await stage.clear()).complaints).toEqual([])
  } finally {
    await stage.stop()
  }
})
