import { describe, expect, test, vi } from 'vitest'
import { testChain } from './chain.ts'
import { ask, preflight, send } from './faultClient.ts'
import { both, inTurn, named, oneIn, only } from './faultCombine.ts'
import {
  always,
  type Fault,
  type FaultPolicy,
  type FaultProxy,
  refuse,
  startFaultProxy,
} from './faultProxy.ts'
import { mostWithin } from './faultRecord.ts'
import { noCors, noCorsOnErrors, noCorsOnPreflight } from './faults.ts'

const running = testChain({ days: 20 })

const question = (method: string, id: unknown = 41) => ({ jsonrpc: '2.0', id, method, params: [] })
const refusal = refuse(429, { code: 15, message: 'too many' })
const errorInside = refuse(200, { code: -32_005, message: 'limit' })
const allowedTo = ({ headers }: { readonly headers: Headers }) => headers.get('access-control-allow-origin')

describe('passing on', () => {
  test('default: the node’s own answer, under the id that was asked', async () => {
    const proxy = await running.proxy()
    for (const id of [1, 'a', null])
      expect(JSON.parse((await send(proxy.url, question('eth_chainId', id))).text)).toEqual({
        jsonrpc: '2.0',
        id,
        result: '0x7a69',
      })
  })

  test('behavior: an error of the node stays one', async () => {
    const proxy = await running.proxy(always({ kind: 'result', change: () => '0x1' }))
    expect(await ask(proxy.url, 'eth_nothing')).toMatchObject({ status: 200, error: { code: -32_601 } })
  })

  test('behavior: a refusal goes out under the id that was asked', async () => {
    const proxy = await running.proxy(always(refusal))
    expect(await ask(proxy.url, 'eth_chainId')).toMatchObject({ status: 429, id: 41, error: { code: 15 } })
  })

  test('behavior: without a policy from now on, everything is passed on again', async () => {
    const proxy = await running.proxy(always(refusal))
    proxy.imitate()
    expect(await ask(proxy.url, 'eth_chainId')).toMatchObject({ result: '0x7a69' })
  })

  test('behavior: a policy may look at the node before it decides', async () => {
    const proxy = await running.proxy(async (_, node) => {
      const head = await node('eth_blockNumber')
      const unknown = await node('eth_nothing')
      return { kind: 'result', change: () => [head, unknown === undefined] }
    })
    const head = `0x${running.chain.headBlock.toString(16)}`
    expect(await ask(proxy.url, 'eth_chainId')).toMatchObject({ result: [head, true] })
    expect(proxy.count()).toBe(1)
  })

  test('error: AggregateError at the end for a policy that throws, whose request looks cut off', async () => {
    const proxy = await startFaultProxy(running.chain.url, () => {
      throw new RangeError('a mistake in a test')
    })
    await expect(ask(proxy.url, 'eth_chainId')).rejects.toThrow(TypeError)
    await expect(proxy.stop()).rejects.toMatchObject({ errors: [expect.any(RangeError)] })
  })

  test('behavior: a node that is gone looks cut off and is no mistake of a policy', async () => {
    const gone = await startFaultProxy(running.chain.url)
    await gone.stop()
    const proxy = await startFaultProxy(gone.url)
    await expect(ask(proxy.url, 'eth_chainId')).rejects.toThrow(TypeError)
    await expect(proxy.stop()).resolves.toBeUndefined()
  })
})

describe('CORS', () => {
  test('default: any page may ask, read answers and refusals', async () => {
    const proxy = await running.proxy()
    const may = await preflight(proxy.url)
    expect([may.status, allowedTo(may), may.headers.get('access-control-allow-headers')]).toEqual([
      204,
      '*',
      'content-type',
    ])
    expect(BigInt(may.headers.get('access-control-max-age') ?? '0')).toBeGreaterThan(0n)
    for (const fault of [undefined, refusal, errorInside]) {
      proxy.imitate(() => fault)
      expect(allowedTo(await send(proxy.url, question('eth_chainId')))).toBe('*')
    }
    expect([proxy.preflights(), proxy.count()]).toEqual([1, 3])
    proxy.forget()
    expect(proxy.preflights()).toBe(0)
  })

  test.each<[FaultPolicy, readonly [boolean, boolean, boolean]]>([
    [noCorsOnErrors(), [true, true, false]],
    [noCorsOnPreflight(), [false, true, true]],
    [noCors(), [false, false, false]],
    [named('own', () => undefined, { isReflecting: true }), [true, true, true]],
  ])('behavior: %o leaves out what it says', async (policy, [onPreflight, onAnswer, onError]) => {
    const proxy = await running.proxy(policy)
    expect(allowedTo(await preflight(proxy.url)) !== null).toBe(onPreflight)
    expect(allowedTo(await send(proxy.url, question('eth_chainId'))) !== null).toBe(onAnswer)
    expect(allowedTo(await send(proxy.url, question('eth_nothing'))) !== null).toBe(onError)
    for (const fault of [refusal, errorInside, { kind: 'reply', status: 503, body: '<html>' }] as const) {
      proxy.imitate(both(policy, always(fault)))
      expect(allowedTo(await send(proxy.url, question('eth_chainId'))) !== null).toBe(onError)
    }
  })

  test('behavior: the page’s own origin where the endpoint names it', async () => {
    const proxy = await running.proxy(named('own', () => undefined, { isReflecting: true }))
    expect(allowedTo(await preflight(proxy.url))).toBe('http://127.0.0.1:4173')
    const { headers } = await send(proxy.url, question('eth_chainId'))
    expect([headers.get('access-control-allow-origin'), headers.get('vary')]).toEqual([
      'http://127.0.0.1:4173',
      'Origin',
    ])
  })
})

describe('what is on record', () => {
  test('default: method, params, place, arrival and bytes of each request', async () => {
    const proxy = await running.proxy()
    const before = performance.now()
    const body = { jsonrpc: '2.0', id: 1, method: 'eth_getBlockByNumber', params: ['0x0', false] }
    const { text } = await send(proxy.url, body)
    await ask(proxy.url, 'eth_chainId')
    const [first, second] = proxy.requests
    expect(first).toMatchObject({
      method: body.method,
      params: body.params,
      index: 0,
      batch: 1,
      aborted: false,
    })
    expect([first?.bytesIn, first?.bytesOut]).toEqual([JSON.stringify(body).length, Buffer.byteLength(text)])
    expect(second).toMatchObject({ method: 'eth_chainId', params: [], index: 1 })
    expect(first?.at).toBeGreaterThanOrEqual(before)
    expect(second?.at).toBeGreaterThan(first?.at ?? Number.POSITIVE_INFINITY)
    expect(performance.now()).toBeGreaterThan(second?.at ?? Number.POSITIVE_INFINITY)
  })

  test('behavior: counts by method, and nothing after it is told to forget', async () => {
    const proxy = await running.proxy(always(refusal, 'eth_chainId'))
    for (const method of ['eth_chainId', 'eth_chainId', 'eth_blockNumber']) await ask(proxy.url, method)
    expect(proxy.counts()).toEqual({ eth_chainId: 2, eth_blockNumber: 1 })
    expect([proxy.count(), proxy.count('eth_chainId'), proxy.count('eth_call')]).toEqual([3, 2, 0])
    proxy.forget()
    expect([proxy.count(), proxy.counts(), proxy.gaps()]).toEqual([0, {}, []])
    await ask(proxy.url, 'eth_chainId')
    expect(proxy.requests.map(({ index }) => index)).toEqual([0])
  })

  test('behavior: gaps and the busiest window are those of the arrivals', async () => {
    const proxy = await running.proxy()
    for (let count = 0; count < 4; count++) await ask(proxy.url, 'eth_chainId')
    const times = proxy.requests.map(({ at }) => at)
    const [first = 0, second = 0, third = 0, last = 0] = times
    expect(proxy.gaps()).toEqual([second - first, third - second, last - third])
    expect(proxy.busiest(last - first + 1)).toBe(4)
    expect(proxy.busiest(last - first)).toBe(3)
    expect(proxy.busiest(Math.min(...proxy.gaps()))).toBe(1)
  })

  test.each([
    [[], 1_000, 0],
    [[5], 1_000, 1],
    [[0, 1_000, 2_000], 1_000, 1],
    [[0, 999, 1_000, 1_998], 1_000, 3],
    [[0, 10, 5_000, 5_001, 5_002, 9_000], 1_000, 3],
    [[7, 7, 7], 1, 3],
    [[7, 7, 8], 0, 1],
  ])('behavior: of arrivals at %j within %d ms there are at most %d', (times, window, most) => {
    expect(mostWithin(times, window)).toBe(most)
  })

  test.each<[string, FaultPolicy | undefined, boolean]>([
    ['hangs', always({ kind: 'hang' }), true],
    ['is cut by the proxy', always({ kind: 'reset' }), false],
    ['is cut midway by the proxy', always({ kind: 'cut' }), false],
    ['is complete', undefined, false],
  ])('behavior: aborted is what the client left: an answer that %s', async (_, policy, aborted) => {
    const proxy = await running.proxy(policy)
    const leaving = new AbortController()
    const answer = send(proxy.url, question('eth_chainId'), { signal: leaving.signal }).catch(() => undefined)
    if (aborted) {
      await vi.waitFor(() => expect(proxy.count()).toBe(1))
      leaving.abort()
      await answer
      await vi.waitFor(() => expect(proxy.requests[0]).toMatchObject({ aborted: true, bytesOut: 0 }))
    } else {
      await answer
      // The connection's end has reached the proxy once it has served another request.
      proxy.imitate()
      await ask(proxy.url, 'eth_chainId')
      expect(proxy.requests[0]).toMatchObject({ aborted: false })
    }
  })

  test('behavior: what hangs when the proxy stops was not aborted by the client', async () => {
    const proxy = await running.proxy(always({ kind: 'hang' }))
    const answer = ask(proxy.url, 'eth_chainId').catch(() => 'cut')
    await vi.waitFor(() => expect(proxy.count()).toBe(1))
    const [request] = proxy.requests
    await proxy.stop()
    expect(await answer).toBe('cut')
    // The end of a connection is told a turn after it is cut.
    await new Promise(resolve => setTimeout(resolve, 20))
    expect(request?.aborted).toBe(false)
  })
})

describe('batches', () => {
  const batch = [question('eth_chainId', 1), question('eth_nothing', 2), question('eth_chainId', 3)]
  const replies = async (proxy: FaultProxy) => JSON.parse((await send(proxy.url, batch)).text)

  test('default: each request is on record, each has its answer', async () => {
    const proxy = await running.proxy()
    expect(await replies(proxy)).toMatchObject([
      { id: 1, result: '0x7a69' },
      { id: 2, error: { code: -32_601 } },
      { id: 3, result: '0x7a69' },
    ])
    expect(proxy.requests.map(({ index, batch: size }) => [index, size])).toEqual([
      [0, 3],
      [1, 3],
      [2, 3],
    ])
    expect(proxy.requests.map(({ bytesIn }) => bytesIn)).toEqual([JSON.stringify(batch).length, 0, 0])
  })

  test('behavior: an error in a 200 stands for its own request', async () => {
    const proxy = await running.proxy(({ index }) => (index === 2 ? errorInside : undefined))
    expect(await replies(proxy)).toMatchObject([
      { id: 1, result: '0x7a69' },
      {},
      { id: 3, error: { code: -32_005 } },
    ])
  })

  test.each<[string, Fault]>([
    ['an HTTP status', refusal],
    ['a web page', { kind: 'reply', status: 200, body: '<html>' }],
    ['an empty body', { kind: 'reply', status: 200, body: '' }],
  ])('behavior: %s stands for all', async (_, fault) => {
    const proxy = await running.proxy(({ index }) => (index === 1 ? fault : undefined))
    const { status, text } = await send(proxy.url, batch)
    const { body } = fault as Extract<Fault, { kind: 'reply' }>
    expect({ status, text }).toEqual({
      status: (fault as { status: number }).status,
      text: typeof body === 'string' ? body : body(2),
    })
  })

  test('behavior: one connection that is cut is cut for all', async () => {
    const proxy = await running.proxy(({ index }) => (index === 1 ? { kind: 'reset' } : undefined))
    await expect(send(proxy.url, batch)).rejects.toThrow(TypeError)
  })
})

describe('several faults on one endpoint', () => {
  const answers = (policy: FaultPolicy) => running.proxy(policy).then(({ url }) => ask(url, 'eth_chainId'))
  const put = (value: string): FaultPolicy =>
    named(`put ${value}`, always({ kind: 'result', change: result => `${result} ${value}` }))

  test('default: changes add up in turn, and so do the names', async () => {
    expect(await answers(both(put('a'), put('b')))).toMatchObject({ result: '0x7a69 a b' })
    expect(await answers(both(put('b'), put('a')))).toMatchObject({ result: '0x7a69 b a' })
    expect(both(put('a'), put('b')).name).toBe('put a + put b')
    const three = inTurn('three', put('a'), put('b'), put('c'))
    expect([three.name, (await answers(three)).result]).toEqual(['three', '0x7a69 a b c'])
  })

  test('behavior: the first that answers by itself does so, in either place', async () => {
    expect(await answers(both(put('a'), always(refusal)))).toMatchObject({ status: 429 })
    expect(await answers(both(always(refusal), put('a')))).toMatchObject({ status: 429 })
    expect(await answers(both(always(refusal), always(errorInside)))).toMatchObject({ status: 429 })
    expect(await answers(both(always(errorInside), always({ kind: 'hang' })))).toMatchObject({ status: 200 })
  })

  test('behavior: what the first answers is still cut or changed by the second', async () => {
    const text = (policy: FaultPolicy) =>
      running.proxy(policy).then(({ url }) => send(url, question('eth_chainId')))
    await expect(text(both(always(refusal), always({ kind: 'cut' })))).rejects.toThrow(TypeError)
    const shout = always({ kind: 'text', change: body => body.toUpperCase() })
    expect(await text(both(always(refusal), shout))).toMatchObject({
      status: 429,
      text: expect.stringContaining('TOO MANY'),
    })
  })

  test('behavior: the second sees the request as the first changed it', async () => {
    const seen: unknown[] = []
    const proxy = await running.proxy(
      both(always({ kind: 'ask', params: ['0x1', false] }), ({ params }) => {
        seen.push(params)
        return undefined
      }),
    )
    expect(await ask(proxy.url, 'eth_getBlockByNumber', ['0x2', false])).toMatchObject({
      result: { number: '0x1' },
    })
    expect(seen).toEqual([['0x1', false]])
    expect(proxy.requests[0]?.params).toEqual(['0x2', false])
  })

  test('behavior: both keep their CORS faults', async () => {
    const proxy = await running.proxy(both(noCorsOnErrors(), noCorsOnPreflight()))
    expect(allowedTo(await preflight(proxy.url))).toBeNull()
    expect(allowedTo(await send(proxy.url, question('eth_nothing')))).toBeNull()
    expect(allowedTo(await send(proxy.url, question('eth_chainId')))).toBe('*')
  })

  test('behavior: of the requests that a fault would meet every n-th does, of some methods if so wanted', async () => {
    const policy = oneIn(2, only(['eth_chainId'], always(refusal)))
    const proxy = await running.proxy(named(policy.name, policy))
    const statuses: number[] = []
    for (const method of [
      'eth_chainId',
      'eth_blockNumber',
      'eth_blockNumber',
      'eth_chainId',
      'eth_chainId',
      'eth_chainId',
    ])
      statuses.push((await ask(proxy.url, method)).status)
    expect(statuses).toEqual([200, 200, 200, 429, 200, 429])
  })
})
