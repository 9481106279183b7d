import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type HeadSeen, judgeClock } from '../../src/math/deviceClock.ts'

const NOW = 1_790_000_000n
const DAY = 86_400n

/** Blocks of 12 s as they come, on a device whose clock is off by so much. */
const watch = (off: bigint, count = 5): HeadSeen[] =>
  Array.from({ length: count }, (_, index) => {
    const time = NOW + 12n * BigInt(index)
    return { time, at: time + 3n + off }
  })

describe('judgeClock', () => {
  test('default: nothing speaks against a clock that is right, or before a block was seen', () => {
    expect(judgeClock(watch(0n))).toBeUndefined()
    expect(judgeClock([])).toBeUndefined()
  })

  test('behavior: a single block from the future proves that the clock is behind', () => {
    expect(judgeClock(watch(-DAY, 1))).toEqual({ kind: 'behind', by: DAY - 3n })
    expect(judgeClock(watch(-33n, 1))).toBeUndefined()
    expect(judgeClock(watch(-34n, 1))).toEqual({ kind: 'behind', by: 31n })
  })

  test('behavior: old blocks that keep coming tell of a clock that is ahead, one alone does not', () => {
    expect(judgeClock(watch(DAY, 1))).toBeUndefined()
    expect(judgeClock(watch(DAY, 2))).toBeUndefined()
    expect(judgeClock(watch(DAY, 3))).toEqual({ kind: 'ahead', by: DAY + 3n })
  })

  test('behavior: blocks of some minutes ago are an endpoint’s lag', () => {
    expect(judgeClock(watch(597n))).toBeUndefined()
    expect(judgeClock(watch(598n))?.kind).toBe('ahead')
  })

  test('behavior: an endpoint that stands still, or catches up, says nothing about the clock', () => {
    const still = watch(0n).map(({ at }) => ({ time: NOW - DAY, at }))
    expect(judgeClock(still)).toBeUndefined()
    const hurrying = watch(0n).map(({ at }, index) => ({ time: NOW - DAY + 600n * BigInt(index), at }))
    expect(judgeClock(hurrying)).toBeUndefined()
  })

  test('behavior: a clock that was put right is right again', () => {
    const seen = [...watch(DAY), { time: NOW + 72n, at: NOW + 75n }]
    expect(judgeClock(seen)).toBeUndefined()
  })

  test('behavior: whatever the clock is off by, a verdict names that, give or take a block', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -10n * DAY, max: 10n * DAY }), off => {
        const verdict = judgeClock(watch(off, 6))
        if (verdict === undefined) return off > -34n && off < 598n
        const told = verdict.kind === 'ahead' ? verdict.by : -verdict.by
        return told - off >= -12n && told - off <= 12n
      }),
    )
  })
})
