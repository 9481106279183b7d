import { describe, expect, test, vi } from 'vitest'
import { CacheDropped, FileNotServed, keepShell } from '../../src/worker/keepShell.ts'
import { createPlace, nameOf, nextVersion, SCOPE } from './support/place.ts'

const WHOLE = ['', 'assets/page-1.js', 'favicon.svg']

describe('keepShell', () => {
  test('default: every file is kept in the cache of its version', async () => {
    const { caches, place } = createPlace()
    await keepShell(place)
    expect(await caches.keys()).toEqual([nameOf('v1')])
    expect(caches.paths(nameOf('v1'))).toEqual(WHOLE)
  })

  test('behavior: each file is held against its hash, and only what may be old passes the browser’s own cache', async () => {
    const { server, place } = createPlace()
    await keepShell(place)
    const asked = server.asked.map(({ url, integrity, cache }) => [url.replace(SCOPE, ''), integrity, cache])
    expect(asked.sort()).toEqual([
      ['', 'sha256-page', 'reload'],
      ['assets/page-1.js', 'sha256-script', 'default'],
      ['favicon.svg', 'sha256-icon', 'reload'],
    ])
  })

  test('behavior: a live page is what its server says, whatever its hash was', async () => {
    const { server, place } = createPlace({ isLive: true })
    await keepShell(place)
    const integrity = new Map(server.asked.map(request => [request.url, request.integrity]))
    expect(integrity.get(SCOPE)).toBe('')
    expect(integrity.get(`${SCOPE}favicon.svg`)).toBe('sha256-icon')
  })

  test('error: FileNotServed, and nothing is kept', async () => {
    const { caches, server, place } = createPlace()
    server.files.delete('assets/page-1.js')
    await expect(keepShell(place)).rejects.toThrow(FileNotServed)
    expect(await caches.keys()).toEqual([])
  })

  test('behavior: without a network nothing is kept', async () => {
    const { caches, server, place } = createPlace()
    server.isGone = true
    await expect(keepShell(place)).rejects.toThrow(TypeError)
    expect(await caches.keys()).toEqual([])
  })

  test('behavior: a full disk leaves nothing behind, and the version before as it was', async () => {
    const { caches, place } = createPlace()
    await keepShell(place)
    caches.refuse(`${SCOPE}favicon.svg`)
    await expect(keepShell(nextVersion(place, 'v2'))).rejects.toThrow('Full.')
    expect(await caches.keys()).toEqual([nameOf('v1')])
    expect(caches.paths(nameOf('v1'))).toEqual(WHOLE)
  })

  test('error: CacheDropped where another version drops it meanwhile', async () => {
    const { caches, place } = createPlace()
    const open = async (name: string): Promise<Cache> => {
      const cache = await caches.open(name)
      await caches.delete(name)
      return cache
    }
    await expect(keepShell({ ...place, caches: { ...caches, open } })).rejects.toThrow(CacheDropped)
    expect(await caches.keys()).toEqual([])
  })

  test('behavior: a version that comes back and fails does not take its old cache from the pages on it', async () => {
    const { caches, place } = createPlace()
    await keepShell(place)
    caches.refuse(`${SCOPE}favicon.svg`)
    await expect(keepShell(place)).rejects.toThrow('Full.')
    expect(caches.paths(nameOf('v1'))).toEqual(WHOLE)
  })

  test('behavior: what was redirected is kept as if it had not been', async () => {
    const { caches, server, place } = createPlace()
    const redirected = new Response('<html>', { headers: { 'content-type': 'text/html' } })
    Object.defineProperty(redirected, 'redirected', { value: true })
    const fetch = async (request: Request) => (request.url === SCOPE ? redirected : server.fetch(request))
    const put = vi.fn()
    const open = async (name: string) => Object.assign(await caches.open(name), { put })
    await keepShell({ ...place, fetch, caches: { ...caches, open } })
    const [, kept] = put.mock.calls.find(([address]) => address === SCOPE) ?? []
    expect(kept?.redirected).toBe(false)
    expect(await kept?.text()).toBe('<html>')
    expect(kept?.headers.get('content-type')).toBe('text/html')
  })
})
