import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { untilHistoryRead } from './support/sight.ts'
import { type Stage, startStage } from './support/stage.ts'

let stage: Stage

beforeAll(async () => {
  stage = await startStage()
})
afterAll(() => stage.stop())

describe('whom the page speaks to, and what it lets run', () => {
  test('default: while it loads and reads its history, nobody but its own host and the endpoint is asked', async () => {
    const context = await stage.browser.newContext()
    const origins = new Set<string>()
    context.on('request', request => {
      const { protocol, origin } = new URL(request.url())
      if (protocol !== 'data:') origins.add(origin)
    })
    const page = await stage.open('/', { context })
    await untilHistoryRead(page)
    expect([...origins].sort()).toEqual([new URL(page.url()).origin, new URL(stage.proxy.url).origin].sort())
    expect((await stage.clear()).complaints).toEqual([])
  })

  test('behavior: the policy allows no script in the page and no connection that is not encrypted but to this machine', async () => {
    const page = await stage.open('/method')
    const policy = await page
      .locator('meta[http-equiv="Content-Security-Policy"]')
      .evaluate(meta => meta.getAttribute('content') ?? '')
    const rules = new Map(policy.split('; ').map(rule => [rule.split(' ')[0], rule.split(' ').slice(1)]))
    expect(rules.get('default-src')).toEqual(["'none'"])
    // The three scripts that stand in the page, by their hashes.
    const hash = expect.stringMatching(/^'sha256-[\w+/]{43}='$/)
    expect(rules.get('script-src')).toEqual(["'self'", hash, hash, hash])
    expect(await page.locator('link[rel=preconnect]').getAttribute('href')).toBe(stage.proxy.url)
    expect(rules.get('style-src')).toEqual(["'self'"])
    expect(rules.get('connect-src')).toEqual(["'self'", 'https:', 'http://127.0.0.1:*', 'http://localhost:*'])
    expect(policy).not.toContain('unsafe')
    await page.evaluate(`{
      const script = document.createElement('script')
      script.textContent = 'document.title = "ran"'
      document.head.append(script)
    }`)
    expect(await page.title()).not.toBe('ran')
    const blocked = await page.evaluate(`fetch('http://192.0.2.1/').then(() => 'sent', () => 'refused')`)
    expect(blocked).toBe('refused')
    const { complaints } = await stage.clear()
    expect(complaints.some(text => /script-src/.test(text))).toBe(true)
    expect(complaints.some(text => /connect-src/.test(text))).toBe(true)
  })
})
