import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { afterCharset, PageWithoutStart } from '../../src/build/afterCharset.ts'
import { policyFor } from '../../src/build/contentPolicy.ts'

const scriptsOf = (html: string): string[] =>
  policyFor(html)
    .split('; ')
    .find(rule => rule.startsWith('script-src'))
    ?.split(' ')
    .slice(1) ?? []

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

test('default: own files alone', () => {
  expect(scriptsOf('<head><script type="module" crossorigin src="./a.js"></script></head>')).toEqual([
    "'self'",
  ])
  expect(policyFor('')).not.toContain('unsafe')
  expect(policyFor('')).toContain("default-src 'none'")
})

test('behavior: each script that stands in the page is allowed by its very bytes', () => {
  const html =
    '<script>one()\n</script><script src="./a.js"></script><script type="text/javascript">two()</script>'
  expect(scriptsOf(html)).toEqual(["'self'", hashOf('one()\n'), hashOf('two()')])
})

test('behavior: tags go behind the charset, or to the start of the head', () => {
  expect(afterCharset('<head lang="en"><meta charset="utf-8" /><title>', '<x>')).toBe(
    '<head lang="en"><meta charset="utf-8" />\n    <x><title>',
  )
  expect(afterCharset('<head><title>$&', '<x>$&')).toBe('<head>\n    <x>$&<title>$&')
})

test('error: PageWithoutStart', () => {
  expect(() => afterCharset('<p>', '<x>')).toThrow(PageWithoutStart)
})
