import { QueryClient } from '@tanstack/react-query'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { keepOffline, untilQuiet } from '../../src/app/keepOffline.ts'
import { announceShell, shellNow } from '../../src/queries/shell.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
  delete document.documentElement.dataset['version']
  document.head.replaceChildren()
  Reflect.deleteProperty(navigator, 'serviceWorker')
})

const isQuiet = async (queries: QueryClient): Promise<() => boolean> => {
  let quiet = false
  untilQuiet(queries).then(
    () => {
      quiet = true
    },
    () => undefined,
  )
  await vi.advanceTimersByTimeAsync(1_000)
  return () => quiet
}

describe('untilQuiet', () => {
  test('default: it waits for the first figures', async () => {
    const queries = new QueryClient()
    const quiet = await isQuiet(queries)
    queries.setQueryData(['history', 'x'], 1)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(quiet()).toBe(false)
    queries.setQueryData(['live', 'x'], 1)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(quiet()).toBe(true)
  })

  test('behavior: figures that could not be read are waited for no longer', async () => {
    const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } })
    const quiet = await isQuiet(queries)
    const fail = () => Promise.reject(new Error('No endpoint.'))
    await queries.prefetchQuery({ queryKey: ['live', 'x'], queryFn: fail })
    await vi.advanceTimersByTimeAsync(1_000)
    expect(quiet()).toBe(true)
  })

  test('behavior: figures that are there already are not waited for', async () => {
    const queries = new QueryClient()
    queries.setQueryData(['live', 'x'], 1)
    expect((await isQuiet(queries))()).toBe(true)
  })

  test('behavior: a page that asks for none waits ten seconds', async () => {
    const quiet = await isQuiet(new QueryClient())
    await vi.advanceTimersByTimeAsync(8_000)
    expect(quiet()).toBe(false)
    await vi.advanceTimersByTimeAsync(2_000)
    expect(quiet()).toBe(true)
  })
})

describe('keepOffline', () => {
  const register = vi.fn(() => Promise.reject(new Error('Not here.')))

  async function keep(): Promise<void> {
    register.mockClear()
    const queries = new QueryClient()
    queries.setQueryData(['live', 'x'], 1)
    const kept = keepOffline(queries)
    await vi.advanceTimersByTimeAsync(1_000)
    await kept
  }
  const allow = (): void => {
    const value = { register, addEventListener: () => undefined }
    Object.defineProperty(navigator, 'serviceWorker', { value, configurable: true })
  }

  test('default: a built page on this machine registers a live worker', async () => {
    allow()
    document.documentElement.dataset['version'] = 'v1'
    await keep()
    expect(register).toHaveBeenCalledExactlyOnceWith('./sw.js?live')
  })

  test('behavior: a page without a version, as a development server has it, registers none', async () => {
    allow()
    await keep()
    expect(register).not.toHaveBeenCalled()
  })

  test('behavior: a browser without workers just has none', async () => {
    document.documentElement.dataset['version'] = 'v1'
    announceShell({ isKept: false })
    await keep()
    expect(shellNow()).toEqual({ isKept: false })
  })
})
