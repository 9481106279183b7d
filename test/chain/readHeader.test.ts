import { numberToHex } from 'viem'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { createClient } from '../../src/chain/client.ts'
import { NoEndpointServed, UnexpectedReply } from '../../src/chain/errors.ts'
import { type HeaderTag, readHeader } from '../../src/chain/readHeader.ts'
import { clientOf, endpointAt, LOCAL, NOW, testChain } from '../support/chain.ts'
import { always } from '../support/faultProxy.ts'
import { staleHead } from '../support/faults.ts'

const running = testChain({ days: 20 })

type Block = { readonly number: `0x${string}`; readonly timestamp: `0x${string}`; readonly hash: string }

describe('readHeader', () => {
  test.each<[string, HeaderTag]>([
    ['latest', 'latest'],
    ['finalized', 'finalized'],
    ['5', 5n],
  ])('default: %s', async (_, tag) => {
    const proxy = await running.proxy()
    const header = await readHeader(clientOf(proxy.url), tag)
    const param = typeof tag === 'bigint' ? numberToHex(tag) : tag
    const direct = await running.rpc<Block>('eth_getBlockByNumber', [param, false])
    expect(header).toEqual({
      block: BigInt(direct.number),
      time: BigInt(direct.timestamp),
      hash: direct.hash,
      operator: 'a',
      url: proxy.url,
    })
    expect(proxy.count()).toBe(1)
  })

  test('behavior: finalized is below the head', async () => {
    const client = clientOf(running.chain.url)
    const [head, finalized] = [await readHeader(client, 'latest'), await readHeader(client, 'finalized')]
    expect(head.block).toBe(running.chain.headBlock)
    expect(finalized.block).toBeLessThan(head.block)
  })

  test('error: UnexpectedReply for a block that is not there yet', async () => {
    const wanted = running.chain.headBlock + 1n
    await expect(readHeader(clientOf(running.chain.url), wanted)).rejects.toBeInstanceOf(UnexpectedReply)
  })

  test.each([
    ['another block', (result: unknown) => ({ ...(result as Block), number: '0x6' })],
    ['a number that is empty', (result: unknown) => ({ ...(result as Block), number: '0x' })],
    ['a time that is empty', (result: unknown) => ({ ...(result as Block), timestamp: '0x' })],
    ['a number as a number', (result: unknown) => ({ ...(result as Block), number: 5 })],
    ['half a hash', (result: unknown) => ({ ...(result as Block), hash: '0x1234' })],
    ['no hash', (result: unknown) => ({ ...(result as Block), hash: null })],
    ['words', () => 'block 5'],
    ['nothing', () => null],
  ])('error: UnexpectedReply for %s, and the next operator is asked', async (_, change) => {
    const [lying, honest] = [await running.proxy(always({ kind: 'result', change })), await running.proxy()]
    await expect(readHeader(clientOf(lying.url), 5n)).rejects.toBeInstanceOf(UnexpectedReply)
    expect(await readHeader(clientOf(lying.url, honest.url), 5n)).toMatchObject({ block: 5n, operator: 'b' })
  })
})

describe('whom', () => {
  test('behavior: one endpoint alone, or anybody but some', async () => {
    const [one, other] = [await running.proxy(), await running.proxy()]
    const client = clientOf(one.url, other.url)
    expect(await readHeader(client, 5n, { only: other.url })).toMatchObject({ operator: 'b', url: other.url })
    expect(await readHeader(client, 5n, { except: ['a'] })).toMatchObject({ operator: 'b' })
    await expect(readHeader(client, 5n, { except: ['a', 'b'] })).rejects.toBeInstanceOf(NoEndpointServed)
    expect(one.count()).toBe(0)
  })

  test('behavior: by role, with the signal', async () => {
    const [one, other] = [await running.proxy(), await running.proxy()]
    const client = createClient(
      [endpointAt(one.url, 'a', ['head']), endpointAt(other.url, 'b', ['logs'])],
      LOCAL,
    )
    expect(await readHeader(client, 5n, { role: 'logs' })).toMatchObject({ operator: 'b' })
    expect(await readHeader(client, 5n)).toMatchObject({ operator: 'a' })
    const signal = AbortSignal.abort()
    await expect(readHeader(client, 5n, { signal })).rejects.toHaveProperty('name', 'AbortError')
  })
})

describe('age', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'], now: Number(NOW) * 1_000 })
    return () => vi.useRealTimers()
  })

  /** The first endpoint stands still forty blocks behind. */
  const clocked = async () => {
    const [still, other] = [await running.proxy(staleHead({ behind: 40n })), await running.proxy()]
    const endpoints = [endpointAt(still.url, 'a'), endpointAt(other.url, 'b')]
    return createClient(endpoints, { ...LOCAL, mostHeadAge: 60n })
  }

  test('behavior: an old newest block is left for a newer one', async () => {
    const header = await readHeader(await clocked(), 'latest')
    expect(header).toMatchObject({ operator: 'b', block: running.chain.headBlock })
  })

  test('behavior: other blocks may be of any age', async () => {
    for (const tag of ['finalized', 5n] as const)
      expect(await readHeader(await clocked(), tag)).toMatchObject({ operator: 'a' })
  })

  test('behavior: the newest block tells how young others are, others do not', async () => {
    const proxy = await running.proxy()
    const roles = ['head'] as const
    const client = createClient(
      [{ ...endpointAt(proxy.url, 'a', roles), limits: { depth: running.chain.headBlock } }],
      LOCAL,
    )
    const young = { role: 'archive' } as const
    const block = running.chain.headBlock - 1n
    await readHeader(client, block)
    await expect(readHeader(client, block, young)).rejects.toBeInstanceOf(NoEndpointServed)
    await readHeader(client, 'latest')
    expect(await readHeader(client, block, young)).toMatchObject({ block, operator: 'a' })
  })
})
