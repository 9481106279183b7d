import { IDBFactory, IDBKeyRange, IDBObjectStore } from 'fake-indexeddb'
import { promisifyRequest } from 'idb-keyval'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { BlockTimeArchive } from '../../src/math/report.ts'
import { createBlockTimeStore, createMemoryBlockTimeStore } from '../../src/store/blockTimeStore.ts'
import { openDatabase } from '../../src/store/database.ts'

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory())
  vi.stubGlobal('IDBKeyRange', IDBKeyRange)
})

const load = async (store: BlockTimeArchive, ...blocks: readonly bigint[]) => [
  ...(await store.load('chain', blocks)),
]

const stores: readonly (readonly [string, () => BlockTimeArchive])[] = [
  ['IndexedDB', () => createBlockTimeStore('test')],
  ['memory', () => createMemoryBlockTimeStore()],
]

describe.each(stores)('%s', (_, create) => {
  test('default: the times of the blocks that are asked for, as far as they are kept', async () => {
    const store = create()
    await store.keep('chain', [
      [100n, 1_200n],
      [9n, 108n],
    ])
    await store.keep('chain', new Map([[2_000n, 24_000n]]))
    expect(await load(store, 9n, 10n, 100n)).toEqual([
      [9n, 108n],
      [100n, 1_200n],
    ])
    expect(await load(store, 2_000n)).toEqual([[2_000n, 24_000n]])
    expect(await load(store)).toEqual([])
  })

  test('behavior: one chain never meets another’s', async () => {
    const store = create()
    await store.keep('1', [[1n, 12n]])
    await store.keep('11', [[2n, 24n]])
    expect([...(await store.load('1', [1n, 2n]))]).toEqual([[1n, 12n]])
    expect([...(await store.load('11', [1n, 2n]))]).toEqual([[2n, 24n]])
    expect([...(await store.load('', [1n, 2n]))]).toEqual([])
  })
})

describe('IndexedDB', () => {
  test('default: times outlive the store that kept them', async () => {
    await createBlockTimeStore('test').keep('chain', [[5n, 60n]])
    expect(await load(createBlockTimeStore('test'), 5n)).toEqual([[5n, 60n]])
  })

  test.each<[string, unknown]>([
    ['a number for a time', { block: 5n, time: 60 }],
    ['no time', { block: 5n }],
    ['a time of 0', { block: 5n, time: 0n }],
    ['another block', { block: 6n, time: 60n }],
    ['words', 'sixty'],
    ['nothing', null],
  ])('behavior: a record with %s is as good as absent', async (_, record) => {
    const database = await openDatabase('test')
    const put = (value: unknown) =>
      database('readwrite', objects => promisifyRequest(objects.put(value, ['chain', '5'.padStart(12, '0')])))
    const store = createBlockTimeStore('test')
    await put({ block: 5n, time: 60n })
    expect(await load(store, 5n)).toEqual([[5n, 60n]])
    await put(record)
    expect(await load(store, 5n)).toEqual([])
    await store.keep('chain', [[5n, 61n]])
    expect(await load(store, 5n)).toEqual([[5n, 61n]])
  })

  test('behavior: out of space, new times stay in memory and old ones are still read', async () => {
    const store = createBlockTimeStore('test')
    await store.keep('chain', [[5n, 60n]])
    const writes = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('no space left', 'QuotaExceededError')
    })
    await store.keep('chain', [[6n, 72n]])
    writes.mockRestore()
    await store.keep('chain', [[7n, 84n]])
    expect(await load(store, 5n, 6n, 7n)).toEqual([
      [5n, 60n],
      [6n, 72n],
      [7n, 84n],
    ])
    expect(await load(createBlockTimeStore('test'), 5n, 6n, 7n)).toEqual([[5n, 60n]])
  })

  test('behavior: where reading fails, what is in memory is given', async () => {
    const store = createBlockTimeStore('test')
    await store.keep('chain', [[5n, 60n]])
    vi.spyOn(IDBObjectStore.prototype, 'get').mockImplementation(() => {
      throw new DOMException('gone', 'InvalidStateError')
    })
    expect(await load(store, 5n)).toEqual([])
    await store.keep('chain', [[6n, 72n]])
    expect(await load(store, 5n, 6n)).toEqual([[6n, 72n]])
  })

  test('behavior: where the browser keeps nothing, memory does', async () => {
    vi.stubGlobal('indexedDB', undefined)
    const store = createBlockTimeStore('test')
    await store.keep('chain', [[5n, 60n]])
    expect(await load(store, 5n)).toEqual([[5n, 60n]])
    vi.stubGlobal('indexedDB', new IDBFactory())
    expect(await load(createBlockTimeStore('test'), 5n)).toEqual([])
  })
})
