import { beforeAll, describe, expect, test } from 'vitest'
import { rocketPool } from '../../src/pools/rocketPool.ts'
import { refusals } from '../chain/refusals.ts'
import { testChain } from './chain.ts'
import { hex } from './faultBlocks.ts'
import { ask, send } from './faultClient.ts'
import {
  archiveDepth,
  batchCap,
  captured,
  filterAddressCap,
  rateLimit,
  resultCap,
  type SpanWording,
  spanCap,
  TOO_MANY,
} from './faultLimits.ts'
import { always } from './faultProxy.ts'

const running = testChain({ days: 20 })
const { address, callData } = rocketPool.rate

const errorOf = (name: string) => refusals.find(one => one.name === name)?.error

const logsOf = (url: string, from: bigint | string, to: bigint | string, more: object = {}) => {
  const [fromBlock, toBlock] = [from, to].map(block => (typeof block === 'bigint' ? hex(block) : block))
  return ask(url, 'eth_getLogs', [{ fromBlock, toBlock, ...more }])
}

describe('captured bodies', () => {
  test('default: status and error as they came, for each', async () => {
    const proxy = await running.proxy()
    for (const { name, status, error } of refusals) {
      proxy.imitate(always(captured(name)))
      expect(await ask(proxy.url, 'eth_chainId')).toEqual({ status, jsonrpc: '2.0', id: 41, error })
    }
  })

  test('error: TypeError for a name that is not there, and for a number that is not in it', () => {
    expect(() => captured('nobody')).toThrow(TypeError)
    expect(() => captured('drpc range', [['50000', '1']])).toThrow(TypeError)
  })
})

describe('archive depth', () => {
  const DEPTH = 30n
  const methods: Readonly<Record<string, (block: unknown) => unknown[]>> = {
    eth_call: block => [{ to: address, data: callData }, block],
    eth_getBalance: block => [address, block],
    eth_getProof: block => [address, [], block],
    eth_getStorageAt: block => [address, '0x0', block],
  }
  let head = 0n
  let edgeHash = ''
  let oldHash = ''
  beforeAll(async () => {
    head = running.chain.headBlock
    const hashOf = async (block: bigint) =>
      (await running.rpc<{ hash: string }>('eth_getBlockByNumber', [hex(block), false])).hash
    edgeHash = await hashOf(head - DEPTH)
    oldHash = await hashOf(head - DEPTH - 1n)
  })

  test.each(Object.keys(methods))(
    'default: %s is refused beyond it, however the block is named',
    async method => {
      const proxy = await running.proxy(archiveDepth({ depth: DEPTH }))
      const params = methods[method] ?? (() => [])
      const old = head - DEPTH - 1n
      for (const block of [hex(old), 'earliest', { blockNumber: hex(old) }, { blockHash: oldHash }])
        expect(await ask(proxy.url, method, params(block))).toMatchObject({
          status: 403,
          error: errorOf('publicnode archive'),
        })
      const edge = head - DEPTH
      for (const block of [
        hex(edge),
        { blockNumber: hex(edge) },
        { blockHash: edgeHash },
        'latest',
        'finalized',
      ])
        expect(await ask(proxy.url, method, params(block))).toMatchObject({
          status: 200,
          result: expect.anything(),
        })
    },
  )

  test('behavior: a plain number is one too; what is no block, or unknown, is left to the node', async () => {
    const proxy = await running.proxy(archiveDepth({ depth: DEPTH }))
    expect(await ask(proxy.url, 'eth_getBalance', [address, 1])).toMatchObject({ status: 403 })
    for (const block of [
      `0x${'12'.repeat(32)}`,
      { blockHash: `0x${'12'.repeat(32)}` },
      'never',
      {},
      '0x',
      null,
    ])
      expect(await ask(proxy.url, 'eth_getBalance', [address, block])).not.toMatchObject({ status: 403 })
    expect(await ask(proxy.url, 'eth_getBalance', [address])).toMatchObject({ status: 200 })
  })

  test('behavior: headers and logs are served unless it is said otherwise', async () => {
    const proxy = await running.proxy(archiveDepth({ depth: DEPTH }))
    expect(await ask(proxy.url, 'eth_getBlockByNumber', ['0x1', false])).toMatchObject({
      result: { number: '0x1' },
    })
    expect(await logsOf(proxy.url, 1n, 2n)).toMatchObject({ status: 200, result: expect.any(Array) })
    proxy.imitate(archiveDepth({ depth: DEPTH, methods: ['eth_getLogs'], refusal: captured('geth') }))
    expect(await logsOf(proxy.url, head - DEPTH - 1n, head)).toMatchObject({ error: errorOf('geth') })
    expect(await ask(proxy.url, 'eth_getLogs', [{ blockHash: oldHash }])).toMatchObject({
      error: errorOf('geth'),
    })
    expect(await logsOf(proxy.url, head - DEPTH, head)).toHaveProperty('result')
    expect(await ask(proxy.url, 'eth_getBalance', [address, '0x1'])).toHaveProperty('result')
  })
})

describe('span', () => {
  const wordings: readonly (readonly [SpanWording, string])[] = [
    ['publicnode span', 'publicnode span'],
    ['drpc range', 'drpc range'],
    ['mevblocker span', 'mevblocker span'],
    ['1rpc span', '1rpc span'],
    ['nodies', 'nodies'],
    ['alchemy public', 'alchemy public'],
    ['blockrazor', 'blockrazor'],
    ['cloudflare', 'cloudflare'],
    ['thirdweb', 'thirdweb'],
  ]

  test.each(wordings)('default: beyond the cap it is refused as %s words it', async (wording, name) => {
    const proxy = await running.proxy(spanCap({ cap: 7n, wording }))
    expect(await logsOf(proxy.url, 3n, 9n)).toHaveProperty('result')
    const { status, error } = await logsOf(proxy.url, 3n, 10n)
    const like = refusals.find(one => one.name === name)
    expect([status, error?.code]).toEqual([like?.status, like?.error.code])
    expect(error?.message).not.toBe(like?.error.message)
    // The same words but for the numbers, and the own cap among them.
    const wordsOf = (text = '') => text.replace(/0x[0-9a-f]+|\d+/gi, '#')
    expect(wordsOf(error?.message)).toBe(wordsOf(like?.error.message))
    expect(error?.message).toMatch(/\b7\b/)
  })

  test('behavior: the hinted range begins where the asked one did and is as long as the cap', async () => {
    const proxy = await running.proxy(spanCap({ cap: 7n, wording: 'alchemy public' }))
    expect((await logsOf(proxy.url, 0x1an, 0x40n)).error?.message).toContain('[0x1a, 0x20]')
    proxy.imitate(spanCap({ cap: 7n, wording: 'mevblocker span' }))
    expect((await logsOf(proxy.url, 0x1an, 0x40n)).error?.message).toBe('range 39 exceeds limit of 7')
  })

  test('behavior: without a hint there is no number; a number that is said need not be true', async () => {
    const proxy = await running.proxy(spanCap({ cap: 7n, wording: 'unhinted' }))
    const { error } = await logsOf(proxy.url, 3n, 10n)
    expect([error?.code, /\d/.test(error?.message ?? '7')]).toEqual([-32_047, false])
    proxy.imitate(spanCap({ cap: 7n, says: 10_000n, wording: 'drpc range' }))
    expect(await logsOf(proxy.url, 3n, 10n)).toMatchObject({ status: 400, error: errorOf('drpc range') })
  })

  test('behavior: tags and left-out ends count as the blocks that they mean', async () => {
    const head = running.chain.headBlock
    const proxy = await running.proxy(spanCap({ cap: head }))
    for (const [from, to] of [
      ['earliest', 'latest'],
      [0n, 'latest'],
      ['earliest', head],
    ] as const)
      expect(await logsOf(proxy.url, from, to)).toHaveProperty('error')
    expect(await ask(proxy.url, 'eth_getLogs', [{ fromBlock: '0x0' }])).toHaveProperty('error')
    expect(await logsOf(proxy.url, 1n, 'latest')).toHaveProperty('result')
    expect(await ask(proxy.url, 'eth_getLogs', [{ toBlock: 'latest' }])).toHaveProperty('result')
    const { hash } = await running.rpc<{ hash: string }>('eth_getBlockByNumber', ['0x1', false])
    proxy.imitate(spanCap({ cap: 0n }))
    expect(await ask(proxy.url, 'eth_getLogs', [{ blockHash: hash }])).toHaveProperty('result')
  })
})

describe('results', () => {
  type Log = { readonly blockNumber: string }
  const allLogs = () => running.rpc<readonly Log[]>('eth_getLogs', [{ fromBlock: '0x0', toBlock: 'latest' }])

  test('default: one more than the cap is refused, the cap itself is served', async () => {
    const { length } = await allLogs()
    expect(length).toBeGreaterThan(20)
    const proxy = await running.proxy(resultCap({ cap: length }))
    expect((await logsOf(proxy.url, 0n, 'latest')).result).toHaveLength(length)
    proxy.imitate(resultCap({ cap: length - 1 }))
    expect(await logsOf(proxy.url, 0n, 'latest')).toMatchObject({
      status: 200,
      error: { code: -32_005, message: `query returned more than ${length - 1} results` },
    })
    proxy.imitate(resultCap({ cap: 20, wording: 'pocket results' }))
    expect(await logsOf(proxy.url, 0n, 'latest')).toMatchObject({
      error: { message: 'query exceeds max results 20' },
    })
  })

  test.each([
    ['mevblocker old', 'message'],
    ['nethermind', 'data'],
  ] as const)(
    'behavior: the range that %s hints at is served, one block more is not',
    async (wording, where) => {
      const proxy = await running.proxy(resultCap({ cap: 20, wording }))
      const { error } = await logsOf(proxy.url, 0n, 'latest')
      const [, from, to] = /\[(0x[0-9a-f]+), (0x[0-9a-f]+)\]/.exec(String(error?.[where])) ?? []
      expect(from).toBe('0x0')
      expect(await logsOf(proxy.url, 0n, BigInt(to ?? ''))).toHaveProperty('result')
      expect(await logsOf(proxy.url, 0n, BigInt(to ?? '') + 1n)).toHaveProperty('error')
    },
  )
})

test('default: a batch beyond the cap is refused as a whole, as dRPC does', async () => {
  const proxy = await running.proxy(batchCap({ cap: 4 }))
  const batch = Array.from({ length: 5 }, (_, id) => ({
    jsonrpc: '2.0',
    id,
    method: 'eth_chainId',
    params: [],
  }))
  const { status, text } = await send(proxy.url, batch)
  expect([status, JSON.parse(text).error]).toMatchObject([
    500,
    { code: 31, message: expect.stringContaining('more than 4 requests') },
  ])
  expect(JSON.parse((await send(proxy.url, batch.slice(1))).text)).toHaveLength(4)
})

test('default: a filter of too many addresses is blocked', async () => {
  const proxy = await running.proxy(filterAddressCap({ cap: 2 }))
  const filter = (count: number) => ({ address: Array.from({ length: count }, () => address) })
  expect(await logsOf(proxy.url, 1n, 2n, filter(3))).toMatchObject({
    status: 403,
    error: { message: 'Request blocked' },
  })
  for (const served of [filter(2), { address }, {}])
    expect(await logsOf(proxy.url, 1n, 2n, served)).toHaveProperty('result')
})

describe('rate', () => {
  const burst = async (url: string, count: number) =>
    (
      await Promise.all(
        Array.from({ length: count }, () => send(url, { id: 1, jsonrpc: '2.0', method: 'eth_chainId' })),
      )
    ).map(({ status }) => status)

  test('default: of a burst so many are served, the rest is refused as it was captured', async () => {
    const proxy = await running.proxy(rateLimit({ calls: 4, per: 60_000 }))
    expect((await burst(proxy.url, 10)).toSorted()).toEqual([...Array(4).fill(200), ...Array(6).fill(429)])
    expect(await ask(proxy.url, 'eth_chainId')).toMatchObject({ status: 429, error: errorOf('drpc rate') })
    proxy.imitate(rateLimit({ calls: 0, refusal: TOO_MANY }))
    expect(await send(proxy.url, { method: 'eth_chainId' })).toMatchObject({
      status: 429,
      text: 'Too Many Requests',
    })
  })

  test('behavior: the window slides, and what was refused does not fill it', () => {
    const policy = rateLimit({ calls: 2 })
    const request = {
      method: 'eth_chainId',
      params: [],
      index: 0,
      batch: 1,
      bytesIn: 0,
      bytesOut: 0,
      aborted: false,
    }
    const served = (at: number) => policy({ ...request, at }, async () => undefined) === undefined
    expect([0, 600, 700, 999, 1_000, 1_001, 1_599, 1_600].map(served)).toEqual([
      true,
      true,
      false,
      false,
      true,
      false,
      false,
      true,
    ])
  })
})
