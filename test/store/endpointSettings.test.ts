import { describe, expect, test, vi } from 'vitest'
import {
  type EndpointSettings,
  loadEndpointSettings,
  NO_SETTINGS,
  saveEndpointSettings,
} from '../../src/store/endpointSettings.ts'

/** What a browser gives: strings by key. */
function stubStorage(entries: Readonly<Record<string, string>> = {}): Map<string, string> {
  const kept = new Map(Object.entries(entries))
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  })
  return kept
}

const KEY = 'poolglass:endpoints:mainnet'
const CHOSEN: EndpointSettings = {
  own: ['http://127.0.0.1:8545'],
  order: ['http://127.0.0.1:8545', 'https://a.example'],
  switched: { 'https://a.example': false, 'https://b.example': true },
  wallet: 'http://127.0.0.1:8545',
}

describe('endpointSettings', () => {
  test('default: what was saved is loaded again, for the chain that it was chosen for', () => {
    stubStorage()
    expect(saveEndpointSettings('mainnet', CHOSEN)).toBe(true)
    expect(loadEndpointSettings('mainnet')).toEqual(CHOSEN)
    expect(loadEndpointSettings('embedded')).toEqual(NO_SETTINGS)
  })

  test('behavior: nothing chosen for the wallet stays nothing', () => {
    stubStorage()
    saveEndpointSettings('mainnet', { ...CHOSEN, wallet: undefined })
    expect(loadEndpointSettings('mainnet')).toEqual({ ...CHOSEN, wallet: undefined })
  })

  test.each(['', '{', 'null', '7', '"text"', '[]', '{"own":{},"order":7,"switched":null,"wallet":[]}'])(
    'behavior: %s is nothing chosen',
    stored => {
      stubStorage({ [KEY]: stored })
      expect(loadEndpointSettings('mainnet')).toEqual(NO_SETTINGS)
    },
  )

  test('behavior: what has the wrong type is left out, and the rest is taken', () => {
    stubStorage({
      [KEY]: JSON.stringify({
        own: ['https://a.example', 7, null],
        order: [{}, 'https://b.example'],
        switched: { 'https://a.example': 'yes', 'https://b.example': false },
        wallet: 'https://a.example',
        unknown: true,
      }),
    })
    expect(loadEndpointSettings('mainnet')).toEqual({
      own: ['https://a.example'],
      order: ['https://b.example'],
      switched: { 'https://b.example': false },
      wallet: 'https://a.example',
    })
  })

  test('behavior: a browser that forbids storage keeps nothing and says so', () => {
    vi.stubGlobal('localStorage', {
      getItem: () => {
        throw new DOMException('The operation is insecure.', 'SecurityError')
      },
      setItem: () => {
        throw new DOMException('The quota has been exceeded.', 'QuotaExceededError')
      },
    })
    expect(loadEndpointSettings('mainnet')).toEqual(NO_SETTINGS)
    expect(saveEndpointSettings('mainnet', CHOSEN)).toBe(false)
  })
})
