import { describe, expect, test, vi } from 'vitest'
import { type ChainClient, createClient } from '../../src/chain/client.ts'
import { ArchiveUnavailable, NoEndpointServed, RateLimited } from '../../src/chain/errors.ts'
import { readHistory } from '../../src/chain/readHistory.ts'
import { readSnapshot } from '../../src/chain/readSnapshot.ts'
import { DAY, WAD } from '../../src/math/fixedPoint.ts'
import type { Sample, SampleArchive } from '../../src/math/sample.ts'
import { poolKey } from '../../src/pools/definePool.ts'
import { tokenPools } from '../../src/pools/index.ts'
import { lido } from '../../src/pools/lido.ts'
import { createMemoryStore } from '../../src/store/sampleStore.ts'
import { clientOf, endpointAt, LOCAL, testChain } from '../support/chain.ts'
import { type Fault, type FaultPolicy, refuse } from '../support/faultProxy.ts'
import { lyingRate } from '../support/faults.ts'
import { failureOf, until, noArchive as withoutArchive } from './asking.ts'
import { askedBlocks, isOldCall, readAll, requestOf, watchedArchive, wholeBlocks } from './histories.ts'

const running = testChain()

const rateLimit = refuse(429, { code: 15, message: 'You reached Public endpoint rate limit' })

const onOldCalls =
  (fault: Fault): FaultPolicy =>
  request =>
    isOldCall(request) ? fault : undefined

/** Answer so many calls, then fail. */
const failAfter = (calls: number): FaultPolicy => {
  let left = calls
  return ({ method, params }) => {
    if (method !== 'eth_call' || params[1] === 'latest') return undefined
    left -= 1
    return left < 0 ? rateLimit : undefined
  }
}

describe('a whole history', () => {
  test('default: samples at every wanted time, ascending, each as read by itself', async () => {
    const { samples, done, wanted, head } = await readAll(clientOf(running.chain.url), createMemoryStore())
    expect(done).toBe(wanted)
    expect(samples.length).toBeGreaterThan(40)
    expect(samples.map(({ block }) => block)).toEqual(
      samples.map(({ block }) => block).toSorted((a, b) => Number(a - b)),
    )
    expect(samples.at(-1)?.block).toBe(head.block)
    const client = clientOf(running.chain.url)
    for (const sample of samples) {
      const direct = await readSnapshot(client, tokenPools, { block: sample.block, role: 'archive' })
      expect([sample.time, sample.operator]).toEqual([direct.time, 'a'])
      for (const { pool, reading } of direct.pools) expect(sample.readings[poolKey(pool)]).toEqual(reading)
    }
  })

  test('behavior: the rates are those that the history was made of', async () => {
    const { samples } = await readAll(clientOf(running.chain.url), createMemoryStore())
    const { history, landmarks } = running.chain
    const day = 30
    const block = landmarks.dayBlocks[day]
    const sample = samples.find(one => one.block === block) ?? samples.find(one => one.block > (block ?? 0n))
    expect(sample?.readings[poolKey(lido)]).toMatchObject({
      rate: ((history.days[day]?.lido.totalEther ?? 0n) * WAD) / (history.days[day]?.lido.totalShares ?? 1n),
    })
  })

  test('behavior: a block is asked for once, in one eth_call once Multicall3 exists', async () => {
    const proxy = await running.proxy()
    const { samples } = await readAll(clientOf(proxy.url), createMemoryStore())
    const blocks = askedBlocks(proxy).filter(block => block > running.chain.deployedAt.multicall3)
    expect(new Set(blocks).size).toBe(blocks.length)
    const sampled = samples.filter(({ block }) => block > running.chain.deployedAt.multicall3)
    expect(blocks.length).toBe(sampled.length - 1)
  })

  test('behavior: 20 days take no more calls than the chain has blocks in them, and a few guesses', async () => {
    const proxy = await running.proxy()
    const { samples, head } = await readAll(clientOf(proxy.url), createMemoryStore(), { span: 20n * DAY })
    const inRange = samples.filter(({ time }) => time >= head.time - 20n * DAY)
    expect(inRange.length).toBeGreaterThan(20)
    expect(askedBlocks(proxy).length).toBeLessThanOrEqual(inRange.length + 4)
  })

  test('behavior: a range longer than the chain gives all that there is', async () => {
    const { samples, done, wanted } = await readAll(clientOf(running.chain.url), createMemoryStore(), {
      span: 365n * DAY,
    })
    expect(done).toBe(wanted)
    expect(samples[0]?.block).toBeLessThanOrEqual(running.chain.firstDayBlock)
    const gaps = samples.slice(1).map(({ time }, index) => time - (samples[index]?.time ?? time))
    expect(gaps.every(gap => gap <= 2n * DAY)).toBe(true)
  })

  test('behavior: progress grows from the first answers to the end', async () => {
    const client = clientOf(running.chain.url)
    const counts: (readonly [number, number])[] = []
    for await (const { samples, done } of readHistory(client, createMemoryStore(), await requestOf(client)))
      counts.push([samples.length, done])
    expect(counts.length).toBeGreaterThan(10)
    expect(counts[0]?.[0]).toBe(1)
    for (const [index, [samples, done]] of counts.entries()) {
      expect(samples).toBeGreaterThanOrEqual(counts[index - 1]?.[0] ?? 0)
      expect(done).toBeGreaterThanOrEqual(counts[index - 1]?.[1] ?? 0)
    }
  })

  test('behavior: before a token existed it is “not yet”, a fact that is kept', async () => {
    const { archive, kept } = watchedArchive()
    const { samples } = await readAll(clientOf(running.chain.url), archive)
    const states = (some: readonly Sample[]) =>
      some.flatMap(({ readings }) => Object.values(readings)).map(({ state }) => state)
    expect(states(samples)).toContain('notYet')
    expect(states(kept)).toContain('notYet')
  })
})

describe('interruption', () => {
  /** Read until so many samples are known, then abort; give what was kept. */
  async function abortAfter(client: ChainClient, archive: SampleArchive, count: number, reason?: unknown) {
    const abort = new AbortController()
    const request = await requestOf(client, { signal: abort.signal })
    for await (const { samples } of readHistory(client, archive, request))
      if (samples.length > count) abort.abort(reason)
  }

  test('behavior: an abort stays an abort, with its reason', async () => {
    const client = clientOf(running.chain.url)
    const reason = new DOMException('left the page', 'AbortError')
    await expect(abortAfter(client, createMemoryStore(), 5, reason)).rejects.toBe(reason)
  })

  test('behavior: what was aborted before it began asks for nothing', async () => {
    const proxy = await running.proxy()
    const client = clientOf(proxy.url)
    const request = await requestOf(client, { signal: AbortSignal.abort() })
    proxy.forget()
    await expect(readHistory(client, createMemoryStore(), request).next()).rejects.toHaveProperty(
      'name',
      'AbortError',
    )
    expect(proxy.count()).toBe(0)
  })

  test('behavior: after an abort nothing that was kept is read again', async () => {
    const { archive, kept } = watchedArchive()
    await expect(abortAfter(clientOf(running.chain.url), archive, 20)).rejects.toHaveProperty(
      'name',
      'AbortError',
    )
    const before = wholeBlocks(kept)
    expect(before.length).toBeGreaterThan(3)
    const proxy = await running.proxy()
    const { done, wanted } = await readAll(clientOf(proxy.url), archive)
    expect(done).toBe(wanted)
    expect(askedBlocks(proxy).some(block => before.includes(block))).toBe(false)
  })

  test('behavior: a reader who turns away stops the requests', async () => {
    const proxy = await running.proxy()
    const client = clientOf(proxy.url)
    for await (const { samples } of readHistory(client, createMemoryStore(), await requestOf(client)))
      if (samples.length > 5) break
    // What was on its way may still arrive, as many as are under way at a time.
    const count = proxy.count()
    expect(askedBlocks(proxy).length).toBeLessThan(60)
    await new Promise(resolve => setTimeout(resolve, 200))
    const settled = proxy.count()
    expect(settled - count).toBeLessThanOrEqual(8)
    await new Promise(resolve => setTimeout(resolve, 200))
    expect(proxy.count()).toBe(settled)
  })

  test('error: RateLimited midway, and what was read is kept', async () => {
    const proxy = await running.proxy(failAfter(40))
    const { archive, kept } = watchedArchive()
    await expect(readAll(clientOf(proxy.url), archive)).rejects.toBeInstanceOf(RateLimited)
    proxy.imitate()
    proxy.forget()
    const before = wholeBlocks(kept)
    expect(before.length).toBeGreaterThan(3)
    expect(await readAll(clientOf(proxy.url), archive)).toHaveProperty('samples')
    expect(askedBlocks(proxy).some(block => before.includes(block))).toBe(false)
  })

  test('error: RateLimited reaches a reader who was slow to ask for more, and nobody else', async () => {
    const proxy = await running.proxy(failAfter(30))
    const client = clientOf(proxy.url)
    const homeless: unknown[] = []
    const listen = (error: unknown) => homeless.push(error)
    process.on('unhandledRejection', listen)
    const reading = readHistory(client, createMemoryStore(), await requestOf(client))
    const slowly = async () => {
      for await (const _ of reading) await new Promise(resolve => setTimeout(resolve, 20))
    }
    await expect(slowly()).rejects.toBeInstanceOf(RateLimited)
    process.off('unhandledRejection', listen)
    expect(homeless).toEqual([])
  })

  test('error: ArchiveUnavailable', async () => {
    const noArchive = refuse(200, { code: -32_000, message: 'missing trie node e9d75c26' })
    const proxy = await running.proxy(onOldCalls(noArchive))
    await expect(readAll(clientOf(proxy.url), createMemoryStore())).rejects.toBeInstanceOf(ArchiveUnavailable)
  })

  test('behavior: where one operator has no archive, the other answers, and is named', async () => {
    const noArchive = refuse(403, { code: -32_602, message: 'Archive requests require a personal token.' })
    const first = await running.proxy(onOldCalls(noArchive))
    const { samples, done, wanted } = await readAll(
      clientOf(first.url, running.chain.url),
      createMemoryStore(),
    )
    expect(done).toBe(wanted)
    expect(new Set(samples.slice(0, -1).map(({ operator }) => operator))).toEqual(new Set(['b']))
    expect(samples.at(-1)?.operator).toBe('a')
    // Those that were under way at once each met the refusal, nobody later.
    expect(askedBlocks(first).length).toBeLessThanOrEqual(8)
  })

  test('behavior: an operator that answers for another block is left for the other', async () => {
    const lying = await running.proxy(({ method, params }) =>
      method === 'eth_call' && params[1] !== 'latest'
        ? { kind: 'ask', params: [params[0], 'latest'] }
        : undefined,
    )
    const honest = await readAll(clientOf(running.chain.url), createMemoryStore(), { span: 20n * DAY })
    const both = await readAll(clientOf(lying.url, running.chain.url), createMemoryStore(), {
      span: 20n * DAY,
    })
    // Which of two blocks a few hours apart serves a day depends on the order of the answers; what they say does not.
    const truth = new Map(honest.samples.map(({ block, time, readings }) => [block, { time, readings }]))
    const shared = both.samples.filter(({ block }) => truth.has(block))
    expect(shared.length).toBeGreaterThan(15)
    expect(both.done).toBe(both.wanted)
    for (const { block, time, readings } of shared) expect({ time, readings }).toEqual(truth.get(block))
  })

  test('error: NoEndpointServed where both fail', async () => {
    const [one, two] = [await running.proxy(failAfter(10)), await running.proxy(failAfter(10))]
    await expect(readAll(clientOf(one.url, two.url), createMemoryStore())).rejects.toBeInstanceOf(
      NoEndpointServed,
    )
    // Each refusal is waited out before it is believed: mostly a second or two in all, at times a quarter of a minute.
  }, 60_000)
})

describe('what operators say of each other', () => {
  const range = { span: 10n * DAY }
  /** Endpoints of strangers, operators a, b, c in order. */
  const strangers = (...urls: readonly string[]): ChainClient =>
    createClient(
      urls.map((url, index) => ({
        ...endpointAt(url, 'abc'.charAt(index)),
        privacy: 'none' as const,
        pace: { atOnce: 2, spacing: 0 },
      })),
      LOCAL,
    )

  test('default: what one says is kept once another has said the same', async () => {
    const [one, other] = [await running.proxy(), await running.proxy()]
    const { archive, kept } = watchedArchive()
    const { done, wanted } = await readAll(strangers(one.url, other.url), archive, range)
    expect(done).toBe(wanted)
    expect(new Set(kept.map(({ operator }) => operator))).toEqual(new Set(['a', 'b']))
    // One block is read twice.
    const blocks = [...askedBlocks(one), ...askedBlocks(other)]
    expect(blocks.length - new Set(blocks).size).toBe(1)
  })

  test('behavior: where nobody else can say, it is shown and not kept', async () => {
    const { archive, kept } = watchedArchive()
    const silent = await running.proxy(onOldCalls(withoutArchive))
    for (const client of [strangers(running.chain.url), strangers(running.chain.url, silent.url)]) {
      const { done, wanted, samples } = await readAll(client, archive, range)
      expect([done, samples.length > 5]).toEqual([wanted, true])
    }
    expect(kept).toEqual([])
  })

  test('behavior: whom two others contradict has no part in it, and is asked no more', async () => {
    const liar = await running.proxy(lyingRate({ factor: [101n, 100n] }))
    const client = strangers(liar.url, running.chain.url, (await running.proxy()).url)
    const head = await readSnapshot(clientOf(running.chain.url), tokenPools, {
      block: 'latest',
      role: 'head',
    })
    const { archive, kept } = watchedArchive()
    const { samples } = await readAll(client, archive, { ...range, head })
    const honest = new Map(
      (await readAll(clientOf(running.chain.url), createMemoryStore(), range)).samples.map(
        ({ block, readings }) => [block, readings],
      ),
    )
    const shared = [...samples, ...kept].filter(({ block }) => honest.has(block))
    expect(shared.length).toBeGreaterThan(10)
    for (const { block, readings } of shared) expect(honest.get(block)).toMatchObject(readings)
    expect([...samples.slice(0, -1), ...kept].map(({ operator }) => operator)).not.toContain('a')
    expect(client.standings[0]?.setAside()?.name).toBe('Disagreement')
  })
})

test('behavior: after a failure the others that are under way are left, and the first failure is told', async () => {
  let asked = 0
  const proxy = await running.proxy(request => {
    if (!isOldCall(request)) return undefined
    asked += 1
    if (asked <= 20) return undefined
    return asked === 23 ? withoutArchive : { kind: 'hang' }
  })
  const client = clientOf(proxy.url)
  const failure = await failureOf(readAll(client, createMemoryStore()))
  expect(failure).toBeInstanceOf(ArchiveUnavailable)
  const left = proxy.requests.filter(isOldCall).filter((_, index) => index >= 20 && index !== 22)
  expect(left.length).toBeGreaterThan(1)
  await until(() => left.every(({ aborted }) => aborted))
  const entries = client.ledger.entries().filter(({ outcome }) => outcome === 'left')
  expect(entries.length).toBeGreaterThanOrEqual(left.length)
})

test('behavior: at most eight samples are under way at a time', async () => {
  let most = 0
  let now = 0
  const proxy = await running.proxy()
  const client = clientOf(proxy.url)
  const request = await requestOf(client)
  const original = globalThis.fetch
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (url, init) => {
    if (url !== proxy.url) return original(url, init)
    now += 1
    most = Math.max(most, now)
    try {
      return await original(url, init)
    } finally {
      now -= 1
    }
  })
  for await (const _ of readHistory(client, createMemoryStore(), request));
  expect(most).toBeGreaterThan(3)
  expect(most).toBeLessThanOrEqual(8)
})
