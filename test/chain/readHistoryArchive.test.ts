import type { Hex } from 'viem'
import { describe, expect, test } from 'vitest'
import { createClient, MAINNET } from '../../src/chain/client.ts'
import { type HistoryRequest, readHistory } from '../../src/chain/readHistory.ts'
import { readSnapshot } from '../../src/chain/readSnapshot.ts'
import { DAY, WAD } from '../../src/math/fixedPoint.ts'
import type { Sample } from '../../src/math/sample.ts'
import { poolKey, type TokenPool } from '../../src/pools/definePool.ts'
import { tokenPools } from '../../src/pools/index.ts'
import { lido } from '../../src/pools/lido.ts'
import type { Read } from '../../src/pools/read.ts'
import { rocketPool } from '../../src/pools/rocketPool.ts'
import { createMemoryStore } from '../../src/store/sampleStore.ts'
import { clientOf, endpointAt, NOW, testChain } from '../support/chain.ts'
import type { FaultPolicy } from '../support/faultProxy.ts'
import { words } from './fakeChain.ts'
import { answerInstead, askedBlocks, isOldCall, readAll, watchedArchive, wholeBlocks } from './histories.ts'

const running = testChain()
const later = testChain({ now: NOW + 60n })

const finalizedBlock = async (): Promise<bigint> =>
  BigInt((await running.rpc<{ number: Hex }>('eth_getBlockByNumber', ['finalized', false])).number)

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

  test('behavior: a second visit asks for the tail and for what is not known', async () => {
    const { archive, kept } = watchedArchive()
    const first = await readAll(clientOf(running.chain.url), archive)
    const proxy = await running.proxy()
    const second = await readAll(clientOf(proxy.url), archive)
    const finalized = await finalizedBlock()
    const asked = askedBlocks(proxy)
    const whole = wholeBlocks(kept)
    expect(whole.length).toBeGreaterThan(30)
    expect(asked.some(block => whole.includes(block))).toBe(false)
    expect(asked.filter(block => block > finalized).length).toBeLessThanOrEqual(3)
    const isOpen = new Set(
      first.samples
        .filter(({ readings }) => Object.values(readings).some(({ state }) => state === 'unknown'))
        .map(({ block }) => block),
    )
    expect(isOpen.size).toBeLessThanOrEqual(1)
    expect(asked.filter(block => block <= finalized).every(block => isOpen.has(block))).toBe(true)
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

describe('a pool that answers nonsense', () => {
  const nonsense: readonly (readonly [string, TokenPool, Read, Hex | 'reverts'])[] = [
    ['reverts', rocketPool, rocketPool.rate, 'reverts'],
    ['answers a rate of 0', rocketPool, rocketPool.rate, words(0n)],
    ['answers too high a rate', rocketPool, rocketPool.rate, words((26n * WAD) / 10n)],
    ['answers its inverse', rocketPool, rocketPool.rate, words((86n * WAD) / 100n)],
    ['answers three words', rocketPool, rocketPool.rate, words((11n * WAD) / 10n, WAD, WAD)],
    ['answers half a supply', rocketPool, rocketPool.supply, `0x${'11'.repeat(16)}`],
    ['reverts in its total', lido, lido.pooled, 'reverts'],
  ]

  test.each(nonsense)(
    'behavior: one that %s leaves nothing behind, the others are kept',
    async (_, pool, read, reply) => {
      const honest = watchedArchive()
      await readAll(clientOf(running.chain.url), honest.archive)
      const truth = new Map(honest.kept.map(({ block, readings }) => [block, readings]))

      const proxy = await running.proxy(answerInstead(read, reply))
      const { archive, kept } = watchedArchive()
      const { samples, done, wanted } = await readAll(clientOf(proxy.url), archive)
      expect(done).toBe(wanted)
      const others = tokenPools.filter(({ id }) => id !== pool.id).map(poolKey)
      const compared = samples.filter(({ block }) => truth.get(block)?.[poolKey(pool)]?.state === 'known')
      expect(compared.length).toBeGreaterThan(25)
      for (const { block, readings } of compared) {
        expect(readings[poolKey(pool)]).toEqual({ state: 'unknown', why: expect.any(String) })
        const stored = kept.find(one => one.block === block)?.readings ?? expect.unreachable('nothing kept')
        expect(stored).not.toHaveProperty([poolKey(pool)])
        for (const key of others) expect(stored[key]).toEqual(truth.get(block)?.[key])
      }
      expect(kept.map(({ readings }) => readings[poolKey(pool)]?.state)).not.toContain('known')
      expect(kept.flatMap(({ readings }) => Object.values(readings)).map(({ state }) => state)).not.toContain(
        'unknown',
      )

      // Once it is in order again, it is read anew, and it alone.
      proxy.imitate()
      proxy.forget()
      const again = await readAll(clientOf(proxy.url), archive)
      const shared = again.samples.filter(({ block }) => truth.has(block) && block !== again.head.block)
      expect(shared.length).toBeGreaterThan(25)
      for (const { block, readings } of shared) expect(readings).toMatchObject(truth.get(block) ?? {})
      const wasKnown = shared.filter(({ readings }) => readings[poolKey(pool)]?.state === 'known')
      expect(askedBlocks(proxy)).toEqual(expect.arrayContaining(wasKnown.map(({ block }) => block)))
    },
  )
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
