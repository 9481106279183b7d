import { hashKey, QueryClient, QueryObserver } from '@tanstack/react-query'
import { describe, expect, test, vi } from 'vitest'
import { createClient } from '../../src/chain/client.ts'
import { ownEndpoint } from '../../src/chain/endpoints.ts'
import { RateLimited, WrongChain } from '../../src/chain/errors.ts'
import { WAD } from '../../src/math/fixedPoint.ts'
import { ankr } from '../../src/pools/ankr.ts'
import { lido } from '../../src/pools/lido.ts'
import { HEAD as HEAD_FRESHNESS, SLOW } from '../../src/queries/freshness.ts'
import { liveKey, liveQuery } from '../../src/queries/live.ts'
import { createWorld, HEAD, milli, NOW, OPERATOR } from '../views/support/world.ts'

describe('liveQuery', () => {
  test('default: every pool and the price from one call at the head', async () => {
    const world = createWorld()
    const live = await new QueryClient().fetchQuery(liveQuery(world.session))
    expect(world.asked).toMatchObject([{ method: 'eth_call', role: 'head', block: undefined }])
    expect(live).toMatchObject({ block: HEAD, time: NOW, operator: OPERATOR })
    expect(live.price.price?.answer).toBe(2_000n * 10n ** 8n)
    expect(live.pools.map(({ pool }) => pool)).toEqual(world.session.tokenPools)
    const readings = Object.fromEntries(live.pools.map(({ pool, reading }) => [pool.id, reading]))
    expect(readings).toMatchObject({
      'rocket-pool': { state: 'known', rate: milli(1_103n), supply: 400_000n * WAD, pooled: 441_200n * WAD },
      ankr: {
        state: 'known',
        rate: milli(1_201n) + WAD / 2_000n,
        supply: 400_000n * WAD,
        pooled: 480_600n * WAD,
      },
      lido: { state: 'known', rate: milli(1_153n), supply: 400_000n * WAD, pooled: 9_000_000n * WAD },
    })
    expect(live.pools.map(({ reading }) => reading.state)).toEqual(live.pools.map(() => 'known'))
  })

  test('behavior: what the contracts tell beside the rates comes with the same call', async () => {
    const world = createWorld()
    const [read] = lido.fee.reads
    world.record(read, 1_000n)
    const live = await new QueryClient().fetchQuery(liveQuery(world.session))
    const facts = live.pools.find(({ pool }) => pool.id === 'lido')?.facts
    expect(facts?.fee).toMatchObject({ value: WAD / 10n, outcomes: [{ read, success: true }] })
    expect(world.asked).toHaveLength(1)
  })

  test('behavior: one pool that refuses spoils no other', async () => {
    const world = createWorld()
    world.record(ankr.rate, 'reverts')
    const live = await new QueryClient().fetchQuery(liveQuery(world.session))
    expect(live.pools.map(({ pool, reading }) => [pool.id, reading.state])).toEqual(
      world.session.tokenPools.map(({ id }) => [id, id === 'ankr' ? 'unknown' : 'known']),
    )
  })

  test('behavior: whoever leaves ends the request at the transport', async () => {
    const world = createWorld()
    world.hold = () => true
    const leave = new QueryObserver(new QueryClient(), liveQuery(world.session)).subscribe(() => undefined)
    await vi.waitFor(() => expect(world.asked).toHaveLength(1), { timeout: 10_000 })
    expect(world.asked[0]?.signal?.aborted).toBe(false)
    leave()
    expect(world.asked[0]?.signal?.aborted).toBe(true)
  })

  test('behavior: the signal reaches the network itself', async () => {
    const signals: AbortSignal[] = []
    vi.stubGlobal('fetch', (_: string, { signal }: { readonly signal: AbortSignal }) => {
      signals.push(signal)
      return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
    })
    const { session } = createWorld()
    const client = createClient([ownEndpoint('http://127.0.0.1:8545')], session.client.network)
    const queries = new QueryClient()
    const options = liveQuery({ ...session, client })
    const read = queries.fetchQuery(options)
    read.catch(() => undefined)
    await vi.waitFor(() => expect(signals).toHaveLength(1), { timeout: 10_000 })
    await queries.cancelQueries({ queryKey: options.queryKey })
    expect(signals[0]?.aborted).toBe(true)
    expect(queries.getQueryState(options.queryKey)).toMatchObject({ error: null, fetchStatus: 'idle' })
  })

  test('error: RateLimited comes through as it is', async () => {
    const world = createWorld()
    world.refuse = () => new RateLimited('wants fewer requests')
    await expect(new QueryClient().fetchQuery(liveQuery(world.session))).rejects.toBeInstanceOf(RateLimited)
  })

  test('error: WrongChain where the endpoint serves another one', async () => {
    const { session } = createWorld({ chainId: 10n })
    await expect(new QueryClient().fetchQuery(liveQuery(session))).rejects.toBeInstanceOf(WrongChain)
  })
})

describe('liveKey', () => {
  test('default: another endpoint set is another question', () => {
    const [one, other] = [createWorld().session, createWorld({ id: 'http://other 1' }).session]
    expect(hashKey(liveKey(one))).not.toBe(hashKey(liveKey(other)))
    expect(liveKey(one).every(part => typeof part === 'string')).toBe(true)
  })
})

describe('freshness', () => {
  test('default: the head is read at every block, history for its tail only', () => {
    expect(HEAD_FRESHNESS.refetchInterval).toBe(12_000)
    expect(SLOW.refetchInterval).toBe(600_000)
    expect(liveQuery(createWorld().session)).toMatchObject(HEAD_FRESHNESS)
  })

  test('behavior: a figure goes stale before it is due again, and none outlives half an hour unused', () => {
    expect(HEAD_FRESHNESS.staleTime).toBeLessThan(HEAD_FRESHNESS.refetchInterval)
    expect(SLOW.staleTime).toBeLessThanOrEqual(SLOW.refetchInterval)
    expect([HEAD_FRESHNESS.gcTime, SLOW.gcTime]).toEqual([1_800_000, 1_800_000])
  })

  test('behavior: nothing asks to be read while the page is hidden', () => {
    expect(liveQuery(createWorld().session)).not.toHaveProperty('refetchIntervalInBackground')
  })
})
