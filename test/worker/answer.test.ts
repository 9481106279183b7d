import { describe, expect, test } from 'vitest'
import { answer } from '../../src/worker/answer.ts'
import { keepShell } from '../../src/worker/keepShell.ts'
import type { Place } from '../../src/worker/shell.ts'
import { createPlace, nameOf, nextVersion, SCOPE } from './support/place.ts'

async function keptPlace(over: Partial<Place> = {}) {
  const world = createPlace(over)
  await keepShell(world.place)
  world.server.asked.length = 0
  return world
}

/** Read an answer, and wait for what goes on behind it. */
async function textAt(path: string, place: Place): Promise<string | undefined> {
  const works: Promise<unknown>[] = []
  const response = await answer(new Request(new URL(path, SCOPE)), place, work => works.push(work))
  const text = await response?.text()
  await Promise.all(works)
  return text
}

const never = (): void => expect.unreachable()

/** No script can make one. */
const navigation = (path: string): Request =>
  Object.defineProperty(new Request(`${SCOPE}${path}`), 'mode', { value: 'navigate' })

describe('answer', () => {
  test.each(['', 'index.html', '?range=90d', 'favicon.svg', 'assets/page-1.js'])(
    'default: “%s” is answered from this version, whatever the server has now',
    async path => {
      const { server, place } = await keptPlace()
      for (const name of server.files.keys()) server.files.set(name, new Response('newer'))
      expect(await textAt(path, place)).not.toBe('newer')
      expect(server.asked).toEqual([])
    },
  )

  test.each([
    ['an endpoint', new Request('https://rpc.example/', { method: 'POST', body: '{}' })],
    ['another origin', new Request('https://rpc.example/glass/')],
    ['a host that only starts alike', new Request('https://pools.example.org/glass/')],
    ['another folder of the host', new Request('https://pools.example/other/')],
    ['a POST to the page', new Request(SCOPE, { method: 'POST' })],
    ['a HEAD', new Request(SCOPE, { method: 'HEAD' })],
    ['another page below', new Request(`${SCOPE}docs/`)],
    ['the worker itself', new Request(`${SCOPE}sw.js`)],
    ['a page of another project below assets', navigation('assets/docs/')],
    ['what every object has', new Request(`${SCOPE}constructor`)],
  ])('behavior: %s is not touched', async (_, request) => {
    const { place } = await keptPlace()
    expect(answer(request, place, never)).toBeUndefined()
  })

  test('behavior: a file of the version before comes from its cache though the server has it no more', async () => {
    const { server, place } = await keptPlace()
    const next = nextVersion(place, 'v2')
    const { 'assets/page-1.js': _, ...files } = next.shell.files
    expect(await textAt('assets/page-1.js', { ...next, shell: { ...next.shell, files } })).toBe('page()')
    expect(server.asked).toEqual([])
  })

  test('behavior: a file that nobody kept comes from the network', async () => {
    const { server, place } = await keptPlace()
    server.files.set('assets/page-9.js', new Response('nine()'))
    expect(await textAt('assets/page-9.js', place)).toBe('nine()')
  })

  test('behavior: a missing file is never answered with a page', async () => {
    const { server, place } = await keptPlace()
    const page = new Response('<html>', { headers: { 'content-type': 'text/html; charset=utf-8' } })
    server.files.set('assets/gone-1.js', page)
    const response = await answer(new Request(`${SCOPE}assets/gone-1.js`), place, never)
    expect(response?.status).toBe(404)
    expect(await response?.text()).toBe('')
  })

  test('behavior: where the browser has dropped the cache the network answers, and no empty cache is made', async () => {
    const { caches, server, place } = createPlace()
    expect(await textAt('', place)).toBe('<html>')
    expect(await textAt('assets/page-1.js', place)).toBe('page()')
    expect(server.asked).toHaveLength(2)
    expect(await caches.keys()).toEqual([])
  })

  test('behavior: a live page is what its server says now, and what was kept once the server is gone', async () => {
    const { server, place } = await keptPlace({ isLive: true })
    server.files.set('', new Response('another port'))
    server.files.set('favicon.svg', new Response('another project'))
    expect(await textAt('', place)).toBe('another port')
    expect(await textAt('favicon.svg', place)).toBe('another project')
    server.isGone = true
    expect(await textAt('', place)).toBe('<html>')
    expect(await textAt('favicon.svg', place)).toBe('<svg>')
    expect(await textAt('assets/page-1.js', place)).toBe('page()')
  })

  test('behavior: a live page is kept as its last start was', async () => {
    const { caches, server, place } = await keptPlace({ isLive: true })
    const start = '<html data-version="v1">second start'
    server.files.set('', new Response(start))
    expect(await textAt('?range=90d', place)).toBe(start)
    server.isGone = true
    expect(await textAt('index.html', place)).toBe(start)
    expect(caches.paths(nameOf('v1'))).toEqual(['', 'assets/page-1.js', 'favicon.svg'])
  })

  test.each([
    ['another version’s', new Response('<html data-version="v2">')],
    ['a failure', new Response('<html data-version="v1">', { status: 500 })],
  ])('behavior: %s is never kept for the page', async (_, response) => {
    const { server, place } = await keptPlace({ isLive: true })
    server.files.set('', response)
    await textAt('', place)
    server.isGone = true
    expect(await textAt('', place)).toBe('<html>')
  })

  test('behavior: another file of a live page is never kept for the page', async () => {
    const { server, place } = await keptPlace({ isLive: true })
    server.files.set('favicon.svg', new Response('<svg data-version="v1">'))
    await textAt('favicon.svg', place)
    server.isGone = true
    expect(await textAt('', place)).toBe('<html>')
  })

  test('behavior: where the browser has dropped the cache a live page makes none', async () => {
    const { caches, server, place } = createPlace({ isLive: true })
    server.files.set('', new Response('<html data-version="v1">'))
    expect(await textAt('', place)).toBe('<html data-version="v1">')
    expect(await caches.keys()).toEqual([])
  })

  test('behavior: without server and cache the failure stays one', async () => {
    const { server, place } = createPlace({ isLive: true })
    server.isGone = true
    await expect(textAt('', place)).rejects.toThrow(TypeError)
  })
})
