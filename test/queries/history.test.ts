import { hashKey, QueryClient } from '@tanstack/react-query'
import { describe, expect, test, vi } from 'vitest'
import { ArchiveUnavailable } from '../../src/chain/errors.ts'
import { DAY } from '../../src/math/fixedPoint.ts'
import { SLOW } from '../../src/queries/freshness.ts'
import { type History, historyKey, historyQuery } from '../../src/queries/history.ts'
import { liveQuery } from '../../src/queries/live.ts'
import { type Asked, createWorld, HEAD, type World } from '../views/support/world.ts'

const MONTH = { range: 30n * DAY, window: 7n * DAY } as const
const QUARTER = { ...MONTH, range: 90n * DAY } as const

/** What is younger than an epoch may still change, so it is not kept. */
const SETTLED = HEAD - 32n

const isSample = ({ method, role, block }: Asked): boolean =>
  method === 'eth_call' && role === 'archive' && block !== undefined
const sampledBlocks = ({ asked }: World): bigint[] =>
  asked.filter(isSample).flatMap(({ block }) => block ?? [])

/** Start the reading and collect every state that a screen would be drawn from. */
function watch(world: World, inputs = MONTH) {
  // Every update is drawn, as if each answer took a second.
  let now = 0
  vi.spyOn(performance, 'now').mockImplementation(() => {
    now += 1_000
    return now
  })
  const queries = new QueryClient()
  const options = historyQuery(world.session, inputs)
  const seen: History[] = []
  queries.getQueryCache().subscribe(({ query }) => {
    const data = query.queryKey[0] === 'history' ? (query.state.data as History | undefined) : undefined
    if (data !== undefined && data !== seen.at(-1)) seen.push(data)
  })
  const read = (): Promise<History> => queries.fetchQuery({ ...options, staleTime: 0 })
  return { queries, options, seen, read }
}

/** Hold every sample after the first few. */
function holdAfter(world: World, count: number): void {
  let answered = 0
  world.hold = question => {
    if (!isSample(question)) return false
    answered += 1
    return answered > count
  }
}

describe('historyQuery', () => {
  test('default: every day of the range and the window before it, ascending, and complete', async () => {
    const world = createWorld()
    const history = await watch(world).read()
    const blocks = history.samples.map(({ block }) => block)
    // 30 days, 7 of the window and one more; the head is day 800.
    expect(blocks).toEqual(Array.from({ length: 39 }, (_, index) => HEAD - 38n + BigInt(index)))
    expect(history.isComplete).toBe(true)
    expect(history.done).toBe(history.wanted)
  })

  test('behavior: the head is read once and shared with the figures', async () => {
    const world = createWorld()
    const { queries, read } = watch(world)
    const live = await queries.fetchQuery(liveQuery(world.session))
    const history = await read()
    // What others say of it is asked at its block.
    const atHead = ({ role, method, block }: Asked) =>
      role === 'head' && method === 'eth_call' && block === undefined
    expect(world.asked.filter(atHead)).toHaveLength(1)
    expect(history.samples.at(-1)?.block).toBe(live.block)
  })

  test('behavior: all that there is, where no range is given', async () => {
    const world = createWorld()
    world.head = 120n
    const { seen, queries } = watch(world)
    const options = historyQuery(world.session, { range: undefined, window: 30n * DAY })
    const history = await queries.fetchQuery(options)
    expect(history.samples[0]?.block).toBe(1n)
    expect(history.samples).toHaveLength(120)
    expect(seen.at(-1)?.isComplete).toBe(true)
  })

  test('behavior: a history that is complete stays whole while it is read again', async () => {
    const { seen, read } = watch(createWorld())
    await read()
    const first = seen.length
    await read()
    expect(seen.slice(first).map(({ isComplete }) => isComplete)).toEqual([true])
  })

  test('behavior: it grows on the screen before it is complete', async () => {
    const world = createWorld()
    const { seen, read } = watch(world)
    await read()
    const sizes = seen.map(({ samples }) => samples.length)
    expect(sizes.length).toBeGreaterThan(10)
    expect(sizes).toEqual([...sizes].sort((a, b) => a - b))
    expect(sizes[0]).toBe(1)
    expect(seen.slice(0, -1).every(({ isComplete }) => !isComplete)).toBe(true)
    expect(seen.at(-1)?.isComplete).toBe(true)
  })

  test('behavior: a cancel reaches the transport, keeps what came, and going on reads only the rest', async () => {
    const world = createWorld()
    holdAfter(world, 40)
    const { queries, options, seen, read } = watch(world, QUARTER)
    const first = read()
    first.catch(() => undefined)
    await vi.waitFor(() => expect(seen.at(-1)?.samples).toHaveLength(41), { timeout: 10_000 })
    const waiting = world.asked.filter(isSample).slice(40)
    expect(waiting.length).toBeGreaterThan(0)
    expect(waiting.some(({ signal }) => signal?.aborted)).toBe(false)

    await queries.cancelQueries({ queryKey: options.queryKey })
    expect(waiting.every(({ signal }) => signal?.aborted)).toBe(true)
    const kept = queries.getQueryState(options.queryKey)
    expect(kept?.fetchStatus).toBe('idle')
    expect(kept?.data).toMatchObject({ isComplete: false })
    expect(kept?.data?.samples).toHaveLength(41)

    world.release()
    const [before, answered] = [world.asked.filter(isSample).length, sampledBlocks(world).slice(0, 40)]
    const whole = await read()
    expect(whole).toMatchObject({ isComplete: true })
    expect(whole.samples).toHaveLength(99)
    const again = sampledBlocks(world).slice(before)
    const final = answered.filter(block => block <= SETTLED)
    expect(final.length).toBeGreaterThan(10)
    expect(again.filter(block => final.includes(block))).toEqual([])
  })

  test('behavior: the next visit reads nothing but the tail that is not final', async () => {
    const world = createWorld()
    await watch(world, QUARTER).read()
    const before = world.asked.filter(isSample).length
    const whole = await watch(world, QUARTER).read()
    expect(whole.samples).toHaveLength(99)
    const again = sampledBlocks(world).slice(before)
    expect(again.filter(block => block <= SETTLED)).toEqual([])
    // Whatever is younger may have changed.
    expect(new Set(again).size).toBe(Number(HEAD - 1n - SETTLED))
  })

  test('error: ArchiveUnavailable leaves the samples that came', async () => {
    const world = createWorld()
    const { queries, options, seen, read } = watch(world)
    let answered = 0
    world.refuse = question => {
      if (!isSample(question)) return undefined
      answered += 1
      return answered > 10 ? new ArchiveUnavailable('does not keep state this old') : undefined
    }
    await expect(read()).rejects.toBeInstanceOf(ArchiveUnavailable)
    const state = queries.getQueryState(options.queryKey)
    expect(state?.error).toBeInstanceOf(ArchiveUnavailable)
    expect(state?.data?.isComplete).toBe(false)
    expect(state?.data?.samples.length).toBeGreaterThan(1)
    expect(state?.data).toBe(seen.at(-1))
  })

  test('behavior: a failure between two updates of the screen loses nothing of what came before it', async () => {
    const world = createWorld()
    const { queries, options, read } = watch(world)
    vi.spyOn(performance, 'now').mockReturnValue(1_000)
    let answered = 0
    world.refuse = question => {
      if (isSample(question)) answered += 1
      return answered > 20 ? new ArchiveUnavailable('does not keep state this old') : undefined
    }
    await expect(read()).rejects.toBeInstanceOf(ArchiveUnavailable)
    expect(queries.getQueryData<History>(options.queryKey)?.samples.length).toBeGreaterThan(10)
  })

  test('behavior: half a history is fresh for nobody, a whole one for a while', async () => {
    const world = createWorld()
    const { queries, options, read } = watch(world)
    await read()
    const query = queries.getQueryCache().find({ queryKey: options.queryKey })
    const fresh = options.staleTime as (query: unknown) => number
    const again = options.refetchInterval as (query: unknown) => number | false
    expect(fresh(query)).toBe(SLOW.staleTime)
    expect(again(query)).toBe(SLOW.refetchInterval)
    queries.setQueryData<History>(options.queryKey, { samples: [], done: 0, wanted: 9, isComplete: false })
    expect(fresh(query)).toBe(0)
    expect(again(query)).toBe(false)
  })
})

describe('historyKey', () => {
  const { session } = createWorld()

  test('default: another range, window or endpoint set is another question', () => {
    const other = createWorld({ id: 'http://other 7200' }).session
    const keys = [
      historyKey(session, MONTH),
      historyKey(session, { ...MONTH, range: 90n * DAY }),
      historyKey(session, { ...MONTH, range: undefined }),
      historyKey(session, { ...MONTH, window: 30n * DAY }),
      historyKey(other, MONTH),
    ]
    expect(new Set(keys.map(hashKey)).size).toBe(keys.length)
  })

  test('behavior: the same question has the same key, and a key holds strings only', () => {
    expect(historyKey(session, { ...MONTH })).toEqual(historyKey(session, MONTH))
    expect(historyKey(session, MONTH).every(part => typeof part === 'string')).toBe(true)
  })
})
