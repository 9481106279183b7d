import { JSDOM } from 'jsdom'

// Runs in a process of its own: it makes itself a page, draws the pending one in it, prints that, and ends.

const { window } = new JSDOM('<!doctype html><body>', {
  url: 'https://page.example/',
  pretendToBeVisual: true,
})
const names = [
  'document',
  'location',
  'history',
  'localStorage',
  'navigator',
  'HTMLElement',
  'Node',
  'Event',
  'addEventListener',
  'removeEventListener',
  'dispatchEvent',
  'requestAnimationFrame',
  'cancelAnimationFrame',
] as const
for (const name of names) {
  const value: unknown = window[name]
  const isMethod = typeof value === 'function' && /^[a-z]/.test(name)
  Object.defineProperty(globalThis, name, {
    value: isMethod ? value.bind(window) : value,
    configurable: true,
  })
}
const screen = { matches: false, addEventListener: () => undefined, removeEventListener: () => undefined }
const nobody = { window, matchMedia: () => screen, fetch: () => new Promise(() => undefined) }
Object.assign(globalThis, nobody)
Object.assign(window, { matchMedia: nobody.matchMedia })

// React looks for a page when it is loaded.
const { drawPending } = await import('./pendingPage.tsx')
process.stdout.write(drawPending(), () => process.exit(0))
