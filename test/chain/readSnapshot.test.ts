import { type Address, createPublicClient, http, parseAbi } from 'viem'
import { describe, expect, test } from 'vitest'
import type { CallOptions } from '../../src/chain/blockReading.ts'
import { createClient, MAINNET } from '../../src/chain/client.ts'
import { readSnapshot, type Snapshot, sampleOf } from '../../src/chain/readSnapshot.ts'
import { WAD } from '../../src/math/fixedPoint.ts'
import type { Reading } from '../../src/math/sample.ts'
import { poolKey } from '../../src/pools/definePool.ts'
import { tokenPools } from '../../src/pools/index.ts'
import { readEtherPrice } from '../../src/pools/infrastructure.ts'
import { lido } from '../../src/pools/lido.ts'
import { rocketPool } from '../../src/pools/rocketPool.ts'
import { clientOf, endpointAt, testChain } from '../support/chain.ts'
import { pretendChain } from '../support/faultProxy.ts'

const running = testChain()

const head: CallOptions = { block: 'latest', role: 'head' }
const at = (block: bigint): CallOptions => ({ block, role: 'archive' })

const readingOf = ({ pools }: Snapshot, id: string): Reading =>
  pools.find(({ pool }) => pool.id === id)?.reading ?? expect.unreachable(`no reading of ${id}`)

const abi = parseAbi([
  'function getExchangeRate() view returns (uint256)',
  'function ratio() view returns (uint256)',
  'function stEthPerToken() view returns (uint256)',
  'function totalSupply() view returns (uint256)',
  'function getTotalPooledEther() view returns (uint256)',
  'function latestRoundData() view returns (uint80, int256, uint256, uint256, uint80)',
])

/** Ask the contracts one by one, by another library's decoding and not through the definitions. */
async function askDirectly(blockNumber: bigint) {
  const client = createPublicClient({ transport: http(running.chain.url) })
  const { reth, ankrEth, wsteth, steth, ethUsdFeed, rethEthFeed, stethEthFeed } = running.chain.places
  const word = (
    address: Address,
    functionName: 'totalSupply' | 'getExchangeRate' | 'ratio' | 'stEthPerToken' | 'getTotalPooledEther',
  ) => client.readContract({ address, abi, functionName, blockNumber })
  const [rethRate, rethSupply, ratio, ankrSupply, lidoRate, lidoSupply, lidoPooled] = await Promise.all([
    word(reth, 'getExchangeRate'),
    word(reth, 'totalSupply'),
    word(ankrEth, 'ratio'),
    word(ankrEth, 'totalSupply'),
    word(wsteth, 'stEthPerToken'),
    word(wsteth, 'totalSupply'),
    word(steth, 'getTotalPooledEther'),
  ])
  const ankrRate = 10n ** 36n / ratio
  const [, answer, , updatedAt] = await client.readContract({
    address: ethUsdFeed,
    abi,
    functionName: 'latestRoundData',
    blockNumber,
  })
  const round = { abi, functionName: 'latestRoundData', blockNumber } as const
  const market = async (address: Address) => ({
    market: (await client.readContract({ ...round, address }))[1],
  })
  const known = (rate: bigint, supply: bigint, pooled = (supply * rate) / WAD) => ({
    state: 'known',
    rate,
    supply,
    pooled,
  })
  // Single calls leave the markets out.
  const isTogether = blockNumber >= running.chain.deployedAt.multicall3
  const [rethMarket, stethMarket] = isTogether
    ? await Promise.all([market(rethEthFeed), market(stethEthFeed)])
    : []
  return {
    'rocket-pool': { ...known(rethRate, rethSupply), ...rethMarket },
    ankr: known(ankrRate, ankrSupply),
    lido: { ...known(lidoRate, lidoSupply, lidoPooled), ...stethMarket },
    price: { answer, updatedAt },
  }
}

describe('the head', () => {
  test('default: every figure to the wei, in one request with one eth_call', async () => {
    const proxy = await running.proxy()
    const snapshot = await readSnapshot(clientOf(proxy.url), tokenPools, head)
    expect(proxy.requests.map(({ method }) => method)).toEqual(['eth_call'])
    const { price, ...readings } = await askDirectly(running.chain.headBlock)
    for (const [id, reading] of Object.entries(readings)) expect(readingOf(snapshot, id)).toEqual(reading)
    expect(snapshot.price.price).toEqual(price)
    expect(snapshot).toMatchObject({ block: running.chain.headBlock, chainId: 31_337n, operator: 'a' })
  })

  test('behavior: the raw answers are kept for the receipt', async () => {
    const { pools, price } = await readSnapshot(clientOf(running.chain.url), tokenPools, head)
    for (const { pool, outcomes, reading } of pools) {
      expect(outcomes.map(({ read }) => read)).toEqual([pool.rate, pool.supply, pool.pooled].filter(Boolean))
      expect(reading).toMatchObject({ rate: BigInt(outcomes[0]?.returnData ?? '0x0') })
    }
    expect(price.outcome.read).toBe(readEtherPrice)
  })

  test('behavior: some of the pools in an order of one’s own', async () => {
    const snapshot = await readSnapshot(clientOf(running.chain.url), [lido, rocketPool], head)
    const { 'rocket-pool': rocket, lido: wrapped } = await askDirectly(running.chain.headBlock)
    expect(snapshot.pools.map(({ pool }) => pool.id)).toEqual(['lido', 'rocket-pool'])
    expect([readingOf(snapshot, 'rocket-pool'), readingOf(snapshot, 'lido')]).toEqual([rocket, wrapped])
  })

  test('behavior: no pools still give the price', async () => {
    const snapshot = await readSnapshot(clientOf(running.chain.url), [], head)
    expect(snapshot.pools).toEqual([])
    expect(snapshot.price.price?.answer).toBeGreaterThan(0n)
  })
})

describe('old blocks', () => {
  test('default: every figure to the wei', async () => {
    for (const block of [running.chain.deployedAt.multicall3 + 1n, 40n, 61n, running.chain.lastDayBlock]) {
      const snapshot = await readSnapshot(clientOf(running.chain.url), tokenPools, at(block))
      const { price: _, ...readings } = await askDirectly(block)
      expect(snapshot.block).toBe(block)
      for (const [id, reading] of Object.entries(readings)) expect(readingOf(snapshot, id)).toEqual(reading)
    }
  })

  test('behavior: before Multicall3 existed, from single calls', async () => {
    const { ankr: ankrBlock, multicall3 } = running.chain.deployedAt
    const block = multicall3 - 1n
    expect(block).toBeGreaterThan(ankrBlock)
    const snapshot = await readSnapshot(clientOf(running.chain.url), tokenPools, at(block))
    const { price: _, ...readings } = await askDirectly(block)
    for (const [id, reading] of Object.entries(readings)) expect(readingOf(snapshot, id)).toEqual(reading)
  })

  test('behavior: before ankrETH existed it is “not yet”, the others are known', async () => {
    const block = running.chain.deployedAt.ankr - 1n
    const snapshot = await readSnapshot(clientOf(running.chain.url), tokenPools, at(block))
    expect(readingOf(snapshot, 'ankr')).toEqual({ state: 'notYet' })
    expect(readingOf(snapshot, 'rocket-pool').state).toBe('known')
    expect(readingOf(snapshot, 'lido').state).toBe('known')
  })

  test('behavior: before anything existed all is “not yet” and there is no price', async () => {
    const snapshot = await readSnapshot(clientOf(running.chain.url), tokenPools, at(1n))
    expect(snapshot.pools.map(({ reading }) => reading)).toEqual(tokenPools.map(() => ({ state: 'notYet' })))
    expect(snapshot.price.price).toBeUndefined()
  })

  test('behavior: on mainnet a pool’s first block decides, not what answers', async () => {
    const proxy = await running.proxy(pretendChain(31_337, 1))
    const snapshot = await readSnapshot(createClient([endpointAt(proxy.url)], MAINNET), tokenPools, head)
    expect(snapshot.pools.map(({ reading }) => reading)).toEqual(tokenPools.map(() => ({ state: 'notYet' })))
    expect(
      snapshot.pools.some(({ outcomes }) => outcomes.every(({ returnData }) => returnData !== '0x')),
    ).toBe(true)
  })
})

test('behavior: what is stored of a snapshot is by key of the pool', async () => {
  const snapshot = await readSnapshot(clientOf(running.chain.url), tokenPools, head)
  const { readings, ...rest } = sampleOf(snapshot)
  expect(rest).toEqual({ block: snapshot.block, time: snapshot.time, operator: 'a' })
  expect(Object.keys(readings)).toEqual(tokenPools.map(poolKey))
  expect(readings[poolKey(rocketPool)]).toEqual(readingOf(snapshot, 'rocket-pool'))
})
