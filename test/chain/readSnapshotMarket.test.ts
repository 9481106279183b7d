import { createPublicClient, http, parseAbi } from 'viem'
import { describe, expect, test } from 'vitest'
import { readLive } from '../../src/chain/readLive.ts'
import { readSnapshot, type Snapshot, sampleOf, snapshotReads } from '../../src/chain/readSnapshot.ts'
import { askSecondOpinion } from '../../src/chain/secondOpinion.ts'
import { WAD } from '../../src/math/fixedPoint.ts'
import type { Reading } from '../../src/math/sample.ts'
import { marketReads, poolKey, type TokenPool } from '../../src/pools/definePool.ts'
import { dinero } from '../../src/pools/dinero.ts'
import { tokenPools } from '../../src/pools/index.ts'
import { MULTICALL3 } from '../../src/pools/infrastructure.ts'
import { lido } from '../../src/pools/lido.ts'
import { rocketPool } from '../../src/pools/rocketPool.ts'
import { clientOf, testChain } from '../support/chain.ts'
import { createFakeChain, LATE, type Reply, roundWords } from './fakeChain.ts'

const running = testChain()

const head = { block: 'latest', role: 'head' } as const
const at = (block: bigint) => ({ block, role: 'archive' }) as const

const readingOf = ({ pools }: Snapshot, { id }: TokenPool): Reading =>
  pools.find(({ pool }) => pool.id === id)?.reading ?? expect.unreachable(`no reading of ${id}`)

const marketOf = (snapshot: Snapshot, pool: TokenPool): bigint | undefined => {
  const reading = readingOf(snapshot, pool)
  return reading.state === 'known' ? reading.market : undefined
}

function without(reading: Reading): Reading {
  if (reading.state !== 'known') return reading
  const { market: _, ...rest } = reading
  return rest
}

const withFeed = tokenPools.filter(({ market }) => market.kind === 'feed')

describe('against direct calls', () => {
  const abi = parseAbi([
    'function latestRoundData() view returns (uint80, int256, uint256, uint256, uint80)',
    'function decimals() view returns (uint8)',
  ])

  /** What a feed tells by another library's decoding, in ETH of 18 decimals; undefined where it is none or too old. */
  async function askFeed({ market }: TokenPool, blockNumber: bigint, now: bigint) {
    if (market.kind === 'none') return undefined
    const client = createPublicClient({ transport: http(running.chain.url) })
    const code = await client.getCode({ address: market.feed, blockNumber })
    if (code === undefined) return undefined
    const ask = { address: market.feed, abi, blockNumber } as const
    const [round, decimals] = await Promise.all([
      client.readContract({ ...ask, functionName: 'latestRoundData' }).catch(() => undefined),
      client.readContract({ ...ask, functionName: 'decimals' }),
    ])
    if (round === undefined || now - round[3] > 86_400n) return undefined
    return round[1] * 10n ** (18n - BigInt(decimals))
  }

  test('default: every market at many blocks of the history, to the last digit', async () => {
    const { deployedAt, headBlock, lastDayBlock } = running.chain
    const seen = new Map(withFeed.map(({ id }) => [id, new Set<bigint>()]))
    const blocks = [deployedAt.multicall3 + 1n, 20n, 33n, 40n, 47n, 61n, lastDayBlock - 1n, headBlock]
    for (const block of blocks) {
      const snapshot = await readSnapshot(clientOf(running.chain.url), tokenPools, at(block))
      for (const pool of tokenPools) {
        const { state } = readingOf(snapshot, pool)
        const wanted = state === 'known' ? await askFeed(pool, block, snapshot.time) : undefined
        expect(marketOf(snapshot, pool), `${pool.id} at ${block}`).toBe(wanted)
        if (wanted !== undefined) seen.get(pool.id)?.add(wanted)
      }
    }
    expect(seen.size).toBeGreaterThanOrEqual(10)
    for (const [id, prices] of seen) expect(prices.size, id).toBeGreaterThan(1)
  })

  test('behavior: a feed of other decimals has its price in ETH too, and a given-up one none at last', async () => {
    const swell = tokenPools.find(({ id }) => id === 'swell') ?? expect.unreachable('no Swell')
    const snapshot = await readSnapshot(clientOf(running.chain.url), tokenPools, head)
    expect(marketOf(snapshot, dinero)).toBeGreaterThan((9n * WAD) / 10n)
    expect(readingOf(snapshot, swell)).toMatchObject({ state: 'known' })
    expect(readingOf(snapshot, swell)).not.toHaveProperty('market')
  })

  test('behavior: the head has the market that is shown live', async () => {
    const { pools } = await readLive(clientOf(running.chain.url), tokenPools, { role: 'head' })
    for (const { pool, reading, facts } of pools) {
      const told = 'value' in facts.market ? facts.market.value.price : undefined
      expect(reading.state === 'known' && reading.market, pool.id).toBe(told)
    }
  })

  test('behavior: before its feed is there a pool is known without a market', async () => {
    const { pools } = await readSnapshot(clientOf(running.chain.url), tokenPools, head)
    const feed = rocketPool.market.feed
    const code = await running.rpc<string>('eth_getCode', [feed, 'latest'])
    await running.rpc('anvil_setCode', [feed, '0x'])
    try {
      const snapshot = await readSnapshot(clientOf(running.chain.url), tokenPools, head)
      for (const { pool, reading } of pools) {
        const wanted = pool === rocketPool ? without(reading) : reading
        expect(readingOf(snapshot, pool), pool.id).toStrictEqual(wanted)
      }
      expect(readingOf(snapshot, rocketPool)).not.toHaveProperty('market')
    } finally {
      await running.rpc('anvil_setCode', [feed, code])
    }
  })
})

describe('a feed that is out of order', () => {
  const { time } = LATE
  const PRICE = (999n * WAD) / 1_000n
  const rounds: readonly (readonly [string, Reply])[] = [
    ['refuses', 'reverts'],
    ['is not there', '0x'],
    ['answers one word', WAD],
    ['is older than its heartbeat', roundWords(PRICE, time - 86_401n)],
    ['is of the future', roundWords(PRICE, time + 61n)],
    ['tells 0', roundWords(0n, time)],
    ['tells less than 0', roundWords(-PRICE, time)],
  ]
  const scales: readonly (readonly [string, Reply])[] = [
    ['does not tell its decimals', 'reverts'],
    ['tells nothing for its decimals', '0x'],
    ['tells impossible decimals', 37n],
    ['tells so many decimals that nothing is left', 36n],
  ]
  const faults = [
    ...rounds.map(([what, reply]) => [what, 0, reply] as const),
    ...scales.map(([what, reply]) => [what, 1, reply] as const),
  ]

  test.each(faults)(
    'behavior: one that %s leaves its pool known without a market',
    async (_, place, reply) => {
      const honest = await readSnapshot(createFakeChain().client, tokenPools, head)
      for (const broken of withFeed) {
        const chain = createFakeChain()
        chain.reply(marketReads(broken)[place] ?? expect.unreachable(), reply)
        // 36 places of an answer of 18 leave a price that is below one.
        if (reply === 36n)
          chain.reply(marketReads(broken)[0] ?? expect.unreachable(), roundWords(WAD - 1n, time))
        const snapshot = await readSnapshot(chain.client, tokenPools, head)
        for (const { pool, reading } of honest.pools) {
          expect(readingOf(snapshot, pool)).toStrictEqual(pool === broken ? without(reading) : reading)
        }
        expect(chain.asked).toHaveLength(1)
      }
    },
  )

  test('behavior: as old as its heartbeat it still counts, at its own scale', async () => {
    const chain = createFakeChain()
    const [round, decimals] = marketReads(rocketPool)
    if (round === undefined || decimals === undefined) return expect.unreachable('no feed')
    chain.reply(round, roundWords(110_000_000n, time - 86_400n))
    chain.reply(decimals, 8n)
    const snapshot = await readSnapshot(chain.client, tokenPools, head)
    expect(marketOf(snapshot, rocketPool)).toBe((11n * WAD) / 10n)
    expect(marketOf(snapshot, lido)).toBe(PRICE)
  })

  test('behavior: a pool that is not known or without a feed has no market', async () => {
    const chain = createFakeChain()
    chain.reply(rocketPool.rate, 'reverts')
    const snapshot = await readSnapshot(chain.client, tokenPools, head)
    expect(readingOf(snapshot, rocketPool)).toEqual({ state: 'unknown', why: expect.any(String) })
    const feedless = tokenPools.filter(({ market }) => market.kind === 'none')
    expect(feedless.length).toBeGreaterThan(0)
    for (const pool of feedless) expect(readingOf(snapshot, pool)).not.toHaveProperty('market')
  })
})

describe('what is asked', () => {
  test('default: markets with the rest in one call, each question once, two pools of one feed too', async () => {
    const chain = createFakeChain()
    const twin: TokenPool = { ...rocketPool, id: 'twin', token: lido.token }
    const snapshot = await readSnapshot(chain.client, [...tokenPools, twin], head)
    const [inner = []] = chain.inner
    expect(chain.asked).toHaveLength(1)
    expect(new Set(inner).size).toBe(inner.length)
    expect(inner.length).toBe(3 + snapshotReads(tokenPools).length)
    for (const { address, callData } of withFeed.flatMap(marketReads))
      expect(inner).toContain(`${address} ${callData}`.toLowerCase())
    expect(readingOf(snapshot, twin)).toStrictEqual(readingOf(snapshot, rocketPool))
  })

  test('behavior: where each question is a request of its own feeds are not asked, by a witness either', async () => {
    const [first, second] = [await running.proxy(), await running.proxy()]
    const client = clientOf(first.url, second.url)
    const block = running.chain.deployedAt.multicall3 - 1n
    const snapshot = await readSnapshot(client, tokenPools, at(block))
    expect(readingOf(snapshot, rocketPool).state).toBe('known')
    expect(snapshot.pools.some(({ reading }) => 'market' in reading)).toBe(false)
    const opinion = { pools: tokenPools, role: 'archive' } as const
    expect((await askSecondOpinion(client, sampleOf(snapshot), opinion)).kind).toBe('agreed')
    const targets = (proxy: typeof first): string[] =>
      proxy.requests.flatMap(({ method, params }) =>
        method === 'eth_call' ? [(params[0] as { to: string }).to.toLowerCase()] : [],
      )
    for (const proxy of [first, second]) {
      const single = targets(proxy).filter(to => to !== MULTICALL3.toLowerCase())
      expect(single).toContain(rocketPool.rate.address.toLowerCase())
      for (const { address } of withFeed.flatMap(marketReads))
        expect(single).not.toContain(address.toLowerCase())
    }
  })

  test('behavior: a feed that burns the gas of the whole call spoils no rate', async () => {
    const feed = rocketPool.market.feed
    const { pools } = await readSnapshot(clientOf(running.chain.url), tokenPools, head)
    const code = await running.rpc<string>('eth_getCode', [feed, 'latest'])
    await running.rpc('anvil_setCode', [feed, '0xfe'])
    try {
      const snapshot = await readSnapshot(clientOf(running.chain.url), tokenPools, head)
      for (const { pool, reading } of pools) {
        expect(reading.state).toBe('known')
        expect(without(readingOf(snapshot, pool))).toStrictEqual(without(reading))
      }
    } finally {
      await running.rpc('anvil_setCode', [feed, code])
    }
  })
})

test('behavior: what is stored of a snapshot has the market', async () => {
  const snapshot = await readSnapshot(clientOf(running.chain.url), tokenPools, head)
  const { readings } = sampleOf(snapshot)
  expect(readings[poolKey(rocketPool)]).toMatchObject({ market: marketOf(snapshot, rocketPool) })
  expect(marketOf(snapshot, rocketPool)).toBeGreaterThan(WAD)
})
