import { join } from 'node:path'
import { runInNewContext } from 'node:vm'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { compileScript } from '../../src/build/compileScript.ts'
import { createPlace, nameOf, SCOPE } from './support/place.ts'

type Listener = (event: Record<string, unknown>) => void

let code: string
beforeAll(async () => {
  const { shell } = createPlace().place
  code = await compileScript(join(import.meta.dirname, '../../src/worker/main.ts'), { SHELL: shell })
})

/** Start the compiled worker as a browser would. */
function startWorker(search: string) {
  const { caches, server } = createPlace()
  const listeners = new Map<string, Listener>()
  const skipWaiting = vi.fn(async () => undefined)
  const claim = vi.fn(async () => undefined)
  const self = {
    addEventListener: (name: string, listener: Listener) => listeners.set(name, listener),
    skipWaiting,
    clients: { claim },
    registration: { scope: SCOPE },
    caches,
    location: { search },
    fetch: server.fetch,
  }
  runInNewContext(code, { self, Request, Response, URL, Headers })
  const send = async (name: string, event: Record<string, unknown> = {}): Promise<unknown> => {
    let answered: unknown
    const wait = (work: unknown): void => {
      answered = work
    }
    listeners.get(name)?.({ waitUntil: wait, respondWith: wait, ...event })
    return answered
  }
  return { caches, server, skipWaiting, claim, send }
}

describe('the worker', () => {
  test('default: it keeps its version and waits; once in use it cleans up and serves all tabs', async () => {
    const { caches, skipWaiting, claim, send } = startWorker('')
    await send('install')
    expect(await caches.keys()).toEqual([nameOf('v1')])
    expect(skipWaiting).not.toHaveBeenCalled()
    await caches.open(nameOf('v0'))
    await send('activate')
    expect(await caches.keys()).toEqual([nameOf('v1')])
    expect(claim).toHaveBeenCalledOnce()
  })

  test('behavior: one for a live page does not wait', async () => {
    const { skipWaiting, send } = startWorker('?live')
    await send('install')
    expect(skipWaiting).toHaveBeenCalledOnce()
  })

  test('behavior: the browser waits until a live page is kept as its server has it now', async () => {
    const { caches, server, send } = startWorker('?live')
    await send('install')
    server.files.set('', new Response('<html data-version="v1">'))
    const waitUntil = vi.fn()
    await await send('fetch', { request: new Request(SCOPE), waitUntil })
    expect(waitUntil).toHaveBeenCalledOnce()
    await waitUntil.mock.calls[0]?.[0]
    const kept = await (await caches.open(nameOf('v1'))).match(SCOPE, { ignoreVary: true })
    expect(await kept?.text()).toBe('<html data-version="v1">')
  })

  test('behavior: it says its version, and takes over when it is told to', async () => {
    const { skipWaiting, send } = startWorker('')
    const postMessage = vi.fn()
    await send('message', { data: 'version', ports: [{ postMessage }] })
    expect(postMessage).toHaveBeenCalledExactlyOnceWith('v1')
    await send('message', { data: 'anything else', ports: [] })
    expect(skipWaiting).not.toHaveBeenCalled()
    await send('message', { data: 'take over', ports: [] })
    expect(skipWaiting).toHaveBeenCalledOnce()
  })

  test('behavior: it answers for the page, and leaves endpoints alone', async () => {
    const { send, server } = startWorker('')
    await send('install')
    server.isGone = true
    const page = await send('fetch', { request: new Request(SCOPE) })
    expect(await (page as Response).text()).toBe('<html>')
    const post = new Request('https://rpc.example/', { method: 'POST', body: '{}' })
    expect(await send('fetch', { request: post })).toBeUndefined()
  })
})
