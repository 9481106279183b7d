import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { fence, rowOf, untilHistoryRead } from './support/sight.ts'
import { type Stage, startStage } from './support/stage.ts'

let stage: Stage

beforeAll(async () => {
  stage = await startStage()
})
afterEach(async () => {
  expect((await stage.clear()).complaints).toEqual([])
})
afterAll(() => stage.stop())

test('behavior: the live figures are asked for before any code that they do not need, the chart above all', async () => {
  const page = await stage.open('/nowhere')
  const asked: string[] = []
  page.on('request', request => asked.push(`${request.method()} ${request.url()}`))
  const { calls } = stage.proxy
  const before = calls.length
  await page.goto(`${page.url().replace(/#.*/, '')}#/`)
  await page.reload()
  await untilHistoryRead(page)
  await page.getByRole('application').waitFor()
  const started = asked.findLastIndex(line => /^GET .*\/$/.test(line))
  const visit = asked.slice(started)
  const scripts = visit.flatMap((line, place) => (/assets\/[^/]+\.js$/.test(line) ? [place] : []))
  const first = visit.findIndex(line => line.startsWith('POST '))
  const chart = visit.findIndex(line => /assets\/chart-/.test(line))
  expect(first).toBeGreaterThan(0)
  // Only the page's own script comes before it.
  expect(scripts.filter(place => place < first)).toHaveLength(1)
  expect(chart).toBeGreaterThan(first)
  expect(calls.slice(before)[0]).toMatchObject({ method: 'eth_call', params: [expect.anything(), 'latest'] })
})

test('behavior: nothing else is asked of the endpoint before the first figure stands', async () => {
  const { calls, treat } = stage.proxy
  const before = calls.length
  // The first answer waits; what is sent meanwhile did not wait for it.
  treat(() => 'hold')
  const page = await stage.open('/')
  await expect.poll(() => calls.length - before).toBeGreaterThan(0)
  await page.getByText('Reading the pools').waitFor({ state: 'attached' })
  await page.getByRole('heading', { name: /^Implied APY/ }).waitFor()
  expect(calls.slice(before).map(({ method }) => method)).toEqual(['eth_call'])
  stage.proxy.release()
  await rowOf(page, 'Lido').waitFor()
  await fence(page, stage.proxy)
})
