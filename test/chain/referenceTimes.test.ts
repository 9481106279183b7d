import { describe, expect, test } from 'vitest'
import { type ChainClient, createClient, type Network } from '../../src/chain/client.ts'
import { ArchiveUnavailable, NoEndpointServed } from '../../src/chain/errors.ts'
import type { Answer, Question } from '../../src/chain/question.ts'
import { createReferenceTimes, type TimesRequest } from '../../src/chain/referenceTimes.ts'
import type { BlockTimeArchive, Report } from '../../src/math/report.ts'
import type { Sample } from '../../src/math/sample.ts'
import { createMemoryBlockTimeStore } from '../../src/store/blockTimeStore.ts'
import { LOCAL } from '../support/chain.ts'

const HOUR = 3_600n
/** An hour a block, from noon. */
const timeOf = (block: bigint): bigint => 1_700_000_000n + block * HOUR

const sample = (block: bigint): Sample => ({ block, time: timeOf(block), readings: {}, operator: 'test' })

const report = (block: bigint, time?: bigint): Report => ({
  rate: 10n ** 18n,
  measured: { kind: 'block', block },
  log: {
    block: block + 1n,
    index: 0n,
    address: '0xaa',
    topics: [],
    data: '0x',
    transaction: '0xbb',
    operator: 'test',
    ...(time === undefined ? {} : { time }),
  },
})

type Asked = { readonly block: bigint; readonly role: string; readonly except: readonly string[] }

/** A client that answers headers as told; operators are asked a, then b, then c. */
function fakeClient(
  answer: (asked: Asked, operator: string, signal: AbortSignal | undefined) => bigint | Promise<bigint> = ({
    block,
  }) => timeOf(block),
  network: Network = LOCAL,
): ChainClient & { readonly asked: Asked[]; readonly most: () => number; readonly busy: () => number } {
  const asked: Asked[] = []
  let [now, most] = [0, 0]
  const ask = async <Value>(question: Question<Value>): Promise<Answer<Value>> => {
    const { params, role, except = [], signal } = question
    const block = BigInt(String(params[0]))
    const operator = ['a', 'b', 'c'].find(name => !except.includes(name))
    if (operator === undefined) throw new NoEndpointServed([])
    signal?.throwIfAborted()
    const one = { block, role, except: [...except] }
    asked.push(one)
    now += 1
    most = Math.max(most, now)
    try {
      const time = await answer(one, operator, signal)
      const header = {
        number: `0x${block.toString(16)}`,
        timestamp: `0x${time.toString(16)}`,
        hash: `0x${'11'.repeat(32)}`,
      }
      return { value: question.read(header, operator), operator, url: `http://${operator}` }
    } finally {
      now -= 1
    }
  }
  return { ...createClient([], network), ask, asked, most: () => most, busy: () => now }
}

const refused = (): never => {
  throw new ArchiveUnavailable('keeps no block so old')
}

const SAMPLES = [sample(0n), sample(100n)]

async function readAll(
  client: ChainClient,
  reports: readonly Report[],
  change: Partial<TimesRequest> = {},
  archive: BlockTimeArchive = createMemoryBlockTimeStore(),
) {
  const request = { samples: SAMPLES, finalized: 1_000n, identity: 'chain', ...change }
  const times = createReferenceTimes(client, archive, request)
  await times.enter(reports)
  const before = { known: times.known(), missing: times.missing() }
  let steps = 0
  for await (const _ of times.read()) steps += 1
  return { known: times.known(), missing: times.missing(), before, steps }
}

const keptOf = async (archive: BlockTimeArchive, ...blocks: readonly bigint[]) => [
  ...(await archive.load('chain', blocks)).keys(),
]

describe('read', () => {
  test('default: the headers of the blocks, each once, of archives, a few at a time', async () => {
    const client = fakeClient()
    const blocks = Array.from({ length: 30 }, (_, index) => BigInt(index + 10))
    const { known, missing, before, steps } = await readAll(
      client,
      [...blocks, ...blocks].map(block => report(block)),
    )
    expect(before).toEqual({ known: new Map(), missing: 30 })
    expect(missing).toBe(0)
    expect([...known].sort()).toEqual(blocks.map(block => [block, timeOf(block)]))
    expect(client.asked).toHaveLength(30)
    expect(new Set(client.asked.map(({ role }) => role))).toEqual(new Set(['archive']))
    expect(client.most()).toBe(4)
    expect(steps).toBe(30)
  })

  test('behavior: a sampled block is known, and reports that name no block want none', async () => {
    const client = fakeClient()
    const landing: Report = { ...report(7n), measured: { kind: 'landing' } }
    const timed: Report = { ...report(8n), measured: { kind: 'time', time: 5n } }
    const { known, before } = await readAll(client, [report(100n), landing, timed])
    expect(before.missing).toBe(0)
    expect(known).toEqual(new Map([[100n, timeOf(100n)]]))
    expect(client.asked).toEqual([])
  })

  test('behavior: what was kept is not read again, and only what is final is kept', async () => {
    const archive = createMemoryBlockTimeStore()
    const some = [report(20n), report(30n)]
    await readAll(fakeClient(), some, { finalized: 20n }, archive)
    expect(await keptOf(archive, 20n, 30n)).toEqual([20n])
    const client = fakeClient()
    const { known, before } = await readAll(client, some, {}, archive)
    expect(before.known).toEqual(new Map([[20n, timeOf(20n)]]))
    expect(known.size).toBe(2)
    expect(client.asked.map(({ block }) => block)).toEqual([30n])
  })

  test('behavior: nothing is kept, nor looked for, without a chain to keep it under', async () => {
    const archive = {
      load: () => Promise.reject(new TypeError('load')),
      keep: () => Promise.reject(new TypeError('keep')),
    }
    expect((await readAll(fakeClient(), [report(20n)], { identity: undefined }, archive)).missing).toBe(0)
  })

  test('behavior: one that fails is counted and the others are there', async () => {
    const client = fakeClient(({ block }) => (block === 20n ? refused() : timeOf(block)))
    const { known, missing } = await readAll(
      client,
      [10n, 20n, 30n].map(block => report(block)),
    )
    expect([...known.keys()].sort()).toEqual([10n, 30n])
    expect(missing).toBe(1)
  })

  test('behavior: where all fail, most are not asked for, and all are counted', async () => {
    const client = fakeClient(refused)
    const { known, missing } = await readAll(
      client,
      Array.from({ length: 90 }, (_, i) => report(BigInt(i + 1))),
    )
    expect(known.size).toBe(0)
    expect(missing).toBe(90)
    expect(client.asked.length).toBeLessThan(15)
  })

  test('behavior: a few failures here and there are no reason to stop', async () => {
    const client = fakeClient(({ block }) => (block % 3n === 0n ? refused() : timeOf(block)))
    const { missing } = await readAll(
      client,
      Array.from({ length: 90 }, (_, i) => report(BigInt(i + 1))),
    )
    expect(missing).toBe(30)
    expect(client.asked).toHaveLength(90)
  })

  test('error: an abort is no failure of an endpoint', async () => {
    const reason = new DOMException('gone', 'AbortError')
    const leave = new AbortController()
    leave.abort(reason)
    await expect(readAll(fakeClient(), [report(20n)], { signal: leave.signal })).rejects.toBe(reason)
  })

  test('error: a failing archive’s own', async () => {
    const full = new DOMException('full', 'QuotaExceededError')
    const archive = { ...createMemoryBlockTimeStore(), keep: () => Promise.reject(full) }
    await expect(readAll(fakeClient(), [report(20n)], {}, archive)).rejects.toBe(full)
  })

  test('behavior: whoever stops listening has nobody work on', async () => {
    // All but the first are answered when they are given up.
    const client = fakeClient(({ block }, _, signal) =>
      block === 40n
        ? timeOf(block)
        : new Promise((_resolve, reject) => {
            signal?.addEventListener('abort', () => reject(signal.reason))
          }),
    )
    const times = createReferenceTimes(client, createMemoryBlockTimeStore(), {
      samples: [],
      finalized: 0n,
      identity: undefined,
    })
    await times.enter(Array.from({ length: 40 }, (_, i) => report(BigInt(i + 1))))
    for await (const _ of times.read()) break
    expect(client.asked).toHaveLength(4)
    expect(client.busy()).toBe(0)
    expect(times.missing()).toBe(39)
  })
})

describe('times that cannot be', () => {
  test.each<[string, bigint, bigint]>([
    ['of the sample before', 20n, timeOf(0n)],
    ['before it', 20n, timeOf(0n) - 1n],
    ['of the sample after', 20n, timeOf(100n)],
    ['long after it', 20n, timeOf(200n)],
    ['of 0', 20n, 0n],
    ['before the last sample, of a later block', 120n, timeOf(99n)],
  ])('default: one %s is asked of another operator', async (_, block, wrong) => {
    const archive = createMemoryBlockTimeStore()
    const client = fakeClient((asked, operator) => (operator === 'a' ? wrong : timeOf(asked.block)))
    const { known, missing } = await readAll(client, [report(block)], {}, archive)
    expect(missing).toBe(0)
    expect(known).toEqual(new Map([[block, timeOf(block)]]))
    expect(client.asked.map(({ except }) => except)).toEqual([[], ['a']])
    expect([...(await archive.load('chain', [block])).values()]).toEqual([timeOf(block)])
  })

  test('behavior: where two are wrong the block stays unknown, and nothing is kept', async () => {
    const archive = createMemoryBlockTimeStore()
    const { missing } = await readAll(
      fakeClient(() => timeOf(500n)),
      [report(20n)],
      {},
      archive,
    )
    expect(missing).toBe(1)
    expect(await keptOf(archive, 20n)).toEqual([])
  })

  test('behavior: one after the log that names it is none', async () => {
    const latest = timeOf(20n)
    expect(
      (
        await readAll(
          fakeClient(() => latest),
          [report(20n, latest)],
        )
      ).missing,
    ).toBe(0)
    expect(
      (
        await readAll(
          fakeClient(() => latest + 1n),
          [report(20n, latest)],
        )
      ).missing,
    ).toBe(1)
  })

  test('behavior: a kept one that cannot be is read again', async () => {
    const archive = createMemoryBlockTimeStore()
    await archive.keep('chain', [[20n, timeOf(500n)]])
    const client = fakeClient()
    const { known } = await readAll(client, [report(20n)], {}, archive)
    expect(known.get(20n)).toBe(timeOf(20n))
    expect(client.asked).toHaveLength(1)
  })

  test('behavior: on mainnet slots take their time, so few seconds are open', async () => {
    const mainnet: Network = { chainIds: [1n], grid: 7_200n }
    const first = 20_000_000n
    // A day of 7,200 blocks with ten empty slots in it.
    const samples = [
      { ...sample(first), time: 1_700_000_000n },
      { ...sample(first + 7_200n), time: 1_700_000_000n + 7_210n * 12n },
    ]
    const on = 1_700_000_000n + 3_600n * 12n
    const missingAt = async (time: bigint) =>
      (
        await readAll(
          fakeClient(() => time, mainnet),
          [report(first + 3_600n)],
          { samples },
        )
      ).missing
    expect(await Promise.all([on - 1n, on, on + 120n, on + 121n].map(missingAt))).toEqual([1, 0, 0, 1])
  })
})
