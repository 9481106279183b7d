import { IDBFactory, IDBObjectStore } from 'fake-indexeddb'
import { promisifyRequest } from 'idb-keyval'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { LastFigures, LastFiguresArchive } from '../../src/math/lastFigures.ts'
import { openDatabase } from '../../src/store/database.ts'
import { createLastFigures, createMemoryLastFigures } from '../../src/store/lastFigures.ts'

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory())
  return () => vi.restoreAllMocks()
})

const figures: LastFigures = {
  block: 100n,
  time: 1_790_000_000n,
  chainId: 1n,
  operator: 'Somebody',
  url: 'https://node.example/',
  answers: [{ address: '0xaa', callData: '0x18160ddd', success: true, returnData: '0x01' }],
  doubts: {},
  identity: '1-abc',
}
const newer = { ...figures, block: 101n }

const stores: readonly (readonly [string, () => LastFiguresArchive])[] = [
  ['IndexedDB', () => createLastFigures('test')],
  ['memory', () => createMemoryLastFigures()],
]

describe.each(stores)('%s', (_, create) => {
  test('default: the last that was kept of a chain, and of that chain alone', async () => {
    const store = create()
    expect(await store.load('mainnet')).toBeUndefined()
    await store.keep('mainnet', figures)
    await store.keep('mainnet', newer)
    await store.keep('local', figures)
    expect(await store.load('mainnet')).toEqual(newer)
    expect(await store.load('local')).toEqual(figures)
  })
})

describe('IndexedDB', () => {
  test('default: they outlive the visit', async () => {
    await createLastFigures('test').keep('mainnet', figures)
    expect(await createLastFigures('test').load('mainnet')).toEqual(figures)
  })

  test('behavior: a record of another version is as good as absent', async () => {
    const database = await openDatabase('test')
    await database('readwrite', objects => promisifyRequest(objects.put({ ...figures, block: 5 }, 'mainnet')))
    expect(await createLastFigures('test').load('mainnet')).toBeUndefined()
  })

  test('behavior: without storage they last as long as the page', async () => {
    vi.stubGlobal('indexedDB', undefined)
    const store = createLastFigures('test')
    await store.keep('mainnet', figures)
    expect(await store.load('mainnet')).toEqual(figures)
  })

  test('behavior: a full store keeps them in memory, in place of what it still holds', async () => {
    const store = createLastFigures('test')
    await store.keep('mainnet', figures)
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError')
    })
    await store.keep('mainnet', newer)
    expect(await store.load('mainnet')).toEqual(newer)
  })

  test('behavior: a store that has room again holds the newest, for the visits beside this one too', async () => {
    const store = createLastFigures('test')
    const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError')
    })
    await store.keep('mainnet', figures)
    put.mockRestore()
    await store.keep('mainnet', newer)
    const newest = { ...newer, block: 102n }
    await createLastFigures('test').keep('mainnet', newest)
    expect(await store.load('mainnet')).toEqual(newest)
  })

  test('behavior: a store that cannot be read any more has none', async () => {
    const store = createLastFigures('test')
    await store.keep('mainnet', figures)
    vi.spyOn(IDBObjectStore.prototype, 'get').mockImplementation(() => {
      throw new DOMException('gone', 'InvalidStateError')
    })
    expect(await store.load('mainnet')).toBeUndefined()
  })
})
