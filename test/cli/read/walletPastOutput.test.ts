import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { between, pastText, wayLines } from '../../../src/cli/read/walletPastOutput.ts'
import { DAY, WAD } from '../../../src/math/fixedPoint.ts'
import { ALL, inputOf, pastOf } from '../../support/walletPasts.ts'
import { SALE, type World } from '../../support/walletWorld.ts'

const ETH = WAD

/** Read what `fixed` writes, in steps of 10^-9. */
const stepsIn = (text: string): bigint => BigInt(text.replaceAll(/[.,>]/g, ''))

describe('between', () => {
  test('default', () => {
    expect(between({ low: ETH * WAD, high: ETH * WAD })).toBe('1.000000000')
    expect(between({ low: ETH * WAD, high: 2n * ETH * WAD })).toMatch(/^1\.500000000 ±0\.50000000\d$/)
  })

  test('behavior: what it lies between lies within what is written', () => {
    const end = fc.bigInt({ min: -(10n ** 37n), max: 10n ** 37n })
    fc.assert(
      fc.property(end, end, (one, other) => {
        const [low, high] = one < other ? [one, other] : [other, one]
        const [shown = '', doubt] = between({ low, high }).split(' ±')
        if (doubt === undefined) {
          expect(low).toBe(high)
          return
        }
        const [middle, off] = [stepsIn(shown), stepsIn(doubt)]
        // Of what is smaller than the last digit only that is told.
        if (/[<>]/.test(shown)) return
        expect((middle - off) * 10n ** 27n).toBeLessThanOrEqual(low)
        expect((middle + off) * 10n ** 27n).toBeGreaterThanOrEqual(high)
      }),
    )
  })
})

describe('wayLines', () => {
  const past = pastOf({ rETH: SALE })

  test('default: exact only by logs, with nothing in doubt, at the end', () => {
    const exact = 'exact to the wei'
    expect(wayLines(past).join()).toContain(exact)
    for (const less of [{ way: 'grid' as const }, { unsure: 1 }, { isOver: false }])
      expect(wayLines({ ...past, ...less }).join()).not.toContain(exact)
  })

  test('behavior: why there are no logs, what they would take, and that it is paused', () => {
    const lines = wayLines({
      ...past,
      way: 'grid',
      noLogs: 'It serves none.',
      searchCost: 7n,
      isPaused: true,
    })
    expect(lines.slice(1)).toEqual([
      expect.stringContaining('It serves none.'),
      expect.stringContaining('about 7 requests'),
      expect.stringContaining('--thorough'),
    ])
  })
})

const rowOf = (text: string, start: string): string =>
  (text.split('\n').find(line => line.startsWith(start)) ?? '').replaceAll(/\s+/g, ' ').trim()

describe('pastText', () => {
  test('default', () => {
    const text = pastText(inputOf(pastOf({ rETH: SALE })))
    expect(rowOf(text, 'rETH')).toBe('rETH 0.600000000')
    expect(rowOf(text, 'Total')).toBe('Total 0.600000000')
    const lots = text.slice(text.indexOf('Lots by first in, first out'))
    expect(rowOf(lots, 'rETH')).toBe(
      'rETH 2 1 1.100000000 1.200000000 0.100000000 0.500000000 200.00 1,000.00',
    )
    expect(rowOf(lots, '  2020-09-13T12:27:16Z')).toBe(
      '2020-09-13T12:27:16Z 3 disposal rETH 3.000000000 1.200000000 3.600000000 7,200.00 0.500000000',
    )
  })

  test('behavior: what is estimated is marked, and a period that starts late is', () => {
    const late = { id: '2020', from: 1_600_000_000n - DAY, until: undefined }
    const told = pastOf({ rETH: SALE }, { way: 'grid', every: 3, periods: [ALL, late] })
    const text = pastText(inputOf({ ...told, unsure: 1 }))
    expect(rowOf(text, 'rETH')).toMatch(/^rETH 0\.100000000 ±0\.1\d+ 0\.100000000 ±0\.1\d+\*$/)
    expect(text).toContain('* It starts later than the period, at 2020-09-13 or before')
    expect(text).toMatch(/^≈ 2020-09-13T12:27:16Z/m)
  })

  test('behavior: a part that is not known makes its sum not known', () => {
    const early = { id: '1970', from: 0n, until: 1n }
    const text = pastText(inputOf(pastOf({ rETH: SALE }, { periods: [ALL, early] })))
    expect(rowOf(text, 'Total')).toBe('Total 0.600000000 ?')
  })

  test('behavior: nothing was ever seen', () => {
    const text = pastText(inputOf(pastOf({ rETH: [[], []] })))
    expect(text).toContain('None of these tokens was seen here at any of 3 moments.')
  })

  test('behavior: of many events the newest are shown, and how many are left out', () => {
    const many: World = Array.from({ length: 25 }, () => [{ move: ETH }])
    const text = pastText(inputOf(pastOf({ rETH: many })))
    expect(text.match(/acquisition/g)).toHaveLength(20)
    expect(text).toContain('5 earlier ones are left out')
  })

  test('behavior: where a price is not known dollars are not', () => {
    const told = pastOf({ rETH: SALE })
    const courses = told.courses.map(course => ({
      ...course,
      moves: course.moves.map(move => ({ ...move, price: undefined })),
    }))
    const text = pastText(inputOf({ ...told, courses }))
    expect(rowOf(text.slice(text.indexOf('Lots')), 'rETH')).toMatch(/0\.500000000 \? \?$/)
    expect(text).toContain('? The price of ETH is not known')
    expect(pastText(inputOf(told))).not.toContain('The price of ETH')
  })
})
