import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { Role } from '../../src/chain/endpoints.ts'
import {
  ArchiveUnavailable,
  CallReverted,
  type ChainError,
  MethodUnavailable,
  RateLimited,
  UnexpectedReply,
  Unreachable,
} from '../../src/chain/errors.ts'
import { type Letter, post, TIME_OUT } from '../../src/chain/post.ts'
import { endpointAt, testChain } from '../support/chain.ts'
import { always, type Fault, type FaultProxy, refuse } from '../support/faultProxy.ts'
import { CHAIN, failureOf, noArchive, noMethod, rateLimit, reverted, until } from './asking.ts'

const running = testChain({ days: 20 })

const BODY = JSON.stringify({ jsonrpc: '2.0', id: 7, method: 'eth_chainId', params: [] })
const reply = (status: number, body: string): Fault => ({ kind: 'reply', status, body })

/** Post to a proxy, and write down what is told about bytes. */
function send({ url }: Pick<FaultProxy, 'url'>, change: Partial<Letter> = {}) {
  const weights: number[] = []
  const letter: Letter = {
    body: BODY,
    role: 'head',
    signal: undefined,
    weigh: bytes => weights.push(bytes),
    ...change,
  }
  return { answer: post(endpointAt(url, 'a'), letter), weights }
}

/** Answer with these pieces of a body instead of asking anybody. */
function stubBody(pieces: readonly Uint8Array[], cancel?: () => void): void {
  const left = [...pieces]
  const body = new ReadableStream<Uint8Array>({
    pull: controller => {
      const piece = left.shift()
      if (piece === undefined) controller.close()
      else controller.enqueue(piece)
    },
    ...(cancel === undefined ? {} : { cancel }),
  })
  vi.spyOn(globalThis, 'fetch').mockResolvedValue(new Response(body))
}

describe('post', () => {
  test('default: the result of one request', async () => {
    const proxy = await running.proxy()
    expect(await send(proxy).answer).toBe(CHAIN)
    expect(proxy.requests).toMatchObject([{ method: 'eth_chainId', params: [], batch: 1 }])
  })

  test('behavior: JSON without cookies and without a referrer', async () => {
    const proxy = await running.proxy()
    const sent = vi.spyOn(globalThis, 'fetch')
    await send(proxy).answer
    const [, init] = sent.mock.calls.find(([url]) => url === proxy.url) ?? []
    expect(init).toMatchObject({
      method: 'POST',
      body: BODY,
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      headers: { 'content-type': 'application/json' },
    })
  })

  test('behavior: null is a result', async () => {
    const proxy = await running.proxy(always({ kind: 'result', change: () => null }))
    expect(await send(proxy).answer).toBeNull()
  })

  test('behavior: the bytes of the answer are told, of a refusal too', async () => {
    const proxy = await running.proxy()
    const { answer, weights } = send(proxy)
    await answer
    expect(weights.at(-1)).toBe(proxy.requests[0]?.bytesOut)
    proxy.imitate(always(rateLimit))
    const refused = send(proxy)
    await expect(refused.answer).rejects.toBeInstanceOf(RateLimited)
    expect(refused.weights.at(-1)).toBe(proxy.requests[1]?.bytesOut)
    expect(refused.weights.at(-1)).toBeGreaterThan(0)
  })

  test('behavior: a letter that is cut between two pieces stays whole', async () => {
    const bytes = new TextEncoder().encode(JSON.stringify({ result: 'Ξ ether' }))
    stubBody([...bytes].map(byte => Uint8Array.of(byte)))
    const { answer, weights } = send({ url: 'http://127.0.0.1:1' })
    expect(await answer).toBe('Ξ ether')
    expect(weights).toEqual([...bytes].map((_, index) => index + 1))
  })

  test.each<[string, Fault, new (...args: never[]) => ChainError]>([
    ['RateLimited for HTTP 429', rateLimit, RateLimited],
    ['RateLimited for a limit in a 200', refuse(200, { code: -32_005, message: 'rate limit' }), RateLimited],
    ['ArchiveUnavailable for a 403', noArchive, ArchiveUnavailable],
    ['MethodUnavailable', noMethod, MethodUnavailable],
    ['CallReverted', reverted, CallReverted],
    ['UnexpectedReply for a web page', reply(200, '<!doctype html><html></html>'), UnexpectedReply],
    ['UnexpectedReply for nothing', reply(200, ''), UnexpectedReply],
    [
      'UnexpectedReply for half a JSON',
      reply(200, '{"jsonrpc":"2.0","id":1,"result":"0x7a'),
      UnexpectedReply,
    ],
    ['Unreachable for a broken gateway', reply(502, '<html></html>'), Unreachable],
    ['Unreachable for a cut connection', { kind: 'reset' }, Unreachable],
    ['Unreachable for half an answer and a cut connection', { kind: 'cut' }, Unreachable],
  ])('error: %s', async (_, fault, expected) => {
    const proxy = await running.proxy(always(fault))
    const failure = await failureOf(send(proxy).answer)
    expect(failure).toBeInstanceOf(expected)
    expect(failure).toHaveProperty('operator', 'a')
    expect(proxy.count()).toBe(1)
  })

  test('error: Unreachable where nobody listens, with its cause', async () => {
    const proxy = await running.proxy()
    await proxy.stop()
    await expect(send(proxy).answer).rejects.toMatchObject({
      name: 'Unreachable',
      operator: 'a',
      cause: expect.any(TypeError),
    })
  })

  test('error: Unreachable without a network, which is no matter of settings', async () => {
    const proxy = await running.proxy()
    await proxy.stop()
    vi.stubGlobal('navigator', { onLine: false })
    const failure = await failureOf(send(proxy).answer)
    expect((failure as Error).message).toMatch(/this device is offline\.$/)
    vi.unstubAllGlobals()
  })

  test('error: Unreachable where it sends us on to somebody else, who is not asked', async () => {
    const other = await running.proxy()
    const server = createServer((_, outgoing) => outgoing.writeHead(307, { location: other.url }).end())
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    await expect(send({ url: `http://127.0.0.1:${port}` }).answer).rejects.toBeInstanceOf(Unreachable)
    expect(other.count()).toBe(0)
    server.closeAllConnections()
    await new Promise(resolve => server.close(resolve))
  })

  test('behavior: a page is told of what keeps pages out', async () => {
    const unreachable = () => failureOf(send({ url: 'http://127.0.0.1:1' }).answer)
    expect(await unreachable()).not.toHaveProperty('message', expect.stringContaining('CORS'))
    vi.stubGlobal('document', {})
    expect(await unreachable()).toHaveProperty('message', expect.stringContaining('CORS'))
  })
})

describe('huge answers', () => {
  test.each([
    ['told', true],
    ['not told', false],
  ])('error: UnexpectedReply, its length %s, and the rest is not read', async (_, isDeclared) => {
    const proxy = await running.proxy(always({ kind: 'flood', bytes: 60_000_000, isDeclared }))
    const { answer, weights } = send(proxy)
    await expect(answer).rejects.toBeInstanceOf(UnexpectedReply)
    expect(weights.at(-1)).toBeGreaterThan(16_000_000)
    expect(weights.at(-1)).toBeLessThan(20_000_000)
    await until(() => proxy.requests[0]?.aborted === true)
  })

  test('behavior: 16 MB are read, one byte more is not', async () => {
    const [start, end] = ['{"result":"', '"}']
    const body = (bytes: number) =>
      new TextEncoder().encode(start + '0'.repeat(bytes - start.length - end.length) + end)
    stubBody([body(16_000_000)])
    expect(await send({ url: 'http://127.0.0.1:1' }).answer).toHaveLength(16_000_000 - 13)
    const cancel = vi.fn()
    stubBody([body(16_000_001), Uint8Array.of(32)], cancel)
    await expect(send({ url: 'http://127.0.0.1:1' }).answer).rejects.toBeInstanceOf(UnexpectedReply)
    expect(cancel).toHaveBeenCalledOnce()
  })
})

describe('time', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    return () => vi.useRealTimers()
  })

  /** Wait for an answer that never comes, and say how long it was waited for. */
  async function waitedFor(change: Partial<Letter>): Promise<number> {
    const proxy = await running.proxy(always({ kind: 'hang' }))
    const { answer } = send(proxy, change)
    const failure = failureOf(answer)
    let isOver = false
    void failure.then(() => {
      isOver = true
    })
    await until(() => proxy.count() === 1)
    let waited = 0
    for (; !isOver && waited < 60_000; waited += 500) await vi.advanceTimersByTimeAsync(500)
    expect(await failure).toMatchObject({ name: 'Unreachable', cause: { name: 'TimeoutError' } })
    return waited
  }

  test.each<[Role]>([['head'], ['wallet'], ['archive'], ['logs']])(
    'error: Unreachable after the time limit for %s',
    async role => {
      expect(await waitedFor({ role })).toBe(TIME_OUT[role])
    },
  )

  test('behavior: another limit where one is given, whether the caller may leave or not', async () => {
    const { signal } = new AbortController()
    expect(await waitedFor({ limit: 20_000 })).toBe(20_000)
    expect(await waitedFor({ limit: 30_000, signal })).toBe(30_000)
  })

  test('behavior: the time limit also ends an answer that never ends', async () => {
    const server = createServer((_, outgoing) => outgoing.writeHead(200).write('{"result":'))
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const { answer, weights } = send({ url: `http://127.0.0.1:${port}` })
    const failure = failureOf(answer)
    await until(() => weights.length > 0)
    await vi.advanceTimersByTimeAsync(TIME_OUT.head)
    expect(await failure).toBeInstanceOf(Unreachable)
    server.closeAllConnections()
    await new Promise(resolve => server.close(resolve))
  })

  test('behavior: no timer is left behind', async () => {
    const proxy = await running.proxy()
    const [set, cleared] = [vi.spyOn(globalThis, 'setTimeout'), vi.spyOn(globalThis, 'clearTimeout')]
    await send(proxy, { limit: 4_321 }).answer
    proxy.imitate(always(rateLimit))
    await failureOf(send(proxy, { limit: 4_321 }).answer)
    const timers = set.mock.results.filter((_, index) => set.mock.calls[index]?.[1] === 4_321)
    expect(timers).toHaveLength(2)
    for (const { value } of timers) expect(cleared).toHaveBeenCalledWith(value)
  })

  test('behavior: the newest block waits least, logs most, and nothing half a minute', () => {
    const { head, wallet, archive, logs } = TIME_OUT
    expect([head, wallet, archive, logs]).toEqual([head, wallet, archive, logs].toSorted((a, b) => a - b))
    expect(head).toBeGreaterThanOrEqual(5_000)
    expect(logs).toBeLessThanOrEqual(15_000)
  })
})

describe('abort', () => {
  const reason = new DOMException('left the page', 'AbortError')

  test('behavior: it stays an abort, with the reason that was given, and the request ends', async () => {
    const proxy = await running.proxy(always({ kind: 'hang' }))
    const abort = new AbortController()
    const { answer } = send(proxy, { signal: abort.signal })
    await until(() => proxy.count() === 1)
    abort.abort(reason)
    await expect(answer).rejects.toBe(reason)
    await until(() => proxy.requests[0]?.aborted === true)
  })

  test('behavior: one in the middle of the answer, too', async () => {
    const proxy = await running.proxy(always({ kind: 'flood', bytes: 60_000_000, isDeclared: true }))
    const abort = new AbortController()
    const { answer } = send(proxy, { signal: abort.signal, weigh: () => abort.abort(reason) })
    await expect(answer).rejects.toBe(reason)
  })

  test('behavior: what was aborted before is not sent', async () => {
    const proxy = await running.proxy()
    await expect(send(proxy, { signal: AbortSignal.abort(reason) }).answer).rejects.toBe(reason)
    expect(proxy.count()).toBe(0)
  })
})
