import { type Hex, hexToBigInt, slice } from 'viem'
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
import { DAY, WAD } from '../../src/math/fixedPoint.ts'
import { createReading } from './reading.ts'
import { largestError } from './reports.ts'

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

describe('a silence', () => {
  const steadyApy = (3n * WAD) / 100n
  const silent = createHistory({
    days: 40,
    now,
    seed: 2,
    scenario: { steadyApy, silentDays: 3 },
  })
  const readPoint = (data: Hex) => {
    const word = (index: number) => hexToBigInt(slice(data, 4 + 32 * index, 36 + 32 * index))
    return { time: word(1), rate: (word(2) * WAD) / word(4) }
  }
  const daysSince = (time: bigint) => (time - now) / DAY

  test('behavior: Rocket Pool stays silent until it is asked, and then reports every day', () => {
    let ended = false
    const last = silent.days[39] ?? silent.opening
    const silence = {
      measured: { block: 81n, measuredAt: last.measuredAt },
      isEnded: () => ended,
      end: () => {
        ended = true
      },
    }
    const nextCalls = createNextCalls(silent, silence)
    const reports: bigint[] = []
    const told: { time: bigint; rate: bigint }[] = []
    const rebases: bigint[] = []
    for (let slot = 1n; slot < 600n; slot++) {
      if (slot === 300n) silence.end()
      const time = now + slot * 1200n
      const calls = nextCalls(time, 150n + slot)
      const targets = calls.map(({ target }) => target)
      const report = calls.find(({ target }) => target === PLACES.rocketBalances4)
      if (report !== undefined) told.push(readPoint(report.data))
      if (targets.includes(PLACES.rocketBalances4)) reports.push(time)
      if (targets.includes(PLACES.steth)) rebases.push(time)
    }
    expect(rebases.map(daysSince)).toEqual([1n, 2n, 3n, 4n, 5n, 6n, 7n, 8n])
    expect(reports[0]).toBe(now + 300n * 1200n)
    expect(reports.map(daysSince)).toEqual([4n, 5n, 6n, 7n, 8n])
    // The newest of the days that it kept to itself comes first.
    expect(told.map(({ time }) => time / DAY - last.measuredAt / DAY)).toEqual([4n, 5n, 6n, 7n, 8n])
    // A block comes up to twenty minutes after the time that the rate is of.
    const ends = [{ time: last.measuredAt, rate: last.rethRate }, ...told]
    expect(largestError(ends, steadyApy, 3n * DAY)).toBeLessThan(steadyApy / 100n)
    const gaps = reports.slice(1).map((time, index) => time - (reports[index] ?? 0n))
    expect(gaps.every(gap => gap >= 82_800n)).toBe(true)
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
