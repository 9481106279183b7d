import { setTimeout as pause } from 'node:timers/promises'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { Endpoint, Privacy, Role } from '../../src/chain/endpoints.ts'
import { NoEndpointServed, RateLimited } from '../../src/chain/errors.ts'
import { createEndpointPool } from '../../src/chain/transport.ts'
import { endpointAt, testChain } from '../support/chain.ts'
import { always, type Fault, type FaultPolicy, type FaultProxy } from '../support/faultProxy.ts'
import { asking, failureOf, noArchive, noMethod, rateLimit, reverted, until } from './asking.ts'

const running = testChain({ days: 20 })

// Sockets and the proxies have a clock of their own.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'performance', 'setTimeout', 'clearTimeout'] })
  return () => vi.useRealTimers()
})

type Cast = { readonly policy?: FaultPolicy } & Partial<Omit<Endpoint, 'url' | 'operator'>>

/** A pool of proxies a, b, c, … of which each plays its part. */
async function setUp(...casts: readonly Cast[]) {
  const proxies: FaultProxy[] = []
  const endpoints: Endpoint[] = []
  for (const [index, { policy, ...record }] of casts.entries()) {
    const proxy = await running.proxy(policy)
    proxies.push(proxy)
    endpoints.push({ ...endpointAt(proxy.url, 'abcdef'.charAt(index)), ...record })
  }
  const pool = createEndpointPool(endpoints)
  return { pool, proxies, counts: () => proxies.map(proxy => proxy.count()) }
}

/** Let time pass until a promise has settled, slowly enough for sockets on a busy machine. */
async function elapse<Value>(promise: Promise<Value>): Promise<Value> {
  let isOver = false
  const end = (): void => {
    isOver = true
  }
  promise.then(end, end)
  while (!isOver) {
    await vi.advanceTimersByTimeAsync(10)
    await pause(1)
  }
  return promise
}

/** Sockets take their own time, while that of the test flies: no request is to be late. */
const NEVER = 2_000_000_000

const old = asking({ role: 'archive', block: 5n, limit: NEVER })
const many = (count: number): readonly undefined[] => Array.from({ length: count }, () => undefined)

describe('spreading', () => {
  test('default: questions at once go to whoever is free', async () => {
    const pace = { atOnce: 1, spacing: 500 }
    const { pool, counts } = await setUp({ pace }, { pace }, { pace })
    await elapse(Promise.all(many(6).map(() => pool.ask(old))))
    expect(counts()).toEqual([2, 2, 2])
  })

  test('behavior: a faster pace gets more of them', async () => {
    const { pool, counts } = await setUp(
      { pace: { atOnce: 1, spacing: 1_000 } },
      { pace: { atOnce: 1, spacing: 200 } },
    )
    await elapse(Promise.all(many(10).map(() => pool.ask(old))))
    const [slow = 0, fast = 0] = counts()
    expect(slow).toBeGreaterThan(0)
    expect(fast).toBeGreaterThan(3 * slow)
  })

  test('behavior: one that was told to slow down gets fewer', async () => {
    const pace = { atOnce: 1, spacing: 200 }
    const { pool, counts } = await setUp({ pace }, { pace })
    for (let time = 0; time < 6; time++) pool.standings[0]?.pacer.slow()
    await vi.advanceTimersByTimeAsync(5_000)
    await elapse(Promise.all(many(8).map(() => pool.ask(old))))
    const [slowed = 0, other = 0] = counts()
    expect(other).toBeGreaterThan(2 * slowed)
  })

  test.each<Role>(['head', 'logs'])('behavior: %s keeps to their order', async role => {
    const pace = { atOnce: 8, spacing: 50 }
    const policy = always({ kind: 'hang' })
    const { pool, proxies, counts } = await setUp({ pace, policy }, { pace, policy })
    const abort = new AbortController()
    const question = asking({ role, signal: abort.signal, limit: NEVER })
    const answers = many(4).map(() => failureOf(pool.ask(question)))
    // Not for so long that the newest block is asked of another.
    await vi.advanceTimersByTimeAsync(150)
    await until(() => (proxies[0]?.count() ?? 0) + (proxies[1]?.count() ?? 0) === 4)
    expect(counts()).toEqual([4, 0])
    abort.abort()
    await Promise.all(answers)
  })
})

describe('the reserve', () => {
  const tight = { atOnce: 1, spacing: 1_000 }

  test.each<Privacy>(['limited', 'tracks', 'unstated'])(
    'behavior: one whose word on tracking is “%s” is not asked while others answer',
    async privacy => {
      const { pool, counts } = await setUp({ privacy }, { privacy: 'none', pace: tight })
      await elapse(Promise.all(many(4).map(() => pool.ask(old))))
      expect(counts()).toEqual([0, 4])
    },
  )

  test.each<Privacy>(['none', 'own'])('behavior: “%s” is not in it', async privacy => {
    const { pool, counts } = await setUp({ privacy }, { privacy: 'none', pace: tight })
    await elapse(pool.ask(old))
    expect(counts()).toEqual([1, 0])
  })

  test('behavior: it is asked where the others fail, before those that failed a moment ago', async () => {
    const { pool, proxies, counts } = await setUp({ privacy: 'tracks' }, { privacy: 'none' })
    proxies[1]?.imitate(always({ kind: 'reset' }))
    expect(await elapse(pool.ask(old))).toMatchObject({ operator: 'a' })
    expect(counts()).toEqual([1, 1])
    proxies[1]?.imitate()
    expect(await elapse(pool.ask(old))).toMatchObject({ operator: 'a' })
    await vi.advanceTimersByTimeAsync(5_000)
    expect(await elapse(pool.ask(old))).toMatchObject({ operator: 'b' })
  })

  test('behavior: for the newest block their order counts alone', async () => {
    const { pool } = await setUp({ privacy: 'limited' }, { privacy: 'none' })
    expect(await pool.ask(asking())).toMatchObject({ operator: 'a' })
  })
})

describe('young state', () => {
  const recent: Cast = { roles: ['head'], limits: { depth: 1_000n } }
  const at = (block: bigint) => asking({ role: 'archive', block, limit: NEVER })

  test('behavior: who keeps some of it is asked for that, once the newest block is known', async () => {
    const { pool, counts } = await setUp(recent, { roles: ['archive'] })
    expect(await elapse(pool.ask(at(9_999n)))).toMatchObject({ operator: 'b' })
    pool.follow(10_000n)
    expect(await elapse(pool.ask(at(9_999n)))).toMatchObject({ operator: 'a' })
    // Nine tenths of what it says.
    expect(await elapse(pool.ask(at(9_101n)))).toMatchObject({ operator: 'a' })
    expect(await elapse(pool.ask(at(9_100n)))).toMatchObject({ operator: 'b' })
    expect(await elapse(pool.ask(at(1n)))).toMatchObject({ operator: 'b' })
    expect(counts()).toEqual([2, 3])
  })

  test('behavior: not for logs, and not where no depth is known', async () => {
    const { pool } = await setUp(recent, { roles: ['head'] })
    pool.follow(10_000n)
    await expect(pool.ask(asking({ role: 'logs', block: 9_999n }))).rejects.toBeInstanceOf(NoEndpointServed)
    await expect(pool.ask(asking({ role: 'archive' }))).rejects.toBeInstanceOf(NoEndpointServed)
    const unknown = await setUp({ roles: ['head'] })
    unknown.pool.follow(10_000n)
    await expect(unknown.pool.ask(at(9_999n))).rejects.toBeInstanceOf(NoEndpointServed)
  })
})

describe('rounds', () => {
  /** Meet the first requests with a fault. */
  const first = (count: number, fault: Fault): FaultPolicy => {
    let left = count
    return () => {
      left -= 1
      return left < 0 ? undefined : fault
    }
  }

  test.each<[string, Fault]>([
    ['wants fewer requests', rateLimit],
    ['cannot be reached', { kind: 'reset' }],
    ['answers a web page', { kind: 'reply', status: 200, body: '<html></html>' }],
  ])('behavior: one that %s is asked up to four times, with pauses', async (_, fault) => {
    const { pool, counts } = await setUp({ policy: first(3, fault) })
    const began = performance.now()
    expect(await elapse(pool.ask(old))).toMatchObject({ operator: 'a' })
    expect(counts()).toEqual([4])
    // 1, 2 and 4 s.
    expect(performance.now() - began).toBeGreaterThanOrEqual(7_000)
  })

  test('error: RateLimited after the fourth', async () => {
    const { pool, counts } = await setUp({ policy: always(rateLimit) })
    await expect(elapse(pool.ask(old))).rejects.toBeInstanceOf(RateLimited)
    expect(counts()).toEqual([4])
  })

  test('behavior: each round goes through all of them', async () => {
    const { pool, counts } = await setUp({ policy: first(2, rateLimit) }, { policy: first(2, rateLimit) })
    await elapse(pool.ask(old))
    expect(counts().reduce((sum, count) => sum + count, 0)).toBe(5)
    expect(Math.min(...counts())).toBe(2)
  })

  test('behavior: one passing failure is enough for another round, in which refusals are not asked again', async () => {
    const { pool, counts } = await setUp({ policy: always(noArchive) }, { policy: first(1, rateLimit) })
    expect(await elapse(pool.ask(old))).toMatchObject({ operator: 'b' })
    expect(counts()).toEqual([1, 2])
  })

  test.each<[string, Fault]>([
    ['no archive', noArchive],
    ['no such method', noMethod],
    ['a revert', reverted],
  ])('behavior: %s does not pass', async (_, fault) => {
    const { pool, counts } = await setUp({ policy: always(fault) })
    await failureOf(pool.ask(old))
    expect(counts()).toEqual([1])
  })

  test.each<Role>(['head', 'wallet', 'logs'])('behavior: %s does not wait', async role => {
    const { pool, counts } = await setUp({ policy: always(rateLimit) })
    await expect(pool.ask(asking({ role }))).rejects.toBeInstanceOf(RateLimited)
    expect(counts()).toEqual([1])
  })

  test.each<[Role, number]>([
    ['archive', 1],
    ['archive', 2],
    ['logs', 3],
  ])('behavior: for %s as many rounds as the question says: %d', async (role, rounds) => {
    const { pool, counts } = await setUp({ policy: always(rateLimit) })
    await expect(elapse(pool.ask({ ...old, role, rounds }))).rejects.toBeInstanceOf(RateLimited)
    expect(counts()).toEqual([rounds])
  })

  test('behavior: nor one that is asked alone', async () => {
    const { pool, proxies, counts } = await setUp({ policy: always(rateLimit) }, {})
    const only = proxies[0]?.url
    await expect(pool.ask({ ...old, only })).rejects.toBeInstanceOf(RateLimited)
    expect(counts()).toEqual([1, 0])
  })

  test('behavior: an abort ends the pause between two rounds', async () => {
    const { pool, counts } = await setUp({ policy: always(rateLimit) })
    const abort = new AbortController()
    const reason = new DOMException('left the page', 'AbortError')
    const answer = failureOf(pool.ask({ ...old, signal: abort.signal }))
    await until(() => pool.ledger.entries().length === 1)
    await new Promise(resolve => setImmediate(resolve))
    abort.abort(reason)
    expect(await answer).toBe(reason)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(counts()).toEqual([1])
  })
})
