import { afterAll, describe, expect, test } from 'vitest'
import { type ChainClient, createClient, type Network } from '../../src/chain/client.ts'
import { NoEndpointServed } from '../../src/chain/errors.ts'
import { logParams } from '../../src/chain/logAnswer.ts'
import { readHeader } from '../../src/chain/readHeader.ts'
import { type ReportProgress, type ReportRequest, readReports } from '../../src/chain/readReports.ts'
import { readSnapshot } from '../../src/chain/readSnapshot.ts'
import { reportFilter } from '../../src/chain/reportFilter.ts'
import { EMBEDDED_GRID } from '../../src/embedded/schedule.ts'
import { type BlockNumber, WAD } from '../../src/math/fixedPoint.ts'
import { intersect, lengthOf, union } from '../../src/math/intervals.ts'
import type { Report } from '../../src/math/report.ts'
import type { Reading, Sample } from '../../src/math/sample.ts'
import { poolKey } from '../../src/pools/definePool.ts'
import { tokenPools } from '../../src/pools/index.ts'
import { createMemoryBlockTimeStore } from '../../src/store/blockTimeStore.ts'
import { createMemoryLogStore } from '../../src/store/logStore.ts'
import { createMemoryStore } from '../../src/store/sampleStore.ts'
import { poolOf } from '../pools/lookup.ts'
import { endpointAt, testChain } from '../support/chain.ts'
import { always, type FaultPolicy, type FaultProxy, refuse } from '../support/faultProxy.ts'
import { readAll } from './histories.ts'
import { logRecord, startLogEndpoint } from './logEndpoint.ts'

const DAYS = 40
const running = testChain({ days: DAYS })
const EMBEDDED: Network = { chainIds: [31_337n], grid: EMBEDDED_GRID }

const clientOf = (...urls: readonly string[]): ChainClient =>
  createClient(
    urls.map((url, index) => endpointAt(url, 'abc'.charAt(index))),
    EMBEDDED,
  )

const archives = () => ({ logs: createMemoryLogStore(), times: createMemoryBlockTimeStore() })

/** All samples of the chain, as a page has them before it asks for reports. */
let history: Promise<Omit<ReportRequest, 'pools'>> | undefined
const requestOf = async (change: Partial<ReportRequest> = {}): Promise<ReportRequest> => {
  history ??= (async () => {
    const client = clientOf(running.chain.url)
    const { samples, head } = await readAll(client, createMemoryStore())
    const finalized = (await readHeader(client, 'finalized')).block
    return { samples, from: 1n, to: head.block, finalized, identity: 'chain' }
  })()
  return { pools: tokenPools, ...(await history), ...change }
}
afterAll(() => {
  history = undefined
})

async function read(client: ChainClient, change: Partial<ReportRequest> = {}, kept = archives()) {
  const values: ReportProgress[] = []
  let failure: unknown
  try {
    for await (const value of readReports(client, kept, await requestOf(change))) values.push(value)
  } catch (error) {
    failure = error
  }
  const last = values.at(-1) ?? expect.unreachable(`no progress at all: ${failure}`)
  return { values, last, failure }
}

const reportsOf = ({ reports }: ReportProgress, id: string): readonly Report[] =>
  reports.get(id) ?? expect.unreachable(`no reports of ${id}`)

const reporting = tokenPools.filter(({ reports }) => reports.length > 0)
const rocketPool = poolOf('rocket-pool')
const [v1 = '', v2 = '', v3 = '', v4 = ''] = rocketPool.reports.flatMap(({ addresses }) =>
  addresses.map(address => address.toLowerCase()),
)

/** Headers that were asked for by number. */
const isReference = ({ method, params }: { method: string; params: readonly unknown[] }): boolean =>
  method === 'eth_getBlockByNumber' && /^0x/.test(String(params[0]))

describe('what is read', () => {
  test('default: all blocks, all pools, nothing malformed and no time missing', async () => {
    const { last, failure } = await read(clientOf(running.chain.url))
    const { to } = await requestOf()
    expect(failure).toBeUndefined()
    expect(last).toMatchObject({
      done: to,
      wanted: to,
      covered: [{ from: 1n, to }],
      malformed: [],
      doubts: [],
    })
    expect(last.timesMissing).toBe(0)
    expect([...last.reports.keys()]).toEqual(reporting.map(({ id }) => id))
  })

  test.each(reporting)(
    'default: each report of $id has the rate that the contract answers from its block on',
    async pool => {
      const client = clientOf(running.chain.url)
      const { last } = await read(client)
      const reports = reportsOf(last, pool.id)
      // It had no contract on the first days, and one day may be missed.
      expect(reports.length).toBeGreaterThan(20)
      const first = running.chain.twins[pool.id]?.firstBlock ?? expect.unreachable('no twin')
      for (const { log, rate } of reports.filter(one => one.log.block >= first)) {
        const { pools } = await readSnapshot(client, [pool], { block: log.block, role: 'archive' })
        const reading = pools[0]?.reading
        if (reading?.state !== 'known') return expect.unreachable(`block ${log.block}`)
        const off = reading.rate > rate ? reading.rate - rate : rate - reading.rate
        expect(off * WAD).toBeLessThanOrEqual(rate * (pool.dust ?? 1n))
      }
    },
  )

  test('behavior: Rocket Pool over its four contracts, without a day left out but the one that was missed', async () => {
    const { last } = await read(clientOf(running.chain.url))
    const reports = reportsOf(last, 'rocket-pool')
    expect(reports).toHaveLength(DAYS - 1)
    const contracts = reports.map(({ log }) => log.address)
    expect([...new Set(contracts)]).toEqual([v1, v2, v3, v4])
    const kinds = (...of: readonly string[]) =>
      new Set(reports.filter(({ log }) => of.includes(log.address)).map(({ measured }) => measured.kind))
    expect(kinds(v1, v2)).toEqual(new Set(['block']))
    expect(kinds(v3, v4)).toEqual(new Set(['time']))
  })

  test('behavior: the times of the blocks that v1 and v2 measured are those of their headers', async () => {
    const { last } = await read(clientOf(running.chain.url))
    const blocks = reportsOf(last, 'rocket-pool').flatMap(({ measured }) =>
      measured.kind === 'block' ? measured.block : [],
    )
    expect(blocks.length).toBeGreaterThan(15)
    expect(new Set(last.blockTimes.keys())).toEqual(new Set(blocks))
    for (const block of blocks) {
      const header = await running.rpc<{ timestamp: string }>('eth_getBlockByNumber', [
        `0x${block.toString(16)}`,
        false,
      ])
      expect(last.blockTimes.get(block)).toBe(BigInt(header.timestamp))
    }
  })

  test('behavior: it grows, newest first, and reports come before the times of their blocks', async () => {
    const proxy = await running.proxy()
    const record = { ...endpointAt(proxy.url), limits: { span: 10n } }
    const { values, last } = await read(createClient([record], EMBEDDED))
    const done = values.map(value => value.done)
    expect(new Set(done).size).toBeGreaterThan(2)
    expect(done).toEqual([...done].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)))
    const whole = values.findIndex(value => value.done === value.wanted)
    expect(values[whole]?.timesMissing).toBeGreaterThan(0)
    expect(last.timesMissing).toBe(0)
  })
})

describe('what is known beforehand', () => {
  test('default: there is a log in each of the intervals that samples prove, and they are many', async () => {
    const request = await requestOf()
    const filter = reportFilter(tokenPools, { ...request, grid: EMBEDDED_GRID })
    expect(filter.known.length).toBeGreaterThan(10)
    for (const { from, to } of filter.known) {
      expect(to).toBeLessThanOrEqual(request.finalized)
      const logs = await running.rpc<unknown[]>('eth_getLogs', [...logParams(filter, { from, to })])
      expect(logs.length).toBeGreaterThan(0)
    }
  })

  test('behavior: so there is where a pool stands alone', async () => {
    const request = await requestOf()
    for (const pool of reporting) {
      const filter = reportFilter([pool], { ...request, grid: EMBEDDED_GRID })
      for (const { from, to } of filter.known) {
        const logs = await running.rpc<unknown[]>('eth_getLogs', [...logParams(filter, { from, to })])
        expect([pool.id, logs.length > 0]).toEqual([pool.id, true])
      }
    }
  })
})

describe('requests', () => {
  test('default: one for all pools, and a header for each block that no sample tells the time of', async () => {
    const proxy = await running.proxy()
    const { last } = await read(clientOf(proxy.url))
    const asked = proxy.requests.filter(({ method }) => method === 'eth_getLogs')
    // The first hundred and some blocks of a chain are less than anybody's span.
    expect(asked).toHaveLength(1)
    const [filter] = asked.flatMap(({ params }) => params) as { address: string[] }[]
    const address = filter?.address
    expect(new Set(address)).toEqual(
      new Set(reporting.flatMap(({ reports }) => reports.flatMap(one => one.addresses))),
    )
    const { samples } = await requestOf()
    const sampled = new Set(samples.map(({ block }) => block))
    const headers = proxy.requests.filter(isReference)
    expect(headers).toHaveLength([...last.blockTimes.keys()].filter(block => !sampled.has(block)).length)
    expect(proxy.requests).toHaveLength(asked.length + headers.length)
  })

  const askedLogs = ({ requests }: FaultProxy) =>
    requests
      .map(({ params }) => params[0] as { fromBlock: string; toBlock: string })
      .map(({ fromBlock, toBlock }) => ({ from: BigInt(fromBlock), to: BigInt(toBlock) }))

  test('behavior: a second reading asks for what is not final, and for nothing else', async () => {
    const kept = archives()
    const proxy = await running.proxy()
    const client = clientOf(proxy.url)
    const first = await read(client, {}, kept)
    const { finalized, to } = await requestOf()
    proxy.forget()
    const { last } = await read(client, {}, kept)
    expect(askedLogs(proxy)).toEqual([{ from: finalized + 1n, to }])
    expect(last.reports).toEqual(first.last.reports)
    expect(last.blockTimes).toEqual(first.last.blockTimes)
  })

  test('behavior: on another visit the endpoint first shows once more that it has logs at all', async () => {
    const kept = archives()
    const proxy = await running.proxy()
    await read(clientOf(proxy.url), {}, kept)
    proxy.forget()
    await read(clientOf(proxy.url), {}, kept)
    const { finalized, to, ...request } = await requestOf()
    const { known } = reportFilter(tokenPools, { ...request, finalized, to, grid: EMBEDDED_GRID })
    expect(askedLogs(proxy)).toEqual([known.at(-1), { from: finalized + 1n, to }])
  })

  test('behavior: nothing is asked where no pool reports: a filter of no contracts is one of all', async () => {
    const proxy = await running.proxy()
    const { values } = await read(clientOf(proxy.url), { pools: [poolOf('frax'), poolOf('mantle')] })
    expect(proxy.requests).toEqual([])
    const { to } = await requestOf()
    expect(values).toEqual([
      {
        reports: new Map(),
        malformed: [],
        covered: [{ from: 1n, to }],
        done: to,
        wanted: to,
        doubts: [],
        confirmed: [],
        blockTimes: new Map(),
        timesMissing: 0,
      },
    ])
  })

  test('behavior: nothing is kept without a chain to keep it under', async () => {
    const fail = () => Promise.reject(new TypeError('kept'))
    const kept = { logs: { load: fail, keep: fail, drop: fail }, times: { load: fail, keep: fail } }
    expect((await read(clientOf(running.chain.url), { identity: undefined }, kept)).failure).toBeUndefined()
  })
})

describe('endpoints that fail', () => {
  const noLogs: FaultPolicy = ({ method }) =>
    method === 'eth_getLogs'
      ? refuse(200, { code: -32_601, message: 'the method eth_getLogs does not exist/is not available' })
      : undefined

  const expectWhole = async (...policies: readonly FaultPolicy[]) => {
    const proxies = await Promise.all([...policies, undefined].map(policy => running.proxy(policy)))
    const { last, failure } = await read(clientOf(...proxies.map(({ url }) => url)))
    expect(failure).toBeUndefined()
    const honest = await read(clientOf(running.chain.url))
    expect(last.done).toBe(last.wanted)
    for (const { id } of reporting)
      expect(reportsOf(last, id).map(({ rate }) => rate)).toEqual(
        reportsOf(honest.last, id).map(({ rate }) => rate),
      )
    expect(last.timesMissing).toBe(0)
  }

  test('behavior: another gives the logs where one refuses them', () => expectWhole(noLogs))

  test('behavior: another gives the logs where one has lost them all', () =>
    expectWhole(({ method }) =>
      method === 'eth_getLogs' ? { kind: 'result', change: () => [] } : undefined,
    ))

  test('behavior: another gives the headers where one refuses them', () =>
    expectWhole(({ method }) =>
      method === 'eth_getBlockByNumber'
        ? refuse(200, { code: -32_601, message: 'method not found' })
        : undefined,
    ))

  test('error: NoEndpointServed where nobody gives logs, and what there is is no report', async () => {
    const proxy = await running.proxy(noLogs)
    const { last, failure } = await read(clientOf(proxy.url))
    expect(failure).toBeInstanceOf(NoEndpointServed)
    expect(last).toMatchObject({ done: 0n, covered: [] })
    expect([...last.reports.values()].flat()).toEqual([])
    expect(proxy.requests.filter(isReference)).toEqual([])
  })

  test('behavior: a header that nobody has leaves its block unknown, and is counted', async () => {
    const honest = await read(clientOf(running.chain.url))
    const { samples } = await requestOf()
    const sampled = new Set(samples.map(({ block }) => block))
    const [gone] = [...honest.last.blockTimes.keys()].filter(block => !sampled.has(block))
    const proxy = await running.proxy(({ method, params }) =>
      method === 'eth_getBlockByNumber' && BigInt(String(params[0])) === gone
        ? { kind: 'result', change: () => null }
        : undefined,
    )
    const { last, failure } = await read(clientOf(proxy.url))
    expect(failure).toBeUndefined()
    expect(last.timesMissing).toBe(1)
    expect(last.blockTimes.has(gone ?? 0n)).toBe(false)
    expect(last.blockTimes.size).toBe(honest.last.blockTimes.size - 1)
    expect(last.reports).toEqual(honest.last.reports)
  })

  test('behavior: logs without a time are reports without one', async () => {
    const proxy = await running.proxy(
      always({
        kind: 'result',
        change: honest =>
          Array.isArray(honest)
            ? honest.map(log => ({ ...(log as object), blockTimestamp: undefined }))
            : honest,
      }),
    )
    const { last } = await read(clientOf(proxy.url))
    const all = [...last.reports.values()].flat()
    expect(all.length).toBeGreaterThan(200)
    expect(all.every(({ log }) => log.time === undefined)).toBe(true)
  })

  test('behavior: a log that cannot be what it says is told apart, and is no report', async () => {
    const proxy = await running.proxy(
      always({
        kind: 'result',
        change: honest =>
          Array.isArray(honest)
            ? honest.map((log, index) => (index === 3 ? { ...(log as object), data: '0x' } : log))
            : honest,
      }),
    )
    const { last } = await read(clientOf(proxy.url))
    const honest = await read(clientOf(running.chain.url))
    expect(last.malformed).toHaveLength(1)
    const count = ({ reports }: ReportProgress) => [...reports.values()].flat().length
    expect(count(last)).toBe(count(honest.last) - 1)
  })

  test('error: the reason of an abort', async () => {
    const leave = new AbortController()
    const reason = new DOMException('gone', 'AbortError')
    const request = await requestOf({ signal: leave.signal })
    const reading = readReports(clientOf(running.chain.url), archives(), request)
    leave.abort(reason)
    await expect(reading.next()).rejects.toBe(reason)
  })
})

describe('a second operator', () => {
  const slotEvent = rocketPool.reports.find(({ signature }) => signature.includes('slotTimestamp'))?.topic
  type Raw = { readonly topics: readonly string[]; readonly data: string; readonly blockNumber: string }
  /** Changes the logs of an answer. */
  const logsBy =
    (change: (logs: readonly Raw[]) => unknown): FaultPolicy =>
    ({ method }) =>
      method === 'eth_getLogs'
        ? { kind: 'result', change: result => (Array.isArray(result) ? change(result as Raw[]) : result) }
        : undefined
  let lastBlock: BlockNumber | undefined
  /** Says that Rocket Pool measured its last report a day earlier. */
  const lying = logsBy(logs =>
    logs.map(log => {
      if (log.topics[0] !== slotEvent || BigInt(log.blockNumber) !== lastBlock) return log
      const slot = BigInt(log.data.slice(0, 66)) - 86_400n
      return { ...log, data: `0x${slot.toString(16).padStart(64, '0')}${log.data.slice(66)}` }
    }),
  )
  const refusing: FaultPolicy = ({ method }) =>
    method === 'eth_getLogs'
      ? refuse(200, { code: -32_601, message: 'the method eth_getLogs does not exist/is not available' })
      : undefined

  /** The first operator gives the logs: it is asked before the others, and the chain is one request long. */
  async function readFrom(...policies: readonly (FaultPolicy | undefined)[]) {
    lastBlock ??= lastSlot((await read(clientOf(running.chain.url))).last).log.block
    const proxies = await Promise.all(policies.map(policy => running.proxy(policy)))
    const client = clientOf(...proxies.map(({ url }) => url))
    const { to } = await requestOf()
    const kept = archives()
    const change = { finalized: to }
    const result = await read(client, change, kept)
    const aside = client.standings.flatMap(({ endpoint, setAside }) => (setAside() ? endpoint.operator : []))
    const asked = () => proxies.map(({ requests }) => requests.filter(isLogs).length)
    return { ...result, client, kept, change, aside, asked, to }
  }

  const isLogs = ({ method }: { method: string }): boolean => method === 'eth_getLogs'
  const all = ({ reports }: ReportProgress): Report[] => [...reports.values()].flat()
  const lastSlot = (progress: ReportProgress) =>
    reportsOf(progress, 'rocket-pool').at(-1) ?? expect.unreachable('no report')
  const inDays = ({ confirmed }: ReportProgress, { log }: Report): boolean =>
    confirmed.some(({ from, to }) => from <= log.block && log.block <= to)

  test('default: last of all, the days of the windows’ ends are told by another, and each report says so', async () => {
    const { values, last, asked, to } = await readFrom(undefined, undefined)
    expect(last.confirmed.length).toBeGreaterThan(1)
    expect(last.confirmed.every(({ operator }) => operator === 'b')).toBe(true)
    expect(last.confirmed.some(one => one.to === to)).toBe(true)
    for (const report of all(last)) expect(report.confirmedBy).toBe(inDays(last, report) ? 'b' : undefined)
    expect(all(last).filter(({ confirmedBy }) => confirmedBy === 'b').length).toBeGreaterThan(20)
    // All was shown before.
    const before = values.at(-2) ?? expect.unreachable('one value only')
    expect(before.confirmed).toEqual([])
    expect(before.done).toBe(before.wanted)
    expect(all(before).every(({ confirmedBy }) => confirmedBy === undefined)).toBe(true)
    expect(all(last).map(({ log }) => log)).toEqual(all(before).map(({ log }) => log))
    expect(asked()[1]).toBeLessThanOrEqual(8)
  })

  test('behavior: another reading of the visit asks nobody again, and knows the same', async () => {
    const { client, change, kept, last, asked } = await readFrom(undefined, undefined)
    const before = asked()
    const again = await read(client, change, kept)
    expect(again.last).toEqual(last)
    expect(asked()).toEqual(before)
  })

  test('behavior: one alone is asked nothing more, and confirms nothing', async () => {
    const { last, asked } = await readFrom(undefined)
    expect(last.confirmed).toEqual([])
    expect(all(last).some(({ confirmedBy }) => confirmedBy !== undefined)).toBe(false)
    expect(asked()).toEqual([1])
  })

  test('behavior: one that refuses takes nothing from what the other tells', async () => {
    const { last, failure } = await readFrom(undefined, refusing)
    expect(failure).toBeUndefined()
    expect(last).toMatchObject({ confirmed: [], doubts: [], done: last.wanted })
    expect(all(last).length).toBeGreaterThan(200)
  })

  test.each<[string, FaultPolicy | undefined, FaultPolicy | undefined]>([
    ['first', lying, undefined],
    ['second', undefined, lying],
  ])('behavior: a time that the %s tells otherwise leaves these days to the samples', async (_, a, b) => {
    const { last, aside, kept, to } = await readFrom(a, b)
    const honest = await read(clientOf(running.chain.url))
    const [doubt] = last.doubts
    if (doubt === undefined) return expect.unreachable('no doubt')
    expect(last.doubts).toHaveLength(1)
    expect(doubt).toMatchObject({
      isDisputed: true,
      why: `a and b tell different events in blocks ${doubt.from} to ${doubt.to}.`,
    })
    const isIn = ({ log }: Report) => log.block >= doubt.from && log.block <= doubt.to
    expect(lastSlot(honest.last).log.block).toBeGreaterThanOrEqual(doubt.from)
    expect(reportsOf(last, 'rocket-pool').some(isIn)).toBe(false)
    expect(reportsOf(last, 'rocket-pool').map(({ rate }) => rate)).toEqual(
      reportsOf(honest.last, 'rocket-pool')
        .filter(report => !isIn(report))
        .map(({ rate }) => rate),
    )
    // The others' events are the same; but of these blocks not all are known.
    expect(reportsOf(last, 'lido')).toHaveLength(reportsOf(honest.last, 'lido').length)
    expect(intersect(last.covered, [doubt])).toEqual([])
    expect(union(last.covered, [doubt])).toEqual([{ from: 1n, to }])
    expect(last.done + lengthOf(doubt)).toBe(last.wanted)
    expect(aside).toEqual([])
    const { key } = reportFilter(tokenPools, { ...(await requestOf()), grid: EMBEDDED_GRID })
    const { covered } = await kept.logs.load('chain', key)
    expect(covered.some(({ from, to }) => from <= doubt.to && to >= doubt.from)).toBe(false)
  })

  test('behavior: two against one: what the liar gave is read again from the others, and kept', async () => {
    const { last, aside, kept, failure } = await readFrom(lying, undefined, undefined)
    const honest = await read(clientOf(running.chain.url))
    expect(failure).toBeUndefined()
    expect(aside).toEqual(['a'])
    expect(last).toMatchObject({ doubts: [], done: last.wanted, timesMissing: 0 })
    expect(lastSlot(last).measured).toEqual(lastSlot(honest.last).measured)
    expect(lastSlot(last).confirmedBy).toMatch(/^[bc]$/)
    expect(all(last).map(({ log }) => log.block)).toEqual(all(honest.last).map(({ log }) => log.block))
    expect(all(last).every(({ log }) => log.operator !== 'a')).toBe(true)
    const { key } = reportFilter(tokenPools, { ...(await requestOf()), grid: EMBEDDED_GRID })
    const { logs } = await kept.logs.load('chain', key)
    expect(logs.length).toBeGreaterThan(200)
    expect(logs.every(({ operator }) => operator !== 'a')).toBe(true)
  })

  test('behavior: two against one: a liar among those asked is put aside, and the reports stand', async () => {
    const { last, aside } = await readFrom(undefined, lying, undefined)
    expect(aside).toEqual(['b'])
    expect(last.doubts).toEqual([])
    expect(lastSlot(last)).toMatchObject({ confirmedBy: 'c', log: { operator: 'a' } })
  })
})

describe('what a hundred days of mainnet take', () => {
  const END = 25_920_000n
  const FROM = END - 720_000n + 1n
  /** A report somewhere in each twelfth of a day; the logs are of no pool, so that what is counted is the asking. */
  const blocks: BlockNumber[] = []
  for (let block = FROM; block < END; block += 600n) blocks.push(block + ((block * 37n) % 600n))

  const known = (rate: bigint): Reading => ({ state: 'known', rate, supply: WAD, pooled: WAD })
  const samples = Array.from({ length: 101 }, (_, day): Sample => {
    const rate = known(WAD + BigInt(day) * 10n ** 14n)
    return {
      block: FROM - 1n + BigInt(day) * 7_200n,
      time: 1_700_000_000n + BigInt(day) * 86_400n,
      readings: Object.fromEntries(tokenPools.map(pool => [poolKey(pool), rate])),
      operator: 'test',
    }
  })

  test.each([
    [10_000n, 50_000n],
    [6_000n, 30_000n],
  ])(
    'default: and at %s blocks eight more of another operator, which gives none of them',
    async (span, least) => {
      const ends = [await startLogEndpoint(blocks), await startLogEndpoint(blocks)]
      for (const endpoint of ends)
        endpoint.answer(({ from, to, addresses }) => ({
          logs: blocks
            .filter(block => block >= from && block <= to)
            .map(block => coinbaseLog(block, addresses)),
        }))
      const limits = { span }
      const records = ends.map(({ url }, index) => logRecord(url, 'ab'.charAt(index), { limits }))
      const request = { pools: tokenPools, samples, from: FROM, to: END, finalized: END, identity: 'chain' }
      const kept = archives()
      const network = { chainIds: [1n], grid: 7_200n }
      for await (const _ of readReports(createClient(records.slice(0, 1), network), kept, request));
      let last: ReportProgress | undefined
      for await (const value of readReports(createClient(records, network), kept, request)) last = value
      expect(ends[1]?.asked.length).toBe(8)
      expect(last?.confirmed.reduce((sum, one) => sum + lengthOf(one), 0n)).toBeGreaterThan(least)
      expect(last?.confirmed.every(({ operator }) => operator === 'b')).toBe(true)
    },
  )

  test.each([
    [10_000n, 74],
    [50_000n, 17],
  ])('default: at %s blocks a request, %s requests at most', async (span, most) => {
    const endpoint = await startLogEndpoint(blocks)
    const record = logRecord(endpoint.url, 'a', { limits: { span } })
    const client = createClient([record], { chainIds: [1n], grid: 7_200n })
    endpoint.answer(({ span: asked, from, to, addresses }) => {
      if (asked > span) return { status: 400, body: () => 'Block range is too wide' }
      const inside = blocks.filter(block => block >= from && block <= to)
      return { logs: inside.map(block => coinbaseLog(block, addresses)) }
    })
    const request = { pools: tokenPools, samples, from: FROM, to: END, finalized: END, identity: 'chain' }
    let last: ReportProgress | undefined
    for await (const value of readReports(client, archives(), request)) last = value
    expect(last?.done).toBe(lengthOf(request))
    expect(reportsOf(last ?? expect.unreachable('nothing'), 'coinbase')).toHaveLength(blocks.length)
    expect(endpoint.asked.length).toBeLessThanOrEqual(most)
  })
})

/** What cbETH would emit in a block. */
function coinbaseLog(block: BlockNumber, asked: readonly string[]): unknown {
  const [event] = poolOf('coinbase').reports
  const [address] = event?.addresses ?? []
  expect(asked).toContain(address)
  return {
    address,
    topics: [event?.topic, `0x${'05'.padStart(64, '0')}`],
    data: `0x${WAD.toString(16).padStart(64, '0')}`,
    blockNumber: `0x${block.toString(16)}`,
    transactionHash: `0x${block.toString(16).padStart(64, '0')}`,
    logIndex: '0x0',
    removed: false,
  }
}
