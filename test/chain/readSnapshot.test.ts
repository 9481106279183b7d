import { type Address, createPublicClient, type Hex, http, parseAbi } from 'viem'
import { describe, expect, test } from 'vitest'
import type { CallOptions } from '../../src/chain/blockReading.ts'
import { createClient, MAINNET } from '../../src/chain/client.ts'
import {
  judgePool,
  judgePrice,
  judgeRate,
  readSnapshot,
  type Snapshot,
  sampleOf,
} from '../../src/chain/readSnapshot.ts'
import { WAD } from '../../src/math/fixedPoint.ts'
import type { Reading } from '../../src/math/sample.ts'
import { ankr } from '../../src/pools/ankr.ts'
import { poolKey, type TokenPool } from '../../src/pools/definePool.ts'
import { tokenPools } from '../../src/pools/index.ts'
import { readEtherPrice } from '../../src/pools/infrastructure.ts'
import { lido } from '../../src/pools/lido.ts'
import { rocketPool } from '../../src/pools/rocketPool.ts'
import { clientOf, endpointAt, testChain } from '../support/chain.ts'
import { pretendChain } from '../support/faultProxy.ts'

const running = testChain()
/** A chain whose contracts the tests break. */
const broken = testChain({ days: 20 })

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
  const { reth, ankrEth, wsteth, steth, ethUsdFeed } = running.chain.places
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
  const known = (rate: bigint, supply: bigint, pooled = (supply * rate) / WAD) => ({
    state: 'known',
    rate,
    supply,
    pooled,
  })
  return {
    'rocket-pool': known(rethRate, rethSupply),
    ankr: known(ankrRate, ankrSupply),
    lido: known(lidoRate, lidoSupply, lidoPooled),
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
    expect(snapshot.pools.map(({ reading }) => reading.state)).toEqual(['notYet', 'notYet', 'notYet'])
  })
})

const word = (value: bigint): Hex => `0x${value.toString(16).padStart(64, '0')}`
/** Contract code that answers one word, whatever is asked. */
const answering = (value: bigint): Hex => `0x7f${word(value).slice(2)}60005260206000f3`

/** Put other code there while something runs. */
async function withCode<Value>(
  codes: Readonly<Record<Address, Hex>>,
  run: () => Promise<Value>,
): Promise<Value> {
  const places = Object.keys(codes) as Address[]
  const whole = await Promise.all(places.map(place => broken.rpc<Hex>('eth_getCode', [place, 'latest'])))
  for (const place of places) await broken.rpc('anvil_setCode', [place, codes[place]])
  try {
    return await run()
  } finally {
    for (const [index, place] of places.entries()) await broken.rpc('anvil_setCode', [place, whole[index]])
  }
}

describe('a contract that is out of order', () => {
  const faults: readonly (readonly [string, Hex])[] = [
    ['reverts', '0x60006000fd'],
    ['answers 0', answering(0n)],
    ['answers just below the lowest possible rate', answering((9n * WAD) / 10n - 1n)],
    ['answers just above the highest possible rate', answering((25n * WAD) / 10n + 1n)],
    ['answers in another unit', answering(1_150_000_000n)],
    ['answers the largest number', answering(2n ** 256n - 1n)],
    ['answers half a word', '0x60106000f3'],
    ['answers two words', '0x60406000f3'],
  ]

  test.each(faults)(
    'behavior: rETH that %s is unknown and says why, the others are untouched',
    async (_, code) => {
      const client = clientOf(broken.chain.url)
      const before = await readSnapshot(client, tokenPools, head)
      const snapshot = await withCode({ [rocketPool.token.address]: code }, () =>
        readSnapshot(client, tokenPools, head),
      )
      expect(readingOf(snapshot, 'rocket-pool')).toEqual({
        state: 'unknown',
        why: expect.stringMatching(/\.$/),
      })
      for (const id of ['ankr', 'lido']) expect(readingOf(snapshot, id)).toEqual(readingOf(before, id))
      expect(snapshot.price.price).toEqual(before.price.price)
    },
  )

  test('behavior: a contract that disappears from a local chain is “not yet”', async () => {
    const client = clientOf(broken.chain.url)
    const snapshot = await withCode({ [ankr.token.address]: '0x' }, () =>
      readSnapshot(client, tokenPools, head),
    )
    expect(readingOf(snapshot, 'ankr')).toEqual({ state: 'notYet' })
  })

  test('behavior: a rate without a total of the product is no reading of that pool', async () => {
    const code = { [lido.pooled.address]: '0x60006000fd' } as const
    const client = clientOf(broken.chain.url)
    const snapshot = await withCode(code, () => readSnapshot(client, tokenPools, head))
    expect(readingOf(snapshot, 'lido').state).toBe('unknown')
    expect(readingOf(snapshot, 'rocket-pool').state).toBe('known')
  })

  test.each([...faults, ['runs into an invalid opcode', '0xfe'] as const])(
    'behavior: without Multicall3 too, rETH that %s is unknown, the others are known',
    async (_, code) => {
      const codes = { [rocketPool.token.address]: code, [broken.chain.places.multicall3]: '0x' } as const
      const client = clientOf(broken.chain.url)
      const { pools } = await withCode(codes, () => readSnapshot(client, tokenPools, head))
      expect(pools.map(({ reading }) => reading.state)).toEqual(['unknown', 'known', 'known'])
    },
  )

  test('behavior: a contract that burns the gas of the whole call spoils its own figures only', async () => {
    const client = clientOf(broken.chain.url)
    const { pools, price } = await withCode({ [rocketPool.token.address]: '0xfe' }, () =>
      readSnapshot(client, tokenPools, head),
    )
    const states = new Map(pools.map(({ pool, reading }) => [pool.id, reading.state]))
    expect(states).toEqual(
      new Map(tokenPools.map(({ id }) => [id, id === rocketPool.id ? 'unknown' : 'known'])),
    )
    expect(price.price).toBeDefined()
  })

  test.each<[string, Hex]>([
    ['refuses', '0x60006000fd'],
    ['is not there', '0x'],
    ['answers 0', '0x60a06000f3'],
    ['answers one word', '0x60206000f3'],
  ])('behavior: an ETH/USD feed that %s gives no price and says why', async (_, code) => {
    const client = clientOf(broken.chain.url)
    const feed = broken.chain.places.ethUsdFeed
    const { price, pools } = await withCode({ [feed]: code }, () => readSnapshot(client, tokenPools, head))
    expect([price.price, typeof price.why]).toEqual([undefined, 'string'])
    expect(pools.every(({ reading }) => reading.state === 'known')).toBe(true)
  })
})

describe('judging', () => {
  const pool: TokenPool = rocketPool
  const outcome = (returnData: Hex, success = true) => ({ read: pool.rate, success, returnData })
  const [mainnet, local] = [
    { block: 20_000_000n, chainId: 1n },
    { block: 50n, chainId: 31_337n },
  ]
  const rate = word(1_150_000_000_000_000_000n)

  test('default', () => {
    expect(judgePool(pool, [outcome(rate), outcome(word(10n * WAD))], mainnet)).toEqual({
      state: 'known',
      rate: 1_150_000_000_000_000_000n,
      supply: 10n * WAD,
      pooled: 11_500_000_000_000_000_000n,
    })
    expect(judgeRate(pool, outcome(rate), mainnet)).toEqual({ rate: 1_150_000_000_000_000_000n })
  })

  test('behavior: a supply of 0 is a value', () => {
    expect(judgePool(pool, [outcome(rate), outcome(word(0n))], mainnet)).toMatchObject({
      supply: 0n,
      pooled: 0n,
    })
  })

  test('behavior: the bounds themselves are possible', () => {
    const { lowest, highest } = pool.bounds
    for (const bound of [lowest, highest])
      expect(judgeRate(pool, outcome(word(bound)), mainnet)).toEqual({ rate: bound })
    for (const beyond of [lowest - 1n, highest + 1n])
      expect(judgeRate(pool, outcome(word(beyond)), mainnet)).toHaveProperty('why')
  })

  test('behavior: an empty answer is “not yet” on a local chain, and unknown on mainnet where the contract exists', () => {
    const empty = [outcome('0x'), outcome('0x')]
    expect(judgePool(pool, empty, local)).toEqual({ state: 'notYet' })
    expect(judgePool(pool, empty, mainnet).state).toBe('unknown')
    expect(judgePool(pool, empty, { ...mainnet, block: pool.firstBlock - 1n })).toEqual({ state: 'notYet' })
    expect(judgePool(pool, empty, { ...mainnet, block: pool.firstBlock }).state).toBe('unknown')
  })

  test('behavior: a part that is missing makes no reading', () => {
    expect(judgePool(pool, [outcome(rate)], mainnet).state).toBe('unknown')
    expect(judgePool(pool, [], mainnet).state).toBe('unknown')
    expect(judgePool(pool, [outcome(rate), outcome('0x', false)], mainnet).state).toBe('unknown')
    expect(judgeRate(pool, outcome('0x', false), mainnet)).toHaveProperty('why')
  })

  test('behavior: a price counts for a day', () => {
    const round = (updatedAt: bigint) =>
      outcome(
        `0x${[1n, 3_000n * 10n ** 8n, updatedAt, updatedAt, 1n].map(value => word(value).slice(2)).join('')}`,
      )
    const time = 1_790_000_000n
    expect(judgePrice(round(time - 86_400n), time).price?.answer).toBe(300_000_000_000n)
    expect(judgePrice(round(time - 86_401n), time)).toMatchObject({
      price: undefined,
      why: expect.any(String),
    })
  })
})

test('behavior: what is stored of a snapshot is by key of the pool', async () => {
  const snapshot = await readSnapshot(clientOf(running.chain.url), tokenPools, head)
  const { readings, ...rest } = sampleOf(snapshot)
  expect(rest).toEqual({ block: snapshot.block, time: snapshot.time, operator: 'a' })
  expect(Object.keys(readings)).toEqual(tokenPools.map(poolKey))
  expect(readings[poolKey(rocketPool)]).toEqual(readingOf(snapshot, 'rocket-pool'))
})
