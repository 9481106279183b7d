import { IDBFactory } from 'fake-indexeddb'
import { promisifyRequest } from 'idb-keyval'
import { describe, expect, test, vi } from 'vitest'
import { openDatabase, StorageUnavailable } from '../../src/store/database.ts'

const withIndexedDB = (value: unknown) => vi.stubGlobal('indexedDB', value)

describe('openDatabase', () => {
  test('default: what is put there is there at the next opening', async () => {
    withIndexedDB(new IDBFactory())
    const database = await openDatabase('test')
    await database('readwrite', objects => promisifyRequest(objects.put({ block: 5n }, 'key')))
    const again = await openDatabase('test')
    expect(await again('readonly', objects => promisifyRequest(objects.get('key')))).toEqual({ block: 5n })
  })

  test('behavior: two names are two databases', async () => {
    withIndexedDB(new IDBFactory())
    const [one, two] = [await openDatabase('one'), await openDatabase('two')]
    await one('readwrite', objects => promisifyRequest(objects.put(1, 'key')))
    expect(await two('readonly', objects => promisifyRequest(objects.count()))).toBe(0)
  })

  test.each([
    ['missing', undefined],
    ['null', null],
  ])('error: StorageUnavailable where indexedDB is %s', async (_, value) => {
    withIndexedDB(value)
    await expect(openDatabase('test')).rejects.toBeInstanceOf(StorageUnavailable)
  })

  test('error: StorageUnavailable where the mere access is forbidden', async () => {
    const whole = Object.getOwnPropertyDescriptor(globalThis, 'indexedDB')
    const forbid = () => {
      throw new DOMException('The operation is insecure.', 'SecurityError')
    }
    Object.defineProperty(globalThis, 'indexedDB', { get: forbid, configurable: true })
    try {
      const failure = await openDatabase('test').catch((error: unknown) => error)
      expect(failure).toBeInstanceOf(StorageUnavailable)
      expect(failure).toHaveProperty('cause.name', 'SecurityError')
    } finally {
      if (whole === undefined) Reflect.deleteProperty(globalThis, 'indexedDB')
      else Object.defineProperty(globalThis, 'indexedDB', whole)
    }
  })

  test('error: StorageUnavailable where opening throws', async () => {
    withIndexedDB({
      open: () => {
        throw new DOMException('denied', 'SecurityError')
      },
    })
    await expect(openDatabase('test')).rejects.toBeInstanceOf(StorageUnavailable)
  })

  test('error: StorageUnavailable where opening fails', async () => {
    const request: { error: Error; onerror?: () => void } = {
      error: new DOMException('broken', 'UnknownError'),
    }
    queueMicrotask(() => request.onerror?.())
    withIndexedDB({ open: () => request })
    await expect(openDatabase('test')).rejects.toMatchObject({
      name: 'StorageUnavailable',
      cause: request.error,
    })
  })

  test('error: StorageUnavailable where another tab blocks it', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    withIndexedDB({ open: () => ({}) })
    const settled = vi.fn()
    const opening = openDatabase('test').catch((error: unknown) => error)
    void opening.then(settled)
    await vi.advanceTimersByTimeAsync(1_900)
    expect(settled).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(200)
    expect(await opening).toBeInstanceOf(StorageUnavailable)
    vi.useRealTimers()
  })

  test('error: StorageUnavailable where a database of that name holds something else', async () => {
    const factory = new IDBFactory()
    withIndexedDB(factory)
    const request = factory.open('test')
    request.onupgradeneeded = () => request.result.createObjectStore('other')
    await promisifyRequest(request as unknown as IDBRequest)
    await expect(openDatabase('test')).rejects.toBeInstanceOf(StorageUnavailable)
  })
})
