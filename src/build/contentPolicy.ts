import { createHash } from 'node:crypto'
import type { Plugin } from 'vite'
import { afterCharset } from './afterCharset.ts'

// 'unsafe-inline' is nowhere: React sets styles through the CSSOM and recharts adds no <style>.
// connect-src names no endpoint, since readers bring their own: any host over https, this machine over http. There is no
// WebSocket, and no plain http to anywhere else.
// frame-ancestors is ignored in a <meta>: it is a header in public/_headers.
const rules = (scripts: readonly string[]): string[] => [
  "default-src 'none'",
  ["script-src 'self'", ...scripts].join(' '),
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self' https: http://127.0.0.1:* http://localhost:*",
  "manifest-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
]

const inlineScripts = /<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g

/** Write the policy for a page: its own files, and the very scripts that stand in it now, by their hashes. */
export function policyFor(html: string): string {
  const hashes = [...html.matchAll(inlineScripts)].map(
    ([, text = '']) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`,
  )
  return rules(hashes).join('; ')
}

/** Put the policy at the start of the built page: a development server's own script is inline. Goes last. */
export const contentPolicy = (): Plugin => ({
  name: 'content-security-policy',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler: html =>
      afterCharset(html, `<meta http-equiv="Content-Security-Policy" content="${policyFor(html)}" />`),
  },
})
