import { describe, expect, test, vi } from 'vitest'
import type { CallOptions } from '../../src/chain/blockReading.ts'
import { createClient } from '../../src/chain/client.ts'
import {
  MethodUnavailable,
  NoEndpointServed,
  RateLimited,
  UnexpectedReply,
  WrongChain,
} from '../../src/chain/errors.ts'
import { readApart } from '../../src/chain/readApart.ts'
import { lido } from '../../src/pools/lido.ts'
import type { Read } from '../../src/pools/read.ts'
import { rocketPool } from '../../src/pools/rocketPool.ts'
import { clientOf, endpointAt, LOCAL, testChain } from '../support/chain.ts'
import {
  always,
  type Fault,
  type FaultPolicy,
  type FaultProxy,
  ignoreBlockTag,
  pretendChain,
} from '../support/faultProxy.ts'
import { failureOf, noMethod, rateLimit, reverted } from './asking.ts'

const running = testChain()
const reads = [rocketPool.rate, lido.rate]
const at = (block: bigint): CallOptions => ({ block, role: 'archive' })

/** Meet one question with a fault. */
const onRead =
  ({ callData }: Read, fault: Fault): FaultPolicy =>
  ({ method, params }) =>
    method === 'eth_call' && (params[0] as { data?: string }).data === callData ? fault : undefined

const methods = ({ requests }: FaultProxy): string[] => requests.map(({ method }) => method)

describe('readApart', () => {
  test.each([6n, 60n])('default: block %s, whether Multicall3 exists there or not', async block => {
    const { url } = running.chain
    const reading = await readApart(clientOf(url), reads, at(block))
    expect(reading).toMatchObject({ block, chainId: 31_337n, operator: 'a', url })
    const direct = await Promise.all(
      reads.map(({ address, callData }) =>
        running.rpc('eth_call', [{ to: address, data: callData }, `0x${block.toString(16)}`]),
      ),
    )
    expect(reading.outcomes.map(({ returnData }) => returnData)).toEqual(direct)
  })

  test('behavior: a revert is an outcome beside the others', async () => {
    const proxy = await running.proxy(onRead(lido.rate, reverted))
    const { outcomes } = await readApart(clientOf(proxy.url), reads, at(60n))
    expect(outcomes.map(({ read, success }) => [read, success])).toEqual([
      [rocketPool.rate, true],
      [lido.rate, false],
    ])
    expect(outcomes[1]?.returnData).toBe('0x')
  })

  test('behavior: the newest block is fixed by the header, and all is read at that', async () => {
    const proxy = await running.proxy()
    const reading = await readApart(clientOf(proxy.url), reads, { block: 'latest', role: 'head' })
    expect(reading.block).toBe(running.chain.headBlock)
    const blocks = proxy.requests.flatMap(({ method, params }) => (method === 'eth_call' ? [params[1]] : []))
    expect(new Set(blocks)).toEqual(new Set([`0x${reading.block.toString(16)}`]))
  })

  test.each([6n, 60n])('error: UnexpectedReply where the endpoint ignores block %s', async block => {
    const proxy = await running.proxy(ignoreBlockTag)
    await expect(readApart(clientOf(proxy.url), reads, at(block))).rejects.toBeInstanceOf(UnexpectedReply)
  })
})

describe('several operators', () => {
  test('default: all of it comes from the one that gave the header', async () => {
    const [first, second] = [await running.proxy(), await running.proxy()]
    await readApart(clientOf(first.url, second.url), reads, at(60n))
    expect(methods(first).toSorted()).toEqual([
      'eth_call',
      'eth_call',
      'eth_call',
      'eth_chainId',
      'eth_getBlockByNumber',
    ])
    expect(second.count()).toBe(0)
  })

  test.each<[string, FaultPolicy]>([
    ['refuses one of the calls', onRead(lido.rate, rateLimit)],
    ['ignores the block', ignoreBlockTag],
    ['serves another chain', pretendChain(31_337, 5)],
  ])('behavior: where the first %s, all is read again from the next', async (_, policy) => {
    const [first, second] = [await running.proxy(policy), await running.proxy()]
    const reading = await readApart(clientOf(first.url, second.url), reads, at(60n))
    const direct = await readApart(clientOf(running.chain.url), reads, at(60n))
    expect(reading).toEqual({ ...direct, operator: 'b', url: second.url })
    expect(second.count('eth_getBlockByNumber')).toBe(1)
    expect(second.count('eth_call')).toBe(1 + reads.length)
  })

  test('behavior: each is asked which chain it serves, once for a client', async () => {
    const [first, second] = [await running.proxy(onRead(lido.rate, rateLimit)), await running.proxy()]
    const client = clientOf(first.url, second.url)
    for (const block of [5n, 6n, 7n]) await readApart(client, reads, at(block))
    expect([first.count('eth_chainId'), second.count('eth_chainId')]).toEqual([1, 1])
    const others = clientOf(second.url)
    await readApart(others, reads, at(5n))
    expect(second.count('eth_chainId')).toBe(2)
  })

  test('behavior: another endpoint of the operator that failed is not asked', async () => {
    const [first, second] = [await running.proxy(onRead(lido.rate, rateLimit)), await running.proxy()]
    const client = createClient([endpointAt(first.url, 'a'), endpointAt(second.url, 'a')], LOCAL)
    await expect(readApart(client, reads, at(60n))).rejects.toBeInstanceOf(RateLimited)
    expect(second.count()).toBe(0)
  })

  test('behavior: operators that are left out stay out', async () => {
    const proxies = [await running.proxy(), await running.proxy(onRead(lido.rate, rateLimit))]
    const [first, second] = proxies
    const client = clientOf(first?.url ?? '', second?.url ?? '', running.chain.url)
    const reading = await readApart(client, reads, { ...at(60n), except: ['a'] })
    expect(reading.operator).toBe('c')
    expect(first?.count()).toBe(0)
  })

  test('behavior: so many rounds and such a time as is said', async () => {
    const proxy = await running.proxy(always(rateLimit, 'eth_getBlockByNumber'))
    const client = clientOf(proxy.url)
    await expect(readApart(client, reads, { ...at(60n), rounds: 1 })).rejects.toBeInstanceOf(RateLimited)
    expect(proxy.count('eth_getBlockByNumber')).toBe(1)
    const limits = vi.spyOn(globalThis, 'setTimeout')
    await readApart(clientOf(running.chain.url), reads, { ...at(60n), limit: 4_321 })
    // The chain has the time of any question.
    expect(limits.mock.calls.filter(([, limit]) => limit === 4_321)).toHaveLength(2 + reads.length)
  })

  test('error: RateLimited from the one that was to be asked alone', async () => {
    const [first, second] = [await running.proxy(onRead(lido.rate, rateLimit)), await running.proxy()]
    const client = clientOf(second.url, first.url)
    await expect(readApart(client, reads, { ...at(60n), only: first.url })).rejects.toBeInstanceOf(
      RateLimited,
    )
    expect(second.count()).toBe(0)
  })

  test('error: RateLimited for a wallet, which nobody else is asked about', async () => {
    const [first, second] = [await running.proxy(onRead(lido.rate, rateLimit)), await running.proxy()]
    const wallet: CallOptions = { block: 'latest', role: 'wallet' }
    const client = clientOf(first.url, second.url)
    await expect(readApart(client, reads, wallet)).rejects.toBeInstanceOf(RateLimited)
    expect(second.count()).toBe(0)
  })

  test('error: NoEndpointServed with what went wrong at each', async () => {
    const limited = await running.proxy(onRead(lido.rate, rateLimit))
    const without = await running.proxy(always(noMethod))
    const ignoring = await running.proxy(ignoreBlockTag)
    const named = async (...urls: readonly string[]) => {
      const failure = await failureOf(readApart(clientOf(...urls), reads, at(60n)))
      expect(failure).toBeInstanceOf(NoEndpointServed)
      return (failure as NoEndpointServed).failures.map(({ name, operator }) => [name, operator])
    }
    expect(await named(limited.url, ignoring.url)).toEqual([
      ['RateLimited', 'a'],
      ['UnexpectedReply', 'b'],
    ])
    // One that gives no header is passed over.
    expect(await named(limited.url, without.url)).toEqual([
      ['RateLimited', 'a'],
      ['MethodUnavailable', 'b'],
    ])
  })

  test('error: MethodUnavailable from the only one, where it gives no header', async () => {
    const proxy = await running.proxy(always(noMethod))
    await expect(readApart(clientOf(proxy.url), reads, at(60n))).rejects.toBeInstanceOf(MethodUnavailable)
  })
})

describe('chain and block', () => {
  test('error: WrongChain', async () => {
    const proxy = await running.proxy(pretendChain(31_337, 5))
    const client = clientOf(proxy.url)
    for (const block of [6n, 7n])
      await expect(readApart(client, reads, at(block))).rejects.toBeInstanceOf(WrongChain)
    expect(proxy.count('eth_call')).toBe(0)
  })

  test('behavior: a chain that is right at the first endpoint says nothing of the second', async () => {
    const [first, second] = [
      await running.proxy(onRead(lido.rate, rateLimit)),
      await running.proxy(pretendChain(31_337, 5)),
    ]
    const failure = await failureOf(readApart(clientOf(first.url, second.url), reads, at(6n)))
    expect((failure as NoEndpointServed).failures.map(({ name }) => name)).toEqual([
      'RateLimited',
      'WrongChain',
    ])
  })

  test('behavior: a block that is named by its hash is asked for by its hash', async () => {
    const { hash } = await running.rpc<{ hash: `0x${string}` }>('eth_getBlockByNumber', ['0x3c', false])
    const proxy = await running.proxy()
    const reading = await readApart(clientOf(proxy.url), reads, { ...at(60n), hash })
    expect(reading.block).toBe(60n)
    const asked = proxy.requests.filter(({ method }) => method === 'eth_call')
    expect(asked.map(({ params }) => params[1])).toEqual(
      asked.map(() => ({ blockHash: hash, requireCanonical: true })),
    )
    expect(asked).toHaveLength(1 + reads.length)
  })

  test('error: UnexpectedReply where another block has its number', async () => {
    const proxy = await running.proxy()
    const hash = `0x${'ab'.repeat(32)}` as const
    await expect(readApart(clientOf(proxy.url), reads, { ...at(60n), hash })).rejects.toBeInstanceOf(
      UnexpectedReply,
    )
    expect(proxy.count('eth_call')).toBe(0)
  })
})
