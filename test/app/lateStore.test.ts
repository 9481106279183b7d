import { describe, expect, test, vi } from 'vitest'
import { createLateStore } from '../../src/app/lateStore.ts'
import type { Sample } from '../../src/math/sample.ts'
import { createMemoryStore } from '../../src/store/sampleStore.ts'

const sample: Sample = { block: 5n, time: 50n, readings: {}, operator: 'A' }

describe('createLateStore', () => {
  test('default: loaded once, when it is first asked, and then the store itself', async () => {
    const importer = vi.fn(async () => createMemoryStore())
    const store = createLateStore(importer)
    expect(importer).not.toHaveBeenCalled()
    expect(store.state()).toEqual({ kind: 'persistent' })
    await Promise.all([store.keep('a', [sample]), store.load('b', 0n, 9n)])
    expect(await store.load('a', 0n, 9n)).toEqual([sample])
    expect(await store.load('a', 6n, 9n)).toEqual([])
    expect(store.state()).toEqual({ kind: 'memory', why: undefined })
    expect(importer).toHaveBeenCalledTimes(1)
  })

  test('behavior: a listener hears of the store that comes and of its changes, until it goes', async () => {
    let full = (): void => undefined
    let kind: 'persistent' | 'memory' = 'persistent'
    const inner = {
      ...createMemoryStore(),
      state: () => (kind === 'memory' ? { kind, why: undefined } : { kind }),
      subscribe: (listener: () => void) => {
        full = () => {
          kind = 'memory'
          listener()
        }
        return () => undefined
      },
    }
    const store = createLateStore(async () => inner)
    const heard: string[] = []
    const gone = vi.fn()
    store.subscribe(gone)()
    const stop = store.subscribe(() => heard.push(store.state().kind))
    await vi.waitFor(() => expect(heard).toEqual(['persistent']))
    full()
    expect(heard).toEqual(['persistent', 'memory'])
    stop()
    full()
    expect(heard).toHaveLength(2)
    expect(gone).not.toHaveBeenCalled()
  })

  test('behavior: who asks a store that cannot be loaded is told, and the next one tries again', async () => {
    const importer = vi.fn(async () => createMemoryStore())
    importer.mockRejectedValueOnce(new TypeError('Failed to fetch'))
    const store = createLateStore(importer)
    await expect(store.load('a', 0n, 9n)).rejects.toThrow(TypeError)
    await store.keep('a', [sample])
    expect(await store.load('a', 0n, 9n)).toEqual([sample])
    expect(importer).toHaveBeenCalledTimes(2)
  })

  test('behavior: a listener alone is enough for it to be loaded, and a failure then is for who asks', async () => {
    const importer = vi.fn(async () => createMemoryStore())
    importer.mockRejectedValueOnce(new TypeError('Failed to fetch'))
    const store = createLateStore(importer)
    const listener = vi.fn()
    store.subscribe(listener)
    expect(importer).toHaveBeenCalledTimes(1)
    expect(await store.load('a', 0n, 9n).catch(() => 'failed')).toBe('failed')
    expect(await store.load('a', 0n, 9n)).toEqual([])
    expect(listener).toHaveBeenCalledTimes(1)
  })
})
