import { describe, expect, test, vi } from 'vitest'
import type { Endpoint } from '../../src/chain/endpoints.ts'
import { CallReverted, RateLimited, UnexpectedReply } from '../../src/chain/errors.ts'
import { createLedger } from '../../src/chain/ledger.ts'
import { askMember, createMember, waitOf } from '../../src/chain/member.ts'
import { TIME_OUT } from '../../src/chain/post.ts'
import type { Question } from '../../src/chain/question.ts'
import type { EndpointMemory, Learned } from '../../src/math/endpointMemory.ts'
import { endpointAt, testChain } from '../support/chain.ts'
import { always, type Fault } from '../support/faultProxy.ts'
import { asking, CHAIN, failureOf, noArchive, rateLimit, reverted, until } from './asking.ts'

const running = testChain({ days: 20 })

/** A member behind a proxy, with a ledger and a memory of its own. */
async function setUp(fault?: Fault, change: Partial<Endpoint> = {}, learned: Learned = {}) {
  const proxy = await running.proxy(fault === undefined ? undefined : always(fault))
  const remembered: [string, Learned][] = []
  const memory: EndpointMemory = {
    recall: url => (url === proxy.url ? learned : {}),
    remember: (url, what) => void remembered.push([url, what]),
  }
  const member = createMember({ ...endpointAt(proxy.url, 'a'), ...change }, memory)
  const ledger = createLedger()
  const ask = (question: Question<unknown>) =>
    askMember(member, question, { signal: question.signal, subject: question, ledger, memory })
  return { proxy, member, ledger, ask, remembered }
}

describe('askMember', () => {
  test('default: the answer, its operator and its endpoint', async () => {
    const { proxy, ask } = await setUp()
    expect(await ask(asking())).toEqual({ value: CHAIN, operator: 'a', url: proxy.url })
    expect(proxy.count()).toBe(1)
  })

  test('behavior: the decoder is told the operator, and what it makes of the answer is the value', async () => {
    const { ask } = await setUp()
    const read = (result: unknown, operator: string) => [result, operator]
    expect(await ask(asking({ read }))).toMatchObject({ value: [CHAIN, 'a'] })
  })

  test('behavior: it has as long as the question says, or its role', async () => {
    const { ask } = await setUp()
    const limits = vi.spyOn(globalThis, 'setTimeout')
    await ask(asking({ limit: 1_234 }))
    await ask(asking({ role: 'logs' }))
    const seen = limits.mock.calls.map(([, limit]) => limit)
    expect(seen.filter(limit => limit === 1_234 || limit === TIME_OUT.logs)).toEqual([1_234, TIME_OUT.logs])
  })

  test('behavior: each request has an id of its own', async () => {
    const { proxy, ask } = await setUp()
    const sent = vi.spyOn(globalThis, 'fetch')
    await ask(asking())
    await ask(asking())
    const ids = sent.mock.calls
      .filter(([url]) => url === proxy.url)
      .map(([, init]) => (JSON.parse(String(init?.body)) as { id: unknown }).id)
    expect(ids).toHaveLength(2)
    expect(ids[0]).not.toBe(ids[1])
  })

  test('error: UnexpectedReply where the answer cannot be decoded, whatever the decoder throws', async () => {
    const { ask, member } = await setUp()
    const read = (): never => {
      throw new SyntaxError('Cannot convert 0x to a BigInt')
    }
    await expect(ask(asking({ read }))).rejects.toMatchObject({
      name: 'UnexpectedReply',
      operator: 'a',
      cause: expect.any(SyntaxError),
    })
    expect(member.standing.isResting()).toBe(true)
  })

  test('behavior: a failure that the decoder names is kept, and counts against the endpoint', async () => {
    const { ask, member } = await setUp()
    const failure = new UnexpectedReply('is wrong', { operator: 'a' })
    const read = (): never => {
      throw failure
    }
    expect(await failureOf(ask(asking({ read })))).toBe(failure)
    expect(member.standing.lastRefusal()?.failure).toBe(failure)
  })
})

describe('standing', () => {
  test('behavior: a good answer shows what the question says', async () => {
    const { ask, member } = await setUp()
    await ask(asking({ shows: ['chain', 'head'] }))
    expect(Object.fromEntries(member.standing.rungs)).toEqual({ reachable: true, chain: true, head: true })
    expect(member.standing.pause()).toBeGreaterThan(0)
  })

  test('behavior: a failure is noted about the subject, and what it should have shown is not shown', async () => {
    const { ask, member } = await setUp(noArchive)
    const question = asking({ role: 'archive', block: 5n, shows: ['chain', 'archive'] })
    const failure = await failureOf(ask(question))
    expect(member.standing.refusalOf(question)).toBe(failure)
    expect(Object.fromEntries(member.standing.rungs)).toEqual({ reachable: true, archive: false })
  })

  test('behavior: a revert is the contract’s word: the endpoint has answered, and shows no more than that', async () => {
    const { ask, member } = await setUp(reverted)
    await expect(ask(asking({ shows: ['chain'] }))).rejects.toBeInstanceOf(CallReverted)
    expect(member.standing.lastRefusal()).toBeUndefined()
    expect(member.standing.isResting()).toBe(false)
    expect(Object.fromEntries(member.standing.rungs)).toEqual({ reachable: true })
  })

  test('behavior: an abort is nobody’s failure', async () => {
    const { proxy, ask, member } = await setUp({ kind: 'hang' })
    const abort = new AbortController()
    const answer = ask(asking({ signal: abort.signal }))
    await until(() => proxy.count() === 1)
    abort.abort()
    await expect(answer).rejects.toHaveProperty('name', 'AbortError')
    expect(member.standing.lastRefusal()).toBeUndefined()
    expect(member.standing.rungs.size).toBe(0)
    expect(member.standing.isResting()).toBe(false)
  })
})

describe('ledger', () => {
  test('default: who was asked what, when, and how much went and came', async () => {
    const { proxy, ask, ledger } = await setUp()
    const before = Date.now()
    await ask(asking())
    const [request] = proxy.requests
    expect(ledger.entries()).toEqual([
      {
        at: expect.any(Number),
        operator: 'a',
        url: proxy.url,
        method: 'eth_chainId',
        bytesOut: request?.bytesIn,
        bytesIn: request?.bytesOut,
        took: expect.any(Number),
        outcome: 'answered',
        refusal: undefined,
        carriesAddress: false,
      },
    ])
    expect(ledger.entries()[0]?.at).toBeGreaterThanOrEqual(before)
    expect(ledger.entries()[0]?.took).toBeGreaterThan(0)
  })

  test('behavior: a refusal is in it by its class, with its words and bytes', async () => {
    const { proxy, ask, ledger } = await setUp(noArchive)
    await failureOf(ask(asking()))
    const [entry] = ledger.entries()
    expect(entry).toMatchObject({ outcome: 'ArchiveUnavailable', bytesIn: proxy.requests[0]?.bytesOut })
    expect(entry?.refusal).toContain('personal token')
  })

  test('behavior: where nothing came, our own words stand', async () => {
    const { ask, ledger } = await setUp({ kind: 'reset' })
    const failure = (await failureOf(ask(asking()))) as Error
    expect(ledger.entries()).toMatchObject([{ outcome: 'Unreachable', bytesIn: 0, refusal: failure.message }])
  })

  test('behavior: what the page no longer wanted was left', async () => {
    const { proxy, ask, ledger } = await setUp({ kind: 'hang' })
    const abort = new AbortController()
    const answer = ask(asking({ signal: abort.signal }))
    await until(() => proxy.count() === 1)
    abort.abort()
    await failureOf(answer)
    await until(() => ledger.entries().length > 0)
    expect(ledger.entries()).toMatchObject([{ outcome: 'left', refusal: undefined, bytesIn: 0 }])
  })

  test('behavior: what was aborted before its turn was never sent, so it is not in it', async () => {
    const { proxy, ask, ledger } = await setUp()
    const answer = ask(asking({ signal: AbortSignal.abort() }))
    await expect(answer).rejects.toHaveProperty('name', 'AbortError')
    expect([proxy.count(), ledger.entries().length]).toEqual([0, 0])
  })

  test.each([
    ['wallet', true],
    ['head', false],
    ['archive', false],
    ['logs', false],
  ] as const)('behavior: a question for %s carries the address: %s', async (role, carriesAddress) => {
    const { proxy, ask, ledger } = await setUp()
    await ask(asking({ role }))
    proxy.imitate(always(rateLimit))
    await failureOf(ask(asking({ role })))
    expect(ledger.entries().map(entry => entry.carriesAddress)).toEqual([carriesAddress, carriesAddress])
  })
})

describe('what the wallet’s endpoint is asked without an address', () => {
  test('default: the ledger does not say that it carried one', async () => {
    const { ask, ledger } = await setUp()
    await ask(asking({ role: 'wallet', isAnonymous: true }))
    expect(ledger.entries().map(({ carriesAddress }) => carriesAddress)).toEqual([false])
  })
})

describe('pace', () => {
  test('behavior: a node on this machine gets at most eight requests at a time', async () => {
    let release = (): void => undefined
    const released = new Promise<void>(resolve => {
      release = resolve
    })
    const { proxy, ask } = await setUp({ kind: 'wait', until: released })
    const answers = Array.from({ length: 20 }, () => ask(asking()))
    await until(() => proxy.count() === 8)
    // Long enough for any further request to arrive: nothing else happens here.
    await new Promise(resolve => setTimeout(resolve, 100))
    expect(proxy.count()).toBe(8)
    release()
    expect(await Promise.all(answers)).toHaveLength(20)
    expect(proxy.count()).toBe(20)
  })

  test('behavior: an endpoint is held to its own pace', async () => {
    vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] })
    const { proxy, ask } = await setUp(undefined, { pace: { atOnce: 2, spacing: 200 } })
    const sent = vi.spyOn(globalThis, 'fetch')
    const starts = () => sent.mock.calls.filter(([url]) => url === proxy.url).length
    let answered = 0
    for (let time = 0; time < 4; time++)
      void ask(asking()).then(() => {
        answered += 1
      })
    for (const count of [1, 2, 3]) {
      await until(() => answered === count)
      await vi.advanceTimersByTimeAsync(199)
      expect(starts()).toBe(count)
      await vi.advanceTimersByTimeAsync(1)
    }
    await until(() => answered === 4)
    vi.useRealTimers()
  })

  test('behavior: what waits in the queue can be left', async () => {
    const { proxy, ask } = await setUp({ kind: 'hang' }, { pace: { atOnce: 1, spacing: 0 } })
    const first = new AbortController()
    const second = new AbortController()
    const answers = [first, second].map(({ signal }) => failureOf(ask(asking({ signal }))))
    await until(() => proxy.count() === 1)
    second.abort()
    await answers[1]
    expect(proxy.count()).toBe(1)
    first.abort()
    await answers[0]
  })

  test('behavior: what is learned from a refusal is remembered, and other failures teach no pace', async () => {
    const { proxy, ask, member, remembered } = await setUp(rateLimit)
    await expect(ask(asking())).rejects.toBeInstanceOf(RateLimited)
    expect(remembered).toEqual([[proxy.url, { spacing: member.standing.pacer.spacing() }]])
    expect(remembered[0]?.[1].spacing).toBeGreaterThan(0)
    for (const fault of [noArchive, reverted, { kind: 'reset' } as const]) {
      proxy.imitate(always(fault))
      await failureOf(ask(asking({ role: 'archive' })))
    }
    expect(remembered).toHaveLength(1)
  })

  test('behavior: it begins with what was remembered', async () => {
    const { member } = await setUp(undefined, {}, { spacing: 700 })
    expect(member.standing.pacer.spacing()).toBe(700)
  })
})

describe('waitOf', () => {
  test('default: one that is idle can begin at once', async () => {
    const { member } = await setUp()
    expect(waitOf(member)).toBe(0)
  })

  test('behavior: it grows with what is before in the queue, and with the pace', async () => {
    vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] })
    const { member, ask } = await setUp({ kind: 'hang' }, { pace: { atOnce: 1, spacing: 200 } })
    const abort = new AbortController()
    const waits = [1, 2, 3].map(() => {
      void failureOf(ask(asking({ signal: abort.signal })))
      return waitOf(member)
    })
    // The next start is a step away; whoever is at work or waits takes a step each.
    expect(waits).toEqual([400, 600, 800])
    vi.advanceTimersByTime(200)
    expect(waitOf(member)).toBe(600)
    abort.abort()
    vi.useRealTimers()
  })

  test('behavior: one that takes long for its answers is expected to', async () => {
    const { member, ask } = await setUp({ kind: 'hang' }, { pace: { atOnce: 2, spacing: 10 } })
    member.standing.noteAnswer(asking(), 1_000, [])
    const abort = new AbortController()
    for (let time = 0; time < 3; time++) void failureOf(ask(asking({ signal: abort.signal })))
    // Two at work and one waits: two places have to become free, at half a second each.
    expect(waitOf(member)).toBeGreaterThanOrEqual(1_000)
    abort.abort()
  })
})
