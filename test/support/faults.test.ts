import { decodeFunctionResult, encodeFunctionData, type Hex, multicall3Abi } from 'viem'
import { describe, expect, test, vi } from 'vitest'
import { MULTICALL3 } from '../../src/pools/infrastructure.ts'
import { rocketPool } from '../../src/pools/rocketPool.ts'
import { testChain } from './chain.ts'
import { hex } from './faultBlocks.ts'
import { ask, send } from './faultClient.ts'
import { both } from './faultCombine.ts'
import { rateLimit } from './faultLimits.ts'
import { always, type FaultPolicy, refuse } from './faultProxy.ts'
import {
  cutOff,
  emptyLogs,
  errorIn200,
  flaky,
  hangs,
  hugeAnswer,
  ignoresBlock,
  lyingRate,
  noCors,
  noCorsOnErrors,
  noCorsOnPreflight,
  nothing,
  nullResult,
  refuseAll,
  resets,
  slow,
  staleHead,
  webPage,
  wrongChain,
  wrongId,
} from './faults.ts'

const running = testChain({ days: 20 })
const { address, callData } = rocketPool.rate
const rateAt = (block: unknown) => [{ to: address, data: callData }, block] as const

type Word = 'getBlockNumber' | 'getChainId'

/** One call of Multicall3 for the rate between a block number and the chain's id. */
const aggregate = encodeFunctionData({
  abi: multicall3Abi,
  functionName: 'aggregate3',
  args: [
    [
      ...(['getBlockNumber', 'getChainId'] as const satisfies Word[]).map(functionName => ({
        target: MULTICALL3,
        allowFailure: true,
        callData: encodeFunctionData({
          abi: [{ type: 'function', name: functionName, inputs: [], outputs: [], stateMutability: 'view' }],
          functionName,
        }),
      })),
      { target: address, allowFailure: true, callData },
    ],
  ],
})
const aggregateAt = (block: unknown) => [{ to: MULTICALL3, data: aggregate }, block] as const

function decoded(result: unknown) {
  const results = decodeFunctionResult({
    abi: multicall3Abi,
    functionName: 'aggregate3',
    data: result as Hex,
  })
  const [block, chainId, rate] = results.map(({ returnData }) => BigInt(returnData))
  return { block, chainId, rate }
}

const urlOf = async (policy: FaultPolicy) => (await running.proxy(policy)).url
const question = { jsonrpc: '2.0', id: 41, method: 'eth_chainId', params: [] }

describe('every fault', () => {
  const faults: readonly FaultPolicy[] = [
    refuseAll('publicnode archive'),
    noCorsOnErrors(),
    noCorsOnPreflight(),
    noCors(),
    emptyLogs(),
    ignoresBlock(),
    staleHead({ behind: 5n }),
    wrongChain(),
    slow({ ms: 1 }),
    hangs(),
    cutOff(),
    webPage(),
    webPage({ status: 503 }),
    hugeAnswer(),
    hugeAnswer({ isDeclared: false }),
    lyingRate({ factor: [11n, 10n] }),
    lyingRate({ factor: [11n, 10n], every: 2 }),
    errorIn200(),
    nothing(),
    wrongId(),
    nullResult(),
    resets(),
    flaky(3, resets()),
    rateLimit({ calls: 1 }),
  ]

  test('default: has a name of its own, also in pairs', () => {
    const names = faults.map(({ name }) => name)
    expect(new Set(names).size).toBe(faults.length)
    expect(names.every(name => name.length > 3)).toBe(true)
    expect(both(hangs(), slow({ ms: 3 })).name).toBe('hangs + slow by 3 ms')
  })
})

describe('no answer', () => {
  test('default: a refusal of everything, in the captured words', async () => {
    const url = await urlOf(refuseAll('publicnode archive'))
    for (const method of ['eth_chainId', 'eth_call', 'eth_getLogs'])
      expect(await ask(url, method)).toMatchObject({ status: 403, error: { code: -32_602 } })
  })

  test('default: hangs until the client leaves', async () => {
    const proxy = await running.proxy(hangs())
    const leaving = new AbortController()
    const answer = send(proxy.url, question, { signal: leaving.signal })
    await vi.waitFor(() => expect(proxy.count()).toBe(1))
    leaving.abort()
    await expect(answer).rejects.toHaveProperty('name', 'AbortError')
    await vi.waitFor(() => expect(proxy.requests[0]?.aborted).toBe(true))
  })

  test('default: resets the connection before a status', async () => {
    await expect(
      fetch(await urlOf(resets()), { method: 'POST', body: JSON.stringify(question) }),
    ).rejects.toThrow(TypeError)
  })

  test('default: cut off after half of what it said it would send', async () => {
    const proxy = await running.proxy()
    const { text } = await send(proxy.url, question)
    proxy.forget()
    proxy.imitate(cutOff())
    const response = await fetch(proxy.url, { method: 'POST', body: JSON.stringify(question) })
    expect([response.status, response.headers.get('content-length')]).toEqual([200, `${text.length}`])
    const read: string[] = []
    const decoder = new TextDecoder()
    const reading = async () => {
      for await (const chunk of response.body ?? []) read.push(decoder.decode(chunk))
    }
    await expect(reading()).rejects.toThrow(TypeError)
    const half = text.slice(0, Math.floor(text.length / 2))
    expect([read.join(''), proxy.requests[0]?.bytesOut]).toEqual([half, half.length])
  })

  test.each([200, 403, 503])('default: a web page under HTTP %d', async status => {
    const answered = await send(await urlOf(webPage({ status })), question)
    expect(answered.status).toBe(status)
    expect(answered.headers.get('content-type')).toMatch(/^text\/html/)
    expect(answered.text).toMatch(/^<!doctype html>/i)
  })

  test('default: nothing at all', async () => {
    expect(await send(await urlOf(nothing()), question)).toMatchObject({ status: 200, text: '' })
  })

  test('default: an error in a 200', async () => {
    expect(await ask(await urlOf(errorIn200()), 'eth_chainId')).toMatchObject({
      status: 200,
      error: { code: -32_603 },
    })
  })
})

describe('an answer that is none', () => {
  test('default: null instead of a result; an error stays', async () => {
    const url = await urlOf(nullResult())
    expect(await ask(url, 'eth_chainId')).toMatchObject({ id: 41, result: null })
    expect(await ask(url, 'eth_nothing')).toHaveProperty('error')
  })

  test('default: the id of another request under the right result', async () => {
    const url = await urlOf(wrongId())
    const { id, result } = await ask(url, 'eth_chainId')
    expect([id === 41, result]).toEqual([false, '0x7a69'])
    const named = await send(url, { ...question, id: 'mine' })
    expect(JSON.parse(named.text)).toMatchObject({ id, result: '0x7a69' })
  })

  test.each([true, false])('default: 40 MB of JSON, its length told beforehand: %s', async isDeclared => {
    const proxy = await running.proxy(hugeAnswer({ isDeclared }))
    const { text, headers } = await send(proxy.url, question)
    expect(text.length).toBeGreaterThan(40_000_000)
    expect(headers.get('content-length')).toBe(isDeclared ? `${text.length}` : null)
    expect(proxy.requests[0]).toMatchObject({ bytesOut: text.length, aborted: false })
    const reply = JSON.parse(text)
    expect([reply.id, reply.result.length]).toEqual([41, 40_000_002])
  })

  test('behavior: a client that leaves a huge answer early was not sent all of it', async () => {
    const proxy = await running.proxy(hugeAnswer())
    const leaving = new AbortController()
    const init = { method: 'POST', body: JSON.stringify(question), signal: leaving.signal }
    await (await fetch(proxy.url, init)).body?.getReader().read()
    leaving.abort()
    await vi.waitFor(() => expect(proxy.requests[0]?.aborted).toBe(true))
    expect(proxy.requests[0]?.bytesOut).toBeLessThan(30_000_000)
  })
})

test.each<[string, FaultPolicy]>([
  ['an answer', slow({ ms: 400 })],
  ['a refusal', both(always(refuse(429, { message: 'no' })), slow({ ms: 400 }))],
])('default: slow: %s comes after one that was asked for later', async (_, policy) => {
  const [late, prompt] = [await running.proxy(policy), await running.proxy()]
  const order: string[] = []
  const first = send(late.url, question).then(() => order.push('late'))
  await vi.waitFor(() => expect(late.count()).toBe(1))
  await send(prompt.url, question).then(() => order.push('prompt'))
  await first
  expect(order).toEqual(['prompt', 'late'])
})

describe('wrong answers', () => {
  test('default: no logs every third time, and only of logs', async () => {
    const url = await urlOf(emptyLogs())
    const counts: (number | undefined)[] = []
    for (let time = 0; time < 6; time++) {
      const { result } = await ask(url, 'eth_getLogs', [{ fromBlock: '0x0', toBlock: 'latest' }])
      await ask(url, 'eth_chainId')
      counts.push((result as unknown[]).length)
    }
    const [all = 0] = counts
    expect(all).toBeGreaterThan(0)
    expect(counts).toEqual([all, all, 0, all, all, 0])
  })

  test('default: the newest state whatever block was asked for', async () => {
    const url = await urlOf(ignoresBlock())
    const early = hex(running.chain.firstDayBlock + 2n)
    const [old, newest] = [
      await running.rpc('eth_call', rateAt(early)),
      await running.rpc('eth_call', rateAt('latest')),
    ]
    expect(old).not.toBe(newest)
    for (const block of [early, { blockNumber: early }])
      expect(await ask(url, 'eth_call', rateAt(block))).toMatchObject({ result: newest })
    const proofOf = (result: unknown) => (result as { balance: string }).balance
    const [held, holds] = await Promise.all(
      ['0x0', 'latest'].map(block => running.rpc('eth_getProof', [address, [], block])),
    )
    expect(proofOf(held)).not.toBe(proofOf(holds))
    const { result } = await ask(url, 'eth_getProof', [address, [], '0x0'])
    expect(proofOf(result)).toBe(proofOf(holds))
    expect(await ask(url, 'eth_getBlockByNumber', ['0x1', false])).toMatchObject({
      result: { number: '0x1' },
    })
  })

  test('default: another chain, said and in Multicall3', async () => {
    const url = await urlOf(wrongChain({ to: 17_000 }))
    expect(await ask(url, 'eth_chainId')).toMatchObject({ result: '0x4268' })
    const honest = decoded(await running.rpc('eth_call', aggregateAt('latest')))
    expect(honest.chainId).toBe(31_337n)
    expect(decoded((await ask(url, 'eth_call', aggregateAt('latest'))).result)).toEqual({
      ...honest,
      chainId: 17_000n,
    })
  })

  test.each<[string, () => FaultPolicy, readonly boolean[]]>([
    [
      'another fault every third time',
      () => flaky(3, refuseAll('drpc rate')),
      [true, true, false, true, true, false],
    ],
    [
      'a fault of some requests',
      () => flaky(2, always(refuse(500, { message: 'x' }), 'eth_call')),
      Array(6).fill(true),
    ],
  ])('default: flaky: %s', async (_, policy, expected) => {
    const url = await urlOf(policy())
    const served: boolean[] = []
    for (let time = 0; time < 6; time++) served.push((await ask(url, 'eth_chainId')).status === 200)
    expect(served).toEqual(expected)
  })
})

describe('a stale head', () => {
  const BEHIND = 12n
  const stale = () => urlOf(staleHead({ behind: BEHIND }))

  test('default: head, header, state and logs end at the older block', async () => {
    const [url, head] = [await stale(), running.chain.headBlock]
    const last = hex(head - BEHIND)
    expect(await ask(url, 'eth_blockNumber')).toMatchObject({ result: last })
    expect(await ask(url, 'eth_getBlockByNumber', ['latest', false])).toMatchObject({
      result: { number: last },
    })
    for (const params of [aggregateAt('latest'), [aggregateAt('latest')[0]]])
      expect(decoded((await ask(url, 'eth_call', params)).result).block).toBe(head - BEHIND)
    const finalized = await running.rpc<{ number: Hex }>('eth_getBlockByNumber', ['finalized', false])
    expect(await ask(url, 'eth_getBlockByNumber', ['finalized', false])).toMatchObject({
      result: { number: hex(BigInt(finalized.number) - BEHIND) },
    })
  })

  test('behavior: up to its head it is right, beyond it knows nothing', async () => {
    const [url, head] = [await stale(), running.chain.headBlock]
    const [last, next] = [hex(head - BEHIND), hex(head - BEHIND + 1n)]
    expect((await ask(url, 'eth_call', rateAt(last))).result).toBe(
      await running.rpc('eth_call', rateAt(last)),
    )
    const { hash } = await running.rpc<{ hash: Hex }>('eth_getBlockByNumber', [next, false])
    for (const block of [next, { blockHash: hash }])
      expect(await ask(url, 'eth_call', rateAt(block))).toMatchObject({ error: { code: -32_000 } })
    expect(await ask(url, 'eth_getBlockByNumber', [last, false])).toMatchObject({ result: { number: last } })
    expect(await ask(url, 'eth_getBlockByNumber', [next, false])).toMatchObject({ result: null })
    expect(await ask(url, 'eth_getBlockByHash', [hash, false])).toMatchObject({ result: null })
    expect(await ask(url, 'eth_chainId')).toMatchObject({ result: '0x7a69' })
  })

  test('behavior: logs end at its head without a word', async () => {
    type Log = { readonly blockNumber: Hex }
    // Most blocks at the end of the embedded chain are empty; so far back the last reports are beyond its head.
    const [behind, head] = [75n, running.chain.headBlock]
    const url = await urlOf(staleHead({ behind }))
    const logs = await running.rpc<Log[]>('eth_getLogs', [{ fromBlock: '0x0', toBlock: 'latest' }])
    const known = logs.filter(({ blockNumber }) => BigInt(blockNumber) <= head - behind)
    expect([known.length > 0, known.length < logs.length]).toEqual([true, true])
    for (const toBlock of ['latest', hex(head)])
      expect(await ask(url, 'eth_getLogs', [{ fromBlock: '0x0', toBlock }])).toMatchObject({ result: known })
    const beyond = { fromBlock: hex(head - behind + 1n), toBlock: hex(head) }
    expect(await running.rpc('eth_getLogs', [beyond])).not.toEqual([])
    expect(await ask(url, 'eth_getLogs', [beyond])).toMatchObject({ result: [] })
    const last = { fromBlock: hex(head - behind), toBlock: hex(head - behind) }
    expect((await ask(url, 'eth_getLogs', [last])).result).toEqual(await running.rpc('eth_getLogs', [last]))
    expect((await ask(url, 'eth_getLogs', [{}])).result).toEqual(await running.rpc('eth_getLogs', [last]))
  })

  test('behavior: further behind than the chain is long, it ends at the first block', async () => {
    const url = await urlOf(staleHead({ behind: 1_000_000n }))
    expect(await ask(url, 'eth_blockNumber')).toMatchObject({ result: '0x0' })
    expect(await ask(url, 'eth_getBlockByNumber', ['latest', false])).toMatchObject({
      result: { number: '0x0' },
    })
  })
})

describe('a lying rate', () => {
  const factor = [101n, 100n] as const
  const honestAt = async (block: unknown) => BigInt(await running.rpc<Hex>('eth_call', rateAt(block)))

  test('default: the rate alone and in Multicall3, at each block, and nothing else', async () => {
    const url = await urlOf(lyingRate({ factor }))
    const rates = new Set<bigint>()
    for (const back of [0n, 30n, 80n]) {
      const block = hex(running.chain.headBlock - back)
      const honest = await honestAt(block)
      const lie = (honest * 101n) / 100n
      rates.add(lie)
      expect(BigInt(String((await ask(url, 'eth_call', rateAt(block))).result))).toBe(lie)
      const all = decoded(await running.rpc('eth_call', aggregateAt(block)))
      expect(all.rate).toBe(honest)
      expect(decoded((await ask(url, 'eth_call', aggregateAt(block))).result)).toEqual({ ...all, rate: lie })
    }
    expect(rates.size).toBeGreaterThan(1)
  })

  test('behavior: two liars lie differently', async () => {
    const lies = await Promise.all(
      [lyingRate({ factor }), lyingRate({ factor: [99n, 100n] })].map(
        async policy => (await ask(await urlOf(policy), 'eth_call', rateAt('latest'))).result,
      ),
    )
    const honest = await honestAt('latest')
    expect(lies.map(lie => BigInt(String(lie)))).toEqual([(honest * 101n) / 100n, (honest * 99n) / 100n])
  })

  test('behavior: one in two of the answers that hold a rate', async () => {
    const url = await urlOf(lyingRate({ factor, every: 2 }))
    const honest = await honestAt('latest')
    const told: boolean[] = []
    for (let time = 0; time < 6; time++) {
      await ask(url, 'eth_call', [{ to: MULTICALL3, data: '0x42cbb15c' }, 'latest'])
      told.push(BigInt(String((await ask(url, 'eth_call', rateAt('latest'))).result)) === honest)
    }
    expect(told).toEqual([true, false, true, false, true, false])
  })

  test('behavior: another read may be lied about, and rETH’s stays honest then', async () => {
    const read = { address: MULTICALL3, callData: '0x42cbb15c' } as const
    const url = await urlOf(lyingRate({ factor: [2n, 1n], reads: [read] }))
    const honest = decoded(await running.rpc('eth_call', aggregateAt('latest')))
    expect(decoded((await ask(url, 'eth_call', aggregateAt('latest'))).result)).toEqual({
      ...honest,
      block: running.chain.headBlock * 2n,
    })
  })

  test('behavior: where there is no rate yet, the node’s answer stays', async () => {
    const url = await urlOf(lyingRate({ factor }))
    expect(await ask(url, 'eth_call', rateAt('0x0'))).toMatchObject({
      result: await running.rpc('eth_call', rateAt('0x0')),
    })
    expect(await ask(url, 'eth_call', rateAt('0xffffff'))).toHaveProperty('error')
  })
})
