import { statSync } from 'node:fs'
import { buildPage, isPageFresh, ROOT } from '../../src/cli/start/buildPage.ts'
import { startStage } from '../browser/support/stage.ts'
import { drawIcons } from './icons.ts'
import { drawSocial } from './social.ts'

// `npm run pictures`: the pictures in public/ that are made from the page itself. Run it when its look has changed.

const endings: (() => unknown)[] = []
if (!isPageFresh(ROOT)) await buildPage({ atEnd: end => endings.push(end) })
for (const end of endings) await end()

const stage = await startStage({ days: 1095 })
try {
  const files = [...(await drawIcons(stage.browser)), await drawSocial(stage)]
  for (const file of files) console.log(`${file}: ${(statSync(file).size / 1_000).toFixed(1)} kB`)
} finally {
  await stage.stop()
}
