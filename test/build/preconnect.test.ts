import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { firstEndpoint } from '../../src/build/preconnect.ts'
import { sureEndpoint } from '../../src/build/preconnectEarly.ts'
import { chooseEndpoints } from '../../src/chain/chooseEndpoints.ts'
import { PUBLIC_ENDPOINTS } from '../../src/chain/endpoints.ts'
import { type EndpointSettings, NO_SETTINGS, saveEndpointSettings } from '../../src/store/endpointSettings.ts'

const USUAL = 'https://first.example/'
const NODE = 'http://127.0.0.1:38600'

let stored: Map<string, string>
beforeEach(() => {
  stored = new Map()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => stored.set(key, value),
  })
})
afterEach(() => vi.unstubAllGlobals())

const sure = (content?: string): string | undefined => sureEndpoint(content, () => localStorage, USUAL)

describe('firstEndpoint', () => {
  test('default: it is on, and asked for the newest block before all others', () => {
    const first = firstEndpoint()
    const { used } = chooseEndpoints(PUBLIC_ENDPOINTS, NO_SETTINGS)
    expect(first).toMatch(/^https:/)
    expect(used.filter(({ roles }) => roles.includes('head'))[0]?.url).toBe(first)
  })
})

describe('sureEndpoint', () => {
  test('default: the usual one where nobody chose anything', () => {
    expect(sure()).toBe(USUAL)
    saveEndpointSettings('mainnet', NO_SETTINGS)
    expect(stored.size).toBe(1)
    expect(sure()).toBe(USUAL)
  })

  test('behavior: who may see the wallet changes nothing about who is asked first', () => {
    saveEndpointSettings('mainnet', { ...NO_SETTINGS, wallet: NODE })
    expect(sure()).toBe(USUAL)
  })

  test.each<[string, Partial<EndpointSettings>]>([
    ['switched it off', { switched: { [USUAL]: false } }],
    ['switched another on', { switched: { [NODE]: true } }],
    ['asks an own node', { own: [NODE] }],
    ['put them in another order', { order: [NODE, USUAL] }],
  ])('behavior: nobody where the reader %s', (_, settings) => {
    saveEndpointSettings('mainnet', { ...NO_SETTINGS, ...settings })
    expect(sure()).toBeUndefined()
  })

  test.each(['embedded', 'local'] as const)('behavior: the first node of a page on a %s chain', chain => {
    const content = JSON.stringify({ chain, rpc: [NODE, USUAL], grid: '2' })
    saveEndpointSettings('mainnet', { ...NO_SETTINGS, own: [USUAL] })
    expect(sure(content)).toBe(NODE)
    saveEndpointSettings(chain, { ...NO_SETTINGS, own: [USUAL] })
    expect(sure(content)).toBeUndefined()
  })

  test('behavior: a page that was started on mainnet has the usual ones, and one without any has none', () => {
    expect(sure('{"chain":"mainnet","grid":"7200"}')).toBe(USUAL)
    expect(sure('{"chain":"mainnet","rpc":[]}')).toBeUndefined()
  })

  test('error: SyntaxError for what cannot be read, and what a forbidden storage throws', () => {
    expect(() => sure('{')).toThrow(SyntaxError)
    stored.set('poolglass:endpoints:mainnet', 'switched off')
    expect(() => sure()).toThrow(SyntaxError)
    const forbidden = (): Storage => {
      throw new DOMException('Denied.', 'SecurityError')
    }
    expect(() => sureEndpoint(undefined, forbidden, USUAL)).toThrow('Denied.')
  })
})
