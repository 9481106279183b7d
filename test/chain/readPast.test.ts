import { describe, expect, test, vi } from 'vitest'
import { type ChainClient, createClient } from '../../src/chain/client.ts'
import type { Endpoint } from '../../src/chain/endpoints.ts'
import { ArchiveUnavailable } from '../../src/chain/errors.ts'
import { MomentAhead, type PastRequest, readPast } from '../../src/chain/readPast.ts'
import { readSnapshot } from '../../src/chain/readSnapshot.ts'
import { isSameReading } from '../../src/math/compareSamples.ts'
import { DAY } from '../../src/math/fixedPoint.ts'
import type { Sample } from '../../src/math/sample.ts'
import { poolKey } from '../../src/pools/definePool.ts'
import { tokenPools } from '../../src/pools/index.ts'
import { rocketPool } from '../../src/pools/rocketPool.ts'
import { clientOf, endpointAt, LOCAL, NOW, testChain } from '../support/chain.ts'
import { type FaultPolicy, refuse } from '../support/faultProxy.ts'
import { lyingRate, resets } from '../support/faults.ts'
import { askedBlocks, isOldCall, readAll, watchedArchive } from './histories.ts'

const DAYS = 120n
const running = testChain({ days: Number(DAYS) })
const key = poolKey(rocketPool)
const lie = lyingRate({ factor: [1_010n, 1_000n] })
/** Midnight so many days before the head. */
const midnight = (daysAgo: bigint): bigint => ((NOW - daysAgo * DAY) / DAY) * DAY

async function requestAt(time: bigint, change: Partial<PastRequest> = {}): Promise<PastRequest> {
  const head = await readSnapshot(clientOf(running.chain.url), tokenPools, { block: 'latest', role: 'head' })
  return { pools: tokenPools, head, time, known: [], ...change }
}

/** Every block's number and time, straight from the node. */
async function allTimes(): Promise<{ block: bigint; time: bigint }[]> {
  const blocks = Array.from({ length: Number(running.chain.headBlock) }, (_, index) => BigInt(index + 1))
  return Promise.all(
    blocks.map(async block => {
      const header = await running.rpc<{ timestamp: string }>('eth_getBlockByNumber', [
        `0x${block.toString(16)}`,
        false,
      ])
      return { block, time: BigInt(header.timestamp) }
    }),
  )
}

async function sampleAt(
  time: bigint,
  client: ChainClient = clientOf(running.chain.url),
  archive = watchedArchive().archive,
  change: Partial<PastRequest> = {},
) {
  const reading = await readPast(client, archive, await requestAt(time, change))
  return reading.kind === 'read' ? reading : expect.unreachable(reading.kind)
}

/** Public endpoints of operators a, b and c with these faults. */
async function publicClient(...faults: readonly (FaultPolicy | undefined)[]) {
  const proxies = await Promise.all(faults.map(fault => running.proxy(fault)))
  const endpoints = proxies.map(
    ({ url }, index): Endpoint => ({ ...endpointAt(url, 'abc'.charAt(index)), privacy: 'none' }),
  )
  return { client: createClient(endpoints, { ...LOCAL, grid: 2n }), proxies }
}

async function isTrue({ block, readings }: Sample, id = key): Promise<boolean> {
  const client = clientOf(running.chain.url)
  const { pools } = await readSnapshot(client, tokenPools, { block, role: 'archive' })
  return pools.every(({ pool, reading }) => {
    const said = readings[poolKey(pool)]
    return poolKey(pool) !== id || (said !== undefined && isSameReading(said, reading))
  })
}

const LONG = 30_000

describe('readPast', () => {
  test.each([1n, 4n, 30n, 77n, 110n, 118n])(
    'default: %s days ago, at or after midnight and within a day, as the contracts tell',
    async daysAgo => {
      const time = midnight(daysAgo)
      const { sample, isConfirmed } = await sampleAt(time)
      expect(sample.time).toBeGreaterThanOrEqual(time)
      expect(sample.time - time).toBeLessThanOrEqual(DAY)
      expect(isConfirmed).toBe(true)
      for (const pool of tokenPools) expect(await isTrue(sample, poolKey(pool))).toBe(true)
    },
    LONG,
  )

  test(
    'behavior: a coarse grid is held to: the first of its blocks at or after the moment',
    async () => {
      const times = await allTimes()
      const grid = 16n
      const client = createClient([endpointAt(running.chain.url)], { ...LOCAL, grid })
      for (const daysAgo of [20n, 63n, 100n]) {
        const time = midnight(daysAgo)
        const first = times.find(point => point.block % grid === 0n && point.time >= time)
        const { sample } = await sampleAt(time, client)
        expect([sample.block, sample.time]).toEqual([first?.block, first?.time])
      }
    },
    LONG,
  )

  test('behavior: where the newest block of the grid is older, any block serves, and it is not kept', async () => {
    const client = createClient([endpointAt(running.chain.url)], { ...LOCAL, grid: 10_000n })
    const { archive, kept } = watchedArchive()
    const time = midnight(9n)
    const { sample } = await sampleAt(time, client, archive)
    expect(sample.time - time).toBeGreaterThanOrEqual(0n)
    expect(sample.time - time).toBeLessThanOrEqual(DAY)
    expect(kept).toEqual([])
  })

  test('behavior: few questions, and fewer with times that are known', async () => {
    const proxy = await running.proxy()
    const client = clientOf(proxy.url)
    await sampleAt(midnight(60n), client)
    expect(proxy.requests.filter(isOldCall).length).toBeLessThanOrEqual(5)
    proxy.forget()
    const times = await allTimes()
    await sampleAt(midnight(60n), client, undefined, { known: times })
    expect(proxy.requests.filter(isOldCall)).toHaveLength(1)
  })

  test('behavior: kept as histories keep theirs, and what they keep is not asked again', async () => {
    const proxy = await running.proxy()
    const client = createClient([endpointAt(proxy.url)], { ...LOCAL, grid: 2n })
    const { archive, kept } = watchedArchive()
    const first = await sampleAt(midnight(30n), client, archive)
    expect(kept).toEqual([first.sample])
    proxy.forget()
    expect((await sampleAt(midnight(30n), client, archive)).sample).toEqual(first.sample)
    expect(proxy.requests.filter(isOldCall)).toEqual([])

    await readAll(client, archive, { span: 60n * DAY })
    // A history finds it where it looks for its own.
    expect(askedBlocks(proxy)).not.toContain(first.sample.block)
    proxy.forget()
    await sampleAt(midnight(45n), client, archive)
    expect(proxy.requests.filter(isOldCall)).toEqual([])
  }, 60_000)

  test('behavior: what is not final yet is shown and not kept', async () => {
    const { archive, kept } = watchedArchive()
    const request = await requestAt(midnight(1n))
    const client = createClient([endpointAt(running.chain.url)], { ...LOCAL, grid: 2n })
    const head = { ...request.head, block: request.head.block - 65n }
    const reading = await readPast(client, archive, { ...request, head })
    expect(reading.kind).toBe('read')
    expect(kept).toEqual([])
  })

  test('behavior: a moment before the chain says when it begins, and asks for no sample', async () => {
    const proxy = await running.proxy()
    const [first] = await allTimes()
    const reading = await readPast(
      clientOf(proxy.url),
      watchedArchive().archive,
      await requestAt(midnight(DAYS * 3n)),
    )
    expect(reading).toEqual({ kind: 'before', begins: first?.time, isCut: false })
    expect(proxy.requests.filter(isOldCall)).toEqual([])
  })

  test('error: MomentAhead for the head and what comes after it', async () => {
    const client = clientOf(running.chain.url)
    for (const late of [0n, DAY]) {
      const request = await requestAt(0n)
      const time = request.head.time + late
      await expect(readPast(client, watchedArchive().archive, { ...request, time })).rejects.toBeInstanceOf(
        MomentAhead,
      )
    }
  })

  test('error: ArchiveUnavailable', async () => {
    const policy: FaultPolicy = question =>
      isOldCall(question as Parameters<typeof isOldCall>[0])
        ? refuse(200, { code: -32_000, message: 'missing trie node' })
        : undefined
    const proxy = await running.proxy(policy)
    await expect(sampleAt(midnight(30n), clientOf(proxy.url))).rejects.toBeInstanceOf(ArchiveUnavailable)
  })

  test('behavior: an abort stays an abort', async () => {
    const signal = AbortSignal.abort(new DOMException('left', 'AbortError'))
    await expect(
      sampleAt(midnight(30n), clientOf(running.chain.url), undefined, { signal }),
    ).rejects.toMatchObject({ name: 'AbortError' })
  })
})

describe('readPast, several operators', () => {
  test(
    'default: another one is asked for the very sample, and what two agree on is kept',
    async () => {
      const { client, proxies } = await publicClient(undefined, undefined)
      const { archive, kept } = watchedArchive()
      const { sample, isConfirmed } = await sampleAt(midnight(30n), client, archive)
      expect(isConfirmed).toBe(true)
      expect(kept).toHaveLength(1)
      const asked = proxies.filter(proxy => askedBlocks(proxy).includes(sample.block))
      expect(asked).toHaveLength(2)
    },
    LONG,
  )

  test(
    'behavior: a liar whom two others refute is set aside, and the truth is shown',
    async () => {
      const { client } = await publicClient(lie, undefined, undefined)
      const { archive, kept } = watchedArchive()
      const { sample } = await sampleAt(midnight(30n), client, archive)
      expect(sample.operator).not.toBe('a')
      expect(await isTrue(sample)).toBe(true)
      await vi.waitFor(() => expect(client.standings[0]?.setAside()?.name).toBe('Disagreement'))
      expect(await Promise.all(kept.map(one => isTrue(one)))).not.toContain(false)
    },
    LONG,
  )

  test(
    'behavior: what two differ about is not known, says why, and is not kept',
    async () => {
      const { client } = await publicClient(lie, undefined)
      const { archive, kept } = watchedArchive()
      const { sample, isConfirmed } = await sampleAt(midnight(30n), client, archive)
      expect(sample.readings[key]).toMatchObject({ state: 'unknown', why: expect.stringContaining('a') })
      expect(isConfirmed).toBe(false)
      expect(kept).toEqual([])
    },
    LONG,
  )

  test(
    'behavior: what one says and nobody confirms is shown, marked and not kept',
    async () => {
      const { client } = await publicClient(undefined, resets())
      const { archive, kept } = watchedArchive()
      const { sample, isConfirmed } = await sampleAt(midnight(30n), client, archive)
      expect(await isTrue(sample)).toBe(true)
      expect(isConfirmed).toBe(false)
      expect(kept).toEqual([])
    },
    LONG,
  )
})
