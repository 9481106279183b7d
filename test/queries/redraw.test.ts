import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createRedraw } from '../../src/queries/redraw.ts'

describe('createRedraw', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: 10_000 })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  test('default: the first is shown at once, then the newest of each quarter of a second', () => {
    const shown: number[] = []
    const redraw = createRedraw<number>(value => shown.push(value))
    vi.advanceTimersByTime(1_000)
    redraw.offer(1)
    redraw.offer(2)
    redraw.offer(3)
    expect(shown).toEqual([1])
    vi.advanceTimersByTime(250)
    expect(shown).toEqual([1, 3])
    vi.advanceTimersByTime(1_000)
    expect(shown).toEqual([1, 3])
    redraw.offer(4)
    expect(shown).toEqual([1, 3, 4])
  })

  test('behavior: the longer it goes on, the less often, but every two seconds', () => {
    const times: number[] = []
    const redraw = createRedraw<number>(() => times.push(performance.now()))
    vi.advanceTimersByTime(1_000)
    const startedAt = performance.now()
    while (performance.now() - startedAt < 30_000) {
      redraw.offer(performance.now())
      vi.advanceTimersByTime(10)
    }
    const pauses = times.slice(1).map((time, place) => time - (times[place] ?? 0))
    expect(pauses[0]).toBe(250)
    expect(pauses).toEqual([...pauses].sort((one, other) => one - other))
    expect(pauses.at(-1)).toBeGreaterThanOrEqual(2_000)
    expect(pauses.at(-1)).toBeLessThan(2_020)
    expect(times.length).toBeLessThan(25)
  })

  test('behavior: what comes late in a pause waits for the rest of it', () => {
    const shown: number[] = []
    const redraw = createRedraw<number>(value => shown.push(value))
    vi.advanceTimersByTime(1_000)
    redraw.offer(1)
    vi.advanceTimersByTime(200)
    redraw.offer(2)
    vi.advanceTimersByTime(49)
    expect(shown).toEqual([1])
    vi.advanceTimersByTime(1)
    expect(shown).toEqual([1, 2])
  })

  test('behavior: what waits is shown when asked for, once', () => {
    const shown: number[] = []
    const redraw = createRedraw<number>(value => shown.push(value))
    redraw.flush()
    expect(shown).toEqual([])
    vi.advanceTimersByTime(1_000)
    redraw.offer(1)
    redraw.offer(2)
    redraw.flush()
    vi.advanceTimersByTime(1_000)
    expect(shown).toEqual([1, 2])
  })

  test('behavior: nothing is shown after the stop', () => {
    const shown: number[] = []
    const redraw = createRedraw<number>(value => shown.push(value))
    vi.advanceTimersByTime(1_000)
    redraw.offer(1)
    redraw.offer(2)
    redraw.stop()
    vi.advanceTimersByTime(1_000)
    expect(shown).toEqual([1])
  })
})
