import { hashKey, QueryClient } from '@tanstack/react-query'
import { describe, expect, test, vi } from 'vitest'
import { MethodUnavailable, NoEndpointServed } from '../../src/chain/errors.ts'
import { type BlockNumber, DAY } from '../../src/math/fixedPoint.ts'
import { SLOW } from '../../src/queries/freshness.ts'
import { NoHistoryYet } from '../../src/queries/gatherReports.ts'
import { type History, type HistoryInputs, historyKey, historyQuery } from '../../src/queries/history.ts'
import { type Reports, reportsKey, reportsQuery } from '../../src/queries/reports.ts'
import { poolOf } from '../pools/lookup.ts'
import { logOf, reportArguments } from '../support/reportLogs.ts'
import {
  type Asked,
  createWorld,
  HEAD,
  type RawLog,
  rateOf,
  timeOf,
  type World,
} from '../views/support/world.ts'

const MONTH = { range: 30n * DAY, window: 7n * DAY } as const
const SPAN = { span: 20n * DAY }
const START = HEAD - 20n

const rocketPool = poolOf('rocket-pool')
const hex = (value: bigint) => `0x${value.toString(16)}` as const

/** What a pool's event says in a block; Rocket Pool's first one measured a block long before. */
function rawReport(id: string, block: BlockNumber, index: bigint): RawLog {
  const pool = poolOf(id)
  const [event] = pool.reports
  if (event === undefined) return expect.unreachable('no event')
  const told = { rate: rateOf(pool)(block), block: block - 200n, time: timeOf(block) - 600n }
  const { address, topics, data } = logOf(event, reportArguments(id, told))
  return {
    address,
    topics,
    data,
    blockNumber: hex(block),
    logIndex: hex(index),
    transactionHash: `0x${block.toString(16).padStart(64, '0')}`,
    blockTimestamp: hex(timeOf(block)),
  }
}

/** A world in which three pools report every day. */
function createReporting(options: Parameters<typeof createWorld>[0] = {}): World {
  const world = createWorld(options)
  for (let block = HEAD - 100n; block <= HEAD + 10n; block += 1n)
    for (const [index, id] of ['rocket-pool', 'coinbase', 'swell'].entries())
      world.emit(rawReport(id, block, BigInt(index)))
  return world
}

/** Start the reading and collect every state that a screen would be drawn from. */
async function watch(world: World, inputs = SPAN, histories: readonly HistoryInputs[] = [MONTH]) {
  // Every update is drawn, as if each answer took a second.
  let now = 0
  vi.spyOn(performance, 'now').mockImplementation(() => {
    now += 1_000
    return now
  })
  const queries = new QueryClient()
  for (const history of histories) await queries.fetchQuery(historyQuery(world.session, history))
  const options = reportsQuery(world.session, inputs, true)
  const seen: Reports[] = []
  queries.getQueryCache().subscribe(({ query }) => {
    const data = query.queryKey[0] === 'reports' ? (query.state.data as Reports | undefined) : undefined
    if (data !== undefined && data !== seen.at(-1)) seen.push(data)
  })
  const before = world.asked.length
  const read = (): Promise<Reports> => queries.fetchQuery({ ...options, staleTime: 0 })
  const asked = (): readonly Asked[] => world.asked.slice(before)
  return { queries, options, seen, read, asked }
}

const isLogs = ({ method }: Asked): boolean => method === 'eth_getLogs'
/** A header of a block that only a report names. */
const isReference = ({ method, block, role }: Asked): boolean =>
  method === 'eth_getBlockByNumber' && role === 'archive' && block !== undefined && block > 1n
const blocksOf = ({ reports }: Reports, id: string) => reports.get(id)?.map(({ log }) => log.block)
const days = (from: BlockNumber, to = HEAD) =>
  Array.from({ length: Number(to - from) + 1 }, (_, index) => from + BigInt(index))

describe('reportsQuery', () => {
  test('default: the reports of the span, with the times of the blocks that they measured', async () => {
    const world = createReporting()
    const { read, asked } = await watch(world)
    const reports = await read()
    expect(reports).toMatchObject({
      isComplete: true,
      from: timeOf(START),
      malformed: [],
      doubts: [],
      timesMissing: 0,
    })
    expect(reports.covered).toEqual([{ from: START, to: HEAD }])
    for (const id of ['rocket-pool', 'coinbase', 'swell']) expect(blocksOf(reports, id)).toEqual(days(START))
    expect(blocksOf(reports, 'lido')).toEqual([])
    expect(reports.reports.get('coinbase')?.at(-1)?.rate).toBe(rateOf(poolOf('coinbase'))(HEAD))
    expect([...reports.blockTimes].sort()).toEqual(
      days(START).map(block => [block - 200n, timeOf(block - 200n)]),
    )
    // All pools and all days in one; the samples are those that the history has read.
    expect(asked().filter(isLogs)).toHaveLength(1)
    expect(asked().filter(isReference)).toHaveLength(21)
    expect(asked().filter(({ method, role }) => method === 'eth_call' && role === 'archive')).toEqual([])
  })

  test('error: NoHistoryYet where no history was read, or none to its end', async () => {
    const world = createReporting()
    const { queries, read, asked } = await watch(world, SPAN, [])
    await expect(read()).rejects.toBeInstanceOf(NoHistoryYet)
    const whole = await (await watch(world)).queries.fetchQuery(historyQuery(world.session, MONTH))
    queries.setQueryData<History>(historyKey(world.session, MONTH), { ...whole, isComplete: false })
    await expect(read()).rejects.toBeInstanceOf(NoHistoryYet)
    expect(asked().filter(isLogs)).toEqual([])
    queries.setQueryData<History>(historyKey(world.session, MONTH), whole)
    expect((await read()).isComplete).toBe(true)
  })

  test('behavior: another connection’s history is none', async () => {
    const world = createReporting()
    const { queries, read } = await watch(world)
    const other = createWorld({ id: 'http://other 1' })
    await expect(queries.fetchQuery(reportsQuery(other.session, SPAN, true))).rejects.toBeInstanceOf(
      NoHistoryYet,
    )
    expect((await read()).isComplete).toBe(true)
  })

  test('behavior: the longest of several histories says how far back it can go', async () => {
    const quarter = { ...MONTH, range: 80n * DAY }
    const { read } = await watch(createReporting(), { span: 60n * DAY }, [MONTH, quarter])
    expect(await read()).toMatchObject({
      from: timeOf(HEAD - 60n),
      covered: [{ from: HEAD - 60n, to: HEAD }],
    })
  })

  test('behavior: a history that is shorter than the span is used from its start, which is told', async () => {
    const { read } = await watch(createReporting(), { span: 90n * DAY })
    const reports = await read()
    // 30 days, 7 of the window and one more.
    expect(reports.from).toBe(timeOf(HEAD - 38n))
    expect(blocksOf(reports, 'coinbase')).toEqual(days(HEAD - 38n))
  })

  test('behavior: without a span, as far back as there are samples', async () => {
    const world = createReporting()
    const { queries } = await watch(world)
    const reports = await queries.fetchQuery(reportsQuery(world.session, { span: undefined }, true))
    expect(reports.from).toBe(timeOf(HEAD - 38n))
  })

  test('behavior: a span that starts between two samples begins at the first of them', async () => {
    const { read } = await watch(createReporting(), { span: 20n * DAY + 1n })
    expect((await read()).from).toBe(timeOf(START - 1n))
  })

  test('behavior: it grows on the screen before it is complete', async () => {
    const { seen, read } = await watch(createReporting())
    await read()
    expect(seen.length).toBeGreaterThan(10)
    const missing = seen.filter(({ done, wanted }) => done === wanted).map(({ timesMissing }) => timesMissing)
    expect(missing[0]).toBe(21)
    expect(missing).toEqual([...missing].sort((a, b) => b - a))
    expect(seen.slice(0, -1).every(({ isComplete }) => !isComplete)).toBe(true)
    expect(seen.every(({ from }) => from === timeOf(START))).toBe(true)
    expect(seen.at(-1)?.isComplete).toBe(true)
  })

  test('behavior: a renewal asks for what was not final, and what was complete stays whole meanwhile', async () => {
    const world = createReporting()
    const { queries, seen, read } = await watch(world)
    await read()
    const [drawn, before] = [seen.length, world.asked.length]
    world.head = HEAD + 3n
    queries.removeQueries({ queryKey: ['live'] })
    const reports = await read()
    expect(seen.slice(drawn).map(({ isComplete }) => isComplete)).toEqual([true])
    expect(blocksOf(reports, 'coinbase')).toEqual(days(START + 3n, HEAD + 3n))
    const fresh = world.asked.slice(before)
    expect(fresh.filter(isLogs)).toHaveLength(1)
    // Blocks that three new reports measured; those of the others are kept.
    expect(new Set(fresh.filter(isReference).map(({ block }) => block))).toEqual(
      new Set([HEAD - 199n, HEAD - 198n, HEAD - 197n]),
    )
  })

  test('behavior: what is younger than an epoch is not kept, whatever an endpoint calls final', async () => {
    const world = createReporting()
    world.tamper = ({ method, role, block }, result) =>
      method === 'eth_getBlockByNumber' && role === 'head' && block === HEAD - 2n
        ? { ...(result as object), number: hex(HEAD), timestamp: hex(timeOf(HEAD)) }
        : result
    const keep = vi.spyOn(world.session.logs, 'keep')
    const { read } = await watch(world, { span: 36n * DAY })
    await read()
    expect(keep.mock.calls.map(([, , piece]) => piece)).toEqual([{ from: HEAD - 36n, to: HEAD - 32n }])
  })

  test.each([
    ['anvil/v1.0', 0],
    ['Geth/v1.0', 1],
  ])('behavior: of a node that claims to be mainnet and is %s %s pieces are kept', async (name, pieces) => {
    const { range, window } = MONTH
    const history = await new QueryClient().fetchQuery(historyQuery(createWorld().session, { range, window }))
    const world = createReporting({ chainId: 1n })
    const { client } = world.session
    const url = 'http://127.0.0.1:8545'
    const endpoints = client.endpoints.map(endpoint => ({ ...endpoint, url }))
    const ask: typeof client.ask = async question =>
      question.method === 'web3_clientVersion'
        ? { value: question.read(name, 'test'), operator: 'test', url }
        : client.ask(question)
    const session = { ...world.session, client: { ...client, endpoints, ask } }
    const keep = vi.spyOn(session.logs, 'keep')
    const { queries, read } = await watch({ ...world, session }, { span: 36n * DAY }, [])
    queries.setQueryData<History>(historyKey(session, MONTH), history)
    expect(blocksOf(await read(), 'swell')).toEqual(days(HEAD - 36n))
    expect(keep).toHaveBeenCalledTimes(pieces)
  })

  test('behavior: a cancel keeps what came, and going on reads only the rest', async () => {
    const world = createReporting()
    const { queries, options, seen, read } = await watch(world)
    let answered = 0
    world.hold = question => {
      if (isReference(question)) answered += 1
      return answered > 8
    }
    const first = read()
    first.catch(() => undefined)
    await vi.waitFor(() => expect(seen.at(-1)?.timesMissing).toBe(13))
    await queries.cancelQueries({ queryKey: options.queryKey })
    const kept = queries.getQueryData(options.queryKey)
    expect(kept).toMatchObject({ isComplete: false, timesMissing: 13 })
    world.release()
    const before = world.asked.length
    expect(await read()).toMatchObject({ isComplete: true, timesMissing: 0 })
    expect(world.asked.slice(before).filter(isReference)).toHaveLength(13)
  })

  test('error: NoEndpointServed where nobody serves logs, and what there is is told as incomplete', async () => {
    const world = createReporting()
    world.refuse = question => (isLogs(question) ? new MethodUnavailable('has no logs') : undefined)
    const { queries, options, read } = await watch(world)
    await expect(read()).rejects.toBeInstanceOf(NoEndpointServed)
    const data = queries.getQueryData<Reports>(options.queryKey)
    expect(data).toMatchObject({ isComplete: false, done: 0n, wanted: 21n, covered: [] })
  })

  test('behavior: a failure between two updates of the screen loses nothing of what came before it', async () => {
    const world = createReporting()
    const { queries, options, read } = await watch(world)
    vi.spyOn(performance, 'now').mockReturnValue(1_000)
    const full = new DOMException('full', 'QuotaExceededError')
    vi.spyOn(world.session.times, 'keep').mockRejectedValue(full)
    await expect(read()).rejects.toBe(full)
    expect(
      blocksOf(queries.getQueryData(options.queryKey) ?? expect.unreachable('nothing'), 'swell'),
    ).toEqual(days(START))
  })

  test('behavior: headers that nobody has are counted, and the reports are there', async () => {
    const world = createReporting()
    world.refuse = question => (isReference(question) ? new MethodUnavailable('has no headers') : undefined)
    const reports = await (await watch(world)).read()
    expect(reports).toMatchObject({ isComplete: true, timesMissing: 21 })
    expect(blocksOf(reports, 'rocket-pool')).toEqual(days(START))
    expect(rocketPool.reports[0]?.addresses[0]?.toLowerCase()).toBe(
      reports.reports.get('rocket-pool')?.[0]?.log.address,
    )
  })

  test('behavior: of several endpoints one may be behind, so the newest blocks are not asked for', async () => {
    const world = createReporting({ others: ['B'] })
    const { client } = world.session
    const session = {
      ...world.session,
      client: { ...client, network: { ...client.network, mostHeadAge: 60n } },
    }
    const reports = await (await watch({ ...world, session })).read()
    expect(reports.covered).toEqual([{ from: START, to: HEAD - 5n }])
  })

  test('behavior: half of the reports are fresh for nobody, all of them for a while', async () => {
    const { queries, options, read } = await watch(createReporting())
    const whole = await read()
    const query = queries.getQueryCache().find({ queryKey: options.queryKey })
    const fresh = options.staleTime as (query: unknown) => number
    const again = options.refetchInterval as (query: unknown) => number | false
    expect([fresh(query), again(query)]).toEqual([SLOW.staleTime, SLOW.refetchInterval])
    queries.setQueryData<Reports>(options.queryKey, { ...whole, isComplete: false })
    expect([fresh(query), again(query)]).toEqual([0, false])
  })

  test('behavior: it waits until it is enabled', () => {
    const { session } = createWorld()
    expect([true, false].map(isReady => reportsQuery(session, SPAN, isReady).enabled)).toEqual([true, false])
  })
})

describe('reportsKey', () => {
  const { session } = createWorld()

  test('default: another span or endpoint set is another question', () => {
    const other = createWorld({ id: 'http://other 7200' }).session
    const keys = [
      reportsKey(session, SPAN),
      reportsKey(session, { span: 30n * DAY }),
      reportsKey(session, { span: undefined }),
      reportsKey(other, SPAN),
    ]
    expect(new Set(keys.map(hashKey)).size).toBe(keys.length)
    expect(reportsKey(session, { ...SPAN })).toEqual(reportsKey(session, SPAN))
    expect(keys.flat().every(part => typeof part === 'string')).toBe(true)
  })
})
