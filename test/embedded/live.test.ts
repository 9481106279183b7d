import { beforeAll, describe, expect, test } from 'vitest'
import { KEEPER, PLACES } from '../../src/embedded/addresses.ts'
import { startAnvil } from '../../src/embedded/anvil.ts'
import type { Miner } from '../../src/embedded/build.ts'
import { buildHistory, createMiner, genesisTime } from '../../src/embedded/build.ts'
import { compileContracts } from '../../src/embedded/compile.ts'
import { createHistory } from '../../src/embedded/history.ts'
import { createNextCalls, keepMining } from '../../src/embedded/live.ts'
import { createRpc, EmbeddedRpcFailed } from '../../src/embedded/rpc.ts'
import { startEmbeddedChain } from '../../src/embedded/start.ts'
import { TWINS } from '../../src/embedded/twins/list.ts'
import { createReading } from './reading.ts'

const now = 1_795_000_000n
const history = createHistory({ days: 40, now, seed: 2 })

// A first compilation takes long on a busy machine, and the tests count seconds.
beforeAll(async () => {
  await compileContracts()
}, 60_000)

describe('createNextCalls', () => {
  test('default', () => {
    const nextCalls = createNextCalls(history)
    const counts = Array.from({ length: 50 }, (_, index) =>
      nextCalls(now + BigInt(index + 1) * 12n, BigInt(151 + index)).map(({ target }) => target),
    )
    expect(counts.filter(targets => targets.length > 0)).toEqual([[PLACES.ethUsdFeed], [PLACES.ethUsdFeed]])
  })

  test('behavior: further days land on a real chain, also after a long sleep', async () => {
    const anvil = await startAnvil({ port: 0, chainId: 31337, timestamp: genesisTime(history) })
    try {
      const rpc = createRpc(anvil.url)
      const reading = createReading(anvil)
      const miner = await createMiner(rpc, await compileContracts())
      await buildHistory(miner, rpc, { history, twins: TWINS })
      const nextCalls = createNextCalls(history)
      const rate = () => reading.read(PLACES.reth, 'getExchangeRate()')
      let before = await rate()
      let time = now
      let rises = 0
      // Two days at a block every twenty minutes, three days asleep, then two days more: the first report after the
      // sleep is late, and those after it keep their distance.
      for (const step of [...Array(144).fill(1200n), 259_200n, ...Array(144).fill(1200n)]) {
        time += step
        await miner.mine(time, nextCalls(time, miner.head() + 1n))
        const after = await rate()
        if (after > before) rises += 1
        before = after
      }
      await miner.assertDone()
      expect(rises).toBe(5)
    } finally {
      await anvil.stop()
    }
  })
})

describe('keepMining', () => {
  test('default', async () => {
    const chain = await startEmbeddedChain({ days: 20, live: true })
    const reading = createReading(chain)
    try {
      await expect
        .poll(() => reading.rpc('eth_blockNumber'), { timeout: 14_000, interval: 250 })
        .toBe(`0x${(chain.headBlock + 1n).toString(16)}`)
      const before = await reading.time(chain.headBlock)
      expect(await reading.time('latest')).toBe(before + 12n)
    } finally {
      await chain.stop()
    }
  }, 20_000)

  test('behavior: a failure ends the node, and the chain keeps why', async () => {
    const chain = await startEmbeddedChain({ days: 20, live: true })
    try {
      expect(chain.failure()).toBeUndefined()
      // The keeper counts its runs there: the next block finds another number than the miner's.
      await createReading(chain).rpc('anvil_setStorageAt', [KEEPER, '0x0', `0x${'00'.repeat(32)}`])
      await chain.exited
      expect(chain.failure()).toBeInstanceOf(EmbeddedRpcFailed)
    } finally {
      await chain.stop()
    }
  }, 20_000)

  test('behavior: a failure is told and ends the mining', async () => {
    const miner: Miner = {
      head: () => 1n,
      mine: () => Promise.reject(new RangeError('no more blocks')),
      place: () => Promise.resolve(),
      assertDone: () => Promise.resolve(),
    }
    // Started nearly one slot ago, so that the next slot comes at once.
    const failure = await new Promise(resolve => {
      keepMining({ miner, history, startedAt: Date.now() - 11_950, onFailure: resolve })
    })
    expect(failure).toBeInstanceOf(RangeError)
  })
})
