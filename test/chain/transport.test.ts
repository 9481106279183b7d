import { getEventListeners } from 'node:events'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { Endpoint, Role } from '../../src/chain/endpoints.ts'
import {
  ArchiveUnavailable,
  CallReverted,
  type ChainError,
  DeviceOffline,
  Disagreement,
  MethodUnavailable,
  NoEndpointServed,
  RateLimited,
  StaleHead,
  UnexpectedReply,
  WrongChain,
} from '../../src/chain/errors.ts'
import { createEndpointPool, type PoolOptions } from '../../src/chain/transport.ts'
import { endpointAt, testChain } from '../support/chain.ts'
import { always, type Fault, type FaultProxy } from '../support/faultProxy.ts'
import { asking, CHAIN, failureOf, noArchive, noMethod, rateLimit, reverted, until } from './asking.ts'

const running = testChain({ days: 20 })

beforeEach(() => () => vi.useRealTimers())

/** Stop the clock of this page; sockets and the proxies have their own. */
const stopClock = () => vi.useFakeTimers({ toFake: ['Date', 'performance', 'setTimeout', 'clearTimeout'] })

type Cast = { readonly fault?: Fault } & Partial<Omit<Endpoint, 'url' | 'operator'>>

/** A pool of proxies a, b, c, … of which each plays its part. */
async function setUp(casts: readonly Cast[], options: PoolOptions = {}) {
  const proxies: FaultProxy[] = []
  const endpoints: Endpoint[] = []
  for (const [index, { fault, ...record }] of casts.entries()) {
    const proxy = await running.proxy(fault === undefined ? undefined : always(fault))
    proxies.push(proxy)
    endpoints.push({ ...endpointAt(proxy.url, 'abcdef'.charAt(index)), ...record })
  }
  const pool = createEndpointPool(endpoints, options)
  const counts = () => proxies.map(proxy => proxy.count())
  const [first, second] = proxies
  if (first === undefined) return expect.unreachable('nobody to ask')
  return { pool, proxies, first, second: second ?? first, counts }
}

const reset: Fault = { kind: 'reset' }
const page: Fault = { kind: 'reply', status: 200, body: '<html></html>' }

/** Failures as class and operator. */
const told = (failure: unknown): [string, string | undefined][] =>
  (failure as NoEndpointServed).failures.map(({ name, operator }) => [name, operator])

describe('one endpoint', () => {
  test('default: the answer, its operator and its endpoint, in one request', async () => {
    const { pool, first } = await setUp([{}])
    expect(await pool.ask(asking())).toEqual({ value: CHAIN, operator: 'a', url: first.url })
    expect(first.count()).toBe(1)
  })

  test.each<[string, Fault, new (...args: never[]) => ChainError]>([
    ['RateLimited', rateLimit, RateLimited],
    ['ArchiveUnavailable', noArchive, ArchiveUnavailable],
    ['MethodUnavailable', noMethod, MethodUnavailable],
    ['CallReverted', reverted, CallReverted],
    ['UnexpectedReply', page, UnexpectedReply],
  ])('error: %s, asked once and not again', async (_, fault, expected) => {
    const { pool, first } = await setUp([{ fault }])
    await expect(pool.ask(asking())).rejects.toBeInstanceOf(expected)
    expect(first.count()).toBe(1)
  })

  test('error: NoEndpointServed where none has the role', async () => {
    const { pool, first } = await setUp([{ roles: ['head'] }])
    for (const role of ['archive', 'logs', 'wallet'] as const)
      await expect(pool.ask(asking({ role }))).rejects.toBeInstanceOf(NoEndpointServed)
    expect(first.count()).toBe(0)
  })
})

describe('abort', () => {
  test('behavior: an abort stays an abort, and nobody else is asked', async () => {
    const { pool, first, second } = await setUp([{ fault: { kind: 'hang' } }, {}])
    const abort = new AbortController()
    const reason = new DOMException('left the page', 'AbortError')
    const answer = failureOf(pool.ask(asking({ role: 'archive', signal: abort.signal })))
    await until(() => first.count() === 1)
    abort.abort(reason)
    expect(await answer).toBe(reason)
    expect(second.count()).toBe(0)
    // The endpoint did nothing wrong, so it is asked first again.
    first.imitate()
    expect(await pool.ask(asking())).toMatchObject({ operator: 'a' })
  })

  test('behavior: what was aborted before it began is not sent', async () => {
    const { pool, first } = await setUp([{}])
    await expect(pool.ask(asking({ signal: AbortSignal.abort() }))).rejects.toHaveProperty(
      'name',
      'AbortError',
    )
    expect(first.count()).toBe(0)
  })

  test('behavior: many questions with one signal put one listener on it', async () => {
    const { pool, first } = await setUp([{ fault: { kind: 'hang' } }])
    const abort = new AbortController()
    const answers = Array.from({ length: 20 }, () => failureOf(pool.ask(asking({ signal: abort.signal }))))
    await until(() => first.count() === 8)
    expect(getEventListeners(abort.signal, 'abort')).toHaveLength(1)
    abort.abort()
    for (const failure of await Promise.all(answers)) expect(failure).toHaveProperty('name', 'AbortError')
  })
})

describe('several endpoints', () => {
  const roles: readonly Role[] = ['head', 'archive', 'logs']

  test.each(roles)('default: the first is asked for %s, the others are left alone', async role => {
    const { pool, counts } = await setUp([{}, {}])
    expect(await pool.ask(asking({ role }))).toMatchObject({ operator: 'a' })
    expect(counts()).toEqual([1, 0])
  })

  test.each<[string, Fault]>([
    ['limits the rate', rateLimit],
    ['has no archive', noArchive],
    ['does not offer the method', noMethod],
    ['cuts the connection', reset],
    ['answers a web page', page],
  ])('behavior: where the first %s, the second operator answers', async (_, fault) => {
    for (const role of roles) {
      const { pool, second, counts } = await setUp([{ fault }, {}])
      expect(await pool.ask(asking({ role }))).toEqual({ value: CHAIN, operator: 'b', url: second.url })
      expect(counts()).toEqual([1, 1])
    }
  })

  test.each(roles)('behavior: a revert is the contract’s own answer, for %s too', async role => {
    const { pool, first, second } = await setUp([{ fault: reverted }, {}])
    await expect(pool.ask(asking({ role }))).rejects.toBeInstanceOf(CallReverted)
    expect(second.count()).toBe(0)
    first.imitate()
    expect(await pool.ask(asking({ role }))).toMatchObject({ operator: 'a' })
  })

  test('behavior: an answer that the reader refuses counts against its endpoint', async () => {
    const { pool } = await setUp([{}, {}])
    const read = (result: unknown, operator: string): unknown => {
      if (operator === 'a') throw new UnexpectedReply('is wrong', { operator })
      return result
    }
    expect(await pool.ask(asking({ read }))).toMatchObject({ value: CHAIN, operator: 'b' })
    expect(await pool.ask(asking())).toMatchObject({ operator: 'b' })
  })

  test('error: NoEndpointServed with every failure', async () => {
    const { pool } = await setUp([{ fault: rateLimit }, { fault: reset }])
    const failure = await failureOf(pool.ask(asking()))
    expect(failure).toBeInstanceOf(NoEndpointServed)
    expect(told(failure)).toEqual([
      ['RateLimited', 'a'],
      ['Unreachable', 'b'],
    ])
  })

  test('behavior: only those with the role are asked', async () => {
    const { pool, counts } = await setUp([{ roles: ['head'] }, { roles: ['archive'] }, { roles: ['logs'] }])
    for (const [role, operator] of [
      ['head', 'a'],
      ['archive', 'b'],
      ['logs', 'c'],
    ] as const)
      expect(await pool.ask(asking({ role }))).toMatchObject({ operator })
    expect(counts()).toEqual([1, 1, 1])
  })

  test('behavior: one endpoint alone where it is that one’s answer that is wanted', async () => {
    const { pool, first, second, counts } = await setUp([{}, { roles: ['head'] }])
    expect(await pool.ask(asking({ role: 'logs', only: second.url }))).toMatchObject({ operator: 'b' })
    second.imitate(always(rateLimit))
    for (const role of ['head', 'archive'] as const)
      await expect(pool.ask(asking({ role, only: second.url }))).rejects.toBeInstanceOf(RateLimited)
    expect(counts()).toEqual([0, 3])
    await expect(pool.ask(asking({ only: `${first.url}/other` }))).rejects.toBeInstanceOf(NoEndpointServed)
  })

  test('behavior: operators that are left out are not asked, through none of their endpoints', async () => {
    const { pool, counts } = await setUp([{}, {}, {}].map((_, index) => ({ note: `${index}` })))
    expect(await pool.ask(asking({ except: ['a', 'b'] }))).toMatchObject({ operator: 'c' })
    await expect(pool.ask(asking({ except: ['a', 'b', 'c'] }))).rejects.toBeInstanceOf(NoEndpointServed)
    expect(counts()).toEqual([0, 0, 1])
  })
})

describe('one that failed a moment ago', () => {
  test('behavior: it is asked last until it has rested', async () => {
    stopClock()
    const { pool, first } = await setUp([{ fault: rateLimit }, {}])
    await pool.ask(asking())
    first.imitate()
    vi.advanceTimersByTime(999)
    expect(await pool.ask(asking())).toMatchObject({ operator: 'b' })
    expect(first.count()).toBe(1)
    vi.advanceTimersByTime(1)
    expect(await pool.ask(asking())).toMatchObject({ operator: 'a' })
  })

  test('behavior: it is still asked where no other can answer', async () => {
    const { pool, first, second } = await setUp([{ fault: reset }, {}])
    await pool.ask(asking())
    first.imitate()
    second.imitate(always(page))
    expect(await pool.ask(asking())).toMatchObject({ operator: 'a' })
  })
})

describe('refusals on principle', () => {
  test('behavior: one without an archive is not asked for old state again, but for the head', async () => {
    stopClock()
    const { pool, first } = await setUp([{ fault: noArchive }, {}])
    const old = asking({ role: 'archive', block: 5n })
    await pool.ask(old)
    first.imitate()
    vi.advanceTimersByTime(59_999)
    expect(await pool.ask(old)).toMatchObject({ operator: 'b' })
    expect(await pool.ask(asking())).toMatchObject({ operator: 'a' })
    expect(first.count()).toBe(1 + 1)
    vi.advanceTimersByTime(1)
    expect(await pool.ask(old)).toMatchObject({ operator: 'a' })
  })

  test('behavior: asked again in vain it is left alone for four minutes; after an answer it starts anew', async () => {
    stopClock()
    const { pool, first } = await setUp([{ fault: noArchive }, {}])
    const old = asking({ role: 'archive', block: 5n })
    const askedAfter = async (milliseconds: number): Promise<number> => {
      const before = first.count()
      vi.advanceTimersByTime(milliseconds)
      await pool.ask(old)
      return first.count() - before
    }
    expect(await askedAfter(0)).toBe(1)
    expect(await askedAfter(60_000)).toBe(1)
    expect(await askedAfter(239_999)).toBe(0)
    first.imitate()
    expect(await askedAfter(1)).toBe(1)
    first.imitate(always(noArchive))
    expect(await askedAfter(0)).toBe(1)
    expect(await askedAfter(60_000)).toBe(1)
  })

  test('behavior: what was refused is remembered as the failure, without another request', async () => {
    const { pool, counts, second } = await setUp([{ fault: noArchive }, {}])
    const old = asking({ role: 'archive', block: 5n })
    await pool.ask(old)
    second.imitate(always(noMethod))
    expect(told(await failureOf(pool.ask(old)))).toEqual([
      ['MethodUnavailable', 'b'],
      ['ArchiveUnavailable', 'a'],
    ])
    expect(told(await failureOf(pool.ask(old)))).toEqual([
      ['ArchiveUnavailable', 'a'],
      ['MethodUnavailable', 'b'],
    ])
    expect(counts()).toEqual([1, 2])
  })

  test('error: ArchiveUnavailable again, from the only endpoint, unasked', async () => {
    const { pool, first } = await setUp([{ fault: noArchive }])
    const old = asking({ role: 'archive', block: 5n })
    const failure = await failureOf(pool.ask(old))
    expect(failure).toBeInstanceOf(ArchiveUnavailable)
    expect(await failureOf(pool.ask(old))).toBe(failure)
    expect(first.count()).toBe(1)
  })

  test.each([
    [9_872n, 1],
    [9_873n, 2],
  ])('behavior: block %s of 10,000 is refused once and asked for %d times', async (block, count) => {
    const { pool, first } = await setUp([{ fault: noArchive }])
    pool.follow(10_000n)
    // An older one does not take back what was seen.
    pool.follow(5_000n)
    for (let time = 0; time < 2; time++)
      await expect(pool.ask(asking({ role: 'archive', block }))).rejects.toBeInstanceOf(ArchiveUnavailable)
    expect(first.count()).toBe(count)
  })

  test('behavior: who lags behind a young block is still asked for old ones', async () => {
    const { pool, first } = await setUp([{ fault: noArchive }])
    pool.follow(10_000n)
    await failureOf(pool.ask(asking({ role: 'archive', block: 9_950n })))
    first.imitate()
    expect(await pool.ask(asking({ role: 'archive', block: 5n }))).toMatchObject({ operator: 'a' })
  })
})

describe('set aside', () => {
  test('behavior: an operator that is refuted is asked no more, through none of its endpoints', async () => {
    const { pool, proxies, counts } = await setUp([{}, {}, {}])
    const [one, two, three] = proxies.map(({ url }) => url)
    const operators = createEndpointPool(
      [one, two, three].map((url = '', index) => endpointAt(url, index < 2 ? 'liar' : 'honest')),
    )
    operators.setAside('liar', new Disagreement('says otherwise'))
    for (const role of ['head', 'archive', 'logs'] as const)
      expect(await operators.ask(asking({ role }))).toMatchObject({ operator: 'honest' })
    expect(counts()).toEqual([0, 0, 3])
    expect(operators.standings.map(standing => standing.setAside()?.name)).toEqual([
      'Disagreement',
      'Disagreement',
      undefined,
    ])
    expect(pool.standings.every(standing => standing.setAside() === undefined)).toBe(true)
  })

  test('error: Disagreement where nobody else is left, by name too', async () => {
    const { pool, first } = await setUp([{}])
    const failure = new Disagreement('says otherwise')
    pool.setAside('a', failure)
    expect(await failureOf(pool.ask(asking()))).toBe(failure)
    expect(await failureOf(pool.ask(asking({ role: 'wallet' })))).toBe(failure)
    expect(await failureOf(pool.ask(asking({ only: first.url })))).toBe(failure)
    expect(first.count()).toBe(0)
  })

  test('behavior: an endpoint of another chain is passed over for a while', async () => {
    stopClock()
    const { pool, counts } = await setUp([{}, {}])
    const read = (result: unknown, operator: string): unknown => {
      if (operator === 'a') throw new WrongChain('serves chain 5', { operator })
      return result
    }
    for (let time = 0; time < 3; time++) {
      expect(await pool.ask(asking({ read }))).toMatchObject({ operator: 'b' })
      vi.advanceTimersByTime(4_000)
    }
    expect(counts()).toEqual([1, 3])
    expect(await pool.ask(asking({ read }))).toMatchObject({ operator: 'b' })
    expect(counts()).toEqual([2, 4])
  })
})

test('behavior: a question that can do without an answer passes over those that failed a moment ago', async () => {
  const { pool, first, counts } = await setUp([{ fault: { kind: 'reset' } }])
  await failureOf(pool.ask(asking()))
  first.imitate()
  expect(await failureOf(pool.ask(asking({ skipsResting: true })))).toBeInstanceOf(NoEndpointServed)
  expect(counts()).toEqual([1])
  expect(await pool.ask(asking())).toMatchObject({ operator: 'a' })
})

describe('the newest block', () => {
  test('behavior: after 0.8 s the next is asked too, and the slow one is left and asked last from then on', async () => {
    stopClock()
    const { pool, first, second, counts } = await setUp([{ fault: { kind: 'hang' } }, {}, {}])
    const answer = pool.ask(asking())
    await until(() => first.count() === 1)
    await vi.advanceTimersByTimeAsync(799)
    expect(second.count()).toBe(0)
    await vi.advanceTimersByTimeAsync(1)
    expect(await answer).toMatchObject({ operator: 'b' })
    await until(() => first.requests[0]?.aborted === true)
    await until(() => pool.ledger.entries().length === 2)
    expect(pool.ledger.entries().map(({ operator, outcome }) => [operator, outcome])).toEqual(
      expect.arrayContaining([
        ['b', 'answered'],
        ['a', 'left'],
      ]),
    )
    expect(pool.standings[0]?.lastRefusal()).toBeUndefined()
    first.imitate()
    expect(await pool.ask(asking())).toMatchObject({ operator: 'b' })
    vi.advanceTimersByTime(60_000)
    expect(await pool.ask(asking())).toMatchObject({ operator: 'a' })
    expect(counts()).toEqual([2, 2, 0])
  })

  test.each<Role>(['archive', 'logs', 'wallet'])(
    'behavior: %s is never asked of two at a time',
    async role => {
      stopClock()
      const { pool, first, second } = await setUp([{ fault: { kind: 'hang' } }, {}])
      const abort = new AbortController()
      const answer = failureOf(pool.ask(asking({ role, signal: abort.signal })))
      await until(() => first.count() === 1)
      await vi.advanceTimersByTimeAsync(5_000)
      expect(second.count()).toBe(0)
      abort.abort()
      await answer
    },
  )

  test('behavior: one that is asked alone is not hedged', async () => {
    stopClock()
    const { pool, first, second } = await setUp([{ fault: { kind: 'hang' } }, {}])
    const abort = new AbortController()
    const answer = failureOf(pool.ask(asking({ only: first.url, signal: abort.signal })))
    await until(() => first.count() === 1)
    await vi.advanceTimersByTimeAsync(5_000)
    expect(second.count()).toBe(0)
    abort.abort()
    await answer
  })

  describe('that is old', () => {
    const mostHeadAge = 60n
    /** A question whose answers are so old, by operator. */
    const aged = (ages: Readonly<Record<string, bigint>>) =>
      asking({
        read: (_, operator) => operator,
        ageOf: operator => ages[String(operator)] ?? 0n,
      })

    test('behavior: the next is asked, and the old one rests', async () => {
      const { pool } = await setUp([{}, {}], { mostHeadAge })
      expect(await pool.ask(aged({ a: 61n }))).toMatchObject({ operator: 'b' })
      expect(pool.standings[0]?.lastRefusal()?.failure).toBeInstanceOf(StaleHead)
      expect(await pool.ask(asking())).toMatchObject({ operator: 'b' })
    })

    test('behavior: the newest is used where all are old', async () => {
      const { pool } = await setUp([{}, {}, {}], { mostHeadAge })
      expect(await pool.ask(aged({ a: 900n, b: 120n, c: 500n }))).toMatchObject({ operator: 'b' })
    })

    test('behavior: it is used where the others fail, and where there are none', async () => {
      const { pool } = await setUp([{}, { fault: reset }], { mostHeadAge })
      expect(await pool.ask(aged({ a: 900n }))).toMatchObject({ operator: 'a' })
      const alone = await setUp([{}], { mostHeadAge })
      expect(await alone.pool.ask(aged({ a: 900n }))).toMatchObject({ operator: 'a' })
    })

    test('behavior: on a chain without a clock no block is old', async () => {
      const { pool } = await setUp([{}, {}])
      expect(await pool.ask(aged({ a: 9_999n }))).toMatchObject({ operator: 'a' })
    })
  })
})

describe('a wallet', () => {
  const wallet = asking({ role: 'wallet' })

  test('default: the first that may see it, and no other, even after it failed', async () => {
    stopClock()
    const { pool, second, counts } = await setUp([{ roles: ['head'] }, { fault: rateLimit }, {}])
    await expect(pool.ask(wallet)).rejects.toBeInstanceOf(RateLimited)
    // It rests now, and is asked again all the same.
    await vi.advanceTimersByTimeAsync(500)
    second.imitate(always(reset))
    await expect(pool.ask(wallet)).rejects.toHaveProperty('operator', 'b')
    second.imitate()
    await vi.advanceTimersByTimeAsync(2_000)
    expect(await pool.ask(wallet)).toMatchObject({ operator: 'b' })
    expect(counts()).toEqual([0, 3, 0])
  })

  test.each<[string, Fault]>([
    ['has no such state', noArchive],
    ['does not offer the method', noMethod],
    ['cannot be reached', reset],
    ['answers a web page', page],
  ])('behavior: where it %s, nobody else is asked', async (_, fault) => {
    const { pool, counts } = await setUp([{ fault }, {}])
    for (let time = 0; time < 2; time++) await failureOf(pool.ask(wallet))
    expect(counts()[1]).toBe(0)
  })

  test('behavior: the one that was chosen', async () => {
    const { pool, proxies } = await setUp([{}, {}, {}])
    const chosen = createEndpointPool(pool.endpoints, { walletUrl: proxies[2]?.url })
    expect(chosen.walletEndpoint).toBe(pool.endpoints[2])
    expect(pool.walletEndpoint).toBe(pool.endpoints.find(({ roles }) => roles.includes('wallet')))
    expect(await chosen.ask(wallet)).toMatchObject({ operator: 'c' })
    proxies[2]?.imitate(always(reset))
    await expect(chosen.ask(wallet)).rejects.toHaveProperty('operator', 'c')
    expect(proxies.map(proxy => proxy.count())).toEqual([0, 0, 2])
  })

  test('error: NoEndpointServed where the one that was chosen is gone', async () => {
    const { pool, counts } = await setUp([{}, {}])
    const chosen = createEndpointPool(pool.endpoints, { walletUrl: 'https://gone.example.org' })
    expect(chosen.walletEndpoint).toBeUndefined()
    await expect(chosen.ask(wallet)).rejects.toBeInstanceOf(NoEndpointServed)
    expect(counts()).toEqual([0, 0])
  })
})

describe('what the page keeps', () => {
  test('default: a ledger of each request, whoever it went to', async () => {
    const { pool, proxies } = await setUp([{ fault: noArchive }, {}])
    const heard = vi.fn()
    pool.ledger.subscribe(heard)
    await pool.ask(asking({ role: 'archive', block: 5n }))
    await pool.ask(asking({ role: 'wallet' })).catch(() => undefined)
    const seen = pool.ledger
      .entries()
      .map(({ operator, outcome, carriesAddress }) => [operator, outcome, carriesAddress])
    expect(seen).toEqual([
      ['a', 'ArchiveUnavailable', false],
      ['b', 'answered', false],
      ['a', 'ArchiveUnavailable', true],
    ])
    const requests = proxies.flatMap(({ requests }) => requests)
    expect(
      pool.ledger
        .entries()
        .map(({ bytesIn, bytesOut }) => [bytesIn, bytesOut])
        .toSorted(),
    ).toEqual(requests.map(({ bytesIn, bytesOut }) => [bytesOut, bytesIn]).toSorted())
    expect(heard).toHaveBeenCalledTimes(3)
  })

  test('behavior: the standing of each endpoint, in their order', async () => {
    const { pool } = await setUp([{ fault: reset }, {}])
    await pool.ask(asking({ shows: ['chain'] }))
    expect(pool.standings.map(({ endpoint }) => endpoint)).toEqual(pool.endpoints)
    expect(pool.standings.map(({ rungs }) => Object.fromEntries(rungs))).toEqual([
      { reachable: false },
      { reachable: true, chain: true },
    ])
  })

  test('behavior: a pace that was learned before is kept, and one that is learned is remembered', async () => {
    const remember = vi.fn()
    const recall = vi.fn(() => ({ spacing: 900 }))
    const memory = { recall, remember }
    const { pool, first, second } = await setUp([{ fault: rateLimit }, {}], { memory })
    expect(pool.memory).toBe(memory)
    expect(recall.mock.calls).toEqual([[first.url], [second.url]])
    expect(pool.standings.map(({ pacer }) => pacer.spacing())).toEqual([900, 900])
    await pool.ask(asking())
    expect(remember.mock.calls).toEqual([[first.url, { spacing: 1_350 }]])
  })

  test('behavior: without a memory nothing is recalled', async () => {
    const { pool, first } = await setUp([{ fault: rateLimit }])
    await failureOf(pool.ask(asking()))
    expect(pool.memory.recall(first.url)).toEqual({})
  })

  test('behavior: two pools share nothing', async () => {
    const { pool, first } = await setUp([{ fault: noArchive }])
    const other = createEndpointPool(pool.endpoints)
    await failureOf(pool.ask(asking({ role: 'archive', block: 5n })))
    first.imitate()
    expect(await other.ask(asking({ role: 'archive', block: 5n }))).toMatchObject({ operator: 'a' })
    expect(pool.ledger.entries()).toHaveLength(1)
  })

  test('error: MethodUnavailable, remembered for the wallet’s endpoint too', async () => {
    const { pool, first } = await setUp([{ fault: noMethod }])
    for (let time = 0; time < 2; time++)
      await expect(pool.ask(asking({ role: 'wallet' }))).rejects.toBeInstanceOf(MethodUnavailable)
    expect(first.count()).toBe(1)
  })
})

describe('without a network', () => {
  const offline = () => vi.stubGlobal('navigator', { onLine: false })
  beforeEach(() => () => vi.unstubAllGlobals())
  const afar = { url: 'https://node.example/' }

  test('error: DeviceOffline: nobody is asked, and nobody is blamed', async () => {
    offline()
    const asked = vi.spyOn(globalThis, 'fetch')
    const pool = createEndpointPool([{ ...endpointAt(afar.url), ...afar }])
    expect(await failureOf(pool.ask(asking()))).toBeInstanceOf(DeviceOffline)
    expect(asked).not.toHaveBeenCalled()
    expect(pool.ledger.entries()).toEqual([])
    expect(pool.standings[0]?.isResting()).toBe(false)
    asked.mockRestore()
  })

  test('behavior: a node on this machine is asked all the same', async () => {
    offline()
    const { pool } = await setUp([{}])
    expect(await pool.ask(asking())).toMatchObject({ value: CHAIN })
  })
})
