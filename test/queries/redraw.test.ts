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
