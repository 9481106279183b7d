import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ClockVerdict, type HeadSeen, judgeClock } from '../../src/math/deviceClock.ts'

const NOW = 1_790_000_000n
const DAY = 86_400n

/** Blocks of 12 s as they come, on a device whose clock is off by so much. */
const watch = (off: bigint, count = 12): HeadSeen[] =>
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
    expect(judgeClock(watch(DAY, 10))).toBeUndefined()
    expect(judgeClock(watch(DAY, 11))).toEqual({ kind: 'ahead', by: DAY + 3n })
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

  test.each([
    ['a third', 1n, 3n],
    ['three quarters', 3n, 4n],
    ['twice', 2n, 1n],
  ])(
    'behavior: a node that lags and imports at %s of the pace says nothing, however long it is seen',
    (_, part, of) => {
      for (let count = 1; count <= 20; count += 1) {
        const lagging = watch(0n, count).map(({ at }, index) => ({
          time: NOW - 2_000n + (12n * BigInt(index) * part) / of,
          at,
        }))
        expect(judgeClock(lagging)).toBeUndefined()
      }
    },
  )

  test('behavior: a clock that was put right is right again', () => {
    const seen = [...watch(DAY), { time: NOW + 144n, at: NOW + 147n }]
    expect(judgeClock(seen)).toBeUndefined()
    expect(judgeClock(seen, { kind: 'ahead', by: DAY })).toBeUndefined()
    expect(judgeClock(watch(DAY), { kind: 'behind', by: DAY })).toEqual({ kind: 'ahead', by: DAY + 3n })
  })

  test('behavior: a verdict stays as it was while the clock is off by about as much', () => {
    const ahead = { kind: 'ahead', by: DAY } as const
    expect(judgeClock(watch(DAY + 57n), ahead)).toBe(ahead)
    expect(judgeClock(watch(DAY + 58n), ahead)).toEqual({ kind: 'ahead', by: DAY + 61n })
    expect(judgeClock(watch(DAY - 63n), ahead)).toBe(ahead)
    expect(judgeClock(watch(DAY - 64n), ahead)).toEqual({ kind: 'ahead', by: DAY - 61n })
  })

  test('behavior: around its limits a verdict is given up less easily than it is given', () => {
    const behind = { kind: 'behind', by: 31n } as const
    expect(judgeClock(watch(-20n), behind)).toBe(behind)
    expect(judgeClock(watch(-19n), behind)).toBe(behind)
    expect(judgeClock(watch(-18n), behind)).toBeUndefined()
    const ahead = { kind: 'ahead', by: 601n } as const
    expect(judgeClock(watch(538n), ahead)).toBe(ahead)
    expect(judgeClock(watch(537n), ahead)).toBeUndefined()
    const [last, ...rest] = watch(DAY).reverse()
    const late = [...rest.reverse(), { time: (last?.time ?? 0n) - 36n, at: last?.at ?? 0n }]
    expect(judgeClock(late)).toBeUndefined()
    expect(judgeClock(late, { kind: 'ahead', by: DAY })).toEqual({ kind: 'ahead', by: DAY })
  })

  test('behavior: blocks that jitter around a limit tell of it once', () => {
    const ages = fc.array(fc.bigInt({ min: 0n, max: 24n }), { minLength: 30, maxLength: 60 })
    fc.assert(
      fc.property(ages, fc.bigInt({ min: -60n, max: 640n }), (late, off) => {
        const seen = late.map((age, index) => {
          const time = NOW + 12n * BigInt(index)
          return { time, at: time + off + age / 2n }
        })
        const told: ClockVerdict[] = []
        let verdict: ClockVerdict | undefined
        for (let count = 1; count <= seen.length; count += 1) {
          const next = judgeClock(seen.slice(Math.max(0, count - 20), count), verdict)
          if (next !== undefined && next !== verdict) told.push(next)
          verdict = next
        }
        return told.length <= 1
      }),
    )
  })

  test('behavior: whatever the clock is off by, a verdict names that, give or take a block', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -10n * DAY, max: 10n * DAY }), off => {
        const verdict = judgeClock(watch(off, 15))
        if (verdict === undefined) return off > -34n && off < 598n
        const told = verdict.kind === 'ahead' ? verdict.by : -verdict.by
        return told - off >= -12n && told - off <= 12n
      }),
    )
  })
})
