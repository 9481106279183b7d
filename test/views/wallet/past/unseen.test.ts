import { describe, expect, test } from 'vitest'
import { DAY } from '../../../../src/math/fixedPoint.ts'
import { tokenPools } from '../../../../src/pools/index.ts'
import { walletAssets } from '../../../../src/pools/walletAssets.ts'
import { unreadable, unseenBefore } from '../../../../src/views/wallet/past/unseen.ts'
import { unseenInWords } from '../../../../src/views/wallet/past/words.ts'
import { DAYS, heldOf, holder, pastOf, RETH, TRANSFERS, timeOf } from './pastSupport.tsx'

/** Nothing on three days long before, then the usual ones. */
const [none] = DAYS
const long = (over: Parameters<typeof pastOf>[1] = {}) =>
  pastOf(
    [
      ...[-60n, -40n, -15n].map(block => ({ units: {}, rates: {}, ...none, block })),
      ...DAYS.map((day, place) => ({ ...day, block: BigInt(place) })),
    ],
    { transfers: TRANSFERS, ...over },
  )

describe('unseenBefore', () => {
  test('default: how far apart the blocks before the first holding are', () => {
    expect(unseenBefore(long())).toEqual({ before: timeOf(1n), gap: 25n * DAY })
    expect(unseenInWords(long())).toBe(
      ' Before Dec 31, 2025 blocks up to 25 days apart were read: what came and went between two of them is not seen.',
    )
  })

  test('behavior: what was searched for logs is seen', () => {
    expect(unseenBefore(long({ searchedFrom: -40n }))).toBeUndefined()
    expect(unseenBefore(long({ searchedFrom: -20n }))?.gap).toBe(20n * DAY)
    expect(unseenInWords(long({ searchedFrom: -60n }))).toBe('')
  })

  test('behavior: a wallet that held something from the first block on has nothing before', () => {
    expect(unseenBefore(pastOf(DAYS.slice(1)))).toBeUndefined()
  })
})

describe('unreadable', () => {
  const assets = walletAssets(tokenPools)
  const zero = Object.fromEntries(assets.map(({ id }) => [id, 0n]))
  const full = DAYS.map(day => ({ ...day, units: { ...zero, ...day.units } }))
  const symbols = (days: typeof full) => {
    const past = pastOf(days, { transfers: TRANSFERS })
    return unreadable(past, heldOf(past), assets).map(({ symbol }) => symbol)
  }

  test('default: nothing where the newest moment tells of all', () => {
    expect(symbols(full)).toEqual([])
  })

  test('behavior: units or, of what is held, the rate are missing at the newest moment', () => {
    const last = full.at(-1) ?? expect.unreachable()
    const { [RETH]: _, ...others } = last.units
    expect(symbols([...full.slice(0, -1), { ...last, units: others }])).toEqual(['rETH'])
    expect(symbols([...full.slice(0, -1), { ...last, rates: {} }])).toEqual(['rETH'])
  })

  test('behavior: an older moment that tells nothing is no matter', () => {
    expect(symbols(full.map((day, place) => (place === 2 ? { ...day, units: {} } : day)))).toEqual([])
    expect(heldOf(holder())).toHaveLength(1)
  })
})
