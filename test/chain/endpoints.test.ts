import { describe, expect, test } from 'vitest'
import {
  InvalidEndpoint,
  isLoopback,
  LOCAL_PACE,
  ownEndpoint,
  PUBLIC_ENDPOINTS,
  PUBLIC_PACE,
  paceOf,
} from '../../src/chain/endpoints.ts'

describe('PUBLIC_ENDPOINTS', () => {
  test('default: encrypted, without a key, each operator once', () => {
    for (const { url } of PUBLIC_ENDPOINTS) {
      const { protocol, search, pathname, username, password } = new URL(url)
      expect([protocol, search, username, password]).toEqual(['https:', '', '', ''])
      // A key is long and a word of no language.
      expect(pathname).toMatch(/^\/(?:v\d|rpc|public|\/)*$/)
      expect(isLoopback(url)).toBe(false)
    }
    expect(new Set(PUBLIC_ENDPOINTS.map(({ operator }) => operator)).size).toBe(PUBLIC_ENDPOINTS.length)
    expect(new Set(PUBLIC_ENDPOINTS.map(({ url }) => url)).size).toBe(PUBLIC_ENDPOINTS.length)
  })

  test('behavior: the newest block, old state and logs each have three operators that do not track', () => {
    for (const role of ['head', 'archive', 'logs'] as const) {
      const able = PUBLIC_ENDPOINTS.filter(({ roles }) => roles.includes(role))
      expect(able.filter(({ privacy }) => privacy !== 'tracks').length, role).toBeGreaterThanOrEqual(3)
    }
  })

  test('behavior: each has a pace, a source with its date, and limits that are above 0', () => {
    for (const { pace, source, limits = {} } of PUBLIC_ENDPOINTS) {
      expect(pace?.atOnce).toBeGreaterThan(0)
      expect(pace?.spacing).toBeGreaterThanOrEqual(100)
      expect(source).toMatch(/\d{4}-\d\d-\d\d$/)
      expect(Object.values(limits).every(limit => limit > 0n)).toBe(true)
    }
  })

  test('behavior: who may be asked for logs says how many blocks at once', () => {
    const able = PUBLIC_ENDPOINTS.filter(({ roles }) => roles.includes('logs'))
    expect(able.every(({ limits }) => (limits?.span ?? 0n) >= 1_000n)).toBe(true)
  })

  test('behavior: whoever has no archive says so by its depth or by its roles', () => {
    for (const { roles, limits } of PUBLIC_ENDPOINTS)
      expect(roles.includes('archive') && limits?.depth !== undefined).toBe(false)
  })

  test('behavior: only operators that say they do not track are asked about a wallet', () => {
    const asked = PUBLIC_ENDPOINTS.filter(({ roles }) => roles.includes('wallet'))
    expect(asked.length).toBeGreaterThan(0)
    expect(asked.every(({ privacy }) => privacy === 'none')).toBe(true)
  })
})

describe('ownEndpoint', () => {
  test('default: a node of one’s own may be asked everything', () => {
    expect(ownEndpoint('http://127.0.0.1:8545')).toEqual({
      url: 'http://127.0.0.1:8545',
      operator: '127.0.0.1:8545',
      roles: ['head', 'archive', 'logs', 'wallet'],
      privacy: 'own',
    })
  })

  test.each(['http://localhost:8545', 'http://[::1]:8545', 'https://node.example.org/v3/key'])(
    'behavior: %s is taken',
    url => {
      expect(ownEndpoint(url).url).toBe(url)
    },
  )

  test.each([
    '',
    'localhost',
    '127.0.0.1:8545',
    'ws://127.0.0.1:8546',
    'file:///tmp/node.ipc',
    'http://node.example.org',
    'http://192.168.1.2:8545',
    'http://localhost.example.org',
    'http://127.0.0.1.example.org',
    'javascript:alert(1)',
    'https://reader:secret@node.example.org',
    'https://reader@node.example.org',
    'http://:secret@127.0.0.1:8545',
  ])('error: InvalidEndpoint for %j', url => {
    expect(() => ownEndpoint(url)).toThrow(InvalidEndpoint)
  })
})

test('behavior: this machine has three names, and a look-alike is none', () => {
  const urls = ['http://localhost:1', 'http://127.0.0.1', 'http://[::1]:8545', 'https://localhost/x']
  expect(urls.map(isLoopback)).toEqual([true, true, true, true])
  expect(['https://127.0.0.1.example.org', 'https://example.org/?localhost'].map(isLoopback)).toEqual([
    false,
    false,
  ])
})

describe('paceOf', () => {
  test('default: what is stated', () => {
    const pace = { atOnce: 1, spacing: 5 }
    expect(paceOf({ ...ownEndpoint('http://127.0.0.1:8545'), pace })).toBe(pace)
  })

  test('behavior: a node on this machine is not held back, any other is', () => {
    expect(paceOf(ownEndpoint('http://localhost:8545'))).toBe(LOCAL_PACE)
    expect(paceOf(ownEndpoint('https://node.example.org'))).toBe(PUBLIC_PACE)
    expect(PUBLIC_PACE.spacing).toBeGreaterThan(LOCAL_PACE.spacing)
  })
})
