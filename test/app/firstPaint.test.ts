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

  test('behavior: a script that cannot be had is said, a picture is not', () => {
    const root = open('#/')
    const picture = document.body.appendChild(document.createElement('img'))
    picture.dispatchEvent(new Event('error'))
    expect(root.querySelector('h1')).not.toBeNull()
    const script = document.head.appendChild(document.createElement('script'))
    script.dispatchEvent(new Event('error'))
    expect(root.querySelector('[role=alert]')?.textContent).toBe('The page could not be loaded. Reload it.')
  })
})
