import { describe, expect, test, vi } from 'vitest'
import type { Course, Move } from '../../src/math/course.ts'
import { type LotMethod, lotsOf } from '../../src/math/lots.ts'

const done = vi.hoisted(() => ({ divisions: 0 }))

vi.mock('../../src/math/fixedPoint.ts', async importOriginal => {
  const own = await importOriginal<typeof import('../../src/math/fixedPoint.ts')>()
  const mulDivDown: typeof own.mulDivDown = (...numbers) => {
    done.divisions += 1
    return own.mulDivDown(...numbers)
  }
  return { ...own, mulDivDown }
})

const ETH = 10n ** 18n

/** So many come one by one, and as many small parts go. */
function courseOfMany(count: number): Course {
  const moves = Array.from({ length: 2 * count }, (_, place): Move => {
    const block = BigInt(place + 1)
    return {
      ...{ asset: 'asset', after: block - 1n, block, since: block, time: block, price: block },
      ...{ units: place < count ? ETH + block : -ETH / 3n, rate: { low: ETH + block, high: ETH + block } },
    }
  })
  return { asset: 'asset', marks: [], moves, unread: [], isLate: false, isStale: false }
}

function divisionsFor(count: number, method: LotMethod): number {
  done.divisions = 0
  const { lots, disposals } = lotsOf(courseOfMany(count), method)
  expect([lots.length, disposals.length]).toEqual([count, count])
  return done.divisions
}

describe('lotsOf', () => {
  test.each(['fifo', 'average'] as const)(
    'behavior: by %s ten times as many moves take ten times the work, 10,000 of them too',
    method => {
      const few = divisionsFor(500, method)
      expect(few).toBeGreaterThan(500)
      expect(divisionsFor(5_000, method)).toBeLessThan(11 * few)
    },
  )
})
