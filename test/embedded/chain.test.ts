import {
  type Address,
  decodeFunctionResult,
  encodeFunctionData,
  type Hex,
  hexToBigInt,
  multicall3Abi,
  parseAbi,
} from 'viem'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DEMO_WALLETS, PLACES } from '../../src/embedded/addresses.ts'
import { WAD } from '../../src/embedded/line.ts'
import { type EmbeddedChain, startEmbeddedChain } from '../../src/embedded/start.ts'
import { createReading } from './reading.ts'

const NOW = 1_795_000_000n
const FEED = parseAbi(['function latestRoundData() view returns (uint80, int256, uint256, uint256, uint80)'])

let chain: EmbeddedChain
let reading: ReturnType<typeof createReading>

beforeAll(async () => {
  chain = await startEmbeddedChain({ days: 40, live: false, now: NOW })
  reading = createReading(chain)
}, 60_000)
afterAll(() => chain.stop())

const SELECTORS: readonly (readonly [Address, Hex])[] = [
  [PLACES.reth, '0xe6aa216c'],
  [PLACES.reth, '0x18160ddd'],
  [PLACES.reth, '0x313ce567'],
  [PLACES.reth, '0xd6eb5910'],
  [PLACES.reth, '0x852185fc'],
  [PLACES.rocketBalances4, '0x964d042c'],
  [PLACES.rocketBalances4, '0x9100c13d'],
  [PLACES.rocketBalances4, '0xf1eda634'],
  [PLACES.rocketBalances4, '0xc4c8d0ad'],
  [PLACES.rocketBalances4, '0x9dba66af'],
  [PLACES.rocketBalances4, '0x54fd4d50'],
  [PLACES.rocketBalances4, '0x8e0ebd87'],
  [PLACES.rocketBalances2, '0xa9bb16ed'],
  [PLACES.rocketDepositPool, '0x12065fe0'],
  [PLACES.rocketDepositPool, '0x888b042f'],
  [PLACES.rocketDepositPool, '0x1eddb626'],
  [PLACES.rocketSettingsNetwork, '0x7638f374'],
  [PLACES.ankrEth, '0x71ca337d'],
  [PLACES.ankrEth, '0x5dfba115'],
  [PLACES.ankrEth, '0xad60a6a6'],
  [PLACES.aethB, '0x18160ddd'],
  [PLACES.ankrGlobalPool, '0x126d5df6'],
  [PLACES.steth, '0x37cfdaca'],
  [PLACES.steth, '0xd5002f2e'],
  [PLACES.steth, '0xced72f87'],
  [PLACES.steth, '0x752f77f1'],
  [PLACES.steth, '0x47b714e0'],
  [PLACES.steth, '0x1ea7ca89'],
  [PLACES.steth, '0x609c4c6c'],
  [PLACES.wsteth, '0x035faf82'],
  [PLACES.wsteth, '0x9576a0c8'],
  [PLACES.lidoWithdrawalQueue, '0xd0fb84e8'],
  [PLACES.lidoWithdrawalQueue, '0xc2fc7aff'],
  [PLACES.lidoWithdrawalQueue, '0x19c2b4c3'],
  [PLACES.lidoWithdrawalQueue, '0x4f069a13'],
  [PLACES.lidoWithdrawalQueue, '0xf6fa8a47'],
  [PLACES.ethUsdFeed, '0xfeaf968c'],
  [PLACES.ethUsdFeed, '0x313ce567'],
  [PLACES.ethUsdFeed, '0x7284e416'],
  [PLACES.ethUsdFeed, '0x245a7bfc'],
  [PLACES.multicall3, '0x42cbb15c'],
  [PLACES.multicall3, '0x0f28c97d'],
  [PLACES.multicall3, '0x27e86d6e'],
  [PLACES.multicall3, '0x3408e470'],
  [PLACES.multicall3, '0x3e64a696'],
]

describe('startEmbeddedChain', () => {
  test('default', async () => {
    expect(await reading.rpc('eth_chainId')).toBe('0x7a69')
    const head = await reading.block('latest')
    expect(hexToBigInt(head.number)).toBe(chain.headBlock)
    expect(hexToBigInt(head.timestamp)).toBe(NOW)
    expect(chain.url).toBe(`http://127.0.0.1:${chain.port}`)
  })

  test.each(SELECTORS)('behavior: %s answers %s', async (address, selector) => {
    expect(await reading.rawCall(address, selector)).toMatch(/^0x([0-9a-f]{64})+$/)
  })

  test('behavior: block 1 is empty, and nothing is there before the opening block', async () => {
    expect((await reading.block(1n)).transactions).toEqual([])
    expect(await reading.code(PLACES.reth, chain.deployedAt.opening - 1n)).toBe('0x')
    expect(await reading.code(PLACES.reth, chain.deployedAt.opening)).not.toBe('0x')
  })

  test('behavior: the daily history lies at or below finalized, and the tail is 12 s apart', async () => {
    expect(hexToBigInt((await reading.block('finalized')).number)).toBeGreaterThanOrEqual(chain.lastDayBlock)
    for (let block = chain.headBlock - 65n; block <= chain.headBlock; block++) {
      expect(await reading.time(block)).toBe(NOW - (chain.headBlock - block) * 12n)
    }
  })

  test('behavior: every day has its block, at its time', async () => {
    expect(chain.firstDayBlock).toBe(chain.landmarks.dayBlocks[0])
    for (const [day, block] of chain.landmarks.dayBlocks.entries()) {
      expect(await reading.time(block)).toBe(chain.history.days[day]?.landedAt)
    }
  })

  test('behavior: the price feed follows the history and is fresh at the head', async () => {
    const answerAt = async (block: bigint | 'latest') => {
      const data = await reading.rawCall(PLACES.ethUsdFeed, '0xfeaf968c', block)
      return decodeFunctionResult({ abi: FEED, data })
    }
    const [, price, , updatedAt] = await answerAt(chain.landmarks.dayBlocks[7] ?? 0n)
    expect(price).toBe(chain.history.days[7]?.ethUsd)
    expect(updatedAt).toBe(chain.history.days[7]?.landedAt)
    const [, headPrice, , headUpdate] = await answerAt('latest')
    expect(headPrice).toBe(3_000_00000000n)
    expect(headUpdate).toBe(NOW)
  })

  test('behavior: the first demo wallet holds something of everything', async () => {
    const wallet = DEMO_WALLETS.everything
    expect(hexToBigInt(await reading.rpc<Hex>('eth_getBalance', [wallet, 'latest']))).toBe((47n * WAD) / 10n)
    for (const token of [PLACES.reth, PLACES.ankrEth, PLACES.aethB, PLACES.steth, PLACES.wsteth]) {
      expect(await reading.read(token, 'balanceOf(address)', [wallet])).toBeGreaterThan(WAD)
      expect(await reading.read(token, 'balanceOf(address)', [DEMO_WALLETS.nothing])).toBe(0n)
      const ofSecond = await reading.read(token, 'balanceOf(address)', [DEMO_WALLETS.rethOnly])
      expect(ofSecond > 0n).toBe(token === PLACES.reth)
    }
  })

  test('behavior: the same seed and now give the same blocks, another seed others', async () => {
    const again = await startEmbeddedChain({ days: 40, live: false, now: NOW })
    const other = await startEmbeddedChain({ days: 40, live: false, now: NOW, seed: 9 })
    try {
      for (const block of [1n, chain.firstDayBlock, chain.headBlock]) {
        const { hash } = await reading.block(block)
        expect((await createReading(again).block(block)).hash).toBe(hash)
      }
      const { hash } = await reading.block(chain.headBlock)
      expect((await createReading(other).block(chain.headBlock)).hash).not.toBe(hash)
    } finally {
      await again.stop()
      await other.stop()
    }
  })

  test('behavior: stop ends the node', async () => {
    const short = await startEmbeddedChain({ days: 20, live: true })
    expect(() => process.kill(short.pid, 0)).not.toThrow()
    await short.stop()
    await short.exited
    expect(() => process.kill(short.pid, 0)).toThrow()
    await expect(createReading(short).rpc('eth_chainId')).rejects.toThrow()
  })
})

describe('Multicall3', () => {
  const aggregate = async (
    calls: { target: Address; allowFailure: boolean; callData: Hex }[],
    block: bigint,
  ) => {
    const data = encodeFunctionData({ abi: multicall3Abi, functionName: 'aggregate3', args: [calls] })
    return { data, reply: await reading.rawCall(PLACES.multicall3, data, block) }
  }

  test('default', async () => {
    const { reply } = await aggregate(
      [
        { target: PLACES.multicall3, allowFailure: false, callData: '0x42cbb15c' },
        { target: PLACES.multicall3, allowFailure: false, callData: '0x0f28c97d' },
        { target: PLACES.reth, allowFailure: true, callData: '0xe6aa216c' },
        { target: PLACES.reth, allowFailure: true, callData: '0xdeadbeef' },
        { target: DEMO_WALLETS.nothing, allowFailure: true, callData: '0xe6aa216c' },
      ],
      chain.lastDayBlock,
    )
    const results = decodeFunctionResult({ abi: multicall3Abi, functionName: 'aggregate3', data: reply })
    expect(results.map(({ success }) => success)).toEqual([true, true, true, false, true])
    const [number, time, rate, , nobody] = results.map(({ returnData }) => returnData)
    expect(BigInt(number ?? '0x0')).toBe(chain.lastDayBlock)
    expect(BigInt(time ?? '0x0')).toBe(chain.history.days[39]?.landedAt)
    expect(BigInt(rate ?? '0x0')).toBe(await reading.read(PLACES.reth, 'getExchangeRate()'))
    expect(nobody).toBe('0x')
  })

  test('behavior: a failure that is not allowed fails all', async () => {
    const calls = [{ target: PLACES.reth, allowFailure: false, callData: '0xdeadbeef' as const }]
    await expect(aggregate(calls, chain.headBlock)).rejects.toThrow(/Multicall3: call failed/)
  })

  test('behavior: it tells the hash of an earlier block and the balance of a wallet', async () => {
    const parent = (await reading.block(chain.headBlock - 1n)).hash
    const word = (chain.headBlock - 1n).toString(16).padStart(64, '0')
    expect(await reading.rawCall(PLACES.multicall3, `0xee82ac5e${word}`)).toBe(parent)
    expect(await reading.rawCall(PLACES.multicall3, '0x27e86d6e')).toBe(parent)
    const balance = await reading.read(PLACES.multicall3, 'getEthBalance(address)', [DEMO_WALLETS.everything])
    expect(balance).toBe((47n * WAD) / 10n)
  })

  test('behavior: before it was deployed an aggregate returns nothing, and a single call answers', async () => {
    const before = chain.deployedAt.multicall3 - 1n
    const calls = [{ target: PLACES.reth, allowFailure: true, callData: '0xe6aa216c' as const }]
    expect((await aggregate(calls, before)).reply).toBe('0x')
    expect((await aggregate(calls, before + 1n)).reply).not.toBe('0x')
    expect(await reading.read(PLACES.reth, 'getExchangeRate()', [], before)).toBeGreaterThan(WAD)
  })
})
