import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { exactDecimal } from '../../../src/format/number.ts'
import { DAY, WAD } from '../../../src/math/fixedPoint.ts'
import { dayOf, parseAmount, parseSince, usualTexts } from '../../../src/views/whatIf/inputs.ts'
import { NOW } from '../support/world.ts'

describe('parseAmount', () => {
  test.each([
    ['1', WAD],
    [' 10 ', 10n * WAD],
    ['0.5', WAD / 2n],
    ['0,5', WAD / 2n],
    ['.5', WAD / 2n],
    ['1.', WAD],
    ['007', 7n * WAD],
    ['0.000000000000000001', 1n],
    ['1,000000000000000001', WAD + 1n],
    ['119999999.999999999999999999', 120_000_000n * WAD - 1n],
  ])('default: %j', (text, amount) => {
    expect(parseAmount(text)).toEqual({ amount })
  })

  test.each([
    ['', /^Enter an amount/],
    ['   ', /^Enter an amount/],
    ['0', /more than 0/],
    ['0.0', /more than 0/],
    ['-1', /below 0/],
    ['−0,5', /below 0/],
    ['120000000', /about 120 million/],
    ['9'.repeat(400), /about 120 million/],
    ['1.0000000000000000001', /18 decimals/],
    ['abc', /^“abc” is not an amount/],
    ['1e3', /is not an amount/],
    ['+1', /is not an amount/],
    ['0x10', /is not an amount/],
    ['1 000', /is not an amount/],
    ['1,000.5', /one point or comma/],
    ['1,000', /write 1000 or 1\.000/],
    ['12,345', /write 12345 or 12\.345/],
    ['1.2.3', /is not an amount/],
    ['.', /is not an amount/],
    ['NaN', /is not an amount/],
    ['Infinity', /is not an amount/],
    ['١', /is not an amount/],
  ])('behavior: %j has a problem', (text, words) => {
    expect(parseAmount(text)).toEqual({ problem: expect.stringMatching(words) })
  })

  test('behavior: every amount comes back from its decimals, with a point or a comma', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 120_000_000n * WAD - 1n }), fc.boolean(), (amount, isComma) => {
        const text = exactDecimal(amount)
        expect(parseAmount(isComma ? text.replace('.', ',') : text)).toEqual({ amount })
      }),
    )
  })

  test('behavior: any text is an amount within bounds or a sentence', () => {
    fc.assert(
      fc.property(fc.string(), text => {
        const parsed = parseAmount(text)
        if ('problem' in parsed) expect(parsed.problem).toMatch(/\.$/)
        else expect(parsed.amount > 0n && parsed.amount < 120_000_000n * WAD).toBe(true)
      }),
    )
  })
})

describe('parseSince', () => {
  test('default: yesterday and long ago', () => {
    const midnight = NOW - (NOW % DAY)
    expect(parseSince('2026-08-26', NOW)).toEqual({ since: '2026-08-26', time: midnight - DAY })
    expect(parseSince(' 1970-01-01', NOW)).toEqual({ since: '1970-01-01', time: 0n })
  })

  test.each([
    ['', /^Choose a day/],
    ['2026-08-27', /^Today/],
    ['2026-08-28', /has not come yet/],
    ['9999-12-31', /has not come yet/],
    ['2026-02-30', /not a day of the calendar/],
    ['27.8.2025', /^“27.8.2025” is not a day/],
    ['0001-01-01', /not a day/],
  ])('behavior: %j has a problem', (text, words) => {
    expect(parseSince(text, NOW)).toEqual({ problem: expect.stringMatching(words) })
  })
})

describe('usualTexts', () => {
  test('default: one ether, a year ago', () => {
    expect(usualTexts(NOW)).toEqual({ since: '2025-08-27', amount: '1' })
    expect(dayOf(NOW)).toBe('2026-08-27')
  })
})
