import { expect, test } from 'vitest'
import { launchBrowser } from '../support/browser.ts'

test('default: the browser starts and shows a page', async () => {
  const browser = await launchBrowser()
  try {
    const page = await browser.newPage()
    await page.goto('data:text/html,<h1>Looking glass</h1>')
    expect(await page.textContent('h1')).toBe('Looking glass')
  } finally {
    await browser.close()
  }
})
