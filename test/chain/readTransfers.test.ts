import { type Address, type Hex, pad, toHex } from 'viem'
import { describe, expect, test } from 'vitest'
import type { ChainClient } from '../../src/chain/client.ts'
import { createClient } from '../../src/chain/client.ts'
import type { Endpoint } from '../../src/chain/endpoints.ts'
import {
  MethodUnavailable,
  NoEndpointServed,
  TooManyResults,
  UnexpectedReply,
} from '../../src/chain/errors.ts'
import { estimateRequests, readTransfers, type TransfersReading } from '../../src/chain/readTransfers.ts'
import { buyCall, moveCall, moveSharesCall, sellCall } from '../../src/embedded/walletCalls.ts'
import { WAD } from '../../src/math/fixedPoint.ts'
import { tokenPools } from '../../src/pools/index.ts'
import { walletAssets } from '../../src/pools/walletAssets.ts'
import { TRANSFER, TRANSFER_SHARES, transfersOf } from '../../src/pools/walletTransfers.ts'
import { endpointAt, LOCAL, testChain } from '../support/chain.ts'
import { filterAddressCap, resultCap, spanCap } from '../support/faultLimits.ts'
import { always, refuse } from '../support/faultProxy.ts'

const [HOLDER, OTHER, STRANGER] = [0xb1n, 0xb2n, 0xb3n].map(value => toHex(value, { size: 20 })) as [
  Address,
  Address,
  Address,
]
const assets = walletAssets(tokenPools)
const tokenOf = (symbol: string): Address =>
  assets.find(asset => asset.symbol === symbol)?.token ?? expect.unreachable(symbol)
const [rETH, wstETH, stETH] = [tokenOf('rETH'), tokenOf('wstETH'), tokenOf('stETH')]

const running = testChain({
  days: 30,
  wallets: [
    { at: { day: 3 }, calls: [buyCall(rETH, HOLDER, 5n * WAD)] },
    { at: { day: 8 }, calls: [buyCall(stETH, HOLDER, 3n * WAD), buyCall(wstETH, OTHER, WAD)] },
    // Between the two, to itself, and out: all in one block.
    {
      at: { day: 12 },
      calls: [
        moveCall(rETH, { from: HOLDER, to: OTHER }, WAD),
        moveCall(rETH, { from: HOLDER, to: HOLDER }, WAD),
        moveCall(rETH, { from: HOLDER, to: STRANGER }, WAD),
      ],
    },
    { at: { day: 20 }, calls: [moveSharesCall({ from: HOLDER, to: STRANGER }, WAD)] },
    { at: { day: 25 }, calls: [sellCall(rETH, OTHER, WAD / 2n)] },
  ],
})

type RawLog = { blockNumber: Hex; logIndex: Hex; address: Hex; topics: Hex[] }

/** All logs of the chain that the accounts are named in, as the node itself gives them without any filter. */
async function truth(accounts: readonly Address[]): Promise<string[]> {
  const all = await running.rpc<RawLog[]>('eth_getLogs', [{ fromBlock: '0x0', toBlock: 'latest' }])
  const tokens = assets.flatMap(({ token }) => token?.toLowerCase() ?? [])
  const own = accounts.map(account => pad(account).toLowerCase())
  return all
    .filter(({ address }) => tokens.includes(address))
    .filter(({ topics: [event = '0x'] }) =>
      ([TRANSFER.topic, TRANSFER_SHARES.topic] as Hex[]).includes(event),
    )
    .filter(({ topics }) => topics.slice(1).some(topic => own.includes(topic)))
    .map(({ blockNumber, logIndex }) => `${BigInt(blockNumber)} ${BigInt(logIndex)}`)
}

const placesOf = ({ logs }: Pick<TransfersReading, 'logs'>): string[] =>
  logs.map(({ block, index }) => `${block} ${index}`)

const recordOf = (url: string, limits?: Endpoint['limits']): Endpoint => ({
  ...endpointAt(url, 'a'),
  ...(limits === undefined ? {} : { limits }),
})
const clientAt = (url: string, limits?: Endpoint['limits']): ChainClient =>
  createClient([recordOf(url, limits)], LOCAL)

const all = () => ({ from: 0n, to: running.chain.headBlock })

async function readAll(
  client: ChainClient,
  accounts: readonly Address[],
  options: Partial<Parameters<typeof readTransfers>[3]> = {},
): Promise<readonly TransfersReading[]> {
  const steps: TransfersReading[] = []
  for await (const step of readTransfers(client, assets, accounts, { ...all(), ...options })) steps.push(step)
  return steps
}

const lastOf = (steps: readonly TransfersReading[]): TransfersReading =>
  steps.at(-1) ?? expect.unreachable('nothing was read')

describe('readTransfers', () => {
  test('default: all transfers of both accounts, each log once, in two requests', async () => {
    const proxy = await running.proxy()
    const last = lastOf(await readAll(clientAt(proxy.url), [HOLDER, OTHER]))
    const places = await truth([HOLDER, OTHER])
    expect(places.length).toBeGreaterThan(8)
    expect(placesOf(last)).toEqual(places)
    expect(last).toMatchObject({ covered: [all()], requests: 2n })
    expect(proxy.requests.map(({ method }) => method)).toEqual(['eth_getLogs', 'eth_getLogs'])
  })

  test('behavior: what moved comes to what is held', async () => {
    const client = clientAt(running.chain.url)
    const { logs } = lastOf(await readAll(client, [HOLDER, OTHER]))
    const moved = (accounts: readonly Address[], asset: string): bigint =>
      transfersOf(logs, assets, accounts)
        .filter(transfer => transfer.asset === asset)
        .reduce((sum, { units = 0n }) => sum + units, 0n)
    expect(moved([HOLDER, OTHER], rETH)).toBe(4n * WAD - WAD / 2n)
    expect(moved([HOLDER], rETH)).toBe(3n * WAD)
    expect(moved([OTHER], wstETH)).toBe(WAD)
    const shares = await running.rpc<Hex>('eth_call', [
      { to: stETH, data: `0xf5eb42dc${pad(HOLDER).slice(2)}` },
      'latest',
    ])
    expect(moved([HOLDER], stETH)).toBe(BigInt(shares))
  })

  test('behavior: newest first, a yield after every request, nothing covered by half an answer', async () => {
    const proxy = await running.proxy()
    const steps = await readAll(clientAt(proxy.url, { span: 20n }), [HOLDER])
    expect(steps.map(({ requests }) => requests)).toEqual(steps.map((_, index) => BigInt(index + 1)))
    expect(proxy.count()).toBe(steps.length)
    const { to } = all()
    expect(steps[0]).toMatchObject({ covered: [], logs: [] })
    expect(steps[1]?.covered).toEqual([{ from: to - 19n, to }])
    const lengths = steps.map(({ covered }) => covered.length)
    expect(Math.max(...lengths)).toBe(1)
    const last = lastOf(steps)
    expect(last.covered).toEqual([all()])
    expect(placesOf(last)).toEqual(await truth([HOLDER]))
    for (const { logs, covered } of steps)
      for (const { block } of logs) expect(block).toBeGreaterThanOrEqual(covered[0]?.from ?? to)
  })

  test('behavior: what is known is not asked for again, and stays', async () => {
    const proxy = await running.proxy()
    const before: TransfersReading[] = []
    for await (const step of readTransfers(clientAt(proxy.url, { span: 30n }), assets, [HOLDER], all())) {
      before.push(step)
      if (before.length === 4) break
    }
    const known = before[3] ?? expect.unreachable('four steps')
    const asked = proxy.count()
    const last = lastOf(await readAll(clientAt(proxy.url, { span: 1_000n }), [HOLDER], { known }))
    expect(proxy.count() - asked).toBe(2)
    const [params] = (proxy.requests.at(-1)?.params ?? []) as [{ toBlock: Hex }]
    expect(BigInt(params.toBlock)).toBe((known.covered[0]?.from ?? 0n) - 1n)
    expect(placesOf(last)).toEqual(await truth([HOLDER]))
    expect(await readAll(clientAt(proxy.url), [HOLDER], { known: last })).toEqual([])
  })

  test.each([
    ['states the blocks that it allows', spanCap({ cap: 16n })],
    ['says that it allows fewer than it does', spanCap({ cap: 40n, says: 7n })],
    ['allows so many logs', resultCap({ cap: 5 })],
    ['takes few addresses', filterAddressCap({ cap: 4 })],
  ])('behavior: an endpoint that %s gives all of them in the end', async (_, policy) => {
    const proxy = await running.proxy(policy)
    const last = lastOf(await readAll(clientAt(proxy.url), [HOLDER, OTHER]))
    expect(placesOf(last)).toEqual(await truth([HOLDER, OTHER]))
    expect(last.covered).toEqual([all()])
    expect(proxy.count()).toBeGreaterThan(2)
  })

  test('behavior: tokens are asked about in as many groups as the endpoint takes', async () => {
    const proxy = await running.proxy()
    const last = lastOf(await readAll(clientAt(proxy.url, { addresses: 9n }), [HOLDER, OTHER]))
    expect(placesOf(last)).toEqual(await truth([HOLDER, OTHER]))
    expect(last.requests).toBe(6n)
  })

  test('behavior: an answer that is full to the brim is asked for in parts', async () => {
    const proxy = await running.proxy()
    const client = clientAt(proxy.url, { results: 4n })
    const last = lastOf(await readAll(client, [HOLDER]))
    expect(placesOf(last)).toEqual(await truth([HOLDER]))
    expect(proxy.count()).toBeGreaterThan(2)
  })

  test('behavior: a refusal that passes is waited for', async () => {
    let asked = 0
    const proxy = await running.proxy(() => {
      asked += 1
      return asked === 2 ? refuse(429, { message: 'rate limit' }) : undefined
    })
    const last = lastOf(await readAll(clientAt(proxy.url), [HOLDER]))
    expect(placesOf(last)).toEqual(await truth([HOLDER]))
    expect(proxy.count()).toBe(3)
  })

  test('error: TooManyResults where a single block holds more than it gives', async () => {
    const proxy = await running.proxy()
    const reading = readAll(clientAt(proxy.url, { results: 2n }), [HOLDER])
    await expect(reading).rejects.toBeInstanceOf(TooManyResults)
  })

  test('error: UnexpectedReply for a log of somebody else', async () => {
    const proxy = await running.proxy(
      always({
        kind: 'result',
        change: result =>
          (result as RawLog[]).map(log => ({
            ...log,
            topics: [log.topics[0], pad(STRANGER), pad(STRANGER)],
          })),
      }),
    )
    await expect(readAll(clientAt(proxy.url), [HOLDER])).rejects.toBeInstanceOf(UnexpectedReply)
  })

  test('error: MethodUnavailable, and no other endpoint sees the address', async () => {
    const wallets = await running.proxy(
      always(
        refuse(200, { code: -32_601, message: 'the method eth_getLogs does not exist/is not available' }),
      ),
    )
    const others = await running.proxy()
    const endpoints = [
      endpointAt(others.url, 'a', ['head', 'archive', 'logs']),
      endpointAt(wallets.url, 'b', ['wallet']),
    ]
    await expect(readAll(createClient(endpoints, LOCAL), [HOLDER])).rejects.toBeInstanceOf(MethodUnavailable)
    expect(others.count()).toBe(0)
  })

  test('error: NoEndpointServed', async () => {
    const client = createClient([endpointAt(running.chain.url, 'a', ['logs'])], LOCAL)
    await expect(readAll(client, [HOLDER])).rejects.toBeInstanceOf(NoEndpointServed)
  })

  test('behavior: an abort stays an abort', async () => {
    const signal = AbortSignal.abort(new RangeError('left'))
    await expect(readAll(clientAt(running.chain.url), [HOLDER], { signal })).rejects.toBeInstanceOf(
      RangeError,
    )
  })

  test('behavior: the wallet is named in the ledger as such', async () => {
    const client = clientAt(running.chain.url)
    await readAll(client, [HOLDER])
    expect(client.ledger.entries().map(({ carriesAddress }) => carriesAddress)).toEqual([true, true])
  })
})

describe('estimateRequests', () => {
  test('default: two for each span of the record, or of the 10,000 blocks tried first', () => {
    expect(estimateRequests(clientAt('http://a.test', { span: 1_000n }), 2_500n)).toBe(6n)
    expect(estimateRequests(clientAt('http://a.test'), 2_628_000n)).toBe(526n)
    expect(estimateRequests(clientAt('http://a.test'), 0n)).toBe(0n)
  })

  test('behavior: as many times as there are groups of tokens', () => {
    const client = clientAt('http://a.test', { span: 1_000n, addresses: 9n })
    expect(estimateRequests(client, 1_000n, 21n)).toBe(6n)
  })

  test('behavior: by what was learned', async () => {
    const proxy = await running.proxy(spanCap({ cap: 16n }))
    const client = clientAt(proxy.url)
    await readAll(client, [HOLDER])
    expect(estimateRequests(client, 160n)).toBe(20n)
  })

  test('behavior: undefined where the wallet’s endpoint serves no logs, whatever others do', () => {
    const endpoints = [
      endpointAt('http://a.test', 'a', ['logs']),
      endpointAt('http://b.test', 'b', ['wallet', 'head']),
    ]
    expect(estimateRequests(createClient(endpoints, LOCAL), 100n)).toBeUndefined()
    expect(estimateRequests(createClient(endpoints.slice(0, 1), LOCAL), 100n)).toBeUndefined()
  })
})
