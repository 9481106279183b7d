import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { createEndpointMemory } from '../../src/store/endpointMemory.ts'

const KEY = 'poolglass:learned'
const URL_A = 'https://a.example'
const DAY = 86_400_000
const NOW = 1_790_000_000_000

/** What a browser gives: strings by key. */
function stubStorage(entries: Readonly<Record<string, string>> = {}): Map<string, string> {
  const kept = new Map(Object.entries(entries))
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  })
  return kept
}

function stand(at = NOW): void {
  vi.useFakeTimers({ now: at, toFake: ['Date'] })
  onTestFinished(() => void vi.useRealTimers())
}

const stored = (value: unknown) => ({ [KEY]: JSON.stringify({ [URL_A]: value }) })

describe('createEndpointMemory', () => {
  test('default: what was learned is known in the next visit, bigint and all', () => {
    stand()
    stubStorage()
    const memory = createEndpointMemory()
    expect(memory.recall(URL_A)).toEqual({})
    memory.remember(URL_A, { spacing: 450, span: 10_000n, isStated: true })
    expect(memory.recall(URL_A)).toEqual({ spacing: 450, span: 10_000n, isStated: true })
    expect(createEndpointMemory().recall(URL_A)).toEqual({ spacing: 450, span: 10_000n, isStated: true })
    expect(createEndpointMemory().recall('https://b.example')).toEqual({})
  })

  test('behavior: one thing learned leaves the others as they were', () => {
    stand()
    stubStorage()
    const memory = createEndpointMemory()
    memory.remember(URL_A, { span: 50n, isStated: false })
    memory.remember(URL_A, { spacing: 600 })
    memory.remember(URL_A, { span: 49n, isStated: true })
    expect(createEndpointMemory().recall(URL_A)).toEqual({ spacing: 600, span: 49n, isStated: true })
  })

  test('behavior: forgotten after three days, and each time something is learned they begin anew', () => {
    stand()
    stubStorage()
    createEndpointMemory().remember(URL_A, { spacing: 450 })
    vi.setSystemTime(NOW + 3 * DAY - 1)
    const memory = createEndpointMemory()
    expect(memory.recall(URL_A)).toEqual({ spacing: 450 })
    memory.remember(URL_A, { span: 7n })
    vi.setSystemTime(NOW + 3 * DAY + 1)
    expect(createEndpointMemory().recall(URL_A)).toEqual({ spacing: 450, span: 7n })
    vi.setSystemTime(NOW + 6 * DAY)
    expect(createEndpointMemory().recall(URL_A)).toEqual({})
  })

  test.each([
    [stored({ at: NOW, spacing: '450' })],
    [stored({ at: NOW, span: 10 })],
    [stored({ at: NOW, span: '0' })],
    [stored({ at: NOW, span: '-5' })],
    [stored({ at: NOW, span: '9'.repeat(11) })],
    [stored({ at: NOW, span: '1e3' })],
    [stored({ at: NOW, isStated: 'yes' })],
    [stored({ spacing: 450 })],
    [stored(null)],
    [stored('text')],
    [{ [KEY]: 'null' }],
    [{ [KEY]: '{' }],
  ])('behavior: what somebody else put there is not believed: %j', entries => {
    stand()
    stubStorage(entries)
    expect(createEndpointMemory().recall(URL_A)).toEqual({})
  })

  test('behavior: where the browser keeps nothing it is known for as long as the page is open', () => {
    stand()
    vi.stubGlobal('localStorage', {
      getItem: () => {
        throw new DOMException('The operation is insecure.', 'SecurityError')
      },
      setItem: () => {
        throw new DOMException('The quota has been exceeded.', 'QuotaExceededError')
      },
    })
    const memory = createEndpointMemory()
    memory.remember(URL_A, { spacing: 450 })
    expect(memory.recall(URL_A)).toEqual({ spacing: 450 })
    expect(createEndpointMemory().recall(URL_A)).toEqual({})
  })
})
