import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'

const PUBLIC = join(import.meta.dirname, '../../public')
/** As in styles/tokens.css, light. */
const PAPER = '#fbfaf6'

type Icon = {
  readonly file: string
  readonly pixels: number
  /** Share of the width that the mark takes. */
  readonly mark: number
}

// A launcher may cut a maskable icon down to a circle of four fifths.
const ICONS: readonly Icon[] = [
  { file: 'icon-192.png', pixels: 192, mark: 0.72 },
  { file: 'icon-512.png', pixels: 512, mark: 0.72 },
  { file: 'maskable-512.png', pixels: 512, mark: 0.5 },
  { file: 'apple-touch-180.png', pixels: 180, mark: 0.64 },
]

/** Draw the icons of installers from the page's own mark. @returns the files written */
export async function drawIcons(browser: Browser): Promise<string[]> {
  const svg = await readFile(join(PUBLIC, 'favicon.svg'), 'utf8')
  const address = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`
  const page = await browser.newPage({ colorScheme: 'light' })
  const files: string[] = []
  for (const { file, pixels, mark } of ICONS) {
    await page.setViewportSize({ width: pixels, height: pixels })
    await page.setContent(
      `<body style="margin:0;height:100vh;display:grid;place-items:center;background:${PAPER}">
        <img src="${address}" alt="" style="width:${mark * 100}%">`,
    )
    await page
      .locator('img')
      .evaluate(image => (image instanceof HTMLImageElement ? image.decode() : undefined))
    const path = join(PUBLIC, 'icons', file)
    await page.screenshot({ path })
    files.push(path)
  }
  await page.close()
  return files
}
