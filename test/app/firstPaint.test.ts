import { beforeEach, describe, expect, test, vi } from 'vitest'
import { addNotices, fitFirstPaint } from '../../src/build/firstPaintEarly.ts'
import { saveTheme } from '../../src/store/theme.ts'

const MARKUP = `<div inert><aside></aside><h1>Pending</h1><div data-height="380px"></div>
  <template data-chain="embedded"><p>Simulated.</p></template><template data-chain="local"><p>Local.</p></template></div>`

function open(hash: string, content?: string): HTMLElement {
  history.replaceState(null, '', `/${hash}`)
  const root = document.createElement('div')
  root.id = 'root'
  root.innerHTML = MARKUP
  document.body.replaceChildren(root)
  const meta = document.createElement('meta')
  Object.assign(meta, { name: 'poolglass', content })
  document.head.replaceChildren(...(content === undefined ? [] : [meta]))
  addNotices()
  fitFirstPaint()
  return root
}

beforeEach(() => {
  document.head.replaceChildren()
  localStorage.clear()
  delete document.documentElement.dataset['theme']
})

describe('fitFirstPaint', () => {
  test.each(['', '#', '#/'])(
    'default: the overview at “%s” is shown, its parts as high as they will be',
    hash => {
      const root = open(hash)
      expect(root.querySelector('h1')?.textContent).toBe('Pending')
      expect(root.querySelector<HTMLElement>('[data-height]')?.style.height).toBe('380px')
      expect(root.querySelector('aside')?.textContent).toBe('')
    },
  )

  test.each(['#/method', '#/?range=90d', '#/pool/lido'])('behavior: at %s nothing is shown yet', hash => {
    expect(open(hash).innerHTML).toBe('')
  })

  test.each([
    ['embedded', 'Simulated.'],
    ['local', 'Local.'],
    ['mainnet', ''],
  ])('behavior: what a page on the %s chain says first is there', (chain, words) => {
    expect(open('#/', JSON.stringify({ chain })).querySelector('aside')?.textContent).toBe(words)
  })

  test.each([
    ['dark', 'dark'],
    ['light', 'light'],
    ['system', undefined],
  ] as const)('behavior: colours chosen as %s are there from the start, on every page', (chosen, theme) => {
    saveTheme(chosen)
    open('#/method')
    expect(document.documentElement.dataset['theme']).toBe(theme)
  })

  test('behavior: where storage is forbidden the colours are the system’s', () => {
    vi.spyOn(Storage.prototype, 'getItem').mockImplementation(() => {
      throw new DOMException('Denied.', 'SecurityError')
    })
    expect(open('#/').querySelector('h1')?.textContent).toBe('Pending')
    expect(document.documentElement.dataset['theme']).toBeUndefined()
  })

  test('behavior: a configuration that cannot be read is left to the page', () => {
    const root = open('#/', '{')
    expect(root.querySelector('h1')?.textContent).toBe('Pending')
    expect(root.querySelector('aside')?.textContent).toBe('')
  })
})

/** Let an element of the page fail as a browser does it. */
function fail<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  over: Partial<HTMLElementTagNameMap[Name]>,
): void {
  const element = document.createElement(name)
  // Without a type that runs: nothing is to be fetched here.
  const { src, ...rest } = { src: '', ...over }
  Object.assign(element, rest)
  Object.defineProperty(element, 'src', { value: new URL(src, document.baseURI).href })
  document.body.append(element)
  element.dispatchEvent(new Event('error'))
}

const OWN = { type: 'module', src: './assets/index-1.js' }
const FAILURE = 'The page could not be loaded. Reload it.'
const alertIn = (root: HTMLElement): string | undefined =>
  root.querySelector('[role=alert]')?.textContent ?? undefined

describe.each(['#/', '#/method'])('the page’s script at %s', hash => {
  test('default: that it cannot be had is said', () => {
    const root = open(hash)
    fail('script', OWN)
    expect(alertIn(root)).toBe(FAILURE)
    expect(root.children).toHaveLength(1)
  })

  test('default: that it came and cannot be run is said', () => {
    const root = open(hash)
    dispatchEvent(new ErrorEvent('error', { message: 'SyntaxError: Unexpected token' }))
    expect(alertIn(root)).toBe(FAILURE)
  })

  test.each([
    ['a picture', 'img', { src: './assets/picture.png' }],
    ['a classic script of the host', 'script', { src: './assets/host.js' }],
    ['a module of somebody else', 'script', { ...OWN, src: 'https://host.example/assets/index-1.js' }],
    ['a module elsewhere on the host', 'script', { ...OWN, src: '/cdn-cgi/beacon.js' }],
  ] as const)('behavior: %s that fails changes nothing', (_, name, over) => {
    const root = open(hash)
    const before = root.innerHTML
    fail(name, over)
    expect(root.innerHTML).toBe(before)
  })

  test('behavior: once the page is drawn no failure takes it away', () => {
    const root = open(hash)
    root.replaceChildren(Object.assign(document.createElement('main'), { textContent: 'Figures' }))
    fail('script', OWN)
    dispatchEvent(new ErrorEvent('error', { message: 'TypeError' }))
    expect(root.innerHTML).toBe('<main>Figures</main>')
  })
})
