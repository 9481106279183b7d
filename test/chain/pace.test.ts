import { getEventListeners } from 'node:events'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { createPacer, wait } from '../../src/chain/pace.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] })
  return () => vi.useRealTimers()
})

const PACE = { atOnce: 2, spacing: 150 }
const reason = new DOMException('left the page', 'AbortError')

/** Say when each of some turns comes, in milliseconds from now. */
function comings(turns: readonly Promise<void>[]): (number | undefined)[] {
  const began = performance.now()
  const times: (number | undefined)[] = turns.map(() => undefined)
  for (const [index, turn] of turns.entries())
    void turn.then(() => {
      times[index] = performance.now() - began
    })
  return times
}

describe('wait', () => {
  test('default: so many milliseconds', async () => {
    const times = comings([wait(500, undefined)])
    await vi.advanceTimersByTimeAsync(499)
    expect(times).toEqual([undefined])
    await vi.advanceTimersByTimeAsync(1)
    expect(times).toEqual([500])
  })

  test('behavior: an abort ends it with its reason, and no timer is left', async () => {
    const abort = new AbortController()
    const waiting = wait(500, abort.signal)
    expect(vi.getTimerCount()).toBe(1)
    abort.abort(reason)
    await expect(waiting).rejects.toBe(reason)
    expect(vi.getTimerCount()).toBe(0)
  })

  test('behavior: what was aborted before does not begin', async () => {
    await expect(wait(500, AbortSignal.abort(reason))).rejects.toBe(reason)
    expect(vi.getTimerCount()).toBe(0)
  })

  test('behavior: a wait that ended listens no more', async () => {
    const { signal } = new AbortController()
    const waiting = wait(500, signal)
    expect(getEventListeners(signal, 'abort')).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(500)
    await waiting
    expect(getEventListeners(signal, 'abort')).toHaveLength(0)
  })
})

describe('createPacer', () => {
  test('default: the first at once, each next one a step later', async () => {
    const pacer = createPacer(PACE)
    const times = comings([1, 2, 3].map(() => pacer.turn(undefined)))
    await vi.advanceTimersByTimeAsync(1_000)
    expect(times).toEqual([0, 150, 300])
  })

  test('behavior: time without requests is not saved up', async () => {
    const pacer = createPacer(PACE)
    await pacer.turn(undefined)
    await vi.advanceTimersByTimeAsync(60_000)
    const times = comings([1, 2].map(() => pacer.turn(undefined)))
    await vi.advanceTimersByTimeAsync(1_000)
    expect(times).toEqual([0, 150])
  })

  test('behavior: it says how long the next start is away', async () => {
    const pacer = createPacer(PACE)
    expect(pacer.delay()).toBe(0)
    await pacer.turn(undefined)
    expect(pacer.delay()).toBe(150)
    await vi.advanceTimersByTimeAsync(100)
    expect(pacer.delay()).toBe(50)
    await vi.advanceTimersByTimeAsync(100)
    expect(pacer.delay()).toBe(0)
  })

  test('behavior: without a pace nothing waits', async () => {
    const pacer = createPacer({ atOnce: 8, spacing: 0 })
    const times = comings(Array.from({ length: 20 }, () => pacer.turn(undefined)))
    await vi.advanceTimersByTimeAsync(0)
    expect(new Set(times)).toEqual(new Set([0]))
  })

  test('behavior: an abort ends the waiting with its reason', async () => {
    const pacer = createPacer(PACE)
    const abort = new AbortController()
    await pacer.turn(abort.signal)
    const second = pacer.turn(abort.signal)
    abort.abort(reason)
    await expect(second).rejects.toBe(reason)
    expect(vi.getTimerCount()).toBe(0)
  })

  test('behavior: each refusal makes the steps half as long again, from 0.3 s to 2 s', () => {
    const pacer = createPacer(PACE)
    const steps = Array.from({ length: 7 }, () => {
      pacer.slow()
      return pacer.spacing()
    })
    expect(steps).toEqual([300, 450, 675, 1_012.5, 1_518.75, 2_000, 2_000])
  })

  test('behavior: after a refusal the next start is a longer step away', async () => {
    const pacer = createPacer(PACE)
    await pacer.turn(undefined)
    pacer.slow()
    expect(pacer.delay()).toBe(300)
    const times = comings([1, 2].map(() => pacer.turn(undefined)))
    await vi.advanceTimersByTimeAsync(5_000)
    expect(times).toEqual([300, 600])
  })

  test('behavior: a refusal moves nothing nearer that was further away', async () => {
    const pacer = createPacer(PACE)
    const turns = Array.from({ length: 11 }, () => pacer.turn(undefined))
    expect(pacer.delay()).toBe(1_650)
    pacer.slow()
    expect(pacer.delay()).toBe(1_650)
    await vi.advanceTimersByTimeAsync(2_000)
    await Promise.all(turns)
  })

  test('behavior: each answer makes the steps a fifth shorter, never shorter than stated', () => {
    const pacer = createPacer(PACE)
    pacer.slow()
    pacer.ease()
    expect(pacer.spacing()).toBe(240)
    for (let time = 0; time < 9; time++) pacer.ease()
    expect(pacer.spacing()).toBe(150)
  })

  test.each([
    [900, 900],
    [10, 150],
    [60_000, 2_000],
  ])('behavior: where an earlier visit ended with %d ms, this one begins with %d', (remembered, spacing) => {
    expect(createPacer(PACE, remembered).spacing()).toBe(spacing)
  })

  test('behavior: a stated pace slower than any refusal makes is kept', () => {
    const pacer = createPacer({ atOnce: 1, spacing: 5_000 })
    expect(pacer.spacing()).toBe(5_000)
    pacer.slow()
    expect(pacer.spacing()).toBe(5_000)
  })
})
