import { describe, expect, test, vi } from 'vitest'
import type { ChainClient } from '../../src/chain/client.ts'
import { NoEndpointServed } from '../../src/chain/errors.ts'
import { type LogProgress, type LogRequest, readLogs } from '../../src/chain/readLogs.ts'
import type { BlockNumber } from '../../src/math/fixedPoint.ts'
import { subtract, totalBlocks } from '../../src/math/intervals.ts'
import { createMemoryLogStore } from '../../src/store/logStore.ts'
import {
  type AskedLogs,
  capped,
  createMemory,
  dailyBlocks,
  filterOf,
  type Instead,
  knownDays,
  logRecord,
  logsIn,
  rawLog,
  refusal,
  startLogEndpoint,
  visit,
} from './logEndpoint.ts'

const END = 23_000_000n
const YEAR_OF_BLOCKS = 2_628_000n
const FROM = END - YEAR_OF_BLOCKS + 1n
const BLOCKS = dailyBlocks(FROM - 20_000n, END)
const KNOWN = knownDays(BLOCKS)
const WITH_PROOF = filterOf({ known: KNOWN })
const inRange = (from: BlockNumber, to = END) => BLOCKS.filter(block => block >= from && block <= to)
const blocksOf = ({ logs }: LogProgress) => logs.map(({ block }) => block)
/** A tenth of a year, where a whole one shows nothing more. */
const LATE = END - YEAR_OF_BLOCKS / 10n + 1n

async function read(
  client: ChainClient,
  change: Partial<LogRequest> = {},
  archive = createMemoryLogStore(),
): Promise<{ values: readonly LogProgress[]; last: LogProgress; failure?: unknown }> {
  const values: LogProgress[] = []
  const request = { filter: WITH_PROOF, from: LATE, to: END, finalized: END, identity: 'chain', ...change }
  let failure: unknown
  try {
    for await (const value of readLogs(client, archive, request)) values.push(value)
  } catch (error) {
    failure = error
  }
  return { values, last: values.at(-1) as LogProgress, failure }
}

const expectWhole = ({ last, failure }: Awaited<ReturnType<typeof read>>, from = LATE): void => {
  expect(failure).toBeUndefined()
  expect(blocksOf(last)).toEqual(inRange(from))
  expect(last).toMatchObject({ done: last.wanted, doubts: [], covered: [{ from, to: END }] })
}

const busy = refusal({ code: -32_005, message: 'Too Many Requests' }, 429)
const empty: Instead = { logs: [] }
/** Every n-th request goes wrong. */
const everyThird = (instead: Instead) => (asked: AskedLogs) => (asked.index % 3 === 2 ? instead : undefined)

describe('requests', () => {
  const hinted = (cap: bigint) => () => refusal({ code: -32_602, message: `range exceeds limit of ${cap}` })
  test.each([
    [50n, 15_000n],
    [1_000n, 200_000n],
    [9_999n, YEAR_OF_BLOCKS],
    [20_000n, YEAR_OF_BLOCKS],
  ])('default: within a tenth of the ideal at an unknown cap of %s', async (cap, range) => {
    const from = END - range + 1n
    for (const says of [undefined, hinted(cap)]) {
      const endpoint = await startLogEndpoint(BLOCKS, capped(cap, says))
      expectWhole(await read(visit([endpoint]), { from }), from)
      const ideal = (range + cap - 1n) / cap
      expect(BigInt(endpoint.asked.length)).toBeLessThanOrEqual((ideal * 11n) / 10n)
    }
  })

  test('default: a year at a span of 10,000 takes 300 at most', async () => {
    const endpoint = await startLogEndpoint(BLOCKS, capped(10_000n))
    const record = logRecord(endpoint.url, 'a', { limits: { span: 10_000n } })
    expectWhole(await read(visit([record]), { from: FROM }), FROM)
    expect(endpoint.asked.length).toBeLessThanOrEqual(300)
  })

  test('behavior: a stated span is kept for the visit and remembered for the next', async () => {
    const memory = createMemory()
    const endpoint = await startLogEndpoint(BLOCKS, capped(4_000n, hinted(4_000n)))
    const client = visit([endpoint], memory)
    await read(client)
    await read(client, { identity: undefined })
    await read(visit([endpoint], memory), { identity: undefined })
    expect(endpoint.asked.filter(({ span }) => span > 4_000n)).toHaveLength(1)
    expect(memory.recall(endpoint.url)).toMatchObject({ span: 4_000n, isStated: true })
  })

  test('behavior: what another learned of the endpoint stays remembered', async () => {
    const memory = createMemory()
    const endpoint = await startLogEndpoint(BLOCKS, capped(4_000n, hinted(4_000n)))
    memory.remember(endpoint.url, { spacing: 1 })
    await read(visit([endpoint], memory))
    expect(memory.recall(endpoint.url)).toEqual({ span: 4_000n, isStated: true, spacing: 1 })
  })

  test('behavior: newest first, and each block once', async () => {
    const endpoint = await startLogEndpoint(BLOCKS)
    await read(visit([endpoint]), { filter: filterOf({ known: KNOWN.slice(0, 1) }) })
    const pieces = endpoint.served.filter(({ from }) => from >= LATE)
    expect(pieces[0]?.to).toBe(END)
    expect(pieces.every(({ to }, index) => index === 0 || to < (pieces[index - 1]?.from ?? 0n))).toBe(true)
    expect(pieces.reduce((sum, { span }) => sum + span, 0n)).toBe(END - LATE + 1n)
  })

  test('behavior: all endpoints take part', async () => {
    const some = await Promise.all([1, 2, 3].map(() => startLogEndpoint(BLOCKS, capped(10_000n))))
    expectWhole(await read(visit(some)))
    for (const { served } of some) expect(served.length).toBeGreaterThan(3)
  })

  test('behavior: a piece with too many logs is halved, and only that', async () => {
    const crowd = inRange(LATE)[10] ?? 0n
    const tooMany = ({ from, to, span }: AskedLogs) =>
      from <= crowd && crowd <= to && span > 1_000n
        ? refusal({ code: -32_005, message: 'query returned more than 10000 results' })
        : undefined
    const endpoint = await startLogEndpoint(BLOCKS, asked => capped(10_000n)(asked) ?? tooMany(asked))
    const record = logRecord(endpoint.url, 'a', { limits: { span: 10_000n } })
    expectWhole(await read(visit([record])))
    expect(endpoint.asked.length).toBeLessThanOrEqual(27 + 10)
  })

  test('behavior: a proposed range is taken', async () => {
    const crowd = inRange(LATE)[10] ?? 0n
    const hex = (block: bigint) => `0x${block.toString(16)}`
    const propose = ({ from, to }: AskedLogs) =>
      from < crowd && crowd <= to
        ? refusal({
            code: -32_005,
            message: `query returned more than 10000 results. Try with this block range [${hex(from)}, ${hex(crowd - 1n)}].`,
          })
        : undefined
    const endpoint = await startLogEndpoint(BLOCKS, asked => capped(10_000n)(asked) ?? propose(asked))
    expectWhole(await read(visit([logRecord(endpoint.url, 'a', { limits: { span: 10_000n } })])))
    expect(endpoint.served.some(({ to }) => to === crowd - 1n)).toBe(true)
    expect(endpoint.asked.length).toBeLessThanOrEqual(27 + 5)
  })

  test('behavior: as many logs as an endpoint gives at once may not be all', async () => {
    const truncate = ({ from, to }: AskedLogs): Instead => ({ logs: logsIn(BLOCKS, from, to).slice(0, 3) })
    const endpoint = await startLogEndpoint(BLOCKS, truncate)
    expectWhole(await read(visit([logRecord(endpoint.url, 'a', { limits: { results: 3n } })])))
  })

  test('behavior: as many addresses as an endpoint takes', async () => {
    const addresses = ['11', '22', '33', '44', '55'].map(byte => `0x${byte.repeat(20)}` as const)
    const filter = filterOf({ known: KNOWN, addresses: [...filterOf().addresses, ...addresses] })
    const own = ({ from, to, addresses: asked }: AskedLogs): Instead => ({
      logs: asked.some(one => filterOf().addresses.some(address => address === one))
        ? logsIn(BLOCKS, from, to)
        : [],
    })
    const few = (asked: AskedLogs) =>
      asked.addresses.length > 4
        ? refusal({ code: -32_602, message: 'too many addresses in filter, at most 4' }, 400)
        : own(asked)
    const [known, learned] = [await startLogEndpoint(BLOCKS, own), await startLogEndpoint(BLOCKS, few)]
    const record = logRecord(known.url, 'a', { limits: { addresses: 4n } })
    expectWhole(await read(visit([record]), { filter }))
    expect(new Set(known.asked.map(asked => asked.addresses.length))).toEqual(new Set([4, 2]))
    expectWhole(await read(visit([learned]), { filter }))
    expect(learned.asked.filter(asked => asked.addresses.length > 4)).toHaveLength(1)
    expect(new Set(learned.served.map(asked => asked.addresses.length))).toEqual(new Set([3]))
  })

  test('behavior: a tiny span is for the newest blocks while a wider one works', async () => {
    const [wide, tiny] = [
      await startLogEndpoint(BLOCKS, capped(2_000n)),
      await startLogEndpoint(BLOCKS, capped(100n)),
    ]
    const records = [
      logRecord(tiny.url, 'tiny', { limits: { span: 100n } }),
      logRecord(wide.url, 'wide', { limits: { span: 2_000n } }),
    ]
    // Within eight small requests, so that it is worth proving.
    const day = KNOWN.at(-2)
    const known = [...KNOWN, { from: (day?.to ?? 0n) - 300n, to: day?.to ?? 0n }]
    expectWhole(await read(visit(records), { filter: filterOf({ known }) }))
    expect(tiny.served.length).toBeGreaterThan(0)
    for (const { from } of tiny.asked) expect(from).toBeGreaterThan(END - 2n * 7_200n)
    const gone = await startLogEndpoint(BLOCKS, () => refusal({ code: -32_601, message: 'method not found' }))
    const left = [records[0] ?? gone, logRecord(gone.url, 'gone', { limits: { span: 2_000n } })]
    expectWhole(await read(visit(left), { from: END - 20_000n }), END - 20_000n)
  })
})

describe('what is kept', () => {
  test('default: a second visit asks for nothing', async () => {
    const archive = createMemoryLogStore()
    const endpoint = await startLogEndpoint(BLOCKS)
    expectWhole(await read(visit([endpoint]), {}, archive))
    endpoint.forget()
    expectWhole(await read(visit([endpoint]), {}, archive))
    expect(endpoint.asked).toEqual([])
  })

  test('behavior: a reading that was broken off goes on where it was, and asks only for gaps', async () => {
    const archive = createMemoryLogStore()
    const endpoint = await startLogEndpoint(BLOCKS, capped(10_000n))
    const records = [logRecord(endpoint.url, 'a', { limits: { span: 10_000n } })]
    const leave = new AbortController()
    endpoint.answer(asked => {
      if (asked.index === 12) leave.abort(new DOMException('gone', 'AbortError'))
      return capped(10_000n)(asked)
    })
    const broken = await read(visit(records), { signal: leave.signal }, archive)
    expect(broken.failure).toBe(leave.signal.reason)
    const { covered, logs } = await archive.load('chain', WITH_PROOF.key)
    expect(totalBlocks(covered)).toBeGreaterThan(80_000n)
    expect(logs.length).toBeGreaterThan(10)
    endpoint.answer(capped(10_000n))
    endpoint.forget()
    expectWhole(await read(visit(records), {}, archive))
    const gaps = subtract([{ from: LATE, to: END }], covered)
    const needed = gaps.reduce((sum, { from, to }) => sum + (to - from + 10_000n) / 10_000n, 0n)
    // One to prove that the endpoint serves logs at all, one to try whether it allows more by now.
    expect(BigInt(endpoint.asked.length)).toBeLessThanOrEqual(needed + 2n)
  })

  test('behavior: nothing beyond the final block, and nothing without a chain to keep it under', async () => {
    const archive = createMemoryLogStore()
    const endpoint = await startLogEndpoint(BLOCKS)
    const finalized = END - 30_000n
    expectWhole(await read(visit([endpoint]), { finalized }, archive))
    const { covered, logs } = await archive.load('chain', WITH_PROOF.key)
    expect(covered).toEqual([{ from: LATE, to: finalized }])
    expect(logs.map(({ block }) => block)).toEqual(inRange(LATE, finalized))
    const keep = {
      load: () => Promise.reject(new TypeError('load')),
      keep: () => Promise.reject(new TypeError('keep')),
      drop: () => Promise.reject(new TypeError('drop')),
    }
    expectWhole(await read(visit([endpoint]), { identity: undefined }, keep))
  })

  test('error: a failing archive’s own', async () => {
    const endpoint = await startLogEndpoint(BLOCKS)
    const full = new DOMException('full', 'QuotaExceededError')
    const archive = { ...createMemoryLogStore(), keep: () => Promise.reject(full) }
    expect((await read(visit([endpoint]), {}, archive)).failure).toBe(full)
  })
})

describe('endpoints that fail', () => {
  const gone = refusal({ code: -32_601, message: 'the method eth_getLogs does not exist/is not available' })
  const old = refusal({ code: -32_701, message: 'History has been pruned for this block' })
  const page: Instead = { status: 200, body: () => '<!doctype html><html><body>Sorry</body></html>' }
  const foreign: Instead = { logs: [{ ...rawLog(inRange(LATE)[3] ?? 0n), address: `0x${'99'.repeat(20)}` }] }
  const outside: Instead = { logs: [rawLog(1n)] }

  test.each<[string, Instead]>([
    ['429', busy],
    ['cut', 'cut'],
    ['a web page', page],
    ['logs of another contract', foreign],
    ['logs of other blocks', outside],
  ])('behavior: one that fails one time in three (%s) gives the whole in the end', async (_, instead) => {
    const endpoint = await startLogEndpoint(BLOCKS, everyThird(instead))
    expectWhole(await read(visit([endpoint]), { from: END - 50_000n }), END - 50_000n)
  })

  test.each<[string, Instead]>([
    ['no such method', gone],
    ['no logs so old', old],
    ['429 for ever', busy],
    ['cut', 'cut'],
    ['a web page', page],
    ['logs of another contract', foreign],
  ])('behavior: others take over from one that fails for good (%s)', async (_, instead) => {
    const [bad, good] = [await startLogEndpoint(BLOCKS, () => instead), await startLogEndpoint(BLOCKS)]
    const result = await read(visit([bad, good]))
    expectWhole(result)
    expect(result.last.logs.every(({ operator }) => operator === 'b')).toBe(true)
    expect(bad.asked.length).toBeLessThan(10)
  })

  test.each<[string, Instead, string]>([
    ['no such method', gone, 'MethodUnavailable'],
    ['no logs so old', old, 'ArchiveUnavailable'],
    ['cut', 'cut', 'Unreachable'],
    ['no logs at all', empty, 'LostLogs'],
  ])('error: NoEndpointServed with its failure where there is no other (%s)', async (_, instead, name) => {
    const endpoint = await startLogEndpoint(BLOCKS, () => instead)
    const { failure, last } = await read(visit([endpoint]))
    expect(failure).toBeInstanceOf(NoEndpointServed)
    expect(failure).toMatchObject({ failures: [{ name, operator: 'a' }] })
    expect(last).toMatchObject({ done: 0n, logs: [] })
  })

  test('error: NoEndpointServed where nobody serves logs', async () => {
    const endpoint = await startLogEndpoint(BLOCKS)
    const { failure } = await read(visit([logRecord(endpoint.url, 'a', { roles: ['head'] })]))
    expect(failure).toBeInstanceOf(NoEndpointServed)
    expect(endpoint.asked).toEqual([])
  })

  test('error: NoEndpointServed where a single block has too many logs', async () => {
    const crowd = inRange(LATE).at(-3) ?? 0n
    const tooMany = ({ from, to }: AskedLogs) =>
      from <= crowd && crowd <= to
        ? refusal({ code: -32_005, message: 'query returned more than 10000 results' })
        : undefined
    const endpoint = await startLogEndpoint(BLOCKS, tooMany)
    const { failure } = await read(visit([endpoint]))
    expect(failure).toMatchObject({ name: 'NoEndpointServed', failures: [{ name: 'TooManyResults' }] })
    expect(endpoint.asked.length - endpoint.served.length).toBeLessThanOrEqual(16)
  })

  test('behavior: what one gave before it failed is shown and kept', async () => {
    const archive = createMemoryLogStore()
    const endpoint = await startLogEndpoint(BLOCKS, asked =>
      asked.index > 10 ? gone : capped(9_000n)(asked),
    )
    const { failure, last } = await read(
      visit([logRecord(endpoint.url, 'a', { limits: { span: 9_000n } })]),
      {},
      archive,
    )
    expect(failure).toBeInstanceOf(NoEndpointServed)
    expect(last.done).toBeGreaterThan(50_000n)
    expect((await archive.load('chain', WITH_PROOF.key)).covered).toEqual(last.covered)
    expect(blocksOf(last)).toEqual(inRange(blocksOf(last)[0] ?? 0n))
  })

  test('behavior: one that keeps only recent logs gives those', async () => {
    const from = END - 100_000n
    const recent = (asked: AskedLogs) => (asked.from < END - 50_000n ? old : capped(10_000n)(asked))
    const [shallow, deep] = [
      await startLogEndpoint(BLOCKS, recent),
      await startLogEndpoint(BLOCKS, capped(10_000n)),
    ]
    expectWhole(await read(visit([shallow, deep]), { from }), from)
    expect(shallow.served.length).toBeGreaterThan(0)
    expect(shallow.asked.filter(asked => asked.from < END - 50_000n).length).toBeLessThanOrEqual(2)
  })

  test('behavior: whoever stops listening leaves nobody at work', async () => {
    const endpoint = await startLogEndpoint(BLOCKS, capped(1_000n))
    const client = visit([endpoint])
    const request = { filter: WITH_PROOF, from: LATE, to: END, finalized: END, identity: 'chain' }
    for await (const { done } of readLogs(client, createMemoryLogStore(), request)) if (done > 0n) break
    const asked = endpoint.asked.length
    await new Promise(resolve => setTimeout(resolve, 30))
    expect(endpoint.asked.length).toBe(asked)
  })
})

describe('endpoints that lose logs', () => {
  test('behavior: an endpoint that answers with nothing is not believed, and asked no more in this visit', async () => {
    const [bad, good] = [await startLogEndpoint(BLOCKS, () => empty), await startLogEndpoint(BLOCKS)]
    const client = visit([bad, good])
    expectWhole(await read(client))
    expect(bad.asked).toHaveLength(1)
    expect(client.ledger.entries().map(({ operator, outcome }) => `${operator} ${outcome}`)).toContain(
      'a LostLogs',
    )
    expect(client.standings[0]?.lastRefusal()?.failure.name).toBe('LostLogs')
    expectWhole(await read(client))
    expect(bad.asked).toHaveLength(1)
    expectWhole(await read(client, { filter: { ...WITH_PROOF, key: 'other@1' } }))
    expect(bad.asked).toHaveLength(2)
  })

  test('behavior: logs that are gone one time in three are read again from others, and stored ones too', async () => {
    const archive = createMemoryLogStore()
    const [bad, good] = [
      await startLogEndpoint(BLOCKS, asked => capped(10_000n)(asked) ?? everyThird(empty)(asked)),
      await startLogEndpoint(BLOCKS, capped(10_000n)),
    ]
    expectWhole(await read(visit([bad, good]), {}, archive))
    const { logs, covered } = await archive.load('chain', WITH_PROOF.key)
    expect(logs.map(({ block }) => block)).toEqual(inRange(LATE))
    expect(logs.every(({ operator }) => operator === 'b')).toBe(true)
    expect(covered).toEqual([{ from: LATE, to: END }])
  })

  test('behavior: what was kept of one that stops giving logs is forgotten', async () => {
    const archive = createMemoryLogStore()
    const drop = vi.spyOn(archive, 'drop')
    const endpoint = await startLogEndpoint(
      BLOCKS,
      asked => capped(10_000n)(asked) ?? (asked.index > 20 ? empty : undefined),
    )
    const { failure, last } = await read(visit([endpoint]), {}, archive)
    expect(failure).toMatchObject({ name: 'NoEndpointServed', failures: [{ name: 'LostLogs' }] })
    expect(last).toMatchObject({ logs: [], done: 0n })
    expect(drop).toHaveBeenCalledTimes(1)
    expect(await archive.load('chain', WITH_PROOF.key)).toEqual({ logs: [], covered: [] })
  })

  /** Loses one log in the middle, of which no sample knows. */
  const lost = inRange(LATE)[18] ?? 0n
  const lossy = (asked: AskedLogs) =>
    capped(10_000n)(asked) ?? {
      logs: logsIn(
        BLOCKS.filter(block => block !== lost),
        asked.from,
        asked.to,
      ),
    }
  const newest = filterOf({ known: KNOWN.slice(-3) })

  test('behavior: a log that is missing in a silence is found by a second operator', async () => {
    const archive = createMemoryLogStore()
    const [bad, good] = [
      await startLogEndpoint(BLOCKS, lossy),
      await startLogEndpoint(BLOCKS, capped(10_000n)),
    ]
    // The second begins late, so that the first has given the silence.
    good.answer(async asked => {
      while (!bad.served.some(({ from }) => from === LATE)) await new Promise(done => setTimeout(done, 1))
      return capped(10_000n)(asked)
    })
    const client = visit([bad, good])
    expectWhole(await read(client, { filter: newest }, archive))
    expect(client.standings[0]?.lastRefusal()?.failure.name).toBe('LostLogs')
    const { logs } = await archive.load('chain', newest.key)
    expect(logs.map(({ block }) => block)).toEqual(inRange(LATE))
    expect(logs.every(({ operator }) => operator === 'b')).toBe(true)
    bad.forget()
    good.answer(capped(10_000n))
    expectWhole(await read(client, { filter: newest, identity: undefined }))
    expect(bad.asked).toEqual([])
  })

  test('behavior: what was kept of one that is found out is forgotten', async () => {
    const archive = createMemoryLogStore()
    const [bad, good] = [await startLogEndpoint(BLOCKS, lossy), await startLogEndpoint(BLOCKS)]
    good.answer(async asked => {
      while (!bad.served.some(({ from }) => from === LATE)) await new Promise(done => setTimeout(done, 1))
      const hasTold = good.served.some(({ from, to }) => from <= lost && lost <= to)
      return hasTold ? refusal({ code: -32_601, message: 'Method not found' }) : capped(10_000n)(asked)
    })
    const { failure, last } = await read(visit([bad, good]), { filter: newest }, archive)
    expect(failure).toBeInstanceOf(NoEndpointServed)
    const { logs, covered } = await archive.load('chain', newest.key)
    for (const { operator } of [...logs, ...last.logs]) expect(operator).toBe('b')
    expect(totalBlocks(covered)).toBeLessThan(40_000n)
  })

  test('behavior: without a second operator the silence is a doubt, and not kept', async () => {
    const archive = createMemoryLogStore()
    const bad = await startLogEndpoint(BLOCKS, lossy)
    const again = logRecord(bad.url, 'a')
    const twin = await startLogEndpoint(BLOCKS)
    for (const client of [visit([bad]), visit([again, logRecord(twin.url, 'a', { roles: ['head'] })])]) {
      const { last, failure } = await read(client, { filter: newest }, archive)
      expect(failure).toBeUndefined()
      expect(last.doubts).toEqual([
        { from: (inRange(LATE)[17] ?? 0n) + 1n, to: (inRange(LATE)[19] ?? 0n) - 1n, why: expect.any(String) },
      ])
      expect(last.done + totalBlocks(last.doubts)).toBe(last.wanted)
      expect(blocksOf(last)).toEqual(inRange(LATE).filter(block => block !== lost))
      expect(subtract([{ from: LATE, to: END }], (await archive.load('chain', newest.key)).covered)).toEqual(
        last.doubts.map(({ from, to }) => ({ from, to })),
      )
    }
    const good = await startLogEndpoint(BLOCKS)
    expectWhole(await read(visit([bad, good]), { filter: newest }, archive))
  })

  test('behavior: another endpoint of the same operator is no second one', async () => {
    const [one, other] = [await startLogEndpoint(BLOCKS, lossy), await startLogEndpoint(BLOCKS, lossy)]
    const client = visit([logRecord(one.url, 'same'), logRecord(other.url, 'same')])
    expect((await read(client, { filter: newest })).last.doubts).toHaveLength(1)
  })

  test('behavior: a true silence is confirmed and kept', async () => {
    const archive = createMemoryLogStore()
    const quiet = BLOCKS.filter(block => block < END - 150_000n || block > END - 100_000n)
    const some = [await startLogEndpoint(quiet), await startLogEndpoint(quiet)]
    const { last } = await read(visit(some), { filter: newest }, archive)
    expect(last).toMatchObject({ doubts: [], done: last.wanted })
    expect((await archive.load('chain', newest.key)).covered).toEqual([{ from: LATE, to: END }])
  })

  test('behavior: where nothing is known to be there, an empty answer needs a second operator', async () => {
    const filter = filterOf({ quiet: YEAR_OF_BLOCKS })
    const none = [await startLogEndpoint([]), await startLogEndpoint([])] as const
    const alone = await read(visit([none[0]]), { filter })
    expect(alone.last).toMatchObject({ done: 0n, doubts: [{ from: LATE, to: END }] })
    const both = await read(visit(none), { filter })
    expect(both.last).toMatchObject({ done: both.last.wanted, doubts: [] })
    const some = await startLogEndpoint(BLOCKS)
    expectWhole(await read(visit([none[0], some]), { filter }))
  })
})

describe('progress', () => {
  test('default: begins with what is kept, grows, and ends with the whole', async () => {
    const archive = createMemoryLogStore()
    const endpoint = await startLogEndpoint(BLOCKS, capped(5_000n))
    await read(visit([endpoint]), { from: END - 100_000n }, archive)
    const { values } = await read(visit([endpoint]), {}, archive)
    expect(values[0]?.done).toBeGreaterThan(90_000n)
    expect(values.length).toBeGreaterThan(5)
    for (const [index, value] of values.entries()) {
      expect(value.wanted).toBe(END - LATE + 1n)
      expect(value.done).toBe(totalBlocks(value.covered))
      expect(value.done).toBeGreaterThanOrEqual(values[index - 1]?.done ?? 0n)
      for (const { from, to } of value.covered)
        expect(blocksOf(value).filter(block => block >= from && block <= to)).toEqual(inRange(from, to))
    }
  })

  test('error: the reason of an abort, before anything is asked', async () => {
    const endpoint = await startLogEndpoint(BLOCKS)
    const reason = new DOMException('gone', 'AbortError')
    expect((await read(visit([endpoint]), { signal: AbortSignal.abort(reason) })).failure).toBe(reason)
    expect(endpoint.asked).toEqual([])
  })

  test('behavior: a range without blocks is whole', async () => {
    const { last } = await read(visit([]), { from: 5n, to: 4n })
    expect(last).toMatchObject({ done: 0n, wanted: 0n, logs: [], doubts: [] })
  })
})
