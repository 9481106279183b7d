import { describe, expect, test, vi } from 'vitest'
import {
  ArchiveUnavailable,
  CallReverted,
  type ChainError,
  MethodUnavailable,
  NoEndpointServed,
  RateLimited,
  UnexpectedReply,
  Unreachable,
} from '../../src/chain/errors.ts'
import { createEndpointPool, type Question } from '../../src/chain/transport.ts'
import { endpointAt, testChain } from '../support/chain.ts'
import { always, type Fault, type FaultProxy, refuse } from '../support/faultProxy.ts'

const running = testChain({ days: 20 })

const asking = (change: Partial<Question<unknown>> = {}): Question<unknown> => ({
  method: 'eth_chainId',
  params: [],
  role: 'head',
  signal: undefined,
  read: result => result,
  ...change,
})

const poolOf = (...proxies: readonly FaultProxy[]) =>
  createEndpointPool(proxies.map(({ url }, index) => endpointAt(url, 'abc'.charAt(index))))

const rateLimit = refuse(429, { code: 15, message: 'You reached Public endpoint rate limit' })
const noArchive = refuse(403, { code: -32_602, message: 'Archive requests require a personal token.' })
const reverted = refuse(200, { code: 3, message: 'execution reverted: paused' })
const reply = (status: number, body: string): Fault => ({ kind: 'reply', status, body })

describe('one endpoint', () => {
  test('default: the answer and its operator, in one request', async () => {
    const proxy = await running.proxy()
    expect(await poolOf(proxy).ask(asking())).toEqual({ value: '0x7a69', operator: 'a' })
    expect(proxy.count()).toBe(1)
  })

  test.each<[string, Fault, new (...args: never[]) => ChainError]>([
    ['RateLimited for HTTP 429', rateLimit, RateLimited],
    ['RateLimited for a limit in a 200', refuse(200, { code: -32_005, message: 'rate limit' }), RateLimited],
    ['ArchiveUnavailable for a 403', noArchive, ArchiveUnavailable],
    ['MethodUnavailable', refuse(200, { code: -32_601, message: 'Method not found' }), MethodUnavailable],
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
  ])('error: %s, asked once and not again', async (_, fault, expected) => {
    const proxy = await running.proxy(always(fault))
    await expect(poolOf(proxy).ask(asking())).rejects.toBeInstanceOf(expected)
    expect(proxy.count()).toBe(1)
  })

  test('error: Unreachable where nobody listens', async () => {
    const proxy = await running.proxy()
    await proxy.stop()
    await expect(poolOf(proxy).ask(asking())).rejects.toMatchObject({
      name: 'Unreachable',
      operator: 'a',
      cause: expect.any(TypeError),
    })
  })

  test('error: Unreachable after the time limit, which is longer for old state', async () => {
    const limits: number[] = []
    vi.spyOn(AbortSignal, 'timeout').mockImplementation(limit => {
      limits.push(limit)
      return AbortSignal.abort(new DOMException('late', 'TimeoutError'))
    })
    const proxy = await running.proxy(always({ kind: 'hang' }))
    for (const role of ['head', 'archive'] as const)
      await expect(poolOf(proxy).ask(asking({ role }))).rejects.toBeInstanceOf(Unreachable)
    expect(limits[1]).toBeGreaterThan(limits[0] ?? 0)
    expect(Math.min(...limits)).toBeGreaterThanOrEqual(5_000)
  })

  test('error: UnexpectedReply where the answer cannot be decoded, whatever the decoder throws', async () => {
    const proxy = await running.proxy()
    const read = (): never => {
      throw new SyntaxError('Cannot convert 0x to a BigInt')
    }
    await expect(poolOf(proxy).ask(asking({ read }))).rejects.toMatchObject({
      name: 'UnexpectedReply',
      operator: 'a',
      cause: expect.any(SyntaxError),
    })
  })

  test('error: NoEndpointServed where none has the role', async () => {
    const proxy = await running.proxy()
    const pool = createEndpointPool([endpointAt(proxy.url, 'a', ['head'])])
    await expect(pool.ask(asking({ role: 'wallet' }))).rejects.toBeInstanceOf(NoEndpointServed)
    expect(proxy.count()).toBe(0)
  })
})

describe('abort', () => {
  test('behavior: an abort stays an abort, with the reason that was given', async () => {
    const proxy = await running.proxy(always({ kind: 'hang' }))
    const abort = new AbortController()
    const reason = new DOMException('left the page', 'AbortError')
    const answer = poolOf(proxy).ask(asking({ signal: abort.signal }))
    await vi.waitFor(() => expect(proxy.count()).toBe(1))
    abort.abort(reason)
    await expect(answer).rejects.toBe(reason)
  })

  test('behavior: after an abort nobody else is asked', async () => {
    const [first, second] = [await running.proxy(always({ kind: 'hang' })), await running.proxy()]
    const abort = new AbortController()
    const pool = poolOf(first, second)
    const answer = pool.ask(asking({ signal: abort.signal }))
    await vi.waitFor(() => expect(first.count()).toBe(1))
    abort.abort()
    await expect(answer).rejects.toHaveProperty('name', 'AbortError')
    expect(second.count()).toBe(0)
    // The endpoint did nothing wrong, so it is asked first again.
    first.imitate()
    expect(await pool.ask(asking())).toMatchObject({ operator: 'a' })
  })

  test('behavior: what was aborted before it began is not sent', async () => {
    const proxy = await running.proxy()
    await expect(poolOf(proxy).ask(asking({ signal: AbortSignal.abort() }))).rejects.toHaveProperty(
      'name',
      'AbortError',
    )
    expect(proxy.count()).toBe(0)
  })
})

describe('several endpoints', () => {
  test('default: the first is asked, the others are left alone', async () => {
    const [first, second] = [await running.proxy(), await running.proxy()]
    expect(await poolOf(first, second).ask(asking())).toMatchObject({ operator: 'a' })
    expect(second.count()).toBe(0)
  })

  test.each<[string, Fault]>([
    ['limits the rate', rateLimit],
    ['has no archive', noArchive],
    ['cuts the connection', { kind: 'reset' }],
    ['answers a web page', reply(200, '<html></html>')],
  ])('behavior: where the first %s, the second operator answers', async (_, fault) => {
    const [first, second] = [await running.proxy(always(fault)), await running.proxy()]
    expect(await poolOf(first, second).ask(asking())).toEqual({ value: '0x7a69', operator: 'b' })
    expect([first.count(), second.count()]).toEqual([1, 1])
  })

  test('behavior: a revert is the contract’s own answer, so nobody else is asked', async () => {
    const [first, second] = [await running.proxy(always(reverted)), await running.proxy()]
    const pool = poolOf(first, second)
    await expect(pool.ask(asking())).rejects.toBeInstanceOf(CallReverted)
    expect(second.count()).toBe(0)
    first.imitate()
    expect(await pool.ask(asking())).toMatchObject({ operator: 'a' })
  })

  test('behavior: an answer that the reader refuses counts against its endpoint', async () => {
    const [first, second] = [await running.proxy(), await running.proxy()]
    const read = (result: unknown, operator: string): unknown => {
      if (operator === 'a') throw new UnexpectedReply('is wrong', { operator })
      return result
    }
    expect(await poolOf(first, second).ask(asking({ read }))).toEqual({ value: '0x7a69', operator: 'b' })
  })

  test('error: NoEndpointServed with every failure', async () => {
    const proxies = [await running.proxy(always(rateLimit)), await running.proxy(always({ kind: 'reset' }))]
    const failure = await poolOf(...proxies)
      .ask(asking())
      .catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(NoEndpointServed)
    const { failures } = failure as NoEndpointServed
    expect(failures.map(({ name, operator }) => [name, operator])).toEqual([
      ['RateLimited', 'a'],
      ['Unreachable', 'b'],
    ])
  })

  test('behavior: one that failed is asked last until it has rested', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const [first, second] = [await running.proxy(always(rateLimit)), await running.proxy()]
    const pool = poolOf(first, second)
    await pool.ask(asking())
    first.imitate()
    expect(await pool.ask(asking())).toMatchObject({ operator: 'b' })
    expect(first.count()).toBe(1)
    vi.setSystemTime(Date.now() + 31_000)
    expect(await pool.ask(asking())).toMatchObject({ operator: 'a' })
    vi.useRealTimers()
  })

  test('behavior: one that rests is still asked where no other can answer', async () => {
    const [first, second] = [await running.proxy(always(rateLimit)), await running.proxy()]
    const pool = poolOf(first, second)
    await pool.ask(asking())
    first.imitate()
    second.imitate(always({ kind: 'reset' }))
    expect(await pool.ask(asking())).toMatchObject({ operator: 'a' })
  })

  test('behavior: one without an archive is not asked for old state again, but for the head', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const [first, second] = [await running.proxy(always(noArchive)), await running.proxy()]
    const pool = poolOf(first, second)
    await pool.ask(asking({ role: 'archive' }))
    first.imitate()
    vi.setSystemTime(Date.now() + 3_600_000)
    expect(await pool.ask(asking({ role: 'archive' }))).toMatchObject({ operator: 'b' })
    expect(await pool.ask(asking({ role: 'head' }))).toMatchObject({ operator: 'a' })
    vi.useRealTimers()
  })

  test('behavior: only those with the role are asked', async () => {
    const [first, second] = [await running.proxy(), await running.proxy()]
    const pool = createEndpointPool([
      endpointAt(first.url, 'a', ['head']),
      endpointAt(second.url, 'b', ['archive']),
    ])
    expect(await pool.ask(asking({ role: 'archive' }))).toMatchObject({ operator: 'b' })
    expect(first.count()).toBe(0)
  })
})

test('behavior: a node on this machine gets at most eight requests at a time', async () => {
  let release = (): void => undefined
  const until = new Promise<void>(resolve => {
    release = resolve
  })
  const proxy = await running.proxy(always({ kind: 'wait', until }))
  const pool = poolOf(proxy)
  const answers = Array.from({ length: 20 }, () => pool.ask(asking()))
  await vi.waitFor(() => expect(proxy.count()).toBe(8))
  // Long enough for any further request to arrive: nothing else happens here.
  await new Promise(resolve => setTimeout(resolve, 100))
  expect(proxy.count()).toBe(8)
  release()
  expect(await Promise.all(answers)).toHaveLength(20)
  expect(proxy.count()).toBe(20)
})

test('behavior: no cookies, no referrer, JSON and one question', async () => {
  const proxy = await running.proxy()
  const sent = vi.spyOn(globalThis, 'fetch')
  await poolOf(proxy).ask(asking({ method: 'eth_getBlockByNumber', params: ['latest', false] }))
  const [, init] = sent.mock.calls.find(([url]) => url === proxy.url) ?? []
  expect(init).toMatchObject({ method: 'POST', credentials: 'omit', referrerPolicy: 'no-referrer' })
  expect(proxy.requests[0]).toMatchObject({ method: 'eth_getBlockByNumber', params: ['latest', false] })
})
