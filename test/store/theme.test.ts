import { describe, expect, test, vi } from 'vitest'
import { loadTheme, saveTheme, THEMES } from '../../src/store/theme.ts'

/** What a browser gives: strings by key. */
function stubStorage(entries: Readonly<Record<string, string>> = {}): Map<string, string> {
  const kept = new Map(Object.entries(entries))
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  })
  return kept
}

/** Firefox and Safari throw on the mere access where storage is forbidden. */
const forbidStorage = (): void =>
  void vi.stubGlobal('localStorage', {
    getItem: () => {
      throw new DOMException('The operation is insecure.', 'SecurityError')
    },
    setItem: () => {
      throw new DOMException('The quota has been exceeded.', 'QuotaExceededError')
    },
  })

describe('theme', () => {
  test('default: what was saved is loaded again', () => {
    stubStorage()
    for (const theme of THEMES) {
      expect(saveTheme(theme)).toBe(true)
      expect(loadTheme()).toBe(theme)
    }
  })

  test('behavior: it is kept under the name of this page', () => {
    const kept = stubStorage({ theme: 'dark' })
    expect(loadTheme()).toBe('system')
    saveTheme('dark')
    expect([...kept]).toEqual([
      ['theme', 'dark'],
      ['poolglass:theme', 'dark'],
    ])
  })

  test('behavior: the colours are those of the system at first and where nonsense is stored', () => {
    stubStorage()
    expect(loadTheme()).toBe('system')
    stubStorage({ 'poolglass:theme': 'pink' })
    expect(loadTheme()).toBe('system')
  })

  test('behavior: storage that is forbidden is no failure, and saving says that nothing was kept', () => {
    forbidStorage()
    expect(loadTheme()).toBe('system')
    expect(saveTheme('dark')).toBe(false)
  })

  test('behavior: a browser without storage at all is no failure', () => {
    vi.stubGlobal('localStorage', undefined)
    expect(loadTheme()).toBe('system')
    expect(saveTheme('light')).toBe(false)
  })
})
