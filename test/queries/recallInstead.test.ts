import { QueryClient } from '@tanstack/react-query'
import { describe, expect, test, vi } from 'vitest'
import { DeviceOffline, MethodUnavailable, RateLimited, Unreachable } from '../../src/chain/errors.ts'
import { keptFigures } from '../../src/chain/recallLive.ts'
import { DAY } from '../../src/math/fixedPoint.ts'
import { historyQuery } from '../../src/queries/history.ts'
import { lastFiguresPlace, lastFiguresQuery } from '../../src/queries/lastFigures.ts'
import { liveQuery } from '../../src/queries/live.ts'
import { reportsQuery } from '../../src/queries/reports.ts'
import { createWorld, HEAD, type World } from '../views/support/world.ts'

const MONTH = { range: 30n * DAY, window: 7n * DAY } as const
const SPAN = { span: 20n * DAY }

const LIMITED = new RateLimited('too many requests', { operator: 'Test node' })
const NO_LOGS = new MethodUnavailable('no logs', { operator: 'Test node' })
const GONE = new Unreachable('cannot be reached', { operator: 'Test node' })

/** A visit that read a month and its reports, kept its last figures, and lost its network. */
async function visitThatEnded(): Promise<World> {
  const world = createWorld()
  const { session } = world
  const queries = new QueryClient()
  const live = await queries.fetchQuery(liveQuery(session))
  const history = await queries.fetchQuery(historyQuery(session, MONTH))
  await queries.fetchQuery(reportsQuery(session, SPAN, true))
  await session.last.keep(lastFiguresPlace(session), keptFigures(live, history.identity))
  world.refuse = () => GONE
  return world
}

describe('a visit without a network', () => {
  test('default: history and reports are what was kept, up to the last figures', async () => {
    const { session } = await visitThatEnded()
    const queries = new QueryClient()
    const history = await queries.fetchQuery(historyQuery(session, MONTH))
    expect(history).toMatchObject({ isRecalled: true, isComplete: true })
    expect(history.samples.at(-1)?.block).toBe(HEAD)
    // What is younger than an epoch was not kept.
    expect(history.samples.at(-2)?.block).toBe(HEAD - 32n)
    const reports = await queries.fetchQuery(reportsQuery(session, SPAN, true))
    expect(reports).toMatchObject({ isRecalled: true, isComplete: true })
  })

  test('behavior: asked again, it stays the same until something newer comes', async () => {
    const world = await visitThatEnded()
    const queries = new QueryClient()
    const options = { ...historyQuery(world.session, MONTH), staleTime: 0 }
    const first = await queries.fetchQuery(options)
    expect(await queries.fetchQuery(options)).toBe(first)
    world.refuse = () => undefined
    const next = await queries.fetchQuery(options)
    expect(next.isRecalled).toBeUndefined()
    expect(next.isComplete).toBe(true)
  })

  test('error: Unreachable where nothing was kept, and where the history of this chain has no name yet', async () => {
    const world = createWorld()
    world.refuse = () => GONE
    const read = () => new QueryClient().fetchQuery(historyQuery(world.session, MONTH))
    await expect(read()).rejects.toBe(GONE)
    const { session } = createWorld()
    const live = await new QueryClient().fetchQuery(liveQuery(session))
    await world.session.last.keep(lastFiguresPlace(world.session), keptFigures(live, undefined))
    await expect(read()).rejects.toBe(GONE)
  })

  test('behavior: what was read before the failure stays; nothing older takes its place', async () => {
    const world = await visitThatEnded()
    world.refuse = () => undefined
    const queries = new QueryClient()
    const options = { ...historyQuery(world.session, MONTH), staleTime: 0 }
    const read = await queries.fetchQuery(options)
    world.refuse = () => GONE
    await queries.cancelQueries()
    await queries.invalidateQueries({ queryKey: ['live'] })
    await expect(queries.fetchQuery({ ...options, retry: false })).rejects.toBe(GONE)
    expect(queries.getQueryData(options.queryKey)).toBe(read)
  })
})

describe('a network in which one question fails', () => {
  /** The newest block is served; what is older is not. */
  const refuseTheOld = (world: World): void => {
    world.refuse = ({ role }) => (role === 'head' ? undefined : LIMITED)
  }

  test('error: RateLimited of history is told, beside what was kept', async () => {
    const world = await visitThatEnded()
    refuseTheOld(world)
    const queries = new QueryClient()
    const options = historyQuery(world.session, MONTH)
    await expect(queries.fetchQuery(options)).rejects.toBe(LIMITED)
    expect(queries.getQueryState(options.queryKey)).toMatchObject({ status: 'error', error: LIMITED })
    expect(queries.getQueryData(options.queryKey)).toHaveProperty('isRecalled', true)
  })

  test('behavior: a device that has just lost its network takes what was kept, though the newest block is there', async () => {
    const world = await visitThatEnded()
    world.refuse = ({ role }) => (role === 'head' ? undefined : new DeviceOffline('no network'))
    const history = await new QueryClient().fetchQuery(historyQuery(world.session, MONTH))
    expect(history).toMatchObject({ isRecalled: true, isComplete: true })
  })

  test('error: MethodUnavailable of reports is told, and nothing stands for what was never read', async () => {
    const world = await visitThatEnded()
    const queries = new QueryClient()
    world.refuse = ({ method }) => (method === 'eth_getLogs' ? NO_LOGS : undefined)
    await queries.fetchQuery(historyQuery(world.session, MONTH))
    const options = reportsQuery(world.session, { span: 25n * DAY }, true)
    await expect(queries.fetchQuery(options)).rejects.toBeInstanceOf(Error)
    expect(queries.getQueryData(options.queryKey)?.isRecalled).toBeUndefined()
  })

  test('error: RateLimited half-way after a time away is told, and what came is on the screen', async () => {
    const world = await visitThatEnded()
    const queries = new QueryClient()
    const options = { ...historyQuery(world.session, MONTH), staleTime: 0 }
    expect(await queries.fetchQuery(options)).toHaveProperty('isRecalled', true)
    refuseTheOld(world)
    await expect(queries.fetchQuery({ ...options, retry: false })).rejects.toBe(LIMITED)
  })

  test('behavior: read anew after a time away, what comes is drawn as it comes', async () => {
    const world = await visitThatEnded()
    const queries = new QueryClient()
    const options = { ...historyQuery(world.session, MONTH), staleTime: 0 }
    const recalled = await queries.fetchQuery(options)
    world.refuse = () => undefined
    const shown = new Set<unknown>()
    queries.getQueryCache().subscribe(() => {
      const history = queries.getQueryData(options.queryKey)
      if (history !== recalled) shown.add(history?.isComplete)
    })
    await queries.fetchQuery(options)
    expect(shown).toEqual(new Set([false, true]))
  })
})

describe('lastFiguresQuery', () => {
  const isOnline = (onLine: boolean) => vi.stubGlobal('navigator', { onLine })

  test('default: without a network at once, judged as the live ones are', async () => {
    const { session } = await visitThatEnded()
    isOnline(false)
    // Time stands still: nothing is waited for.
    vi.useFakeTimers({ toFake: ['setTimeout'] })
    const last = await new QueryClient().fetchQuery(lastFiguresQuery(session, true))
    expect(last?.live).toMatchObject({ isRecalled: true, block: HEAD })
    expect(last?.live.pools.some(({ reading }) => reading.state === 'known')).toBe(true)
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  test('behavior: live figures that come in time make it needless', async () => {
    const { session } = await visitThatEnded()
    vi.useFakeTimers()
    const queries = new QueryClient()
    const coming = queries.fetchQuery(lastFiguresQuery(session, true))
    queries.setQueryData(liveQuery(session).queryKey, {} as never)
    await vi.advanceTimersByTimeAsync(2_000)
    expect(await coming).toBeNull()
    vi.useRealTimers()
  })

  test('behavior: a mainnet is one whoever is asked, a chain on this machine is not', () => {
    const { session } = createWorld({ chain: 'mainnet', id: 'some endpoints' })
    expect(lastFiguresPlace(session)).toBe('mainnet')
    const [endpoint] = session.client.endpoints
    if (endpoint === undefined) return expect.unreachable()
    const own = { ...session.client, endpoints: [{ ...endpoint, url: 'http://127.0.0.1:8545/' }] }
    expect(lastFiguresPlace({ ...session, client: own })).toBe('some endpoints')
    expect(lastFiguresPlace({ ...session, chain: 'embedded' })).toBe('some endpoints')
  })
})
