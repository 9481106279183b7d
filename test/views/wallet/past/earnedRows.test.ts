import { describe, expect, test } from 'vitest'
import {
  earnedRows,
  earnedTotals,
  isWholly,
  periodLabel,
} from '../../../../src/views/wallet/past/earnedRows.ts'
import {
  DAYS,
  heldOf,
  holder,
  milli,
  pastOf,
  RETH,
  STETH,
  timeOf,
  transferOf,
  unsureHolder,
} from './pastSupport.tsx'

const WAD = 10n ** 18n
const totalsOf = (past: ReturnType<typeof holder>) => earnedTotals(past, earnedRows(past, heldOf(past)))
const totalOf = (past: ReturnType<typeof holder>, id: string) =>
  totalsOf(past).find(({ period }) => period.id === id)

describe('earnedTotals', () => {
  test('default: all, and the part of each calendar year', () => {
    const past = holder()
    expect(totalsOf(past).map(({ period }) => periodLabel(period))).toEqual([
      'All',
      '30 days',
      '90 days',
      '1 year',
      '2026',
      '2025',
    ])
    expect(totalOf(past, 'all')?.between).toEqual({ low: milli(220n) * WAD, high: milli(220n) * WAD })
    // The year ends with the block of 1 January, 00:00.
    expect(totalOf(past, '2025')?.between?.low).toBe(milli(100n) * WAD)
    expect(totalOf(past, '2026')?.between?.low).toBe(milli(120n) * WAD)
  })

  test('behavior: a period that starts before anything was read says since when it is told', () => {
    expect(totalOf(holder(), '30d')?.since).toBe(timeOf(0n))
    expect(totalOf(holder(), '2026')?.since).toBeUndefined()
    expect(totalOf(holder(), 'all')?.since).toBeUndefined()
  })

  test('behavior: a limit without a block near it says which times the figure is of', () => {
    const read = (...blocks: readonly bigint[]) =>
      pastOf(blocks.map(block => ({ ...(DAYS[Number(block)] as (typeof DAYS)[number]), block })))
    // Nothing is known of 1 January: 31 December stands for it.
    const coarse = read(0n, 1n, 4n)
    expect(totalOf(coarse, '2025')).toMatchObject({ until: timeOf(1n) })
    expect(totalOf(coarse, '2026')).toMatchObject({ since: timeOf(1n), until: undefined })
    // The next block is of after it: there is none nearer.
    expect(totalOf(read(0n, 1n, 2n, 3n, 4n), '2025')?.until).toBeUndefined()
  })

  test('behavior: where nothing moved and no rate changed, any block before a limit stands for it', () => {
    const still = (block: bigint, units = 10_000n) => ({
      block,
      units: { [RETH]: units },
      rates: { [RETH]: 1_100n },
    })
    expect(totalOf(pastOf([still(0n, 0n), still(1n), still(4n)]), '2025')?.until).toBeUndefined()
    expect(totalOf(pastOf([still(0n, 0n), still(1n), still(4n, 9_000n)]), '2025')?.until).toBe(timeOf(1n))
    const risen = { ...still(4n), rates: { [RETH]: 1_110n } }
    expect(totalOf(pastOf([still(0n), still(1n), risen]), '2025')?.until).toBe(timeOf(1n))
    const transfers = [transferOf(RETH, 2n, 1_000n), transferOf(RETH, 3n, -1_000n)]
    expect(totalOf(pastOf([still(0n), still(1n), still(4n)], { transfers }), '2025')?.until).toBe(timeOf(1n))
  })

  test('behavior: where one token is not known the total is not', () => {
    const days = DAYS.map((day, place) => ({
      ...day,
      units: place < 3 ? day.units : { ...day.units, [STETH]: 1_000n },
      rates: { ...day.rates, [STETH]: 1_200n },
    }))
    const total = totalOf(pastOf(days), '2025')
    expect(total).toMatchObject({ between: undefined, missing: ['stETH'] })
    expect(totalOf(pastOf(days), 'all')?.missing).toEqual([])
  })
})

describe('isWholly', () => {
  test('default: with logs and nothing in doubt', () => {
    const past = holder()
    expect(isWholly(past, totalsOf(past))).toBe(true)
  })

  test('behavior: not by balances, not with a move in doubt, not between two values, not with a part unknown', () => {
    const past = holder()
    expect(isWholly({ ...past, way: 'grid' }, totalsOf(past))).toBe(false)
    expect(isWholly({ ...past, unsure: 1 }, totalsOf(past))).toBe(false)
    expect(isWholly(past, totalsOf(unsureHolder()))).toBe(false)
    const [first, ...rest] = totalsOf(past)
    expect(first === undefined ? [] : isWholly(past, [{ ...first, between: undefined }, ...rest])).toBe(false)
    expect(heldOf(past)[0]?.course.asset).toBe(RETH)
  })
})
