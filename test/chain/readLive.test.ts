import type { Hex } from 'viem'
import { describe, expect, test } from 'vitest'
import type { Outcome } from '../../src/chain/blockReading.ts'
import { RateLimited, UnexpectedReply, WrongChain } from '../../src/chain/errors.ts'
import type { PoolFacts } from '../../src/chain/judgeFacts.ts'
import { type Live, type LivePool, liveReads, readLive } from '../../src/chain/readLive.ts'
import { readSnapshot, snapshotOf, snapshotReads } from '../../src/chain/readSnapshot.ts'
import { WAD } from '../../src/math/fixedPoint.ts'
import type { Reading } from '../../src/math/sample.ts'
import type { TokenPool } from '../../src/pools/definePool.ts'
import { tokenPools } from '../../src/pools/index.ts'
import { readBlockNumber, readEtherPrice, readParentHash } from '../../src/pools/infrastructure.ts'
import { lido } from '../../src/pools/lido.ts'
import type { Read } from '../../src/pools/read.ts'
import { rocketPool } from '../../src/pools/rocketPool.ts'
import { clientOf, testChain } from '../support/chain.ts'
import { always, refuse } from '../support/faultProxy.ts'
import {
  createFakeChain,
  type FakeChain,
  feedReads,
  LATE,
  type Reply,
  resultOf,
  roundWords,
  words,
} from './fakeChain.ts'

const head = { role: 'head' } as const
const read = ({ client }: FakeChain): Promise<Live> => readLive(client, tokenPools, head)

const WHY = { why: expect.stringMatching(/^[A-Z].{10,}\.$/) }

function factsOf({ pools }: Live, { id }: TokenPool): PoolFacts {
  return pools.find(({ pool }) => pool.id === id)?.facts ?? expect.unreachable(`no facts of ${id}`)
}

/** Read everything where some reads answer otherwise. */
async function readWith(...replies: readonly (readonly [Read, Reply])[]): Promise<Live> {
  const chain = createFakeChain()
  for (const [asked, reply] of replies) chain.reply(asked, reply)
  return read(chain)
}

/** One fact beside the rate: where it stands, and what it was asked by. */
type Fact = {
  readonly name: string
  readonly pool: TokenPool
  readonly reads: readonly Read[]
  readonly of: (facts: PoolFacts) => object | undefined
}

const allFacts: readonly Fact[] = tokenPools.flatMap((pool): Fact[] => {
  const fact = (name: string, reads: readonly Read[], of: Fact['of']): Fact => ({
    name: `${pool.id}: ${name}`,
    pool,
    reads,
    of,
  })
  return [
    ...(pool.lastReport ? [fact('last report', [pool.lastReport.read], facts => facts.lastReport)] : []),
    ...(pool.streamEnd ? [fact('stream end', [pool.streamEnd], facts => facts.streamEnd)] : []),
    ...(pool.fee.kind === 'read' ? [fact('fee', pool.fee.reads, facts => facts.fee)] : []),
    ...(pool.market.kind === 'feed' ? [fact('market', feedReads(pool), facts => facts.market)] : []),
    ...pool.exit.figures.map((figure, index) =>
      fact(figure.label, [figure.read], facts => facts.exit[index]),
    ),
  ]
})
const eachFact = allFacts.map(fact => [fact.name, fact] as const)

/** All facts of a reading but those that are told by some read. */
const otherFacts = (live: Live, reads: readonly Read[]) =>
  allFacts
    .filter(fact => !fact.reads.some(one => reads.includes(one)))
    .map(fact => [fact.name, fact.of(factsOf(live, fact.pool))])

describe('what is asked', () => {
  test('default: all of it in one eth_call at the newest block', async () => {
    const chain = createFakeChain()
    const live = await read(chain)
    expect(chain.asked.map(({ method, params }) => [method, params[1]])).toEqual([['eth_call', 'latest']])
    expect(live).toMatchObject({ ...LATE, operator: 'Test node' })
    expect(live.pools.map(({ pool }) => pool)).toEqual(tokenPools)
  })

  test('behavior: each question once, whatever shares it', async () => {
    const chain = createFakeChain()
    await read(chain)
    const [inner = []] = chain.inner
    expect(new Set(inner).size).toBe(inner.length)
    const questions = liveReads(tokenPools).map(({ address, callData }) =>
      `${address} ${callData}`.toLowerCase(),
    )
    expect(new Set(questions).size).toBe(questions.length)
    // Block, time and chain id besides.
    expect(inner.slice(3)).toEqual(questions)
  })

  test('behavior: the price, all that is stored and all facts, and nothing else', () => {
    const reads = liveReads(tokenPools)
    expect(reads.slice(0, snapshotReads(tokenPools).length)).toEqual(snapshotReads(tokenPools))
    const wanted = [...snapshotReads(tokenPools), ...allFacts.flatMap(fact => fact.reads), readParentHash]
    const texts = (some: readonly Read[]) =>
      [...new Set(some.map(({ address, callData }) => address + callData))].toSorted()
    expect(texts(reads)).toEqual(texts(wanted))
    expect(liveReads([])).toEqual([readEtherPrice, readParentHash])
  })

  test('behavior: the hash of the block before comes with it', async () => {
    const chain = createFakeChain()
    chain.reply(readParentHash, 0x1234n)
    expect((await read(chain)).parentHash).toBe(words(0x1234n))
  })

  test('behavior: at a block of one’s own choice, with its signal and role', async () => {
    const chain = createFakeChain()
    const { signal } = new AbortController()
    await readLive(chain.client, [lido], { block: LATE.block, role: 'archive', signal })
    expect(chain.asked[0]).toMatchObject({ role: 'archive', signal })
    expect(chain.asked[0]?.params[1]).toBe('0x18cba80')
  })
})

describe('what is told', () => {
  test('default: every fact of every pool, with its outcomes for the receipt', async () => {
    const live = await read(createFakeChain())
    expect(allFacts.length).toBeGreaterThan(30)
    for (const { name, pool, reads, of } of allFacts) {
      const fact = of(factsOf(live, pool))
      expect(fact, name).toHaveProperty('value')
      const asked = reads.map(({ address, callData }) => [address, callData])
      expect(fact).toHaveProperty(
        'outcomes',
        asked.map(() =>
          expect.objectContaining({ success: true, returnData: expect.stringMatching(/^0x.{64,}/) }),
        ),
      )
      const { outcomes } = fact as { readonly outcomes: readonly { readonly read: Read }[] }
      expect(outcomes.map(outcome => [outcome.read.address, outcome.read.callData])).toEqual(asked)
    }
  })

  test('behavior: rates, supplies, markets and the price are those of a snapshot', async () => {
    const chain = createFakeChain()
    const live = await read(chain)
    const outcomes = live.pools.flatMap(pool => [...pool.outcomes, ...pool.facts.market.outcomes])
    const at = {
      ...LATE,
      operator: 'Test node',
      url: 'http://test',
      outcomes: [live.price.outcome, ...outcomes],
    }
    const { pools, price } = snapshotOf(at, tokenPools)
    expect(live.price).toEqual(price)
    expect(live.pools.map(({ reading }) => reading)).toEqual(pools.map(({ reading }) => reading))
    expect(live.pools.every(({ reading }) => reading.state === 'known')).toBe(true)
  })

  test('behavior: what a pool’s contracts never tell is not there, and says why where it has a reason', async () => {
    const live = await read(createFakeChain())
    for (const pool of tokenPools) {
      const { lastReport, streamEnd, fee, market, exit } = factsOf(live, pool)
      expect([lastReport === undefined, streamEnd === undefined]).toEqual([
        pool.lastReport === undefined,
        pool.streamEnd === undefined,
      ])
      if (pool.fee.kind === 'published') expect(fee).toEqual({ value: pool.fee.fraction, outcomes: [] })
      if (pool.fee.kind === 'unknown') expect(fee).toEqual({ why: pool.fee.why, outcomes: [] })
      if (pool.market.kind === 'none') expect(market).toEqual({ why: pool.market.why, outcomes: [] })
      expect(exit).toHaveLength(pool.exit.figures.length)
    }
    const kinds = new Set(tokenPools.flatMap(({ fee, market }) => [fee.kind, market.kind]))
    expect(kinds).toEqual(new Set(['read', 'published', 'unknown', 'feed', 'none']))
  })
})

describe('a fact that is not told', () => {
  const wrong: readonly (readonly [string, Reply])[] = [
    ['refuses', 'reverts'],
    ['refuses with a reason that would pass for an answer', { reverts: words(1n) }],
    ['refuses with a reason that would pass for a round', { reverts: roundWords(WAD, LATE.time) }],
    ['answers nothing', '0x'],
    ['answers 31 bytes', words(1n).slice(0, -2) as Hex],
    ['answers 33 bytes', `${words(1n)}00`],
    ['answers seven words', words(1n, 1n, 1n, 1n, 1n, 1n, 1n)],
  ]

  /** A reading as it is where a read is not answered: the market is a part of it that may be missing. */
  const readingWithout =
    ({ address, callData }: Read) =>
    ({ pool, reading }: LivePool): Reading => {
      const isOfMarket = feedReads(pool).some(one => one.address === address && one.callData === callData)
      if (reading.state !== 'known' || !isOfMarket) return reading
      const { market: _, ...rest } = reading
      return rest
    }

  test.each(eachFact)('behavior: %s says why, and all else stands', async (_, { pool, reads, of }) => {
    const before = await read(createFakeChain())
    for (const one of reads)
      for (const [, reply] of wrong) {
        const live = await readWith([one, reply])
        const outcomes = expect.arrayContaining([expect.objectContaining(resultOf(reply))])
        expect(of(factsOf(live, pool))).toEqual({ ...WHY, outcomes })
        expect(live.pools.map(({ reading }) => reading)).toEqual(before.pools.map(readingWithout(one)))
        expect(live.price).toEqual(before.price)
        expect(otherFacts(live, [...reads, one])).toEqual(otherFacts(before, [...reads, one]))
      }
  })

  test('behavior: it says which function did not answer', async () => {
    const [fee] = lido.fee.reads
    expect(factsOf(await readWith([fee, 'reverts']), lido).fee).toMatchObject({
      why: 'The contract did not answer getFee() view returns (uint16).',
    })
  })

  test('behavior: a rate that refuses takes no fact with it', async () => {
    const before = await read(createFakeChain())
    for (const pool of tokenPools) {
      const live = await readWith([pool.rate, 'reverts'])
      const states = live.pools.map(({ reading }) => reading.state)
      expect(states).toEqual(tokenPools.map(({ id }) => (id === pool.id ? 'unknown' : 'known')))
      expect(otherFacts(live, [])).toEqual(otherFacts(before, []))
      // Only what is worked out from the rate goes with it.
      const { premium } = factsOf(live, pool)
      expect(premium).toEqual({ ...WHY, outcomes: factsOf(before, pool).premium.outcomes })
    }
  })

  test('error: UnexpectedReply where half of the whole answer is missing: no fact of it is shown', async () => {
    const chain = createFakeChain()
    chain.reply(readBlockNumber, '0x')
    await expect(read(chain)).rejects.toBeInstanceOf(UnexpectedReply)
  })

  test('error: WrongChain', async () => {
    const { client } = createFakeChain({ ...LATE, chainId: 5n })
    const mainnet = { ...client, network: { ...client.network, chainIds: [1n] } }
    await expect(readLive(mainnet, tokenPools, head)).rejects.toBeInstanceOf(WrongChain)
  })
})

describe('on a chain', () => {
  const running = testChain({ days: 20 })

  test('default: one request with one eth_call, rates as a snapshot has them, facts as asked by themselves', async () => {
    const proxy = await running.proxy()
    const live = await readLive(clientOf(proxy.url), tokenPools, head)
    expect(proxy.requests.map(({ method }) => method)).toEqual(['eth_call'])
    const snapshot = await readSnapshot(clientOf(running.chain.url), tokenPools, { ...head, block: 'latest' })
    expect(live.pools.map(({ reading }) => reading)).toEqual(snapshot.pools.map(({ reading }) => reading))
    expect(live).toMatchObject({ block: snapshot.block, time: snapshot.time, price: snapshot.price })
    for (const { name, pool, of } of allFacts.filter(fact =>
      ['rocket-pool', 'ankr', 'lido'].includes(fact.pool.id),
    )) {
      const fact = of(factsOf(live, pool))
      expect(fact, name).toHaveProperty('value')
      const { outcomes } = fact as { readonly outcomes: readonly Outcome[] }
      for (const { read: asked, returnData } of outcomes)
        expect(await running.rpc('eth_call', [{ to: asked.address, data: asked.callData }, 'latest'])).toBe(
          returnData,
        )
    }
  })

  test('behavior: a contract beside the pool that is out of order spoils its own facts only', async () => {
    const { url, places } = running.chain
    const before = await readLive(clientOf(url), tokenPools, head)
    const code = await running.rpc('eth_getCode', [places.rocketSettingsNetwork, 'latest'])
    await running.rpc('anvil_setCode', [places.rocketSettingsNetwork, '0x60006000fd'])
    const proxy = await running.proxy()
    const live = await readLive(clientOf(proxy.url), tokenPools, head)
    await running.rpc('anvil_setCode', [places.rocketSettingsNetwork, code])
    expect(proxy.count()).toBe(1)
    expect(factsOf(live, rocketPool).fee).toMatchObject({ ...WHY, outcomes: [{ success: false }] })
    expect(live.pools.map(({ reading }) => reading)).toEqual(before.pools.map(({ reading }) => reading))
    expect(otherFacts(live, rocketPool.fee.reads)).toEqual(otherFacts(before, rocketPool.fee.reads))
  })

  test('error: RateLimited, and the next operator answers all of it', async () => {
    const limited = await running.proxy(always(refuse(429, { message: 'rate limit' })))
    await expect(readLive(clientOf(limited.url), tokenPools, head)).rejects.toBeInstanceOf(RateLimited)
    const both = clientOf(limited.url, running.chain.url)
    expect(await readLive(both, tokenPools, head)).toMatchObject({ operator: 'b' })
  })
})
