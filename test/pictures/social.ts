import { join } from 'node:path'
import { untilHistoryRead } from '../browser/support/sight.ts'
import type { Stage } from '../browser/support/stage.ts'

const PICTURE = join(import.meta.dirname, '../../public/social.png')
/** What link previews expect. */
const SIZE = { width: 1200, height: 630 }

/** Picture the first screen for link previews; the notice that its values are simulated is part of it. */
export async function drawSocial(stage: Stage): Promise<string> {
  const page = await stage.open('/', { viewport: SIZE })
  // The whole history on a busy machine.
  page.setDefaultTimeout(180_000)
  await page.getByText('Embedded chain, simulated values.').waitFor()
  await untilHistoryRead(page)
  await page.screenshot({ path: PICTURE, animations: 'disabled' })
  await page.close()
  return PICTURE
}
