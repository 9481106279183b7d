import { type Hex, toFunctionSelector } from 'viem'
import { describe, expect, test, vi } from 'vitest'
import type { CallOptions } from '../../src/chain/blockReading.ts'
import { createClient, MAINNET } from '../../src/chain/client.ts'
import {
  ArchiveUnavailable,
  CallReverted,
  NoEndpointServed,
  RateLimited,
  UnexpectedReply,
  WrongChain,
} from '../../src/chain/errors.ts'
import { readCalls } from '../../src/chain/readCalls.ts'
import { defineRead, type Read } from '../../src/pools/read.ts'
import { rocketPool } from '../../src/pools/rocketPool.ts'
import { clientOf, endpointAt, LOCAL, NOW, testChain } from '../support/chain.ts'
import { always, ignoreBlockTag, pretendChain, refuse } from '../support/faultProxy.ts'
import { staleHead } from '../support/faults.ts'

const running = testChain()

const reads = [rocketPool.rate, rocketPool.supply]
const missing = defineRead(
  '0x00000000000000000000000000000000000000aa',
  '0x18160ddd totalSupply() view returns (uint256)',
)
const refused = defineRead(
  rocketPool.token.address,
  `${toFunctionSelector('function noSuchFunction()')} noSuchFunction() view returns (uint256)`,
)

const head: CallOptions = { block: 'latest', role: 'head' }
const at = (block: bigint): CallOptions => ({ block, role: 'archive' })
const direct = (read: Read, block: bigint | 'latest'): Promise<Hex> =>
  running.rpc('eth_call', [
    { to: read.address, data: read.callData },
    block === 'latest' ? block : `0x${block.toString(16)}`,
  ])

/** Before this block the embedded chain has no Multicall3. */
const beforeMulticall = () => running.chain.deployedAt.multicall3 - 2n

describe('together', () => {
  test('default: one request with one eth_call for all reads, the block, its time and the chain', async () => {
    const proxy = await running.proxy()
    const { outcomes, ...rest } = await readCalls(clientOf(proxy.url), reads, head)
    const block = await running.rpc<{ timestamp: Hex }>('eth_getBlockByNumber', ['latest', false])
    expect(rest).toEqual({
      block: running.chain.headBlock,
      time: BigInt(block.timestamp),
      chainId: 31_337n,
      operator: 'a',
      url: proxy.url,
    })
    expect(outcomes.map(({ returnData }) => returnData)).toEqual([
      await direct(rocketPool.rate, 'latest'),
      await direct(rocketPool.supply, 'latest'),
    ])
    expect(outcomes.map(({ read, success }) => [read, success])).toEqual(reads.map(read => [read, true]))
    expect(proxy.requests.map(({ method }) => method)).toEqual(['eth_call'])
  })

  test('behavior: at an old block', async () => {
    const block = running.chain.lastDayBlock - 20n
    const { outcomes, ...rest } = await readCalls(clientOf(running.chain.url), reads, at(block))
    expect(rest.block).toBe(block)
    expect(outcomes[0]?.returnData).toBe(await direct(rocketPool.rate, block))
    expect(outcomes[0]?.returnData).not.toBe(await direct(rocketPool.rate, 'latest'))
  })

  test('behavior: a revert and an address without a contract are outcomes beside the others', async () => {
    const client = clientOf(running.chain.url)
    const { outcomes } = await readCalls(client, [refused, rocketPool.rate, missing], head)
    expect(outcomes.map(({ success }) => success)).toEqual([false, true, true])
    expect(outcomes[2]?.returnData).toBe('0x')
  })

  test('behavior: no reads at all still give the block', async () => {
    const reading = await readCalls(clientOf(running.chain.url), [], head)
    expect(reading).toMatchObject({ block: running.chain.headBlock, outcomes: [] })
  })

  test('behavior: one endpoint alone, or anybody but some', async () => {
    const [one, other] = [await running.proxy(), await running.proxy()]
    const client = clientOf(one.url, other.url)
    expect(await readCalls(client, reads, { ...head, only: other.url })).toMatchObject({ operator: 'b' })
    expect(await readCalls(client, reads, { ...head, except: ['a'] })).toMatchObject({
      operator: 'b',
      url: other.url,
    })
    expect(one.count()).toBe(0)
  })

  test('behavior: a block that is named by its hash is asked for by its hash', async () => {
    const block = running.chain.headBlock - 3n
    const { hash } = await running.rpc<{ hash: Hex }>('eth_getBlockByNumber', [
      `0x${block.toString(16)}`,
      false,
    ])
    const proxy = await running.proxy()
    expect(await readCalls(clientOf(proxy.url), reads, { ...at(block), hash })).toMatchObject({ block })
    expect(proxy.requests.map(({ params }) => params[1])).toEqual([
      { blockHash: hash, requireCanonical: true },
    ])
  })

  test('behavior: an answer shows what the endpoint can do', async () => {
    const shown = async (options: CallOptions) => {
      const client = clientOf(running.chain.url)
      await readCalls(client, reads, options)
      return Object.fromEntries(client.standings[0]?.rungs ?? [])
    }
    const block = running.chain.headBlock
    expect(await shown(head)).toEqual({ reachable: true, chain: true, head: true })
    expect(await shown(at(block))).toEqual({ reachable: true, chain: true, archive: true })
    expect(await shown({ role: 'head', block })).toEqual({ reachable: true, chain: true })
  })

  test('behavior: an old newest block is left for a newer one, an old block is not', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Number(NOW) * 1_000 })
    const still = await running.proxy(staleHead({ behind: 40n }))
    const endpoints = [endpointAt(still.url, 'a'), endpointAt(running.chain.url, 'b')]
    const clocked = () => createClient(endpoints, { ...LOCAL, mostHeadAge: 60n })
    expect(await readCalls(clocked(), reads, head)).toMatchObject({ operator: 'b' })
    expect(await readCalls(clocked(), reads, at(60n))).toMatchObject({ operator: 'a' })
    vi.useRealTimers()
  })

  test('behavior: the newest block tells how young others are', async () => {
    const { url, headBlock } = running.chain
    const recent = { ...endpointAt(url, 'a', ['head']), limits: { depth: headBlock } }
    const client = createClient([recent], LOCAL)
    const young = at(headBlock - 1n)
    await expect(readCalls(client, reads, young)).rejects.toBeInstanceOf(NoEndpointServed)
    await readCalls(client, reads, head)
    expect(await readCalls(client, reads, young)).toMatchObject({ operator: 'a' })
  })

  test('error: WrongChain, and the next operator is asked', async () => {
    const other = await running.proxy(pretendChain(31_337, 5))
    await expect(readCalls(clientOf(other.url), reads, head)).rejects.toBeInstanceOf(WrongChain)
    const both = clientOf(other.url, running.chain.url)
    expect(await readCalls(both, reads, head)).toMatchObject({ chainId: 31_337n, operator: 'b' })
  })

  test('error: WrongChain for a local chain where mainnet is wanted', async () => {
    const client = createClient([endpointAt(running.chain.url)], MAINNET)
    await expect(readCalls(client, reads, head)).rejects.toBeInstanceOf(WrongChain)
  })

  test('error: UnexpectedReply where the newest block answers for an old one, and the next operator is asked', async () => {
    const lying = await running.proxy(ignoreBlockTag)
    await expect(readCalls(clientOf(lying.url), reads, at(60n))).rejects.toBeInstanceOf(UnexpectedReply)
    const both = clientOf(lying.url, running.chain.url)
    expect(await readCalls(both, reads, at(60n))).toMatchObject({ block: 60n, operator: 'b' })
  })

  test.each<[string, (result: unknown) => unknown]>([
    ['a result cut in half', result => String(result).slice(0, String(result).length / 2)],
    ['a result without its last digit', result => String(result).slice(0, -1)],
    ['a result without its last word', result => String(result).slice(0, -64)],
    ['null', () => null],
    ['words', () => 'ok'],
    ['a number', () => 5],
    ['an object', () => ({ data: '0x' })],
  ])('error: UnexpectedReply for %s, and the next operator is asked', async (_, change) => {
    const broken = await running.proxy(always({ kind: 'result', change }))
    await expect(readCalls(clientOf(broken.url), reads, head)).rejects.toBeInstanceOf(UnexpectedReply)
    expect(await readCalls(clientOf(broken.url, running.chain.url), reads, head)).toMatchObject({
      operator: 'b',
    })
  })

  test('error: CallReverted where Multicall3 itself refuses', async () => {
    const [first, second] = [
      await running.proxy(always(refuse(200, { code: 3, message: 'execution reverted' }))),
      await running.proxy(),
    ]
    await expect(readCalls(clientOf(first.url, second.url), reads, head)).rejects.toBeInstanceOf(CallReverted)
    expect(second.count()).toBe(0)
  })

  test('error: ArchiveUnavailable', async () => {
    const noArchive = refuse(403, { code: -32_602, message: 'Archive requests require a personal token.' })
    const proxy = await running.proxy(always(noArchive))
    await expect(readCalls(clientOf(proxy.url), reads, at(60n))).rejects.toBeInstanceOf(ArchiveUnavailable)
  })
})

describe('one by one, before Multicall3 exists', () => {
  test('default: the same outcomes as from single calls', async () => {
    const block = beforeMulticall()
    const proxy = await running.proxy()
    const { outcomes, ...rest } = await readCalls(clientOf(proxy.url), reads, at(block))
    const header = await running.rpc<{ timestamp: Hex }>('eth_getBlockByNumber', [
      `0x${block.toString(16)}`,
      false,
    ])
    const { url } = proxy
    expect(rest).toEqual({ block, time: BigInt(header.timestamp), chainId: 31_337n, operator: 'a', url })
    expect(outcomes.map(({ returnData }) => returnData)).toEqual([
      await direct(rocketPool.rate, block),
      await direct(rocketPool.supply, block),
    ])
    // One for all, in vain; one to witness the block; one for each.
    expect(proxy.count('eth_call')).toBe(2 + reads.length)
  })

  test('behavior: what is not worth a request of its own is asked with all the rest and not one by one', async () => {
    const [rate, supply] = reads as [Read, Read]
    const asked = async (options: CallOptions) => {
      const { outcomes } = await readCalls(clientOf(running.chain.url), reads, options)
      return outcomes.map(({ read }) => read)
    }
    const young = running.chain.headBlock
    expect(await asked({ ...at(beforeMulticall()), dispensable: [rate, missing] })).toEqual([supply])
    expect(await asked({ ...at(beforeMulticall()), dispensable: [] })).toEqual(reads)
    expect(await asked({ ...at(young), dispensable: [rate] })).toEqual(reads)
  })

  test('behavior: the chain is asked for once for a client, not for every block', async () => {
    const proxy = await running.proxy()
    const client = clientOf(proxy.url)
    await Promise.all([5n, 6n, 7n].map(block => readCalls(client, reads, at(block))))
    expect(proxy.count('eth_chainId')).toBe(1)
  })

  test('behavior: a failure to learn the chain is not remembered', async () => {
    const limited = always(refuse(429, { message: 'rate limit' }), 'eth_chainId')
    const proxy = await running.proxy(limited)
    const client = clientOf(proxy.url)
    await expect(readCalls(client, reads, at(5n))).rejects.toBeInstanceOf(RateLimited)
    proxy.imitate()
    expect(await readCalls(client, reads, at(5n))).toMatchObject({ block: 5n })
  })

  test('behavior: a revert and an address without a contract are outcomes beside the others', async () => {
    const client = clientOf(running.chain.url)
    const { outcomes } = await readCalls(client, [refused, rocketPool.rate, missing], at(beforeMulticall()))
    expect(outcomes.map(({ success }) => success)).toEqual([false, true, true])
    expect(outcomes[2]?.returnData).toBe('0x')
  })

  test('error: WrongChain', async () => {
    const proxy = await running.proxy(pretendChain(31_337, 5))
    await expect(readCalls(clientOf(proxy.url), reads, at(5n))).rejects.toBeInstanceOf(WrongChain)
  })

  test('error: UnexpectedReply for a chain id that is empty', async () => {
    const proxy = await running.proxy(always({ kind: 'result', change: () => '0x' }, 'eth_chainId'))
    await expect(readCalls(clientOf(proxy.url), reads, at(5n))).rejects.toBeInstanceOf(UnexpectedReply)
  })

  test('behavior: on mainnet Multicall3 is not even asked for before it existed', async () => {
    const mainnet = pretendChain(31_337, 1)
    const proxy = await running.proxy(mainnet)
    const client = createClient([endpointAt(proxy.url)], MAINNET)
    const { outcomes } = await readCalls(client, reads, at(60n))
    expect(outcomes[0]?.returnData).toBe(await direct(rocketPool.rate, 60n))
    const asked = proxy.requests.filter(({ method }) => method === 'eth_call')
    const calls = asked.map(({ params }) => params[0] as { to: string; data: string })
    expect(calls.map(({ data }) => data.slice(0, 10)).sort()).toEqual([
      '0x18160ddd',
      '0x42cbb15c',
      '0xe6aa216c',
    ])
  })
})

describe('on mainnet where Multicall3 exists', () => {
  const nothing = always({ kind: 'result', change: () => '0x' }, 'eth_call')

  test('default', async () => {
    const proxy = await running.proxy(pretendChain(31_337, 1))
    const reading = await readCalls(createClient([endpointAt(proxy.url)], MAINNET), reads, head)
    expect(reading).toMatchObject({ chainId: 1n, block: running.chain.headBlock })
  })

  test('error: UnexpectedReply for an endpoint that says it does not, and the next operator is asked', async () => {
    const [empty, honest] = [await running.proxy(nothing), await running.proxy(pretendChain(31_337, 1))]
    const alone = createClient([endpointAt(empty.url)], MAINNET)
    await expect(readCalls(alone, reads, head)).rejects.toBeInstanceOf(UnexpectedReply)
    const both = createClient([endpointAt(empty.url, 'a'), endpointAt(honest.url, 'b')], MAINNET)
    expect(await readCalls(both, reads, head)).toMatchObject({ operator: 'b' })
  })

  test('error: NoEndpointServed where all say so', async () => {
    const [one, two] = [await running.proxy(nothing), await running.proxy(nothing)]
    const client = createClient([endpointAt(one.url, 'a'), endpointAt(two.url, 'b')], MAINNET)
    await expect(readCalls(client, reads, head)).rejects.toBeInstanceOf(NoEndpointServed)
  })
})
