import type { Hex } from 'viem'
import { describe, expect, test, vi } from 'vitest'
import { type ChainClient, createClient, MAINNET } from '../../src/chain/client.ts'
import { ArchiveUnavailable, NoEndpointServed, RateLimited } from '../../src/chain/errors.ts'
import { type HistoryProgress, type HistoryRequest, readHistory } from '../../src/chain/readHistory.ts'
import { readSnapshot } from '../../src/chain/readSnapshot.ts'
import { DAY, WAD } from '../../src/math/fixedPoint.ts'
import type { Sample, SampleArchive } from '../../src/math/sample.ts'
import { poolKey, type TokenPool } from '../../src/pools/definePool.ts'
import { tokenPools } from '../../src/pools/index.ts'
import { lido } from '../../src/pools/lido.ts'
import { rocketPool } from '../../src/pools/rocketPool.ts'
import { createMemoryStore } from '../../src/store/sampleStore.ts'
import { clientOf, endpointAt, NOW, testChain } from '../support/chain.ts'
import {
  type Fault,
  type FaultPolicy,
  type FaultProxy,
  type ProxiedRequest,
  refuse,
} from '../support/faultProxy.ts'

const running = testChain()
const later = testChain({ now: NOW + 60n })

const rateLimit = refuse(429, { code: 15, message: 'You reached Public endpoint rate limit' })

const requestOf = async (
  client: ChainClient,
  change: Partial<HistoryRequest> = {},
): Promise<HistoryRequest> => ({
  pools: tokenPools,
  head: await readSnapshot(client, change.pools ?? tokenPools, { block: 'latest', role: 'head' }),
  span: undefined,
  windows: [30n * DAY],
  ...change,
})

/** Read to the end and give the last progress. */
async function readAll(client: ChainClient, archive: SampleArchive, change: Partial<HistoryRequest> = {}) {
  const request = await requestOf(client, change)
  let last: HistoryProgress | undefined
  let count = 0
  for await (const progress of readHistory(client, archive, request)) {
    last = progress
    count += 1
  }
  if (last === undefined) return expect.unreachable('no progress at all')
  return { ...last, count, head: request.head }
}

/** An archive that remembers what it was given. */
function watchedArchive() {
  const store = createMemoryStore()
  const kept: Sample[] = []
  const archive: SampleArchive = {
    load: store.load,
    keep: async (identity, samples) => {
      kept.push(...samples)
      await store.keep(identity, samples)
    },
  }
  return { archive, kept }
}

/** The blocks at which a proxy was asked for calls, each once for every request. */
const askedBlocks = ({ requests }: FaultProxy): bigint[] =>
  requests
    .filter(({ method, params }) => method === 'eth_call' && params[1] !== 'latest')
    .map(({ params }) => BigInt(params[1] as Hex))

const finalizedBlock = async (): Promise<bigint> =>
  BigInt((await running.rpc<{ number: Hex }>('eth_getBlockByNumber', ['finalized', false])).number)

const isOldCall = ({ method, params }: ProxiedRequest): boolean =>
  method === 'eth_call' && params[1] !== 'latest'

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

describe('the archive', () => {
  test('default: nothing above the finalized block is kept, all below is', async () => {
    // Finality that lags by weeks, so that much of the history lies above it.
    const finalized = 60n
    const proxy = await running.proxy(({ params }) =>
      params[0] === 'finalized' ? { kind: 'ask', params: ['0x3c', false] } : undefined,
    )
    const { archive, kept } = watchedArchive()
    const { samples } = await readAll(clientOf(proxy.url), archive)
    expect(samples.filter(({ block }) => block > finalized).length).toBeGreaterThan(5)
    expect(kept.every(({ block }) => block <= finalized)).toBe(true)
    const final = samples.filter(({ block }) => block <= finalized)
    expect(kept.map(({ block }) => block).toSorted()).toEqual(final.map(({ block }) => block).toSorted())
  })

  test('behavior: a second visit asks for the tail only', async () => {
    const archive = createMemoryStore()
    const first = await readAll(clientOf(running.chain.url), archive)
    const proxy = await running.proxy()
    const second = await readAll(clientOf(proxy.url), archive)
    const finalized = await finalizedBlock()
    expect(askedBlocks(proxy).every(block => block > finalized)).toBe(true)
    expect(askedBlocks(proxy).length).toBeLessThanOrEqual(3)
    expect(second.samples.map(({ block }) => block)).toEqual(
      expect.arrayContaining(first.samples.map(({ block }) => block)),
    )
  })

  test('behavior: another range asks for what lies between only', async () => {
    const archive = createMemoryStore()
    const all = await readAll(clientOf(running.chain.url), archive)
    const proxy = await running.proxy()
    await readAll(clientOf(proxy.url), archive, { span: 20n * DAY })
    const finalized = await finalizedBlock()
    const known = all.samples.map(({ block }) => block).filter(block => block <= finalized)
    expect(askedBlocks(proxy).some(block => known.includes(block))).toBe(false)
  })

  test('behavior: two chains never share samples', async () => {
    const { archive } = watchedArchive()
    await readAll(clientOf(running.chain.url), archive)
    const proxy = await later.proxy()
    const { samples, head } = await readAll(clientOf(proxy.url), archive)
    const asked = new Set(askedBlocks(proxy))
    const own = samples.filter(({ block }) => block !== head.block)
    expect(own.length).toBeGreaterThan(30)
    expect(own.every(({ block }) => asked.has(block))).toBe(true)
  })

  test('behavior: what of a sample is not known is not kept, and alone is asked for again', async () => {
    const client = clientOf(running.chain.url)
    const middle = await readSnapshot(client, [rocketPool], { block: 60n, role: 'archive' })
    const rate = middle.pools[0]?.reading.state === 'known' ? middle.pools[0].reading.rate : 0n
    // Later rates are outside these bounds, as if the contract had begun to answer nonsense.
    const doubtful: TokenPool = { ...rocketPool, bounds: { ...rocketPool.bounds, highest: rate } }
    const pools = [doubtful, lido]
    const { archive, kept } = watchedArchive()
    const { samples } = await readAll(client, archive, { pools })
    const states = samples.map(({ readings }) => readings[poolKey(doubtful)]?.state)
    expect(states).toContain('unknown')
    expect(states).toContain('known')
    expect(samples.every(({ readings }) => readings[poolKey(lido)]?.state !== 'unknown')).toBe(true)
    const partly = kept.filter(({ readings }) => readings[poolKey(doubtful)] === undefined)
    expect(partly.length).toBeGreaterThan(0)
    expect(
      partly.every(({ block, readings }) => block > 60n && readings[poolKey(lido)]?.state === 'known'),
    ).toBe(true)
    expect(
      kept.flatMap(({ readings }) => Object.values(readings)).some(({ state }) => state === 'unknown'),
    ).toBe(false)

    const count = kept.length
    const proxy = await running.proxy()
    const again = await readAll(clientOf(proxy.url), archive, { pools })
    const unfinished = new Set(partly.map(({ block }) => block))
    const before = new Set(kept.slice(0, count).map(({ block }) => block))
    const asked = proxy.requests.filter(
      request => isOldCall(request) && before.has(BigInt(request.params[1] as Hex)),
    )
    const blocks = new Set(asked.map(({ params }) => BigInt(params[1] as Hex)))
    expect(blocks.size).toBeGreaterThan(0)
    expect([...blocks].every(block => unfinished.has(block))).toBe(true)
    for (const { params } of asked)
      expect(JSON.stringify(params)).not.toContain(lido.rate.address.slice(2).toLowerCase())
    for (const { readings } of again.samples) expect(readings[poolKey(lido)]).toBeDefined()
  })

  test('behavior: a pool more asks for that pool alone', async () => {
    const archive = createMemoryStore()
    const before = await readAll(clientOf(running.chain.url), archive, { pools: [lido] })
    const finalized = await finalizedBlock()
    const known = new Set(before.samples.map(({ block }) => block).filter(block => block <= finalized))
    const proxy = await running.proxy()
    const { samples } = await readAll(clientOf(proxy.url), archive, { pools: [lido, rocketPool] })
    const old = proxy.requests.filter(
      request => isOldCall(request) && known.has(BigInt(request.params[1] as Hex)),
    )
    expect(old.length).toBeGreaterThan(20)
    for (const { params } of old)
      expect(JSON.stringify(params)).not.toContain(lido.rate.address.slice(2).toLowerCase())
    for (const { readings } of samples)
      expect(Object.keys(readings).toSorted()).toEqual([lido, rocketPool].map(poolKey).toSorted())
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
    expect(kept.length).toBeGreaterThan(5)
    const before = kept.map(({ block }) => block)
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
    const count = proxy.count()
    expect(askedBlocks(proxy).length).toBeLessThan(60)
    await new Promise(resolve => setTimeout(resolve, 100))
    expect(proxy.count()).toBe(count)
  })

  test('error: RateLimited midway, and what was read is kept', async () => {
    const proxy = await running.proxy(failAfter(40))
    const { archive, kept } = watchedArchive()
    await expect(readAll(clientOf(proxy.url), archive)).rejects.toBeInstanceOf(RateLimited)
    expect(kept.length).toBeGreaterThan(3)
    proxy.imitate()
    proxy.forget()
    const before = kept.map(({ block }) => block)
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
  })
})

describe('a development node that claims to be mainnet', () => {
  const version =
    (name: string): FaultPolicy =>
    ({ method, params }) => {
      if (method === 'web3_clientVersion') return { kind: 'result', change: () => name }
      if (method !== 'eth_getBlockByNumber') return undefined
      const number = params[0] === 'finalized' ? '0x18cba40' : params[0]
      return {
        kind: 'result',
        change: () => ({ number, timestamp: '0x6322c973', hash: `0x${'ab'.repeat(32)}` }),
      }
    }

  async function visit(name: string) {
    const proxy = await running.proxy(version(name))
    const client = createClient([endpointAt(proxy.url)], MAINNET)
    const { archive, kept } = watchedArchive()
    const known = { state: 'known', rate: WAD, supply: 1n, pooled: 1n } as const
    const stored: Sample = {
      block: 25_999_200n,
      time: NOW - 9_600n,
      operator: 'real mainnet',
      readings: Object.fromEntries(tokenPools.map(pool => [poolKey(pool), known])),
    }
    await archive.keep('1-abababababababab', [stored])
    const local = await readSnapshot(clientOf(running.chain.url), tokenPools, {
      block: 'latest',
      role: 'head',
    })
    const request: HistoryRequest = {
      pools: tokenPools,
      head: { ...local, block: 26_000_001n, time: NOW, chainId: 1n },
      span: 3_600n,
      windows: [],
    }
    const reading = readHistory(client, archive, request)
    const first = await reading.next()
    await reading.return()
    return { blocks: first.value?.samples.map(({ block }) => block), kept: kept.slice(1) }
  }

  test('default: real mainnet is served from the archive', async () => {
    expect(await visit('Geth/v1.16.4')).toEqual({ blocks: [25_999_200n, 26_000_001n], kept: [] })
  })

  test('behavior: a fork never meets the samples of the real chain', async () => {
    expect(await visit('anvil/v1.7.1')).toEqual({ blocks: [26_000_001n], kept: [] })
  })
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
