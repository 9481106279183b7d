import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

// 'unsafe-inline' is nowhere: React sets styles through the CSSOM and recharts adds no <style>.
// connect-src names no endpoint, since readers bring their own: any host over https, this machine over http. There is no
// WebSocket, and no plain http to anywhere else.
// frame-ancestors is ignored in a <meta>: it is a header in public/_headers.
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self' https: http://127.0.0.1:* http://localhost:*",
  "manifest-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

// Only in the build: the development server's refresh script is inline.
function policyInBuild(): Plugin {
  return {
    name: 'content-security-policy',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: contentSecurityPolicy },
        injectTo: 'head-prepend',
      },
    ],
  }
}

export default defineConfig({
  base: './',
  plugins: [react(), policyInBuild()],
  build: {
    target: 'es2022',
    // The size budget follows the static imports written here.
    manifest: true,
    sourcemap: false,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // What the page needs at once comes first and stays out of 'chart', which takes its dependencies
            // along: a small package shared by both would otherwise make the page wait for the whole chart.
            { name: 'page', tags: ['$initial'], priority: 2 },
            // What the history needs comes in one request.
            { name: 'history', test: /\/(gatherHistory|past|sampleStore)\.ts$/, priority: 1 },
            { name: 'chart', test: /node_modules\/recharts\// },
          ],
        },
      },
    },
  },
})
