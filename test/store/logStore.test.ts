import { IDBFactory, IDBKeyRange, IDBObjectStore } from 'fake-indexeddb'
import { promisifyRequest } from 'idb-keyval'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { EventLog, LogArchive } from '../../src/math/eventLog.ts'
import { openDatabase } from '../../src/store/database.ts'
import { createLogStore, createMemoryLogStore } from '../../src/store/logStore.ts'

const log = (block: bigint, index = 0n): EventLog => ({
  block,
  index,
  address: '0xaa',
  topics: ['0xbb'],
  data: '0xcc',
  transaction: '0xdd',
  operator: 'test',
})
const piece = (from: bigint, to: bigint) => ({ from, to })
const load = (store: LogArchive, key = 'reports@1', identity = 'chain') => store.load(identity, key)
const keep = (store: LogArchive, from: bigint, to: bigint, logs: readonly EventLog[] = []) =>
  store.keep('chain', 'reports@1', piece(from, to), logs)

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory())
  vi.stubGlobal('IDBKeyRange', IDBKeyRange)
})

const stores: readonly (readonly [string, () => LogArchive])[] = [
  ['IndexedDB', () => createLogStore('test')],
  ['memory', () => createMemoryLogStore()],
]

describe.each(stores)('%s', (_, create) => {
  test('default: logs and the blocks that they are all of, joined', async () => {
    const store = create()
    await keep(store, 100n, 199n, [log(150n, 1n), { ...log(150n, 10n), time: 5n }])
    await keep(store, 9n, 99n, [log(20n)])
    await keep(store, 300n, 400n)
    expect(await load(store)).toEqual({
      logs: [log(20n), log(150n, 1n), { ...log(150n, 10n), time: 5n }],
      covered: [piece(9n, 199n), piece(300n, 400n)],
    })
  })

  test('behavior: pieces that overlap are no doubles', async () => {
    const store = create()
    await keep(store, 100n, 200n, [log(150n), log(190n)])
    await keep(store, 100n, 160n, [log(150n)])
    await keep(store, 140n, 300n, [log(150n), log(190n), log(250n)])
    expect(await load(store)).toEqual({
      logs: [log(150n), log(190n), log(250n)],
      covered: [piece(100n, 300n)],
    })
  })

  test('behavior: a piece that is dropped is a gap again, with its logs', async () => {
    const store = create()
    await keep(store, 1n, 9n, [log(5n)])
    await keep(store, 10n, 20n, [log(15n)])
    await store.drop('chain', 'reports@1', [piece(10n, 20n), piece(500n, 600n)])
    expect(await load(store)).toEqual({ logs: [log(5n)], covered: [piece(1n, 9n)] })
  })

  test('behavior: whatever shares a block with what is dropped goes with it', async () => {
    const store = create()
    await keep(store, 1n, 9n, [log(5n)])
    await keep(store, 10n, 20n, [log(15n)])
    await keep(store, 21n, 30n)
    await keep(store, 31n, 40n)
    await store.drop('chain', 'reports@1', [piece(15n, 15n), piece(30n, 30n)])
    expect(await load(store)).toEqual({ logs: [log(5n)], covered: [piece(1n, 9n), piece(31n, 40n)] })
  })

  test('behavior: one filter or chain never meets another’s logs', async () => {
    const store = create()
    await store.keep('1', 'a', piece(1n, 2n), [log(1n)])
    await store.keep('1', 'a:b', piece(3n, 4n), [log(3n)])
    await store.keep('1', 'ab', piece(5n, 6n), [log(5n)])
    await store.keep('11', 'a', piece(7n, 8n), [log(7n)])
    await store.drop('1', 'a', [piece(3n, 4n), piece(5n, 6n), piece(7n, 8n)])
    expect((await load(store, 'a', '1')).covered).toEqual([piece(1n, 2n)])
    expect((await load(store, 'a:b', '1')).covered).toEqual([piece(3n, 4n)])
    expect((await load(store, 'ab', '1')).covered).toEqual([piece(5n, 6n)])
    expect((await load(store, 'a', '11')).covered).toEqual([piece(7n, 8n)])
    expect(await load(store, '', '1')).toEqual({ logs: [], covered: [] })
  })
})

describe('IndexedDB', () => {
  test('default: logs outlive the store that kept them', async () => {
    await keep(createLogStore('test'), 1n, 9n, [log(5n)])
    expect(await load(createLogStore('test'))).toEqual({ logs: [log(5n)], covered: [piece(1n, 9n)] })
  })

  const good = { from: 10n, to: 20n, logs: [log(15n)] }
  test.each<[string, unknown]>([
    ['a number for a block', { ...good, from: 10 }],
    ['no end', { from: 10n, logs: [] }],
    ['no logs', { from: 10n, to: 20n }],
    ['a log that is null', { ...good, logs: [null] }],
    ['a log of a block outside', { ...good, logs: [log(21n)] }],
    ['a log without its block', { ...good, logs: [{ ...log(15n), block: undefined }] }],
    ['a log without its place', { ...good, logs: [{ ...log(15n), index: 0 }] }],
    ['a log without data', { ...good, logs: [{ ...log(15n), data: undefined }] }],
    ['a log whose topics are text', { ...good, logs: [{ ...log(15n), topics: '0xbb' }] }],
    ['a log of nobody', { ...good, logs: [{ ...log(15n), operator: undefined }] }],
    ['a log whose time is a number', { ...good, logs: [{ ...log(15n), time: 5 }] }],
    ['words', 'logs'],
    ['nothing', null],
  ])('behavior: a record with %s is as good as absent, with the blocks that it claims', async (_, record) => {
    const database = await openDatabase('test')
    const key = ['chain', 'reports@1', '10'.padStart(12, '0'), '20'.padStart(12, '0')]
    const put = (value: unknown) =>
      database('readwrite', objects => promisifyRequest(objects.put(value, key)))
    const store = createLogStore('test')
    await put(good)
    expect((await load(store)).covered).toEqual([piece(10n, 20n)])
    await put(record)
    await keep(store, 30n, 40n, [log(35n)])
    expect(await load(store)).toEqual({ logs: [log(35n)], covered: [piece(30n, 40n)] })
    await keep(store, 10n, 20n, [log(15n)])
    expect((await load(store)).covered).toEqual([piece(10n, 20n), piece(30n, 40n)])
  })

  test('behavior: a write that fails halfway leaves neither logs nor their blocks', async () => {
    const store = createLogStore('test')
    await keep(store, 1n, 9n, [log(5n)])
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore) {
      this.transaction.abort()
      return {} as never
    })
    await keep(store, 10n, 20n, [log(15n)])
    expect((await load(store)).covered).toEqual([piece(1n, 20n)])
    expect(await load(createLogStore('test'))).toEqual({ logs: [log(5n)], covered: [piece(1n, 9n)] })
  })

  test('behavior: out of space, new logs stay in memory and old ones are still read', async () => {
    const store = createLogStore('test')
    await keep(store, 1n, 9n, [log(5n)])
    const writes = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('no space left', 'QuotaExceededError')
    })
    await keep(store, 10n, 20n, [log(15n)])
    writes.mockRestore()
    await keep(store, 30n, 40n, [log(35n)])
    expect(await load(store)).toEqual({
      logs: [log(5n), log(15n), log(35n)],
      covered: [piece(1n, 20n), piece(30n, 40n)],
    })
    await store.drop('chain', 'reports@1', [piece(10n, 20n)])
    expect((await load(store)).covered).toEqual([piece(1n, 9n), piece(30n, 40n)])
    expect((await load(createLogStore('test'))).covered).toEqual([piece(1n, 9n)])
  })

  test('behavior: where reading fails, what is in memory is given', async () => {
    const store = createLogStore('test')
    await keep(store, 1n, 9n)
    vi.spyOn(IDBObjectStore.prototype, 'getAll').mockImplementation(() => {
      throw new DOMException('gone', 'InvalidStateError')
    })
    expect((await load(store)).covered).toEqual([])
    await keep(store, 30n, 40n)
    expect((await load(store)).covered).toEqual([piece(30n, 40n)])
  })

  test('behavior: without IndexedDB logs are kept in memory', async () => {
    vi.stubGlobal('indexedDB', undefined)
    const store = createLogStore('test')
    await keep(store, 1n, 9n, [log(5n)])
    expect(await load(store)).toEqual({ logs: [log(5n)], covered: [piece(1n, 9n)] })
    await store.drop('chain', 'reports@1', [piece(1n, 9n)])
    expect((await load(store)).covered).toEqual([])
  })
})
