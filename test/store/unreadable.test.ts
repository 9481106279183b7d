import { describe, expect, test, vi } from 'vitest'
import { loadEndpointSettings, saveEndpointSettings } from '../../src/store/endpointSettings.ts'
import { saveTheme } from '../../src/store/theme.ts'
import { findUnreadable, markTold } from '../../src/store/unreadable.ts'
import { rememberWallet } from '../../src/store/walletBook.ts'

/** What a browser gives: strings by key. */
function stubStorage(entries: Readonly<Record<string, string>> = {}): Map<string, string> {
  const kept = new Map(Object.entries(entries))
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  })
  return kept
}

const throwing = (name: string) => (): never => {
  throw new DOMException('no', name)
}

const THEME = 'poolglass:theme'
const ENDPOINTS = 'poolglass:endpoints:mainnet'
const WALLETS = 'poolglass:wallets'
const OWN = 'http://127.0.0.1:8545'

const foundIn = (entries: Readonly<Record<string, string>>) => {
  stubStorage(entries)
  return findUnreadable('mainnet')
}

describe('findUnreadable', () => {
  test('default: what the page stores itself is readable, and looking leaves no trace', () => {
    const kept = stubStorage()
    expect(findUnreadable('mainnet')).toEqual([])
    expect(kept.size).toBe(0)
    saveTheme('dark')
    saveEndpointSettings('mainnet', { own: [OWN], order: [OWN], switched: { [OWN]: true }, wallet: OWN })
    rememberWallet(['glass.eth'])
    const before = [...kept]
    expect(findUnreadable('mainnet')).toEqual([])
    expect([...kept]).toEqual(before)
  })

  test('behavior: nothing chosen for the wallet is readable too', () => {
    stubStorage()
    saveEndpointSettings('mainnet', { own: [], order: [], switched: {}, wallet: undefined })
    expect(findUnreadable('mainnet')).toEqual([])
  })

  test('behavior: colours that there are not', () => {
    expect(foundIn({ [THEME]: 'pink' })).toEqual([{ kind: 'theme' }])
  })

  test.each(['', '{', 'null', '7', '"text"', '[]'])('behavior: endpoints stored as %j', stored => {
    expect(foundIn({ [ENDPOINTS]: stored })).toEqual([{ kind: 'endpoints' }])
  })

  test('behavior: of a broken choice of endpoints the parts that are lost, and the rest is taken', () => {
    const stored = { own: [OWN, 7], order: [OWN], switched: { [OWN]: 'yes' }, wallet: 5, newer: true }
    expect(foundIn({ [ENDPOINTS]: JSON.stringify(stored) })).toEqual([
      { kind: 'fields', fields: ['own', 'switched', 'wallet'] },
    ])
    expect(loadEndpointSettings('mainnet')).toMatchObject({ own: [OWN], order: [OWN] })
  })

  test('behavior: another chain’s choice is not looked at', () => {
    expect(foundIn({ 'poolglass:endpoints:local': '{' })).toEqual([])
  })

  test.each([
    '{',
    'null',
    '[["glass.eth"]]',
    '{"version":2,"wallets":[["glass.eth"]]}',
    '{"version":1,"wallets":[["glass.eth"],["no name"]]}',
    '{"version":1,"wallets":"glass.eth"}',
  ])('behavior: remembered wallets stored as %s', stored => {
    expect(foundIn({ [WALLETS]: stored })).toEqual([{ kind: 'wallets' }])
  })

  test.each([
    ['QuotaExceededError', 'full'],
    ['SecurityError', 'forbidden'],
  ])('behavior: %s where something is written is told as %s', (name, kind) => {
    vi.stubGlobal('localStorage', { getItem: () => null, setItem: throwing(name) })
    expect(findUnreadable('mainnet')).toEqual([{ kind }])
  })

  test('behavior: storage that is forbidden altogether, or is not there, is told', () => {
    vi.stubGlobal('localStorage', { getItem: throwing('SecurityError') })
    expect(findUnreadable('mainnet')).toEqual([{ kind: 'forbidden' }])
    vi.stubGlobal('localStorage', undefined)
    expect(findUnreadable('mainnet')).toEqual([{ kind: 'forbidden' }])
  })
})

describe('markTold', () => {
  test('default: the same is not told again, something else is, and nothing of it is touched', () => {
    const kept = stubStorage({ [THEME]: 'pink', [WALLETS]: '{' })
    expect(markTold(findUnreadable('mainnet'))).toBe(true)
    expect(findUnreadable('mainnet')).toEqual([])
    expect([kept.get(THEME), kept.get(WALLETS)]).toEqual(['pink', '{'])
    kept.set(ENDPOINTS, '{')
    expect(findUnreadable('mainnet')).toEqual([{ kind: 'theme' }, { kind: 'endpoints' }, { kind: 'wallets' }])
  })

  test('behavior: a browser that keeps nothing is told of at each visit, and nothing is stored', () => {
    const kept = stubStorage()
    expect(markTold([{ kind: 'full' }, { kind: 'forbidden' }])).toBe(true)
    expect(kept.size).toBe(0)
    vi.stubGlobal('localStorage', undefined)
    expect(markTold([{ kind: 'theme' }])).toBe(false)
  })
})
