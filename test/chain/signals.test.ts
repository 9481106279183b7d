import { getEventListeners } from 'node:events'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { leash } from '../../src/chain/signals.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('leash', () => {
  test('default: it aborts by itself, with the reason given', () => {
    const { signal, abort } = leash(undefined)
    expect(signal.aborted).toBe(false)
    abort('enough')
    expect(signal.reason).toBe('enough')
  })

  test('behavior: it comes with the caller’s abort and its reason, whenever that is', () => {
    const caller = new AbortController()
    const { signal } = leash(caller.signal, 1_000)
    caller.abort('left')
    expect(signal.reason).toBe('left')
    expect(leash(AbortSignal.abort('gone')).signal.reason).toBe('gone')
  })

  test('behavior: after the limit it is a TimeoutError, and not a moment before', () => {
    const { signal } = leash(new AbortController().signal, 1_000)
    vi.advanceTimersByTime(999)
    expect(signal.aborted).toBe(false)
    vi.advanceTimersByTime(1)
    expect(signal.reason).toMatchObject({ name: 'TimeoutError' })
  })

  test('behavior: any number of them put one listener on the caller, and each comes with its abort', () => {
    const caller = new AbortController()
    const many = Array.from({ length: 30 }, () => leash(caller.signal))
    expect(getEventListeners(caller.signal, 'abort')).toHaveLength(1)
    many[0]?.release()
    caller.abort('left')
    expect(many.map(({ signal }) => signal.reason)).toEqual([undefined, ...many.slice(1).map(() => 'left')])
  })

  test('behavior: once released, neither the caller nor the time aborts it, and no timer is left', () => {
    const caller = new AbortController()
    const { signal, release } = leash(caller.signal, 1_000)
    release()
    expect(vi.getTimerCount()).toBe(0)
    caller.abort()
    expect(signal.aborted).toBe(false)
  })
})
