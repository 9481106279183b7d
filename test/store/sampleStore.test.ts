import { IDBFactory, IDBKeyRange, IDBObjectStore } from 'fake-indexeddb'
import { promisifyRequest } from 'idb-keyval'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { Reading, Sample } from '../../src/math/sample.ts'
import { openDatabase, StorageUnavailable } from '../../src/store/database.ts'
import { createMemoryStore, createSampleStore, type SampleStore } from '../../src/store/sampleStore.ts'

const known = (rate: bigint): Reading => ({ state: 'known', rate, supply: 2n ** 90n, pooled: 2n ** 91n + 1n })
const sample = (
  block: bigint,
  readings: Readonly<Record<string, Reading>> = { 'a@1': known(block) },
): Sample => ({
  block,
  time: block * 12n,
  operator: 'test',
  readings,
})
const blocksOf = (samples: readonly Sample[]) => samples.map(({ block }) => block)
const loadAll = (store: SampleStore, identity = 'chain') => store.load(identity, 0n, 10n ** 11n)

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory())
  vi.stubGlobal('IDBKeyRange', IDBKeyRange)
})

/** Fail writes as a browser does whose space has run out. */
function refuseWrites() {
  return vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('no space left', 'QuotaExceededError')
  })
}

const stores: readonly (readonly [string, () => SampleStore])[] = [
  ['IndexedDB', () => createSampleStore('test')],
  ['memory', () => createMemoryStore()],
]

describe.each(stores)('%s', (_, create) => {
  test('default: what is kept comes back as it was, bigints and all', async () => {
    const store = create()
    const kept = [sample(5n), sample(7n, { 'a@1': { state: 'notYet' }, 'b@1': known(10n ** 18n) })]
    await store.keep('chain', kept)
    expect(await loadAll(store)).toEqual(kept)
  })

  test('behavior: a market price comes back as it was, and one that is not known is not there', async () => {
    const store = create()
    const readings = { 'a@1': { ...known(5n), market: 10n ** 18n - 1n }, 'b@1': known(6n) }
    await store.keep('chain', [sample(5n, readings)])
    const [stored] = await loadAll(store)
    expect(stored?.readings).toStrictEqual(readings)
  })

  test('behavior: blocks come ascending, as numbers and not as text', async () => {
    const store = create()
    await store.keep('chain', [sample(100n), sample(9n), sample(26_052_634n), sample(1_000n)])
    expect(blocksOf(await loadAll(store))).toEqual([9n, 100n, 1_000n, 26_052_634n])
  })

  test('behavior: a range includes its ends and nothing else', async () => {
    const store = create()
    await store.keep('chain', [sample(9n), sample(10n), sample(15n), sample(100n), sample(101n)])
    expect(blocksOf(await store.load('chain', 10n, 100n))).toEqual([10n, 15n, 100n])
    expect(blocksOf(await store.load('chain', 15n, 15n))).toEqual([15n])
    expect(await store.load('chain', 16n, 99n)).toEqual([])
  })

  test('behavior: pools of one block that come one after the other are joined', async () => {
    const store = create()
    await store.keep('chain', [sample(5n, { 'a@1': known(1n) })])
    await store.keep('chain', [sample(5n, { 'b@1': known(2n) }), sample(5n, { 'c@1': { state: 'notYet' } })])
    const [joined, ...others] = await loadAll(store)
    expect(joined?.readings).toEqual({ 'a@1': known(1n), 'b@1': known(2n), 'c@1': { state: 'notYet' } })
    expect(others).toEqual([])
  })

  test('behavior: one chain never meets another’s samples', async () => {
    const store = create()
    await store.keep('1-aa', [sample(5n)])
    await store.keep('1-aab', [sample(6n)])
    await store.keep('11-aa', [sample(7n)])
    expect(blocksOf(await loadAll(store, '1-aa'))).toEqual([5n])
    expect(blocksOf(await loadAll(store, '11-aa'))).toEqual([7n])
    expect(await loadAll(store, '1-a')).toEqual([])
  })

  test('behavior: nothing to keep and nothing kept are no failure', async () => {
    const store = create()
    await store.keep('chain', [])
    expect(await loadAll(store)).toEqual([])
  })
})

describe('IndexedDB', () => {
  test('default: samples outlive the store that kept them', async () => {
    const first = createSampleStore('test')
    await first.keep('chain', [sample(5n)])
    expect(first.state()).toEqual({ kind: 'persistent' })
    expect(blocksOf(await loadAll(createSampleStore('test')))).toEqual([5n])
  })

  test('behavior: two stores at once, as two tabs, lose nothing of each other', async () => {
    const [one, two] = [createSampleStore('test'), createSampleStore('test')]
    const blocks = Array.from({ length: 20 }, (_, index) => BigInt(index))
    await Promise.all(
      blocks.flatMap(block => [
        one.keep('chain', [sample(block, { 'a@1': known(1n) })]),
        two.keep('chain', [sample(block, { 'b@1': known(2n) })]),
      ]),
    )
    for (const store of [one, two]) {
      const samples = await loadAll(store)
      expect(blocksOf(samples)).toEqual(blocks)
      for (const { readings } of samples) expect(Object.keys(readings).toSorted()).toEqual(['a@1', 'b@1'])
    }
  })

  const { block, time, operator, readings } = sample(6n)
  test.each<[string, unknown]>([
    ['a number for a block', { block: 6, time, operator, readings }],
    ['no time', { block, operator, readings }],
    ['no operator', { block, time, readings }],
    ['no readings', { block, time, operator }],
    ['readings that are null', { block, time, operator, readings: null }],
    ['a reading that is unknown', { block, time, operator, readings: { a: { state: 'unknown', why: '?' } } }],
    ['a reading of another version', { block, time, operator, readings: { a: { rate: 5n } } }],
    ['a rate that is text', { block, time, operator, readings: { a: { ...known(1n), rate: '5' } } }],
    [
      'a supply that is missing',
      { block, time, operator, readings: { a: { state: 'known', rate: 5n, pooled: 5n } } },
    ],
    ['a market that is text', { block, time, operator, readings: { a: { ...known(1n), market: '5' } } }],
    ['a market that is a number', { block, time, operator, readings: { a: { ...known(1n), market: 5 } } }],
    ['a market that is null', { block, time, operator, readings: { a: { ...known(1n), market: null } } }],
    ['words', 'sample'],
    ['nothing', null],
  ])('behavior: a record with %s is as good as absent, and can be replaced', async (_, record) => {
    const database = await openDatabase('test')
    await database('readwrite', objects =>
      promisifyRequest(objects.put(record, `chain:${'6'.padStart(12, '0')}`)),
    )
    const store = createSampleStore('test')
    await store.keep('chain', [sample(5n)])
    expect(await loadAll(store)).toEqual([sample(5n)])
    await store.keep('chain', [sample(6n)])
    expect(await loadAll(store)).toEqual([sample(5n), sample(6n)])
    expect(store.state()).toEqual({ kind: 'persistent' })
  })

  test('behavior: out of space, new samples stay in memory, old ones are still read, and the state says so', async () => {
    const store = createSampleStore('test')
    await store.keep('chain', [sample(5n)])
    const heard = vi.fn()
    store.subscribe(heard)
    const writes = refuseWrites()
    await store.keep('chain', [sample(7n), sample(6n)])
    expect(store.state()).toMatchObject({
      kind: 'memory',
      why: { name: 'StorageUnavailable', cause: { name: 'QuotaExceededError' } },
    })
    expect(heard).toHaveBeenCalledTimes(1)
    expect(blocksOf(await loadAll(store))).toEqual([5n, 6n, 7n])
    writes.mockRestore()
    await store.keep('chain', [sample(8n)])
    expect(blocksOf(await loadAll(store))).toEqual([5n, 6n, 7n, 8n])
    expect(blocksOf(await loadAll(createSampleStore('test')))).toEqual([5n])
  })

  test('behavior: out of space, a block that is kept in both places is one sample with all pools', async () => {
    const store = createSampleStore('test')
    await store.keep('chain', [sample(5n, { 'a@1': known(1n) })])
    refuseWrites()
    await store.keep('chain', [sample(5n, { 'b@1': known(2n) })])
    const samples = await loadAll(store)
    expect(blocksOf(samples)).toEqual([5n])
    expect(samples[0]?.readings).toEqual({ 'a@1': known(1n), 'b@1': known(2n) })
  })

  test('behavior: a write that the transaction refuses later goes to memory too', async () => {
    const store = createSampleStore('test')
    await store.keep('chain', [sample(5n)])
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore) {
      this.transaction.abort()
      return {} as never
    })
    await store.keep('chain', [sample(6n)])
    expect(store.state().kind).toBe('memory')
    expect(blocksOf(await loadAll(store))).toEqual([5n, 6n])
  })

  test('behavior: where reading fails, what is in memory is given and the state says so', async () => {
    const store = createSampleStore('test')
    await store.keep('chain', [sample(5n)])
    vi.spyOn(IDBObjectStore.prototype, 'getAll').mockImplementation(() => {
      throw new DOMException('gone', 'InvalidStateError')
    })
    expect(await loadAll(store)).toEqual([])
    expect(store.state().kind).toBe('memory')
    await store.keep('chain', [sample(6n)])
    expect(blocksOf(await loadAll(store))).toEqual([6n])
  })

  test('behavior: a missing indexedDB means memory, and says so', async () => {
    vi.stubGlobal('indexedDB', undefined)
    const heard = vi.fn()
    const store = createSampleStore('test')
    store.subscribe(heard)
    await store.keep('chain', [sample(5n)])
    expect(blocksOf(await loadAll(store))).toEqual([5n])
    const state = store.state()
    expect(state.kind === 'memory' && state.why).toBeInstanceOf(StorageUnavailable)
    expect(heard).toHaveBeenCalledTimes(1)
  })

  test('behavior: an opening that never answers holds nothing up for more than its limit', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    vi.stubGlobal('indexedDB', { open: () => ({}) })
    const store = createSampleStore('test')
    const kept = store.keep('chain', [sample(5n)])
    const loaded = loadAll(store)
    expect(store.state()).toEqual({ kind: 'persistent' })
    await vi.advanceTimersByTimeAsync(2_100)
    await kept
    expect(await loaded).toBeDefined()
    expect(store.state().kind).toBe('memory')
    expect(blocksOf(await loadAll(store))).toEqual([5n])
    vi.useRealTimers()
  })

  test('behavior: whoever stops listening hears nothing more', async () => {
    vi.stubGlobal('indexedDB', undefined)
    const store = createSampleStore('test')
    const heard = vi.fn()
    store.subscribe(heard)()
    await loadAll(store)
    expect(store.state().kind).toBe('memory')
    expect(heard).not.toHaveBeenCalled()
  })
})

test('behavior: a memory store says why it is one', () => {
  const why = new StorageUnavailable('forbidden')
  expect(createMemoryStore(why).state()).toEqual({ kind: 'memory', why })
  expect(createMemoryStore().state()).toEqual({ kind: 'memory', why: undefined })
})
