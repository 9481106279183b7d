import { describe, expect, test } from 'vitest'
import { InvalidEndpoint, isLoopback, ownEndpoint, PUBLIC_ENDPOINTS } from '../../src/chain/endpoints.ts'

describe('PUBLIC_ENDPOINTS', () => {
  test('default: encrypted, without a key, each operator once', () => {
    for (const { url } of PUBLIC_ENDPOINTS) {
      const { protocol, search, pathname } = new URL(url)
      expect([protocol, search, pathname]).toEqual(['https:', '', '/'])
      expect(isLoopback(url)).toBe(false)
    }
    expect(new Set(PUBLIC_ENDPOINTS.map(({ operator }) => operator)).size).toBe(PUBLIC_ENDPOINTS.length)
    expect(new Set(PUBLIC_ENDPOINTS.map(({ url }) => url)).size).toBe(PUBLIC_ENDPOINTS.length)
  })

  test('behavior: the newest block and old state each have at least two operators', () => {
    for (const role of ['head', 'archive'] as const)
      expect(PUBLIC_ENDPOINTS.filter(({ roles }) => roles.includes(role)).length).toBeGreaterThanOrEqual(2)
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
      roles: ['head', 'archive', 'wallet'],
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
