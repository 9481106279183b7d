import { type Hex, hexToBigInt } from 'viem'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DEMO_WALLETS, PLACES } from '../../src/embedded/addresses.ts'
import { ChainIsLive, carryOut } from '../../src/embedded/carryOut.ts'
import { call } from '../../src/embedded/keeperCall.ts'
import { createRpc, EmbeddedRpcFailed } from '../../src/embedded/rpc.ts'
import { type EmbeddedChain, startEmbeddedChain } from '../../src/embedded/start.ts'
import { buyCall, sellCall } from '../../src/embedded/walletCalls.ts'
import { WAD } from '../../src/math/fixedPoint.ts'
import { createReading } from './reading.ts'

const NOW = 1_795_000_000n
const WALLET = DEMO_WALLETS.nothing

let chain: EmbeddedChain
let reading: ReturnType<typeof createReading>

beforeAll(async () => {
  const steadyApy = WAD / 30n
  const scenario = { steadyApy, silentDays: 2 }
  chain = await startEmbeddedChain({ days: 20, live: false, now: NOW, seed: 43, scenario })
  reading = createReading(chain)
}, 60_000)
afterAll(() => chain?.stop())

const head = async () => hexToBigInt(await reading.rpc<Hex>('eth_blockNumber'))
const balance = (block: bigint) => reading.read(PLACES.reth, 'balanceOf(address)', [WALLET], block)

test('default', async () => {
  const block = await chain.carryOut([buyCall(PLACES.reth, WALLET, 7n), sellCall(PLACES.reth, WALLET, 2n)])
  expect(block).toBe(chain.headBlock + 1n)
  expect(await reading.time(block)).toBe(NOW + 12n)
  expect([await balance(block - 1n), await balance(block)]).toEqual([0n, 5n])
})

test('behavior: a time can be named, and the next block follows it', async () => {
  const block = await chain.carryOut([], NOW + 86_400n)
  expect(await reading.time(block)).toBe(NOW + 86_400n)
  expect(await reading.time(await chain.carryOut([buyCall(PLACES.reth, WALLET, 1n)]))).toBe(NOW + 86_412n)
})

test('behavior: blocks that somebody else mined are counted', async () => {
  await reading.rpc('evm_mine', [])
  const before = await head()
  expect(await chain.carryOut([])).toBe(before + 1n)
})

test('behavior: a silence can still be ended', async () => {
  const before = await reading.read(PLACES.reth, 'getExchangeRate()')
  await chain.endSilence()
  expect(await reading.read(PLACES.reth, 'getExchangeRate()')).toBeGreaterThan(before)
})

test('error: EmbeddedRpcFailed', async () => {
  const before = await head()
  await expect(chain.carryOut([sellCall(PLACES.reth, WALLET, 10n ** 30n)])).rejects.toThrow(EmbeddedRpcFailed)
  expect(await head()).toBe(before)
  // Nothing of what failed stands in the way of what comes after.
  expect(await chain.carryOut([buyCall(PLACES.reth, WALLET, 1n)])).toBe(before + 1n)
})

test('error: EmbeddedRpcFailed where there is no contract', async () => {
  const nobody = call(WALLET, 'keeperSet(uint256)', 1n)
  await expect(chain.carryOut([nobody])).rejects.toThrow(EmbeddedRpcFailed)
})

test('error: ChainIsLive', async () => {
  const miner = {
    head: () => 1n,
    mine: () => Promise.resolve(2n),
    place: () => Promise.resolve(),
    assertDone: () => Promise.resolve(),
  }
  const asked = carryOut({ rpc: createRpc(chain.url), miner, live: true }, [])
  await expect(asked).rejects.toThrow(ChainIsLive)
})
