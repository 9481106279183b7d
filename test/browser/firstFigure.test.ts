import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type Stage, startStage } from './support/stage.ts'

let stage: Stage

/** Count what the page posts, and keep the count of the moment in which the first rate stands in the table. */
const COUNT_UNTIL_FIGURE = `(() => {
  const { fetch } = window
  let posts = 0
  window.fetch = (input, init) => {
    if (init?.method === 'POST' || input.method === 'POST') posts += 1
    return fetch(input, init)
  }
  new MutationObserver((_, observer) => {
    const rates = [...document.querySelectorAll('tbody td button')]
    if (!rates.some(({ textContent }) => /^\\d\\.\\d{5}/.test(textContent))) return
    observer.disconnect()
    window.postsUntilFigure = posts
  }).observe(document, { subtree: true, childList: true, characterData: true })
})()`

beforeAll(async () => {
  stage = await startStage()
})
afterEach(async () => {
  expect((await stage.clear()).complaints).toEqual([])
})
afterAll(() => stage.stop())

test('behavior: the live figures are asked for before any code that they do not need, the chart above all', async () => {
  const asked: string[] = []
  const context = await stage.browser.newContext({ locale: 'en-US' })
  context.on('request', request => asked.push(`${request.method()} ${request.url()}`))
  const { calls } = stage.proxy
  const before = calls.length
  const page = await stage.open('/', { context })
  await page.getByRole('application').waitFor()
  const scripts = asked.flatMap((line, place) => (/assets\/[^/]+\.js$/.test(line) ? [place] : []))
  const first = asked.findIndex(line => line.startsWith('POST '))
  const chart = asked.findIndex(line => /assets\/chart-/.test(line))
  expect(first).toBeGreaterThan(0)
  // Only the page's own script comes before it.
  expect(scripts.filter(place => place < first)).toHaveLength(1)
  expect(chart).toBeGreaterThan(first)
  expect(calls.slice(before)[0]).toMatchObject({ method: 'eth_call', params: [expect.anything(), 'latest'] })
})

test('behavior: until the first figures stand nothing else is asked of the endpoint', async () => {
  const page = await stage.open('/', { before: COUNT_UNTIL_FIGURE })
  await page.getByRole('application').waitFor()
  expect(await page.evaluate('window.postsUntilFigure')).toBe(1)
})
